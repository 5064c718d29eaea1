// The small drawings of legend and list: the same marks as on the map.
"use strict";

bordermap.glyphs = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const { planned, crossed } = bordermap.paint;
  const COLOURS = ["var(--crossings)", "var(--withdrawals)", "var(--deployments)", "var(--context)"];
  const INK = "var(--ink)";
  const PAPER = "var(--paper)";

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
  const head = (colour, open) => ["path", { d: "M25 8 L16 3.5 L16.5 13 Z", fill: open ? PAPER : colour, stroke: colour, "stroke-width": open ? 1.8 : 0.6, "stroke-linejoin": "round" }];
  const cross = () => ["path", { d: "M8 4 L18 14 M18 4 L8 14", stroke: INK, "stroke-width": 2, "stroke-linecap": "round" }];
  const stroke = () => ["path", { d: "M6 15.5 L20 2.5", stroke: INK, "stroke-width": 2, "stroke-linecap": "round" }];
  const ring = () => ["circle", { cx: 13, cy: 9, r: 7.2, fill: "none", stroke: INK, "stroke-width": 1.6 }];

  // Drawings of the list are made once each and shown by reference, so that a step only changes the reference.
  const sprites = new Map();
  function reference(layer, kind, status, disputed, still, rests) {
    const key = `bm-glyph-${layer}-${layer === 3 ? kind : 0}-${status}-${Number(disputed)}-${Number(still)}-${Number(rests)}`;
    if (!sprites.has(key)) {
      const drawn = glyph(layer, kind, status, disputed, still, rests);
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

  function glyph(layer, kind, status, disputed, still, rests = false) {
    const colour = COLOURS[layer];
    const dotted = planned(status);
    const parts = [];
    if (layer < 2 && !still) {
      parts.push(line(colour, dotted ? { "stroke-dasharray": "0.5 4.6", "stroke-width": 2.8 } : {}));
      parts.push(head(colour, layer === 1 || dotted));
    } else {
      const look = dotted
        ? { fill: PAPER, stroke: colour, "stroke-width": 1.8, "stroke-dasharray": "0.5 3.2", "stroke-linecap": "round" }
        : { fill: layer === 1 ? PAPER : colour, stroke: colour, "stroke-width": layer === 1 ? 1.8 : 0.6 };
      if (layer < 2) parts.push(["path", { d: "M13 3 L19.5 14.5 L6.5 14.5 Z", "stroke-linejoin": "round", ...look }]);
      else if (layer === 2) parts.push(["rect", { x: 7.5, y: 3.5, width: 11, height: 11, ...look }]);
      else if (kind === 3) parts.push(["path", { d: "M13 2.5 L19.5 9 L13 15.5 L6.5 9 Z", ...look }]);
      else if (kind === 4) parts.push(["rect", { x: 5.5, y: 6, width: 15, height: 6, ...look }]);
      else parts.push(["circle", { cx: 13, cy: 9, r: 5, ...look }]);
    }
    if (crossed(status)) parts.push(cross());
    else if (rests) parts.push(stroke());
    if (disputed) parts.push(ring());
    return draw(parts);
  }

  const GREY = COLOURS[3];
  const seal = (name, more) => [name, { stroke: INK, "stroke-width": 1.4, ...more }];
  const arrowhead = (more = {}) => ["path", { d: "M25 8 L16 3.5 L16.5 13 Z", fill: GREY, ...more }];
  const border = (more = {}) => ["path", { d: "M13 1 L13 17", fill: "none", stroke: "var(--quiet)", "stroke-width": 1, ...more }];

  // Each sign that the legend explains.
  const signs = {
    certainty1: () => draw([border(), line(GREY), head(GREY), seal("rect", { x: 7, y: 6, width: 6, height: 6, fill: PAPER, stroke: INK, "stroke-width": 1.8 })]),
    certainty2: () => draw([line(GREY), head(GREY), ["circle", { cx: 3.4, cy: 12.4, r: 3, fill: GREY, stroke: PAPER, "stroke-width": 0.8 }]]),
    certainty3: () => draw([["circle", { cx: 7, cy: 11, r: 6.2, fill: GREY, "fill-opacity": 0.12, stroke: GREY, "stroke-width": 0.9, "stroke-dasharray": "1.6 1.8" }], line(GREY, { d: "M7 11 Q12 7 18 8" }), head(GREY), ["circle", { cx: 7, cy: 11, r: 2.3, fill: PAPER, stroke: GREY, "stroke-width": 1.5 }]]),
    certainty4: () => draw([["path", { d: "M2 15 Q9 3 22 2", fill: "none", stroke: GREY, "stroke-width": 7, opacity: 0.25 }], ["path", { d: "M2 15 Q9 3 22 2", fill: "none", stroke: "var(--quiet)" }], line(GREY, { d: "M6 5 L14 9.5" }), ["path", { d: "M20 13 L12.4 12.6 L15.6 6.8 Z", fill: GREY }]]),
    certainty5: () => draw([["path", { d: "M2 4 L15 1.5 L24 6 L21 16 L7 16.5 Z", fill: GREY, "fill-opacity": 0.14, stroke: GREY, "stroke-width": 0.9, "stroke-dasharray": "2 2" }], ["rect", { x: 8.5, y: 5, width: 8.5, height: 8.5, fill: GREY, "fill-opacity": 0.2, stroke: GREY, "stroke-width": 1.6 }]]),
    certainty6: () => draw([["path", { d: "M1 9 L9 9", stroke: GREY, "stroke-width": 3.4, opacity: 0.3 }], ["path", { d: "M9 9 L17 9", stroke: GREY, "stroke-width": 3.4 }], head(GREY)]),
    still: () => glyph(1, 0, 0, false, true),
    full: () => draw([line(GREY), arrowhead()]),
    faint: () => draw([line(GREY, { opacity: 0.65 }), arrowhead({ opacity: 0.65 })]),
    fainter: () => draw([line(GREY, { opacity: 0.4 }), arrowhead({ opacity: 0.4 })]),
    strip: () => draw([
      ["rect", { x: 1, y: 6, width: 6.5, height: 6, fill: INK, opacity: 0.9 }], ["circle", { cx: 4.2, cy: 9, r: 1.5, fill: PAPER }],
      ["rect", { x: 9.5, y: 6, width: 6.5, height: 6, fill: INK, opacity: 0.4 }],
      ["rect", { x: 18.4, y: 6.4, width: 5.7, height: 5.2, fill: "none", stroke: INK, "stroke-width": 0.8, opacity: 0.5 }],
    ]),
    range: () => draw([line(GREY, { "stroke-width": 9, opacity: 0.3 }), line(GREY, { "stroke-width": 4 }), head(GREY)]),
    open: () => draw([line(GREY, { "stroke-width": 10, opacity: 0.3 }), line(GREY, { "stroke-width": 3 }), head(GREY)]),
    unknown: () => draw([line(GREY, { "stroke-width": 4.4 }), line(PAPER, { "stroke-width": 1.8 }), head(GREY)]),
    counted: () => {
      const svg = draw([line(GREY), ["rect", { x: 3, y: 2, width: 20, height: 14, rx: 7, fill: GREY }], ["text", { x: 13, y: 12.4, "font-size": 10, "font-weight": 600, fill: "var(--badge)", "text-anchor": "middle" }]]);
      svg.lastChild.textContent = bordermap.words.number(12);
      return svg;
    },
    planned: () => draw([line(GREY, { "stroke-dasharray": "0.5 4.6", "stroke-width": 2.8 }), head(GREY, true)]),
    denied: () => draw([line(GREY), cross()]),
    rests: () => draw([line(GREY), head(GREY), stroke()]),
    differs: () => draw([line(GREY), ring()]),
    conflicts: () => draw([line(GREY), ["circle", { cx: 13, cy: 9, r: 8.2, fill: "none", stroke: INK, "stroke-width": 1.1 }], ["circle", { cx: 13, cy: 9, r: 5.4, fill: "none", stroke: INK, "stroke-width": 1.5 }]]),
  };

  return { glyph, reference, referring, signs };
})();
