// Layer switches with their counts, what the signs mean, and the filters by kind, status and actor.
"use strict";

bordermap.legend = (() => {
  const { make, by } = bordermap.dom;
  const SIGNS = [
    ["range", "A number is said: width by the lowest, pale by the highest; each step is ten times more"],
    ["unknown", "No number is said"],
    ["stub", "Only the side of the border is known, not the place"],
    ["stretch", "Somewhere along this stretch of border"],
    ["still", "Leaves here, the way is not known"],
    ["area", "Somewhere in this area, drawn to scale"],
    ["faint", "On one of several days: the paler, the more days"],
    ["planned", "Planned or asked for, not reported to have happened"],
    ["denied", "Denied, or refused"],
    ["counted", "So many events on one place or way, counted together; a click lists them"],
    ["disputed", "Sources disagree: whether, how many, when or where"],
  ];

  class Legend {
    constructor(data, state) {
      this.data = data;
      this.state = state;
      this.layers = bordermap.words.english.layers.map((name, layer) => this.layerSwitch(name, layer));
      by("layers").append(...this.layers.map((row) => row.node));
      by("signs").append(...SIGNS.map(([sign, text]) => make("li", {}, bordermap.glyphs.signs[sign](), make("span", { text }))));
      this.kinds = this.boxes("kinds", bordermap.words.english.kinds);
      this.status = this.boxes("status", bordermap.words.english.statuses);
      this.actorBoxes = null;
      by("filters").addEventListener("toggle", () => this.makeActors());
      const drops = document.querySelectorAll(".bm-drop");
      document.addEventListener("pointerdown", (event) => {
        for (const drop of drops) if (drop.open && !drop.contains(event.target)) drop.open = false;
      });
      document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        for (const drop of drops) {
          if (!drop.open) continue;
          drop.open = false;
          drop.querySelector("summary").focus();
          event.preventDefault();
        }
      });
    }

    layerSwitch(name, layer) {
      const count = make("output", { text: "0" });
      const node = make("button", { type: "button", className: "bm-layer" }, bordermap.glyphs.glyph(layer, 3, 0, false, false), make("span", { text: name }), count);
      node.addEventListener("click", () => {
        const layers = this.state.layers.slice();
        layers[layer] = !layers[layer];
        this.state.set({ layers });
      });
      return { node, count };
    }

    // A box for each word of a list of switches.
    boxes(list, names) {
      const { state } = this;
      const found = names.map((name, at) =>
        this.box(name, () => state[list][at], (on) => {
          const chosen = state[list].slice();
          chosen[at] = on;
          state.set({ [list]: chosen });
        }));
      by(list).append(...found.map((box) => box.node));
      return found;
    }

    box(name, isOn, choose) {
      const input = make("input", { type: "checkbox" });
      const count = make("span");
      const node = make("label", {}, input, make("span", { text: name, dir: "auto" }), count);
      input.addEventListener("change", () => choose(input.checked));
      return { node, input, count, isOn };
    }

    // Actors are many: their boxes are made when they are first looked for, most events first.
    makeActors() {
      if (this.actorBoxes) return;
      const { name: names } = this.data.actors;
      const counts = this.actorCounts();
      const order = names.map((_, actor) => actor).filter((actor) => counts[actor]).sort((a, b) => counts[b] - counts[a]);
      const clear = make("button", { type: "button", className: "bm-clear", text: "all actors" });
      clear.addEventListener("click", () => this.state.set({ actors: null }));
      this.actorBoxes = order.map((actor) => {
        const box = this.box(names[actor], () => this.state.actors?.includes(actor) ?? false, (on) => {
          const chosen = (this.state.actors ?? []).filter((other) => other !== actor);
          if (on) chosen.push(actor);
          this.state.set({ actors: chosen.length ? chosen.sort((a, b) => a - b) : null });
        });
        return { ...box, actor };
      });
      by("actors").append(clear, ...this.actorBoxes.map((box) => box.node));
      this.writeFilters();
    }

    actorCounts() {
      const { data, state } = this;
      const counts = new Int32Array(data.actors.name.length);
      for (let event = 0; event < data.count; event++) {
        if (!state.passes(event, "actors")) continue;
        for (let at = data.actorsAt[event]; at < data.actorsAt[event + 1]; at++) counts[data.events.actor[at]]++;
      }
      return counts;
    }

    // Counts of the layers follow the day: how many of that layer are shown.
    writeDay() {
      const counts = [0, 0, 0, 0];
      const { state, data } = this;
      for (let at = 0; at < state.shownCount; at++) counts[data.events.layer[state.shown[at]]]++;
      this.layers.forEach(({ node, count }, layer) => {
        const text = state.layers[layer] ? String(counts[layer]) : "off";
        if (count.textContent !== text) count.textContent = text;
        const pressed = String(Boolean(state.layers[layer]));
        if (node.getAttribute("aria-pressed") !== pressed) node.setAttribute("aria-pressed", pressed);
      });
    }

    writeFilters() {
      const { state, data } = this;
      for (const [boxes, list, column] of [[this.kinds, "kinds", "kind"], [this.status, "status", "status"]]) {
        const counts = new Int32Array(boxes.length);
        for (let event = 0; event < data.count; event++) if (state.passes(event, list)) counts[data.events[column][event]]++;
        boxes.forEach((box, at) => {
          box.input.checked = box.isOn();
          box.count.textContent = String(counts[at]);
        });
      }
      if (this.actorBoxes) {
        const actors = this.actorCounts();
        for (const box of this.actorBoxes) {
          box.input.checked = box.isOn();
          box.count.textContent = String(actors[box.actor]);
        }
      }
      const chosen = [...state.kinds, ...state.status].some((on) => !on) || state.actors;
      by("filtered").textContent = chosen ? "(on)" : "";
    }
  }

  return { Legend };
})();
