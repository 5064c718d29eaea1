// Which sources speak of a day and which came out on it, so that no report is told from no movement.
"use strict";

bordermap.reports = (() => {
  const { BY, NO_DAY, SINCE } = bordermap.clock;

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

  // By day from the collection's first: how many sources speak of it, and how many reports came out on it, of
  // those known. A source is one root; a report is one root's on one day.
  function byDay(data, state) {
    const { events } = data;
    const days = state.lastDay - state.firstDay + 1;
    const speak = counter(days, data.rootCount);
    const came = counter(days, data.rootCount);
    for (let claim = 0; claim < events.claim_root.length; claim++) {
      const root = events.claim_root[claim];
      const reported = events.claim_reported[claim];
      if (reported > state.knownDay) continue;
      came.add(root, reported - state.firstDay, reported - state.firstDay);
      const [first, last] = daysOf(events, claim) ?? [0, -1];
      speak.add(root, first - state.firstDay, last - state.firstDay);
    }
    return { speak: speak.counts, came: came.counts };
  }

  // Counts each root once a day.
  function counter(days, roots) {
    const counts = new Int32Array(days);
    const seen = new Uint8Array(days * roots);
    return {
      counts,
      add(root, first, last) {
        for (let day = Math.max(0, first); day <= Math.min(days - 1, last); day++) {
          const at = day * roots + root;
          if (seen[at]) continue;
          seen[at] = 1;
          counts[day]++;
        }
      },
    };
  }

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

  return { byDay, speaking, lastDay };
})();
