// A picture of the day and view for web and print: the same for a canvas and for an SVG.
"use strict";

bordermap.picture = (() => {
  const { own, paragraph, stack, rule, space, named } = bordermap.letters;
  const { theme } = bordermap;
  const { ARROW, POINT } = bordermap.layout;
  const ROOMY = [0.58, 0.53, 0.48, 0.43]; // a map's height to its width, the first with which all events can be listed
  // Pixels as they are laid out, and how many of the file's own each of them is; a height is none where it is what fits.
  const SIZES = {
    web: { width: 1200, height: 675, unit: 1, lay: wide },
    column: { width: 600, height: null, unit: 1, lay: tall, columns: 2, map: [0.86], head: 27, key: 11 },
    page: { width: 900, height: 1200, unit: 2, lay: tall, columns: 3, map: null, head: 36, key: 12 },
    a4: { width: 800, height: 1131, unit: 1.55, lay: tall, columns: 4, map: ROOMY, head: 28, key: 9.5, list: 3 },
    sheet: { width: 800, height: 1160, unit: 1, lay: tall, columns: 4, map: ROOMY, head: 28, key: 9.5, list: 3 }, // what is printed, within the paper's margins
  };
  const SHARP = 2; // a PNG's pixels for each of the file's
  const MOST_OUTLETS = 12;
  const SMALLER = [1, 0.94, 0.88, 0.82, 0.76, 0.7]; // letters give way where much must be said
  const MOST_LISTED = 80;
  const LEAST_MAP = 0.38; // of the width
  const LINE = "#cfc8b6";

  // What a picture is made from: the page's parts, and what the reader has written for it.
  class Picture {
    constructor({ data, state, scene }, { size, headline, credit }) {
      Object.assign(this, { data, state, scene, headline, credit });
      this.size = SIZES[size];
      this.marks = new bordermap.marks.Marks(data, state);
      this.tell();
      theme.within(() => (this.layout = this.size.lay(this)));
      this.width = this.size.width;
      this.height = Math.ceil(this.layout.height);
    }

    // The words of the picture, each once.
    tell() {
      const { data, state } = this;
      const { words, heading } = bordermap;
      const { say } = words;
      const { facts } = data;
      this.title = heading.titleOf(facts);
      this.day = `${words.weekday(state.day)}${say("comma")}${words.longDay(state.day)}`;
      this.span = heading.spanOf(state);
      this.summary = heading.summaryOf(data, state);
      this.sources = sourcesOf(data, state);
      const cited = heading.cited(facts);
      const titled = this.headline === this.title || cited.includes(facts.title);
      this.citation = [titled ? "" : sentence(this.title), heading.knownBy(facts), stopped(heading.cited(facts, own)), say("licence", { licence: own(facts.licence) })];
      this.boundaries = [sentence(say("attribution")), say("daysOf", { zone: own(facts.timezone.replaceAll("_", " ")) })];
    }

    // The map's block, with its marks laid out for it.
    map(width, height) {
      const { marks, scene, state } = this;
      const view = bordermap.furniture.viewOf(boundsOf(scene, state), width, height);
      this.view = view;
      marks.drawn = marks.layOut(view);
      this.seen = seenOf(marks.drawn, view);
      this.inset = insetOf(this, Math.max(104, width * 0.19));
      return { height, paint: (context, x, y) => theMap(this, context, view, x, y) };
    }

    // What is said of the numbers shown, the marks beyond the picture among them.
    shown() {
      const { state, seen, summary } = this;
      const drawn = [...seen.arrows, ...seen.points].reduce((sum, mark) => sum + mark.count, 0);
      const missing = state.shownCount - drawn;
      return [...summary, missing > 0 ? bordermap.words.say("notInPicture", { n: missing }) : ""].filter(Boolean).join(" · ");
    }

    about() {
      return [this.day, this.span, this.shown(), this.sources].filter(Boolean).join(". ");
    }

    paint(context) {
      const { width, height } = this;
      theme.within(() => {
        context.globalAlpha = 1;
        context.fillStyle = theme.now.paper;
        context.fillRect(0, 0, width, height);
        this.layout.paint(context);
      });
    }

    canvas(ratio = this.size.unit * SHARP, canvas = document.createElement("canvas")) {
      canvas.width = Math.round(this.width * ratio);
      canvas.height = Math.round(this.height * ratio);
      const context = canvas.getContext("2d", { alpha: false });
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.paint(context);
      return canvas;
    }

    svg() {
      const { language, direction } = bordermap.words;
      const context = new bordermap.svg.Context(this.width, this.height, this.size.unit, { title: bordermap.dom.visible(this.headline) || this.title, about: this.about(), language, direction });
      this.paint(context);
      return context;
    }
  }

  // All that the reader sees of the map; the view of the collection or of the story's step where they have not moved it.
  function boundsOf(scene, state) {
    if (state.view === null) return scene.home;
    const bounds = scene.map.getBounds();
    return { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
  }

  // The marks of which a part is within the picture's map.
  function seenOf({ arrows, points }, { width, height }) {
    const within = ({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height;
    const parts = [0, 0.25, 0.5, 0.75, 1];
    return {
      arrows: arrows.filter((mark) => parts.some((part) => within(bordermap.layout.along(mark, part)))),
      points: points.filter(within),
    };
  }

  function theMap({ marks, scene, state, inset }, context, view, x, y) {
    const { grouped } = bordermap.svg;
    const above = bordermap.labels.makeWay(state);
    const names = () => grouped(context, "names", () => scene.names?.draw(context, view, marks, state));
    context.save();
    context.translate(x, y);
    context.beginPath();
    context.rect(0, 0, view.width, view.height);
    context.clip();
    grouped(context, "ground", () => scene.basemap?.draw(context, view));
    if (!above) names();
    grouped(context, "marks", () => marks.draw(context, view));
    if (above) names();
    context.restore();
    Object.assign(context, { globalAlpha: 1, strokeStyle: theme.now.quiet, lineWidth: 0.8 });
    context.setLineDash([]);
    context.strokeRect(x, y, view.width, view.height);
    inset?.block.paint(context, x + inset.x, y + inset.y);
  }

  // The small map of where the picture lies, in a corner that no mark reaches; null where all are taken.
  function insetOf(picture, width) {
    const { view, marks } = picture;
    const block = locatorBlock(picture, width);
    const at = block.height ? bordermap.furniture.corner(marks, view, block.width, block.height) : null;
    if (!at) return null;
    view.furniture = [[...at, block.width, block.height]];
    return { block, x: at[0], y: at[1] };
  }

  // The outlets whose claims tell of what is shown, those of most claims first.
  function sourcesOf(data, state) {
    const { say, list } = bordermap.words;
    const counts = new Map();
    for (let at = 0; at < state.shownCount; at++) {
      for (const claim of data.claimsOf(state.shown[at], state.knownDay)) {
        const source = data.events.claim_source[claim];
        const standing = data.sources.state[source];
        const name = own(data.sources.outlet[source]);
        const outlet = standing === "ok" ? name : say("withState", { outlet: name, state: list("sourceStates")[standing] });
        counts.set(outlet, (counts.get(outlet) ?? 0) + 1);
      }
    }
    const outlets = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([outlet]) => outlet);
    if (!outlets.length) return "";
    const first = outlets.slice(0, MOST_OUTLETS).join(say("comma"));
    const left = outlets.length - MOST_OUTLETS;
    return say("sourcesAre", { outlets: left > 0 ? say("andMore", { first, n: left }) : first });
  }

  const stopped = (text) => (/[.!?؟]$/.test(text) ? text : `${text}.`);
  const sentence = (text) => own(stopped(text));
  const sentences = (parts) => parts.filter(Boolean).join(" ");
  const ink = () => theme.now.ink;
  const soft = () => theme.now.soft;

  function dayBlock(picture, width, k, size) {
    return stack([
      paragraph(picture.day, { size: size * k, width, colour: ink(), serif: true, bold: true, most: 3 }),
      paragraph(picture.span, { size: 13 * k, width, colour: ink(), most: 3 }),
      space(3),
      paragraph(picture.shown(), { size: 12 * k, width, colour: soft(), most: 6 }),
    ], 2);
  }

  // What stands at the foot of every picture: sources, citation, licence, boundary note.
  function footBlock(picture, width, size) {
    return named("notes", stack([
      paragraph(picture.sources, { size: size + 1, width, colour: ink(), most: 5 }),
      paragraph(sentences(picture.citation), { size, width, colour: soft(), most: 6 }),
      paragraph(sentences(picture.boundaries), { size, width, colour: soft(), most: 6 }),
    ], 3));
  }

  // Below the map: the scale at one end, the credit at the other.
  function strip(picture, width, size) {
    const bar = bordermap.furniture.scaleBar(picture.view);
    const credit = paragraph(own(picture.credit), { size, width: width - bar.width - 24, colour: soft(), most: 2, end: true });
    const height = Math.max(bar.height, credit.height + 6);
    return {
      height,
      paint(context, x, y) {
        const rtl = bordermap.words.direction === "rtl";
        bordermap.svg.grouped(context, "scale", () => bar.paint(context, rtl ? x + width : x, y + 2, rtl));
        bordermap.svg.grouped(context, "credit", () => credit.paint(context, rtl ? x : x + bar.width + 24, y + 6));
      },
    };
  }

  const headlineBlock = ({ headline }, width, size, most) => named("headline", paragraph(own(headline), { size, width, colour: ink(), serif: true, bold: true, most }));

  // Wide: the map, and beside it the day, where it is, and what the marks mean.
  function wide(picture) {
    const { width, height } = picture.size;
    const [margin, side, between] = [26, 312, 22];
    const inner = width - 2 * margin;
    const rtl = bordermap.words.direction === "rtl";
    for (const k of SMALLER) {
      const head = headlineBlock(picture, inner, 28 * k, 2);
      const foot = footBlock(picture, inner, 9.5 * Math.max(k, 0.82));
      const top = margin - 4 + (head.height ? head.height + 10 : 0);
      const bottom = height - margin + 8 - foot.height;
      const map = picture.map(inner - side - between, bottom - top - 38);
      const below = strip(picture, inner - side - between, 11);
      const day = named("day", dayBlock(picture, side, k, 22));
      const key = named("legend", bordermap.key.block(picture.data, picture.seen, { width: side, count: 1, size: 11.5 * k }));
      const room = bottom - top - 8;
      const small = picture.inset ? bordermap.letters.NOTHING : locatorBlock(picture, Math.min(150, (room - day.height - key.height - 30) * 1.2));
      const beside = stack([day, rule(side, LINE), key, ...(small.height ? [rule(side, LINE), small] : [])], 9);
      if (beside.height > room && k !== SMALLER.at(-1)) continue;
      return {
        height,
        paint(context) {
          const [mapX, sideX] = rtl ? [margin + side + between, margin] : [margin, width - margin - side];
          head.paint(context, margin, margin - 4);
          map.paint(context, mapX, top);
          below.paint(context, mapX, top + map.height);
          beside.paint(context, sideX, top - 3);
          foot.paint(context, margin, bottom);
        },
      };
    }
    return null;
  }

  // The small map of where the picture lies; none where it would be too small to be one.
  function locatorBlock({ scene, view }, width) {
    if (!scene.basemap || !scene.names || width < 84) return bordermap.letters.NOTHING;
    return named("locator", bordermap.furniture.locator(scene.basemap, scene.names.labels, view, width));
  }

  // Tall: headline, day, map, legend, the day's events where they have room, and the notes at the foot.
  function tall(picture) {
    const { size } = picture;
    const ratios = size.map ?? [LEAST_MAP];
    let layout;
    for (const k of SMALLER) {
      for (const ratio of ratios) {
        layout = tallOf(picture, ratio, k);
        if (layout.room >= 0 && layout.unlisted === 0) return layout;
      }
      if (layout.room >= 0) return layout;
    }
    return layout;
  }

  function tallOf(picture, ratio, k) {
    const { width, height, columns, key: keySize, head: headSize, map: fixed } = picture.size;
    const margin = Math.round(width * 0.033);
    const inner = width - 2 * margin;
    let map = picture.map(inner, ratio * inner);
    const small = picture.inset ? bordermap.letters.NOTHING : locatorBlock(picture, width > 700 ? 178 : 140);
    const aside = small.height ? small.width + 20 : 0;
    const day = named("day", dayBlock(picture, inner - aside, k, width > 700 ? 26 : 22));
    const blocks = {
      head: headlineBlock(picture, inner, headSize * k, 3), day, small, aside,
      foot: footBlock(picture, inner, 9.5 * Math.max(k, 0.82)),
    };
    const finish = () => {
      blocks.key = named("legend", bordermap.key.block(picture.data, picture.seen, { width: inner, count: columns, size: keySize * k, between: 14 }));
      return usedBy(blocks, map, margin);
    };
    let used = finish();
    // A page's map takes all that is left; another map may have another legend.
    for (let turn = 0; height && !fixed && turn < 2; turn++) {
      map = picture.map(inner, Math.max(LEAST_MAP * inner, map.height + height - used));
      used = finish();
    }
    const room = height ? Math.round(height - used) : 0;
    const list = picture.size.list ? listBlock(picture, inner, room - 12, k) : { ...bordermap.letters.NOTHING, left: 0 };
    return { height: height ?? used, room, unlisted: list.left, paint: (context) => paintTall(context, picture, { ...blocks, map, list, margin, inner, bottom: height ?? used }) };
  }

  const [BELOW, STRIP] = [10, 34]; // pixels between parts, and for the scale bar

  const usedBy = ({ head, day, small, key, foot }, map, margin) =>
    2 * margin + (head.height ? head.height + 8 : 0) + Math.max(day.height, small.height) + BELOW + map.height + STRIP + key.height + BELOW + foot.height + 8;

  function paintTall(context, picture, { head, day, small, aside, map, key, list, foot, margin, inner, bottom }) {
    const rtl = bordermap.words.direction === "rtl";
    let y = margin;
    head.paint(context, margin, y);
    if (head.height) y += head.height + 8;
    day.paint(context, rtl ? margin + aside : margin, y);
    small.paint(context, rtl ? margin : margin + inner - small.width, y);
    y += Math.max(day.height, small.height) + BELOW;
    map.paint(context, margin, y);
    y += map.height;
    strip(picture, inner, 11).paint(context, margin, y);
    y += STRIP;
    key.paint(context, margin, y);
    y += key.height + BELOW;
    if (list.height) {
      rule(inner, LINE).paint(context, margin, y);
      list.paint(context, margin, y + 7);
    }
    rule(inner, LINE).paint(context, margin, bottom - margin - foot.height - 6);
    foot.paint(context, margin, bottom - margin - foot.height);
  }

  // The days' events in words, as many as there is room for; how many are left out is said.
  function listBlock(picture, width, room, k) {
    const { data, state } = picture;
    const { say } = bordermap.words;
    const [count, between] = [picture.size.list, 16];
    const column = (width - between * (count - 1)) / count;
    const heading = paragraph(say("events"), { size: 11.5 * k, width, colour: ink(), bold: true });
    const rows = bordermap.list.ordered(data, state, MOST_LISTED).slice(0, MOST_LISTED);
    let block = bordermap.letters.NOTHING;
    let left = state.shownCount;
    const entries = [];
    for (const { row, strength } of rows) {
      entries.push(eventBlock(data, state, row, strength, column, k));
      const rest = state.shownCount - entries.length;
      const more = rest > 0 ? paragraph(say("andEvents", { n: rest }), { size: 10 * k, width, colour: soft() }) : bordermap.letters.NOTHING;
      const next = stack([heading, bordermap.letters.columns(entries, { count, width: column, between, gap: 5 }), more], 5);
      if (next.height > room) break;
      block = next;
      left = rest;
    }
    return { ...named("events", block), left };
  }

  // One event: its mark, its title with the number as said, and how it is known.
  function eventBlock(data, state, row, strength, width, k) {
    const { events } = data;
    const { list, words } = bordermap;
    const text = width - bordermap.key.INDENT;
    const disputed = list.disputedOn(data, row);
    const still = events.mark[row] < 2 || events.mark[row] > 3;
    const look = {
      layer: events.layer[row], kind: events.kind[row], status: events.status[row], strength, type: still ? POINT : ARROW,
      low: events.count_low[row], high: events.count_high[row], disputed: events.disputed[row], rests: events.rests[row], certainty: events.certainty[row], from: still ? 0 : Math.sign(events.stub_from[row]),
    };
    const detail = [
      own(data.countTexts(row)), words.list("statuses")[events.status[row]],
      words.interval(events.start[row], events.end[row], events.date_kind[row], words.yearOf(state.day)),
      list.sources(data, row), disputed.length ? words.say("disputedOn", { what: disputed.join(words.say("comma")) }) : "",
      bordermap.standing.words(data, row), data.onMap(row) ? "" : words.say("notOnMap"),
    ];
    return bordermap.key.beside((context, x, y) => bordermap.key.sample(context, x, y, look), stack([
      paragraph(own(data.title(row)), { size: 9.8 * k, width: text, colour: ink(), bold: true, most: 3 }),
      paragraph(detail.filter(Boolean).join(" · "), { size: 9 * k, width: text, colour: soft(), most: 4 }),
    ]), width);
  }

  return { Picture, SIZES: Object.keys(SIZES).filter((size) => size !== "sheet") };
})();
