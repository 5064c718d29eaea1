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

  const speaksOf = (events, claim, { first, last }) => {
    const days = daysOf(events, claim);
    return days !== null && days[0] <= last && days[1] >= first;
  };

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
      Object.assign(this, { firstDay, days, turn: 0, speak: new Int32Array(days), ...speakersOf(since, roots, days) });
      this.turns = turnsOf(this);
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

    // How many sources are known on a day to speak of some days.
    speaking(first, last, known) {
      const { speakersAt, speaker, heard } = this;
      const found = new Set();
      for (let at = speakersAt[first - this.firstDay]; at < speakersAt[last - this.firstDay + 1]; at++) {
        if (heard[at] <= known) found.add(speaker[at]);
      }
      return found.size;
    }
  }

  // The roots that speak of each day, day after day, from when on each is known to, and where each day's begin.
  function speakersOf(since, roots, days) {
    const count = since.reduce((sum, day) => sum + (day < NEVER), 0);
    const [speakersAt, speaker, heard] = [days + 1, count, count].map((size) => new Int32Array(size));
    for (let day = 0, next = 0; day < days; day++) {
      for (let root = 0; root < roots; root++) {
        const from = since[day * roots + root];
        if (from === NEVER) continue;
        speaker[next] = root;
        heard[next++] = from;
      }
      speakersAt[day + 1] = next;
    }
    return { speakersAt, speaker, heard };
  }

  // A number for each day that a root speaks of, of the day from which that is known and of that day; in their order.
  function turnsOf({ speakersAt, heard, days }) {
    const turns = new Float64Array(heard.length);
    for (let day = 0; day < days; day++) {
      for (let at = speakersAt[day]; at < speakersAt[day + 1]; at++) turns[at] = heard[at] * days + day;
    }
    return turns.sort();
  }

  const dayIn = (turn, days) => turn - Math.floor(turn / days) * days;

  // Those of a page's collection, found once.
  const of = (data, state) => (data.reports ??= new Reports(data, state));

  // How many sources speak of the days shown.
  const speaking = (data, state) => of(data, state).speaking(state.first, state.last, state.knownDay);

  // The claims of no event that speak of the days shown.
  const loose = (data, state) => data.looseClaims(state.knownDay).filter((claim) => speaksOf(data.events, claim, state));

  return { of, speaking, loose, lastDay };
})();
