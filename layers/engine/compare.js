// What sources disagree on, drawn: who says so and who denies it, numbers on one scale, days side by side, places apart.
"use strict";

bordermap.compare = (() => {
  const { make, said, told: phrase, phrases } = bordermap.dom;
  const { telling, standing, DENIED } = bordermap.standing;
  const { outletOf } = bordermap.claimcard;
  const { UNSAID, OPEN } = bordermap.ranges;
  const [OCCURRENCE, COUNT, DATE, PLACE] = [0, 1, 2, 3];
  const DIFFERS = 1;
  const ROLES = ["origin", "crossing", "destination", "place", "route"];
  const SHOWN = 40;
  const COMPARED = 300; // of more claims not every pair is looked at

  // A section for each thing that is disputed.
  function sections(data, texts, row, claims) {
    const bits = data.events.disputed[row];
    const told = telling(data.events, claims);
    const drawings = {
      [OCCURRENCE]: () => occurrence(data, texts, claims, told),
      [COUNT]: () => counts(data, texts, row, told),
      [DATE]: () => days(data, texts, told),
      [PLACE]: () => places(data, texts, row),
    };
    const found = [OCCURRENCE, COUNT, DATE, PLACE].filter((what) => (bits >> (2 * what)) & 3);
    return found.map((what) => section(what, (bits >> (2 * what)) & 3, drawings[what]()));
  }

  function section(what, apart, drawn) {
    const { say, list } = bordermap.words;
    const sign = apart === DIFFERS ? "differs" : "conflicts";
    const heading = make("h3", {}, bordermap.glyphs.sign(sign), make("span", { text: `${say("disputedWhat", { what: list("disputes")[what] })} ${say(sign)}` }));
    return make("section", { className: `bm-dispute bm-${sign}` }, heading, make("p", { className: "bm-apart", text: say(`${sign}Means`) }), ...drawn);
  }

  // Claims that say the same of one root stand on one line.
  function merged({ events, sources }, claims, said) {
    const lines = new Map();
    for (const claim of claims) {
      const key = JSON.stringify([events.claim_root[claim], said(claim)]);
      if (!lines.has(key)) lines.set(key, { claim, outlets: new Set(), times: 0 });
      const line = lines.get(key);
      line.times++;
      line.outlets.add(outletOf(sources, events.claim_source[claim]));
    }
    return [...lines.values()];
  }

  // Who published it, how often it is told, and when it was first reported.
  function outlets({ claim_reported: reported }, { claim, outlets: names, times }) {
    const { say, fullDay } = bordermap.words;
    const outlet = [...names].join(say("comma"));
    return phrases(say("comma"), [
      times > 1 ? phrase("toldTimes", { outlet, n: times }) : [make("bdi", { text: outlet })],
      say("reportedOn", { day: fullDay(reported[claim]) }),
    ]);
  }

  const small = (...parts) => make("small", {}, ...phrases(" · ", parts));

  function limited(lines, write) {
    const left = lines.length - SHOWN;
    const items = lines.slice(0, SHOWN).map(write);
    if (left > 0) items.push(make("li", { text: bordermap.words.say("furtherLines", { n: left }) }));
    return items;
  }

  const speakerOf = (data, texts, claim) => bordermap.claimcard.chain(data, texts, claim).split(" > ").at(-1);

  // Who tells two things which cannot both be: one root contradicts itself, a report of several roots gives both.
  function contradictions(data, texts, all, apart) {
    const { events, sources } = data;
    const found = new Map();
    const claims = all.slice(0, COMPARED);
    claims.forEach((one, at) => {
      for (const other of claims.slice(at + 1)) {
        const root = events.claim_root[one] === events.claim_root[other];
        if ((!root && events.claim_source[other] !== events.claim_source[one]) || !apart(one, other)) continue;
        const outlet = outletOf(sources, events.claim_source[one]);
        const line = root ? ["contradictsItself", { who: speakerOf(data, texts, one) }] : ["tellsBoth", { outlet }];
        found.set(JSON.stringify(line), line);
      }
    });
    const lines = [...found.values()].map((line) => make("p", { className: "bm-self" }, ...phrase(...line)));
    if (all.length > COMPARED) lines.push(make("p", { className: "bm-apart", text: bordermap.words.say("comparedFirst", { n: COMPARED, all: all.length }) }));
    return lines;
  }

  // Who says so and who denies it, a line for each root; who only plans it, and what was retracted, does neither.
  function occurrence(data, texts, claims, told) {
    const { events } = data;
    const { say } = bordermap.words;
    const denying = (claim) => events.claim_status[claim] === DENIED;
    const against = standing(events, claims).filter(denying);
    const column = (key, chosen) => make("div", {},
      make("h4", { text: say(key, { n: bordermap.claimcard.byRoot(events, chosen).length }) }),
      make("ul", {}, ...limited(bordermap.claimcard.byRoot(events, chosen), (group) => voice(data, texts, group))));
    return [
      make("div", { className: "bm-versus" }, column("asserting", told), column("denyingIt", against)),
      ...contradictions(data, texts, [...told, ...against].sort((a, b) => a - b), (one, other) => events.claim_root[one] === events.claim_root[other] && denying(one) !== denying(other)),
    ];
  }

  function voice(data, texts, group) {
    const { events } = data;
    const { say, list, fullDay } = bordermap.words;
    const [claim] = group;
    const status = events.claim_status[claim];
    const outlet = outletOf(data.sources, events.claim_source[claim]);
    const speaker = speakerOf(data, texts, claim);
    return make("li", {},
      said("b", speaker),
      make("small", {}, ...phrases(say("comma"), [
        speaker === outlet ? "" : [make("bdi", { text: outlet })],
        status && status !== DENIED ? list("statuses")[status] : "",
        say("reportedOn", { day: fullDay(events.claim_reported[claim]) }),
        group.length > 1 ? say("times", { n: group.length }) : "",
      ])));
  }

  // Each number on one scale, lowest first: a dot is what is said, a bar what is meant, an arrow that it is open.
  function counts(data, texts, row, told) {
    const { events } = data;
    const numbered = told.filter((claim) => isNumbered(events, row, claim));
    const range = (claim) => [events.claim_low[claim], events.claim_high[claim], events.claim_count[claim]];
    const lines = merged(data, numbered, (claim) => [texts.of("count_text", claim), ...range(claim)]);
    lines.sort((a, b) => saidNumber(events, a.claim) - saidNumber(events, b.claim));
    const scale = bordermap.strips.numberScale(lines.flatMap(({ claim }) => range(claim)));
    const write = (line) => make("li", {},
      bordermap.strips.numbers(scale, ...range(line.claim)),
      said("b", texts.of("count_text", line.claim)),
      small(meantNumber(events, line.claim), outlets(events, line)));
    return [
      make("ol", { className: "bm-strips" }, ...limited(lines, write)),
      bordermap.strips.numberAxis(scale),
      scale.wide ? make("p", { className: "bm-apart", text: bordermap.words.say("logScale") }) : "",
      ...contradictions(data, texts, numbered, (one, other) => rangesApart(events, one, other)),
    ];
  }

  const isNumbered = (events, row, claim) =>
    bordermap.ranges.isSaid(events.claim_low[claim], events.claim_high[claim]) && events.claim_unit[claim] === events.count_unit[row];

  // The number that a claim says, or the end of its range that it says.
  const saidNumber = ({ claim_count: count, claim_low: low, claim_high: high }, claim) =>
    count[claim] > UNSAID ? count[claim] : low[claim] > UNSAID ? low[claim] : high[claim];

  function meantNumber(events, claim) {
    const range = bordermap.ranges.words(events.claim_low[claim], events.claim_high[claim]);
    return range ? bordermap.words.say("meantNumber", { range }) : "";
  }

  const rangesApart = ({ claim_low: low, claim_high: high }, one, other) => {
    const top = (claim) => (high[claim] === OPEN ? Infinity : high[claim]);
    return low[one] > top(other) || low[other] > top(one);
  };

  // Each claim's days as a bar; what is only known to be over by a day comes out of nothing.
  function days(data, texts, told) {
    const { events } = data;
    const { NO_DAY, BY } = bordermap.clock;
    const { interval } = bordermap.words;
    const spanOf = (claim) => {
      const end = bordermap.reports.lastDay(events, claim);
      const start = events.claim_start[claim];
      return { start: start === NO_DAY ? end : start, end, kind: events.claim_date_kind[claim], open: events.claim_date_kind[claim] === BY };
    };
    const dated = told.filter((claim) => spanOf(claim).end !== NO_DAY);
    const lines = merged(data, dated, (claim) => [events.claim_start[claim], events.claim_end[claim], events.claim_date_kind[claim], texts.of("date_text", claim)]);
    lines.sort((a, b) => spanOf(a.claim).end - spanOf(b.claim).end || spanOf(a.claim).start - spanOf(b.claim).start);
    const scale = bordermap.strips.dayScale(lines.map(({ claim }) => spanOf(claim)));
    const write = (line) => make("li", {},
      bordermap.strips.days(scale, spanOf(line.claim)),
      make("b", { text: interval(events.claim_start[line.claim], spanOf(line.claim).end, events.claim_date_kind[line.claim]) }),
      small(texts.of("date_text", line.claim) && [make("bdi", { text: `“${texts.of("date_text", line.claim)}”` })], outlets(events, line)));
    return [
      make("ol", { className: "bm-strips" }, ...limited(lines, write)),
      bordermap.strips.dayAxis(scale),
      ...contradictions(data, texts, dated, (one, other) => daysApart(spanOf(one), spanOf(other))),
    ];
  }

  // `by` reaches back without end; what was seen from a day on may have been seen again later.
  function daysApart(one, other) {
    const { SINCE } = bordermap.clock;
    const begins = (span) => (span.open ? -Infinity : span.start);
    const lasts = (span) => (span.kind === SINCE ? Infinity : span.end);
    return begins(one) > lasts(other) || begins(other) > lasts(one);
  }

  // The places that do not meet by what is known, each with who says it.
  function places(data, texts, row) {
    const { events } = data;
    const apart = new Map();
    events.apart_claim.forEach((claim, at) => {
      if (events.apart_version[at] !== row) return;
      const key = `${events.apart_role[at]} ${events.apart_place[at]}`;
      if (!apart.has(key)) apart.set(key, { role: ROLES[events.apart_role[at]], claims: [] });
      apart.get(key).claims.push(claim);
    });
    const lines = [...apart.values()].map(({ role, claims }) => placeLine(data, texts, role, claims));
    return [make("ul", { className: "bm-versus bm-places" }, ...limited(lines, (line) => line))];
  }

  function placeLine(data, texts, role, claims) {
    const { events, sources } = data;
    const { say } = bordermap.words;
    const names = new Set(claims.map((claim) => texts.of(role, claim)).filter(Boolean));
    const outlet = new Set(claims.map((claim) => outletOf(sources, events.claim_source[claim])));
    return make("li", {},
      make("small", { text: say(`role_${role}`) }),
      said("b", [...names].map((name) => `“${name}”`).join(" / ") || say("placeUnwritten")),
      said("small", [...outlet].join(say("comma"))));
  }

  return { sections, isNumbered, saidNumber };
})();
