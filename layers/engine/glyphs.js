// The small drawings of legend and list: the same marks as on the map.
"use strict";

bordermap.glyphs = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const { COLOURS, INK, planned, crossed } = bordermap.paint;

  function draw(parts) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 26 18");
    svg.setAttribute("aria-hidden", "true");
    for (const [name, attributes] of parts) {
      const node = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      svg.append(node);
    }
    return svg;
  }

  const line = (colour, more = {}) => ["path", { d: "M2 13 Q10 7 18 8", fill: "none", stroke: colour, "stroke-width": 3.4, "stroke-linecap": "round", ...more }];
  const head = (colour, open) => ["path", { d: "M25 8 L16 3.5 L16.5 13 Z", fill: open ? "#fff" : colour, stroke: colour, "stroke-width": open ? 1.8 : 0.6, "stroke-linejoin": "round" }];
  const cross = () => ["path", { d: "M8 4 L18 14 M18 4 L8 14", stroke: INK, "stroke-width": 2, "stroke-linecap": "round" }];
  const ring = () => ["circle", { cx: 13, cy: 9, r: 7.2, fill: "none", stroke: INK, "stroke-width": 1.6 }];

  // Drawings of the list are made once each and shown by reference, so that a step only changes the reference.
  const sprites = new Map();
  function reference(layer, kind, status, disputed, still) {
    const key = `bm-glyph-${layer}-${layer === 3 ? kind : 0}-${status}-${Number(disputed)}-${Number(still)}`;
    if (!sprites.has(key)) {
      const drawn = glyph(layer, kind, status, disputed, still);
      const symbol = document.createElementNS(SVG, "symbol");
      symbol.id = key;
      symbol.setAttribute("viewBox", "0 0 26 18");
      symbol.append(...drawn.childNodes);
      if (sprites.size === 0) {
        const sheet = document.createElementNS(SVG, "svg");
        sheet.id = "bm-glyphs";
        sheet.setAttribute("aria-hidden", "true");
        document.body.append(sheet);
      }
      document.getElementById("bm-glyphs").append(symbol);
      sprites.set(key, `#${key}`);
    }
    return sprites.get(key);
  }

  function referring() {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("aria-hidden", "true");
    svg.append(document.createElementNS(SVG, "use"));
    return svg;
  }

  function glyph(layer, kind, status, disputed, still) {
    const colour = COLOURS[layer];
    const dotted = planned(status);
    const parts = [];
    if (layer < 2 && !still) {
      parts.push(line(colour, dotted ? { "stroke-dasharray": "0.5 4.6", "stroke-width": 2.8 } : {}));
      parts.push(head(colour, layer === 1 || dotted));
    } else {
      const look = dotted
        ? { fill: "#fff", stroke: colour, "stroke-width": 1.8, "stroke-dasharray": "0.5 3.2", "stroke-linecap": "round" }
        : { fill: layer === 1 ? "#fff" : colour, stroke: colour, "stroke-width": layer === 1 ? 1.8 : 0.6 };
      if (layer < 2) parts.push(["path", { d: "M13 3 L19.5 14.5 L6.5 14.5 Z", "stroke-linejoin": "round", ...look }]);
      else if (layer === 2) parts.push(["rect", { x: 7.5, y: 3.5, width: 11, height: 11, ...look }]);
      else if (kind === 3) parts.push(["path", { d: "M13 2.5 L19.5 9 L13 15.5 L6.5 9 Z", ...look }]);
      else if (kind === 4) parts.push(["rect", { x: 5.5, y: 6, width: 15, height: 6, ...look }]);
      else parts.push(["circle", { cx: 13, cy: 9, r: 5, ...look }]);
    }
    if (crossed(status)) parts.push(cross());
    if (disputed) parts.push(ring());
    return draw(parts);
  }

  const signs = {
    disputed: () => draw([line(COLOURS[3]), ring()]),
    denied: () => draw([line(COLOURS[3]), cross()]),
    planned: () => draw([line(COLOURS[3], { "stroke-dasharray": "0.5 4.6", "stroke-width": 2.8 }), head(COLOURS[3], true)]),
    faint: () => draw([["g", { opacity: 0.4 }], line(COLOURS[3], { opacity: 0.4 }), ["path", { d: "M25 8 L16 3.5 L16.5 13 Z", fill: COLOURS[3], opacity: 0.4 }]]),
    unknown: () => draw([line(COLOURS[3], { "stroke-width": 4.4 }), line("#fff", { "stroke-width": 1.8 }), head(COLOURS[3])]),
    range: () => draw([line(COLOURS[3], { "stroke-width": 9, opacity: 0.3 }), line(COLOURS[3], { "stroke-width": 4 }), head(COLOURS[3])]),
    stretch: () => draw([["path", { d: "M3 14 Q10 3 23 4", fill: "none", stroke: COLOURS[0], "stroke-width": 8, opacity: 0.25 }], ["path", { d: "M3 14 Q10 3 23 4", fill: "none", stroke: "#8d8471" }]]),
    still: () => glyph(1, 0, 0, false, true),
    area: () => draw([["circle", { cx: 13, cy: 9, r: 8, fill: COLOURS[3], "fill-opacity": 0.14, stroke: COLOURS[3], "stroke-dasharray": "2 2.4" }]]),
    counted: () => {
      const svg = draw([line(COLOURS[3]), ["rect", { x: 3, y: 2, width: 20, height: 14, rx: 7, fill: COLOURS[3] }], ["text", { x: 13, y: 12.4, "font-size": 10, "font-weight": 600, fill: "#fff", "text-anchor": "middle" }]]);
      svg.lastChild.textContent = "12";
      return svg;
    },
    stub: () => draw([["path", { d: "M3 9 L17 9", stroke: COLOURS[3], "stroke-width": 3.4, "stroke-dasharray": "2 2", opacity: 0.55 }], head(COLOURS[3])]),
  };

  return { glyph, reference, referring, signs };
})();
