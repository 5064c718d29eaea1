// The table of flows of the days shown: from where to where, how many, and what was not added up and why.
"use strict";

bordermap.flows = (() => {
  const { make, said, told, by } = bordermap.dom;
  const { flowsOf, noteSame, REASONS } = bordermap.flowcount;
  const SHOWN = 200;
  const COMPARED = 500; // of so many flows, the largest, each is held against each
  const NAMED = 3; // other flows that are named
  const QUICK = 2000; // so many events are counted at each step; more are counted when the clock rests
  const REST_MS = 200;
  const FORMULA = /^[=+\-@\t\r]/;
  const WHAT = ["day", "mode", "filters", "known", "language"];

  // Lists by event, of pairs that travel as two columns, with the day from which each is known.
  function listed(keys, values, since) {
    const found = new Map();
    keys.forEach((key, at) => {
      if (!found.has(key)) found.set(key, []);
      found.get(key).push({ value: values[at], since: since[at] });
    });
    return found;
  }

  class Flows {
    // `open` is called with the rows of the events that a button opens.
    constructor(data, state, open) {
      Object.assign(this, { data, state, open, node: by("flows"), body: by("flows-body"), waiting: 0 });
      this.parents = listed(data.events.part_child, data.events.part_parent, data.events.part_known);
      this.groups = listed(data.events.share_event, data.events.share_group, data.events.share_known);
      this.node.addEventListener("toggle", () => this.writeTable());
    }

    // While the table is folded away nothing is counted.
    write(changed) {
      if (!this.node.open || !WHAT.some((what) => changed.has(what))) return;
      clearTimeout(this.waiting);
      if (this.state.shownCount > QUICK) this.waiting = setTimeout(() => this.writeTable(), REST_MS);
      else this.writeTable();
    }

    writeTable() {
      if (!this.node.open) {
        this.body.replaceChildren();
        return;
      }
      const { say } = bordermap.words;
      const flows = this.flows();
      this.body.replaceChildren(
        make("p", { className: "bm-apart", text: say(flows.length ? "flowsRule" : "flowsNone") }),
        ...(flows.length ? [this.table(flows.slice(0, SHOWN)), this.rest(flows), this.download(flows)] : []),
      );
    }

    flows() {
      const { state, data } = this;
      const movements = [];
      for (let at = 0; at < state.shownCount; at++) {
        if (data.events.layer[state.shown[at]] < 2) movements.push(this.movement(state.shown[at]));
      }
      const size = ({ all }) => all.length;
      const flows = flowsOf(movements).sort((a, b) => size(b) - size(a) || a.all[0].event - b.all[0].event);
      noteSame(flows.slice(0, COMPARED));
      return flows;
    }

    movement(row) {
      const { events, actorsAt } = this.data;
      const { NO_DAY, BY } = bordermap.clock;
      const event = this.data.eventOf(row);
      const start = events.start[row] !== NO_DAY ? events.start[row] : events.date_kind[row] === BY ? -Infinity : events.end[row];
      return {
        row, event, start,
        end: events.end[row],
        from: events.origin[row],
        to: events.destination[row],
        actors: Array.from(events.actor.subarray(actorsAt[row], actorsAt[row + 1])),
        status: events.status[row],
        rests: events.rests[row],
        disputed: events.disputed[row],
        roots: events.n_roots[row],
        claims: events.n_claims[row],
        unit: events.count_unit[row],
        low: events.count_low[row],
        high: events.count_high[row],
        parents: this.ancestors(event),
        groups: this.known(this.groups, event),
        wideFrom: this.isWide(events.origin[row]),
        wideTo: this.isWide(events.destination[row]),
      };
    }

    // Whether an end is unknown, or a country or a region.
    isWide(place) {
      const { place_country: isCountry, place_shape: shape } = this.data.events;
      return place < 0 || Boolean(isCountry[place]) || shape[place] >= 0;
    }

    // What an event is bound to, as far as that is known.
    known(bound, event) {
      return (bound.get(event) ?? []).filter(({ since }) => since <= this.state.knownDay).map(({ value }) => value);
    }

    // All events that an event is part of, near and far.
    ancestors(event) {
      const found = new Set();
      const next = this.known(this.parents, event);
      while (next.length) {
        const parent = next.pop();
        if (found.has(parent)) continue;
        found.add(parent);
        next.push(...this.known(this.parents, parent));
      }
      return [...found];
    }

    table(flows) {
      const { say } = bordermap.words;
      const head = ["flowFrom", "flowTo", "flowEvents", "howMany"];
      const table = make("table", { className: "bm-flow-table" },
        make("caption", { text: this.caption() }),
        make("thead", {}, make("tr", {}, ...head.map((key) => make("th", { scope: "col", text: say(key) })))),
        ...flows.map((flow) => make("tbody", {}, this.line(flow), this.leftLine(flow), this.sameLine(flow))));
      return make("div", { className: "bm-flow-scroll", role: "region", tabindex: 0, "aria-label": say("flows") }, table);
    }

    caption() {
      const { first, last } = this.state;
      const { say, fullDay } = bordermap.words;
      return say("flowsOn", { days: first === last ? fullDay(last) : say("daysFromTo", { start: fullDay(first), end: fullDay(last) }) });
    }

    line(flow) {
      const { number } = bordermap.words;
      const rows = flow.counted.map(({ row }) => row);
      return make("tr", {},
        make("th", { scope: "row" }, said("span", this.name(flow.from, "originUnknown"))),
        make("td", {}, said("span", this.name(flow.to, "destinationUnknown"))),
        make("td", {}, rows.length ? this.button(number(rows.length), rows) : number(0)),
        make("td", {}, ...this.amounts(flow).map((parts) => make("p", {}, ...parts)), make("small", { text: this.days(flow) })));
    }

    name(place, unknown) {
      return place < 0 ? bordermap.words.say(unknown) : this.data.placeName(place);
    }

    // Each unit on a line of its own, and what has no number.
    amounts(flow) {
      const { say } = bordermap.words;
      if (!flow.counted.length) return [this.alone(flow)];
      const lines = flow.numbers.map((numbers) => this.amount(numbers));
      if (flow.unnumbered) lines.push([say(lines.length ? "andWithout" : "withoutNumber", { n: flow.unnumbered })]);
      return lines.length ? lines : [["–"]];
    }

    // The only event of a flow, though disputed, is told in its sources' words: nothing is added to it.
    alone(flow) {
      const { say } = bordermap.words;
      const [only] = flow.left.disputed ?? [];
      const words = flow.all.length === 1 && only ? this.data.countTexts(only.row) : "";
      return words ? told("disputedWords", { words }) : [say("noneCounted")];
    }

    // What one event says is said in its words; a sum says that it is one.
    amount({ unit, low, high, added, included, wide }) {
      const { counted, OPEN } = bordermap.ranges;
      const [first] = added;
      if (added.length === 1) {
        const words = this.data.countTexts(first.row) || counted(low, high, unit);
        return included ? told("oneNumberFor", { words, n: included + 1 }) : wide ? told("coversMore", { words }) : [make("bdi", { text: words })];
      }
      const [key, range] = high === OPEN ? ["atLeastTogether", counted(low, low, unit)] : ["together", counted(low, high, unit)];
      return [bordermap.words.say(key, { range, n: added.length + included })];
    }

    days(flow) {
      const { fullDay, interval, say, yearOf, shortDay } = bordermap.words;
      const { events } = this.data;
      const those = flow.counted.length ? flow.counted : flow.all;
      const year = yearOf(this.state.day);
      if (those.length === 1) return interval(events.start[those[0].row], those[0].end, events.date_kind[those[0].row], year);
      const write = (day) => (yearOf(day) === year ? shortDay(day) : fullDay(day));
      const [first, last] = this.span(those);
      return first === last ? write(last) : say("daysFromTo", { start: write(first), end: write(last) });
    }

    span(movements) {
      const wider = ([first, last], { start, end }) => [Math.min(first, start === -Infinity ? end : start), Math.max(last, end)];
      return movements.reduce(wider, [Infinity, -Infinity]);
    }

    // What was not added, and why, each a button that opens those events.
    leftLine(flow) {
      const { say } = bordermap.words;
      const reasons = REASONS.filter((reason) => flow.left[reason]);
      if (!reasons.length) return null;
      const buttons = reasons.map((reason) => {
        const rows = flow.left[reason].map(({ row }) => row);
        return this.button(say(`left_${reason}`, { n: rows.length }), rows);
      });
      return make("tr", { className: "bm-left" }, make("td", { colspan: 4 }, make("span", { text: say("leftOut") }), ...buttons));
    }

    // Which other rows of the table may tell of the same movement, so that nobody adds up what may be one.
    sameLine(flow) {
      if (!flow.same?.length) return null;
      const { say } = bordermap.words;
      const names = flow.same.slice(0, NAMED).map((other) => this.way(other));
      const flows = flow.same.length > NAMED ? say("andMore", { first: names.join(say("comma")), n: flow.same.length - NAMED }) : names.join(say("comma"));
      return make("tr", { className: "bm-left" }, make("td", { colspan: 4 }, ...told("flowsSame", { flows })));
    }

    way({ from, to }) {
      return bordermap.words.say("way", { from: this.name(from, "originUnknown"), to: this.name(to, "destinationUnknown") });
    }

    button(text, rows) {
      const button = make("button", { type: "button", className: "bm-open", text });
      button.addEventListener("click", () => this.open(rows));
      return button;
    }

    rest(flows) {
      return flows.length > SHOWN ? make("p", { className: "bm-apart", text: bordermap.words.say("flowsFirst", { n: SHOWN, all: flows.length }) }) : "";
    }

    download(flows) {
      const { say, iso } = bordermap.words;
      const button = make("button", { type: "button", className: "bm-more", text: say("flowsCsv"), title: say("flowsCsvSafe") });
      button.addEventListener("click", () => {
        const address = URL.createObjectURL(new Blob([this.csv(flows)], { type: "text/csv;charset=utf-8" }));
        make("a", { href: address, download: `flows-${iso(this.state.last)}.csv` }).click();
        setTimeout(() => URL.revokeObjectURL(address), 10000);
      });
      return button;
    }

    // A line for each flow and unit, columns named as in the collection's tables; an open end is an empty cell. A flow
    // of several units has as many lines under one `flow`, and the events of the flow are counted on each. The last
    // columns are the same on every line: a table that is passed on by itself still says what it is of.
    csv(flows) {
      const head = [
        "flow", "lines_of_flow", "origin", "destination", "date_start", "date_end", "events", "count_unit", "count_low", "count_high",
        "counted", "count_texts", "events_without_number", ...REASONS.map((reason) => `left_${reason}`), "event_ids", "left_event_ids",
        "may_be_same_as_flows", "first_day", "last_day", "known", "citation", "licence", "version", "digest",
      ];
      const edition = this.edition();
      const numbers = new Map(flows.map((flow, at) => [flow, at + 1]));
      const lines = flows.flatMap((flow) => this.lines(flow, numbers).map((line) => [...line, ...edition]));
      return `\ufeff${[head, ...lines].map((cells) => cells.map(cell).join(",")).join("\r\n")}\r\n`;
    }

    // What every export carries, as GeoJSON of the collection names it, and the days of the table.
    edition() {
      const { first, last } = this.state;
      const { citation, licence, version, digest } = this.data.facts;
      const { iso } = bordermap.words;
      const known = bordermap.heading.knownDay(this.state);
      return [iso(first), iso(last), known === null ? "" : iso(known), citation, licence, version, digest ?? ""];
    }

    lines(flow, numberOf) {
      const { iso } = bordermap.words;
      const { UNITS } = bordermap.ranges;
      const those = flow.counted.length ? flow.counted : flow.all;
      const numbers = flow.numbers.length ? flow.numbers : [{ unit: -1, low: -1, high: -1, added: [] }];
      const ids = (movements) => [...new Set(movements)].map(({ event }) => this.data.eventId(event)).join(";");
      const name = (place) => (place < 0 ? "" : this.data.named("place_name", place));
      return numbers.map(({ unit, low, high, added }) => [
        numberOf.get(flow), numbers.length, name(flow.from), name(flow.to), ...this.span(those).map(iso), flow.counted.length, UNITS[unit] ?? "",
        low < 0 ? "" : low, high < 0 ? "" : high, added.length, added.map(({ row }) => this.data.countTexts(row)).join(" | "), flow.unnumbered,
        ...REASONS.map((reason) => flow.left[reason]?.length ?? 0), ids(flow.counted), ids(REASONS.flatMap((reason) => flow.left[reason] ?? [])),
        flow.same?.map((other) => numberOf.get(other)).join(";") ?? "not compared",
      ]);
    }
  }

  // A cell that a spreadsheet would take for a formula is marked as text.
  function cell(value) {
    const text = bordermap.dom.visible(value);
    const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  return { Flows };
})();
