// The curves of arrows: bent to one side, through a gate where there is one, cut in two, and traced.
"use strict";

bordermap.curves = (() => {
  const STRAIGHT = 8; // pixels from a gate to the middle of its way, from which on the way goes by it without a bend

  // A gentle curve to the right of the way, so that both directions of one road are seen.
  function bend(mark) {
    const [dx, dy] = [mark.x1 - mark.x0, mark.y1 - mark.y0];
    const length = Math.hypot(dx, dy);
    const bow = Math.min(0.16 * length, 46);
    mark.cx = (mark.x0 + mark.x1) / 2 - (dy / (length || 1)) * bow;
    mark.cy = (mark.y0 + mark.y1) / 2 + (dx / (length || 1)) * bow;
    if (Number.isFinite(mark.gx) && Math.hypot(mark.gx - (mark.x0 + mark.x1) / 2, mark.gy - (mark.y0 + mark.y1) / 2) < STRAIGHT) {
      mark.gx = NaN;
    }
  }

  // The point at t from 0 to 1 on an arrow's curve, and the way it runs there.
  function along(mark, t) {
    let curve = mark;
    let local = t;
    if (Number.isFinite(mark.gx)) {
      curve = half(mark, t < 0.5 ? 0 : 1);
      local = t < 0.5 ? 2 * t : 2 * t - 1;
    }
    const { x0, y0, cx, cy, x1, y1 } = curve;
    const s = 1 - local;
    return {
      x: s * s * x0 + 2 * s * local * cx + local * local * x1,
      y: s * s * y0 + 2 * s * local * cy + local * local * y1,
      dx: s * (cx - x0) + local * (x1 - cx),
      dy: s * (cy - y0) + local * (y1 - cy),
    };
  }

  // The two curves of an arrow through a gate; their common tangent there is the way from end to end.
  function half(mark, which) {
    const { x0, y0, gx, gy, x1, y1 } = mark;
    const length = Math.hypot(x1 - x0, y1 - y0) || 1;
    const [tx, ty] = [(x1 - x0) / length, (y1 - y0) / length];
    if (which === 0) {
      const reach = 0.5 * Math.hypot(gx - x0, gy - y0);
      return { x0, y0, cx: gx - tx * reach, cy: gy - ty * reach, x1: gx, y1: gy };
    }
    const reach = 0.5 * Math.hypot(x1 - gx, y1 - gy);
    return { x0: gx, y0: gy, cx: gx + tx * reach, cy: gy + ty * reach, x1, y1 };
  }

  // The arrow's curve cut in two at a part of its (first) curve: the tail, and the rest.
  function cut(mark, t) {
    const first = Number.isFinite(mark.gx) ? half(mark, 0) : mark;
    const { x0, y0, cx, cy, x1, y1 } = first;
    const [ax, ay] = [x0 + t * (cx - x0), y0 + t * (cy - y0)];
    const [bx, by] = [cx + t * (x1 - cx), cy + t * (y1 - cy)];
    const [mx, my] = [ax + t * (bx - ax), ay + t * (by - ay)];
    const tail = { x0, y0, cx: ax, cy: ay, x1: mx, y1: my, gx: NaN };
    const rest = [{ x0: mx, y0: my, cx: bx, cy: by, x1, y1 }];
    if (first !== mark) rest.push(half(mark, 1));
    return [tail, rest];
  }

  function trace(path, mark) {
    if (Number.isFinite(mark.gx)) {
      path.moveTo(mark.x0, mark.y0);
      for (const which of [0, 1]) {
        const { cx, cy, x1, y1 } = half(mark, which);
        path.quadraticCurveTo(cx, cy, x1, y1);
      }
    } else traceCurve(path, mark);
  }

  function traceCurve(path, { x0, y0, cx, cy, x1, y1 }) {
    path.moveTo(x0, y0);
    path.quadraticCurveTo(cx, cy, x1, y1);
  }

  return { bend, along, cut, trace, traceCurve };
})();
