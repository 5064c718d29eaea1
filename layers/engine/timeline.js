// The clocks: the day with its slider and play, the days shown, and what was known when.
"use strict";

bordermap.timeline = (() => {
  const { make, by } = bordermap.dom;
  const { THEN } = bordermap.state;
  const STEP_MS = 850; // playing shows each day for this long

  class Timeline {
    constructor(data, state) {
      Object.assign(this, { data, state, slider: by("slider"), button: by("play"), playing: 0 });
      this.histogram = new bordermap.histogram.Histogram(data, state);
      this.slider.min = state.firstDay;
      this.slider.max = state.lastDay;
      this.slider.addEventListener("input", () => state.set({ day: Number(this.slider.value) }));
      this.button.addEventListener("click", () => this.play(!this.playing));
      this.makeModes();
      this.makeKnowing();
      // A page of one day has no days to go through.
      this.still = state.firstDay === state.lastDay;
      for (const part of [by("modes"), this.button, this.slider.parentElement]) part.hidden = this.still;
      this.write();
    }

    makeModes() {
      const { state } = this;
      this.window = make("input", { type: "number", min: 1, max: state.longestWindow, value: state.window });
      this.window.addEventListener("change", () => state.set({ mode: "window", window: Number(this.window.value) || state.window }));
      this.modes = bordermap.state.MODES.map((mode) => {
        const button = make("button", { type: "button" });
        button.addEventListener("click", () => state.set({ mode }));
        return { mode, button };
      });
      this.unit = make("span");
      by("modes").append(...this.modes.map(({ button }) => button), make("label", {}, this.window, this.unit));
    }

    // The second clock: all that is known, what was known by a day, or on each day what was known then.
    makeKnowing() {
      const { state } = this;
      const choices = [[null, "allKnown"], [0, "knownOn"], [THEN, "knownThen"]];
      this.knowings = choices.map(([known, key]) => {
        const button = make("button", { type: "button" });
        button.addEventListener("click", () => state.set({ known: known === 0 ? state.day : known }));
        return { known, key, button };
      });
      // Day by day to the last one shown, then from report to report: later ones may have come out over decades.
      this.later = this.data.knowing.daysBehind(state.lastDay, state.lastKnown);
      const max = state.lastDay + this.later.length;
      this.knownSlider = make("input", { type: "range", min: state.firstDay, max, step: 1, className: "bm-known-slider" });
      this.knownSlider.addEventListener("input", () => state.set({ known: this.dayAt(Number(this.knownSlider.value)) }));
      this.knownDay = make("output");
      by("knowing").append(...this.knowings.map(({ button }) => button), make("label", {}, this.knownSlider, this.knownDay));
    }

    dayAt(place) {
      return this.later[place - this.state.lastDay - 1] ?? place;
    }

    placeOf(day) {
      return Math.min(day, this.state.lastDay) + this.later.filter((later) => later <= day).length;
    }

    // Write all words anew, as in another language.
    write() {
      const { say } = bordermap.words;
      this.window.setAttribute("aria-label", say("windowDays"));
      this.unit.textContent = say("dayUnit");
      for (const { key, button } of this.knowings) button.textContent = key === "allKnown" ? this.allKnown() : say(key);
      this.knownSlider.setAttribute("aria-label", say("knownDay"));
      this.writeModes();
      this.writePlay();
      this.histogram.draw();
    }

    // All that a page knows may be what was known on a day.
    allKnown() {
      const { say, fullDay, dayOf } = bordermap.words;
      const { known_by: cut } = this.data.facts;
      return cut ? say("allKnownBy", { day: fullDay(dayOf(cut)) }) : say("allKnown");
    }

    writeModes() {
      const { state } = this;
      const { say } = bordermap.words;
      const names = { day: say("modeDay"), window: say("modeWindow", { n: state.window }), sofar: say("modeSoFar") };
      for (const { mode, button } of this.modes) {
        button.textContent = names[mode];
        button.setAttribute("aria-pressed", String(mode === state.mode));
      }
      this.window.parentElement.hidden = state.mode !== "window";
      this.window.value = state.window;
      this.unit.textContent = say("dayUnit", { n: state.window });
    }

    writeKnowing() {
      const { state } = this;
      const fixed = typeof state.known === "number";
      for (const { known, button } of this.knowings) {
        button.setAttribute("aria-pressed", String(known === 0 ? fixed : known === state.known));
      }
      this.knownSlider.parentElement.hidden = !fixed;
      if (!fixed) return;
      this.knownSlider.value = this.placeOf(state.known);
      this.knownDay.textContent = bordermap.words.fullDay(state.known);
      this.knownSlider.setAttribute("aria-valuetext", bordermap.words.longDay(state.known));
    }

    // The filters have changed, or what is known.
    count() {
      this.histogram.count();
      this.histogram.draw();
    }

    writeDay() {
      const { state } = this;
      this.histogram.writeDay();
      this.slider.value = state.day;
      this.slider.setAttribute("aria-valuetext", `${bordermap.words.weekday(state.day)} ${bordermap.words.longDay(state.day)}`);
      this.writeKnowing();
    }

    play(on) {
      if (this.still) return;
      clearInterval(this.playing);
      this.playing = 0;
      const { state } = this;
      if (on) {
        if (state.day >= state.lastDay) state.set({ day: state.firstDay });
        this.playing = setInterval(() => {
          if (state.day >= state.lastDay) this.play(false);
          else state.set({ day: state.day + 1 });
        }, STEP_MS);
      }
      this.writePlay();
    }

    writePlay() {
      this.button.setAttribute("aria-pressed", String(Boolean(this.playing)));
      this.button.setAttribute("aria-label", bordermap.words.say(this.playing ? "pause" : "play"));
    }
  }

  return { Timeline };
})();
