// The look of marks: how arrows, glyphs, crosses, rings and counts are painted, many in one stroke.
"use strict";

bordermap.paint = (() => {
  const { ARROW } = bordermap.layout;
  const { along, cut, trace, traceCurve } = bordermap.curves;
  const { theme } = bordermap;
  const [DENIED, PLANNED, REQUESTED, REJECTED] = [2, 3, 4, 5];
  const [WITHDRAWALS, DEPLOYMENTS, CONTEXT] = [1, 2, 3];
  const [CONTROL_CHANGE, CLOSURE, , OTHER] = [3, 4, 5, 6];
  const [NEAR, STRETCH, REGION, SIDE] = [3, 4, 5, 6];
  const FILL = { [STRETCH]: 0.5, [REGION]: 0.2, [SIDE]: 0.2 }; // of a glyph, by how sure its place is
  const { OPEN } = bordermap.ranges;
  const BADGES = 60;
  // How finely widths and strengths are told apart: marks of one look are one stroke, and a stroke takes its time.
  const FINE = { widths: 2, steps: 8 };
  const COARSE = { widths: 0.5, steps: 4 };
  const GLYPH = 12; // pixels from the middle of a glyph to beyond its edge
  const RICH = 100; // up to this many marks each has its casing, its seal and the band of its range

  // Rounded down, so that what fades is never painted surer than it is; a fifth of five is not less than one.
  const stepped = (strength, steps) => Math.floor(strength * steps + 1e-9) / steps;

  const planned = (status) => status === PLANNED || status === REQUESTED || status === REJECTED;
  const crossed = (status) => status === DENIED || status === REJECTED;
  const colour = (layer) => theme.now.layers[layer];
  const faded = (strength) => 0.16 + 0.84 * strength; // how opaque a mark is: what may have been on another day is seen to be paler

  // Width in pixels of a number moved: 4 for a few, 5.2 for 100, 8 for 20,000.
  const widthOf = (count) => Math.min(9, 3.2 + 1.1 * Math.log10(Math.max(1, count)));

  // A path that the context can take: a picture's own, else the browser's.
  const pathOn = (context) => context.makePath?.() ?? new Path2D();

  function traceHead(path, x, y, ux, uy, size) {
    path.moveTo(x, y);
    path.lineTo(x - ux * size - uy * size * 0.55, y - uy * size + ux * size * 0.55);
    path.lineTo(x - ux * size + uy * size * 0.55, y - uy * size - ux * size * 0.55);
    path.closePath();
  }

  function tracePlus(path, x, y, long, half) {
    path.rect(x - long, y - half, 2 * long, 2 * half);
    path.rect(x - half, y - long, 2 * half, long - half);
    path.rect(x - half, y + half, 2 * half, long - half);
  }

  // Deployment a square, control change a diamond, closure a bar, contact a dot, anything else a plus, a movement without a way a triangle.
  function traceGlyph(path, x, y, layer, kind, size) {
    if (layer === DEPLOYMENTS) path.rect(x - size, y - size, 2 * size, 2 * size);
    else if (layer < DEPLOYMENTS) traceHead(path, x, y - size, 0, -1, 2 * size);
    else if (kind === CONTROL_CHANGE) {
      path.moveTo(x, y - size * 1.3);
      path.lineTo(x + size * 1.3, y);
      path.lineTo(x, y + size * 1.3);
      path.lineTo(x - size * 1.3, y);
      path.closePath();
    } else if (kind === CLOSURE) path.rect(x - size * 1.5, y - size * 0.6, 3 * size, 1.2 * size);
    else if (kind === OTHER) tracePlus(path, x, y, size * 1.2, size * 0.4);
    else {
      path.moveTo(x + size, y);
      path.arc(x, y, size, 0, 2 * Math.PI);
    }
  }

  // The point of a mark that a sign or a number stands on.
  const centre = (mark) => (mark.type === ARROW ? along(mark, 0.5) : mark);

  const isRich = ({ arrows, points }) => arrows.length + points.length <= RICH;

  // Marks are gathered by their look, and each look is painted at once, the least sure first. Every way has a stroke
  // of its own: a browser without a graphics card takes half as long again over one stroke through many.
  function paint(context, data, arrows, points) {
    const rich = isRich({ arrows, points });
    const looks = new Map();
    const signs = bordermap.seals.signs(context);
    const grain = rich ? FINE : COARSE;
    for (const mark of arrows) gatherArrow(context, looks, signs, data.events, mark, grain);
    for (const mark of points) bordermap.seals.gather(signs, data.events, mark);
    bordermap.seals.paintRings(context, signs, rich);
    const ordered = [...looks.values()].sort((a, b) => a.strength - b.strength || b.layer - a.layer);
    for (const look of ordered) paintArrows(context, look, rich);
    if (rich) for (const mark of arrows) if (mark.count === 1) bordermap.seals.arrow(context, data.events, mark);
    looks.clear();
    if (rich) paintLeaders(context, points);
    for (const mark of points) gatherPoint(context, looks, data.events, mark, grain);
    const scale = rich ? 0 : bordermap.stamps.scaleOf(context);
    for (const look of looks.values()) {
      if (scale) stampPoints(context, look, scale);
      else paintGlyphs(context, look, look.points, rich);
    }
    if (rich) for (const mark of points) if (mark.count === 1) bordermap.seals.point(context, data.events, mark);
    bordermap.seals.paintCrosses(context, signs, rich);
    const counted = [...arrows, ...points].filter((mark) => mark.count > 1);
    // Where badges would cover the map only the largest are written; the others say theirs when pointed at.
    if (counted.length > BADGES) counted.sort((a, b) => b.count - a.count).length = BADGES;
    for (const mark of counted) {
      const { x, y } = centre(mark);
      bordermap.badges.paint(context, x, y, mark.count, theme.now.letters[mark.layer]);
    }
    context.globalAlpha = 1;
  }

  // What two arrows must share to be painted in one stroke.
  function gatherArrow(context, looks, signs, events, mark, { widths, steps }) {
    const { row, layer } = mark;
    const status = events.status[row];
    const low = events.count_low[row];
    const high = events.count_high[row];
    const several = mark.count > 1; // several events on one way: its width says how many they are
    const known = several || low >= 0 || high >= 0;
    const core = known ? Math.round(widthOf(several ? mark.count : low >= 0 ? low : 1) * widths) / widths : 4.5;
    const outer = steps === COARSE.steps || several || !known || low === high ? 0 : high === OPEN ? core + 8 : Math.max(core + 2, Math.round(widthOf(high) + 2));
    const strength = stepped(mark.strength, steps);
    const dotted = planned(status);
    const key = (((layer * (steps + 1) + strength * steps) * 2 + Number(dotted)) * 2 + Number(known)) * 4096 + core * 2 * 40 + outer;
    let look = looks.get(key);
    if (!look) {
      looks.set(key, (look = { layer, dotted, known, core, outer, strength, bodies: [], tails: [], heads: pathOn(context) }));
    }
    const body = pathOn(context);
    look.bodies.push(body);
    if (!several && events.stub_from[row]) look.tails.push(traceStub(pathOn(context), body, mark));
    else trace(body, mark);
    const end = along(mark, 1);
    const length = Math.hypot(end.dx, end.dy) || 1;
    const [ux, uy] = [end.dx / length, end.dy / length];
    traceHead(look.heads, mark.x1 + ux * 3, mark.y1 + uy * 3, ux, uy, 6.5 + core);
    bordermap.seals.gather(signs, events, mark);
  }

  // Where only the side is known the arrow comes out of nothing.
  function traceStub(tail, body, mark) {
    const [begin, rest] = cut(mark, Number.isFinite(mark.gx) ? 1 : 0.45);
    traceCurve(tail, begin);
    for (const curve of rest) traceCurve(body, curve);
    return tail;
  }

  function paintArrows(context, { layer, dotted, known, core, outer, strength, bodies, tails, heads }, rich) {
    const tint = colour(layer);
    const { paper } = theme.now;
    const alpha = faded(strength);
    const stroke = (paths, width, style, opacity) => {
      context.globalAlpha = opacity;
      context.lineWidth = width;
      context.strokeStyle = style;
      for (const path of paths) context.stroke(path);
    };
    const all = [...bodies, ...tails];
    context.lineJoin = "round";
    context.lineCap = "butt";
    context.setLineDash([]);
    if (rich) stroke(bodies, core + 3, paper, 0.85 * alpha);
    if (dotted) {
      context.lineCap = rich ? "round" : "butt"; // many round dots are slow to paint
      context.setLineDash(rich ? [1, 6] : [3, 5]);
      stroke(all, 3, tint, alpha);
      context.setLineDash([]);
    } else {
      if (outer && rich) stroke(bodies, outer, tint, 0.28 * alpha);
      stroke(tails, core, tint, 0.3 * alpha);
      stroke(bodies, core, tint, alpha);
      // Hollow: no number is said.
      if (!known) stroke(all, core - 2.6, paper, alpha);
    }
    const open = layer === WITHDRAWALS || dotted;
    if (rich) stroke([heads], 3.4, paper, alpha);
    context.fillStyle = open ? paper : tint;
    context.fill(heads);
    stroke([heads], open ? 2 : 1, tint, alpha);
  }

  function gatherPoint(context, looks, events, mark, { steps }) {
    const { row, layer, x, y } = mark;
    const status = events.status[row];
    const strength = stepped(mark.strength, steps);
    const single = mark.count === 1;
    const dotted = planned(status);
    const fill = single ? FILL[events.certainty[row]] ?? 1 : 1;
    const key = ((layer * (steps + 1) + strength * steps) * 2 + Number(dotted)) * 8 + fill * 4;
    let look = looks.get(key);
    if (!look) looks.set(key, (look = { key, layer, dotted, fill, strength, points: [] }));
    look.points.push({ x, y, kind: events.kind[row] });
  }

  const traced = (path, { layer }, { x, y, kind }) => traceGlyph(path, x, y, layer, kind, layer === CONTEXT ? 4.5 : 6);

  // Among many each glyph is a copy.
  function stampPoints(context, look, scale) {
    context.globalAlpha = 1;
    for (const { x, y, kind } of look.points) {
      bordermap.stamps.put(context, scale, `glyph ${look.key} ${kind}`, x, y, GLYPH, GLYPH, (on, left, top) => {
        paintGlyphs(on, look, [{ x: left, y: top, kind }], false);
      });
    }
  }

  function paintGlyphs(context, look, points, rich) {
    const { layer, dotted, fill, strength } = look;
    const glyphs = pathOn(context);
    for (const point of points) traced(glyphs, look, point);
    const alpha = faded(strength);
    const hollow = layer === WITHDRAWALS || dotted;
    context.lineJoin = "round";
    context.lineCap = "round";
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.strokeStyle = context.fillStyle = theme.now.paper;
    context.lineWidth = 3.5;
    if (rich) context.stroke(glyphs);
    if (fill === 1 && (rich || hollow)) context.fill(glyphs);
    context.strokeStyle = context.fillStyle = colour(layer);
    if (dotted) context.setLineDash([0.5, 3.5]);
    context.globalAlpha = alpha * fill;
    if (!hollow) context.fill(glyphs);
    context.globalAlpha = alpha;
    context.lineWidth = hollow || fill < 1 ? 2 : 1;
    context.stroke(glyphs);
    context.setLineDash([]);
  }

  // A thin line from a mark that stands aside to its place.
  function paintLeaders(context, points) {
    context.beginPath();
    for (const mark of points) {
      if (mark.x === mark.anchorX && mark.y === mark.anchorY) continue;
      context.moveTo(mark.anchorX, mark.anchorY);
      context.lineTo(mark.x, mark.y);
    }
    context.globalAlpha = 0.4;
    context.lineWidth = 0.8;
    context.strokeStyle = theme.now.ink;
    context.stroke();
  }

  return { paint, isRich, stepped, centre, planned, crossed, colour, faded, pathOn, traceGlyph, traceHead, widthOf, DEPLOYMENTS, WITHDRAWALS, CONTEXT, NEAR };
})();
