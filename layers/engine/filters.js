// The filters: each word with how many events of the days shown it would leave, counted while they are looked at.
"use strict";

bordermap.filters = (() => {
  const { make, by } = bordermap.dom;
  const { FAILS } = bordermap.state;
  const CONTEXT = 3; // kinds from here on are of its layer
  const QUICK = 2000; // so many events are counted at each step
  const REST_MS = 200;
  const LEASTS = [1, 2, 3, 4, 5, 10]; // of independent sources, as offered where it is not known how many there are

  class Filters {
    constructor(data, state) {
      Object.assign(this, { data, state });
      this.groups = [
        this.switches("kinds", "filterLayer", "kinds", (row) => [data.events.kind[row]]),
        this.switches("status", "filterStatus", "statuses", (row) => bits(data.events.statuses[row], 6)),
        this.switches("certainty", "filterCertainty", "certainties", (row) => [data.events.certainty[row]]),
        this.switches("disputed", "filterDisputed", null, (row) => disputesOf(data.events.disputed[row])),
        this.choices("sides", "filterSides", "allSides", data.sides.length, (row) => this.sidesOf(row), (side) => data.sideName(side)),
        this.choices("actors", "filterActors", "allActors", data.actors.name.length, (row) => this.actorsOf(row), (actor) => data.actorName(actor)),
      ];
      const [kinds] = this.groups; // one is counted whether its layer is on or off, and says so
      kinds.own |= FAILS.layers;
      kinds.isOff = (kind) => !state.layers[Math.min(kind, CONTEXT)];
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
      return { name, heading, count, wordsOf, legend, node, own: FAILS[name], boxes: [] };
    }

    // As many sources as any event has, or the reader's link asks for.
    makeLeast() {
      const { state, data } = this;
      this.least = make("select");
      this.offered = data.facts.large ? LEASTS : [...new Set([1, ...data.events.n_roots.filter((roots) => roots > 0)])];
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
      this.count();
    }

    // How many events of the days shown each word would leave; made and counted only while the filters are open.
    count(when) {
      const narrowed = this.state.narrowed();
      by("filtered").textContent = narrowed ? ` ${bordermap.words.say("filterOn", { n: narrowed })}` : "";
      this.clear.hidden = narrowed === 0;
      this.countDay(when);
    }

    // Where that is much, counting waits until a playing clock rests.
    countDay({ soon = false } = {}) {
      clearTimeout(this.waiting);
      if (!by("filters").open) return;
      if (soon && this.data.count > QUICK) {
        this.waiting = setTimeout(() => this.countDay(), REST_MS);
        return;
      }
      const { state, groups } = this;
      const counts = groups.map((group) => new Int32Array(group.count));
      const byRoots = new Map();
      for (const row of state.metRows()) {
        const failed = state.failing(row);
        groups.forEach(({ own, wordsOf }, at) => {
          if (!(failed & ~own)) for (const word of wordsOf(row)) counts[at][word]++;
        });
        const roots = bordermap.state.rootsOf(this.data, row);
        if (!(failed & ~FAILS.atLeast)) byRoots.set(roots, (byRoots.get(roots) ?? 0) + 1);
      }
      groups.forEach((group, at) => this.writeGroup(group, counts[at]));
      this.writeLeast(byRoots);
    }

    writeGroup(group, counts) {
      const { say, number } = bordermap.words;
      if (!group.boxes.length) this.makeBoxes(group);
      for (const { at, input, count } of group.boxes) {
        input.checked = group.isOn(at);
        count.textContent = this.data.facts.large ? "" : group.isOff?.(at) ? say("offCount", { counts: number(counts[at]) }) : number(counts[at]);
      }
    }

    writeLeast(byRoots) {
      const { say } = bordermap.words;
      const offered = [...new Set([...this.offered, this.state.atLeast])].sort((a, b) => a - b);
      this.least.replaceChildren(...offered.map((least) => {
        const count = [...byRoots].reduce((sum, [roots, events]) => (roots >= least ? sum + events : sum), 0);
        if (this.data.facts.large) return make("option", { value: least, text: say("atLeast", { n: least }) });
        return make("option", { value: least, text: say("atLeastCount", { least: say("atLeast", { n: least }), n: count }) });
      }));
      this.least.value = this.state.atLeast;
    }

    // Actors and sides are many: those of any event of the collection are listed, most events first.
    makeBoxes(group) {
      const all = Array.from({ length: group.count }, (_, at) => at);
      const counts = new Int32Array(group.count);
      for (let row = 0; row < this.data.count; row++) for (const word of group.wordsOf(row)) counts[word]++;
      const order = group.all && !this.data.facts.large ? all.filter((at) => counts[at]).sort((a, b) => counts[b] - counts[a] || a - b) : all;
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
