// Says aloud the day and what has changed on it, once the page has come to rest: not at each step of what plays.
"use strict";

bordermap.announce = (() => {
  const { by, visible } = bordermap.dom;
  const REST_MS = 900;
  const MANY = 5000; // of so many events it is not told which are new
  const HEARD = ["day", "mode", "known", "filters"];

  class Announcer {
    constructor(data, state, { timeline, heading }) {
      Object.assign(this, { data, state, timeline, heading, waiting: 0, held: false });
      this.told = this.events();
      for (const type of ["pointerdown", "pointerup", "pointercancel"]) {
        document.addEventListener(type, () => (this.held = type === "pointerdown"), true);
      }
      state.onChange((changed) => HEARD.some((name) => changed.has(name)) && this.wait());
    }

    wait() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => (this.held || this.timeline.playing || this.state.isAsking ? this.wait() : this.speak()), REST_MS);
    }

    // The events that are shown; null where they are too many to tell apart, and of a large set, whose events have other
    // numbers in each answer.
    events() {
      const { state, data } = this;
      if (data.facts.large || state.shownCount > MANY) return null;
      return new Set(Array.from(state.shown.subarray(0, state.shownCount), (row) => data.eventOf(row)));
    }

    speak() {
      const { state, told } = this;
      const { words } = bordermap;
      const { say } = words;
      if (state.failed) return; // which is told where the numbers would stand
      this.told = this.events();
      const day = [`${words.weekday(state.day)} ${words.longDay(state.day)}`, this.heading.span.textContent].filter(Boolean);
      const lines = [say("changedDay", { day: day.join(say("comma")), events: say("eventCount", { n: state.total ?? state.shownCount }) })];
      if (told && this.told) lines.push(...this.changes(told, this.told));
      by("spoken").textContent = lines.join(" ");
    }

    changes(before, now) {
      const { say } = bordermap.words;
      const fresh = [...now].filter((event) => !before.has(event));
      const gone = [...before].filter((event) => !now.has(event)).length;
      const lines = [];
      if (fresh.length) {
        const title = visible(this.data.title(this.state.rowOf(fresh[0])));
        lines.push(fresh.length === 1 ? say("spokenNew", { title }) : say("spokenNewMore", { title, n: fresh.length - 1 }));
      }
      if (gone) lines.push(say("spokenGone", { n: gone }));
      return lines;
    }
  }

  return { Announcer };
})();
