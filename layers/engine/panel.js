// One event opened: its claims side by side, each with its words, its number as said, and who says so.
"use strict";

bordermap.panel = (() => {
  const { make, said, link, by } = bordermap.dom;
  const DENIED = 2;
  const SHOWN = 200;

  // An outline that is a convention or drawn by hand says so.
  function schematic({ events }, row) {
    const drawn = ["place", "origin", "destination", "route"].some((role) => events[role][row] >= 0 && events.place_schematic[events[role][row]]);
    return drawn ? bordermap.words.say("schematic") : "";
  }

  class Panel {
    constructor(data, state) {
      this.data = data;
      this.state = state;
      this.node = by("panel");
      this.turn = 0;
    }

    async write() {
      const { data, state, node } = this;
      const event = state.event;
      const turn = ++this.turn;
      this.several = false;
      node.hidden = event < 0;
      if (event < 0) {
        node.replaceChildren();
        return;
      }
      const texts = await data.claims();
      if (turn !== this.turn) return;
      const row = state.rowOf[event];
      if (row < 0) this.writeUnknown(event);
      else this.writeRow(row, texts);
    }

    closeButton(close) {
      const button = make("button", { type: "button", className: "bm-close", "aria-label": bordermap.words.say("close"), text: "×" });
      button.addEventListener("click", close);
      return button;
    }

    // An event that a link opens, and of which nothing had been reported by then.
    writeUnknown(event) {
      const { say, longDay } = bordermap.words;
      this.node.replaceChildren(
        this.closeButton(() => this.close()),
        said("h2", this.data.title(event)),
        make("p", { text: say("notKnownYet", { day: longDay(this.state.knownDay) }) }),
      );
    }

    writeRow(row, texts) {
      const { data, state, node } = this;
      const { events } = data;
      const { list, words: say } = bordermap;
      const facts = [
        [say.say("where"), [list.way(data, row), say.list("certainties")[events.certainty[row]], schematic(data, row)].filter(Boolean).join("; ")],
        [say.say("when"), say.interval(events.start[row], events.end[row], events.date_kind[row])],
        [say.say("status"), say.list("statusOf")[events.status[row]]],
        [say.say("toldBy"), list.sources(data, row)],
      ].filter(([, text]) => text);
      const claims = data.claimsOf(row, state.knownDay);
      const against = claims.filter((claim) => events.claim_status[claim] === DENIED);
      const asserted = claims.filter((claim) => events.claim_status[claim] !== DENIED);
      const other = data.otherTitle(row);
      node.style.setProperty("--layer", bordermap.paint.colour(events.layer[row]));
      node.replaceChildren(
        this.closeButton(() => this.close()),
        said("h2", data.title(row)),
        other ? said("p", other, "bm-ar") : "",
        make("dl", { className: "bm-facts" }, ...facts.flatMap(([name, text]) => [make("dt", { text: name }), said("dd", text)])),
        this.disputes(row),
        against.length && asserted.length
          ? make("div", { className: "bm-versus" },
            make("div", {}, ...this.side(say.say("saysSo"), asserted, texts)), make("div", {}, ...this.side(say.say("deniesIt"), against, texts)))
          : make("div", {}, ...this.side(against.length ? say.say("deniesIt") : "", claims, texts)),
      );
    }

    // A badge that counts several events opens to all of them.
    writeSeveral(rows) {
      const { data, node, state } = this;
      state.set({ event: -1 });
      this.turn++;
      this.several = true;
      const year = bordermap.words.yearOf(state.day);
      const lines = rows.slice(0, SHOWN).map((row) => {
        const line = new bordermap.list.Row((chosen) => state.set({ event: chosen }));
        line.write(data, row, 1, false, year);
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
    }

    closeSeveral() {
      if (!this.several) return;
      this.several = false;
      this.node.hidden = true;
    }

    // What the sources disagree on, and how far: what differs is told from what conflicts.
    disputes(row) {
      const { say, list } = bordermap.words;
      const { data } = this;
      const bits = data.events.disputed[row];
      if (!bits) return "";
      const values = ["", data.countTexts(row), data.dateTexts(row), ""];
      return make("ul", { className: "bm-disputes" }, ...list("disputes").map((what, at) => {
        const apart = (bits >> (2 * at)) & 3;
        if (!apart) return null;
        const text = say(at === 0 ? "occurrenceDenied" : at === 3 ? "placesApart" : apart === 1 ? "differs" : "conflicts");
        return make("li", { dir: "auto" }, make("b", { text: say("disputedWhat", { what }) }), ` ${text}`, values[at] ? `: ${bordermap.dom.visible(values[at])}` : "");
      }));
    }

    side(heading, claims, texts) {
      if (!claims.length) return [];
      return [
        heading ? make("p", { className: "bm-sides", text: `${heading} (${bordermap.words.number(claims.length)})` }) : "",
        claims.length > SHOWN ? make("p", { className: "bm-sides", text: bordermap.words.say("besideFirst", { n: SHOWN, all: claims.length }) }) : "",
        make("div", { className: "bm-claims" }, ...claims.slice(0, SHOWN).map((claim) => this.claim(claim, texts))),
      ];
    }

    claim(claim, texts) {
      const { events, sources: source } = this.data;
      const text = (name) => texts.of(name, claim);
      const { say, list, fullDay, interval } = bordermap.words;
      const from = events.claim_source[claim];
      const status = events.claim_status[claim];
      const hedged = events.claim_modality[claim] === 1 ? say("hedged") : "";
      const published = source.published[from] ? bordermap.words.dayOf(source.published[from]) : null;
      const reported = events.claim_reported[claim];
      const chain = text("via") || [source.outlet[from], text("speakers")].filter(Boolean).join(" > ");
      const days = published === null || published === reported
        ? say("reportedOn", { day: fullDay(reported) })
        : say("reportedIn", { day: fullDay(reported), published: fullDay(published) });
      const written = [
        text("date_text"),
        ...["origin", "crossing", "destination", "place", "route"].map((role) => text(role)),
        text("actor_text").replaceAll(";", ", "),
      ].filter(Boolean).map((part) => `“${part}”`);
      const lines = [
        [text("count_text"), "strong"],
        [text("quote") && `“${text("quote")}”`, "blockquote"],
        [chain.replaceAll(" > ", " › "), "p", "bm-chain"],
        [[source.title[from] && `“${source.title[from]}”`, source.author[from]].filter(Boolean).join(", "), "p"],
        [[status ? list("statuses")[status] : "", days, hedged].filter(Boolean).join(say("comma")), "p"],
        [written.length
          ? say("asWritten", { words: written.join(" · ") })
          : say("meant", { days: interval(events.claim_start[claim], events.claim_end[claim], events.claim_date_kind[claim]) }), "p"],
        [text("note") && say("coder", { note: text("note") }), "p", "bm-note"],
      ];
      const against = events.claim_status[claim] === DENIED ? " bm-against" : "";
      const node = make("section", { className: `bm-claim${against}` });
      for (const [words, element, className] of lines) if (words) node.append(said(element, words, className));
      if (source.state[from] !== "ok") node.append(make("p", {}, make("b", { text: say(source.state[from] === "retracted" ? "wasRetracted" : "wasCorrected") })));
      const address = source.url[from] ? link(source.url[from], say("openReport")) : null;
      if (address) node.append(make("p", {}, address));
      return node;
    }

    close() {
      const event = this.state.event;
      this.state.set({ event: -1 });
      this.onClosed?.(event);
    }
  }

  return { Panel };
})();
