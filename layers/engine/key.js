// The legend of a picture: only the marks that are in it, each painted as on its map.
"use strict";

bordermap.key = (() => {
  const { ARROW, POINT } = bordermap.layout;
  const { NOTHING, paragraph, stack, columns } = bordermap.letters;
  const { theme } = bordermap;
  const SCALE = 0.72; // of a mark in the legend to one on the map
  const [BROAD, TALL] = [54, 28]; // of a mark as on the map
  const [WIDE, HIGH, ASIDE] = [BROAD * SCALE, TALL * SCALE, 6]; // in the legend, and between it and its words
  const OPEN = -2;
  const UNSAID = -1;
  const CONTEXT = 3;
  const PLAIN = { layer: CONTEXT, kind: 5, status: 0, low: 20, high: 20, certainty: 0, disputed: 0, rests: 0, from: 0, strength: 1, count: 1, type: ARROW };

  // A mark of nothing, for `paint.paint`.
  function sample(context, x, y, look) {
    const { layer, kind, status, low, high, certainty, disputed, rests, from, strength, count, type } = { ...PLAIN, ...look };
    const events = {
      kind: [kind], status: [status], count_low: [low], count_high: [high], certainty: [certainty], disputed: [disputed], rests: [rests], stub_from: [from], stub_to: [0],
    };
    const mark = bordermap.layout.markOf(type, layer, 0, strength);
    if (type === ARROW) {
      Object.assign(mark, { x0: 6, y0: TALL / 2 - 2, x1: BROAD - 6, y1: TALL / 2 - 2, count });
      bordermap.layout.bend(mark);
    } else Object.assign(mark, { x: BROAD / 2, y: TALL / 2, anchorX: BROAD / 2, anchorY: TALL / 2, count });
    context.save();
    context.translate(x, y);
    context.scale(SCALE, SCALE);
    look.under?.(context);
    bordermap.paint.paint(context, { events }, type === ARROW ? [mark] : [], type === ARROW ? [] : [mark]);
    context.restore();
  }

  // Lines and areas of doubt are light, and dotted around.
  function light(context, trace, { wide = 1, band = false } = {}) {
    const colour = theme.now.layers[CONTEXT];
    context.beginPath();
    trace(context);
    context.fillStyle = context.strokeStyle = colour;
    if (!band) {
      context.globalAlpha = 0.1;
      context.fill();
    }
    context.globalAlpha = band ? 0.22 : 0.6;
    context.lineWidth = wide;
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

  // Each sign: a string of the same name, a look, and what lies under it.
  const SIGNS = {
    certainty1: { certainty: 1 }, certainty2: { certainty: 2 }, certainty3: { certainty: 3, under: near },
    certainty4: { certainty: 4, under: along }, certainty5: { certainty: 5, under: region, layer: 2, type: POINT }, certainty6: { certainty: 6, from: 1 },
    faint: { strength: 0.5 }, fainter: { strength: 0.2 },
    range: { low: 20, high: 200000 }, open: { low: 20, high: OPEN }, unknown: { low: UNSAID, high: UNSAID }, counted: { count: 12 },
    planned: { status: 3 }, denied: { status: 2 }, rests: { rests: 1 }, differs: { disputed: 1 }, conflicts: { disputed: 2 },
  };
  const CONTEXT_KINDS = { 3: "control", 4: "closure", 5: "contact" };

  // What a mark alone shows of its row.
  function signsOf(events, { row, strength, type }) {
    const found = new Set();
    const [low, high, status, bits] = [events.count_low[row], events.count_high[row], events.status[row], events.disputed[row]];
    if (events.certainty[row]) found.add(`certainty${events.certainty[row]}`);
    if (strength < 1) found.add(strength >= 0.5 ? "faint" : "fainter");
    if (type === ARROW && !bordermap.paint.planned(status)) {
      if (low < 0 && high < 0) found.add("unknown");
      else if (high === OPEN) found.add("open");
      else if (low !== high) found.add("range");
    }
    if (bordermap.paint.planned(status)) found.add("planned");
    if (bordermap.paint.crossed(status)) found.add("denied");
    else if (events.rests[row]) found.add("rests");
    if (bits) found.add(bordermap.seals.conflicts(bits) ? "conflicts" : "differs");
    return found;
  }

  // The signs and the layers, as moving or standing marks, of what is drawn.
  function found({ events }, drawn) {
    const signs = new Set();
    const layers = new Map();
    for (const mark of [...drawn.arrows, ...drawn.points]) {
      const kind = mark.layer === CONTEXT ? events.kind[mark.row] : 0;
      const still = mark.type !== ARROW;
      layers.set(`${mark.layer} ${kind} ${Number(still)}`, { layer: mark.layer, kind, still });
      if (mark.count > 1) signs.add("counted");
      else for (const sign of signsOf(events, mark)) signs.add(sign);
    }
    const ordered = [...layers.values()].sort((a, b) => a.layer - b.layer || a.kind - b.kind || a.still - b.still);
    return { layers: ordered, signs: Object.keys(SIGNS).filter((sign) => signs.has(sign)) };
  }

  function layerText({ layer, kind, still }) {
    const { say, list } = bordermap.words;
    if (layer === CONTEXT) return say(`key_${CONTEXT_KINDS[kind] ?? "contact"}`);
    const name = list("layers")[layer];
    return still && layer < 2 ? say("key_still", { layer: name }) : name;
  }

  // A mark with words beside it.
  function beside(glyph, words, width) {
    const height = Math.max(HIGH, words.height);
    return {
      height,
      paint(context, x, y) {
        const rtl = bordermap.words.direction === "rtl";
        glyph(context, rtl ? x + width - WIDE : x, y + (Math.min(height, HIGH + 8) - HIGH) / 2);
        words.paint(context, rtl ? x : x + WIDE + ASIDE, y + (height - words.height) / 2);
      },
    };
  }

  function entry(glyph, text, size, width) {
    return beside(glyph, paragraph(text, { size, width: width - WIDE - ASIDE, colour: theme.now.ink }), width);
  }

  // The legend as a block of so many columns; none where nothing is drawn.
  function block(data, drawn, { width, count, size, between = 18 }) {
    const { layers, signs } = found(data, drawn);
    if (!layers.length) return NOTHING;
    const { say } = bordermap.words;
    const column = (width - between * (count - 1)) / count;
    const entries = [
      ...layers.map((look) => entry((context, x, y) => sample(context, x, y, { ...look, type: look.still ? POINT : ARROW }), layerText(look), size, column)),
      ...signs.map((sign) => entry((context, x, y) => sample(context, x, y, SIGNS[sign]), say(`key_${sign}`), size, column)),
    ];
    const heading = paragraph(say("meaning"), { size: size + 0.5, width, colour: theme.now.ink, bold: true });
    return stack([heading, columns(entries, { count, width: column, between, gap: 1 })], 5);
  }

  return { block, found, sample, beside, INDENT: WIDE + ASIDE };
})();
