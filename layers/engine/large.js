// A large set in the page: what is in view is asked of the host, and its answer is shown: circles that count, or events.
"use strict";

bordermap.large = (() => {
  const { make, by } = bordermap.dom;
  const MARGIN = 0.2; // of the view on each side, within which the reader can look around at once
  const LATE_MS = 20000; // after so long an ask may have been lost, as where the server was started anew
  const PLACES = 12; // of the places with most events are listed beside the map
  const WORLD = [-180, -85, 180, 85];

  class Large {
    constructor(parts, map, write) {
      Object.assign(this, parts, { map, write, opened: null, flying: 0, wanted: false, asked: 0, limit: PLACES });
      this.host = null;
      bordermap.cells.fit(this.data.facts.large.totals.events);
      this.node = make("div", { id: "bm-large", className: "bm-large" });
      by("list").before(this.node);
      document.querySelector(".bm").classList.add("bm-is-large");
      document.querySelector("[data-say=histogram]").dataset.say = "largeHistogram";
      this.state.onChange((changed) => this.hear(changed));
      map.on("resize", () => this.ask());
    }

    // From now on this takes what is asked; it hands the answer to `answer`.
    connect(post) {
      this.host = post;
      this.ask();
    }

    hear(changed) {
      if (["day", "mode", "filters", "view", "missing"].some((name) => changed.has(name))) this.ask();
    }

    // The newest ask waits while one is under way: what lies between is never asked.
    ask() {
      this.wanted = true;
      this.state.isAsking = true;
      document.querySelector(".bm").classList.add("bm-asking");
      this.go();
    }

    go() {
      if (!this.host || !this.wanted || this.flying) return;
      this.wanted = false;
      this.flying = `${performance.timeOrigin.toFixed(0)}-${++this.asked}`;
      this.post(this.flying, this.question());
    }

    // What is not answered is asked again by the same name, so that the first answer to it counts; or what is wanted since.
    post(id, ask) {
      this.host({ bordermap: "ask", id, ask });
      this.late = setTimeout(() => {
        if (!this.wanted) return this.post(id, ask);
        this.flying = 0;
        this.go();
      }, LATE_MS);
    }

    question() {
      const { state, data, map, opened } = this;
      const bounds = map.getBounds().pad(MARGIN);
      const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      const held = box.map((edge, at) => (at < 2 ? Math.max(edge, WORLD[at]) : Math.min(edge, WORLD[at])));
      const { event, ...words } = bordermap.address.write(state);
      const start = state.event >= 0 ? state.extent.from[state.event] : null;
      return { state: words, box: held, zoom: map.getZoom(), opened, event: state.asksFor, eventDay: start };
    }

    // An answer to anything but the last ask is late.
    async take(id, answer) {
      if (id !== this.flying) return;
      clearTimeout(this.late);
      if (answer.error) this.node.replaceChildren(make("p", { className: "bm-empty", text: answer.error, dir: "auto" }));
      else this.show(answer, answer.blobs ? await bordermap.data.again(this.data, answer.blobs) : null);
      this.flying = 0;
      this.go();
    }

    show(answer, fresh) {
      const { state, list, marks, panel, filters } = this;
      if (!answer.opened) this.opened = null;
      state.isAsking = this.wanted;
      document.querySelector(".bm").classList.toggle("bm-asking", this.wanted);
      const changed = state.arrive(answer, fresh);
      if (fresh) {
        list.forget();
        marks.forget();
        panel.standing = "";
      }
      state.opened = this.openedCell();
      document.querySelector(".bm").classList.toggle("bm-counting", Boolean(answer.cells) && !answer.opened);
      const undated = answer.opened && this.opened.undated === true;
      document.querySelector(".bm").classList.toggle("bm-undated", undated);
      by("beside").open = undated;
      this.write(changed);
      if (fresh) list.writeBeside();
      filters.count();
      this.writeBeside();
      this.host({ bordermap: "figures", shown: state.figures() });
    }

    // The number of the cell that is opened among those that are drawn.
    openedCell() {
      const { cells } = this.state;
      if (!cells || !this.opened) return -1;
      const { place, hexagon } = this.opened;
      if (!hexagon) return cells.place_id?.indexOf(place) ?? -1;
      return cells.zoom === hexagon[2] ? cells.column.findIndex((column, at) => column === hexagon[0] && cells.row[at] === hexagon[1]) : -1;
    }

    // List the events of a cell.
    open(cell) {
      const { cells } = this.state;
      if (cells.width) this.opened = { hexagon: [cells.column[cell], cells.row[cell], cells.zoom] };
      else this.opened = { place: cells.place_id[cell] };
      this.names = { name: cells.name[cell], name_ar: cells.name_ar[cell] };
      by("scroll").scrollTop = 0;
      this.ask();
    }

    // List those of no place, or of no day.
    openApart(opened) {
      Object.assign(this, { opened, names: null });
      by("scroll").scrollTop = 0;
      this.ask();
    }

    close() {
      this.opened = null;
      this.ask();
    }

    // Above the list: what the circles are, those with most events, what has no place; or what is opened.
    writeBeside() {
      const { state: { answer, cells }, data: { facts: { large: { totals: { undated } } } } } = this;
      if (!answer) return;
      const { say } = bordermap.words;
      const parts = answer.opened ? this.openedParts() : cells ? this.countedParts() : [];
      if (answer.apart && !answer.opened) {
        parts.push(this.button("bm-more", say("largeOpenUnplaced", { n: answer.apart }), () => this.openApart({ place: "" })));
      }
      if (undated && !answer.opened) {
        parts.push(this.button("bm-more", say("largeOpenUndated", { n: undated }), () => this.openApart({ undated: true })));
      }
      this.node.replaceChildren(...parts);
    }

    openedParts() {
      const { say } = bordermap.words;
      const { answer: { of } } = this.state;
      const { listed } = this.data.facts.large;
      const name = this.names ? bordermap.cells.called((column) => this.names[column], Boolean(this.opened.hexagon)) : say(this.opened.undated ? "largeNoDay" : "largeNowhere");
      return [
        this.button("bm-more", say("largeBack"), () => this.close()),
        make("h2", { text: name, dir: "auto" }),
        make("p", { text: of > listed ? say("largeFirst", { n: listed, all: of }) : say("eventCount", { n: of }) }),
      ];
    }

    countedParts() {
      const { state, data } = this;
      const { say, number } = bordermap.words;
      const { cells, answer } = state;
      const marks = cells.x.map((_, cell) => ({ cell, count: cells.n.reduce((sum, counts) => sum + counts[cell], 0) }));
      marks.sort((one, other) => other.count - one.count || one.cell - other.cell);
      const rows = marks.slice(0, PLACES).map(({ cell, count }) => {
        const button = this.button("bm-place", "", () => this.open(cell));
        button.append(make("span", { text: bordermap.cells.nameOf(state, cell), dir: "auto" }), make("b", { text: number(count) }));
        return make("li", {}, button);
      });
      const key = cells.width ? "largeHexagons" : "largePlaces";
      return [
        make("p", { text: say(key, { n: answer.inView, most: data.facts.large.single }) }),
        rows.length ? make("h2", { className: "bm-most", text: say("largeMost") }) : "",
        make("ol", { className: "bm-list" }, ...rows),
      ];
    }

    button(className, text, act) {
      const button = make("button", { type: "button", className, text });
      button.addEventListener("click", act);
      return button;
    }
  }

  return { Large };
})();
