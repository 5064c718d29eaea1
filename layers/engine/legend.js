// Layer switches with their counts, and what the signs mean.
"use strict";

bordermap.legend = (() => {
  const { make, by } = bordermap.dom;
  // What is explained under each heading: a drawing of glyphs.js and a string of the same name.
  const SIGNS = {
    signsPlace: ["certainty1", "certainty2", "certainty3", "certainty4", "certainty5", "certainty6", "still"],
    signsDay: ["full", "faint", "fainter", "strip"],
    signsCount: ["range", "open", "unknown", "counted"],
    signsStatus: ["planned", "denied", "rests", "differs", "conflicts"],
  };

  class Legend {
    constructor(data, state) {
      this.data = data;
      this.state = state;
      this.layers = [0, 1, 2, 3].map((layer) => this.layerSwitch(layer));
      by("layers").append(...this.layers.map((row) => row.node));
      folding();
      this.write();
    }

    layerSwitch(layer) {
      const count = make("output", { text: "0" });
      const name = make("span");
      const node = make("button", { type: "button", className: "bm-layer" }, bordermap.glyphs.glyph(layer, 3, 0, false, false), name, count);
      node.addEventListener("click", () => {
        const layers = this.state.layers.slice();
        layers[layer] = !layers[layer];
        this.state.set({ layers });
      });
      return { node, count, name };
    }

    // Write all words anew, as in another language.
    write() {
      const { say, list } = bordermap.words;
      this.layers.forEach(({ name }, layer) => (name.textContent = list("layers")[layer]));
      by("signs").replaceChildren(...Object.entries(SIGNS).map(([heading, signs]) =>
        make("section", {},
          make("h3", { text: say(heading) }),
          make("ul", {}, ...signs.map((sign) => make("li", {}, bordermap.glyphs.signs[sign](), make("span", { text: say(`sign_${sign}`) })))))));
      this.writeDay();
    }

    // Counts of the layers follow the day: how many of that layer are shown.
    writeDay() {
      const { state } = this;
      this.layers.forEach(({ node, count }, layer) => {
        const text = state.layers[layer] ? bordermap.words.number(state.shownLayers[layer]) : bordermap.words.say("off");
        if (count.textContent !== text) count.textContent = text;
        const pressed = String(Boolean(state.layers[layer]));
        if (node.getAttribute("aria-pressed") !== pressed) node.setAttribute("aria-pressed", pressed);
      });
    }
  }

  // What is folded out closes by Escape and by a click elsewhere.
  function folding() {
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

  return { Legend };
})();
