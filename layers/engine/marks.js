// Paints the marks of a day and finds the mark under the pointer.
"use strict";

bordermap.marks = (() => {
  const { ARROW, AREA, along, cut, trace, traceCurve } = bordermap.layout;
  const COLOURS = ["#d55e00", "#0072b2", "#009e73", "#6f6a60"];
  const INK = "#26221b";
  const PAPER = "#fdfcf8";
  const [DENIED, PLANNED, REQUESTED, REJECTED] = [2, 3, 4, 5];
  const [WITHDRAWALS, DEPLOYMENTS, CONTEXT] = [1, 2, 3];
  const [CONTROL_CHANGE, CLOSURE] = [3, 4];
  const OPEN = -2;
  const FEW = 150; // up to this many events the areas at both ends of each arrow are drawn too
  const BADGES = 120;
  const RICH = 150; // up to this many marks each has its casing and the band of its range

  const planned = (status) => status === PLANNED || status === REQUESTED || status === REJECTED;
  const crossed = (status) => status === DENIED || status === REJECTED;

  // Width in pixels of a number moved: 4 for a few, 5.2 for 100, 8 for 20,000.
  const widthOf = (count) => Math.min(9, 3.2 + 1.1 * Math.log10(Math.max(1, count)));

  function traceHead(path, x, y, ux, uy, size) {
    path.moveTo(x, y);
    path.lineTo(x - ux * size - uy * size * 0.55, y - uy * size + ux * size * 0.55);
    path.lineTo(x - ux * size + uy * size * 0.55, y - uy * size - ux * size * 0.55);
    path.closePath();
  }

  // Deployment a square, control change a diamond, closure a bar, contact a dot, a movement without a way a triangle.
  function traceGlyph(path, x, y, layer, kind, size) {
    if (layer === DEPLOYMENTS) path.rect(x - size, y - size, 2 * size, 2 * size);
    else if (layer < DEPLOYMENTS) traceHead(path, x, y - size, 0, -1, 2 * size);
    else if (kind === CONTROL_CHANGE) {
      path.moveTo(x, y - size * 1.3);
      path.lineTo(x + size * 1.3, y);
      path.lineTo(x, y + size * 1.3);
      path.lineTo(x - size * 1.3, y);
      path.closePath();
    } else if (kind === CLOSURE) path.rect(x - size * 1.5, y - size * 0.6, 3 * size, 1.2 * size);
    else {
      path.moveTo(x + size, y);
      path.arc(x, y, size, 0, 2 * Math.PI);
    }
  }

  function traceCross(path, x, y) {
    path.moveTo(x - 6, y - 6);
    path.lineTo(x + 6, y + 6);
    path.moveTo(x + 6, y - 6);
    path.lineTo(x - 6, y + 6);
  }

  function traceRing(path, x, y) {
    path.moveTo(x + 10, y);
    path.arc(x, y, 10, 0, 2 * Math.PI);
  }

  class Marks {
    constructor(data, state) {
      this.data = data;
      this.state = state;
      this.drawn = { arrows: [], points: [], areas: [] };
      this.hovered = null;
    }

    draw(context, view) {
      const { shown, strengths, shownCount } = this.state;
      this.view = view;
      this.drawn = bordermap.layout.layOut(this.data, view, shown, strengths, shownCount);
      this.paintDoubt(context, view);
      this.paint(context, this.drawn.arrows, this.drawn.points);
      this.paintSelected(context);
    }

    // How many events of each layer have a mark on the map of this day, counted marks included.
    counts() {
      const found = [0, 0, 0, 0];
      for (const list of [this.drawn.arrows, this.drawn.points]) {
        for (const mark of list) found[mark.layer] += mark.count;
      }
      return found;
    }

    // Areas and circles of doubt, to scale and light: somewhere in here.
    paintDoubt(context, view) {
      const { events, shapes } = this.data;
      const { inPathSpace } = bordermap.surface;
      const some = this.state.shownCount <= FEW;
      inPathSpace(context, view, (scale) => {
        const light = (shape, layer, strength) => {
          const colour = COLOURS[layer];
          context.globalAlpha = strength;
          context.fillStyle = context.strokeStyle = colour;
          if (shape.filled) {
            context.globalAlpha = (layer === DEPLOYMENTS ? 0.06 : 0.09) * strength;
            context.fill(shape.path, "evenodd");
            context.globalAlpha = 0.42 * strength;
            context.lineWidth = 1 / scale;
            context.setLineDash([2 / scale, 4 / scale]);
            context.stroke(shape.path);
          } else {
            context.globalAlpha = 0.2 * strength;
            context.lineWidth = 11 / scale;
            context.setLineDash([]);
            context.stroke(shape.path);
          }
        };
        const once = new Set();
        const lightOnce = (shape, layer, strength) => {
          const key = shape * 4 + layer;
          if (shape < 0 || once.has(key)) return;
          once.add(key);
          light(shapes[shape], layer, 0.4 + 0.6 * strength);
        };
        context.lineJoin = context.lineCap = "round";
        for (const mark of this.drawn.areas) lightOnce(mark.shape, mark.layer, mark.strength);
        for (const mark of this.drawn.arrows) {
          lightOnce(events.stretch[mark.event], mark.layer, mark.strength);
          if (!some && mark.event !== this.state.event) continue;
          for (const role of ["origin", "destination"]) {
            const place = events[role][mark.event];
            const stub = events[role === "origin" ? "stub_from" : "stub_to"][mark.event];
            if (place >= 0 && !stub) lightOnce(events.place_shape[place], mark.layer, mark.strength);
          }
        }
      });
      context.setLineDash([2, 4]);
      context.lineWidth = 1.2;
      const circle = (x, y, km, layer, strength, lat) => {
        const radius = (km * view.scale) / (40075 * Math.cos(lat));
        if (radius < 13 || radius > 4000) return;
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fillStyle = context.strokeStyle = COLOURS[layer];
        context.globalAlpha = 0.08 * (0.4 + 0.6 * strength);
        context.fill();
        context.globalAlpha = 0.6 * (0.4 + 0.6 * strength);
        context.stroke();
      };
      for (const mark of this.drawn.points) {
        if (mark.type === AREA) continue;
        const lat = (events.place_lat[this.data.spot[mark.event]] / 10000) * (Math.PI / 180);
        circle(mark.anchorX, mark.anchorY, events.radius[mark.event] / 10, mark.layer, mark.strength, lat);
      }
      context.globalAlpha = 1;
      context.setLineDash([]);
    }

    // Marks are gathered by their look, and each look is painted at once, the least sure first: a few
    // strokes however many marks there are.
    paint(context, arrows, points) {
      this.rich = arrows.length + points.length <= RICH;
      const looks = new Map();
      const signs = { crosses: new Path2D(), rings: new Path2D() };
      for (const mark of arrows) this.gatherArrow(looks, signs, mark);
      const ordered = [...looks.values()].sort((a, b) => a.strength - b.strength || b.layer - a.layer);
      for (const look of ordered) this.paintArrows(context, look);
      looks.clear();
      if (this.rich) this.paintLeaders(context, points);
      for (const mark of points) this.gatherPoint(looks, signs, mark);
      for (const look of looks.values()) this.paintPoints(context, look);
      this.paintSigns(context, signs);
      const counted = [...arrows, ...points].filter((mark) => mark.count > 1);
      // Where badges would cover the map only the largest are written; the others say theirs when pointed at.
      if (counted.length > BADGES) counted.sort((a, b) => b.count - a.count).length = BADGES;
      for (const mark of counted) {
        const { x, y } = this.centre(mark);
        this.paintCount(context, x, y, mark.count, COLOURS[mark.layer]);
      }
      context.globalAlpha = 1;
    }

    // What two arrows must share to be painted in one stroke.
    gatherArrow(looks, signs, mark) {
      const { events } = this.data;
      const { event, layer } = mark;
      const status = events.status[event];
      const low = events.count_low[event];
      const high = events.count_high[event];
      const known = low >= 0 || high >= 0;
      const core = known ? Math.round(2 * widthOf(low >= 0 ? low : high)) / 2 : 4.5;
      const outer = !known || low === high ? 0 : high === OPEN ? core + 5 : Math.max(core + 2, Math.round(widthOf(high) + 2));
      const step = Math.ceil(mark.strength * 5);
      const dotted = planned(status);
      const key = (((layer * 6 + step) * 2 + Number(dotted)) * 2 + Number(known)) * 4096 + core * 2 * 40 + outer;
      let look = looks.get(key);
      if (!look) {
        look = {
          layer, dotted, known, core, outer, strength: step / 5,
          whole: new Path2D(), body: new Path2D(), tail: new Path2D(), heads: new Path2D(),
        };
        looks.set(key, look);
      }
      trace(look.whole, mark);
      if (events.stub_from[event]) {
        const [tail, rest] = cut(mark, 0.45);
        traceCurve(look.tail, tail);
        for (const curve of rest) traceCurve(look.body, curve);
      } else trace(look.body, mark);
      const end = along(mark, 1);
      const length = Math.hypot(end.dx, end.dy) || 1;
      const [ux, uy] = [end.dx / length, end.dy / length];
      traceHead(look.heads, mark.x1 + ux * 3, mark.y1 + uy * 3, ux, uy, 6.5 + core);
      if (!crossed(status) && !events.disputed[event]) return;
      const { x, y } = along(mark, 0.5);
      if (crossed(status)) traceCross(signs.crosses, x, y);
      if (events.disputed[event]) traceRing(signs.rings, x, y);
    }

    paintArrows(context, { layer, dotted, known, core, outer, strength, whole, body, tail, heads }) {
      const colour = COLOURS[layer];
      const alpha = 0.35 + 0.65 * strength;
      const stroke = (path, width, style, opacity) => {
        context.globalAlpha = opacity;
        context.lineWidth = width;
        context.strokeStyle = style;
        context.stroke(path);
      };
      context.lineJoin = "round";
      context.lineCap = "butt";
      context.setLineDash([]);
      if (this.rich) stroke(body, core + 3, PAPER, 0.85 * alpha);
      if (dotted) {
        context.lineCap = "round";
        context.setLineDash([1, 6]);
        stroke(whole, 3, colour, alpha);
        context.setLineDash([]);
      } else {
        if (outer && this.rich) stroke(body, outer, colour, 0.28 * alpha);
        // Where only the side is known the arrow comes out of nothing.
        stroke(tail, core, colour, 0.3 * alpha);
        stroke(body, core, colour, alpha);
        // Hollow: no number is said.
        if (!known) stroke(whole, core - 2.6, PAPER, alpha);
      }
      const open = layer === WITHDRAWALS || dotted;
      if (this.rich) stroke(heads, 3.4, PAPER, alpha);
      context.fillStyle = open ? PAPER : colour;
      context.fill(heads);
      stroke(heads, open ? 2 : 1, colour, alpha);
    }

    gatherPoint(looks, signs, mark) {
      const { events } = this.data;
      const { event, layer, x, y } = mark;
      const status = events.status[event];
      const step = Math.ceil(mark.strength * 5);
      const dotted = planned(status);
      const key = (layer * 6 + step) * 2 + Number(dotted);
      let look = looks.get(key);
      if (!look) looks.set(key, (look = { layer, dotted, strength: step / 5, glyphs: new Path2D() }));
      traceGlyph(look.glyphs, x, y, layer, events.kind[event], layer === CONTEXT ? 4.5 : 6);
      if (crossed(status)) traceCross(signs.crosses, x, y);
      if (events.disputed[event]) traceRing(signs.rings, x, y);
    }

    paintPoints(context, { layer, dotted, strength, glyphs }) {
      const alpha = 0.35 + 0.65 * strength;
      const hollow = layer === WITHDRAWALS || dotted;
      context.lineJoin = "round";
      context.lineCap = "round";
      context.setLineDash([]);
      context.globalAlpha = 1;
      context.strokeStyle = context.fillStyle = PAPER;
      context.lineWidth = 3.5;
      if (this.rich) context.stroke(glyphs);
      if (this.rich || hollow) context.fill(glyphs);
      context.globalAlpha = alpha;
      context.strokeStyle = context.fillStyle = COLOURS[layer];
      if (dotted) context.setLineDash([0.5, 3.5]);
      if (!hollow) context.fill(glyphs);
      context.lineWidth = hollow ? 2 : 1;
      context.stroke(glyphs);
      context.setLineDash([]);
    }

    // A thin line from a mark that stands aside to its place.
    paintLeaders(context, points) {
      context.beginPath();
      for (const mark of points) {
        if (mark.x === mark.anchorX && mark.y === mark.anchorY) continue;
        context.moveTo(mark.anchorX, mark.anchorY);
        context.lineTo(mark.x, mark.y);
      }
      context.globalAlpha = 0.4;
      context.lineWidth = 0.8;
      context.strokeStyle = INK;
      context.stroke();
    }

    // Crossed out: denied or refused. Ringed: disputed, whether it was at all, how many, when or where.
    paintSigns(context, { crosses, rings }) {
      context.globalAlpha = 1;
      context.lineCap = "round";
      for (const [path, width] of [[crosses, 2.2], [rings, 1.8]]) {
        context.strokeStyle = PAPER;
        context.lineWidth = width + 2.6;
        context.stroke(path);
        context.strokeStyle = INK;
        context.lineWidth = width;
        context.stroke(path);
      }
    }

    paintCount(context, x, y, count, colour) {
      const written = count > 999 ? `${Math.round(count / 100) / 10}k` : String(count);
      context.font = "600 11px system-ui, sans-serif";
      const half = Math.max(9, context.measureText(written).width / 2 + 5);
      context.globalAlpha = 1;
      context.beginPath();
      context.roundRect(x - half, y - 9, 2 * half, 18, 9);
      context.fillStyle = colour;
      context.fill();
      context.lineWidth = 1.5;
      context.strokeStyle = PAPER;
      context.stroke();
      context.fillStyle = "#fff";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(written, x, y + 0.5);
    }

    centre(mark) {
      return mark.type === ARROW ? along(mark, 0.5) : mark;
    }

    markOf(event) {
      for (const list of [this.drawn.arrows, this.drawn.points]) {
        for (const mark of list) if (mark.event === event || mark.events?.includes(event)) return mark;
      }
      return null;
    }

    paintSelected(context) {
      for (const event of [this.hovered, this.state.event]) {
        if (event === null || event < 0) continue;
        const mark = this.markOf(event);
        if (!mark) continue;
        context.globalAlpha = 0.22;
        context.strokeStyle = context.fillStyle = INK;
        if (mark.type === ARROW) {
          const path = new Path2D();
          trace(path, mark);
          context.lineCap = "round";
          context.lineWidth = 13;
          context.stroke(path);
          this.paint(context, [mark], []);
        } else {
          context.beginPath();
          context.arc(mark.x, mark.y, 13, 0, 2 * Math.PI);
          context.fill();
          this.paint(context, [], [mark]);
        }
      }
    }

    // The mark nearest to a point of the surface within reach; null where there is none.
    at(x, y, reach = 14) {
      let best = null;
      let least = reach;
      for (const mark of this.drawn.points) {
        const distance = Math.hypot(mark.x - x, mark.y - y) - 4;
        if (distance < least) [best, least] = [mark, distance];
      }
      for (const mark of this.drawn.arrows) {
        if (x < Math.min(mark.x0, mark.x1) - 60 || x > Math.max(mark.x0, mark.x1) + 60) continue;
        if (y < Math.min(mark.y0, mark.y1) - 60 || y > Math.max(mark.y0, mark.y1) + 60) continue;
        for (let step = 0; step <= 10; step++) {
          const point = along(mark, step / 10);
          const distance = Math.hypot(point.x - x, point.y - y) - 2;
          if (distance < least) [best, least] = [mark, distance];
        }
      }
      return best;
    }
  }

  return { Marks, COLOURS, INK, PAPER, planned, crossed };
})();
