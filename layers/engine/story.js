// The collection's story: steps of words over the map, each with the day, the view and the event it tells of.
"use strict";

bordermap.story = (() => {
  const { make, by } = bordermap.dom;

  // What a step says in the page's language, where it is told in it.
  const told = (part, name) => bordermap.words.own(name, (column) => part[column]);

  // The view of the step that is open; null where it has none of its own.
  function viewOf(data, state) {
    const view = data.facts.story?.steps[state.story]?.view;
    if (!view) return null;
    const [west, south, east, north] = view;
    return { west, south, east, north };
  }

  class Story {
    constructor(data, state, scene, pause) {
      Object.assign(this, { data, state, scene, pause, told: data.facts.story, last: 0 });
      if (!this.told) return;
      this.button = make("button", { type: "button", className: "bm-tool", "aria-controls": "bm-story" });
      this.button.addEventListener("click", () => (state.story >= 0 ? this.close() : this.open()));
      by("tools").prepend(this.button);
      this.make();
      document.addEventListener("keydown", (event) => bordermap.dom.behindDialog() || this.key(event));
      this.write();
      if (state.story >= 0) this.follow(false);
    }

    make() {
      const { steps } = this.told;
      const button = (className, act) => {
        const made = make("button", { type: "button", className });
        made.addEventListener("click", act);
        return made;
      };
      this.count = make("p", { className: "bm-story-count" });
      this.headline = make("h2", { dir: "auto" });
      this.text = make("p", { dir: "auto" });
      this.back = button("bm-story-back", () => this.step(this.state.story - 1));
      this.next = button("bm-story-next", () => this.step(this.state.story + 1));
      this.leave = button("bm-close", () => this.close());
      this.leave.textContent = "×";
      this.dots = steps.map((_, at) => button("bm-dot", () => this.step(at)));
      this.list = make("ol", { className: "bm-dots" }, ...this.dots.map((dot) => make("li", {}, dot)));
      by("story").append(
        this.leave,
        make("div", { "aria-live": "polite", "aria-atomic": "true" }, this.count, this.headline, this.text),
        make("div", { className: "bm-story-ways" }, this.back, this.list, this.next),
      );
    }

    open() {
      this.step(this.last);
      this.next.focus();
    }

    // What a step does not say is as the collection opens; what the reader changes meanwhile is theirs until the next.
    step(at) {
      const { data, state } = this;
      if (at < 0 || at >= this.told.steps.length) return;
      this.pause();
      const { language, theme } = state;
      const choice = bordermap.address.read({ story: String(at + 1) }, state);
      state.set({ day: bordermap.words.dayOf(data.facts.opening_day), ...choice, language, theme });
    }

    // The view stays where the story left it.
    close() {
      const inside = by("story").contains(document.activeElement);
      this.state.set({ story: -1, view: this.scene.told() });
      if (inside) this.button.focus();
    }

    // The map goes where the step that is open looks.
    follow(animate) {
      const { state, scene } = this;
      if (state.story >= 0) this.last = state.story;
      const look = viewOf(this.data, state);
      scene.settle(look, () => this.covered(), { stay: state.view !== null, animate });
    }

    // How much of the map's lower edge the card covers; on a narrow page it stands below the map.
    covered() {
      const card = by("story");
      if (card.hidden) return 0;
      const [map, box] = [card.previousElementSibling, card].map((node) => node.getBoundingClientRect());
      return box.top < map.bottom ? Math.max(0, map.bottom - box.top) : 0;
    }

    // Write the open step, in the language of now.
    write() {
      if (!this.told) return;
      const { state } = this;
      const { say } = bordermap.words;
      const { steps } = this.told;
      const open = state.story >= 0;
      this.button.textContent = say("story");
      this.button.setAttribute("aria-expanded", String(open));
      by("story").hidden = !open;
      by("story").setAttribute("aria-label", bordermap.dom.visible(told(this.told, "title")));
      this.back.textContent = say("storyBack");
      this.next.textContent = say("storyNext");
      this.leave.setAttribute("aria-label", say("closeStory"));
      this.list.setAttribute("aria-label", say("storySteps"));
      if (!open) return;
      const step = steps[state.story];
      this.count.replaceChildren(...bordermap.dom.told("storyStep", { n: state.story + 1, all: steps.length }), " · ", make("bdi", { text: told(this.told, "title") }));
      this.headline.textContent = bordermap.dom.visible(told(step, "headline"));
      this.text.textContent = bordermap.dom.visible(told(step, "text"));
      this.back.setAttribute("aria-disabled", String(state.story === 0));
      this.next.setAttribute("aria-disabled", String(state.story === steps.length - 1));
      this.dots.forEach((dot, at) => {
        const name = say("storyDot", { n: at + 1, headline: bordermap.dom.visible(told(steps[at], "headline")) });
        dot.setAttribute("aria-label", name);
        dot.title = name;
        if (at === state.story) dot.setAttribute("aria-current", "step");
        else dot.removeAttribute("aria-current");
      });
    }

    // While the story is open the arrow keys step it, unless the focus is where they have another meaning.
    key(event) {
      const { state, told: { steps } } = this;
      if (state.story < 0 || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.target.closest("input, select, textarea, .leaflet-container")) return;
      if (event.key === "Escape") {
        if (event.target.closest("#bm-panel")) return;
        this.close();
      } else {
        const onward = bordermap.words.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        const back = onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
        const to = { [back]: state.story - 1, [onward]: state.story + 1, Home: 0, End: steps.length - 1 }[event.key];
        if (to === undefined) return;
        this.step(to);
      }
      event.preventDefault();
    }
  }

  return { told, Story, viewOf };
})();
