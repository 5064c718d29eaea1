// What the reader has chosen, which events that shows, and who is told when it changes.
"use strict";

bordermap.state = (() => {
  const MODES = ["day", "window", "sofar"];

  class State {
    constructor(data) {
      const { facts, events } = data;
      const { dayOf } = bordermap.words;
      this.data = data;
      this.firstDay = dayOf(facts.first_day);
      this.lastDay = dayOf(facts.last_day);
      this.openingDay = dayOf(facts.opening_day);
      this.index = new bordermap.clock.DayIndex(
        events.start, events.end, events.date_kind, this.firstDay, this.lastDay,
      );
      this.listeners = [];
      this.defaults = {
        day: this.openingDay, mode: "day", window: 7, event: -1,
        layers: facts.layers_shown.map(Boolean), kinds: new Array(6).fill(true),
        status: new Array(6).fill(true), actors: null,
      };
      Object.assign(this, this.defaults, {
        layers: this.defaults.layers.slice(), kinds: this.defaults.kinds.slice(), status: this.defaults.status.slice(),
      });
      this.passing = new Uint8Array(data.count).fill(1);
      this.shown = new Int32Array(data.count);
      this.strengths = new Float32Array(data.count);
      this.shownCount = 0;
      this.filter();
    }

    // Listeners are called with the set of what changed: day, filters, event.
    onChange(listener) {
      this.listeners.push(listener);
    }

    tell(...changed) {
      const what = new Set(changed);
      for (const listener of this.listeners) listener(what);
    }

    set(choice) {
      const changed = new Set();
      if ("day" in choice) {
        const day = Math.max(this.firstDay, Math.min(this.lastDay, choice.day));
        if (day !== this.day) changed.add("day");
        this.day = day;
      }
      if (MODES.includes(choice.mode) && choice.mode !== this.mode) {
        this.mode = choice.mode;
        changed.add("day").add("mode");
      }
      if (choice.window >= 1 && choice.window !== this.window) {
        this.window = Math.min(366, Math.round(choice.window));
        changed.add("day").add("mode");
      }
      for (const name of ["layers", "kinds", "status", "actors"]) {
        if (!(name in choice) || JSON.stringify(choice[name]) === JSON.stringify(this[name])) continue;
        this[name] = choice[name];
        changed.add("filters");
      }
      if ("event" in choice && choice.event !== this.event) {
        this.event = choice.event;
        changed.add("event");
      }
      if (changed.size === 0) return;
      if (changed.has("filters")) this.filter();
      else if (changed.has("day")) this.step();
      this.tell(...changed);
    }

    passes(event, without) {
      const { events, actorsAt } = this.data;
      if (without !== "layers" && !this.layers[events.layer[event]]) return false;
      if (without !== "kinds" && !this.kinds[events.kind[event]]) return false;
      if (without !== "status" && !this.status[events.status[event]]) return false;
      if (without === "actors" || this.actors === null) return true;
      for (let at = actorsAt[event]; at < actorsAt[event + 1]; at++) {
        if (this.actors.includes(events.actor[at])) return true;
      }
      return false;
    }

    filter() {
      for (let event = 0; event < this.data.count; event++) this.passing[event] = this.passes(event) ? 1 : 0;
      this.step();
    }

    span() {
      return bordermap.clock.span(this.day, this.mode, this.window, this.firstDay);
    }

    // Recompute which events are shown, and how strongly. What is unplaced is shown in the list alone.
    step() {
      const { start, end, date_kind: kind } = this.data.events;
      const [first, last] = this.span();
      const met = this.index.meeting(first, last);
      const { strength } = bordermap.clock;
      let count = 0;
      for (let at = 0; at < met; at++) {
        const event = this.index.found[at];
        if (!this.passing[event]) continue;
        const strong = strength(start[event], end[event], kind[event], first, last);
        if (strong === 0) continue;
        this.shown[count] = event;
        this.strengths[count++] = strong;
      }
      this.met = met;
      this.shownCount = count;
    }

    figures() {
      const { events, claimsAt } = this.data;
      const sources = new Set();
      let claims = 0;
      let disputed = 0;
      for (let at = 0; at < this.shownCount; at++) {
        const event = this.shown[at];
        claims += events.n_claims[event];
        if (events.disputed[event]) disputed++;
        for (let claim = claimsAt[event]; claim < claimsAt[event + 1]; claim++) sources.add(events.claim_source[claim]);
      }
      return { events: this.shownCount, of: this.data.count, claims, sources: sources.size, disputed };
    }
  }

  return { State, MODES };
})();
