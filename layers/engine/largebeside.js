// Above the list of a large set: what the circles are, the cells with most events, what has no place or no day; or what is opened.
"use strict";

bordermap.largebeside = (() => {
  const { make, by } = bordermap.dom;
  const PLACES = 12; // of the cells with most events are listed at first
  const MORE = 60; // are added to them each time that more are asked for

  class Beside {
    constructor(large) {
      Object.assign(this, { large, limit: PLACES, left: "" });
      this.node = make("div", { id: "bm-large", className: "bm-large" });
      by("list").before(this.node);
      large.state.onChange((changed) => {
        if (changed.has("day") || changed.has("filters")) this.limit = PLACES; // who asked for more did so of other days
      });
    }

    write() {
      const { large: { state: { answer, cells }, data: { facts } } } = this;
      if (!answer) return;
      const parts = this.large.shown ? this.opened() : cells ? this.counted() : [];
      if (!this.large.shown) parts.push(...this.apart(answer, facts.large.totals));
      this.put(parts);
    }

    writeFailure(sentence) {
      this.put([make("p", { text: sentence, dir: "auto", role: "alert" })]);
    }

    // Who has the focus on a button keeps it on the same one; where it is gone, on what stands in its place.
    put(parts) {
      const { node } = this;
      const held = node.contains(document.activeElement) ? document.activeElement.dataset.key ?? "" : null;
      node.replaceChildren(...parts);
      if (held === null) return;
      const keyed = (key) => [...node.querySelectorAll("[data-key]")].find((one) => key && one.dataset.key === key);
      const next = keyed(held) ?? keyed(this.left) ?? node.querySelector("h2") ?? node.querySelector("button");
      if (next) next.focus({ preventScroll: true });
      else this.large.list.focusFirst();
    }

    // What has no place, and what has no day.
    apart({ apart }, { undated }) {
      const { say } = bordermap.words;
      const button = (key, n, opened) => (n ? [this.button("bm-more", key, say(key, { n }), () => this.large.choose(opened))] : []);
      return [...button("largeOpenUnplaced", apart, { place: "" }), ...button("largeOpenUndated", undated, { undated: true })];
    }

    opened() {
      const { say } = bordermap.words;
      const { state: { answer: { of, listed } }, shown: { opened, names } } = this.large;
      const name = names ? bordermap.cells.called((column) => names[column], Boolean(opened.hexagon)) : say(opened.undated ? "largeNoDay" : "largeNowhere");
      this.left = opened.undated ? "largeOpenUndated" : opened.place === "" ? "largeOpenUnplaced" : keyOf(opened);
      return [
        this.button("bm-more", "back", say("largeBack"), () => this.large.choose(null)),
        make("h2", { text: name, dir: "auto", tabindex: -1, "data-key": "title" }),
        make("p", { text: of > listed ? say("largeFirst", { n: listed, all: of }) : say("eventCount", { n: of }) }),
      ];
    }

    counted() {
      const { state, data: { facts: { large: { single, claims } } } } = this.large;
      const { say } = bordermap.words;
      const { cells, answer } = state;
      const marks = cells.x.map((_, cell) => ({ cell, count: cells.n.reduce((sum, counts) => sum + counts[cell], 0) }));
      marks.sort((one, other) => other.count - one.count || one.cell - other.cell);
      const key = cells.width ? "largeHexagons" : "largePlaces";
      const shown = Math.min(this.limit, marks.length);
      const more = () => {
        this.limit += MORE;
        this.write();
      };
      return [
        make("p", { text: say(key, { n: answer.inView, most: single }) }),
        answer.crowded ? make("p", { text: say("largeManyClaims", { n: claims }) }) : "",
        marks.length ? make("h2", { className: "bm-most", text: say("largeMost"), tabindex: -1, "data-key": "title" }) : "",
        make("ol", { className: "bm-list" }, ...marks.slice(0, shown).map((mark) => make("li", {}, this.place(mark)))),
        shown < marks.length ? this.button("bm-more", "more", say("largeMore", { shown, all: marks.length }), more) : "",
      ];
    }

    place({ cell, count }) {
      const { large, large: { state, state: { cells } } } = this;
      const key = keyOf(cells.width ? { hexagon: [cells.column[cell], cells.row[cell], cells.zoom] } : { place: cells.place_id[cell] });
      const button = this.button("bm-place", key, "", () => large.open(cell));
      const name = make("span", { text: bordermap.cells.nameOf(state, cell), dir: "auto" });
      button.append(name, make("b", { text: bordermap.words.number(count) }));
      return button;
    }

    button(className, key, text, act) {
      const button = make("button", { type: "button", className, text, "data-key": key });
      button.addEventListener("click", act);
      return button;
    }
  }

  const keyOf = ({ hexagon, place }) => (hexagon ? `hexagon ${hexagon.join(" ")}` : `place ${place}`);

  return { Beside };
})();
