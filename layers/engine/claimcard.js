// One claim as a card: its number and words as said, who says so, when it came out, and whether the report still stands.
"use strict";

bordermap.claimcard = (() => {
  const { make, said, told, phrases, link } = bordermap.dom;
  const WITHHELD = "[withheld]"; // as claims/publication/columns.py has it
  const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
  const HEDGED = 1;
  const { DENIED } = bordermap.standing;
  const { lastDay } = bordermap.reports;

  const bdi = (text) => make("bdi", { text });

  // Claims of one root stand together, in the order of the first of each.
  function byRoot({ claim_root: root }, claims) {
    const groups = new Map();
    for (const claim of claims) {
      if (!groups.has(root[claim])) groups.set(root[claim], []);
      groups.get(root[claim]).push(claim);
    }
    return [...groups.values()];
  }

  // What one root says, however often it is told, is one source.
  function cards(data, texts, claims) {
    return byRoot(data.events, claims).map((group) => {
      const made = group.map((claim) => card(data, texts, claim));
      if (made.length === 1) return made[0];
      return make("section", { className: "bm-root" }, make("p", { className: "bm-root-says", text: bordermap.words.say("oneRoot", { n: made.length }) }), ...made);
    });
  }

  function card(data, texts, claim) {
    const { events, sources } = data;
    const from = events.claim_source[claim];
    const text = (name) => texts.of(name, claim);
    const denies = events.claim_status[claim] === DENIED;
    const node = make("section", { className: denies ? "bm-claim bm-against" : "bm-claim" });
    node.append(...state(sources.state[from]));
    if (text("count_text")) node.append(said("strong", text("count_text")));
    if (text("quote")) node.append(quote(text("quote"), sources.language?.[from]));
    node.append(said("p", chain(data, texts, claim).replaceAll(" > ", " › "), "bm-chain"));
    const { say } = bordermap.words;
    const note = text("note");
    const lines = [
      [phrases(say("comma"), [status(events, claim), days(data, claim)])],
      [phrases(say("comma"), [sources.title[from] && [bdi(`“${sources.title[from]}”`)], sources.author[from] && [bdi(sources.author[from])]])],
      [repeats(sources, from)],
      [meaning(data, texts, claim)],
      [note ? told("coder", { note }) : [], "bm-note"],
    ];
    for (const [parts, className] of lines) if (parts.length) node.append(make("p", { className }, ...parts));
    node.append(...links(sources, from));
    return node;
  }

  // A banner over what no longer stands.
  function state(word) {
    if (word !== "corrected" && word !== "retracted") return [];
    const { say } = bordermap.words;
    return [make("p", { className: `bm-state bm-${word}`, text: say(word === "retracted" ? "wasRetracted" : "wasCorrected") })];
  }

  function quote(words, language) {
    if (words === WITHHELD) return make("p", { className: "bm-note", text: bordermap.words.say("withheld") });
    const node = said("blockquote", `“${words}”`);
    if (LANGUAGE.test(language ?? "")) node.lang = language;
    return node;
  }

  // A source's outlet; one that is withheld is told in the reader's words.
  function outletOf(sources, from) {
    const outlet = sources.outlet[from];
    return outlet === WITHHELD ? bordermap.words.say("withheld") : outlet;
  }

  // Who says it, as told.
  function chain(data, texts, claim) {
    const outlet = outletOf(data.sources, data.events.claim_source[claim]);
    const via = texts.of("via", claim);
    if (via) return via.includes(outlet) ? via : `${outlet} > ${via}`;
    return [outlet, texts.of("speakers", claim)].filter(Boolean).join(" > ");
  }

  function status(events, claim) {
    const { list, say } = bordermap.words;
    const word = events.claim_status[claim] ? list("statuses")[events.claim_status[claim]] : "";
    return [word, events.claim_modality[claim] === HEDGED ? say("hedged") : ""].filter(Boolean).join(say("comma"));
  }

  // When it was reported, and when the text that we have of it was published, as far as that is known.
  function days({ events, sources }, claim) {
    const { say, fullDay, dayOf } = bordermap.words;
    const from = events.claim_source[claim];
    const reported = events.claim_reported[claim];
    const day = fullDay(reported);
    const best = sources.published[from];
    if (!best) return say("reportedOn", { day });
    const [earliest, latest] = [sources.published_earliest?.[from] || best, sources.published_latest?.[from] || best];
    const sure = earliest === latest;
    if (sure && dayOf(best) === reported) return say("reportedOn", { day });
    const published = fullDay(dayOf(best));
    return say("reportedIn", {
      day,
      published: sure ? published : say("publishedBetween", { published, earliest: fullDay(dayOf(earliest)), latest: fullDay(dayOf(latest)) }),
    });
  }

  // A report that only passes on another's is said to.
  function repeats(sources, from) {
    const original = sources.repeats?.[from];
    if (!original) return [];
    const at = sources.source_id.indexOf(original);
    return told("repeatsReport", { outlet: at < 0 ? original : outletOf(sources, at) });
  }

  // The places, days and actors in the source's words, and the days that were understood.
  function meaning({ events }, texts, claim) {
    const { say, interval } = bordermap.words;
    const written = [
      texts.of("date_text", claim),
      ...["origin", "crossing", "destination", "place", "route"].map((role) => texts.of(role, claim)),
      texts.of("actor_text", claim).replaceAll(";", ", "),
    ].filter(Boolean).map((part) => [bdi(`“${part}”`)]);
    const meant = say("meant", { days: interval(events.claim_start[claim], lastDay(events, claim), events.claim_date_kind[claim]) });
    return written.length ? [...around("asWritten", phrases(" · ", written)), ". ", meant] : [meant];
  }

  // A string of the table whose value is made of nodes.
  function around(key, nodes) {
    return bordermap.words.pieces(key, {}).flatMap((piece, at) => (at % 2 ? nodes : [piece]));
  }

  function links(sources, from) {
    const { say } = bordermap.words;
    const found = [[sources.url[from], "openReport"], [sources.archived_url?.[from], "openArchived"]];
    const made = found.map(([address, key]) => (address ? link(address, say(key)) : null)).filter(Boolean);
    return made.length ? [make("p", { className: "bm-links" }, ...made)] : [];
  }

  return { cards, byRoot, chain, outletOf };
})();
