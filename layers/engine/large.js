// A large set in the page: what is in view is asked of the host, and its answer is shown: circles that count, or events.
"use strict";

bordermap.large = (() => {
  const { by } = bordermap.dom;
  const MARGIN = 0.2; // of the view on each side, within which the reader can look around at once
  const LATE_MS = 20000; // after so long an ask may have been lost, as where the server was started anew
  const WORLD = [-180, -85, 180, 85];

  class Large {
    constructor(parts, map, write) {
      Object.assign(this, parts, { map, write, host: null, flying: 0, wanted: false, asked: 0 });
      // What the reader has opened, and its names; the same as the ask under way has them, and as the last answer does.
      Object.assign(this, { opened: null, names: null, flown: null, shown: null });
      bordermap.cells.fit(this.data.facts.large.totals.events);
      this.beside = new bordermap.largebeside.Beside(this);
      document.querySelector(".bm").classList.add("bm-is-large");
      document.querySelector("[data-say=histogram]").dataset.say = "largeHistogram";
      this.state.onChange((changed) => this.hear(changed));
      map.on("moveend", () => this.ask()); // which a resize ends with too; a view is seen once the map has come to rest
    }

    // From now on this takes what is asked; it hands the answer to `answer`.
    connect(post) {
      this.host = post;
      this.ask();
    }

    hear(changed) {
      if (["day", "mode", "filters", "missing"].some((name) => changed.has(name))) this.ask();
    }

    // The newest ask waits while one is under way: what lies between is never asked.
    ask() {
      this.wanted = true;
      this.wait(true);
      this.go();
    }

    // Whether the reader waits for an answer.
    wait(waits) {
      this.state.isAsking = waits;
      document.querySelector(".bm").classList.toggle("bm-asking", waits);
      for (const node of [this.map.getContainer(), this.beside.node, by("list")]) node.setAttribute("aria-busy", String(waits));
    }

    go() {
      if (!this.host || !this.wanted || this.flying) return;
      const { opened, names, state: { choice } } = this;
      Object.assign(this, { wanted: false, flown: { opened, names, choice } });
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
      const seen = map.getBounds();
      const { event, ...words } = bordermap.address.write(state);
      const isDated = state.event >= 0 && data.events.end[state.event] !== bordermap.clock.NO_DAY;
      return {
        state: words, box: edges(seen.pad(MARGIN)), seen: edges(seen), zoom: map.getZoom(), opened,
        event: state.asksFor, eventDay: isDated ? state.extent.from[state.event] : null,
      };
    }

    // An answer to anything but the last ask is late. One that cannot be shown says so, and the next can.
    async take(id, answer) {
      if (id !== this.flying) return;
      clearTimeout(this.late);
      try {
        if (answer.error) this.fail(answer.error);
        else this.show(answer, answer.blobs ? await bordermap.data.again(this.data, answer.blobs) : null);
      } catch (error) {
        this.fail(bordermap.words.say("largeFailed"));
        throw error;
      } finally {
        this.flying = 0;
        this.go();
      }
    }

    // No number of before stands under what is chosen now.
    fail(sentence) {
      if (this.opened === this.flown.opened) this.opened = null; // or it would be asked for again, with no way back
      this.state.fail();
      this.shown = null;
      this.settle({ counting: true, undated: false });
      this.write(new Set(["answer"]));
      this.beside.writeFailure(sentence);
      this.host({ bordermap: "figures", shown: this.state.figures() });
    }

    show(answer, fresh) {
      const { state, list, marks, panel, filters } = this;
      if (!answer.opened && this.opened === this.flown.opened) this.opened = null; // and not what was opened since
      this.shown = answer.opened ? this.flown : null;
      const changed = state.arrive(answer, fresh, this.flown.choice);
      if (fresh) {
        list.forget();
        marks.forget();
        panel.standing = "";
      }
      state.opened = this.openedCell();
      this.settle({ counting: Boolean(answer.cells) && !answer.opened, undated: this.shown?.opened.undated === true });
      this.write(changed);
      if (fresh) list.writeBeside();
      filters.count();
      this.writeBeside();
      this.host({ bordermap: "figures", shown: state.figures() });
    }

    // What of the page is seen beside the map, and whether more is awaited.
    settle({ counting, undated }) {
      this.wait(this.wanted);
      document.querySelector(".bm").classList.toggle("bm-counting", counting);
      document.querySelector(".bm").classList.toggle("bm-undated", undated);
      by("beside").open = undated;
    }

    // The number of the cell that is opened among those that are drawn.
    openedCell() {
      const { cells } = this.state;
      if (!cells || !this.shown) return -1;
      const { place, hexagon } = this.shown.opened;
      if (!hexagon) return cells.place_id?.indexOf(place) ?? -1;
      return cells.zoom === hexagon[2] ? cells.column.findIndex((column, at) => column === hexagon[0] && cells.row[at] === hexagon[1]) : -1;
    }

    // List the events of a cell.
    open(cell) {
      const { cells } = this.state;
      const opened = cells.width ? { hexagon: [cells.column[cell], cells.row[cell], cells.zoom] } : { place: cells.place_id[cell] };
      this.choose(opened, { name: cells.name[cell], name_ar: cells.name_ar[cell] });
    }

    // List what is opened; or, where that is null, what is counted.
    choose(opened, names = null) {
      Object.assign(this, { opened, names });
      by("scroll").scrollTop = 0;
      this.ask();
    }

    writeBeside() {
      this.beside.write();
    }
  }

  // West, south, east and north of bounds, within the world.
  function edges(bounds) {
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    return box.map((edge, at) => (at < 2 ? Math.max(edge, WORLD[at]) : Math.min(edge, WORLD[at])));
  }

  return { Large };
})();
