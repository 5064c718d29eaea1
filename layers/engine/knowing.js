// Which versions of events are what is known on a day, and which are changed from one day to another.
"use strict";

bordermap.knowing = (() => {
  const NEVER = 2147483647; // after every day, on which a version is known that no later one follows

  class Knowing {
    constructor({ events, rows, count, versionsAt }) {
      Object.assign(this, { since: events.known_from, until: new Int32Array(rows).fill(NEVER), first: new Int32Array(count), versionsAt });
      for (let event = 0; event < count; event++) {
        let next = event;
        for (let row = versionsAt[event + 1] - 1; row >= versionsAt[event]; next = row--) this.until[row] = this.since[next];
        this.first[event] = this.since[next];
      }
    }

    holds(row, day) {
      return this.since[row] <= day && day < this.until[row];
    }

    // The row of what was known of an event by a day; -1 where nothing was.
    rowOf(event, day) {
      if (this.holds(event, day)) return event;
      for (let row = this.versionsAt[event + 1] - 1; row >= this.versionsAt[event]; row--) if (this.since[row] <= day) return row;
      return -1;
    }

    // All rows that hold on a day, ascending.
    rows(day) {
      const { since, until } = this;
      const found = new Int32Array(this.first.length);
      let count = 0;
      for (let row = 0; row < since.length; row++) if (since[row] <= day && day < until[row]) found[count++] = row;
      return found.subarray(0, count);
    }

    // The days behind one on which something came to be known, and the last, ascending.
    daysBehind(day, last) {
      const days = new Set(last > day ? [last] : []);
      for (const since of this.since) if (since > day) days.add(since);
      return [...days].sort((one, other) => one - other);
    }

    // Go from what is known on a day to what is known on another: the rows that no longer hold, and those that do now.
    change(before, now, going, coming) {
      const [low, high] = before < now ? [before, now] : [now, before];
      const [older, newer] = before < now ? [going, coming] : [coming, going];
      for (const row of within(this.bySince ??= ordered(this.since), this.since, low, high)) if (this.until[row] > high) newer(row);
      for (const row of within(this.byUntil ??= ordered(this.until), this.until, low, high)) if (this.since[row] <= low) older(row);
    }
  }

  const ordered = (days) => Int32Array.from(days, (_, row) => row).sort((one, other) => days[one] - days[other] || one - other);

  // The rows whose day is after `low` and not after `high`, of rows in the order of their days.
  function within(rows, days, low, high) {
    const behind = (day) => {
      let [from, to] = [0, rows.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (days[rows[middle]] <= day) from = middle + 1;
        else to = middle;
      }
      return from;
    };
    return rows.subarray(behind(low), behind(high));
  }

  return { Knowing, NEVER };
})();
