// Layer switches with their counts, and what the signs mean.
"use strict";

bordermap.legend = (() => {
  const { make, by } = bordermap.dom;
  // What is explained under each heading, first who disagrees: samples.js draws each sign, and a string has its name.
  const SIGNS = {
    signsStatus: ["differs", "conflicts", "denied", "rests", "planned"],
    signsPlace: ["certainty1", "certainty2", "certainty3", "certainty4", "certainty5", "certainty6"],
    signsDay: ["full", "faint", "fainter", "bars", "strip"],
    signsCount: ["range", "open", "unknown", "counted"],
    signsKind: ["still", "control", "closure", "contact", "other"],
  };
  const LARGE = ["circles", "shares", "disputedShare", "hexagon"]; // of a large set, before all else
  const ONE_BY_ONE = ["bars", "strip"]; // of what is counted from single events
  const SHORT = 100000; // a number of so many digits is written short beside its layer's name
  // Signs of which the page has room to say more.
  const MORE = ["conflicts", "planned", "certainty3", "certainty5", "certainty6", "faint", "fainter", "bars", "strip", "range", "open", "counted", "circles", "shares", "hexagon"];

  class Legend {
    constructor(data, state, marks) {
      Object.assign(this, { data, state, marks });
      this.layers = [0, 1, 2, 3].map((layer) => this.layerSwitch(layer));
      by("layers").append(...this.layers.map((row) => row.node));
      folding();
      this.write();
    }

    layerSwitch(layer) {
      const count = make("output", { text: "0" });
      const more = make("small");
      const name = make("span");
      const node = make("button", { type: "button", className: "bm-layer" }, bordermap.glyphs.glyph(layer, 3), name, make("span", {}, count, more));
      node.addEventListener("click", () => {
        const layers = this.state.layers.slice();
        layers[layer] = !layers[layer];
        this.state.set({ layers });
      });
      return { node, count, more, name };
    }

    // Write all words anew, as in another language.
    write() {
      const { say, list } = bordermap.words;
      this.layers.forEach(({ name }, layer) => (name.textContent = list("layers")[layer]));
      this.plain = make("p", { className: "bm-plain", text: say("plainMarks") });
      const signs = this.data.facts.large ? { signsLarge: LARGE, ...SIGNS, signsDay: SIGNS.signsDay.filter((sign) => !ONE_BY_ONE.includes(sign)) } : SIGNS;
      by("signs").replaceChildren(this.plain, ...Object.entries(signs).map(([heading, signs]) =>
        make("section", {}, make("h3", { text: say(heading) }), make("ul", {}, ...signs.map(explained)))));
      this.writeDay();
    }

    // Counts of the layers follow the day: how many of that layer are shown, or would be; what did not happen is
    // counted apart.
    writeDay() {
      const { state } = this;
      this.plain.hidden = bordermap.paint.isRich(this.marks.drawn);
      this.layers.forEach(({ node, count, more }, layer) => {
        const tally = state.tally([layer]);
        const { number, shortNumber, say } = bordermap.words;
        const written = tally.made >= SHORT ? shortNumber(tally.made) : number(tally.made);
        const text = state.isTold === false ? "…" : state.layers[layer] ? written : say("offCount", { counts: tally.made + tally.unmade >= SHORT ? shortNumber(tally.made + tally.unmade) : tally.made + tally.unmade });
        if (count.textContent !== text) count.textContent = text;
        const others = state.layers[layer] && tally.unmade ? ` · ${unmade(tally)}` : "";
        if (more.textContent !== others) {
          more.textContent = others;
          node.title = others && `${number(tally.made)}${others}`;
        }
        const pressed = String(Boolean(state.layers[layer]));
        if (node.getAttribute("aria-pressed") !== pressed) node.setAttribute("aria-pressed", pressed);
      });
    }
  }

  // What is denied, planned, requested or rejected, and not told to have happened; empty where there is none.
  function unmade({ unmade: n, statuses }) {
    const { say, list, either } = bordermap.words;
    return n ? say("unmade", { n, how: either(statuses.map((status) => list("statuses")[status])) }) : "";
  }

  function explained(sign) {
    const more = MORE.includes(sign) ? make("small", { text: bordermap.words.say(`more_${sign}`) }) : null;
    return make("li", {}, bordermap.glyphs.sign(sign), make("span", { text: bordermap.samples.words(sign) }, more));
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

  return { Legend, unmade };
})();
