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

  // Letter each with the map's pen, where it does not lie on what is taken.
  function draw(pen, context, taken, marks, state) {
    for (const mark of speaking(marks, state)) {
      const lines = linesOf(marks.data, mark);
      const width = Math.max(...lines.map(([text, font]) => pen.width(context, font, text)));
      const { x, y } = mark.sign ?? bordermap.paint.centre(mark);
      const box = [width + 4, LINE * lines.length + 1];
      const spot = taken.beside(x, y, ...box, { clear: mark.sign ? RING - 1 : 9, far: FAR });
      if (!spot) continue;
      taken.add(...spot, ...box);
      if (bordermap.boxes.apart(x, y, [...spot, ...box]) > TIED) pen.tie(context, x, y, [...spot, ...box]);
      lines.forEach(([text, font, tint], at) => {
        context.font = font;
        pen.write(context, text, spot[0] + 2, spot[1] + 11 + LINE * at, tint, theme.now.paper, 3.5);
      });
    }
  }

  return { draw, RING };
})();
