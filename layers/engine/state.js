// What the reader has chosen, which events that shows, and who is told when it changes.
"use strict";

bordermap.state = (() => {
  const MODES = ["day", "window", "sofar"];
  const THEMES = ["auto", "light", "dark"];
  const ALWAYS = 2147483647;
  const THEN = "day"; // as known on the day that is shown
  const FILTERS = ["layers", "kinds", "status", "certainty", "disputed", "atLeast", "sides", "actors"];
  const FAILS = Object.fromEntries(FILTERS.map((name, at) => [name, 1 << at]));
  const STATUSES = 6;
  const UNMADE = 2; // statuses from here on deny, plan, ask for or refuse what those before tell of

  const equal = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
  const copied = (choice) => (Array.isArray(choice) ? choice.slice() : choice);

  // An event is one of the collection's; a row is a version of it: what was known of it for a time.
  class State {
    constructor(data) {
      const { facts, events } = data;
      const { dayOf } = bordermap.words;
      this.data = data;
      this.longestWindow = facts.window.longest;
      this.firstDay = dayOf(facts.first_day);
      this.lastDay = dayOf(facts.last_day);
      this.lastKnown = Math.max(this.lastDay, dayOf(facts.last_reported ?? facts.last_day));
      this.extent = bordermap.clock.extent(events.start, events.end, events.date_kind);
      this.index = null;
      this.listeners = [];
      this.filtered = 0;
      this.defaults = {
        day: dayOf(facts.opening_day), mode: "day", window: facts.window.opening, known: null, event: -1, view: null, story: -1,
        layers: facts.layers_shown.map(Boolean), kinds: new Array(6).fill(true), status: new Array(6).fill(true),
        certainty: new Array(7).fill(true), disputed: new Array(5).fill(true), atLeast: 1, sides: null, actors: null,
        language: "en", theme: "auto",
      };
      for (const [name, choice] of Object.entries(this.defaults)) this[name] = copied(choice);
      this.passing = new Uint8Array(data.rows).fill(1);
      this.switched = new Uint8Array(data.rows); // rows that would pass, were their layer on
      this.found = new Int32Array(data.count);
      this.identity = Int32Array.from({ length: data.count }, (_, event) => event);
      this.know();
      this.filter();
    }

    // Listeners are called with the set of what changed: day, mode, known, filters, event, view, language, theme, story.
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
      if (this.knownDay !== this.knownOn()) {
        changed.add("known");
        this.know();
        this.filter();
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

    // Take of each event the version that was known; of one that nobody had reported yet, none.
    know() {
      const { data } = this;
      this.knownDay = this.knownOn();
      this.rowOf = this.knownDay === ALWAYS ? this.identity : data.versionsOn(this.knownDay);
      this.rows = this.rowOf === this.identity ? this.identity : this.rowOf.filter((row) => row >= 0).sort();
      this.index = new bordermap.clock.DayIndex(this.extent, this.rows, this.firstDay, this.lastDay);
      this.whole ??= this.index; // of all that is known
    }

    // Which filters a row fails, as bits of FAILS.
    failing(row) {
      const { data: { events, actorsAt, sideOf }, actors, sides } = this;
      let failed = 0;
      if (!this.layers[events.layer[row]]) failed |= FAILS.layers;
      if (!this.kinds[events.kind[row]]) failed |= FAILS.kinds;
      if (!this.certainty[events.certainty[row]]) failed |= FAILS.certainty;
      if (events.n_roots[row] < this.atLeast) failed |= FAILS.atLeast;
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
      for (const row of this.rows) {
        const failed = this.failing(row);
        this.passing[row] = failed === 0 ? 1 : 0;
        this.switched[row] = failed & ~FAILS.layers ? 0 : 1;
      }
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
      if (this.mode === "sofar") this.takeArrivals();
      else this.meet();
      this.unknown = this.unknownYet();
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
      this.met = this.index.arrived[this.day - this.firstDay + 1];
      this.tallied = this.arrivalsSwitched.tally("statuses", this.day);
      this.shownDisputed = this.arrivals.tally("disputed", this.day)[1];
    }

    meet() {
      const { layer, status, disputed } = this.data.events;
      const met = this.index.meeting(this.first, this.last);
      const tallied = new Int32Array(4 * STATUSES);
      let [count, contested] = [0, 0];
      for (let at = 0; at < met; at++) {
        const row = this.index.found[at];
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
      const statuses = counts.flatMap((count, status) => (count && status >= UNMADE ? [status] : []));
      return { made: sum(counts.slice(0, UNMADE)), unmade: sum(counts.slice(UNMADE)), statuses };
    }

    // The same of what is shown.
    tallyShown() {
      return this.tally([0, 1, 2, 3].filter((layer) => this.layers[layer]));
    }

    // The rows that the days hold, whatever passes.
    metRows() {
      return this.index.found.subarray(0, this.index.meeting(this.first, this.last));
    }

    // How many events of these days nobody had reported by then.
    unknownYet() {
      if (this.knownDay === ALWAYS) return 0;
      const { whole, rowOf } = this;
      const met = whole.meeting(this.first, this.last);
      let count = 0;
      for (let at = 0; at < met; at++) if (rowOf[whole.found[at]] < 0) count++;
      return count;
    }

    // What the dashboard writes above the map.
    figures() {
      const { data, knownDay } = this;
      const { events, claimsAt } = data;
      const sources = new Set();
      let claims = 0;
      for (let at = 0; at < this.shownCount; at++) {
        const event = data.eventOf(this.shown[at]);
        for (let claim = claimsAt[event]; claim < claimsAt[event + 1]; claim++) {
          if (events.claim_reported[claim] > knownDay) continue;
          claims++;
          sources.add(events.claim_source[claim]);
        }
      }
      return { events: this.shownCount, of: data.count, claims, sources: sources.size, disputed: this.shownDisputed, unmade: this.tallyShown().unmade };
    }
  }

  return { State, MODES, THEMES, THEN, ALWAYS, FAILS };
})();
