// What a picture says of itself: headline, day, numbers, what is not drawn, sources, citation, boundaries.
"use strict";

bordermap.captions = (() => {
  const { own } = bordermap.letters;
  const MOST_OUTLETS = 12;
  const LAYERS = [0, 1, 2, 3];
  const MOVING = [0, 1, 2]; // crossings, withdrawals, deployments
  const { isMade } = bordermap.standing;
  const OCCURRENCE = 3; // the bits of a dispute on whether it happened

  const stopped = (text) => (/[.!?؟]$/.test(text) ? text : `${text}.`);
  const sentence = (text) => own(stopped(text));

  // The headline that is offered: of the step of the story, the chosen event, or what is told of the days.
  function headline(data, state) {
    const step = data.facts.story?.steps[state.story];
    const stepsOwn = step && (state.event < 0 || data.eventId(state.event) === step.choice.event);
    if (stepsOwn) return bordermap.dom.visible(bordermap.story.told(step, "headline"));
    const row = state.rowOf(state.event);
    return isShown(state, row) ? bordermap.dom.visible(data.title(row)) : ofDays(data, state);
  }

  const isShown = (state, row) => row >= 0 && state.passing[row] > 0 && state.strength(row) > 0;

  function days({ first, last }) {
    const { say, longDay } = bordermap.words;
    return first === last ? longDay(last) : say("daysFromTo", { start: longDay(first), end: longDay(last) });
  }

  // Of each event that is part of others those that it is directly part of, as far as that is known.
  function parentsOf({ events }, state) {
    const found = new Map();
    for (let at = 0; at < events.part_child.length; at++) {
      const [child, parent] = [events.part_child[at], events.part_parent[at]];
      if (events.part_known[at] <= state.knownDay) found.set(child, [...(found.get(child) ?? []), parent]);
    }
    return found;
  }

  // Whether an event is, near or far, part of one that is shown and told to have happened.
  function isPart(event, parents, stands) {
    const next = [...(parents.get(event) ?? [])];
    for (const seen = new Set(next); next.length;) {
      const parent = next.pop();
      if (stands(parent)) return true;
      for (const other of parents.get(parent) ?? []) {
        if (!seen.has(other)) next.push(other);
        seen.add(other);
      }
    }
    return false;
  }

  // How many movements and postures are told to have happened on the days shown.
  function ofDays(data, state) {
    const { say } = bordermap.words;
    const { happened } = standings(data, state);
    const parts = MOVING.filter((layer) => happened[layer]).map((layer) => say(`told_${layer}`, { n: happened[layer] }));
    return parts.length ? say("headlineOf", { days: days(state), what: parts.join(say("comma")) }) : say("headlineNone", { days: days(state) });
  }

  // Events shown, by layer those told to have happened, how many not, and how many of either may be of another day.
  // What is part of another that is shown, is denied by others or rests on a retracted report, is not added to them.
  function standings(data, state) {
    const { events } = data;
    const parents = parentsOf(data, state);
    const happened = (row) => isMade(events.status[row]) && !events.rests[row] && !(events.disputed[row] & OCCURRENCE);
    const stands = (event) => isShown(state, state.rowOf(event)) && happened(state.rowOf(event));
    const found = { happened: [0, 0, 0, 0], not: 0, unsure: 0 };
    for (let at = 0; at < state.shownCount; at++) {
      const row = state.shown[at];
      if (!isMade(events.status[row])) found.not++;
      else if (happened(row) && !isPart(data.eventOf(row), parents, stands)) found.happened[events.layer[row]]++;
      if (state.strength(row) < 1) found.unsure++;
    }
    return found;
  }

  // What is shown of what there is, for a reader who has no switches.
  function numbers(data, state) {
    const { say } = bordermap.words;
    const { not, unsure } = standings(data, state);
    return [
      say("shownOf", { shown: state.shownCount, n: data.count }),
      state.shownDisputed ? say("disputedCount", { n: state.shownDisputed }) : "",
      not ? say("told_not", { n: not }) : "",
      unsure ? say("unsureDay", { n: unsure }) : "",
      state.unknown ? say("unknownYet", { n: state.unknown }) : "",
      bordermap.heading.unsureOf(data, state),
    ].filter(Boolean).join(" · ");
  }

  // What is of these days and not drawn: by layer what is switched off, what else was left out, what has no place here,
  // and what is told without an event.
  function notDrawn(data, state, outside) {
    const { events } = data;
    const { say } = bordermap.words;
    const loose = bordermap.reports.loose(data, state).length;
    const off = [0, 0, 0, 0];
    let filtered = 0;
    for (const row of state.met > state.shownCount ? state.rows : []) {
      if (state.passing[row] || state.strength(row) === 0) continue;
      if (state.layers[events.layer[row]]) filtered++;
      else off[events.layer[row]]++;
    }
    const what = [
      ...LAYERS.filter((layer) => off[layer]).map((layer) => say(`told_${layer}`, { n: off[layer] })),
      filtered ? say("leftByChoice", { n: filtered }) : "",
      outside ? say("notInPicture", { n: outside }) : "",
      loose ? say("looseClaims", { n: loose }) : "",
    ].filter(Boolean);
    return what.length ? say("notDrawn", { what: what.join(say("comma")) }) : "";
  }

  // The outlets whose claims tell of what is shown, those of most claims first.
  function sources(data, state) {
    const { say, list } = bordermap.words;
    const counts = new Map();
    for (let at = 0; at < state.shownCount; at++) {
      for (const claim of data.claimsOf(state.shown[at], state.knownDay)) {
        const source = data.events.claim_source[claim];
        const standing = data.sources.state[source];
        const name = own(bordermap.claimcard.outletOf(data.sources, source));
        const outlet = standing === "ok" ? name : say("withState", { outlet: name, state: list("sourceStates")[standing] });
        counts.set(outlet, (counts.get(outlet) ?? 0) + 1);
      }
    }
    const outlets = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([outlet]) => outlet);
    if (!outlets.length) return "";
    const first = outlets.slice(0, MOST_OUTLETS).join(say("comma"));
    const left = outlets.length - MOST_OUTLETS;
    return say("sourcesAre", { outlets: left > 0 ? say("andMore", { first, n: left }) : first });
  }

  // The citation with version and hash and what was known, and the licence.
  function citation({ facts }, state) {
    const { heading, words } = bordermap;
    const title = heading.titleOf(facts);
    return [
      heading.cited(facts).includes(title) ? "" : sentence(title), stopped([heading.cited(facts, own), heading.knownSpan(state)].filter(Boolean).join(words.say("comma"))),
      words.say("licence", { licence: own(heading.factOf(facts, "licence")) }),
    ].filter(Boolean).join(" ");
  }

  function boundaries({ facts }) {
    const { say } = bordermap.words;
    return [sentence(say("attribution")), say("daysOf", { zone: own(facts.timezone.replaceAll("_", " ")) })].join(" ");
  }

  return { headline, numbers, notDrawn, sources, citation, boundaries };
})();
