// The day's events beside the map, in words; rows are made once and written again, so that a step is quick.
"use strict";

bordermap.list = (() => {
  const { make, by, visible } = bordermap.dom;
  const PAGE = 24;
  const BESIDE = 500;

  // What an event is in one line: where, from where to where.
  function way(data, event) {
    const { events } = data;
    const name = (role) => (events[role][event] >= 0 ? data.placeName(events[role][event]) : "");
    if (events.layer[event] < 2) {
      const through = name("crossing");
      const ends = [name("origin"), name("destination")];
      if (!ends[0] && !ends[1]) return through || name("place");
      const along = name("route");
      return `${ends[0] || "origin not given"} → ${ends[1] || "destination not given"}${through ? `, through ${through}` : ""}${along ? `, by ${along}` : ""}`;
    }
    return name("place") || name("crossing") || name("destination") || name("origin");
  }

  function sources(data, event) {
    const { plural } = bordermap.words;
    const reports = plural(data.events.n_sources[event], "report", "reports");
    const roots = data.events.n_roots[event];
    if (roots === 1 && data.events.n_sources[event] === 1) return reports;
    const deny = data.events.n_denying[event];
    const independent = roots === 1 ? `${reports}, one source` : `${reports}, ${roots} independent sources`;
    return deny && deny < roots ? `${independent}, ${deny} of them denying` : independent;
  }

  function disputedOn(data, event) {
    const bits = data.events.disputed[event];
    return bordermap.words.english.disputes.filter((_, at) => (bits >> (2 * at)) & 3);
  }

  class Row {
    constructor(choose) {
      this.glyph = bordermap.glyphs.referring();
      this.said = make("span", { className: "bm-said", dir: "auto" });
      this.title = make("b", { dir: "auto" });
      this.way = make("small", { dir: "auto" });
      this.detail = make("small");
      this.button = make("button", { type: "button", className: "bm-row" }, this.glyph, this.title, this.said, this.way, this.detail);
      this.node = make("li", {}, this.button);
      this.event = -1;
      this.button.addEventListener("click", () => choose(this.event));
    }

    write(data, event, strength, selected, year) {
      if (this.event !== event || this.year !== year) {
        this.event = event;
        this.year = year;
        this.writeEvent(data, event, year);
      }
      const className = strength < 1 ? "bm-row bm-faint" : "bm-row";
      if (this.button.className !== className) this.button.className = className;
      const expanded = String(selected);
      if (this.expanded !== expanded) this.button.setAttribute("aria-expanded", (this.expanded = expanded));
    }

    writeEvent(data, event, year) {
      const { events } = data;
      const { english, interval } = bordermap.words;
      const status = events.status[event];
      const disputed = disputedOn(data, event);
      const still = events.mark[event] < 2 || events.mark[event] > 3;
      const glyph = bordermap.glyphs.reference(events.layer[event], events.kind[event], status, disputed.length > 0, still);
      if (this.look !== glyph) this.glyph.firstChild.setAttribute("href", (this.look = glyph));
      put(this.title, visible(data.title(event)));
      put(this.said, visible(data.countTexts(event)));
      put(this.way, visible(way(data, event)));
      const parts = [
        english.statuses[status],
        interval(events.start[event], events.end[event], events.date_kind[event], year),
        data.onMap(event) ? "" : "not on the map: no place below a country",
        sources(data, event),
        disputed.length ? `disputed: ${disputed.join(", ")}` : "",
      ];
      put(this.detail, parts.filter(Boolean).join(" · "));
    }
  }

  // An empty line takes no room; a line that says the same is not written again.
  function put(node, text) {
    if (node.bordermapText === text) return;
    node.bordermapText = text;
    node.textContent = text;
    node.hidden = text === "";
  }

  class List {
    constructor(data, state, choose) {
      this.data = data;
      this.state = state;
      this.node = by("list");
      this.rows = [];
      this.choose = choose;
      this.limit = PAGE;
      this.more = make("button", { type: "button", className: "bm-more" });
      this.more.addEventListener("click", () => {
        this.limit += 200;
        this.write();
      });
      this.empty = make("p", { className: "bm-empty" });
      this.node.after(this.empty, this.more);
      this.writeBeside();
    }

    write() {
      const { state, data } = this;
      const count = Math.min(this.limit, state.shownCount);
      const order = this.order(count);
      const year = bordermap.words.yearOf(state.day);
      while (this.rows.length < count) {
        const row = new Row(this.choose);
        this.rows.push(row);
        this.node.append(row.node);
      }
      for (let at = 0; at < this.rows.length; at++) {
        const row = this.rows[at];
        if (row.hidden !== at >= count) row.node.hidden = row.hidden = at >= count;
        if (at < count) row.write(data, order[at].event, order[at].strength, order[at].event === state.event, year);
      }
      const left = state.shownCount - count;
      this.more.hidden = left <= 0;
      if (left > 0) this.more.textContent = `Show more of ${bordermap.words.number(left)} further events`;
      this.empty.hidden = state.shownCount > 0;
      if (state.shownCount === 0) this.empty.textContent = this.emptyWords();
    }

    // By layer, and in it the surest of this day first; a day of thousands keeps the order of the page.
    order(count) {
      const { state, data } = this;
      const { layer, n_claims: claims } = data.events;
      const all = state.shownCount <= 2000 ? state.shownCount : count;
      const order = new Array(all);
      for (let at = 0; at < all; at++) order[at] = { event: state.shown[at], strength: state.strengths[at] };
      if (all === state.shownCount) {
        order.sort((a, b) => layer[a.event] - layer[b.event] || b.strength - a.strength || claims[b.event] - claims[a.event] || a.event - b.event);
      }
      return order;
    }

    // No report is not the same as no movement; and filters hide nothing in silence.
    emptyWords() {
      const { state } = this;
      const hidden = state.met;
      if (hidden) return `${bordermap.words.plural(hidden, "event", "events")} of these days hidden by the filters and layer switches.`;
      return "No report in this collection tells of an event on these days. That is not a report that nothing moved.";
    }

    // What is undated, unplaced or outside the collection's days is never dropped, and never put on a day or
    // at a country's centre.
    writeBeside() {
      const { data, state } = this;
      const { end } = data.events;
      const undated = [];
      const outside = [];
      const unplaced = [];
      for (let event = 0; event < data.count; event++) {
        if (end[event] === bordermap.clock.NO_DAY) undated.push(event);
        else if (end[event] < state.firstDay || state.index.from[event] > state.lastDay) outside.push(event);
        else if (!data.onMap(event)) unplaced.push(event);
      }
      const node = by("beside");
      const all = [...undated, ...outside, ...unplaced];
      node.hidden = all.length + data.facts.loose_claims === 0;
      if (node.hidden) return;
      const loose = data.facts.loose_claims ? `; ${bordermap.words.plural(data.facts.loose_claims, "claim", "claims")} in no event` : "";
      const outsideWords = outside.length ? `, ${outside.length} of other years or days` : "";
      by("beside-count").textContent =
        `Not on the map: ${undated.length} without a day${outsideWords}, ${unplaced.length} dated but without a place${loose}`;
      node.addEventListener("toggle", () => {
        const list = by("beside-list");
        if (!node.open || list.childElementCount) return;
        if (all.length > BESIDE) list.append(make("li", { text: `The first ${BESIDE} of ${all.length}:` }));
        for (const event of all.slice(0, BESIDE)) {
          const row = new Row(this.choose);
          row.write(data, event, 1, false, undefined);
          list.append(row.node);
        }
      });
    }

    focus(event) {
      const row = this.rows.find((candidate) => candidate.event === event && !candidate.node.hidden);
      row?.button.focus();
    }
  }

  return { List, Row, way, sources, disputedOn };
})();
