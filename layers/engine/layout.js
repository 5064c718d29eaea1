// Where the marks of a day go on the screen: one place's marks are fanned out or counted, arrows are parted.
"use strict";

bordermap.layout = (() => {
  const { along, bend } = bordermap.curves;
  const { isMade } = bordermap.standing;
  const MANY = 150; // above this, marks are bundled by their own ends only, not by what is near them
  const NEAR = 17;
  const CROWD = 300; // more marks than this are counted by cells of the screen (crowd.js)
  const FAN = 8; // more point marks than this on one place are counted
  const LANES = 14; // and so are more arrows than this on one way
  const ROW = 4;
  const CELL = 17;
  const CLEAR = 15; // pixels from one point mark to the next, also where they are of neighbouring places
  const SHORTEST = 30;
  const SHORTEST_STUB = 54;
  const LONGEST_STUB = 44;
  const LANE = 13; // pixels from arrow to arrow of one way, and for one with a ring or a cross
  const WIDE_LANE = 23;
  const SIGN = 27; // pixels between the middles of two arrows with a ring or a cross
  const ASIDE = 44; // pixels that arrows of which only the side is known give way along their border
  const ARROW = 0;
  const POINT = 1;
  const AREA = 2;

  // One mark: a row, or several that are counted. Ends are in pixels of the surface.
  function markOf(type, layer, row, strength) {
    return {
      type, layer, row, strength, count: 1, rows: null, slot: 0, contested: 0, disputed: 0,
      x: 0, y: 0, x0: 0, y0: 0, x1: 0, y1: 0, gx: NaN, gy: NaN, cx: 0, cy: 0, anchorX: 0, anchorY: 0, shape: -1,
    };
  }

  // Write a row's ends into a mark: of an arrow both and its gate, of any other its one place.
  function ended(mark, data, { scale, left, top }, row) {
    const { events, x: xs, y: ys } = data;
    const type = events.mark[row];
    const line = type === 2 || type === 3;
    const [begin, end] = line ? [data.from[row], data.to[row]] : [data.spot[row], data.spot[row]];
    mark.x0 = xs[begin] * scale - left;
    mark.y0 = ys[begin] * scale - top;
    mark.x1 = xs[end] * scale - left;
    mark.y1 = ys[end] * scale - top;
    if (type !== 3) return;
    mark.gx = xs[events.crossing[row]] * scale - left;
    mark.gy = ys[events.crossing[row]] * scale - top;
    if (events.stub_from[row]) [mark.x0, mark.y0] = stubbed(mark.gx, mark.gy, mark.x0, mark.y0);
    if (events.stub_to[row]) [mark.x1, mark.y1] = stubbed(mark.gx, mark.gy, mark.x1, mark.y1);
  }

  // Lay out rows each with a mark of its own, and bundle only what lies on each other.
  function few(data, state, view, rows) {
    const { events } = data;
    const arrows = [];
    const points = [];
    const areas = [];
    for (const row of rows) {
      const type = events.mark[row];
      if (type === 0) continue;
      const line = type === 2 || type === 3;
      const mark = markOf(line ? ARROW : type === 1 ? POINT : AREA, events.layer[row], row, state.strength(row));
      ended(mark, data, view, row);
      const inView = seen(mark.x0, mark.y0, mark.x1, mark.y1, view);
      if (type === 4) {
        mark.shape = events.shape[row];
        areas.push(mark);
      } else if (!inView) continue;
      if (!line) [mark.x, mark.y] = [mark.x0, mark.y0];
      (line ? arrows : points).push(mark);
    }
    const parted = part(arrows, data);
    return { arrows: parted, points: fan(points, parted, data), areas };
  }

  // A side of the border is no distance: near by, a stub stays short on the screen and reaches no town.
  function stubbed(gx, gy, x, y) {
    const length = Math.hypot(x - gx, y - gy);
    const part = Math.min(1, LONGEST_STUB / (length || 1));
    return [gx + (x - gx) * part, gy + (y - gy) * part];
  }

  function seen(x0, y0, x1, y1, view) {
    return Math.max(x0, x1) > -60 && Math.min(x0, x1) < view.width + 60 &&
      Math.max(y0, y1) > -60 && Math.min(y0, y1) < view.height + 60;
  }

  // Group marks whose key is one, and, while they are few, whose ends are near each other on the screen.
  function bundles(marks, near, key) {
    if (marks.length > MANY) return keyed(marks, key);
    const groups = [];
    for (const mark of marks) {
      const group = groups.find((others) => near(others[0], mark));
      if (group) group.push(mark);
      else groups.push([mark]);
    }
    return groups;
  }

  function keyed(marks, key) {
    const found = new Map();
    for (const mark of marks) {
      const name = key(mark);
      const group = found.get(name);
      if (group) group.push(mark);
      else found.set(name, [mark]);
    }
    return [...found.values()];
  }

  const close = (ax, ay, bx, by, reach) => (ax - bx) ** 2 + (ay - by) ** 2 < reach * reach;

  // Arrows that run the same way are parted side by side; more than LANES of a layer become one with its count.
  function part(arrows, data) {
    const { events, from, to } = data;
    const groups = bundles(
      arrows,
      (a, b) => (close(a.x0, a.y0, b.x0, b.y0, NEAR) && close(a.x1, a.y1, b.x1, b.y1, NEAR)) ||
        (close(a.x0, a.y0, b.x1, b.y1, NEAR) && close(a.x1, a.y1, b.x0, b.y0, NEAR)),
      // Both directions of one way are one bundle.
      ({ row }) => Math.max(from[row], to[row]) * 2 ** 22 + Math.min(from[row], to[row]),
    ).map((group) => (group.length > LANES ? counted(group, events) : group));
    for (const marks of groups) {
      const [{ x0, y0, x1, y1, row }] = marks;
      const length = Math.hypot(x1 - x0, y1 - y0) || 1;
      const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
      const stub = events.stub_from[row] || events.stub_to[row];
      const along = Math.max(0, (stub ? SHORTEST_STUB : SHORTEST) - length) / 2;
      const lane = (mark) => (events.disputed[mark.row] || events.rests[mark.row] || !isMade(events.status[mark.row]) ? WIDE_LANE : LANE);
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
      });
    }
    if (arrows.length <= MANY) giveWay(groups, events);
    return groups.flat();
  }

  const signed = ({ row, count }, { disputed, status }) => count === 1 && (disputed[row] > 0 || !isMade(status[row]));

  // A cross inside the ring of another arrow would lie: arrows of which only the side of the border is known, and so no
  // place on it, give way along it.
  function giveWay(groups, events) {
    for (const marks of groups) {
      const [{ x0, y0, x1, y1, row }] = marks;
      if (!events.stub_from[row] && !events.stub_to[row]) continue;
      const length = Math.hypot(x1 - x0, y1 - y0) || 1;
      const [px, py] = [-(y1 - y0) / length, (x1 - x0) / length];
      const others = groups.filter((group) => group !== marks).flat().filter((mark) => signed(mark, events));
      const shift = shiftOf(marks.filter((mark) => signed(mark, events)), others, px, py);
      for (const mark of marks) moved(mark, shift * px, shift * py);
    }
  }

  // The least way to one side or the other on which no sign is in another's.
  function shiftOf(own, others, px, py) {
    for (let way = 0; way <= ASIDE; way += 4) {
      for (const shift of way ? [-way, way] : [0]) {
        const apart = own.every((mark) => {
          const { x, y } = along(mark, 0.5);
          return others.every((other) => {
            const at = along(other, 0.5);
            return !close(x + shift * px, y + shift * py, at.x, at.y, SIGN);
          });
        });
        if (apart) return shift;
      }
    }
    return 0;
  }

  function moved(mark, dx, dy) {
    for (const x of ["x0", "x1", "gx", "cx"]) mark[x] += dx;
    for (const y of ["y0", "y1", "gy", "cy"]) mark[y] += dy;
  }

  // Several point marks on one place stand in rows below it, clear of the arrows that end there; more than
  // FAN are one badge a layer with its count.
  function fan(points, arrows, { events, spot }) {
    const groups = bundles(points, (a, b) => close(a.x, a.y, b.x, b.y, NEAR), ({ row }) => spot[row])
      .map((group) => (group.length > FAN ? counted(group, events) : group));
    const few = arrows.length <= MANY;
    const drawn = [];
    for (const marks of groups) {
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
    if (drawn.length <= MANY) spread(drawn);
    return drawn;
  }

  // Marks of places that are near each other are pushed apart, a little at a time.
  function spread(marks) {
    let moved = true;
    for (let turn = 0; moved && turn < 12; turn++) {
      moved = false;
      for (let at = 0; at < marks.length; at++) {
        for (let other = at + 1; other < marks.length; other++) {
          const [a, b] = [marks[at], marks[other]];
          if (!close(a.x, a.y, b.x, b.y, CLEAR)) continue;
          const apart = Math.hypot(b.x - a.x, b.y - a.y);
          const [ux, uy] = apart ? [(b.x - a.x) / apart, (b.y - a.y) / apart] : [1, 0];
          const push = (CLEAR + 0.1 - apart) / 2;
          a.x -= ux * push;
          a.y -= uy * push;
          b.x += ux * push;
          b.y += uy * push;
          moved = true;
        }
      }
    }
  }

  // How an event stands: asserted, denied, planned or asked for, refused, or resting on what was retracted. Only what
  // stands alike is counted together.
  const STANDINGS = 8;
  function standing({ status, rests }, row) {
    if (rests[row]) return 4;
    return isMade(status[row]) ? 0 : status[row] < 4 ? status[row] - 1 : status[row] === 4 ? 2 : 3;
  }

  // Note of a counted mark that one of its events is disputed, and on what.
  function dispute(mark, bits) {
    if (!bits) return;
    mark.contested++;
    mark.disputed |= bits;
  }

  // One mark for each layer, standing and, of arrows, direction; it keeps the rows that it counts.
  function counted(group, events) {
    const [{ x0, y0, x1, y1 }] = group;
    const found = new Map();
    for (const mark of group) {
      const back = mark.type === ARROW && (mark.x1 - mark.x0) * (x1 - x0) + (mark.y1 - mark.y0) * (y1 - y0) < 0;
      const key = (mark.layer * 2 + Number(back)) * STANDINGS + standing(events, mark.row);
      const one = found.get(key);
      if (!one) {
        found.set(key, mark);
        mark.rows = [mark.row];
      } else {
        one.count++;
        one.rows.push(mark.row);
        if (mark.strength > one.strength) one.strength = mark.strength;
      }
      dispute(one ?? mark, events.disputed[mark.row]);
    }
    return [...found.values()];
  }

  return { few, ended, seen, dispute, standing, STANDINGS, markOf, ARROW, POINT, AREA, CROWD };
})();
