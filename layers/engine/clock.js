// The clock: how strongly each event is on the map of a day. The same rule as claims/clock.py.
"use strict";
globalThis.bordermap ??= {};

bordermap.clock = (() => {
  const FAINT = 0.25;
  const BY_DAYS = 7;
  const NO_DAY = -2147483648;
  const [ON, THROUGHOUT, SINCE, BY] = [0, 1, 2, 3];
  const LONG = 40; // a row of so many days is kept by itself rather than on each
  const SORTED = 5000;

  // The first and last day of the span that a mode shows on a day; `opens` is the collection's first.
  function span(day, mode, window, opens = NO_DAY + 1) {
    if (mode === "window") return [Math.max(day - window + 1, opens), day];
    if (mode === "sofar") return [opens, day];
    return [day, day];
  }

  // Strength from 0 to 1 of an event on the span first..last; days are counted from 1970-01-01.
  function strength(start, end, kind, first, last) {
    if (end === NO_DAY) return 0;
    const begin = start === NO_DAY ? end : start;
    if (kind === BY) {
      if (first <= end && end <= last) return 1;
      return end - BY_DAYS <= last && first <= end ? FAINT : 0;
    }
    const overlap = Math.min(end, last) - Math.max(begin, first) + 1;
    if (overlap <= 0) return 0;
    if (kind === ON) return overlap / (end - begin + 1);
    return kind === THROUGHOUT || kind === SINCE ? 1 : 0;
  }

  // The days on which a row can be shown, as `from` to `to`; what has no day has no `to`.
  function extent(start, end, kind) {
    const count = start.length;
    const from = new Int32Array(count);
    const to = new Int32Array(count).fill(NO_DAY);
    for (let row = 0; row < count; row++) {
      if (end[row] === NO_DAY || kind[row] > BY) continue;
      to[row] = end[row];
      from[row] = kind[row] === BY ? end[row] - BY_DAYS : start[row] === NO_DAY ? end[row] : start[row];
    }
    return { from, to };
  }

  // Which rows can be shown on which day: found without looking at the others.
  class DayIndex {
    // `rows` are those to be found, ascending; `from` and `to` are of all rows.
    constructor({ from, to }, rows, firstDay, lastDay) {
      const days = lastDay - firstDay + 1;
      Object.assign(this, { from, to, firstDay, lastDay });
      const sizes = new Int32Array(days + 1);
      const long = [];
      for (const row of rows) {
        if (to[row] < firstDay || from[row] > lastDay) continue; // NO_DAY is before every day
        const begin = Math.max(from[row], firstDay);
        if (to[row] - from[row] >= LONG) {
          long.push(row);
          continue;
        }
        const stop = Math.min(to[row], lastDay);
        for (let day = begin; day <= stop; day++) sizes[day - firstDay + 1]++;
      }
      for (let day = 0; day < days; day++) sizes[day + 1] += sizes[day];
      this.offsets = sizes;
      this.rows = new Int32Array(sizes[days]);
      const next = sizes.slice();
      for (const row of rows) {
        if (to[row] < firstDay || from[row] > lastDay || to[row] - from[row] >= LONG) continue;
        const stop = Math.min(to[row], lastDay);
        for (let day = Math.max(from[row], firstDay); day <= stop; day++) this.rows[next[day - firstDay]++] = row;
      }
      this.long = Int32Array.from(long);
      this.seen = new Int32Array(from.length);
      this.stamp = 0;
      this.found = new Int32Array(rows.length);
    }

    // Fill this.found with the rows that meet the span; returns how many. Few are ascending, many by day.
    meeting(first, last) {
      const { found, from, to, seen, offsets } = this;
      let count = 0;
      const stamp = ++this.stamp;
      const begin = Math.max(first, this.firstDay);
      const stop = Math.min(last, this.lastDay);
      for (let day = begin; day <= stop; day++) {
        for (let at = offsets[day - this.firstDay]; at < offsets[day - this.firstDay + 1]; at++) {
          const row = this.rows[at];
          if (seen[row] === stamp) continue;
          seen[row] = stamp;
          found[count++] = row;
        }
      }
      const sorted = begin === stop && this.long.length === 0;
      for (const row of this.long) {
        if (from[row] <= last && to[row] >= first) found[count++] = row;
      }
      if (!sorted && count <= SORTED) found.subarray(0, count).sort();
      return count;
    }

    // The day on which most rows can be shown.
    busiest() {
      let best = 0;
      for (let day = 1; day + 1 < this.offsets.length; day++) {
        if (this.offsets[day + 1] - this.offsets[day] > this.offsets[best + 1] - this.offsets[best]) best = day;
      }
      return this.firstDay + best;
    }
  }

  // Rows in the order in which "so far" takes them up: what is shown on a day is the list's beginning.
  class Arrivals {
    // `tallies` are columns of small numbers, of which each day knows how many rows had which.
    constructor({ from, to }, rows, passing, firstDay, lastDay, tallies) {
      const days = lastDay - firstDay + 1;
      const sizes = new Int32Array(days + 1);
      const begun = new Int32Array(days + 1);
      const within = (row) => to[row] >= firstDay && from[row] <= lastDay;
      const onMap = (row) => passing[row] && within(row);
      const dayOf = (row) => Math.max(from[row], firstDay) - firstDay;
      for (const row of rows) if (within(row)) begun[dayOf(row) + 1]++;
      for (const row of rows) if (onMap(row)) sizes[dayOf(row) + 1]++;
      for (let day = 0; day < days; day++) {
        sizes[day + 1] += sizes[day];
        begun[day + 1] += begun[day];
      }
      this.begun = begun; // how many rows, those that do not pass among them, have begun before a day, counted from the first
      this.firstDay = firstDay;
      this.offsets = sizes;
      this.rows = new Int32Array(sizes[days]);
      const next = sizes.slice();
      for (const row of rows) if (onMap(row)) this.rows[next[dayOf(row)]++] = row;
      this.tallies = Object.entries(tallies).map(([name, { column, size }]) => {
        const counts = new Int32Array((days + 1) * size);
        for (let day = 0; day < days; day++) {
          counts.copyWithin((day + 1) * size, day * size, (day + 1) * size);
          for (let at = sizes[day]; at < sizes[day + 1]; at++) counts[(day + 1) * size + column[this.rows[at]]]++;
        }
        return { name, size, counts };
      });
    }

    // How many rows have arrived by the end of a day.
    count(day) {
      return this.offsets[day - this.firstDay + 1];
    }

    // How many of them have each number of a tally.
    tally(name, day) {
      const { size, counts } = this.tallies.find((tally) => tally.name === name);
      const at = (day - this.firstDay + 1) * size;
      return counts.subarray(at, at + size);
    }
  }

  return { span, strength, extent, DayIndex, Arrivals, NO_DAY, BY_DAYS, ON, SINCE, BY };
})();
