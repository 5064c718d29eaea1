// Where words may stand on the map: boxes that are taken, and the free one nearest to a point.
"use strict";

bordermap.boxes = (() => {
  const CELL = 64;
  const GAPS = [0, 4, 9, 15, 22, 30, 40, 52, 66, 82, 100, 120, 145]; // pixels from a point's own room outwards
  const SIDES = [[1, 0], [-1, 0], [0.7, -0.7], [0.7, 0.7], [-0.7, -0.7], [-0.7, 0.7], [0, -1], [0, 1], [0.92, -0.4], [0.92, 0.4], [-0.92, -0.4], [-0.92, 0.4]];

  // Kept in a grid, edge after edge, so that asking is quick: a day's names ask thousands of times.
  class Boxes {
    constructor(view) {
      this.columns = Math.ceil(view.width / CELL) + 4;
      this.cells = new Map();
    }

    add(x, y, width, height) {
      for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) {
        for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++) {
          const key = row * this.columns + column;
          const cell = this.cells.get(key);
          if (cell) cell.push(x, y, x + width, y + height);
          else this.cells.set(key, [x, y, x + width, y + height]);
        }
      }
    }

    free(x, y, width, height) {
      const [right, bottom] = [x + width, y + height];
      const [firstColumn, lastColumn] = [Math.floor(x / CELL), Math.floor(right / CELL)];
      for (let row = Math.floor(y / CELL); row <= Math.floor(bottom / CELL); row++) {
        for (let column = firstColumn; column <= lastColumn; column++) {
          const cell = this.cells.get(row * this.columns + column);
          for (let at = 0; cell && at < cell.length; at += 4) {
            if (x < cell[at + 2] && cell[at] < right && y < cell[at + 3] && cell[at + 1] < bottom) return false;
          }
        }
      }
      return true;
    }

    // The left and top of a free box of so many pixels beside a point, at least `clear` and at most `clear + far` from
    // it, the nearest first; null where there is none.
    beside(x, y, width, height, { clear, far }) {
      for (const gap of GAPS) {
        if (gap > far) return null;
        for (const [ux, uy] of SIDES) {
          const left = start(x, ux, width, clear + gap);
          const top = start(y, uy, height, clear + gap);
          if (this.free(left, top, width, height)) return [left, top];
        }
      }
      return null;
    }
  }

  // Where a length begins that lies to one side of a point, or has it in its middle.
  function start(at, side, length, away) {
    if (side > 0.3) return at + side * away;
    return side < -0.3 ? at + side * away - length : at - length / 2;
  }

  // How far a box is from a point.
  const apart = (x, y, [left, top, width, height]) =>
    Math.hypot(Math.max(left - x, x - left - width, 0), Math.max(top - y, y - top - height, 0));

  return { Boxes, apart };
})();
