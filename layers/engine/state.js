// What the reader has chosen, which events that shows, and who is told when it changes.
"use strict";

bordermap.state = (() => {
  const MODES = ["day", "window", "sofar"];
  const THEMES = ["auto", "light", "dark"];
  const ALWAYS = 2147483646; // after every report, before what knowing.js calls never
  const THEN = "day"; // as known on the day that is shown
  const FILTERS = ["layers", "kinds", "status", "certainty", "disputed", "atLeast", "sides", "actors"];
  const FAILS = Object.fromEntries(FILTERS.map((name, at) => [name, 1 << at]));
  const { isMade } = bordermap.standing;
  const STATUSES = bordermap.standing.STATUSES.length;

  const equal = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
  const copied = (choice) => (Array.isArray(choice) ? choice.slice() : choice);

  // An event is one of the collection's; a row is a version of it: what was known of it for a time.
  class State {
    constructor(data) {
      const { facts } = data;
      const { dayOf } = bordermap.words;
      this.data = data;
      this.longestWindow = facts.window.longest;
      this.firstDay = dayOf(facts.first_day);
      this.lastDay = dayOf(facts.last_day);
      this.lastKnown = Math.max(this.lastDay, dayOf(facts.last_reported ?? facts.last_day));
      this.listeners = [];
      this.filtered = 0;
      this.turn = 0;
      this.defaults = {
        day: dayOf(facts.opening_day), mode: "day", window: facts.window.opening, known: null, event: -1, missing: "", view: null, story: -1,
        layers: facts.layers_shown.map(Boolean), kinds: new Array(6).fill(true), status: new Array(6).fill(true),
        certainty: new Array(7).fill(true), disputed: new Array(5).fill(true), atLeast: 1, sides: null, actors: null,
        language: "en", theme: "auto",
      };
      for (const [name, choice] of Object.entries(this.defaults)) this[name] = copied(choice);
      this.begin();
      this.know();
      this.filter();
    }

    // What is kept of the data's rows.
    begin() {
      const { data, data: { events } } = this;
      this.extent = bordermap.clock.extent(events.start, events.end, events.date_kind);
      this.judged = 0; // so many rows are known to pass or not
      this.seen = new Uint8Array(data.sources.outlet.length);
      this.passing = new Uint8Array(data.rows).fill(1);
      this.switched = new Uint8Array(data.rows); // rows that would pass, were their layer on
      this.found = new Int32Array(data.count);
      this.whole = this.indexOf(data.count); // of all that is known
      this.versions = null;
    }

    // Listeners are called with the set of what changed: day, mode, known, filters, event, missing (the event that a link asks
    // for and that is not here), view, language, theme, story.
    onChange(listener) {
      this.listeners.push(listener);
    }

    tell(changed) {
      for (const listener of this.listeners) listener(changed);
    }

    set(choice) {
      const wanted = this.sound(choice);
      const changed = new Set();
      for (const [name, chosen] of Object.entries(wanted)) {
        if (equal(chosen, this[name])) continue;
        this[name] = chosen;
        if (FILTERS.includes(name)) changed.add("filters");
        else changed.add(name === "window" ? "mode" : name);
      }
      if (changed.size === 0) return;
      if (changed.has("mode")) changed.add("day");
      if (changed.has("known") || this.knownDay !== this.knownOn()) {
        changed.add("known");
        this.know();
        if (changed.has("filters")) this.filter();
        else this.step();
      } else if (changed.has("filters")) this.filter();
      else if (changed.has("day")) this.step();
      this.tell(changed);
    }

    // Choices within their bounds; what is no choice is passed over.
    sound(choice) {
      const wanted = {};
      for (const name of Object.keys(this.defaults)) if (name in choice) wanted[name] = copied(choice[name]);
      if ("day" in wanted) wanted.day = Math.max(this.firstDay, Math.min(this.lastDay, wanted.day));
      if ("known" in wanted && typeof wanted.known === "number") {
        wanted.known = Math.max(this.firstDay, Math.min(this.lastKnown, wanted.known));
      }
      if (wanted.event >= 0) wanted.missing = "";
      if ("mode" in wanted && !MODES.includes(wanted.mode)) delete wanted.mode;
      if ("theme" in wanted && !THEMES.includes(wanted.theme)) delete wanted.theme;
      if ("window" in wanted) {
        if (wanted.window >= 1) wanted.window = Math.min(this.longestWindow, Math.round(wanted.window));
        else delete wanted.window;
      }
      return wanted;
    }

    // The last day whose reports count.
    knownOn() {
      return this.known === null ? ALWAYS : this.known === THEN ? this.day : this.known;
    }

    indexOf(rows) {
      return new bordermap.clock.DayIndex(this.extent, numbers(rows), this.firstDay, this.lastDay);
    }

    // Take up which version of each event was known. Rows are found by day among those of all versions, and are looked
    // at whether they hold: so a step of this clock costs no more than one of the other.
    know() {
      const { data } = this;
      this.knownDay = this.knownOn();
      this.held = null;
      this.arrivals = null;
      this.index = this.knownDay === ALWAYS ? this.whole : (this.versions ??= this.indexOf(data.rows));
    }

    // The rows of what is known of all events, ascending.
    get rows() {
      return (this.held ??= this.data.knowing.rows(this.knownDay));
    }

    // The row of what is known of an event; -1 where nothing is, or where there is none.
    rowOf(event) {
      return event < 0 ? -1 : this.data.knowing.rowOf(event, this.knownDay);
    }

    // Which filters a row fails, as bits of FAILS.
    failing(row) {
      const { data: { events, actorsAt, sideOf }, actors, sides } = this;
      let failed = 0;
      if (!this.layers[events.layer[row]]) failed |= FAILS.layers;
      if (!this.kinds[events.kind[row]]) failed |= FAILS.kinds;
      if (!this.certainty[events.certainty[row]]) failed |= FAILS.certainty;
      if (rootsOf(this.data, row) < this.atLeast) failed |= FAILS.atLeast;
      if (!(events.statuses[row] & this.statusMask)) failed |= FAILS.status;
      if (!this.disputedHolds(events.disputed[row])) failed |= FAILS.disputed;
      if (actors === null && sides === null) return failed;
      let [byActor, bySide] = [actors === null, sides === null];
      for (let at = actorsAt[row]; at < actorsAt[row + 1]; at++) {
        byActor ||= actors.includes(events.actor[at]);
        bySide ||= sides.includes(sideOf[events.actor[at]]);
      }
      return failed | (byActor ? 0 : FAILS.actors) | (bySide ? 0 : FAILS.sides);
    }

    disputedHolds(bits) {
      if (bits === 0) return this.disputed[4];
      for (let what = 0; what < 4; what++) if (this.disputed[what] && (bits >> (2 * what)) & 3) return true;
      return false;
    }

    filter() {
      this.statusMask = this.status.reduce((mask, on, status) => mask | (on ? 1 << status : 0), 0);
      this.judged = 0;
      this.arrivals = null;
      this.filtered++; // what was found out about the rows that pass no longer holds
      this.step();
    }

    // Whether the reader has narrowed what the layer switches show.
    narrowed() {
      return FILTERS.filter((name) => name !== "layers" && !equal(this[name], this.defaults[name])).length;
    }

    span() {
      return bordermap.clock.span(this.day, this.mode, this.window, this.firstDay);
    }

    // How strongly a row is on the map of the days shown.
    strength(row) {
      const { start, end, date_kind: kind } = this.data.events;
      return bordermap.clock.strength(start[row], end[row], kind[row], this.first, this.last);
    }

    // Find the rows that are shown: `shown`, of which the first `shownCount` count. What is unplaced is shown in the list alone.
    step() {
      [this.first, this.last] = this.span();
      this.judge(this.knownDay === ALWAYS ? this.data.count : this.data.rows);
      if (this.mode === "sofar" && this.known !== THEN) this.takeArrivals();
      else this.meet();
      this.unknown = this.unknownYet();
      this.turn++; // what was laid out of the rows that were shown no longer holds
    }

    // Look at rows, up to so many, whether they pass the filters; earlier versions are only asked for by the second clock.
    judge(rows) {
      for (; this.judged < rows; this.judged++) {
        const failed = this.failing(this.judged);
        this.passing[this.judged] = failed === 0 ? 1 : 0;
        this.switched[this.judged] = failed & ~FAILS.layers ? 0 : 1;
      }
    }

    takeArrivals() {
      if (!this.arrivals) {
        const { layer, status, disputed } = this.data.events;
        const arriving = (rows, tallies) =>
          new bordermap.clock.Arrivals(this.extent, this.rows, rows, this.firstDay, this.lastDay, tallies);
        this.arrivals = arriving(this.passing, { disputed: { column: disputed.map((bits) => (bits ? 1 : 0)), size: 2 } });
        const column = layer.map((of, row) => of * STATUSES + status[row]);
        this.arrivalsSwitched = arriving(this.switched, { statuses: { column, size: 4 * STATUSES } });
      }
      this.shown = this.arrivals.rows;
      this.shownCount = this.arrivals.count(this.day);
      this.met = this.arrivals.begun[this.day - this.firstDay + 1];
      this.tallied = this.arrivalsSwitched.tally("statuses", this.day);
      this.shownDisputed = this.arrivals.tally("disputed", this.day)[1];
    }

    meet() {
      const { layer, status, disputed } = this.data.events;
      const { knowing } = this.data;
      const candidates = this.index.meeting(this.first, this.last);
      const tallied = new Int32Array(4 * STATUSES);
      let [met, count, contested] = [0, 0, 0];
      for (let at = 0; at < candidates; at++) {
        const row = this.index.found[at];
        if (!knowing.holds(row, this.knownDay)) continue;
        met++;
        if (this.switched[row]) tallied[layer[row] * STATUSES + status[row]]++;
        if (!this.passing[row]) continue;
        this.found[count++] = row;
        if (disputed[row]) contested++;
      }
      Object.assign(this, { met, shown: this.found, shownCount: count, tallied, shownDisputed: contested });
    }

    // How many events of some layers, on or off, the days hold and the other filters let pass: `made` are told to
    // have happened; `unmade` are not, by the statuses that they have.
    tally(layers) {
      const counts = Array.from({ length: STATUSES }, (_, status) =>
        layers.reduce((sum, layer) => sum + this.tallied[layer * STATUSES + status], 0));
      const sum = (some) => some.reduce((total, count) => total + count, 0);
      const statuses = counts.flatMap((count, status) => (count && !isMade(status) ? [status] : []));
      const made = sum(counts.filter((_, status) => isMade(status)));
      return { made, unmade: sum(counts) - made, statuses };
    }

    // The same of what is shown.
    tallyShown() {
      return this.tally([0, 1, 2, 3].filter((layer) => this.layers[layer]));
    }

    // The rows that the days hold, whatever passes.
    metRows() {
      const met = this.index.meeting(this.first, this.last);
      return this.index.found.subarray(0, met).filter((row) => this.data.knowing.holds(row, this.knownDay));
    }

    // How many events of these days nobody had reported by then.
    unknownYet() {
      if (this.knownDay === ALWAYS) return 0;
      if (this.mode === "sofar") return this.untold()[this.day - this.firstDay];
      const { whole, knownDay, data } = this;
      const met = whole.meeting(this.first, this.last);
      let count = 0;
      for (let at = 0; at < met; at++) if (data.knowing.first[whole.found[at]] > knownDay) count++;
      return count;
    }

    // By day, of the events that have begun, how many nobody has reported: by that day, or by the one that is chosen.
    untold() {
      if (this.untoldOn === this.known) return this.untoldCounts;
      const { firstDay, lastDay, known, extent } = this;
      const { first } = this.data.knowing;
      const counts = new Int32Array(lastDay - firstDay + 2);
      for (let event = 0; event < first.length; event++) {
        if (extent.to[event] < firstDay || extent.from[event] > lastDay) continue;
        const begin = Math.max(extent.from[event], firstDay);
        const until = known === THEN ? first[event] : first[event] > known ? lastDay + 1 : begin;
        if (until <= begin) continue;
        counts[begin - firstDay]++;
        counts[Math.min(until, lastDay + 1) - firstDay]--;
      }
      for (let day = 1; day < counts.length; day++) counts[day] += counts[day - 1];
      Object.assign(this, { untoldOn: known, untoldCounts: counts });
      return counts;
    }

    // What the dashboard writes above the map; found once for what is shown, and so far only of what is new.
    figures() {
      const { data, knownDay, shown, shownCount } = this;
      const shows = [this.filtered, knownDay, this.mode, this.first, this.last].join(" ");
      if (this.figured?.shows !== shows) {
        const goesOn = this.figured && shown === this.figured.shown && shown === this.arrivals?.rows && this.figured.upTo <= shownCount;
        this.figured = goesOn ? this.figured : { shown, upTo: 0, claims: 0, sources: 0 };
        if (!goesOn) this.seen.fill(0);
        this.figured.shows = shows;
        while (this.figured.upTo < shownCount) this.figure(this.figured, shown[this.figured.upTo++]);
      }
      return { events: shownCount, of: data.count, claims: this.figured.claims, sources: this.figured.sources, disputed: this.shownDisputed, unmade: this.tallyShown().unmade };
    }

    figure(found, row) {
      const { seen, knownDay, data } = this;
      const { claim_reported: reported, claim_source: source } = data.events;
      const event = data.eventOf(row);
      for (let claim = data.claimsAt[event]; claim < data.claimsAt[event + 1]; claim++) {
        if (reported[claim] > knownDay) continue;
        found.claims++;
        if (seen[source[claim]]) continue;
        seen[source[claim]] = 1;
        found.sources++;
      }
    }
  }

  const numbers = (count) => Int32Array.from({ length: count }, (_, at) => at);

  // How many independent sources an event has for the filter: what rests on retracted reports alone has none that
  // stands, and is not hidden for that.
  const rootsOf = ({ events }, row) => Math.max(1, events.n_roots[row]);

  return { State, MODES, THEMES, THEN, ALWAYS, FAILS, rootsOf };
})();
