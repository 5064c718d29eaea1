// Paints the marks of a day and finds the mark under the pointer.
"use strict";

bordermap.marks = (() => {
  const { ARROW, AREA, along, trace } = bordermap.layout;
  const COLOURS = ["#d55e00", "#0072b2", "#009e73", "#6f6a60"];
  const INK = "#26221b";
  const PAPER = "#fdfcf8";
  const [DENIED, PLANNED, REQUESTED, REJECTED] = [2, 3, 4, 5];
  const FEW = 600; // up to this many marks each has its casing, its fading tail and its own strength
  const CONTEXT = { control_change: 3, closure: 4 };

  const planned = (status) => status === PLANNED || status === REQUESTED || status === REJECTED;
  const crossed = (status) => status === DENIED || status === REJECTED;

  // Width in pixels of a number moved: 4 for a few, 5.2 for 100, 8 for 20,000.
  const widthOf = (count) => Math.min(9, 3.2 + 1.1 * Math.log10(Math.max(1, count)));

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
      if (shownCount > FEW) this.paintMany(context);
      else this.paintFew(context);
      this.paintSelected(context);
    }

    // How many events of each layer have a mark on the map of this day, counted marks included.
    counts() {
      const found = [0, 0, 0, 0];
      for (const list of [this.drawn.arrows, this.drawn.points]) for (const mark of list) found[mark.layer] += mark.count;
      return found;
    }

    // Areas and circles of doubt, to scale and light: somewhere in here.
    paintDoubt(context, view) {
      const { events, shapes } = this.data;
      const { inPathSpace } = bordermap.surface;
      const some = this.state.shownCount <= FEW;
      inPathSpace(context, view, (scale) => {
        const light = (shape, colour, strength) => {
          context.globalAlpha = strength;
          context.fillStyle = context.strokeStyle = colour;
          if (shape.filled) {
            context.globalAlpha = 0.1 * strength;
            context.fill(shape.path, "evenodd");
            context.globalAlpha = 0.55 * strength;
            context.lineWidth = 1.2 / scale;
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
          light(shapes[shape], COLOURS[layer], 0.4 + 0.6 * strength);
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
        const at = this.data.pointsAt[mark.event];
        const lat = (events.lat[at] / 10000) * (Math.PI / 180);
        circle(mark.anchorX, mark.anchorY, events.radius[mark.event] / 10, mark.layer, mark.strength, lat);
      }
      context.globalAlpha = 1;
      context.setLineDash([]);
    }

    // Each mark by itself, weakest first, so that the sure ones lie on top.
    paintFew(context) {
      const { events } = this.data;
      const arrows = this.drawn.arrows.slice().sort((a, b) => b.layer - a.layer || a.strength - b.strength);
      for (const mark of arrows) this.paintArrow(context, mark);
      context.strokeStyle = INK;
      context.lineWidth = 0.8;
      for (const mark of this.drawn.points) {
        if (mark.x === mark.anchorX && mark.y === mark.anchorY) continue;
        context.globalAlpha = 0.45;
        context.beginPath();
        context.moveTo(mark.anchorX, mark.anchorY);
        context.lineTo(mark.x, mark.y);
        context.stroke();
      }
      for (const mark of this.drawn.points) this.paintPoint(context, mark, events);
      context.globalAlpha = 1;
    }

    paintArrow(context, mark) {
      const { events } = this.data;
      const status = events.status[mark.event];
      const colour = COLOURS[mark.layer];
      const low = events.count_low[mark.event];
      const high = events.count_high[mark.event];
      const known = low >= 0 || high >= 0;
      const core = known ? widthOf(low >= 0 ? low : high) : 4.4;
      const strength = 0.35 + 0.65 * mark.strength;
      const path = new Path2D();
      trace(path, mark);
      context.lineCap = "round";
      context.setLineDash([]);
      context.globalAlpha = 0.85 * strength;
      context.strokeStyle = PAPER;
      context.lineWidth = core + 3;
      context.stroke(path);
      context.globalAlpha = strength;
      context.strokeStyle = this.tail(context, mark, colour);
      if (known && high !== low && !planned(status)) {
        const outer = high === -2 ? core + 5 : Math.max(core + 2, widthOf(high) + 2);
        context.globalAlpha = 0.28 * strength;
        context.lineWidth = outer;
        context.stroke(path);
        context.globalAlpha = strength;
      }
      context.lineWidth = core;
      if (planned(status)) {
        context.lineWidth = 3;
        context.setLineDash([1, 6]);
        context.stroke(path);
      } else if (known) {
        context.stroke(path);
      } else {
        context.stroke(path);
        context.strokeStyle = PAPER;
        context.lineWidth = core - 2.6;
        context.stroke(path);
      }
      context.setLineDash([]);
      this.paintHead(context, mark, colour, core, planned(status));
      context.globalAlpha = 1;
      const middle = along(mark, 0.5);
      if (crossed(status)) this.paintCross(context, middle.x, middle.y);
      if (this.occurs(mark.event)) this.paintRing(context, middle.x, middle.y, 10);
      if (mark.count > 1) this.paintCount(context, middle.x, middle.y, mark.count, colour);
    }

    // A stub has no town at its end: it fades out towards it.
    tail(context, mark, colour) {
      const { events } = this.data;
      if (!events.stub_from[mark.event] || this.drawn.arrows.length > FEW) return colour;
      const gradient = context.createLinearGradient(mark.x0, mark.y0, mark.x1, mark.y1);
      gradient.addColorStop(0, `${colour}10`);
      gradient.addColorStop(0.55, colour);
      return gradient;
    }

    // Filled for a crossing, open for a withdrawal: by shape as well as colour.
    paintHead(context, mark, colour, width, light) {
      const end = along(mark, 1);
      const length = Math.hypot(end.dx, end.dy) || 1;
      const [ux, uy] = [end.dx / length, end.dy / length];
      const size = 6.5 + width;
      context.beginPath();
      const open = mark.layer === 1 || light;
      this.traceHead(context, mark.x1 + ux * 3, mark.y1 + uy * 3, ux, uy, size);
      context.lineJoin = "round";
      context.lineWidth = 3.4;
      context.strokeStyle = PAPER;
      context.stroke();
      context.fillStyle = open ? PAPER : colour;
      context.fill();
      context.lineWidth = open ? 2 : 1;
      context.strokeStyle = colour;
      context.stroke();
    }

    traceHead(path, x, y, ux, uy, size) {
      path.moveTo(x, y);
      path.lineTo(x - ux * size - uy * size * 0.55, y - uy * size + ux * size * 0.55);
      path.lineTo(x - ux * size + uy * size * 0.55, y - uy * size - ux * size * 0.55);
      path.closePath();
    }

    paintPoint(context, mark, events) {
      const status = events.status[mark.event];
      const colour = COLOURS[mark.layer];
      const strength = 0.35 + 0.65 * mark.strength;
      context.globalAlpha = 1;
      context.beginPath();
      this.traceGlyph(context, mark.x, mark.y, mark.layer, events.kind[mark.event], mark.layer === 3 ? 4.5 : 6);
      context.lineJoin = "round";
      context.setLineDash([]);
      context.strokeStyle = PAPER;
      context.lineWidth = 3.5;
      context.stroke();
      context.fillStyle = PAPER;
      context.fill();
      context.globalAlpha = strength;
      context.strokeStyle = colour;
      if (planned(status)) {
        context.lineWidth = 2;
        context.lineCap = "round";
        context.setLineDash([0.5, 3.5]);
        context.stroke();
      } else {
        context.fillStyle = mark.layer === 1 ? PAPER : colour;
        context.fill();
        context.lineWidth = mark.layer === 1 ? 2 : 1;
        context.stroke();
      }
      context.setLineDash([]);
      context.globalAlpha = 1;
      if (crossed(status)) this.paintCross(context, mark.x, mark.y);
      if (this.occurs(mark.event)) this.paintRing(context, mark.x, mark.y, 10);
      if (mark.count > 1) this.paintCount(context, mark.x, mark.y, mark.count, colour);
    }

    // Deployment a square, control change a diamond, closure a bar, contact a dot, a movement without a way a triangle.
    traceGlyph(path, x, y, layer, kind, size) {
      if (layer === 2) path.rect(x - size, y - size, 2 * size, 2 * size);
      else if (layer < 2) this.traceHead(path, x, y - size, 0, -1, 2 * size);
      else if (kind === CONTEXT.control_change) {
        path.moveTo(x, y - size * 1.3);
        path.lineTo(x + size * 1.3, y);
        path.lineTo(x, y + size * 1.3);
        path.lineTo(x - size * 1.3, y);
        path.closePath();
      } else if (kind === CONTEXT.closure) path.rect(x - size * 1.5, y - size * 0.6, 3 * size, 1.2 * size);
      else {
        path.moveTo(x + size, y);
        path.arc(x, y, size, 0, 2 * Math.PI);
      }
    }

    // A ring says that it is disputed whether it happened at all, or how many, when or where.
    occurs(event) {
      return this.data.events.disputed[event] !== 0;
    }

    paintRing(context, x, y, radius) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.lineWidth = 4;
      context.strokeStyle = PAPER;
      context.stroke();
      context.lineWidth = 1.8;
      context.strokeStyle = INK;
      context.stroke();
    }

    paintCross(context, x, y) {
      for (const [width, colour] of [[5, PAPER], [2.2, INK]]) {
        context.beginPath();
        context.moveTo(x - 6, y - 6);
        context.lineTo(x + 6, y + 6);
        context.moveTo(x + 6, y - 6);
        context.lineTo(x - 6, y + 6);
        context.lineCap = "round";
        context.lineWidth = width;
        context.strokeStyle = colour;
        context.stroke();
      }
    }

    paintCount(context, x, y, count, colour) {
      const written = count > 999 ? `${Math.round(count / 100) / 10}k` : String(count);
      context.font = "600 11px system-ui, sans-serif";
      const half = Math.max(9, context.measureText(written).width / 2 + 5);
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

    // Many marks at once: one path for each look, so that a day of thousands is drawn within a frame.
    paintMany(context) {
      const { events } = this.data;
      const looks = new Map();
      const look = (key, make) => {
        let found = looks.get(key);
        if (!found) looks.set(key, (found = make()));
        return found;
      };
      for (const mark of this.drawn.arrows) {
        const status = events.status[mark.event];
        const low = events.count_low[mark.event];
        const width = low < 0 ? 2 : Math.round(widthOf(low) - 1.4);
        const faint = mark.strength < 0.6 ? 1 : 0;
        const key = ((mark.layer * 6 + status) * 12 + width) * 2 + faint;
        const found = look(key, () => ({ layer: mark.layer, status, width, faint, lines: new Path2D(), heads: new Path2D() }));
        trace(found.lines, mark);
        const end = along(mark, 1);
        const length = Math.hypot(end.dx, end.dy) || 1;
        this.traceHead(found.heads, mark.x1, mark.y1, end.dx / length, end.dy / length, 4 + width);
      }
      context.lineCap = "butt";
      context.lineJoin = "miter";
      for (const { layer, status, width, faint, lines, heads } of looks.values()) {
        context.globalAlpha = faint ? 0.45 : 0.85;
        context.strokeStyle = context.fillStyle = COLOURS[layer];
        context.lineWidth = width;
        context.setLineDash(planned(status) ? [2, 4] : crossed(status) ? [8, 4] : []);
        context.stroke(lines);
        context.setLineDash([]);
        if (layer === 1) {
          context.fillStyle = PAPER;
          context.lineWidth = 1.4;
          context.fill(heads);
          context.stroke(heads);
        } else context.fill(heads);
      }
      looks.clear();
      for (const mark of this.drawn.points) {
        const status = events.status[mark.event];
        const faint = mark.strength < 0.6 ? 1 : 0;
        const key = (mark.layer * 6 + status) * 2 + faint;
        const found = look(key, () => ({ layer: mark.layer, status, faint, glyphs: new Path2D() }));
        this.traceGlyph(found.glyphs, mark.x, mark.y, mark.layer, events.kind[mark.event], 4);
      }
      for (const { layer, status, faint, glyphs } of looks.values()) {
        context.globalAlpha = faint ? 0.45 : 0.9;
        context.fillStyle = layer === 1 || planned(status) ? PAPER : COLOURS[layer];
        context.strokeStyle = layer === 1 || planned(status) ? COLOURS[layer] : PAPER;
        context.lineWidth = 1.2;
        context.fill(glyphs);
        context.stroke(glyphs);
      }
      context.globalAlpha = 1;
      for (const list of [this.drawn.arrows, this.drawn.points]) {
        for (const mark of list) {
          if (mark.count > 1) {
            const { x, y } = this.centre(mark);
            this.paintCount(context, x, y, mark.count, COLOURS[mark.layer]);
          }
        }
      }
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
        context.globalAlpha = 1;
        if (mark.type === ARROW) {
          const path = new Path2D();
          trace(path, mark);
          context.lineCap = "round";
          context.strokeStyle = INK;
          context.lineWidth = 11;
          context.globalAlpha = 0.22;
          context.stroke(path);
          context.globalAlpha = 1;
          this.paintArrow(context, mark);
        } else {
          context.beginPath();
          context.arc(mark.x, mark.y, 13, 0, 2 * Math.PI);
          context.fillStyle = INK;
          context.globalAlpha = 0.22;
          context.fill();
          this.paintPoint(context, mark, this.data.events);
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
