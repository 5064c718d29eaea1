// How a picture's parts are arranged: beside the map where it is wide, above and below it where it is tall.
"use strict";

bordermap.arrange = (() => {
  const { own, paragraph, stack, rule, space, named, NOTHING } = bordermap.letters;
  const { theme } = bordermap;
  const { grouped } = bordermap.svg;
  const LINE = "#cfc8b6";
  const SMALLER = [1, 0.94, 0.88, 0.82, 0.76, 0.7]; // letters give way where much must be said
  const LISTS = [[1, 3, false], [0.94, 3, false], [0.88, 3, false], [0.94, 3, true], [0.88, 4, true]]; // of letters, columns, and whether in brief
  const [LEAST_MAP, MOST_MAP] = [0.42, 0.95]; // a map's height to its width, beside a list
  const [BELOW, STRIP] = [10, 34]; // pixels between parts, and for the scale bar
  const ink = () => theme.now.ink;
  const soft = () => theme.now.soft;
  const rtl = () => bordermap.words.direction === "rtl";

  const headline = ({ headline: text }, width, size, most) => named("headline", paragraph(own(text), { size, width, colour: ink(), serif: true, bold: true, most }));

  function day(picture, map, width, k, size) {
    return named("day", stack([
      paragraph(picture.day, { size: size * k, width, colour: ink(), serif: true, bold: true, most: 3 }),
      paragraph(picture.span, { size: 13 * k, width, colour: ink(), most: 3 }),
      paragraph(picture.empty, { size: 13 * k, width, colour: ink(), most: 4 }),
      space(3),
      paragraph(picture.numbers, { size: 12 * k, width, colour: soft(), most: 6 }),
      paragraph(picture.notDrawn(map), { size: 12 * k, width, colour: soft(), most: 4 }),
    ], 2));
  }

  // What stands at the foot of every picture: sources, citation, licence, boundary note.
  function foot(picture, width, size) {
    return named("notes", stack([
      paragraph(picture.sources, { size: size + 1, width, colour: ink(), most: 5 }),
      paragraph(picture.citation, { size, width, colour: soft(), most: 6 }),
      paragraph(picture.boundaries, { size, width, colour: soft(), most: 6 }),
    ], 3));
  }

  // Below the map: the scale at one end, the credit at the other.
  function strip({ credit: text }, map, width, size) {
    const bar = bordermap.furniture.scaleBar(map.view);
    const credit = paragraph(own(text), { size, width: width - bar.width - 24, colour: soft(), most: 2, end: true });
    return (context, x, y) => {
      grouped(context, "scale", () => bar.paint(context, rtl() ? x + width : x, y + 2, rtl()));
      grouped(context, "credit", () => credit.paint(context, rtl() ? x : x + bar.width + 24, y + 6));
    };
  }

  const legend = ({ data }, { seen, marks }, look) => named("legend", bordermap.key.block(data, { seen, drawn: marks.drawn }, look));

  // The map, and beside it the day, what the marks mean, where it is, and the events where all of them have room.
  function wide(picture) {
    let layout;
    for (const k of SMALLER) {
      layout = wideOf(picture, k);
      if (layout.fits) break;
    }
    return layout;
  }

  function wideOf(picture, k) {
    const { width, height } = picture.size;
    const [margin, side, between] = [26, 312, 22];
    const inner = width - 2 * margin;
    const head = headline(picture, inner, 28 * k, 2);
    const notes = foot(picture, inner, 9.5 * Math.max(k, 0.82));
    const top = margin - 4 + (head.height ? head.height + 10 : 0);
    const bottom = height - margin + 8 - notes.height;
    const map = bordermap.picturemap.block(picture, inner - side - between, bottom - top - 38);
    const below = strip(picture, map, inner - side - between, 11);
    const parts = [day(picture, map, side, k, 22), rule(side, LINE), legend(picture, map, { width: side, count: 1, size: 11.5 * k })];
    const room = bottom - top - 8;
    const left = room - stack(parts, 9).height - 20;
    const small = map.inset ? NOTHING : bordermap.picturemap.locator(picture.scene, map.view, Math.min(150, (left - 10) * 1.2));
    if (small.height) parts.push(rule(side, LINE), small);
    const list = bordermap.eventlist.block(picture, { width: side, room: left - small.height - 20, count: 1, k, brief: true });
    if (list.height && list.left === 0) parts.push(rule(side, LINE), list);
    const beside = stack(parts, 9);
    return {
      map, height, fits: beside.height <= room,
      paint(context) {
        const [mapX, sideX] = rtl() ? [margin + side + between, margin] : [margin, width - margin - side];
        head.paint(context, margin, margin - 4);
        map.paint(context, mapX, top);
        below(context, mapX, top + map.height);
        beside.paint(context, sideX, top - 3);
        notes.paint(context, margin, bottom);
      },
    };
  }

  // Headline, day, map, legend, the notes at the foot; the map is as high as the size says, or takes what is left.
  function tall(picture) {
    const { size } = picture;
    let layout;
    for (const k of SMALLER) {
      layout = tallOf(picture, { k, ratio: size.map });
      if (layout.fits) break;
    }
    return layout;
  }

  // The same with the list of the events, which gives way before any is left out.
  function listing(picture) {
    let layout;
    for (const [k, count, brief] of LISTS) {
      layout = tallOf(picture, { k, list: { count, brief, k } });
      if (layout.fits) return layout;
    }
    const [k, count, brief] = LISTS.at(-1);
    return tallOf(picture, { k, ratio: LEAST_MAP, list: { count, brief, k } });
  }

  function tallOf(picture, { k, ratio = null, list = null }) {
    const { width, height, columns, key, head: letters, notes = 9.5 } = picture.size;
    const margin = Math.round(width * 0.033);
    const inner = width - 2 * margin;
    const parts = { margin, inner, list: list ? bordermap.eventlist.block(picture, { ...list, width: inner }) : { ...NOTHING, left: 0 } };
    const place = (high) => {
      const map = bordermap.picturemap.block(picture, inner, high);
      const small = map.inset ? NOTHING : bordermap.picturemap.locator(picture.scene, map.view, width > 700 ? 178 : 140);
      const aside = small.height ? small.width + 20 : 0;
      Object.assign(parts, {
        map, small, aside, head: headline(picture, inner, letters * k, 3), day: day(picture, map, inner - aside, k, width > 700 ? 26 : 22),
        key: legend(picture, map, { width: inner, count: columns, size: key * k, between: 14 }), notes: foot(picture, inner, notes * Math.max(k, 0.88)),
      });
    };
    place((ratio ?? LEAST_MAP) * inner);
    // A map takes all that is left; another map may have another legend.
    for (let turn = 0; height && ratio === null && turn < 2; turn++) {
      place(Math.max(LEAST_MAP * inner, Math.min(parts.list.height ? MOST_MAP * inner : Infinity, parts.map.height + height - used(parts))));
    }
    const over = height ? used(parts) - height : 0;
    if (over > 0 && list && ratio !== null) parts.list = bordermap.eventlist.block(picture, { ...list, width: inner, room: parts.list.height - over });
    return { map: parts.map, left: parts.list.left, height: height ?? used(parts), fits: over <= 0 && parts.list.left === 0, paint: (context) => paintTall(context, picture, parts, height ?? used(parts)) };
  }

  // A further sheet: what it is of, and the events that the sheet before has no room for.
  function further(picture) {
    const { width, height, head: letters } = picture.size;
    const margin = Math.round(width * 0.033);
    const inner = width - 2 * margin;
    const head = stack([headline(picture, inner, letters * 0.7, 2), paragraph(picture.when, { size: 13, width: inner, colour: ink() }), rule(inner, LINE)], 5);
    const notes = foot(picture, inner, 9.5);
    const [k, count, brief] = LISTS[2];
    const list = bordermap.eventlist.block(picture, { k, count, brief, width: inner, room: height - 2 * margin - head.height - notes.height - 30 });
    return {
      height, left: list.left,
      paint(context) {
        head.paint(context, margin, margin);
        list.paint(context, margin, margin + head.height + 10);
        rule(inner, LINE).paint(context, margin, height - margin - notes.height - 6);
        notes.paint(context, margin, height - margin - notes.height);
      },
    };
  }

  const used = ({ margin, head, day: days, small, map, key, list, notes }) =>
    2 * margin + (head.height ? head.height + 8 : 0) + Math.max(days.height, small.height) + BELOW + map.height + STRIP +
    key.height + BELOW + (list.height ? list.height + 18 : 0) + notes.height + 8;

  function paintTall(context, picture, { head, day: days, small, aside, map, key, list, notes, margin, inner }, bottom) {
    let y = margin;
    head.paint(context, margin, y);
    if (head.height) y += head.height + 8;
    days.paint(context, rtl() ? margin + aside : margin, y);
    small.paint(context, rtl() ? margin : margin + inner - small.width, y);
    y += Math.max(days.height, small.height) + BELOW;
    map.paint(context, margin, y);
    y += map.height;
    strip(picture, map, inner, 11)(context, margin, y);
    y += STRIP;
    key.paint(context, margin, y);
    y += key.height + BELOW;
    if (list.height) {
      rule(inner, LINE).paint(context, margin, y);
      list.paint(context, margin, y + 7);
    }
    rule(inner, LINE).paint(context, margin, bottom - margin - notes.height - 6);
    notes.paint(context, margin, bottom - margin - notes.height);
  }

  return { wide, tall, listing, further };
})();
