// What a mark says of itself beside its layer: how sure its place is, that it is denied, that sources disagree.
"use strict";

bordermap.seals = (() => {
  const { ARROW } = bordermap.layout;
  const { along } = bordermap.curves;
  const { theme } = bordermap;
  const [GATE, PLACE, NEAR] = [1, 2, 3];
  const CONFLICTS = 0b10101010; // two bits for each thing to disagree on, of which the higher says that it conflicts
  const TRIES = [0.5, 0.38, 0.62, 0.26, 0.74, 0.14, 0.86]; // where on an arrow a sign may stand
  const BESIDE = 20; // pixels from a number to the cross beside it
  const WIDEST = 18; // pixels from the middle of a ring to beyond its edge
  const APART = 24; // pixels from sign to sign: a cross inside another's ring lies

  const colour = (layer) => theme.now.layers[layer];

  function dot(context, x, y, radius, fill, edge, width) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = width;
    context.strokeStyle = edge;
    context.stroke();
  }

  function square(context, x, y, half, fill, edge, width) {
    context.beginPath();
    context.rect(x - half, y - half, 2 * half, 2 * half);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = width;
    context.strokeStyle = edge;
    context.stroke();
  }

  // An arrow through a known gate has the gate on it; one from or to a town a dot there, near it an open one.
  function arrow(context, events, mark) {
    const { row, layer } = mark;
    const certainty = events.certainty[row];
    if (certainty < GATE || certainty > NEAR) return;
    const { paper, ink } = theme.now;
    context.globalAlpha = bordermap.paint.faded(mark.strength);
    context.setLineDash([]);
    if (certainty === GATE) {
      const { x, y } = along(mark, 0.5);
      square(context, x, y, 4, paper, ink, 2);
      return;
    }
    if (!events.stub_from[row]) end(context, mark.x0, mark.y0, certainty, colour(layer), paper);
    else if (!events.stub_to[row]) end(context, mark.x1, mark.y1, certainty, colour(layer), paper);
  }

  function end(context, x, y, certainty, tint, paper) {
    if (certainty === PLACE) dot(context, x, y, 3.4, tint, paper, 1.4);
    else dot(context, x, y, 3.2, paper, tint, 1.8);
  }

  // A glyph on a gate has a square inside, one that is only near its place a hole.
  function point(context, events, mark) {
    const { row, layer, x } = mark;
    const certainty = events.certainty[row];
    if (certainty !== GATE && certainty !== NEAR) return;
    const open = layer === bordermap.paint.WITHDRAWALS || bordermap.paint.planned(events.status[row]);
    const tint = open ? colour(layer) : theme.now.paper;
    const y = layer < bordermap.paint.DEPLOYMENTS ? mark.y + 2 : mark.y; // a triangle's middle is low
    context.globalAlpha = bordermap.paint.faded(mark.strength);
    context.setLineDash([]);
    if (certainty === GATE) square(context, x, y, 2, tint, tint, 0.5);
    else dot(context, x, y, 2, tint, tint, 0.5);
  }

  const signs = (context) => ({ crosses: bordermap.paint.pathOn(context), ringed: [], at: [] });

  // Note the cross and the ring of a mark that needs one; a mark that counts several has them beside its number.
  function gather(found, events, mark) {
    const several = mark.count > 1;
    const bits = several ? mark.disputed : events.disputed[mark.row];
    const crossed = bordermap.paint.crossed(events.status[mark.row]);
    const struck = !crossed && events.rests[mark.row];
    mark.sign = null;
    if (!crossed && !struck && !bits) return;
    const { x, y } = several ? bordermap.paint.centre(mark) : mark.type === ARROW ? clearOf(found.at, mark) : mark;
    mark.sign = { x, y };
    if (crossed) traceCross(found.crosses, several ? x + BESIDE : x, y);
    if (struck) traceStroke(found.crosses, several ? x + BESIDE : x, y);
    if (!bits) return;
    found.ringed.push({ x, y, twice: conflicts(bits) });
  }

  const conflicts = (bits) => (bits & CONFLICTS) !== 0;

  // The point of an arrow nearest to its middle where no other arrow's sign stands.
  function clearOf(taken, mark) {
    const found = TRIES.map((t) => along(mark, t))
      .find(({ x, y }) => taken.every((other) => Math.hypot(other.x - x, other.y - y) > APART)) ?? along(mark, 0.5);
    taken.push(found);
    return found;
  }

  function traceCross(path, x, y) {
    path.moveTo(x - 6, y - 6);
    path.lineTo(x + 6, y + 6);
    path.moveTo(x + 6, y - 6);
    path.lineTo(x - 6, y + 6);
  }

  // Struck through: it rests on a report that was retracted.
  function traceStroke(path, x, y) {
    path.moveTo(x - 8, y + 8);
    path.lineTo(x + 8, y - 8);
  }

  function traceRing(path, x, y, radius) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  }

  // Ringed: what sources say differs; ringed twice: it cannot all be true. Marks lie on their rings.
  function paintRings(context, { ringed }, rich) {
    const scale = rich ? 0 : bordermap.stamps.scaleOf(context);
    if (!scale) drawRings(context, ringed, rich);
    context.globalAlpha = 1;
    for (const { x, y, twice } of scale ? ringed : []) {
      bordermap.stamps.put(context, scale, `ring ${twice}`, x, y, WIDEST, WIDEST, (on, left, top) => drawRings(on, [{ x: left, y: top, twice }], false));
    }
  }

  function drawRings(context, ringed, rich) {
    const [rings, doubles] = [bordermap.paint.pathOn(context), bordermap.paint.pathOn(context)];
    for (const { x, y, twice } of ringed) {
      traceRing(rings, x, y, 12);
      if (twice) traceRing(doubles, x, y, 15.5);
    }
    for (const [path, width] of [[rings, 1.8], [doubles, 1.3]]) paintSign(context, path, width, rich);
  }

  // Crossed out: denied or refused; struck through once.
  function paintCrosses(context, { crosses }, rich) {
    paintSign(context, crosses, 2.2, rich);
  }

  function paintSign(context, path, width, rich) {
    const { paper, ink } = theme.now;
    context.globalAlpha = 1;
    context.lineCap = "round";
    context.setLineDash([]);
    if (rich) {
      context.strokeStyle = paper;
      context.lineWidth = width + 2.4;
      context.stroke(path);
    }
    context.strokeStyle = ink;
    context.lineWidth = width;
    context.stroke(path);
  }

  return { arrow, point, signs, gather, paintRings, paintCrosses, conflicts };
})();
