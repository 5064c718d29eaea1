// The circles of a large set: how many events each place or hexagon has, by layer, and how many of them are disputed.
"use strict";

bordermap.cells = (() => {
  const { theme } = bordermap;
  const [LEAST, BASE, STEP, MOST] = [9, 6, 6.5, 38]; // pixels: the radius of few events, and of one, what ten times more add, and the largest
  const BAND = 4.5; // of the ring in the layers' colours
  const SHARE = 2; // of the line around it, as far as events are disputed
  const ROOM = 0.44; // of a hexagon's width that a circle may take
  const EASE = 3; // pixels around a circle that are still it
  const TOP = -Math.PI / 2;
  const FINE = Math.PI / 36; // radians from point to point of an arc

  let step = STEP;
  // Of the set's events a sixth on one place has the largest circle; of a small set no step is larger for that.
  const fit = (events) => (step = Math.min(STEP, (MOST - BASE) / Math.log10(Math.max(10, events / 6))));

  const radiusOf = (count) => Math.max(LEAST, Math.min(MOST, BASE + step * Math.log10(Math.max(1, count))));

  // A mark for each cell that is in view, the largest first: smaller ones lie on them.
  function layOut({ cells, data: { facts: { large } } }, { scale, left, top, width, height }) {
    const across = cells.width ? cells.width * scale : 0;
    const marks = [];
    for (let at = 0; at < cells.x.length; at++) {
      const [x, y] = [(cells.x[at] / large.unit) * scale - left, (cells.y[at] / large.unit) * scale - top];
      if (x < -across - MOST || y < -across - MOST || x > width + across + MOST || y > height + across + MOST) continue;
      const layers = cells.n.map((counts) => counts[at]);
      const count = layers.reduce((sum, of) => sum + of, 0);
      const radius = across ? Math.min(radiusOf(count), ROOM * across) : radiusOf(count);
      marks.push({
        cell: at, row: -2 - at, rows: [], x, y, across, radius, layers, count,
        disputed: cells.disputed[at], denied: cells.denied[at],
      });
    }
    marks.sort((one, other) => other.count - one.count);
    if (!across) cover(marks);
    return marks;
  }

  // A number on whose middle a smaller circle lies is not written: half of it would be read as another.
  function cover(marks) {
    marks.forEach((mark, at) => {
      const reach = (other) => other.radius + mark.radius / 2;
      mark.covered = marks.slice(at + 1).some((other) => Math.hypot(other.x - mark.x, other.y - mark.y) < reach(other));
    });
  }

  function paint(context, marks, { hovered, opened }) {
    for (const mark of marks) if (mark.across) paintHexagon(context, mark, mark.row === hovered || mark.cell === opened);
    for (const mark of marks) paintCircle(context, mark, mark.row === hovered || mark.cell === opened);
    context.globalAlpha = 1;
  }

  // A hexagon with a point up, as layers/built/hexagons.py lays them.
  function traceHexagon(context, { x, y, across }) {
    const corner = across / Math.sqrt(3) - 1;
    context.beginPath();
    for (let turn = 0; turn < 6; turn++) {
      const angle = TOP + (turn * Math.PI) / 3;
      context[turn ? "lineTo" : "moveTo"](x + corner * Math.cos(angle), y + corner * Math.sin(angle));
    }
    context.closePath();
  }

  function paintHexagon(context, mark, lit) {
    traceHexagon(context, mark);
    context.fillStyle = context.strokeStyle = theme.now.ink;
    context.globalAlpha = lit ? 0.12 : 0.045;
    context.fill();
    context.globalAlpha = lit ? 0.7 : 0.22;
    context.lineWidth = 1;
    context.stroke();
  }

  // Part of a circle by small steps: a picture's path knows whole circles only.
  function traceArc(context, { x, y, radius }, from, to, first = "moveTo") {
    const steps = Math.max(1, Math.ceil((to - from) / FINE));
    for (let step = 0; step <= steps; step++) {
      const angle = from + ((to - from) * step) / steps;
      context[step ? "lineTo" : first](x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
  }

  // A ring whose parts are the layers', with the number in it, and around it as much of a line as is disputed.
  function paintCircle(context, { x, y, radius, layers, count, disputed, covered }, lit) {
    const disc = (size, style, alpha) => {
      context.beginPath();
      context.arc(x, y, size, 0, 2 * Math.PI);
      context.globalAlpha = alpha;
      context.fillStyle = style;
      context.fill();
    };
    disc(radius + (disputed ? SHARE + 1.5 : 0) + (lit ? 4 : 1.5), lit ? theme.now.ink : theme.now.paper, lit ? 0.25 : 0.9);
    let from = TOP;
    context.globalAlpha = 1;
    layers.forEach((of, layer) => {
      if (!of) return;
      const to = from + (2 * Math.PI * of) / count;
      context.beginPath();
      context.moveTo(x, y);
      traceArc(context, { x, y, radius }, from, to, "lineTo");
      context.closePath();
      context.fillStyle = theme.now.layers[layer];
      context.fill();
      from = to;
    });
    disc(Math.max(radius - BAND, 4), theme.now.paper, 1);
    if (disputed) {
      context.beginPath();
      traceArc(context, { x, y, radius: radius + 1.5 + SHARE / 2 }, TOP, TOP + 2 * Math.PI * Math.min(1, disputed / count));
      context.lineWidth = SHARE;
      context.strokeStyle = theme.now.ink;
      context.stroke();
    }
    if (!covered) letter(context, x, y, radius, count);
  }

  function letter(context, x, y, radius, count) {
    const written = bordermap.words.shortNumber(count);
    const size = Math.max(9, Math.min(14, (2.1 * (radius - BAND)) / Math.max(1.6, 0.62 * written.length)));
    context.font = `650 ${size.toFixed(1)}px system-ui, sans-serif`;
    context.fillStyle = theme.now.ink;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.direction = bordermap.dom.directionOf(written);
    context.fillText(written, x, y + 0.5);
  }

  // The mark under a point; of those that lie on each other the smallest, and else the hexagon.
  function at(marks, x, y) {
    for (let last = marks.length - 1; last >= 0; last--) {
      const mark = marks[last];
      if (Math.hypot(mark.x - x, mark.y - y) <= mark.radius + EASE) return mark;
    }
    return marks.find((mark) => mark.across && within(mark, x, y)) ?? null;
  }

  function within({ x, y, across }, px, py) {
    const [dx, dy] = [Math.abs(px - x), Math.abs(py - y)];
    return dx <= across / 2 && dy <= across / Math.sqrt(3) - dx / Math.sqrt(3);
  }

  // What a cell is called: its place, or the place in its hexagon that has most events.
  const nameOf = ({ cells }, at) => called((column) => cells[column]?.[at], Boolean(cells.width));

  // The same by who reads the columns of names.
  function called(read, isHexagon) {
    const { words, dom } = bordermap;
    const name = words.placed(words.own("name", read) ?? "");
    return dom.visible(isHexagon ? words.say("largeAround", { place: name }) : name);
  }

  // What a mark says: its name, its number by layer, and how many are disputed or denied.
  function lines(state, mark) {
    const { say, list, number } = bordermap.words;
    const { layers, count, disputed, denied } = mark;
    return [
      nameOf(state, mark.cell), say("eventCount", { n: count }),
      ...layers.flatMap((of, layer) => (of ? [`${list("layers")[layer]}: ${number(of)}`] : [])),
      disputed ? say("disputedCount", { n: disputed }) : "",
      denied ? say("unmade", { n: denied, how: list("statuses")[2] }) : "",
    ].filter(Boolean);
  }

  return { layOut, paint, paintCircle, traceHexagon, at, nameOf, called, lines, radiusOf, fit };
})();
