// The samples as small drawings in the page, in whatever colours the page has.
"use strict";

bordermap.glyphs = (() => {
  const { ARROW, POINT } = bordermap.layout;
  const { BROAD, TALL, SIGNS } = bordermap.samples;
  const NARROW = 35; // pixels of a mark in a list, which is cut closer
  const CUT = 2;

  function drawn(look, broad, cut = 0) {
    const context = bordermap.svg.drawing(broad, TALL - 2 * cut, cut);
    bordermap.theme.asPage(() => bordermap.samples.paint(context, look, broad));
    return context.element();
  }

  const sign = (name) => drawn(SIGNS[name], BROAD);

  // The mark of a layer, or of a kind of the context, as it stands in a list.
  const glyph = (layer, kind = 0, status = 0, disputed = false, still = layer > 1, rests = false) =>
    drawn({ layer, kind, status, disputed: Number(disputed), rests: Number(rests), type: still ? POINT : ARROW }, NARROW, CUT);

  // Drawings of the list are made once each and shown by reference, so that a step only changes the reference.
  const sprites = new Map();
  function reference(layer, kind, status, disputed, still, rests) {
    const key = `bm-glyph-${layer}-${layer === 3 ? kind : 0}-${status}-${Number(disputed)}-${Number(still)}-${Number(rests)}`;
    if (!sprites.has(key)) {
      const made = glyph(layer, kind, status, disputed, still || layer > 1, rests);
      const symbol = bordermap.svgfile.make("symbol", { id: key, viewBox: made.getAttribute("viewBox") }, ...made.childNodes);
      if (sprites.size === 0) document.body.append(bordermap.svgfile.make("svg", { id: "bm-glyphs", "aria-hidden": "true" }));
      document.getElementById("bm-glyphs").append(symbol);
      sprites.set(key, `#${key}`);
    }
    return sprites.get(key);
  }

  const referring = () => bordermap.svgfile.make("svg", { "aria-hidden": "true" }, bordermap.svgfile.make("use", {}));

  return { glyph, reference, referring, sign };
})();
