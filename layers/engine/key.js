// The legend of a picture: only the marks that are in it, each as on its map.
"use strict";

bordermap.key = (() => {
  const { ARROW, POINT } = bordermap.layout;
  const { NOTHING, paragraph, stack, columns } = bordermap.letters;
  const { theme } = bordermap;
  const { BROAD, TALL, SIGNS, CONTEXT_KINDS } = bordermap.samples;
  const SCALE = 0.68; // of a mark in the legend to one on the map
  const [WIDE, HIGH, ASIDE] = [BROAD * SCALE, TALL * SCALE, 6]; // in the legend, and between it and its words
  const LETTERS = 11; // pixels of the words that a mark of full size stands beside
  const { OPEN } = bordermap.ranges;
  const CONTEXT = 3;

  function sample(context, x, y, look, scale) {
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    bordermap.samples.paint(context, look);
    context.restore();
  }

  // What a mark alone shows of its row; among many it shows less.
  function signsOf(events, { row, strength, type }, rich) {
    const found = new Set();
    const [low, high, status, bits] = [events.count_low[row], events.count_high[row], events.status[row], events.disputed[row]];
    if (events.certainty[row]) found.add(`certainty${events.certainty[row]}`);
    if (strength < 1) found.add(strength >= 0.5 ? "faint" : "fainter");
    if (type === ARROW && !bordermap.paint.planned(status)) {
      if (low < 0 && high < 0) found.add("unknown");
      else if (rich && high === OPEN) found.add("open");
      else if (rich && low !== high) found.add("range");
    }
    if (bordermap.paint.planned(status)) found.add("planned");
    if (bordermap.paint.crossed(status)) found.add("denied");
    else if (events.rests[row]) found.add("rests");
    if (bits) found.add(bordermap.seals.conflicts(bits) ? "conflicts" : "differs");
    return found;
  }

  // The signs and the layers, as moving or standing marks, of what is drawn.
  function found({ events }, drawn, rich) {
    const signs = new Set();
    const layers = new Map();
    for (const mark of [...drawn.arrows, ...drawn.points]) {
      const kind = mark.layer === CONTEXT ? events.kind[mark.row] : 0;
      const still = mark.type !== ARROW;
      layers.set(`${mark.layer} ${kind} ${Number(still)}`, { layer: mark.layer, kind, still });
      if (mark.count > 1) signs.add("counted");
      else for (const sign of signsOf(events, mark, rich)) signs.add(sign);
    }
    const ordered = [...layers.values()].sort((a, b) => a.layer - b.layer || a.kind - b.kind || a.still - b.still);
    return { layers: ordered, signs: Object.keys(SIGNS).filter((sign) => signs.has(sign)) };
  }

  function layerText({ layer, kind, still }) {
    if (layer === CONTEXT) return bordermap.samples.words(CONTEXT_KINDS[kind] ?? "contact");
    return still && layer < 2 ? bordermap.samples.words("still", layer) : bordermap.words.list("layers")[layer];
  }

  // A mark with words beside it; smaller where its words are.
  function beside(look, words, width, smaller = 1) {
    const [wide, high] = [WIDE * smaller, HIGH * smaller];
    const height = Math.max(high, words.height);
    return {
      height,
      paint(context, x, y) {
        const rtl = bordermap.words.direction === "rtl";
        sample(context, rtl ? x + width - wide : x, y + (Math.min(height, high + 8) - high) / 2, look, SCALE * smaller);
        words.paint(context, rtl ? x : x + wide + ASIDE, y + (height - words.height) / 2);
      },
    };
  }

  function entry(look, text, size, width) {
    const smaller = Math.min(1, size / LETTERS);
    return beside(look, paragraph(text, { size, width: width - WIDE * smaller - ASIDE, colour: theme.now.ink }), width, smaller);
  }

  // The legend as a block of so many columns; none where nothing is drawn. Where many marks are drawn it says what
  // they do not show.
  function block(data, { seen, drawn }, { width, count, size, between = 18 }) {
    const rich = bordermap.paint.isRich(drawn);
    const { layers, signs } = found(data, seen, rich);
    if (!layers.length) return NOTHING;
    const { say } = bordermap.words;
    const column = (width - between * (count - 1)) / count;
    const entries = [
      ...layers.map((look) => entry({ ...look, type: look.still ? POINT : ARROW }, layerText(look), size, column)),
      ...signs.map((sign) => entry(SIGNS[sign], bordermap.samples.words(sign), size, column)),
    ];
    const heading = paragraph(say("meaning"), { size: size + 0.5, width, colour: theme.now.ink, bold: true });
    const plain = rich ? NOTHING : paragraph(say("plainMarks"), { size, width, colour: theme.now.soft });
    return stack([heading, columns(entries, { count, width: column, between, gap: 2 }), plain], 5);
  }

  return { block, beside, INDENT: WIDE + ASIDE };
})();
