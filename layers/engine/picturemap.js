// The map of a picture: ground, marks and names as in the page, and in a free corner where it lies.
"use strict";

bordermap.picturemap = (() => {
  const { NOTHING, named } = bordermap.letters;
  const { theme } = bordermap;
  const { grouped } = bordermap.svg;
  const LEAST_LOCATOR = 84; // pixels
  const PARTS = [0, 0.25, 0.5, 0.75, 1]; // of an arrow, at which it is looked for

  // The map of so many pixels as a block, with the marks laid out for it: `seen` are those of which a part is in it,
  // `inset` is null where its corners are taken.
  function block({ data, state, scene }, width, height) {
    const marks = new bordermap.marks.Marks(data, state);
    const view = bordermap.furniture.viewOf(boundsOf(scene, state), width, height);
    marks.drawn = marks.layOut(view);
    const inset = insetOf(scene, marks, view, Math.max(104, Math.min(170, width * 0.19)));
    return {
      height, view, marks, inset, seen: seenOf(marks.drawn, view),
      paint: (context, x, y) => paint(context, { marks, scene, state, inset, view }, x, y),
    };
  }

  // All that the reader sees of the map; the view of the collection or of the story's step where they have not moved it.
  function boundsOf(scene, state) {
    if (state.view === null) return scene.home;
    const bounds = scene.map.getBounds();
    return { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
  }

  function seenOf({ arrows, points }, { width, height }) {
    const within = ({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height;
    return {
      arrows: arrows.filter((mark) => PARTS.some((part) => within(bordermap.curves.along(mark, part)))),
      points: points.filter(within),
    };
  }

  function paint(context, { marks, scene, state, inset, view }, x, y) {
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

  // The small map of where the picture lies, in a corner that no mark reaches.
  function insetOf(scene, marks, view, width) {
    const small = locator(scene, view, width);
    const at = small.height ? bordermap.furniture.corner(marks, view, small.width, small.height) : null;
    if (!at) return null;
    view.furniture = [[...at, small.width, small.height]];
    return { block: small, x: at[0], y: at[1] };
  }

  // The same as a block beside the map; none where it would be too small to be one.
  function locator(scene, view, width) {
    if (!scene.basemap || !scene.names || width < LEAST_LOCATOR) return NOTHING;
    return named("locator", bordermap.furniture.locator(scene.basemap, scene.names.labels, view, width));
  }

  return { block, locator };
})();
