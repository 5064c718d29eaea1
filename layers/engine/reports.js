// Which sources speak of a day and which came out on it, so that no report is told from no movement.
"use strict";

bordermap.reports = (() => {
  const { BY, NO_DAY, SINCE } = bordermap.clock;
  const { NEVER } = bordermap.knowing;

  // What has no end was last seen when it was reported.
  function lastDay({ claim_start: start, claim_end: end, claim_date_kind: kind, claim_reported: reported }, claim) {
    return end[claim] === NO_DAY && start[claim] !== NO_DAY && kind[claim] === SINCE ? reported[claim] : end[claim];
  }

  // The first and last day of which a claim speaks, as far as they are said; null where none is.
  function daysOf(events, claim) {
    const { claim_start: start, claim_date_kind: kind } = events;
    const last = lastDay(events, claim);
    if (kind[claim] > BY || last === NO_DAY) return null;
    return [kind[claim] === BY || start[claim] === NO_DAY ? last : start[claim], last];
  }

  // By day from the collection's first: how many sources speak of it, and how many reports came out on it, of those
  // known on a day. A source is one root; a report is one root's on one day.
  class Reports {
    constructor({ events, rootCount: roots }, { firstDay, lastDay }) {
      const days = lastDay - firstDay + 1;
      const since = new Int32Array(days * roots).fill(NEVER); // from when a root is known to speak of a day
      const out = new Uint8Array(days * roots);
      for (let claim = 0; claim < events.claim_root.length; claim++) {
        const root = events.claim_root[claim];
        const reported = events.claim_reported[claim];
        if (reported >= firstDay && reported <= lastDay) out[(reported - firstDay) * roots + root] = 1;
        const [first, last] = daysOf(events, claim) ?? [0, -1];
        for (let day = Math.max(first, firstDay); day <= Math.min(last, lastDay); day++) {
          const at = (day - firstDay) * roots + root;
          if (reported < since[at]) since[at] = reported;
        }
      }
      Object.assign(this, { firstDay, days, turn: 0, speak: new Int32Array(days), turns: turnsOf(since, roots, days) });
      this.out = new Int32Array(days);
      for (let at = 0; at < out.length; at++) this.out[Math.floor(at / roots)] += out[at];
    }

    // Go to what is known on a day: each root that is known to speak of a day, from when on, is a turn.
    on(known) {
      const { turns, days, speak } = this;
      for (; this.turn < turns.length && Math.floor(turns[this.turn] / days) <= known; this.turn++) speak[dayIn(turns[this.turn], days)]++;
      for (; this.turn > 0 && Math.floor(turns[this.turn - 1] / days) > known; this.turn--) speak[dayIn(turns[this.turn - 1], days)]--;
      return { speak, came: this.out.slice().fill(0, Math.max(0, known - this.firstDay + 1)) };
    }
  }

  // A number for each day that a root speaks of, of the day from which that is known and of that day; in their order.
  function turnsOf(since, roots, days) {
    const turns = new Float64Array(since.reduce((count, day) => count + (day < NEVER), 0));
    let next = 0;
    for (let at = 0; at < since.length; at++) if (since[at] < NEVER) turns[next++] = since[at] * days + Math.floor(at / roots);
    return turns.sort();
  }

  const dayIn = (turn, days) => turn - Math.floor(turn / days) * days;

  // How many sources speak of the days shown.
  function speaking(data, state) {
    const { events } = data;
    const roots = new Set();
    for (let claim = 0; claim < events.claim_root.length; claim++) {
      if (events.claim_reported[claim] > state.knownDay) continue;
      const [first, last] = daysOf(events, claim) ?? [0, -1];
      if (first <= state.last && last >= state.first) roots.add(events.claim_root[claim]);
    }
    return roots.size;
  }

  return { Reports, speaking, lastDay };
})();
