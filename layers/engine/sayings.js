// What marks say in words on the map: the number as it was said, and on what sources disagree, beside their own mark.
"use strict";

bordermap.sayings = (() => {
  const { theme } = bordermap;
  const RING = 17; // pixels around a ring that are kept free
  const MOST = 24; // marks that say something at once
  const TIED = 24; // pixels: words that stand farther from their mark are tied to it
  const FAR = 82;
  const LINE = 14;
  const LONGEST = 44; // letters
  const COUNT = "600 12px system-ui, sans-serif";
  const DISPUTE = "italic 11px system-ui, sans-serif";
  const BETWEEN = " / "; // what stands between numbers of several sources
  const NEARER = 6; // pixels that make it worth while
  const NO_UNIT = 255;

  const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 2)}…` : text);
  const within = ({ width, height }, { x, y }) => x >= 0 && y >= 0 && x <= width && y <= height;

  // The marks that say something, the chosen event's first.
  function speaking({ data, drawn, view }, state) {
    const { count_unit: unit, disputed, n_claims: claims } = data.events;
    const chosen = (mark) => Number(data.eventOf(mark.row) === state.event);
    return drawn.arrows.concat(drawn.points)
      .filter((mark) => mark.count === 1 && (unit[mark.row] !== NO_UNIT || disputed[mark.row]))
      .filter((mark) => within(view, mark.sign ?? bordermap.paint.centre(mark)))
      .sort((a, b) => chosen(b) - chosen(a) || a.layer - b.layer || claims[b.row] - claims[a.row])
      .slice(0, MOST);
  }

  function linesOf(data, { row, layer }) {
    const { say } = bordermap.words;
    const disputed = bordermap.list.disputedOn(data, row);
    return [
      [short(bordermap.dom.visible(data.countTexts(row))), COUNT, theme.now.letters[layer]],
      [disputed.length ? say("disputedOn", { what: disputed.join(say("comma")) }) : "", DISPUTE, theme.now.ink],
    ].filter(([text]) => text);
  }

  // Numbers that several sources give stand below each other where that brings them nearer to their mark.
  const broken = (lines) => lines.flatMap(([text, ...look]) => text.split(BETWEEN).map((part, at, all) => [at < all.length - 1 ? `${part}${BETWEEN.trimEnd()}` : part, ...look]));

  // The lines with the free box nearest to the mark; null where there is none.
  function placed(pen, context, taken, { x, y }, clear, variants) {
    let nearest = null;
    for (const lines of variants) {
      const width = Math.max(...lines.map(([text, font]) => pen.width(context, font, text))) + 4;
      const height = LINE * lines.length + 1;
      const spot = taken.beside(x, y, width, height, { clear, far: FAR });
      const found = spot && { lines, box: [...spot, width, height], away: bordermap.boxes.apart(x, y, [...spot, width, height]) };
      if (found && (!nearest || found.away < nearest.away - NEARER)) nearest = found;
      if (nearest?.away <= TIED) break;
    }
    return nearest;
  }

  // Letter each with the map's pen, where it does not lie on what is taken.
  function draw(pen, context, taken, marks, state) {
    for (const mark of speaking(marks, state)) {
      const lines = linesOf(marks.data, mark);
      const at = mark.sign ?? bordermap.paint.centre(mark);
      const found = placed(pen, context, taken, at, mark.sign ? RING - 1 : 9, [lines, broken(lines)]);
      if (!found) continue;
      const { box, away } = found;
      taken.add(...box);
      if (away > TIED) pen.tie(context, at.x, at.y, box);
      const [left, top, width] = box;
      found.lines.forEach(([text, font, tint], line) => {
        const spare = left + width < at.x ? width - 4 - pen.width(context, font, text) : 0; // at the left of a mark lines end together
        context.font = font;
        pen.write(context, text, left + 2 + spare, top + 11 + LINE * line, tint, theme.now.paper, 3.5);
      });
    }
  }

  return { draw, RING };
})();
