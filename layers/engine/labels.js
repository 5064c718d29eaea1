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
  const textOf = (label) => bordermap.words.own("text", (column) => label[column]);

  // Names make way for the marks of a day while those are few; many marks are drawn over them.
  const makeWay = (state) => state.shownCount <= 100;

  const RING = 17; // pixels around a ring that are kept free
  const TIED = 26; // pixels: words that stand farther from their mark are tied to it
  const COUNT = "600 12px system-ui, sans-serif";
  const DISPUTE = "italic 11px system-ui, sans-serif";
  const FAR = 400; // pixels beyond the edge of a picture's map where nothing is lettered
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
      if (few) this.drawCounts(context, taken, marks, state);
      const told = few ? this.told(marks.data, state) : NONE;
      const inView = this.inView(view);
      const isTold = (label) => label.style !== "division" && told.has(textOf(label)); // a division is no town of its name
      const first = inView.filter(isTold).sort((a, b) => told.get(textOf(b)) - told.get(textOf(a)));
      for (const [labels, spoken] of [[first, true], [inView, false]]) {
        for (const label of labels) {
          if (!spoken && (label.zoom > view.zoom || isTold(label))) continue;
          const x = label.x * view.scale - view.left;
          const y = label.y * view.scale - view.top;
          this.drawName(context, taken, label, x, y, spoken, few ? marks : null);
        }
      }
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
        for (const x of [-FAR, width]) taken.add(x, 0, FAR, height);
        for (const y of [-FAR, height]) taken.add(0, y, width, FAR);
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
      for (const mark of marks.drawn.points) taken.add(mark.x - 9, mark.y - 9, 18, 18);
      for (const mark of marks.drawn.arrows) {
        const length = Math.hypot(mark.x1 - mark.x0, mark.y1 - mark.y0);
        const steps = Math.max(3, Math.ceil(length / 9));
        for (let step = 0; step <= steps; step++) {
          const { x, y } = bordermap.layout.along(mark, step / steps);
          taken.add(x - 6, y - 6, 12, 12);
        }
      }
      for (const { sign, count } of [...marks.drawn.points, ...marks.drawn.arrows]) {
        if (sign && count === 1) taken.add(sign.x - RING, sign.y - RING, 2 * RING, 2 * RING);
      }
    }

    // The numbers as they were said, beside their arrow or mark.
    drawCounts(context, taken, marks, state) {
      const { data } = marks;
      const written = marks.drawn.arrows.concat(marks.drawn.points)
        .filter((mark) => mark.count === 1 && (data.events.count_unit[mark.row] !== 255 || data.events.disputed[mark.row]))
        .filter((mark) => within(marks.view, mark.sign ?? bordermap.paint.centre(mark)))
        .sort((a, b) => (data.eventOf(b.row) === state.event) - (data.eventOf(a.row) === state.event) || a.layer - b.layer ||
          data.events.n_claims[b.row] - data.events.n_claims[a.row]);
      context.font = COUNT;
      for (const mark of written.slice(0, 24)) {
        this.drawSaid(context, taken, data, mark);
      }
    }

    // What an event's mark says in words: its number as said, and on what its sources disagree.
    drawSaid(context, taken, data, mark) {
      const count = short(bordermap.dom.visible(data.countTexts(mark.row)));
      const disputed = bordermap.list.disputedOn(data, mark.row);
      const dispute = disputed.length ? bordermap.words.say("disputedOn", { what: disputed.join(bordermap.words.say("comma")) }) : "";
      const lines = [[count, COUNT, theme.now.letters[mark.layer]], [dispute, DISPUTE, theme.now.ink]].filter(([text]) => text);
      const width = Math.max(...lines.map(([text, font]) => {
        context.font = font;
        return this.width(context, font, text);
      }));
      const height = 14 * lines.length;
      const { x, y } = mark.sign ?? bordermap.paint.centre(mark);
      for (const [dx, dy] of beside(width, mark.sign ? RING + 3 : 14)) {
        const top = y + dy - 11 - (dy < 0 ? height - 14 : 0);
        if (!taken.free(x + dx - 2, top, width + 4, height + 1)) continue;
        taken.add(x + dx - 2, top, width + 4, height + 1);
        if (apart(dx, dy, width) > TIED) this.drawLeader(context, x, y, x + dx, top + 11, width);
        lines.forEach(([text, font, tint], at) => {
          context.font = font;
          this.write(context, text, x + dx, top + 11 + 14 * at, tint, theme.now.paper, 3.5);
        });
        break;
      }
    }

    drawName(context, taken, label, x, y, spoken, marks) {
      const style = STYLES[label.style];
      const shown = bordermap.dom.visible(textOf(label));
      const text = style.upper ? shown.toUpperCase() : shown;
      context.font = style.font;
      context.letterSpacing = `${ARABIC_SCRIPT.test(text) ? 0 : style.spacing ?? 0}px`; // joined letters are not spaced out
      const width = this.width(context, style.font + style.spacing, text);
      const dotted = style.dot || style.gate;
      const bare = dotted && !marks?.drawn.points.some((mark) => Math.hypot(mark.x - x, mark.y - y) < 9);
      if (bare && !this.written.free(x - 3, y - 3, 6, 6)) {
        context.letterSpacing = "0px";
        return;
      }
      const tries = dotted
        ? spoken ? around(width) : around(width).slice(0, bare ? 6 : 14)
        : [[-width / 2, 4], [-width / 2, -14], [-width / 2, 24]];
      for (const [dx, dy] of tries) {
        if (!taken.free(x + dx - 1, y + dy - 11, width + 2, 14)) continue;
        taken.add(x + dx - 3, y + dy - 12, width + 6, 16);
        this.written.add(x + dx, y + dy - 10, width, 13);
        this.write(context, text, x + dx, y + dy, theme.now.names[label.style], theme.now.halo, 3);
        if (spoken && dotted && apart(dx, dy, width) > 9) this.drawLeader(context, x, y, x + dx, y + dy, width);
        // A mark on the place stands for its dot.
        if (bare) this.drawDot(context, style, x, y);
        if (bare) taken.add(x - 3, y - 3, 6, 6);
        break;
      }
      context.letterSpacing = "0px";
    }

    // A name that stands apart is tied to its place.
    drawLeader(context, x, y, left, base, width) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(Math.max(left - 2, Math.min(left + width + 2, x)), base < y ? base + 3 : base > y + 12 ? base - 11 : base - 4);
      context.lineWidth = 0.7;
      context.strokeStyle = theme.now.quiet;
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

    width(context, font, text) {
      const key = font + text;
      let width = this.widths.get(key);
      if (width === undefined) this.widths.set(key, (width = context.measureText(text).width));
      return width;
    }
  }

  const within = ({ width, height }, { x, y }) => x >= 0 && y >= 0 && x <= width && y <= height;

  // Where a number may stand: near its arrow, else a little farther.
  function beside(width, clear) {
    const found = [];
    for (const further of [0, 10, 22, 36, 52]) {
      const away = clear + further;
      found.push([away, -9], [away, 18], [-away - width, -9], [-away - width, 18], [-width / 2, -away - 6], [-width / 2, away + 14], [away, 4], [-away - width, 4]);
    }
    return found;
  }

  // How far a name's box is from its place.
  const apart = (dx, dy, width) => Math.hypot(Math.max(dx, -dx - width, 0), Math.max(dy - 10, -dy, 0));

  // Where a name may stand: beside its dot, else farther out, clear of the marks on it.
  function around(width) {
    const found = [];
    for (const away of [6, 14, 22, 34]) {
      found.push([away, 4], [-width - away, 4], [-width / 2, -away - 2], [-width / 2, away + 11], [away * 0.7, -away * 0.7 - 2], [away * 0.7, away * 0.7 + 10],
        [-width - away * 0.7, -away * 0.7 - 2], [-width - away * 0.7, away * 0.7 + 10]);
    }
    return found;
  }

  const short = (text) => (text.length > 44 ? `${text.slice(0, 42)}…` : text);

  // Boxes that are taken, kept in a grid so that asking is quick.
  class Boxes {
    constructor(view) {
      this.columns = Math.ceil(view.width / 64) + 4;
      this.cells = new Map();
    }

    *keys(x, y, width, height) {
      for (let row = Math.floor(y / 64); row <= Math.floor((y + height) / 64); row++) {
        for (let column = Math.floor(x / 64); column <= Math.floor((x + width) / 64); column++) {
          yield row * this.columns + column;
        }
      }
    }

    add(x, y, width, height) {
      for (const key of this.keys(x, y, width, height)) {
        const cell = this.cells.get(key);
        if (cell) cell.push([x, y, width, height]);
        else this.cells.set(key, [[x, y, width, height]]);
      }
    }

    free(x, y, width, height) {
      for (const key of this.keys(x, y, width, height)) {
        for (const [left, top, wide, high] of this.cells.get(key) ?? []) {
          if (x < left + wide && left < x + width && y < top + high && top < y + height) return false;
        }
      }
      return true;
    }
  }

  return { Labels, makeWay, textOf };
})();
