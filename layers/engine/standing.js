// What a status says of an event, and whether the reports that it rests on still stand, or were corrected or retracted.
"use strict";

bordermap.standing = (() => {
  const STATUSES = ["reported", "confirmed", "denied", "planned", "requested", "rejected"];
  const DENIED = 2;
  // As claims/events.py has them: only the strongest claims say an event's date, place and count, and one that stands
  // and does not deny is stronger than all that have fallen. Both are held to tests/telling_ranks.json.
  const STRENGTH = [3, 3, 1, 2, 2, 2];
  const STANDS = 3;

  // Statuses from `denied` on deny, plan, ask for or refuse what those before tell of.
  const isMade = (status) => status < DENIED;

  // The claims of a row that say its date, place and count.
  function telling({ claim_status: status, claim_fallen: fallen }, claims) {
    const weight = (claim) => STRENGTH[status[claim]] + (fallen[claim] || status[claim] === DENIED ? 0 : STANDS);
    const most = claims.reduce((least, claim) => Math.max(least, weight(claim)), 0);
    return claims.filter((claim) => weight(claim) === most);
  }

  // The claims that stand; all of them where none does.
  function standing({ claim_fallen: fallen }, claims) {
    const found = claims.filter((claim) => !fallen[claim]);
    return found.length ? found : claims;
  }

  // What is to be said of a row's reports; empty where all of them stand.
  function words(data, row) {
    const { sources, events } = data;
    data.fallen ??= sources.state.some((state) => state !== "ok");
    if (!data.fallen) return "";
    const claims = data.claimsOf(row, events.known_from[row]);
    const stateOf = (claim) => sources.state[events.claim_source[claim]];
    const { say } = bordermap.words;
    if (events.rests[row]) return say("restsOnRetracted");
    const reports = (wanted) => new Set(claims.filter((claim) => stateOf(claim) === wanted).map((claim) => events.claim_source[claim])).size;
    const [retracted, corrected] = [reports("retracted"), reports("corrected")];
    return [retracted && say("reportsRetracted", { n: retracted }), corrected && say("reportsCorrected", { n: corrected })].filter(Boolean).join(say("comma"));
  }

  return { words, telling, standing, isMade, STATUSES, DENIED };
})();
