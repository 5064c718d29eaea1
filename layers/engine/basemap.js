// The calm paper map under the marks: water, land, borders, rivers.
"use strict";

bordermap.basemap = (() => {
  class Basemap {
    constructor(arrays, bounds) {
      this.bounds = bounds;
      this.layers = {};
      for (const name of ["land", "lakes", "divisions", "rivers", "boundaries", "disputed"]) {
        this.layers[name] = bordermap.data.paths(arrays, name);
      }
    }

    draw(context, view) {
      const { inPathSpace, inView } = bordermap.surface;
      const zoomed = Math.max(0, view.zoom - 5);
      const PAPER = bordermap.theme.now.ground;
      // Beyond what the page carries there is nothing to say: neither land nor sea.
      context.fillStyle = PAPER.beyond;
      context.fillRect(0, 0, view.width, view.height);
      const [west, south, east, north] = this.bounds;
      const { mercatorX, mercatorY } = bordermap.data;
      const [x, y] = [mercatorX(west) * view.scale - view.left, mercatorY(north) * view.scale - view.top];
      context.fillStyle = PAPER.water;
      context.fillRect(x, y, mercatorX(east) * view.scale - view.left - x, mercatorY(south) * view.scale - view.top - y);
      inPathSpace(context, view, (scale) => {
        const each = (name, paint) => {
          for (const geometry of this.layers[name]) if (geometry && inView(geometry, view)) paint(bordermap.data.pathFor(geometry, context));
        };
        const stroke = (name, colour, width, dash = []) => {
          context.strokeStyle = colour;
          context.lineWidth = width / scale;
          context.setLineDash(dash.map((length) => length / scale));
          each(name, (path) => context.stroke(path));
        };
        context.lineJoin = "round";
        context.lineCap = "butt";
        context.fillStyle = PAPER.land;
        each("land", (path) => context.fill(path, "evenodd"));
        stroke("divisions", PAPER.division, 0.9, [3, 3]);
        stroke("rivers", PAPER.river, 1 + 0.25 * zoomed);
        context.fillStyle = PAPER.lake;
        each("lakes", (path) => context.fill(path, "evenodd"));
        context.lineCap = "round";
        stroke("boundaries", PAPER.edge, 5);
        stroke("boundaries", PAPER.boundary, 1.3);
        stroke("disputed", PAPER.contested, 1.3, [5, 4]);
      });
    }
  }

  return { Basemap };
})();
