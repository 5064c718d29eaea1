// The filters: each word with how many events it would leave, counted when the filters are looked at.
"use strict";

bordermap.filters = (() => {
  const { make, by } = bordermap.dom;
  const MOST_SOURCES = 5;
  const QUICK = 2000; // so many events are counted at each step
  const REST_MS = 200;

  class Filters {
    constructor(data, state) {
      Object.assign(this, { data, state });
      const { events } = data;
      this.groups = [
        this.switches("kinds", "filterLayer", "kinds", (row) => [events.kind[row]]),
        this.switches("status", "filterStatus", "statuses", (row) => bits(events.statuses[row], 6)),
        this.switches("certainty", "filterCertainty", "certainties", (row) => [events.certainty[row]]),
        this.switches("disputed", "filterDisputed", null, (row) => disputesOf(events.disputed[row])),
        this.choices("sides", "filterSides", "allSides", data.sides.length, (row) => this.sidesOf(row), (side) => data.sides[side].replaceAll("-", " ")),
        this.choices("actors", "filterActors", "allActors", data.actors.name.length, (row) => this.actorsOf(row), (actor) => data.actorName(actor)),
      ];
      this.makeLeast();
      this.clear = make("button", { type: "button", className: "bm-clear" });
      this.clear.addEventListener("click", () => this.showAll());
      by("fields").prepend(this.clear);
      by("filters").addEventListener("toggle", () => this.count());
      this.write();
    }

    actorsOf(row) {
      const { actorsAt, events } = this.data;
      return events.actor.subarray(actorsAt[row], actorsAt[row + 1]);
    }

    sidesOf(row) {
      return new Set(Array.from(this.actorsOf(row), (actor) => this.data.sideOf[actor]));
    }

    // Words that are all on at first.
    switches(name, heading, list, wordsOf) {
      const count = this.state.defaults[name].length;
      const group = this.group(name, heading, count, wordsOf);
      group.label = (at) => (list ? bordermap.words.list(list)[at] : [...bordermap.words.list("disputes"), bordermap.words.say("undisputed")][at]);
      group.isOn = (at) => this.state[name][at];
      group.choose = (at, on) => {
        const chosen = this.state[name].slice();
        chosen[at] = on;
        this.state.set({ [name]: chosen });
      };
      return group;
    }

    // Words of which none is chosen at first, and then all are shown.
    choices(name, heading, all, count, wordsOf, label) {
      const group = this.group(name, heading, count, wordsOf);
      group.label = label;
      group.isOn = (at) => this.state[name]?.includes(at) ?? false;
      group.choose = (at, on) => {
        const chosen = (this.state[name] ?? []).filter((other) => other !== at);
        if (on) chosen.push(at);
        this.state.set({ [name]: chosen.length ? chosen.sort((a, b) => a - b) : null });
      };
      group.all = make("button", { type: "button", className: "bm-clear" });
      group.allKey = all;
      group.all.addEventListener("click", () => this.state.set({ [name]: null }));
      group.legend.after(group.all);
      return group;
    }

    group(name, heading, count, wordsOf) {
      const legend = make("legend");
      const node = make("fieldset", { id: `bm-${name}` }, legend);
      by("fields").append(node);
      return { name, heading, count, wordsOf, legend, node, boxes: [] };
    }

    makeLeast() {
      const { state } = this;
      this.least = make("select");
      for (let least = 1; least <= MOST_SOURCES; least++) this.least.append(make("option", { value: least }));
      this.least.addEventListener("change", () => state.set({ atLeast: Number(this.least.value) }));
      this.leastLabel = make("span");
      by("fields").append(make("label", { className: "bm-least" }, this.leastLabel, this.least));
    }

    showAll() {
      const { defaults } = this.state;
      const names = ["kinds", "status", "certainty", "disputed", "atLeast", "sides", "actors"];
      this.state.set(Object.fromEntries(names.map((name) => [name, defaults[name]])));
    }

    // Write all words anew, as in another language.
    write() {
      const { say } = bordermap.words;
      for (const group of this.groups) {
        group.legend.textContent = say(group.heading);
        if (group.all) group.all.textContent = say(group.allKey);
        for (const box of group.boxes) box.name.textContent = bordermap.dom.visible(group.label(box.at));
      }
      this.clear.textContent = say("clearFilters");
      this.leastLabel.textContent = say("filterSources");
      [...this.least.options].forEach((option) => (option.textContent = say("atLeast", { n: Number(option.value) })));
      this.count();
    }

    // How many events each word would leave; made and counted only while the filters are open.
    // Counts of what is known wait until a playing clock rests where that is much.
    count({ soon = false } = {}) {
      clearTimeout(this.waiting);
      const narrowed = this.state.narrowed();
      by("filtered").textContent = narrowed ? ` ${bordermap.words.say("filterOn", { n: narrowed })}` : "";
      this.clear.hidden = narrowed === 0;
      this.least.value = this.state.atLeast;
      if (!by("filters").open) return;
      if (soon && this.data.count > QUICK) {
        this.waiting = setTimeout(() => this.count(), REST_MS);
        return;
      }
      for (const group of this.groups) this.countGroup(group);
    }

    countGroup(group) {
      const { state } = this;
      const counts = new Int32Array(group.count);
      for (const row of state.rows) if (state.passes(row, group.name)) for (const at of group.wordsOf(row)) counts[at]++;
      if (!group.boxes.length) this.makeBoxes(group, counts);
      for (const box of group.boxes) {
        box.input.checked = group.isOn(box.at);
        box.count.textContent = bordermap.words.number(counts[box.at]);
      }
    }

    // Actors and sides are many: those of any event are listed, most events first.
    makeBoxes(group, counts) {
      const all = Array.from({ length: group.count }, (_, at) => at);
      const order = group.all ? all.filter((at) => counts[at]).sort((a, b) => counts[b] - counts[a] || a - b) : all;
      group.boxes = order.map((at) => {
        const input = make("input", { type: "checkbox" });
        const name = make("span", { text: group.label(at), dir: "auto" });
        const count = make("span");
        input.addEventListener("change", () => group.choose(at, input.checked));
        group.node.append(make("label", {}, input, name, count));
        return { at, input, name, count };
      });
    }
  }

  const bits = (mask, size) => Array.from({ length: size }, (_, at) => at).filter((at) => (mask >> at) & 1);
  const disputesOf = (mask) => (mask ? [0, 1, 2, 3].filter((at) => (mask >> (2 * at)) & 3) : [4]);

  return { Filters };
})();
