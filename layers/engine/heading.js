// The day as the page's largest word, and below it what is shown of what there is.
"use strict";

bordermap.heading = (() => {
  const { by, line, make, told, visible } = bordermap.dom;

  class Heading {
    constructor(data, state) {
      Object.assign(this, { data, state });
      [this.weekday, this.date, this.span] = [make("span"), make("span"), make("span", { className: "bm-span" })];
      by("day").append(this.weekday, this.date, this.span);
    }

    // Write what does not change with the day.
    write() {
      const title = titleOf(this.data.facts);
      by("title").textContent = title;
      document.title = title;
      this.writeEdition();
      this.writeAbout();
    }

    // That it is a published edition, and what it lacks, stands where nobody overlooks it.
    writeEdition() {
      const { published } = this.data.facts;
      by("edition").hidden = !published;
      if (published) by("edition").textContent = [bordermap.words.say("edition"), missing(published).join(bordermap.words.say("comma")), ...coarsened(published)].filter(Boolean).join(" · ");
    }

    writeAbout() {
      const { facts } = this.data;
      const [about, licence] = ["about", "licence"].map((name) => factOf(facts, name));
      const { say } = bordermap.words;
      const lines = [
        [make("span", { text: about, dir: "auto" })],
        [cutTo(facts), " ", knownBy(facts)].filter((words) => words.trim()),
        [lacking(facts)].filter(Boolean),
        line(edition(facts)),
        told("licence", { licence }),
        told("daysOf", { zone: facts.timezone.replaceAll("_", " ") }),
        [say("attribution")],
        ...(facts.large ? [[say("largeNotes")], facts.large.totals.undated ? [say("largeUndated", { n: facts.large.totals.undated })] : []] : []),
      ];
      by("about").replaceChildren(...lines.filter((nodes) => nodes.length).map((nodes) => make("p", {}, ...nodes)), this.changes());
    }

    // What changed since an earlier version of the collection, where the page was told.
    changes() {
      const { changes } = this.data.facts;
      if (!changes) return "";
      const { say } = bordermap.words;
      const lines = changes.lines.map((text) => make("li", { text, dir: "auto" }));
      return make("details", { id: "bm-changes" },
        make("summary", { text: say("changedSince", { version: changes.since, changes: say("changeCount", { n: lines.length }) }) }),
        make("ol", {}, ...lines));
    }

    writeDay() {
      const { state, data } = this;
      const { words } = bordermap;
      this.weekday.textContent = words.weekday(state.day);
      this.date.textContent = words.longDay(state.day);
      this.span.textContent = spanOf(state);
      by("summary").textContent = summaryOf(data, state).join(" · ");
    }
  }

  // What the collection says of itself, and its title, in the page's language.
  const factOf = (facts, name) => bordermap.words.own(name, (column) => facts[column]);
  const titleOf = (facts) => visible(factOf(facts, "title"));

  // The day by which a page knows, where it was made of what was known then.
  function knownBy({ known_by: day }) {
    const { say, longDay, dayOf } = bordermap.words;
    return day ? say("knownBy", { day: longDay(dayOf(day)) }) : "";
  }

  // The days to which a page was cut, where it does not hold all of its collection.
  function cutTo({ cut_to: days }) {
    if (!days) return "";
    const { say, longDay, dayOf } = bordermap.words;
    const [first, last] = days.map((day) => longDay(dayOf(day)));
    return say("cutTo", { days: first === last ? first : say("daysFromTo", { start: first, end: last }) });
  }

  // What a published edition lacks, in numbers: never what.
  function lacking({ published }) {
    if (!published) return "";
    const { say, longDay, dayOf } = bordermap.words;
    const { day, claims, parts } = published;
    const said = [say("unpublishedClaims", { n: claims }), say("withheldParts", { n: parts }), ...coarsened(published)];
    return say("publishedEdition", { day: longDay(dayOf(day)), parts: said.join(say("comma")) });
  }

  // Of how many claims nothing or not all is published, where it is of any.
  function missing({ claims, parts }) {
    const { say } = bordermap.words;
    return [claims ? say("unpublishedClaims", { n: claims }) : "", parts ? say("withheldParts", { n: parts }) : ""].filter(Boolean);
  }

  function coarsened({ coarsen_km: km, delay_days: days }) {
    const { say } = bordermap.words;
    return [km ? say("coarsePositions", { km }) : "", days ? say("delayedDays", { n: days }) : ""].filter(Boolean);
  }

  // How the collection is cited: with its version and what its content hashes to, in parts for `line` and as text;
  // `own` is what is done to its own words among the page's.
  function edition(facts) {
    const { version, digest } = facts;
    const citation = factOf(facts, "citation");
    return [citation, citation.includes(version) ? "" : ["versionOf", { version }], digest ? ["contentHash", { digest }] : ""].filter(Boolean);
  }

  function cited(facts, own = (words) => words) {
    const { say } = bordermap.words;
    const kept = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, own(value)]));
    return edition(facts).map((part) => (Array.isArray(part) ? say(part[0], kept(part[1])) : own(part))).join(say("comma"));
  }

  // The days that are shown besides the day itself, and what was known.
  function spanOf(state) {
    const { words } = bordermap;
    const { say } = words;
    const spans = {
      day: "",
      window: state.window > 1 ? say("windowSpan", { n: state.window - 1 }) : "",
      sofar: say("soFarSpan", { day: words.longDay(state.firstDay) }),
    };
    return [spans[state.mode], knownSpan(state)].filter(Boolean).join(say("comma"));
  }

  // The day by which what is shown was known; null where it is all that is known. A page may have been made of what
  // was known by a day.
  function knownDay(state) {
    const { known_by: last } = state.data.facts;
    const cut = last ? bordermap.words.dayOf(last) : null;
    if (state.known === null) return cut;
    return cut === null ? state.knownDay : Math.min(state.knownDay, cut);
  }

  function knownSpan(state) {
    const day = knownDay(state);
    return day === null ? "" : bordermap.words.say("knownSpan", { day: bordermap.words.longDay(day) });
  }

  // Of a day in the past: how many reports may have come out before it or after it, as far as their days are known.
  function unsureOf(data, state) {
    const day = knownDay(state);
    if (day === null) return "";
    const { say, iso } = bordermap.words;
    const { published, published_earliest: earliest, published_latest: latest } = data.sources;
    const known = iso(day);
    const unsure = published.filter((best, at) => (earliest[at] || best) <= known && known < (latest[at] || best));
    return unsure.length ? say("unsureReports", { n: unsure.length }) : "";
  }

  // What is shown of what there is; nothing is left out in silence.
  function summaryOf(data, state) {
    const { say } = bordermap.words;
    if (state.summary) return state.summary(); // of a large set, which the page does not hold
    const hidden = state.met - state.shownCount;
    return [
      say("shownOf", { shown: state.shownCount, n: data.count }),
      bordermap.legend.unmade(state.tallyShown()),
      state.shownDisputed ? say("disputedCount", { n: state.shownDisputed }) : "",
      hidden > 0 ? say("hiddenCount", { n: hidden }) : "",
      state.unknown ? say("unknownYet", { n: state.unknown }) : "",
      unsureOf(data, state),
    ].filter(Boolean);
  }

  return { Heading, factOf, titleOf, knownBy, knownDay, knownSpan, unsureOf, cited, spanOf, summaryOf };
})();
