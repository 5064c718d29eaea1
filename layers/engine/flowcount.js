// The rule by which movements of one flow are added up: nothing twice, and never a number that nobody said.
"use strict";

bordermap.flowcount = (() => {
  const { UNSAID, OPEN, isSaid } = bordermap.ranges;
  const { isMade, STATUSES } = bordermap.standing;
  const REASONS = ["retracted", "disputed", "part", "overlap", "shared", "planned", "requested", "rejected", "denied"];

  // The flows of movements, each { from, to, counted, numbers, unnumbered, left }, in the order of their first movement.
  // A movement is { event, from, to (any keys), start, end (days; -Infinity where open), actors, status, rests (on a
  // retracted report), disputed,
  // roots, claims, unit, low, high (of ranges.js), parents (all events it is part of), groups (of shared numbers),
  // wideFrom, wideTo (whether an end is unknown, or no single place) }. `counted` are those that are told apart, `numbers` their ranges by unit: { unit, low, high, added, included };
  // `left` has by reason the movements that were left out, of which those of `shared` are only without their number; `same`
  // is for `noteSame`.
  function flowsOf(movements) {
    const flows = new Map();
    for (const movement of movements) {
      const key = JSON.stringify([movement.from, movement.to]);
      if (!flows.has(key)) flows.set(key, { key, from: movement.from, to: movement.to, all: [] });
      flows.get(key).all.push(movement);
    }
    const standing = movements.filter((movement) => isMade(movement.status) && !movement.rests);
    const shown = new Set(standing.map(({ event }) => event));
    const wide = sharedAcross(standing);
    return [...flows.values()].map((flow) => ({ ...flow, ...count(flow.all, shown, wide), same: null }));
  }

  // Ends that are two single places are told apart; any other may hold the other.
  const alike = (a, b, end, wideEnd) => a[end] === b[end] || a.all[0][wideEnd] || b.all[0][wideEnd];

  // Note of each of these flows with which others it may share a movement: what is "from the region" may be what is
  // "from the town". Each is held against each.
  function noteSame(flows) {
    const indexes = flows.map(indexOf);
    flows.forEach((flow, at) => {
      flow.same = [];
      for (let before = 0; before < at; before++) {
        const other = flows[before];
        if (!alike(flow, other, "from", "wideFrom") || !alike(flow, other, "to", "wideTo")) continue;
        const [few, many] = flow.counted.length < other.counted.length ? [flow, indexes[before]] : [other, indexes[at]];
        if (!few.counted.some((movement) => many.meets(movement))) continue;
        flow.same.push(other);
        other.same.push(flow);
      }
    });
  }

  // The days of a flow's movements by actor, so that one that may be among them is found without looking at each.
  function indexOf({ counted }) {
    const [all, nameless, byActor] = [new Spans(), new Spans(), new Map()];
    for (const movement of counted) {
      all.add(movement);
      if (!movement.actors.length) nameless.add(movement);
      for (const actor of movement.actors) {
        if (!byActor.has(actor)) byActor.set(actor, new Spans());
        byActor.get(actor).add(movement);
      }
    }
    const among = (movement) => nameless.meet(movement) || movement.actors.some((actor) => byActor.get(actor)?.meet(movement));
    return { meets: (movement) => (movement.actors.length ? among(movement) : all.meet(movement)) };
  }

  // Groups whose one number covers movements of several flows.
  function sharedAcross(movements) {
    const flowOf = new Map();
    const wide = new Set();
    for (const { from, to, groups } of movements) {
      const key = JSON.stringify([from, to]);
      for (const group of groups) {
        if (flowOf.has(group) && flowOf.get(group) !== key) wide.add(group);
        flowOf.set(group, key);
      }
    }
    return wide;
  }

  // Why a movement is not to be added, whatever others there are; null where it may be.
  function reasonOf({ status, rests, disputed, parents }, shown) {
    if (!isMade(status)) return STATUSES[status];
    if (rests) return "retracted";
    if (disputed) return "disputed";
    return parents.some((parent) => shown.has(parent)) ? "part" : null;
  }

  function count(movements, shown, wide) {
    const left = {};
    const leave = (reason, movement) => (left[reason] ??= []).push(movement);
    const candidates = [];
    for (const movement of movements) {
      const reason = reasonOf(movement, shown);
      if (reason) leave(reason, movement);
      else candidates.push(movement);
    }
    candidates.sort((a, b) => b.roots - a.roots || b.claims - a.claims || a.event - b.event);
    const counted = apart(candidates, (movement) => leave("overlap", movement));
    return { counted, ...numbersOf(counted, wide, (movement) => leave("shared", movement)), left };
  }

  // Of movements that may be the same, those on meeting days with an actor in common or with none named, the first.
  function apart(movements, leave) {
    const taken = new Map(); // by actor the days that are counted
    const nameless = new Spans();
    const all = new Spans();
    return movements.filter((movement) => {
      const { actors } = movement;
      const near = actors.length ? [nameless, ...actors.map((actor) => taken.get(actor))] : [all];
      if (near.some((spans) => spans?.meet(movement))) {
        leave(movement);
        return false;
      }
      all.add(movement);
      if (!actors.length) nameless.add(movement);
      for (const actor of actors) {
        if (!taken.has(actor)) taken.set(actor, new Spans());
        taken.get(actor).add(movement);
      }
      return true;
    });
  }

  // Days as spans that do not meet, in their order: they are never more than there are days.
  class Spans {
    constructor() {
      this.spans = [];
    }

    // The place of the first span that ends on a day or later.
    behind(day) {
      let [from, to] = [0, this.spans.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (this.spans[middle].end < day) from = middle + 1;
        else to = middle;
      }
      return from;
    }

    meet({ start, end }) {
      const at = this.behind(start);
      return at < this.spans.length && this.spans[at].start <= end;
    }

    // Add a span, together with those that it meets.
    add({ start, end }) {
      const at = this.behind(start);
      let to = at;
      for (; to < this.spans.length && this.spans[to].start <= end; to++) {
        start = Math.min(start, this.spans[to].start);
        end = Math.max(end, this.spans[to].end);
      }
      this.spans.splice(at, to - at, { start, end });
    }
  }

  // Numbers by unit. One that a statement gives for several movements is added once; where it also covers movements
  // of other flows it stands alone or not at all.
  function numbersOf(counted, wide, leave) {
    const numbered = counted.filter(({ low, high }) => isSaid(low, high));
    const units = [...new Set(numbered.map(({ unit }) => unit))].sort((a, b) => a - b);
    const numbers = units.map((unit) => {
      const own = numbered.filter((movement) => movement.unit === unit);
      const covers = ({ groups }) => groups.some((group) => wide.has(group));
      const kept = own.length > 1 ? own.filter((movement) => !covers(movement)) : own;
      if (own.length > 1) own.filter(covers).forEach(leave);
      const added = once(kept);
      return { unit, ...sum(added), added, included: kept.length - added.length, wide: own.length === 1 && covers(own[0]) };
    });
    return { numbers: numbers.filter(({ added }) => added.length), unnumbered: counted.length - numbered.length };
  }

  function once(movements) {
    const seen = new Set();
    return movements.filter(({ groups }) => {
      const again = groups.some((group) => seen.has(group));
      for (const group of groups) seen.add(group);
      return !again;
    });
  }

  // An end that is open in one is open in all.
  function sum(movements) {
    const lows = movements.filter(({ low }) => low > UNSAID);
    const low = lows.length ? lows.reduce((total, movement) => total + movement.low, 0) : UNSAID;
    const open = movements.some(({ high }) => high <= UNSAID);
    return { low, high: open ? OPEN : movements.reduce((total, { high }) => total + high, 0) };
  }

  return { flowsOf, noteSame, REASONS };
})();
