// Ranges of numbers in words: what is open stays open, and what is not said is not made up.
"use strict";

bordermap.ranges = (() => {
  const [UNSAID, OPEN] = [-1, -2];
  const UNITS = ["people", "vehicles", "factions", "families", "deaths"];

  const isSaid = (low, high) => low > UNSAID || high > UNSAID;

  function words(low, high) {
    const { say, number } = bordermap.words;
    if (!isSaid(low, high)) return "";
    if (high < 0) return say("orMore", { n: low });
    if (low < 0) return say("upTo", { n: high });
    return low === high ? number(low) : say("rangeTo", { low, high });
  }

  // With what is counted, in the order and the form of number that the language has.
  function counted(low, high, unit) {
    if (!isSaid(low, high) || !(unit < UNITS.length)) return words(low, high);
    const { say } = bordermap.words;
    const n = high < 0 ? low : high;
    const values = { n, unit: say(`unit_${UNITS[unit]}`, { n }) };
    if (high < 0) return say("countedOrMore", values);
    if (low < 0) return say("countedUpTo", values);
    return low === high ? say("countedJust", values) : say("countedRange", { ...values, low, high });
  }

  return { words, counted, isSaid, UNITS, UNSAID, OPEN };
})();
