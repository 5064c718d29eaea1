// Ranges of numbers in words: what is open stays open, and what is not said is not made up.
"use strict";

bordermap.ranges = (() => {
  const [UNSAID, OPEN] = [-1, -2];
  const UNITS = ["people", "vehicles", "factions", "families"];

  const isSaid = (low, high) => low > UNSAID || high > UNSAID;

  function words(low, high) {
    const { say, number } = bordermap.words;
    if (!isSaid(low, high)) return "";
    if (high < 0) return say("orMore", { n: low });
    if (low < 0) return say("upTo", { n: high });
    return low === high ? number(low) : say("rangeTo", { low, high });
  }

  // With what is counted.
  function counted(low, high, unit) {
    const range = words(low, high);
    if (!range || !(unit < UNITS.length)) return range;
    return bordermap.words.say(`counted_${UNITS[unit]}`, { range, n: high < 0 ? low : high });
  }

  return { words, counted, isSaid, UNITS, UNSAID, OPEN };
})();
