// The marks of a day: what is drawn of each event, the doubt about it, and the mark under the pointer.
"use strict";

bordermap.marks = (() => {
  const { ARROW, AREA, along, trace } = bordermap.layout;
  const { COLOURS, DEPLOYMENTS, INK } = bordermap.paint;
  const NEAR_KM = 25; // geo_precision 2, as in claims/whereabouts.py
  const FEW = 150; // up to this many events the areas at both ends of each arrow are drawn too

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
      bordermap.paint.paint(context, this.data, this.drawn.arrows, this.drawn.points);
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
      // Where the end of an arrow is only near its place, or the place is large on this view, it is ringed to scale.
      if (some) {
        for (const { event, layer, strength } of this.drawn.arrows) {
          for (const [role, stub] of [["origin", "stub_from"], ["destination", "stub_to"]]) {
            const place = events[role][event];
            if (place < 0 || events[stub][event] || events.place_shape[place] >= 0 || events.place_country[place]) continue;
            const km = Math.max(events.place_radius[place] / 10, events.precision[event] === 2 ? NEAR_KM : 0);
            const lat = (events.place_lat[place] / 10000) * (Math.PI / 180);
            circle(this.data.x[place] * view.scale - view.left, this.data.y[place] * view.scale - view.top, km, layer, strength, lat);
          }
        }
      }
      for (const mark of this.drawn.points) {
        if (mark.type === AREA) continue;
        const lat = (events.place_lat[this.data.spot[mark.event]] / 10000) * (Math.PI / 180);
        circle(mark.anchorX, mark.anchorY, events.radius[mark.event] / 10, mark.layer, mark.strength, lat);
      }
      context.globalAlpha = 1;
      context.setLineDash([]);
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
        const steps = Math.max(6, Math.ceil(Math.hypot(mark.x1 - mark.x0, mark.y1 - mark.y0) / 12));
        for (let step = 0; step <= steps; step++) {
          const point = along(mark, step / steps);
          const distance = Math.hypot(point.x - x, point.y - y) - 2;
          if (distance < least) [best, least] = [mark, distance];
        }
      }
      return best;
    }
  }

  return { Marks };
})();
