// Whether the reports that an event rests on still stand, or were corrected or retracted.
"use strict";

bordermap.standing = (() => {
  const DENIED = 2;
  const STRENGTH = [3, 3, 1, 2, 2, 2]; // of a claim, by its status: only the strongest say an event's date, place and count

  // The claims of a row that say its date, place and count.
  function telling({ claim_status: status }, claims) {
    const most = Math.max(...claims.map((claim) => STRENGTH[status[claim]] ?? 0));
    return claims.filter((claim) => (STRENGTH[status[claim]] ?? 0) === most);
  }

  // What is to be said of a row's reports; empty where all of them stand.
  function words(data, row) {
    const { sources, events } = data;
    data.fallen ??= sources.state.some((state) => state !== "ok");
    if (!data.fallen) return "";
    const claims = data.claimsOf(row, events.known_from[row]);
    const stateOf = (claim) => sources.state[events.claim_source[claim]];
    const asserting = claims.filter((claim) => events.claim_status[claim] !== DENIED);
    const { say } = bordermap.words;
    if (asserting.length && asserting.every((claim) => stateOf(claim) === "retracted")) return say("restsOnRetracted");
    const reports = (wanted) => new Set(claims.filter((claim) => stateOf(claim) === wanted).map((claim) => events.claim_source[claim])).size;
    const [retracted, corrected] = [reports("retracted"), reports("corrected")];
    return [retracted && say("reportsRetracted", { n: retracted }), corrected && say("reportsCorrected", { n: corrected })].filter(Boolean).join(say("comma"));
  }

  return { words, telling, DENIED };
})();
