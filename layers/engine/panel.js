// One event opened: what is known of it, what sources disagree on, and its claims side by side.
"use strict";

bordermap.panel = (() => {
  const { make, said, by } = bordermap.dom;
  const { telling, DENIED } = bordermap.standing;
  const SHOWN = 200;
  const COUNT = 1;
  // Pairs of events: the columns of data.events, and from when on it is known, what the second is to the first and the first to the second.
  const RELATIONS = [
    ["part_child", "part_parent", "part_known", "partOf", "hasPart"],
    ["follow_later", "follow_earlier", "follow_known", "follows", "followedBy"],
    ["return_back", "return_out", "return_known", "returnOf", "hasReturn"],
  ];

  // An outline that is a convention or drawn by hand says so.
  function schematic({ events }, row) {
    const drawn = ["place", "origin", "destination", "route"].some((role) => events[role][row] >= 0 && events.place_schematic[events[role][row]]);
    return drawn ? bordermap.words.say("schematic") : "";
  }

  class Panel {
    constructor(data, state) {
      Object.assign(this, { data, state, node: by("panel"), turn: 0, written: -1, story: state.story, keyed: false, opener: null });
      document.addEventListener("keydown", () => (this.keyed = true), true);
      document.addEventListener("pointerdown", () => (this.keyed = false), true);
    }

    async write() {
      const { data, state, node } = this;
      const event = state.event;
      const turn = ++this.turn;
      this.several = false;
      this.remember(event);
      node.hidden = event < 0 && (!state.missing || state.isAsking);
      this.away = null;
      if (event < 0) {
        this.standing = "";
        node.replaceChildren(...(state.missing ? this.missing() : []));
        return;
      }
      const texts = await data.claims();
      if (turn !== this.turn) return;
      const held = node.contains(document.activeElement);
      const row = state.rowOf(event);
      const relations = this.related(event);
      const standing = [row, row < 0 ? state.knownDay : "", bordermap.words.language, JSON.stringify(relations)].join(" ");
      if (this.standing !== standing) {
        if (row < 0) this.writeUnknown(event);
        else this.writeRow(row, texts, relations);
      }
      this.standing = standing; // a step of the clock on which nothing came to be known of the event leaves it as it is
      this.take(event, held);
    }

    // Where the focus was when an event was opened, to give it back.
    remember(event) {
      const from = document.activeElement;
      if (event >= 0 && !this.node.contains(from)) this.opener = from;
      if (event < 0) Object.assign(this, { written: -1, story: this.state.story });
    }

    // Who opens by key reads on here; who had the focus in what stood here before keeps it, and so does who steps
    // through the story.
    take(event, held) {
      const opened = this.written !== event;
      const stepped = this.story !== this.state.story; // the keys of a story stay with it
      Object.assign(this, { written: event, story: this.state.story });
      if (held || (opened && !stepped && this.keyed && bordermap.app.ready)) this.node.focus({ preventScroll: !opened });
    }

    closeButton(close) {
      const button = make("button", { type: "button", className: "bm-close", "aria-label": bordermap.words.say("close"), text: "×" });
      button.addEventListener("click", close);
      return button;
    }

    // A link asks for an event that is not here; a page that is cut says so, since its collection may have it.
    missing() {
      const { data: { facts }, state } = this;
      const isCut = facts.cut_to || facts.known_by || facts.large;
      const words = bordermap.dom.told(isCut ? "eventNotOnPage" : "eventMissing", { event: state.missing });
      return [this.closeButton(() => this.close()), make("p", { className: "bm-missing" }, ...words)];
    }

    // An event that a link opens, and of which nothing had been reported by then.
    writeUnknown(event) {
      const { say, longDay } = bordermap.words;
      this.node.replaceChildren(
        this.closeButton(() => this.close()),
        said("h2", this.data.title(event)),
        make("p", { text: say("notKnownYet", { day: longDay(this.state.knownDay) }) }),
        this.later(event, 0),
      );
    }

    writeRow(row, texts, relations) {
      const { data, state, node } = this;
      const claims = data.claimsOf(row, state.knownDay);
      const other = data.otherTitle(row);
      const rests = bordermap.standing.words(data, row);
      const disputes = bordermap.compare.sections(data, texts, row, claims);
      this.colour();
      node.replaceChildren(
        this.closeButton(() => this.close()),
        said("h2", data.title(row)),
        other ? said("p", other, "bm-ar") : "",
        this.elsewhere(row),
        rests ? make("p", { className: "bm-state bm-rests", text: rests }) : "",
        this.facts(row),
        disputes.length ? make("div", { className: "bm-disputes" }, ...disputes) : "",
        ...this.sides(row, texts, claims),
        this.later(data.eventOf(row), claims.length),
        this.relations(relations),
      );
    }

    // What stays open while other days are shown says so, and leads to its own; what has none has nowhere to lead.
    elsewhere(row) {
      const { data: { events }, state } = this;
      const { say } = bordermap.words;
      const [from, to] = [state.extent.from[row], state.extent.to[row]];
      if (to < state.firstDay || from > state.lastDay) return "";
      const go = make("button", { type: "button", className: "bm-more", text: say("goToDays") });
      const first = events.date_kind[row] === bordermap.clock.BY ? to : from;
      go.addEventListener("click", () => state.set({ day: Math.max(first, state.firstDay) }));
      this.away = { row, node: make("div", { className: "bm-later" }, make("p", { text: say("notTheseDays") }), go) };
      this.writeDay();
      return this.away.node;
    }

    writeDay() {
      if (this.away) this.away.node.hidden = this.state.strength(this.away.row) > 0;
    }

    facts(row) {
      const { events } = this.data;
      const { dom, list, words, ranges } = bordermap;
      const { say } = words;
      const range = ranges.counted(events.count_low[row], events.count_high[row], events.count_unit[row]);
      const sure = [words.list("certainties")[events.certainty[row]], schematic(this.data, row)].filter(Boolean).join(say("comma"));
      const facts = [
        ["where", dom.line(list.wayParts(this.data, row)), sure],
        ["when", [words.interval(events.start[row], events.end[row], events.date_kind[row])]],
        ["howMany", [said("b", this.data.countTexts(row) || say("noNumber"))], range && say("meantNumber", { range })],
        ["status", [words.list("statusOf")[events.status[row]]]],
        ["toldBy", [list.sources(this.data, row)]],
      ];
      return make("dl", { className: "bm-facts" }, ...facts.flatMap(([key, parts, more]) => [
        make("dt", { text: say(key) }),
        make("dd", {}, make("span", {}, ...parts), more ? make("small", { text: more }) : ""),
      ]));
    }

    // Asserted against denied; else, where counts are disputed, the lowest number said against the highest; else all.
    sides(row, texts, claims) {
      const { events } = this.data;
      const against = claims.filter((claim) => events.claim_status[claim] === DENIED);
      const asserted = claims.filter((claim) => events.claim_status[claim] !== DENIED);
      if (against.length && asserted.length) return this.occurrence(texts, claims, against);
      const [low, high] = (events.disputed[row] >> (2 * COUNT)) & 3 ? this.extremes(row, claims) : [[], []];
      if (!low.length) return this.side(against.length ? "deniesIt" : "theClaims", claims, texts);
      const others = claims.filter((claim) => !low.includes(claim) && !high.includes(claim));
      return [this.versus(texts, ["lowestSaid", low], ["highestSaid", high]), ...this.side("furtherClaims", others, texts)];
    }

    // Who plans or asks for it, or has since been retracted, says neither that it happened nor that it did not.
    occurrence(texts, claims, against) {
      const { events } = this.data;
      const standing = bordermap.standing.standing(events, claims);
      const told = telling(events, claims).filter((claim) => !against.includes(claim));
      const denied = against.filter((claim) => standing.includes(claim));
      const others = claims.filter((claim) => !told.includes(claim) && !denied.includes(claim));
      if (!told.length || !denied.length) return this.side(denied.length ? "deniesIt" : "theClaims", claims, texts);
      return [this.versus(texts, ["saysSo", told], ["deniesIt", denied]), ...this.side("furtherClaims", others, texts)];
    }

    // The claims with the lowest and with the highest number said.
    extremes(row, claims) {
      const { events } = this.data;
      const { isNumbered, saidNumber } = bordermap.compare;
      const numbered = telling(events, claims).filter((claim) => isNumbered(events, row, claim));
      const numbers = numbered.map((claim) => saidNumber(events, claim));
      const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
      if (!(least < most)) return [[], []];
      return [least, most].map((end) => numbered.filter((claim) => saidNumber(events, claim) === end));
    }

    versus(texts, ...sides) {
      return make("div", { className: "bm-versus" }, ...sides.map(([key, claims]) => make("div", {}, ...this.side(key, claims, texts))));
    }

    side(key, claims, texts) {
      if (!claims.length) return [];
      const { say, number } = bordermap.words;
      return [
        make("h3", { className: "bm-sides", text: `${say(key)} (${number(claims.length)})` }),
        claims.length > SHOWN ? make("p", { className: "bm-apart", text: say("besideFirst", { n: SHOWN, all: claims.length }) }) : "",
        make("div", { className: "bm-claims" }, ...bordermap.claimcard.cards(this.data, texts, claims.slice(0, SHOWN))),
      ];
    }

    // How many claims came out after the day by which the reader asks.
    later(event, known) {
      const { say } = bordermap.words;
      const left = this.data.claimsOf(event).length - known;
      if (left <= 0) return "";
      const all = make("button", { type: "button", className: "bm-more", text: say("showAllKnown") });
      all.addEventListener("click", () => this.state.set({ known: null }));
      return make("div", { className: "bm-later" }, make("p", { text: say("claimsLater", { n: left }) }), all);
    }

    // In the colour of the event's layer, which is another where the page is dark.
    colour() {
      const { event } = this.state;
      if (event >= 0) this.node.style.setProperty("--layer", bordermap.paint.colour(this.data.events.layer[event]));
    }

    // What this event is part of, follows or returns, and what does to it, as far as that is known.
    related(event) {
      this.relating ??= relating(this.data.events);
      const known = (this.relating.get(event) ?? []).filter(([, , since]) => since <= this.state.knownDay);
      return known.map(([key, other]) => [key, other]);
    }

    relations(known) {
      if (!known.length) return "";
      const { say } = bordermap.words;
      return make("section", { className: "bm-relations" },
        make("h3", { className: "bm-sides", text: say("relations") }),
        known.length > SHOWN ? make("p", { className: "bm-apart", text: say("besideFirst", { n: SHOWN, all: known.length }) }) : "",
        make("ul", {}, ...known.slice(0, SHOWN).map(([key, other]) => make("li", {}, make("span", { text: say(key) }), this.opens(other)))));
    }

    opens(event) {
      const button = make("button", { type: "button", className: "bm-open", text: this.data.title(event), dir: "auto" });
      button.addEventListener("click", () => this.state.set({ event }));
      return button;
    }

    // Several events at once: those of a badge on the map, or those that a table counts.
    writeSeveral(rows) {
      const { data, node, state } = this;
      state.set({ event: -1, missing: "" });
      this.turn++;
      this.standing = "";
      this.several = true;
      if (!node.contains(document.activeElement)) this.opener = document.activeElement;
      const year = bordermap.words.yearOf(state.day);
      const lines = rows.slice(0, SHOWN).map((row) => {
        const line = new bordermap.list.Row((chosen) => state.set({ event: chosen }));
        line.write(data, row, state.strength(row), false, year);
        return line.node;
      });
      node.hidden = false;
      node.replaceChildren(
        this.closeButton(() => this.closeSeveral()),
        make("h2", { text: bordermap.words.say("eventsHere", { n: rows.length }) }),
        rows.length > SHOWN ? make("p", { text: bordermap.words.say("besideFirst", { n: SHOWN, all: rows.length }) }) : "",
        make("ol", { className: "bm-list" }, ...lines),
      );
      node.scrollIntoView({ block: "nearest" });
      if (this.keyed) node.focus({ preventScroll: true });
    }

    closeSeveral() {
      if (!this.several) return;
      this.several = false;
      const held = this.node.contains(document.activeElement);
      this.node.hidden = true;
      if (held) this.giveBack();
    }

    close() {
      const event = this.state.event;
      this.state.set({ event: -1, missing: "" });
      if (!this.onClosed?.(event)) this.giveBack();
    }

    giveBack() {
      if (this.opener?.isConnected && this.opener !== document.body && this.opener.checkVisibility()) this.opener.focus();
    }
  }

  // By event its relations: their words, the other event, and the day from which they are known.
  function relating(events) {
    const found = new Map();
    const note = (event, relation) => (found.get(event) ?? found.set(event, []).get(event)).push(relation);
    for (const [from, to, known, onward, back] of RELATIONS) {
      events[from].forEach((one, at) => {
        note(one, [onward, events[to][at], events[known][at]]);
        note(events[to][at], [back, one, events[known][at]]);
      });
    }
    return found;
  }

  return { Panel };
})();
