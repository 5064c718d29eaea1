// The reader's choice in a large set, of which the page holds only what its host has answered last.
"use strict";

bordermap.largestate = (() => {
  const [NUMBER, DISPUTED, DENIED] = [0, 1, 2];
  const DENIED_STATUS = 2;

  class LargeState extends bordermap.state.State {
    // What was known when cannot be told of counts; and where actors are too many to be offered, those that are here
    // change with each answer, and a place among them means nothing.
    sound(choice) {
      const wanted = { ...super.sound(choice), known: null };
      return this.data.facts.large.actors ? wanted : { ...wanted, actors: null, sides: null };
    }

    // Until the answer to what the reader has chosen is here, what was shown before stays.
    step() {
      if (this.arriving) {
        super.step();
        if (this.cells && !this.answer.opened) this.shownCount = 0;
        return;
      }
      this.choice = (this.choice ?? 0) + 1;
      [this.first, this.last] = this.span();
      this.shown ??= this.found;
      for (const name of ["shownCount", "met", "unknown", "shownDisputed"]) this[name] ??= 0;
      this.turn++;
    }

    // Whether the answer is of what the reader has chosen by now.
    get isTold() {
      return Boolean(this.answer) && this.told === this.choice;
    }

    // There is no answer to what the reader has chosen.
    fail() {
      Object.assign(this, { answer: null, cells: null, shownCount: 0, shownDisputed: 0, failed: true });
      this.turn++;
    }

    // Take an answer to a choice, with the events that came along or null, and say what has changed.
    arrive(answer, fresh, choice) {
      const { data } = this;
      const named = this.event >= 0 ? data.eventId(this.event) : this.missing;
      Object.assign(this, { answer, cells: answer.cells, told: choice, failed: false });
      if (fresh) {
        data.become(fresh);
        this.begin();
      }
      this.arriving = true;
      try {
        this.know();
        this.filter();
      } finally {
        this.arriving = false;
      }
      if (!fresh && answer.kind === "events") this.shownCount = 0;
      const changed = new Set(["answer"]);
      if (!fresh || !named) return changed;
      this.event = data.eventNamed(named);
      this.missing = this.event < 0 ? named : "";
      return changed.add("event");
    }

    // The address knows of an event before the page has it.
    get asksFor() {
      return this.event >= 0 ? this.data.eventId(this.event) : this.missing;
    }

    sum(layers, what) {
      return this.isTold ? layers.reduce((sum, layer) => sum + this.answer.totals[layer][what], 0) : 0;
    }

    get on() {
      return [0, 1, 2, 3].filter((layer) => this.layers[layer]);
    }

    // How many events are shown, on the map and beside it, of which the page may hold none.
    get total() {
      return this.sum(this.on, NUMBER);
    }

    tally(layers) {
      const unmade = this.sum(layers, DENIED);
      return { made: this.sum(layers, NUMBER) - unmade, unmade, statuses: unmade ? [DENIED_STATUS] : [] };
    }

    // How many are planned is not counted, and so is not told of those that did not happen.
    figures() {
      return {
        events: this.isTold ? this.total : null, of: this.data.facts.large.totals.events, claims: null, sources: null,
        disputed: this.isTold ? this.sum(this.on, DISPUTED) : null, unmade: null,
      };
    }

    // What is shown of what there is; no number of before under a new day.
    summary() {
      const { say } = bordermap.words;
      if (this.failed) return [];
      if (!this.isTold) return [say("largeAsking")];
      const [disputed, unplaced] = [this.sum(this.on, DISPUTED), this.answer.unplaced];
      return [
        say("shownOf", { shown: this.total, n: this.data.facts.large.totals.events }),
        bordermap.legend.unmade(this.tallyShown()),
        disputed ? say("disputedCount", { n: disputed }) : "",
        unplaced ? say("largeUnplaced", { n: unplaced }) : "",
      ].filter(Boolean);
    }
  }

  return { State: LargeState };
})();
