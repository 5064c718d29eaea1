// One event opened: its claims side by side, each with its words, its number as said, and who says so.
"use strict";

bordermap.panel = (() => {
  const { make, said, link, by } = bordermap.dom;
  const DENIED = 2;
  const SHOWN = 200;

  // An outline that is a convention or drawn by hand says so.
  function schematic({ events }, event) {
    const drawn = ["place", "origin", "destination", "route"].some((role) => events[role][event] >= 0 && events.place_schematic[events[role][event]]);
    return drawn ? "outline schematic" : "";
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
      const { events, claimsAt } = data;
      const { list, words: say } = bordermap;
      const close = make("button", { type: "button", className: "bm-close", "aria-label": "Close", text: "×" });
      close.addEventListener("click", () => this.close());
      const facts = [
        ["Where", [list.way(data, event), say.english.precision[events.precision[event]], schematic(data, event)].filter(Boolean).join("; ")],
        ["When", say.interval(events.start[event], events.end[event], events.date_kind[event])],
        ["Status", say.english.statusOf[events.status[event]]],
        ["Told by", list.sources(data, event)],
      ].filter(([, text]) => text);
      const claims = [];
      for (let claim = claimsAt[event]; claim < claimsAt[event + 1]; claim++) claims.push(claim);
      const against = claims.filter((claim) => events.claim_status[claim] === DENIED);
      const asserted = claims.filter((claim) => events.claim_status[claim] !== DENIED);
      node.style.setProperty("--layer", bordermap.paint.COLOURS[events.layer[event]]);
      node.replaceChildren(
        close,
        said("h2", data.title(event)),
        data.titleAr(event) ? make("p", { className: "bm-ar", text: data.titleAr(event), dir: "rtl", lang: "ar" }) : "",
        make("dl", { className: "bm-facts" }, ...facts.flatMap(([name, text]) => [make("dt", { text: name }), said("dd", text)])),
        this.disputes(event),
        against.length && asserted.length
          ? make("div", { className: "bm-versus" },
            make("div", {}, ...this.side("Says so", asserted, texts)), make("div", {}, ...this.side("Denies it", against, texts)))
          : make("div", {}, ...this.side(against.length ? "Denies it" : "", claims, texts)),
      );
    }

    // A badge that counts several events opens to all of them.
    writeSeveral(events) {
      const { data, node, state } = this;
      state.set({ event: -1 });
      this.turn++;
      this.several = true;
      const year = bordermap.words.yearOf(state.day);
      const rows = events.map((event) => {
        const row = new bordermap.list.Row((chosen) => state.set({ event: chosen }));
        row.write(data, event, 1, false, year);
        return row.node;
      });
      const close = make("button", { type: "button", className: "bm-close", "aria-label": "Close", text: "×" });
      close.addEventListener("click", () => this.closeSeveral());
      node.hidden = false;
      node.replaceChildren(close, make("h2", { text: `${events.length} events here` }), make("ol", { className: "bm-list" }, ...rows));
      node.scrollIntoView({ block: "nearest" });
    }

    closeSeveral() {
      if (!this.several) return;
      this.several = false;
      this.node.hidden = true;
    }

    // What the sources disagree on, and how far: what differs is told from what conflicts.
    disputes(event) {
      const { english } = bordermap.words;
      const { data } = this;
      const bits = data.events.disputed[event];
      if (!bits) return "";
      const saidOf = { count: data.countTexts(event), date: data.dateTexts(event) };
      return make("ul", { className: "bm-disputes" }, ...english.disputes.map((what, at) => {
        const apart = (bits >> (2 * at)) & 3;
        if (!apart) return null;
        const how = { occurrence: "is denied", place: "places that do not meet" }[what] ?? english.apart[apart];
        const values = saidOf[what] ? `: ${saidOf[what]}` : "";
        return make("li", { dir: "auto" }, make("b", { text: `Disputed, ${what}` }), ` ${how}${bordermap.dom.visible(values)}`);
      }));
    }

    side(heading, claims, texts) {
      if (!claims.length) return [];
      return [
        heading ? make("p", { className: "bm-sides", text: `${heading} (${claims.length})` }) : "",
        claims.length > SHOWN ? make("p", { className: "bm-sides", text: `The first ${SHOWN} of ${claims.length} claims:` }) : "",
        make("div", { className: "bm-claims" }, ...claims.slice(0, SHOWN).map((claim) => this.claim(claim, texts))),
      ];
    }

    claim(claim, texts) {
      const { events, sources: source } = this.data;
      const text = (name) => texts.of(name, claim);
      const { english, fullDay, interval } = bordermap.words;
      const from = events.claim_source[claim];
      const status = english.statuses[events.claim_status[claim]];
      const hedged = events.claim_modality[claim] === 1 ? ", hedged" : "";
      const published = source.published[from] ? bordermap.words.dayOf(source.published[from]) : null;
      const reported = events.claim_reported[claim];
      const chain = text("via") || [source.outlet[from], text("speakers")].filter(Boolean).join(" > ");
      const days = published === null || published === reported
        ? `reported ${fullDay(reported)}`
        : `reported ${fullDay(reported)}, in a text published ${fullDay(published)}`;
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
        [`${status === "reported" ? "" : `${status}, `}${days}${hedged}`, "p"],
        [written.length ? `As written: ${written.join(" · ")}` : `Meant: ${interval(events.claim_start[claim], events.claim_end[claim], events.claim_date_kind[claim])}`, "p"],
      ];
      lines.push([text("note") && `Coder: ${text("note")}`, "p", "bm-note"]);
      const against = events.claim_status[claim] === DENIED ? " bm-against" : "";
      const node = make("section", { className: `bm-claim${against}` });
      for (const [words, element, className] of lines) if (words) node.append(said(element, words, className));
      if (source.state[from] !== "ok") node.append(make("p", {}, make("b", { text: `This report was ${source.state[from]}.` })));
      const address = source.url[from] ? link(source.url[from], "Open the report") : null;
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
