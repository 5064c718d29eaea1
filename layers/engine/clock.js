// The clock: how strongly each event is on the map of a day. The same rule as layers/clock.py.
"use strict";
globalThis.bordermap ??= {};

bordermap.clock = (() => {
  const FAINT = 0.25;
  const BY_DAYS = 7;
  const NO_DAY = -2147483648;
  const [ON, THROUGHOUT, SINCE, BY] = [0, 1, 2, 3];
  const LONG = 40;

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

  // Which events can be shown on which day: found without looking at the others.
  class DayIndex {
    constructor(start, end, kind, firstDay, lastDay) {
      const count = start.length;
      const days = lastDay - firstDay + 1;
      this.firstDay = firstDay;
      this.lastDay = lastDay;
      this.from = new Int32Array(count);
      this.to = new Int32Array(count);
      const sizes = new Int32Array(days + 1);
      const long = [];
      for (let event = 0; event < count; event++) {
        const last = end[event];
        let first = start[event] === NO_DAY ? last : start[event];
        if (kind[event] === BY) first = last - BY_DAYS;
        this.from[event] = first;
        this.to[event] = last;
        if (last === NO_DAY || kind[event] > BY) continue;
        if (last - first >= LONG) {
          long.push(event);
          continue;
        }
        const stop = Math.min(last, lastDay);
        for (let day = Math.max(first, firstDay); day <= stop; day++) sizes[day - firstDay + 1]++;
      }
      for (let day = 0; day < days; day++) sizes[day + 1] += sizes[day];
      this.offsets = sizes;
      this.events = new Int32Array(sizes[days]);
      const next = sizes.slice();
      for (let event = 0; event < count; event++) {
        const last = this.to[event];
        if (last === NO_DAY || kind[event] > BY || last - this.from[event] >= LONG) continue;
        const stop = Math.min(last, lastDay);
        for (let day = Math.max(this.from[event], firstDay); day <= stop; day++) {
          this.events[next[day - firstDay]++] = event;
        }
      }
      this.long = Int32Array.from(long);
      this.seen = new Int32Array(count);
      this.stamp = 0;
      this.found = new Int32Array(count);
    }

    // Fill this.found with the events that meet the span, ascending; returns how many.
    meeting(first, last) {
      const { found, from, to, seen, offsets } = this;
      let count = 0;
      const stamp = ++this.stamp;
      const begin = Math.max(first, this.firstDay);
      const stop = Math.min(last, this.lastDay);
      for (let day = begin; day <= stop; day++) {
        for (let at = offsets[day - this.firstDay]; at < offsets[day - this.firstDay + 1]; at++) {
          const event = this.events[at];
          if (seen[event] === stamp) continue;
          seen[event] = stamp;
          found[count++] = event;
        }
      }
      const sorted = begin === stop && this.long.length === 0;
      for (const event of this.long) {
        if (from[event] <= last && to[event] >= first) found[count++] = event;
      }
      if (!sorted) found.subarray(0, count).sort();
      return count;
    }
  }

  return { span, strength, DayIndex, NO_DAY, ON, THROUGHOUT, SINCE, BY };
})();
