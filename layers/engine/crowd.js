// Many marks: rows whose ends share cells of the screen are one mark that says how many; a row's cell is found once a view.
"use strict";

bordermap.crowd = (() => {
  const { ARROW, POINT, AREA, CROWD, dispute, ended, seen, standing, STANDINGS } = bordermap.layout;
  const { bend } = bordermap.curves;
  const { THEN } = bordermap.state;
  const MOST = { [ARROW]: 90, [POINT]: 130 }; // marks, about: more arrows than these hide each other and the ground
  const CELLS = [32, 48, 72, 108, 162, 243, 364]; // pixels; the first that is coarse enough for the fullest days
  const BESIDE = 13; // pixels between the points of two layers in one cell
  const LEAST = 30; // pixels of an arrow whose ends share a cell
  const LOOKS = 4 * STANDINGS * 2; // layers, standings, and arrow or point
  const OUT = -1; // of a row that is not in view or has no mark; 0 is not looked at yet

  // The number of the cell that holds a point; what lies far beyond the view is in its outermost cells.
  const within = (at) => Math.max(0, Math.min(1023, at + 512));
  const cell = (x, y, size) => within(Math.floor(x / size)) * 1024 + within(Math.floor(y / size));

  // Marks of one cell, or of one way from cell to cell, and one layer.
  class Slots {
    constructor() {
      this.number = new Map();
      this.marks = [];
      this.sums = [];
      this.used = []; // the slots that count any row
    }

    // The number of a key's slot, from 1.
    of(key, type, layer) {
      let number = this.number.get(key);
      if (number === undefined) {
        this.number.set(key, (number = this.marks.push(bordermap.layout.markOf(type, layer, -1, 0))));
        this.sums.push(new Float64Array(4));
        this.marks[number - 1].count = 0;
        this.marks[number - 1].slot = number;
      }
      return number;
    }

    // The mark of a slot that counts a row more.
    counting(slot, row) {
      const mark = this.marks[slot - 1];
      if (mark.count++ === 0) {
        mark.row = row;
        this.used.push(slot);
      }
      return mark;
    }

    empty() {
      for (const slot of this.used) {
        const mark = this.marks[slot - 1];
        mark.count = mark.strength = mark.contested = mark.disputed = 0;
        mark.row = -1;
        this.sums[slot - 1].fill(0);
      }
      this.used.length = 0;
    }
  }

  class Crowd {
    constructor(data, state) {
      this.data = data;
      this.state = state;
      this.slotOf = new Int32Array(data.rows);
      this.basis = "";
    }

    // The marks of the days shown; where few are in view, each row has its own.
    layOut(view) {
      const { state } = this;
      this.settle(view);
      if (state.mode === "sofar" && state.known !== THEN) this.grow();
      else this.count(0);
      if (this.total <= CROWD) return bordermap.layout.few(this.data, state, view, this.within);
      return this.marks();
    }

    // Begin anew where the view, the filters or the kind of span has changed: cells stay the same from day to day.
    settle(view) {
      const { state } = this;
      const basis = [state.filtered, state.mode, state.window, state.known].join(" ");
      if (this.view === view && this.basis === basis) return;
      Object.assign(this, { view, basis, taken: -1 });
      this.slotOf.fill(0);
      this.slots = new Slots();
      const sample = this.fullest();
      this.sizes = [ARROW, POINT].map((type) => CELLS.find((size) => this.fits(sample, type, size)) ?? CELLS.at(-1));
    }

    // The rows that the fullest of all spans shows.
    fullest() {
      const { state } = this;
      const { knowing } = this.data;
      if (state.mode === "sofar" && state.known !== THEN) return state.arrivals.rows;
      if (state.mode === "sofar") return knowing.rows(state.lastDay).filter((row) => state.passing[row]);
      const last = state.index.busiest();
      const [first] = bordermap.clock.span(last, state.mode, state.window, state.firstDay);
      const met = state.index.meeting(first, last);
      const known = state.known === THEN ? last : state.knownDay;
      return state.index.found.slice(0, met).filter((row) => state.passing[row] && knowing.holds(row, known));
    }

    fits(rows, type, size) {
      const keys = new Set();
      for (const row of rows) {
        const key = this.key(row, size, size);
        if (key >= 0 && (this.type === ARROW) === (type === ARROW)) keys.add(key);
        if (keys.size > MOST[type]) return false;
      }
      return true;
    }

    // What rows must share to be counted together; OUT for one that is not in view. Leaves its type and ends behind.
    key(row, arrowCell, pointCell) {
      const { data, view } = this;
      const mark = data.events.mark[row];
      if (mark === 0) return OUT;
      const look = data.events.layer[row] * STANDINGS + standing(data.events, row);
      const { scale, left, top } = view;
      if (mark === 2 || mark === 3) {
        ended(this, data, view, row);
        this.type = ARROW;
        if (!seen(this.x0, this.y0, this.x1, this.y1, view)) return OUT;
        return (cell(this.x0, this.y0, arrowCell) * 2 ** 20 + cell(this.x1, this.y1, arrowCell)) * LOOKS + look * 2;
      }
      this.type = mark === 1 ? POINT : AREA;
      this.x0 = this.x1 = data.x[data.spot[row]] * scale - left;
      this.y0 = this.y1 = data.y[data.spot[row]] * scale - top;
      if (mark === 1 && !seen(this.x0, this.y0, this.x0, this.y0, view)) return OUT;
      return cell(this.x0, this.y0, pointCell) * LOOKS + look * 2 + 1;
    }

    place(row) {
      const [arrows, points] = this.sizes;
      const key = this.key(row, arrows, points);
      this.slotOf[row] = key < 0 ? OUT : this.slots.of(key, this.type === ARROW ? ARROW : POINT, this.data.events.layer[row]);
      return this.slotOf[row];
    }

    // Take up the rows shown from the given place on.
    count(begin) {
      const { state, slots, data } = this;
      if (begin === 0) {
        slots.empty();
        this.total = 0;
        this.within = []; // the rows in view
        this.areas = new Map();
      }
      const { shown, shownCount } = state;
      this.rowsBySlot = null;
      for (let at = begin; at < shownCount; at++) {
        const row = shown[at];
        const slot = this.slotOf[row] || this.place(row);
        if (slot < 0) continue;
        const mark = slots.counting(slot, row);
        this.total++;
        this.within.push(row);
        dispute(mark, data.events.disputed[row]);
        ended(this, data, this.view, row);
        const sum = slots.sums[slot - 1];
        sum[0] += this.x0;
        sum[1] += this.y0;
        sum[2] += this.x1;
        sum[3] += this.y1;
        this.strengthen(row, mark);
        if (data.events.mark[row] === 4) this.areas.set(data.events.shape[row] * 4 + mark.layer, row);
      }
    }

    // A mark is as strong as the strongest that it counts.
    strengthen(row, mark) {
      if (mark.strength < 1) mark.strength = Math.max(mark.strength, this.state.strength(row));
    }

    // So far: going forward takes up what is new, and what the days gone through hold, which may have become surer.
    grow() {
      const { state } = this;
      if (this.taken < 0 || state.day < this.day) {
        this.count(0);
      } else {
        const met = state.index.meeting(Math.min(this.day + 1, state.day), state.day);
        for (let at = 0; at < met; at++) {
          const slot = this.slotOf[state.index.found[at]];
          if (slot > 0 && this.slots.marks[slot - 1].count) this.strengthen(state.index.found[at], this.slots.marks[slot - 1]);
        }
        this.count(this.taken);
      }
      this.taken = state.shownCount;
      this.day = state.day;
    }

    marks() {
      const arrows = [];
      const points = [];
      for (const slot of this.slots.used) {
        const mark = this.slots.marks[slot - 1];
        const sum = this.slots.sums[slot - 1];
        mark.x0 = sum[0] / mark.count;
        mark.y0 = sum[1] / mark.count;
        mark.x1 = sum[2] / mark.count;
        mark.y1 = sum[3] / mark.count;
        if (mark.type === ARROW) {
          const short = Math.max(0, LEAST - Math.hypot(mark.x1 - mark.x0, mark.y1 - mark.y0)) / 2;
          mark.x0 -= short;
          mark.x1 += short;
          mark.gx = NaN;
          bend(mark);
          arrows.push(mark);
        } else {
          mark.x = mark.anchorX = mark.x0 + (mark.layer - 1.5) * BESIDE;
          mark.y = mark.anchorY = mark.y0;
          points.push(mark);
        }
      }
      const areas = [...this.areas.values()].map((row) => {
        const mark = bordermap.layout.markOf(AREA, this.data.events.layer[row], row, this.state.strength(row));
        mark.shape = this.data.events.shape[row];
        return mark;
      });
      return { arrows, points, areas };
    }

    // The rows that a mark counts; those of all marks are sorted out when the first is asked for.
    rowsOf(mark) {
      if (!this.rowsBySlot) {
        this.rowsBySlot = new Map(this.slots.used.map((slot) => [slot, []]));
        for (const row of this.within) this.rowsBySlot.get(this.slotOf[row]).push(row);
      }
      return this.rowsBySlot.get(mark.slot) ?? [];
    }
  }

  return { Crowd };
})();
