// The rule by which movements of one flow are added up: nothing twice, and never a number that nobody said.
"use strict";

bordermap.flowcount = (() => {
  const { UNSAID, OPEN, isSaid } = bordermap.ranges;
  const BY_STATUS = [null, null, "denied", "planned", "requested", "rejected"];
  const REASONS = ["disputed", "part", "overlap", "shared", "planned", "requested", "rejected", "denied"];

  // The flows of movements, each { from, to, counted, numbers, unnumbered, left }, in the order of their first movement.
  // A movement is { event, from, to (any keys), start, end (days; -Infinity where open), actors, status, disputed,
  // roots, claims, unit, low, high (of ranges.js), parents (all events it is part of), groups (of shared numbers) }.
  // `counted` are those that are told apart, `numbers` their ranges by unit: { unit, low, high, added, included };
  // `left` has by reason the movements that were left out, of which those of `shared` are only without their number.
  function flowsOf(movements) {
    const flows = new Map();
    for (const movement of movements) {
      const key = JSON.stringify([movement.from, movement.to]);
      if (!flows.has(key)) flows.set(key, { key, from: movement.from, to: movement.to, all: [] });
      flows.get(key).all.push(movement);
    }
    const standing = movements.filter((movement) => !BY_STATUS[movement.status]);
    const shown = new Set(standing.map(({ event }) => event));
    const wide = sharedAcross(standing);
    return [...flows.values()].map((flow) => ({ ...flow, ...count(flow.all, shown, wide) }));
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

  function count(movements, shown, wide) {
    const left = {};
    const leave = (reason, movement) => (left[reason] ??= []).push(movement);
    const candidates = [];
    for (const movement of movements) {
      const reason = BY_STATUS[movement.status] ?? (movement.disputed ? "disputed" : movement.parents.some((parent) => shown.has(parent)) ? "part" : null);
      if (reason) leave(reason, movement);
      else candidates.push(movement);
    }
    candidates.sort((a, b) => b.roots - a.roots || b.claims - a.claims || a.event - b.event);
    const counted = apart(candidates, (movement) => leave("overlap", movement));
    return { counted, ...numbersOf(counted, wide, (movement) => leave("shared", movement)), left };
  }

  // Of movements that may be the same, those on meeting days with an actor in common or with none named, the first.
  function apart(movements, leave) {
    const taken = new Map(); // by actor the spans that are counted; those of one actor do not meet
    const nameless = [];
    const all = [];
    const meets = (movement) => (span) => span.start <= movement.end && movement.start <= span.end;
    return movements.filter((movement) => {
      const { actors } = movement;
      const near = actors.length ? [nameless, ...actors.map((actor) => taken.get(actor) ?? [])] : [all];
      if (near.some((spans) => spans.some(meets(movement)))) {
        leave(movement);
        return false;
      }
      all.push(movement);
      if (!actors.length) nameless.push(movement);
      for (const actor of actors) taken.set(actor, [...(taken.get(actor) ?? []), movement]);
      return true;
    });
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
      for (const movement of own) if (!kept.includes(movement)) leave(movement);
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

  return { flowsOf, REASONS };
})();
