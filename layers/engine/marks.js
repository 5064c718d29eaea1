// The marks of a day: what is drawn of each event, the doubt about it, and the mark under the pointer.
"use strict";

bordermap.marks = (() => {
  const { ARROW, AREA } = bordermap.layout;
  const { along, trace } = bordermap.curves;
  const { DEPLOYMENTS, colour } = bordermap.paint;
  const { theme } = bordermap;
  const NEAR_KM = 25; // geo_precision 2, as in claims/whereabouts.py
  const FEW = 90; // up to this many events the areas at both ends of each arrow are drawn too, and outlines are dashed

  class Marks {
    constructor(data, state) {
      this.data = data;
      this.state = state;
      this.drawn = { arrows: [], points: [], areas: [] };
      this.hovered = null; // the row under the pointer
      this.crowd = new bordermap.crowd.Crowd(data, state);
    }

    layOut(view) {
      const { shown, shownCount, cells } = this.state;
      if (cells) return { arrows: [], points: [], areas: [], cells: bordermap.cells.layOut(this.state, view) };
      if (shownCount > bordermap.layout.CROWD) return this.crowd.layOut(view);
      return bordermap.layout.few(this.data, this.state, view, shown.subarray(0, shownCount));
    }

    draw(context, view) {
      // What the pointer lights is drawn anew, and lies where it lay.
      const { turn } = this.state;
      if (this.view !== view || this.laidOut !== turn) {
        Object.assign(this, { view, laidOut: turn, drawn: this.layOut(view), grid: null });
      }
      if (this.drawn.cells) return bordermap.cells.paint(context, this.drawn.cells, { hovered: this.hovered, opened: this.state.opened });
      this.paintDoubt(context, view);
      bordermap.paint.paint(context, this.data, this.drawn.arrows, this.drawn.points);
      if (!view.bare) this.paintSelected(context); // a picture has no pointer
    }

    // The data is another: nothing that was laid out of it holds.
    forget() {
      Object.assign(this, { hovered: null, view: null, crowd: new bordermap.crowd.Crowd(this.data, this.state) });
    }

    // How many events of each layer have a mark on the map of this day, counted marks included.
    counts() {
      const found = [0, 0, 0, 0];
      for (const { layers } of this.drawn.cells ?? []) layers.forEach((count, layer) => (found[layer] += count));
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
          const path = bordermap.data.pathFor(shape, context);
          context.globalAlpha = strength;
          context.fillStyle = context.strokeStyle = colour(layer);
          if (shape.filled) {
            context.globalAlpha = (layer === DEPLOYMENTS ? 0.06 : 0.09) * strength;
            context.fill(path, "evenodd");
            context.globalAlpha = 0.42 * strength;
            context.lineWidth = 1 / scale;
            context.setLineDash(some ? [2 / scale, 4 / scale] : []); // many dashed outlines are slow to paint
            context.stroke(path);
          } else {
            context.globalAlpha = 0.2 * strength;
            context.lineWidth = 11 / scale;
            context.setLineDash([]);
            context.stroke(path);
          }
        };
        const once = new Set();
        const lightOnce = (shape, layer, strength) => {
          const key = shape * 4 + layer;
          if (shape < 0 || once.has(key)) return;
          once.add(key);
          light(shapes[shape], layer, bordermap.paint.faded(strength));
        };
        context.lineJoin = context.lineCap = "round";
        for (const mark of this.drawn.areas) lightOnce(mark.shape, mark.layer, mark.strength);
        for (const mark of this.drawn.arrows) {
          lightOnce(events.stretch[mark.row], mark.layer, mark.strength);
          if (!some && this.data.eventOf(mark.row) !== this.state.event) continue;
          for (const role of ["origin", "destination"]) {
            const place = events[role][mark.row];
            const stub = events[role === "origin" ? "stub_from" : "stub_to"][mark.row];
            if (place >= 0 && !stub) lightOnce(events.place_shape[place], mark.layer, mark.strength);
          }
        }
      });
      context.setLineDash(some ? [2, 4] : []);
      context.lineWidth = 1.2;
      const circle = (x, y, km, layer, strength, lat) => {
        const radius = (km * view.scale) / (40075 * Math.cos(lat));
        if (radius < 13 || radius > 4000) return;
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fillStyle = context.strokeStyle = colour(layer);
        context.globalAlpha = 0.08 * bordermap.paint.faded(strength);
        context.fill();
        context.globalAlpha = 0.6 * bordermap.paint.faded(strength);
        context.stroke();
      };
      // Where the end of an arrow is only near its place, or the place is large on this view, it is ringed to scale.
      if (some) {
        for (const { row, layer, strength } of this.drawn.arrows) {
          for (const [role, stub] of [["origin", "stub_from"], ["destination", "stub_to"]]) {
            const place = events[role][row];
            if (place < 0 || events[stub][row] || events.place_shape[place] >= 0 || events.place_country[place]) continue;
            const km = Math.max(events.place_radius[place] / 10, events.precision[row] === 2 ? NEAR_KM : 0);
            const lat = (events.place_lat[place] / 10000) * (Math.PI / 180);
            circle(this.data.x[place] * view.scale - view.left, this.data.y[place] * view.scale - view.top, km, layer, strength, lat);
          }
        }
      }
      for (const mark of this.drawn.points) {
        if (mark.type === AREA || mark.count > 1) continue;
        const lat = (events.place_lat[this.data.spot[mark.row]] / 10000) * (Math.PI / 180);
        circle(mark.anchorX, mark.anchorY, events.radius[mark.row] / 10, mark.layer, mark.strength, lat);
      }
      context.globalAlpha = 1;
      context.setLineDash([]);
    }

    // The mark of an event, which may be one that counts several; null where it has none.
    markOf(event) {
      const row = this.state.rowOf(event);
      if (row < 0 || !this.state.passing[row] || this.state.strength(row) === 0) return null;
      const slot = this.crowd.slotOf[row];
      for (const list of [this.drawn.arrows, this.drawn.points]) {
        for (const mark of list) {
          if (mark.row === row || mark.rows?.includes(row) || (mark.slot > 0 && mark.slot === slot)) return mark;
        }
      }
      return null;
    }

    // The rows that a mark stands for.
    rowsOf(mark) {
      if (mark.count === 1) return [mark.row];
      return mark.rows ?? this.crowd.rowsOf(mark);
    }

    paintSelected(context) {
      const chosen = this.state.event >= 0 ? this.markOf(this.state.event) : null;
      const under = this.hovered === null ? null : this.markOf(this.data.eventOf(this.hovered));
      for (const mark of new Set([under, chosen])) {
        if (!mark) continue;
        context.globalAlpha = 0.22;
        context.strokeStyle = context.fillStyle = theme.now.ink;
        if (mark.type === ARROW) {
          const path = bordermap.paint.pathOn(context);
          trace(path, mark);
          context.lineCap = "round";
          context.lineWidth = 13;
          context.stroke(path);
          bordermap.paint.paint(context, this.data, [mark], []);
        } else {
          context.beginPath();
          context.arc(mark.x, mark.y, 13, 0, 2 * Math.PI);
          context.fill();
          bordermap.paint.paint(context, this.data, [], [mark]);
        }
      }
    }

    // The mark nearest to a point of the surface within reach; null where there is none.
    at(x, y) {
      if (this.drawn.cells) return bordermap.cells.at(this.drawn.cells, x, y);
      this.grid ??= gridOf(this.drawn);
      let best = null;
      let least = REACH;
      for (const near of this.grid.get(cellOf(x, y)) ?? []) {
        const distance = Math.hypot(near.x - x, near.y - y) - near.ease;
        if (distance < least) [best, least] = [near.mark, distance];
      }
      return best;
    }
  }

  const REACH = 14;
  const CELL = 40; // pixels, over twice the reach: a point is looked for in one cell, since each is noted in all that it reaches
  const cellOf = (x, y) => Math.floor(x / CELL) * 65536 + Math.floor(y / CELL);

  // Points of the marks by cells of the screen, so that the one under the pointer is found without looking at all.
  function gridOf({ arrows, points }) {
    const grid = new Map();
    const note = (x, y, ease, mark) => {
      const keys = new Set();
      for (const dx of [-REACH - ease, REACH + ease]) for (const dy of [-REACH - ease, REACH + ease]) keys.add(cellOf(x + dx, y + dy));
      for (const key of keys) {
        const cell = grid.get(key);
        if (cell) cell.push({ x, y, ease, mark });
        else grid.set(key, [{ x, y, ease, mark }]);
      }
    };
    for (const mark of points) note(mark.x, mark.y, 4, mark);
    for (const mark of arrows) {
      const steps = Math.max(6, Math.ceil(Math.hypot(mark.x1 - mark.x0, mark.y1 - mark.y0) / 12));
      for (let step = 0; step <= steps; step++) {
        const { x, y } = along(mark, step / steps);
        note(x, y, 2, mark);
      }
    }
    return grid;
  }

  return { Marks };
})();
