// The signs that a legend explains, each painted by the same hands as the marks on the map.
"use strict";

bordermap.samples = (() => {
  const { ARROW, POINT } = bordermap.layout;
  const { theme } = bordermap;
  const [BROAD, TALL] = [54, 28]; // pixels of a mark as on the map
  const { OPEN, UNSAID } = bordermap.ranges;
  const [WITHDRAWALS, DEPLOYMENTS, CONTEXT] = [1, 2, 3];
  const PLAIN = { layer: CONTEXT, kind: 5, status: 0, low: 20, high: 20, certainty: 0, disputed: 0, rests: 0, from: 0, strength: 1, count: 1, type: ARROW };

  // Lines and areas of doubt are light, and dotted around.
  function light(context, trace, { wide = 1, band = false } = {}) {
    context.beginPath();
    trace(context);
    context.fillStyle = context.strokeStyle = theme.now.layers[CONTEXT];
    if (!band) {
      context.globalAlpha = 0.1;
      context.fill();
    }
    Object.assign(context, { globalAlpha: band ? 0.22 : 0.6, lineWidth: wide });
    context.setLineDash(band ? [] : [2, 3]);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  const region = (context) => light(context, (path) => {
    path.moveTo(4, 6);
    for (const [x, y] of [[26, 1], [50, 5], [47, 24], [18, 27]]) path.lineTo(x, y);
    path.closePath();
  });
  const near = (context) => light(context, (path) => path.arc(12, TALL / 2 - 2, 11, 0, 2 * Math.PI));
  const along = (context) => light(context, (path) => {
    path.moveTo(14, TALL - 3);
    path.quadraticCurveTo(22, 8, 42, 3);
  }, { wide: 11, band: true });

  // Some days of the strip under the histogram: two with a report, of which one came out that day, and one without.
  function strip(context) {
    const top = TALL / 2 - 5;
    Object.assign(context, { fillStyle: theme.now.ink, strokeStyle: theme.now.ink, lineWidth: 1.2, globalAlpha: 0.9 });
    context.fillRect(5, top, 12, 10);
    context.globalAlpha = 0.4;
    context.fillRect(21, top, 12, 10);
    context.globalAlpha = 0.5;
    context.strokeRect(37.6, top + 0.6, 10.8, 8.8);
    Object.assign(context, { globalAlpha: 1, fillStyle: theme.now.paper });
    context.beginPath();
    context.arc(11, TALL / 2, 2.4, 0, 2 * Math.PI);
    context.fill();
  }

  // Days of the histogram, on one of which an event counts whole and on three a third.
  function bars(context) {
    Object.assign(context, { fillStyle: theme.now.layers[CONTEXT], globalAlpha: 0.9 });
    for (const [x, high] of [[5, 22], [18, 7.3], [31, 7.3], [44, 7.3]]) context.fillRect(x, TALL - 3 - high, 9, high);
    context.globalAlpha = 1;
  }

  // Circles that count, at half their size: by how many they are larger, of what layers, how much is disputed.
  function counted(...circles) {
    return (context) => {
      for (const [x, count, layers, disputed = 0] of circles) {
        context.save();
        context.translate(x, TALL / 2);
        context.scale(0.5, 0.5);
        const mark = { x: 0, y: 0, radius: bordermap.cells.radiusOf(count), layers, count, disputed };
        bordermap.cells.paintCircle(context, mark, false);
        context.restore();
      }
    };
  }

  function hexagon(context) {
    bordermap.cells.traceHexagon(context, { x: BROAD / 2, y: TALL / 2, across: 26 });
    Object.assign(context, { fillStyle: theme.now.ink, strokeStyle: theme.now.ink, lineWidth: 1, globalAlpha: 0.06 });
    context.fill();
    context.globalAlpha = 0.4;
    context.stroke();
    context.globalAlpha = 1;
    counted([BROAD / 2, 8, [8, 0, 0, 0]])(context);
  }

  // Each sign: a string of the same name, and its look, or what draws it where it is no mark.
  const SIGNS = {
    differs: { disputed: 1 }, conflicts: { disputed: 2 }, denied: { status: 2 }, rests: { rests: 1 }, planned: { status: 3 },
    certainty1: { certainty: 1 }, certainty2: { certainty: 2 }, certainty3: { certainty: 3, under: near },
    certainty4: { certainty: 4, under: along }, certainty5: { certainty: 5, under: region, layer: DEPLOYMENTS, type: POINT }, certainty6: { certainty: 6, from: 1 },
    full: {}, faint: { strength: 0.5 }, fainter: { strength: 0.2 }, bars: { drawing: bars }, strip: { drawing: strip },
    circles: { drawing: counted([6, 1, [1, 0, 0, 0]], [37, 10000, [10000, 0, 0, 0]]) },
    shares: { drawing: counted([27, 900, [400, 250, 250, 0]]) }, disputedShare: { drawing: counted([27, 90, [90, 0, 0, 0], 30]) }, hexagon: { drawing: hexagon },
    range: { low: 20, high: 200000 }, open: { low: 20, high: OPEN }, unknown: { low: UNSAID, high: UNSAID }, counted: { count: 12 },
    still: { layer: WITHDRAWALS, type: POINT }, control: { kind: 3, type: POINT }, closure: { kind: 4, type: POINT }, contact: { type: POINT }, other: { kind: 6, type: POINT },
  };
  const CONTEXT_KINDS = { 3: "control", 4: "closure", 5: "contact", 6: "other" };

  // A mark of nothing, in a box of its own that is `broad` wide.
  function markOf({ type, layer, strength, count }, broad) {
    const mark = bordermap.layout.markOf(type, layer, 0, strength);
    mark.count = count;
    if (type === ARROW) {
      Object.assign(mark, { x0: 6, y0: TALL / 2 - 2, x1: broad - 6, y1: TALL / 2 - 2 });
      bordermap.curves.bend(mark);
    } else Object.assign(mark, { x: broad / 2, y: TALL / 2, anchorX: broad / 2, anchorY: TALL / 2 });
    return mark;
  }

  // Paint a look into the box of BROAD or fewer pixels by TALL at the context's origin.
  function paint(context, chosen, broad = BROAD) {
    const look = { ...PLAIN, ...chosen };
    if (look.drawing) {
      look.drawing(context);
      return;
    }
    const events = {
      kind: [look.kind], status: [look.status], count_low: [look.low], count_high: [look.high], certainty: [look.certainty],
      disputed: [look.disputed], rests: [look.rests], stub_from: [look.from], stub_to: [0],
    };
    const mark = markOf(look, broad);
    look.under?.(context);
    bordermap.paint.paint(context, { events }, look.type === ARROW ? [mark] : [], look.type === ARROW ? [] : [mark]);
  }

  // What a sign says; that a way is not known is said of a layer.
  function words(sign, layer = SIGNS[sign].layer) {
    const { say, list } = bordermap.words;
    return say(`sign_${sign}`, { layer: list("layers")[layer] });
  }

  return { paint, words, SIGNS, CONTEXT_KINDS, BROAD, TALL };
})();
