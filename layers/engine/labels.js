// Names and numbers on the map: by rank and zoom, with halos, never on top of each other.
"use strict";

bordermap.labels = (() => {
  const STYLES = {
    country: { font: "600 15px Georgia, 'Times New Roman', 'Noto Naskh Arabic', serif", spacing: 5, upper: true },
    division: { font: "italic 11px Georgia, 'Noto Naskh Arabic', serif", spacing: 1 },
    river: { font: "italic 11px Georgia, 'Noto Naskh Arabic', serif", spacing: 1 },
    city: { font: "600 12.5px system-ui, sans-serif", dot: 2.6 },
    town: { font: "11.5px system-ui, sans-serif", dot: 2 },
    crossing: { font: "11px system-ui, sans-serif", gate: true },
    base: { font: "11px system-ui, sans-serif", dot: 1.6 },
  };
  const NONE = new Map();
  const { theme } = bordermap;
  const { Boxes } = bordermap.boxes;
  const textOf = (label) => bordermap.words.placed(bordermap.words.own("text", (column) => label[column]));

  // Names make way for the marks of a day while those are few; many marks are drawn over them.
  const CIRCLES = 300; // of more no name gives way
  const makeWay = (state) => (state.cells ? state.cells.x.length <= CIRCLES : state.shownCount <= 100);

  const TIED = 9; // pixels: a name that stands farther from its place is tied to it
  const ON = 13; // pixels from a mark to the place that it is on
  const [NEAR, FAR, FARTHEST] = [0, 66, 145]; // pixels that a name may stand off: any, one that is spoken of, one with a mark
  const SMALLER = 0.87; // of its letters, where the name of a mark's place finds no other room
  const BEYOND = 400; // pixels beyond the edge of a picture's map where nothing is lettered
  const FULL = 80; // names without room: where so many had none, the map is full and the lesser ones are not tried
  const NEARLY = [[0, 4], [0, -14], [0, 24]]; // pixels from the middle of what is named
  const AROUND = [...NEARLY, [0, -34], [0, 44], [-60, 4], [60, 4], [-50, -40], [50, -40], [-50, 50], [50, 50], [0, -70], [0, 80], [-90, 4], [90, 4]];
  const ARABIC_SCRIPT = /[\u0600-\u06ff]/;

  class Labels {
    constructor(labels) {
      const { mercatorX, mercatorY } = bordermap.data;
      this.labels = labels.map((label) => ({ ...label, x: mercatorX(label.lon), y: mercatorY(label.lat) }));
      this.widths = new Map();
    }

    draw(context, view, marks, state) {
      const taken = new Boxes(view);
      this.reserveEdges(taken, view);
      this.written = new Boxes(view);
      const few = makeWay(state); // else the marks are drawn over the names, and are not looked at
      if (few) this.reserve(taken, marks);
      context.lineJoin = "round";
      if (few) bordermap.sayings.draw(this, context, taken, marks, state);
      let crowded = 0;
      for (const ranked of this.ranked(view, few ? marks : null, state)) {
        const isFree = !ranked.marked && !ranked.weight;
        if (isFree && crowded > FULL) break;
        if (!this.drawName(context, taken, ranked) && isFree) crowded++;
      }
    }

    // The names of the view in the order in which they are lettered: first those of places with marks, which are
    // always lettered, then those that events speak of, then any that the zoom shows.
    ranked(view, marks, state) {
      const told = marks ? this.told(marks.data, state) : NONE;
      const weightOf = (label) => (label.style === "division" ? 0 : told.get(textOf(label)) ?? 0); // a division is no town of its name
      const labels = this.inView(view).map((label) => ({ label, at: place(label, view), weight: weightOf(label), marked: false }))
        .filter(({ label, weight }) => weight || label.zoom <= view.zoom);
      if (marks) noteMarked(labels, spotsOf(marks));
      return labels.sort((a, b) => Number(b.marked) - Number(a.marked) || b.weight - a.weight);
    }

    // The labels that the view holds, found once for each view.
    inView(view) {
      if (this.view === view) return this.seen;
      this.view = view;
      this.seen = this.labels.filter((label) => {
        const x = label.x * view.scale - view.left;
        const y = label.y * view.scale - view.top;
        const [aside, above] = view.bare ? [-5, -5] : [50, 20]; // a picture has nothing beyond its edge
        return x > -aside && y > -above && x < view.width + aside && y < view.height + above && !(label.until && view.zoom > label.until);
      });
      return this.seen;
    }

    // The places that the day's events speak of are named first, and from any zoom on.
    told(data, state) {
      const { events } = data;
      const found = new Map();
      for (let at = 0; at < state.shownCount; at++) {
        for (const role of ["origin", "crossing", "destination", "place"]) {
          const place = events[role][state.shown[at]];
          if (place < 0) continue;
          const name = data.placeName(place);
          found.set(name, (found.get(name) ?? 0) + (role === "crossing" ? 0.5 : 1));
        }
      }
      return found;
    }

    // Nothing is lettered under the map's controls, nor cut by its edge.
    reserveEdges(taken, { pad, size, width, height, bare, furniture }) {
      const [left, top, right, bottom] = [pad.x, pad.y, pad.x + size.x, pad.y + size.y];
      taken.add(0, 0, left, height);
      taken.add(right, 0, width - right, height);
      taken.add(0, 0, width, top);
      taken.add(0, bottom, width, height - bottom);
      for (const box of furniture ?? []) taken.add(...box);
      if (bare) {
        for (const x of [-BEYOND, width]) taken.add(x, 0, BEYOND, height);
        for (const y of [-BEYOND, height]) taken.add(0, y, width, BEYOND);
        return;
      }
      const mirrored = bordermap.words.direction === "rtl";
      const add = (x, y, wide, high) => taken.add(mirrored ? left + right - x - wide : x, y, wide, high);
      add(left, bottom - 52, 116, 52);
      add(right - 56, top, 56, 84);
      add(right - 156, bottom - 22, 156, 22);
    }

    // Marks are never written over: their boxes are taken before any name is placed.
    reserve(taken, marks) {
      for (const { x, y, radius } of marks.drawn.cells ?? []) taken.add(x - radius, y - radius, 2 * radius, 2 * radius);
      for (const mark of marks.drawn.points) taken.add(mark.x - 9, mark.y - 9, 18, 18);
      for (const mark of marks.drawn.arrows) {
        const length = Math.hypot(mark.x1 - mark.x0, mark.y1 - mark.y0);
        const steps = Math.max(3, Math.ceil(length / 9));
        for (let step = 0; step <= steps; step++) {
          const { x, y } = bordermap.curves.along(mark, step / steps);
          taken.add(x - 6, y - 6, 12, 12);
        }
      }
      const { RING } = bordermap.sayings;
      for (const { sign, count } of [...marks.drawn.points, ...marks.drawn.arrows]) {
        if (sign && count === 1) taken.add(sign.x - RING, sign.y - RING, 2 * RING, 2 * RING);
      }
    }

    drawName(context, taken, { label, at: [x, y], weight, marked }) {
      const style = STYLES[label.style];
      const shown = bordermap.dom.visible(textOf(label));
      const text = style.upper ? shown.toUpperCase() : shown;
      context.letterSpacing = `${ARABIC_SCRIPT.test(text) ? 0 : style.spacing ?? 0}px`; // joined letters are not spaced out
      const name = { text, style, x, y, colour: theme.now.names[label.style] };
      const isDrawn = style.dot || style.gate
        ? this.drawPlace(context, taken, name, { marked, spoken: weight > 0 })
        : this.drawGround(context, taken, name);
      context.letterSpacing = "0px";
      return isDrawn;
    }

    // A name of land or water lies in its middle, or nearly; that of a country may lie farther off in it.
    drawGround(context, taken, { text, style, x, y, colour }) {
      const width = this.width(context, style.font, text, style.spacing);
      const tries = style.upper ? AROUND : NEARLY;
      const found = tries.find(([dx, dy]) => taken.free(x + dx - width / 2 - 1, y + dy - 11, width + 2, 14));
      if (found) this.letter(context, taken, { text, font: style.font, colour }, x + found[0] - width / 2, y + found[1], width);
      return Boolean(found);
    }

    // The name of a place stands beside its dot, for which a mark on it stands. One with a mark finds room somewhere.
    drawPlace(context, taken, { text, style, x, y, colour }, { marked, spoken }) {
      const bare = !marked;
      if (bare && !this.written.free(x - 3, y - 3, 6, 6)) return false;
      const tries = marked ? [[1, FAR], [SMALLER, FARTHEST], [SMALLER * SMALLER, FARTHEST]] : [[1, spoken ? FAR : NEAR]];
      for (const [smaller, far] of tries) {
        const font = resized(style.font, smaller);
        const width = this.width(context, font, text);
        const spot = taken.beside(x, y, width + 2, 14, { clear: 5, far });
        if (!spot) continue;
        const box = [...spot, width + 2, 14];
        const room = bordermap.boxes.apart(x, y, box);
        if ((spoken || marked) && room > TIED) this.tie(context, x, y, box);
        this.letter(context, taken, { text, font, colour }, spot[0] + 1, spot[1] + 11, width);
        if (bare) {
          this.drawDot(context, style, x, y);
          taken.add(x - 3, y - 3, 6, 6);
        }
        return true;
      }
      return false;
    }

    letter(context, taken, { text, font, colour }, x, y, width) {
      context.font = font;
      taken.add(x - 3, y - 12, width + 6, 16);
      this.written.add(x, y - 10, width, 13);
      this.write(context, text, x, y, colour, theme.now.halo, 3);
    }

    // Words that stand apart are tied to their point.
    tie(context, x, y, [left, top, width, height]) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(Math.max(left, Math.min(left + width, x)), Math.max(top, Math.min(top + height, y)));
      context.lineWidth = 0.7;
      context.strokeStyle = theme.now.quiet;
      context.setLineDash([]);
      context.stroke();
    }

    drawDot(context, style, x, y) {
      context.beginPath();
      if (style.gate) context.rect(x - 2.5, y - 2.5, 5, 5);
      else context.arc(x, y, style.dot, 0, 2 * Math.PI);
      context.fillStyle = theme.now.paper;
      context.fill();
      context.lineWidth = 1.2;
      context.strokeStyle = theme.now.names.town;
      context.stroke();
    }

    write(context, text, x, y, colour, halo, width) {
      context.textAlign = "left";
      context.textBaseline = "alphabetic";
      context.direction = bordermap.dom.directionOf(text);
      context.lineWidth = width;
      context.strokeStyle = halo;
      context.strokeText(text, x, y);
      context.fillStyle = colour;
      context.fillText(text, x, y);
    }

    // How wide a text is in a font.
    width(context, font, text, spacing = 0) {
      const key = `${font} ${spacing} ${text}`;
      let width = this.widths.get(key);
      if (width === undefined) {
        context.font = font;
        this.widths.set(key, (width = context.measureText(text).width));
      }
      return width;
    }
  }

  // Which names are those of places with marks: one that events speak of, or else any on the spot.
  function noteMarked(labels, spots) {
    const dotted = labels.filter(({ label: { style } }) => STYLES[style].dot || STYLES[style].gate);
    for (const spot of spots) {
      const here = dotted.filter(({ at }) => (spot.x - at[0]) ** 2 + (spot.y - at[1]) ** 2 < ON * ON);
      const spoken = here.filter(({ weight }) => weight);
      for (const label of spoken.length ? spoken : here) label.marked = true;
    }
  }

  const place = ({ x, y }, { scale, left, top }) => [x * scale - left, y * scale - top];
  const resized = (font, factor) => (factor === 1 ? font : font.replace(/([\d.]+)px/, (_, size) => `${Math.round(size * factor * 10) / 10}px`));

  // Points on which marks stand: the places of standing marks, and of arrows the ends and the gate, where they are known.
  function spotsOf({ drawn, data: { events } }) {
    const spots = drawn.points.map(({ anchorX: x, anchorY: y }) => ({ x, y }));
    for (const { row, x0, y0, x1, y1, gx, gy } of drawn.arrows) {
      if (!events.stub_from[row]) spots.push({ x: x0, y: y0 });
      if (!events.stub_to[row]) spots.push({ x: x1, y: y1 });
      if (Number.isFinite(gx)) spots.push({ x: gx, y: gy });
    }
    return spots;
  }

  return { Labels, makeWay, textOf };
})();
