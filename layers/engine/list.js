// The day's events beside the map, in words; rows are made once and written again, so that a step is quick.
"use strict";

bordermap.list = (() => {
  const { make, by, visible } = bordermap.dom;
  const WHOLE = 60; // up to so many events all are listed at once, of more the first few
  const PAGE = 12;
  const SORTED = 400; // a day of more keeps the order of the page, which is by layer and number of claims
  const BESIDE = 500;

  // What an event is in one line: where, from where to where; names, and strings of the table with names in them. What is
  // one place, as a circle that stands for several, is told once.
  function wayParts(data, row) {
    const { events } = data;
    const { say } = bordermap.words;
    const name = (role) => (events[role][row] >= 0 ? data.placeName(events[role][row]) : "");
    if (events.layer[row] < 2) {
      const [from, gate, to] = ["origin", "crossing", "destination"].map((role) => events[role][row]);
      const through = gate === from || gate === to ? "" : name("crossing");
      const ends = [name("origin"), name("destination")];
      if (!ends[0] && !ends[1]) return [name("crossing") || name("place")];
      const along = name("route");
      return [
        from === to ? ends[0] : ["way", { from: ends[0] || say("originUnknown"), to: ends[1] || say("destinationUnknown") }],
        through && ["through", { place: through }],
        along && ["alongRoute", { place: along }],
      ].filter(Boolean);
    }
    return [name("place") || name("crossing") || name("destination") || name("origin")];
  }

  function way(data, row) {
    const { say } = bordermap.words;
    return wayParts(data, row).map((part) => (Array.isArray(part) ? say(...part) : part)).join(say("comma"));
  }

  // How many outlets a row's claims were read in.
  function outlets(data, row) {
    const { claim_source: source, known_from: known } = data.events;
    return new Set(data.claimsOf(row, known[row]).map((claim) => data.sources.outlet[source[claim]])).size;
  }

  // How many reports tell of it, and how many sources are independent: what has one root counts once. Where they were
  // read in fewer outlets, that is said.
  function sources(data, row) {
    const { say } = bordermap.words;
    const { n_sources: told, n_reposts: reposts, n_roots: roots, n_denying: denying } = data.events;
    const original = told[row] - reposts[row];
    const [first, again] = [say("reports", { n: original }), say("reposts", { n: reposts[row] })];
    const reports = !reposts[row] ? first : original ? say("reportsAndReposts", { reports: first, reposts: again }) : again;
    if (roots[row] === 0) return reports; // of none that stands
    if (roots[row] === 1) return told[row] === 1 ? reports : say("oneSource", { reports });
    const independent = say("independent", { reports, n: roots[row] });
    const some = denying[row] && denying[row] < roots[row];
    const read = outlets(data, row);
    const parts = [independent, some && say("denying", { n: denying[row] }), read < roots[row] && say("readIn", { n: read })];
    return parts.filter(Boolean).join(say("comma"));
  }

  function disputedOn(data, row) {
    const bits = data.events.disputed[row];
    return bits ? bordermap.words.list("disputes").filter((_, at) => (bits >> (2 * at)) & 3) : [];
  }

  // What sources disagree on, and whether they differ or contradict each other, as the ring of the mark shows.
  function disputedHow(data, row) {
    const { say, list } = bordermap.words;
    const bits = data.events.disputed[row];
    if (!bits) return [];
    return list("disputes").flatMap((what, at) => {
      const apart = (bits >> (2 * at)) & 3;
      return apart ? [say("disputeHow", { what, how: say(apart === 1 ? "differs" : "conflicts") })] : [];
    });
  }

  // Which row of the list a button is.
  const rows = new WeakMap();
  const rowOf = (button) => rows.get(button)?.row ?? null;

  // Go from a row to another of its list by a key; behind the last is the button for more.
  function go(button, key) {
    const list = button.closest(".bm-list");
    const all = [...list.querySelectorAll("li:not([hidden]) > .bm-row")];
    const more = list.parentNode.querySelector(".bm-more:not([hidden])");
    const at = all.indexOf(button);
    const next = { ArrowDown: all[at + 1] ?? more, ArrowUp: all[at - 1], Home: all[0], End: all.at(-1) }[key];
    next?.focus();
  }

  class Row {
    constructor(choose) {
      this.glyph = bordermap.glyphs.referring();
      this.kind = make("span", { className: "bm-unseen" });
      this.said = make("span", { className: "bm-said", dir: "auto" });
      this.title = make("b", { dir: "auto" });
      this.way = make("small");
      this.detail = make("small");
      this.button = make("button", { type: "button", className: "bm-row" }, this.glyph, this.kind, this.title, this.said, this.way, this.detail);
      this.node = make("li", {}, this.button);
      this.row = -1;
      this.button.addEventListener("click", () => choose(this.event));
      rows.set(this.button, this);
    }

    // Write a row of the data, if it is not what stands here already in the same language.
    write(data, row, strength, selected, year) {
      const { language } = bordermap.words;
      if (this.row !== row || this.year !== year || this.language !== language) {
        Object.assign(this, { row, year, language, event: data.eventOf(row) });
        this.writeRow(data, row, year);
      }
      const className = strength < 1 ? "bm-row bm-faint" : "bm-row";
      if (this.button.className !== className) this.button.className = className;
      const expanded = String(selected);
      if (this.expanded !== expanded) this.button.setAttribute("aria-expanded", (this.expanded = expanded));
    }

    writeRow(data, row, year) {
      const { events } = data;
      const { say, list, interval } = bordermap.words;
      const status = events.status[row];
      const disputed = disputedHow(data, row);
      const still = events.mark[row] < 2 || events.mark[row] > 3;
      const glyph = bordermap.glyphs.reference(events.layer[row], events.kind[row], status, disputed.length > 0, still, events.rests[row] > 0);
      if (this.look !== glyph) this.glyph.firstChild.setAttribute("href", (this.look = glyph));
      put(this.kind, `${[list("kinds")[events.kind[row]], data.countTexts(row) ? "" : say("noCount")].filter(Boolean).join(say("comma"))}: `);
      put(this.title, visible(data.title(row)));
      put(this.said, visible(data.countTexts(row)));
      const where = wayParts(data, row);
      put(this.way, data.isUntitled(row) ? "" : way(data, row), () => bordermap.dom.line(where));
      const parts = [
        list("statuses")[status],
        data.onMap(row) ? list("certainties")[events.certainty[row]] : "",
        interval(events.start[row], events.end[row], events.date_kind[row], year),
        data.onMap(row) ? "" : say("notOnMap"),
        sources(data, row),
        disputed.length ? say("disputedOn", { what: disputed.join(say("comma")) }) : "",
        bordermap.standing.words(data, row),
      ];
      put(this.detail, parts.filter(Boolean).join(" · "));
    }
  }

  // By layer, and in it the surest of this day first; a day of thousands keeps the order of the page.
  function ordered(data, state, count) {
    const { layer, n_claims: claims } = data.events;
    const shown = state.shown.subarray(0, state.shownCount);
    const rows = state.shownCount > SORTED ? firstOf(data, state, count) : Array.from(shown);
    const order = rows.map((row) => ({ row, strength: state.strength(row) }));
    if (state.shownCount <= SORTED) {
      order.sort((a, b) => layer[a.row] - layer[b.row] || b.strength - a.strength || claims[b.row] - claims[a.row] || data.eventOf(a.row) - data.eventOf(b.row));
    }
    return order;
  }

  const firsts = new WeakMap(); // of rows that days only add to, the first in the order of the page, and of how many

  // The first rows in the order of the page; so far, only what is new is looked at.
  function firstOf(data, state, count) {
    const { shown, shownCount } = state;
    const before = (one, other) => data.eventOf(one) - data.eventOf(other);
    if (count * 8 > shownCount) return Array.from(shown.subarray(0, shownCount)).sort(before).slice(0, count);
    const grows = shown === state.arrivals?.rows;
    let kept = grows ? firsts.get(shown) : null;
    if (!kept || kept.count !== count || kept.upTo > shownCount) kept = { count, upTo: 0, found: [] };
    const { found } = kept;
    for (; kept.upTo < shownCount; kept.upTo++) {
      const row = shown[kept.upTo];
      if (found.length === count && before(row, found[count - 1]) >= 0) continue;
      let at = found.length;
      while (at > 0 && before(found[at - 1], row) > 0) at--;
      found.splice(at, 0, row);
      if (found.length > count) found.pop();
    }
    if (grows) firsts.set(shown, kept);
    return found.slice();
  }

  // An empty line takes no room; a line that says the same is not written again.
  function put(node, text, nodes) {
    if (node.bordermapText === text) return;
    node.bordermapText = text;
    if (nodes) node.replaceChildren(...nodes());
    else node.textContent = text;
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
      this.empty = make("p", { className: "bm-empty", tabindex: -1 });
      this.node.after(this.empty, this.more);
      by("beside").addEventListener("toggle", () => this.openBeside());
      this.writeBeside();
    }

    write() {
      const { state, data } = this;
      const shows = [state.first, state.last, state.filtered, state.knownDay].join(" ");
      if (this.shows !== shows) this.limit = PAGE; // who asked for more did so of other days
      this.shows = shows;
      const count = state.shownCount <= WHOLE ? state.shownCount : Math.min(this.limit, state.shownCount);
      const order = ordered(data, state, count);
      const year = bordermap.words.yearOf(state.day);
      while (this.rows.length < count) {
        const row = new Row(this.choose);
        this.rows.push(row);
        this.node.append(row.node);
      }
      for (let at = 0; at < this.rows.length; at++) {
        const row = this.rows[at];
        if (row.hidden !== at >= count) row.node.hidden = row.hidden = at >= count;
        if (at < count) row.write(data, order[at].row, order[at].strength, data.eventOf(order[at].row) === state.event, year);
      }
      const left = state.shownCount - count;
      this.more.hidden = left <= 0;
      if (left > 0) this.more.textContent = bordermap.words.say("more", { n: left });
      this.empty.hidden = state.shownCount > 0;
      if (state.shownCount === 0) this.empty.textContent = emptyWords(this.data, state);
    }

    // The data is another: what is written here is of none of its rows.
    forget() {
      for (const row of this.rows) row.row = -1;
      Object.assign(this, { ever: null, besidesWritten: null });
    }

    // What is undated, unplaced or outside the collection's days is never dropped, and never put on a day or
    // at a country's centre.
    writeBeside() {
      const { data, state } = this;
      const { say, language } = bordermap.words;
      this.ever ??= besideEver(data, state);
      const held = (row) => data.knowing.holds(row, state.knownDay);
      const found = { undated: this.ever.undated.filter(held), outside: this.ever.outside.filter(held), unplaced: this.ever.unplaced.filter(held) };
      const node = by("beside");
      const besides = [...found.undated, ...found.outside, ...found.unplaced];
      const loose = data.looseClaims(state.knownDay);
      const written = `${language} ${besides.join()} ${loose.join()}`;
      if (this.besidesWritten === written) return;
      Object.assign(this, { besides, loose, besidesWritten: written });
      node.hidden = besides.length + loose.length === 0;
      if (node.hidden) return;
      by("beside-count").textContent = say("beside", {
        undated: found.undated.length,
        outside: found.outside.length ? say("besideOutside", { n: found.outside.length }) : "",
        unplaced: found.unplaced.length,
        loose: loose.length ? say("besideLoose", { n: loose.length }) : "",
      });
      this.openBeside();
    }

    // The rows beside the map are made when they are looked for.
    openBeside() {
      const list = by("beside-list");
      list.replaceChildren();
      if (!by("beside").open) return;
      const all = this.besides;
      if (all.length > BESIDE) list.append(make("li", { text: bordermap.words.say("besideFirst", { n: BESIDE, all: all.length }) }));
      for (const row of all.slice(0, BESIDE)) {
        const line = new Row(this.choose);
        line.write(this.data, row, 1, false, undefined);
        list.append(line.node);
      }
      this.openLoose(list);
    }

    // Below them the claims of no event, each as its source told it, once those are unpacked.
    async openLoose(list) {
      const { data, loose } = this;
      if (!loose.length) return;
      const { say } = bordermap.words;
      const node = make("li", { className: "bm-loose" });
      list.append(node);
      const texts = await data.claims();
      if (!node.isConnected) return; // what is beside the map has been written anew
      node.append(
        make("p", { className: "bm-sides", text: say("looseClaims", { n: loose.length }) }),
        loose.length > BESIDE ? make("p", { className: "bm-apart", text: say("besideFirst", { n: BESIDE, all: loose.length }) }) : "",
        make("div", { className: "bm-claims" }, ...bordermap.claimcard.cards(data, texts, loose.slice(0, BESIDE))),
      );
    }

    // Whether the event has a row here to take the focus.
    focus(event) {
      const row = this.rows.find((candidate) => candidate.event === event && !candidate.node.hidden);
      row?.button.focus();
      return Boolean(row);
    }

    // Where the list is empty, what it says of that.
    focusFirst() {
      const first = this.rows.find((candidate) => !candidate.node.hidden);
      (first?.button ?? this.empty).focus();
    }

    // Light the rows that the mark under the pointer stands for.
    light(rows) {
      const lit = new Set(rows);
      for (const row of this.rows) row.button.classList.toggle("bm-under", lit.has(row.row));
    }
  }

  // No report is not the same as no movement; and filters hide nothing in silence.
  function emptyWords(data, state) {
    const { say, longDay, dayOf } = bordermap.words;
    if (data.facts.large) return emptyLarge(state);
    if (state.met) return say("emptyHidden", { n: state.met });
    if (state.unknown) return say("emptyUnknown", { n: state.unknown });
    const loose = bordermap.reports.loose(data, state).length;
    if (loose) return say("emptyLoose", { n: loose });
    const speaking = bordermap.reports.speaking(data, state);
    const { known_by: cut } = data.facts;
    // Of what is not published a page does not know: it says nothing of reports that it lacks.
    const { published } = data.facts;
    if (!speaking && cut) return say(published ? "emptyCutPublished" : "emptyCut", { day: longDay(dayOf(cut)) });
    if (speaking) return say(published ? "emptyReportedPublished" : "emptyReported", { n: speaking });
    return say(published ? "emptyNoReportPublished" : "emptyNoReport");
  }

  // What has no place is nowhere else on the map.
  function emptyLarge(state) {
    const { say } = bordermap.words;
    if (!state.isTold) return state.failed ? "" : say("largeAsking");
    const elsewhere = state.total - state.answer.unplaced;
    return elsewhere > 0 ? say("largeEmpty", { n: elsewhere }) : say("largeEmptyDays");
  }

  // Of all versions of events those that are beside the map while they are what is known.
  function besideEver(data, state) {
    const { end } = data.events;
    const found = { undated: [], outside: [], unplaced: [] };
    for (let row = 0; row < data.rows; row++) {
      if (end[row] === bordermap.clock.NO_DAY) found.undated.push(row);
      else if (end[row] < state.firstDay || state.extent.from[row] > state.lastDay) found.outside.push(row);
      else if (!data.onMap(row)) found.unplaced.push(row);
    }
    return found;
  }

  return { List, Row, PAGE, ordered, way, wayParts, sources, disputedOn, rowOf, go, emptyWords };
})();
