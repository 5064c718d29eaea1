// Where the marks of a day go on the screen: one place's marks are fanned out or counted, arrows are parted.
"use strict";

bordermap.layout = (() => {
  const MANY = 400; // above this, marks are bundled by their own ends only, not by what is near them
  const NEAR = 17;
  const FAN = 8;
  const ROW = 4;
  const CELL = 17;
  const SHORTEST = 30;
  const SHORTEST_STUB = 54;
  const LANE = 13; // pixels from arrow to arrow of one way, and for one with a ring or a cross
  const WIDE_LANE = 23;
  const ARROW = 0;
  const POINT = 1;
  const AREA = 2;

  // One mark: an event, or several that are counted. Ends are in pixels of the surface.
  function markOf(type, layer, event, strength) {
    return {
      type, layer, event, strength, count: 1, events: null,
      x: 0, y: 0, x0: 0, y0: 0, x1: 0, y1: 0, gx: NaN, gy: NaN, cx: 0, cy: 0, anchorX: 0, anchorY: 0, shape: -1,
    };
  }

  function layOut(data, view, shown, strengths, count) {
    const { events, pointsAt } = data;
    const arrows = [];
    const points = [];
    const areas = [];
    const { scale, left, top } = view;
    for (let at = 0; at < count; at++) {
      const event = shown[at];
      const size = events.points[event];
      const layer = events.layer[event];
      const first = pointsAt[event];
      if (size >= 2) {
        const mark = markOf(ARROW, layer, event, strengths[at]);
        mark.x0 = events.x[first] * scale - left;
        mark.y0 = events.y[first] * scale - top;
        mark.x1 = events.x[first + size - 1] * scale - left;
        mark.y1 = events.y[first + size - 1] * scale - top;
        if (size === 3) {
          mark.gx = events.x[first + 1] * scale - left;
          mark.gy = events.y[first + 1] * scale - top;
        }
        if (seen(mark.x0, mark.y0, mark.x1, mark.y1, view)) arrows.push(mark);
      } else if (size === 1) {
        const mark = markOf(POINT, layer, event, strengths[at]);
        mark.x = events.x[first] * scale - left;
        mark.y = events.y[first] * scale - top;
        if (seen(mark.x, mark.y, mark.x, mark.y, view)) points.push(mark);
      } else if (events.shape[event] >= 0) {
        const mark = markOf(AREA, layer, event, strengths[at]);
        mark.shape = events.shape[event];
        const shape = data.shapes[mark.shape];
        const place = events.place[event];
        mark.x = (place >= 0 ? events.place_x[place] : (shape.west + shape.east) / 2) * scale - left;
        mark.y = (place >= 0 ? events.place_y[place] : (shape.north + shape.south) / 2) * scale - top;
        areas.push(mark);
        points.push(mark);
      }
    }
    const parted = part(arrows, events);
    return { arrows: parted, points: fan(points, parted), areas };
  }

  function seen(x0, y0, x1, y1, view) {
    return Math.max(x0, x1) > -60 && Math.min(x0, x1) < view.width + 60 &&
      Math.max(y0, y1) > -60 && Math.min(y0, y1) < view.height + 60;
  }

  // Group marks whose key is one, and, while they are few, whose ends are near each other on the screen.
  function bundles(marks, near, key) {
    if (marks.length > MANY) {
      const found = new Map();
      for (const mark of marks) {
        const name = key(mark);
        const group = found.get(name);
        if (group) group.push(mark);
        else found.set(name, [mark]);
      }
      return [...found.values()];
    }
    const groups = [];
    for (const mark of marks) {
      const group = groups.find((others) => near(others[0], mark));
      if (group) group.push(mark);
      else groups.push([mark]);
    }
    return groups;
  }

  const close = (ax, ay, bx, by, reach) => (ax - bx) ** 2 + (ay - by) ** 2 < reach * reach;

  // Arrows that run the same way are parted side by side; more than FAN of a layer become one with its count.
  function part(arrows, events) {
    const groups = bundles(
      arrows,
      (a, b) => (close(a.x0, a.y0, b.x0, b.y0, NEAR) && close(a.x1, a.y1, b.x1, b.y1, NEAR)) ||
        (close(a.x0, a.y0, b.x1, b.y1, NEAR) && close(a.x1, a.y1, b.x0, b.y0, NEAR)),
      (a) => `${a.x0.toFixed(1)} ${a.y0.toFixed(1)} ${a.x1.toFixed(1)} ${a.y1.toFixed(1)}`,
    );
    const drawn = [];
    for (const group of groups) {
      const marks = group.length > FAN ? counted(group) : group;
      const [{ x0, y0, x1, y1, event }] = marks;
      const length = Math.hypot(x1 - x0, y1 - y0) || 1;
      const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
      const stub = events.stub_from[event] || events.stub_to[event];
      const along = Math.max(0, (stub ? SHORTEST_STUB : SHORTEST) - length) / 2;
      const lane = (mark) => (events.disputed[mark.event] || events.status[mark.event] >= 2 ? WIDE_LANE : LANE);
      const lanes = marks.map((mark, number) => (number ? (lane(mark) + lane(marks[number - 1])) / 2 : 0));
      let aside = -lanes.reduce((sum, width) => sum + width, 0) / 2;
      marks.forEach((mark, number) => {
        aside += lanes[number];
        const turned = close(mark.x0, mark.y0, x0, y0, NEAR) ? 1 : -1;
        mark.x0 += -uy * aside - ux * along * turned;
        mark.y0 += ux * aside - uy * along * turned;
        mark.x1 += -uy * aside + ux * along * turned;
        mark.y1 += ux * aside + uy * along * turned;
        if (Number.isFinite(mark.gx)) {
          mark.gx += -uy * aside;
          mark.gy += ux * aside;
        }
        bend(mark);
        drawn.push(mark);
      });
    }
    return drawn;
  }

  // A gentle curve to the right of the way, so that both directions of one road are seen.
  function bend(mark) {
    const [dx, dy] = [mark.x1 - mark.x0, mark.y1 - mark.y0];
    const length = Math.hypot(dx, dy);
    const bow = Math.min(0.16 * length, 46);
    mark.cx = (mark.x0 + mark.x1) / 2 - (dy / (length || 1)) * bow;
    mark.cy = (mark.y0 + mark.y1) / 2 + (dx / (length || 1)) * bow;
    if (Number.isFinite(mark.gx) && close(mark.gx, mark.gy, (mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2, 8)) {
      mark.gx = NaN;
    }
  }

  // Several point marks on one place stand in rows below it, clear of the arrows that end there; more than
  // FAN are one badge a layer with its count.
  function fan(points, arrows) {
    const groups = bundles(
      points,
      (a, b) => close(a.x, a.y, b.x, b.y, NEAR),
      (a) => `${a.x.toFixed(1)} ${a.y.toFixed(1)}`,
    );
    const few = arrows.length <= MANY;
    const drawn = [];
    for (const group of groups) {
      const marks = group.length > FAN ? counted(group) : group;
      const [{ x, y }] = marks;
      const arrived = few && arrows.some((arrow) => close(arrow.x1, arrow.y1, x, y, NEAR) || close(arrow.x0, arrow.y0, x, y, NEAR));
      const aside = marks.length > 1 || arrived;
      const columns = Math.ceil(marks.length / Math.ceil(marks.length / ROW));
      marks.forEach((mark, number) => {
        const row = Math.floor(number / columns);
        const inRow = Math.min(columns, marks.length - row * columns);
        mark.anchorX = mark.x;
        mark.anchorY = mark.y;
        if (aside) {
          mark.x = x + ((number % columns) - (inRow - 1) / 2) * CELL;
          mark.y = y + CELL + row * CELL;
        }
        drawn.push(mark);
      });
    }
    return drawn;
  }

  function counted(group) {
    const byLayer = new Map();
    for (const mark of group) {
      const one = byLayer.get(mark.layer);
      if (!one) {
        byLayer.set(mark.layer, mark);
        mark.events = [mark.event];
      } else {
        one.count++;
        one.events.push(mark.event);
        if (mark.strength > one.strength) one.strength = mark.strength;
      }
    }
    return [...byLayer.values()];
  }

  // The point at t from 0 to 1 on an arrow's curve, and the way it runs there.
  function along(mark, t) {
    let { x0, y0, cx, cy, x1, y1 } = mark;
    let local = t;
    if (Number.isFinite(mark.gx)) {
      [x0, y0, cx, cy, x1, y1] = t < 0.5 ? half(mark, 0) : half(mark, 1);
      local = t < 0.5 ? 2 * t : 2 * t - 1;
    }
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
      return [x0, y0, gx - tx * reach, gy - ty * reach, gx, gy];
    }
    const reach = 0.5 * Math.hypot(x1 - gx, y1 - gy);
    return [gx, gy, gx + tx * reach, gy + ty * reach, x1, y1];
  }

  function trace(path, mark) {
    path.moveTo(mark.x0, mark.y0);
    if (Number.isFinite(mark.gx)) {
      for (const which of [0, 1]) {
        const [, , cx, cy, x, y] = half(mark, which);
        path.quadraticCurveTo(cx, cy, x, y);
      }
    } else {
      path.quadraticCurveTo(mark.cx, mark.cy, mark.x1, mark.y1);
    }
  }

  return { layOut, along, trace, ARROW, POINT, AREA };
})();
