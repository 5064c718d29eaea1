// What the reader has chosen, which events that shows, and who is told when it changes.
"use strict";

bordermap.state = (() => {
  const MODES = ["day", "window", "sofar"];
  const THEMES = ["auto", "light", "dark"];
  const ALWAYS = 2147483647;
  const THEN = "day"; // as known on the day that is shown
  const FILTERS = ["layers", "kinds", "status", "certainty", "disputed", "atLeast", "sides", "actors"];

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

    passes(row, without) {
      const { events, actorsAt, sideOf } = this.data;
      if (without !== "layers" && !this.layers[events.layer[row]]) return false;
      if (without !== "kinds" && !this.kinds[events.kind[row]]) return false;
      if (without !== "certainty" && !this.certainty[events.certainty[row]]) return false;
      if (without !== "atLeast" && events.n_roots[row] < this.atLeast) return false;
      if (without !== "status" && !(events.statuses[row] & this.statusMask)) return false;
      if (without !== "disputed" && !this.disputedHolds(events.disputed[row])) return false;
      const { actors, sides } = this;
      if ((without === "actors" || actors === null) && (without === "sides" || sides === null)) return true;
      let [byActor, bySide] = [without === "actors" || actors === null, without === "sides" || sides === null];
      for (let at = actorsAt[row]; at < actorsAt[row + 1]; at++) {
        byActor ||= actors.includes(events.actor[at]);
        bySide ||= sides.includes(sideOf[events.actor[at]]);
      }
      return byActor && bySide;
    }

    disputedHolds(bits) {
      if (bits === 0) return this.disputed[4];
      for (let what = 0; what < 4; what++) if (this.disputed[what] && (bits >> (2 * what)) & 3) return true;
      return false;
    }

    filter() {
      this.statusMask = this.status.reduce((mask, on, status) => mask | (on ? 1 << status : 0), 0);
      for (const row of this.rows) this.passing[row] = this.passes(row) ? 1 : 0;
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
      const { layer, disputed } = this.data.events;
      this.arrivals ??= new bordermap.clock.Arrivals(this.extent, this.rows, this.passing, this.firstDay, this.lastDay, {
        layers: { column: layer, size: 4 },
        disputed: { column: disputed.map((bits) => (bits ? 1 : 0)), size: 2 },
      });
      this.shown = this.arrivals.rows;
      this.shownCount = this.arrivals.count(this.day);
      this.met = this.index.arrived[this.day - this.firstDay + 1];
      this.shownLayers = this.arrivals.tally("layers", this.day);
      this.shownDisputed = this.arrivals.tally("disputed", this.day)[1];
    }

    meet() {
      const { layer, disputed } = this.data.events;
      const met = this.index.meeting(this.first, this.last);
      const layers = [0, 0, 0, 0];
      let [count, contested] = [0, 0];
      for (let at = 0; at < met; at++) {
        const row = this.index.found[at];
        if (!this.passing[row]) continue;
        this.found[count++] = row;
        layers[layer[row]]++;
        if (disputed[row]) contested++;
      }
      Object.assign(this, { met, shown: this.found, shownCount: count, shownLayers: layers, shownDisputed: contested });
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
      return { events: this.shownCount, of: data.count, claims, sources: sources.size, disputed: this.shownDisputed };
    }
  }

  return { State, MODES, THEMES, THEN, ALWAYS };
})();
