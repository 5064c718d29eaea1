// What a map in a picture needs beside its marks: a scale bar, and a small map of where it lies.
"use strict";

bordermap.furniture = (() => {
  const { font, widthOf } = bordermap.letters;
  const { theme } = bordermap;
  const EQUATOR_KM = 40075.017;
  const MILE_KM = 1.609344;
  const STEPS = [1, 2, 5];
  const LONGEST = 130;
  const CLEAR = 18;

  // The view of a picture's map: all of the bounds, in the middle of its box.
  function viewOf({ west, south, east, north }, width, height) {
    const { mercatorX, mercatorY } = bordermap.data;
    const [x0, x1, y0, y1] = [mercatorX(west), mercatorX(east), mercatorY(north), mercatorY(south)];
    const scale = Math.min(width / (x1 - x0), height / (y1 - y0));
    return {
      scale, left: ((x0 + x1) / 2) * scale - width / 2, top: ((y0 + y1) / 2) * scale - height / 2,
      zoom: Math.log2(scale / 256), width, height, size: { x: width, y: height }, pad: { x: 0, y: 0 }, ratio: 1, bare: true,
      latitude: latitudeOf((y0 + y1) / 2),
    };
  }

  const latitudeOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

  // The longest round length that is no longer than LONGEST pixels, and its pixels.
  function rounded(pixels) {
    const most = LONGEST / pixels;
    const power = 10 ** Math.floor(Math.log10(most));
    const length = STEPS.map((step) => step * power).filter((step) => step <= most).at(-1);
    return [length, length * pixels];
  }

  // Kilometres above the line and miles below it, right at the latitude of the map's middle.
  function scaleBar(view) {
    const { say } = bordermap.words;
    const perKm = view.scale / (EQUATOR_KM * Math.cos((view.latitude * Math.PI) / 180));
    const bars = [["km", perKm], ["mi", perKm * MILE_KM]].map(([unit, pixels]) => {
      const [length, wide] = rounded(pixels);
      return { text: say(unit, { n: length }), wide };
    });
    const written = font(10.5);
    return {
      height: 30,
      width: Math.max(...bars.map(({ text, wide }) => wide + 6 + widthOf(text, written))),
      paint(context, x, y, right = false) {
        const line = y + 15;
        const start = (wide) => (right ? x - wide : x);
        Object.assign(context, { globalAlpha: 1, lineWidth: 1.2, strokeStyle: theme.now.ink, lineCap: "butt" });
        context.beginPath();
        bars.forEach(({ wide }, at) => {
          const tick = at === 0 ? -5 : 5;
          for (const end of [start(wide), start(wide) + wide]) {
            context.moveTo(end, line + tick);
            context.lineTo(end, line);
          }
          context.moveTo(start(wide), line);
          context.lineTo(start(wide) + wide, line);
        });
        context.stroke();
        Object.assign(context, { font: written, fillStyle: theme.now.soft, textBaseline: "alphabetic", textAlign: right ? "right" : "left" });
        bars.forEach(({ text, wide }, at) => {
          context.direction = bordermap.dom.directionOf(text);
          context.fillText(text, right ? x - wide - 6 : x + wide + 6, line + (at === 0 ? -2 : 11));
        });
      },
    };
  }

  // A corner of the map that no mark reaches, for a box of so many pixels; null where there is none.
  function corner({ drawn }, view, width, height) {
    const [right, bottom] = [view.width - width, view.height - height];
    const rtl = bordermap.words.direction === "rtl";
    const corners = [[right, bottom], [right, 0], [0, bottom], [0, 0]];
    const taken = drawn.points.map(({ x, y }) => [x, y]);
    for (const mark of drawn.arrows) {
      for (let step = 0; step <= 8; step++) {
        const { x, y } = bordermap.curves.along(mark, step / 8);
        taken.push([x, y]);
      }
    }
    return (rtl ? corners.reverse() : corners).find(([left, top]) =>
      taken.every(([x, y]) => x < left - CLEAR || x > left + width + CLEAR || y < top - CLEAR || y > top + height + CLEAR)) ?? null;
  }

  // The ground that the page carries, with its countries, and the picture's map as a box in it.
  function locator(basemap, labels, shown, width) {
    const [west, south, east, north] = basemap.bounds;
    const { mercatorX, mercatorY } = bordermap.data;
    const height = Math.round(width * (mercatorY(south) - mercatorY(north)) / (mercatorX(east) - mercatorX(west)));
    const view = viewOf({ west, south, east, north }, width, height);
    return {
      width, height,
      paint(context, x, y) {
        context.save();
        context.translate(x, y);
        context.beginPath();
        context.rect(0, 0, width, height);
        context.clip();
        ground(context, view, basemap);
        box(context, view, shown);
        countries(context, view, labels, shown);
        context.restore();
        Object.assign(context, { globalAlpha: 1, strokeStyle: theme.now.quiet, lineWidth: 0.8 });
        context.setLineDash([]);
        context.strokeRect(x, y, width, height);
      },
    };
  }

  function ground(context, view, basemap) {
    const colours = theme.now.ground;
    const { pathFor } = bordermap.data;
    context.globalAlpha = 1;
    context.fillStyle = colours.water;
    context.fillRect(0, 0, view.width, view.height);
    bordermap.surface.inPathSpace(context, view, (scale) => {
      for (const [name, colour] of [["land", colours.land], ["lakes", colours.lake]]) {
        context.fillStyle = colour;
        for (const geometry of basemap.layers[name]) if (geometry) context.fill(pathFor(geometry, context), "evenodd");
      }
      for (const [name, dash] of [["boundaries", []], ["disputed", [3, 2]]]) {
        Object.assign(context, { strokeStyle: colours.boundary, lineWidth: 0.9 / scale });
        context.setLineDash(dash.map((length) => length / scale));
        for (const geometry of basemap.layers[name]) if (geometry) context.stroke(pathFor(geometry, context));
      }
    });
  }

  function box(context, view, shown) {
    const scale = view.scale / shown.scale;
    const [x, y] = [shown.left * scale - view.left, shown.top * scale - view.top];
    Object.assign(context, { globalAlpha: 0.1, fillStyle: theme.now.ink });
    context.fillRect(x, y, shown.width * scale, shown.height * scale);
    Object.assign(context, { globalAlpha: 1, strokeStyle: theme.now.ink, lineWidth: 1.4 });
    context.setLineDash([]);
    context.strokeRect(x, y, shown.width * scale, shown.height * scale);
  }

  // Countries' names where they have room, first of those that the picture shows.
  function countries(context, view, labels, { scale, left, top, width, height }) {
    const written = font(8, { bold: true });
    const taken = [];
    const isShown = ({ x, y }) => Number(x * scale > left && x * scale < left + width && y * scale > top && y * scale < top + height);
    const named = labels.filter(({ style }) => style === "country").sort((a, b) => isShown(b) - isShown(a));
    for (const label of named) {
      const text = bordermap.dom.visible(bordermap.labels.textOf(label));
      const half = widthOf(text, written) / 2;
      const [x, y] = [label.x * view.scale - view.left, label.y * view.scale - view.top];
      if (x < half + 3 || x > view.width - half - 3 || y < 8 || y > view.height - 5) continue;
      if (taken.some((other) => Math.abs(other.x - x) < other.half + half + 4 && Math.abs(other.y - y) < 11)) continue;
      taken.push({ x, y, half });
      Object.assign(context, {
        font: written, textAlign: "center", textBaseline: "alphabetic", direction: bordermap.dom.directionOf(text), globalAlpha: 1,
        strokeStyle: theme.now.halo, lineWidth: 2.4, lineJoin: "round", fillStyle: theme.now.names.country,
      });
      context.strokeText(text, x, y + 3);
      context.fillText(text, x, y + 3);
    }
  }

  return { viewOf, scaleBar, locator, corner };
})();
