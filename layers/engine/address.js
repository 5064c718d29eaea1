// The state as an address: the same keys in the file's fragment and in the dashboard's query.
"use strict";

bordermap.address = (() => {
  const LAYERS = ["crossings", "withdrawals", "deployments", "context"];
  const KINDS = ["crossing", "withdrawal", "deployment", "control_change", "closure", "contact"];
  const STATUSES = ["reported", "confirmed", "denied", "planned", "requested", "rejected"];
  const CERTAINTIES = ["unplaced", "gate", "place", "near", "stretch", "region", "side"];
  const DISPUTES = ["occurrence", "count", "date", "place", "undisputed"];
  const SWITCHES = { layers: LAYERS, kinds: KINDS, status: STATUSES, certainty: CERTAINTIES, disputed: DISPUTES };
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const { THEN } = bordermap.state;

  // Only what is not as the collection opens is written; day always is, so that a link stays on its day.
  function write(state) {
    const { data, defaults } = state;
    const { iso } = bordermap.words;
    const written = { day: iso(state.day) };
    const differs = (name) => JSON.stringify(state[name]) !== JSON.stringify(defaults[name]);
    if (differs("mode")) written.mode = state.mode;
    if (differs("window")) written.window = String(state.window);
    if (state.known !== null) written.known = state.known === THEN ? THEN : iso(state.known);
    for (const [name, words] of Object.entries(SWITCHES)) {
      if (differs(name)) written[name] = words.filter((_, at) => state[name][at]).join(",") || "none";
    }
    if (differs("atLeast")) written.sources = String(state.atLeast);
    if (state.sides) written.sides = state.sides.map((side) => data.sides[side]).join(",");
    if (state.actors) written.actors = state.actors.map((actor) => data.actors.actor[actor]).join(",");
    if (state.view) written.view = state.view.join(",");
    if (state.event >= 0) written.event = data.eventId(state.event);
    if (state.story >= 0) written.story = String(state.story + 1);
    if (differs("language")) written.lang = state.language;
    if (differs("theme")) written.theme = state.theme;
    return written;
  }

  function dayFrom(word) {
    if (!DAY.test(word ?? "")) return null;
    const day = bordermap.words.dayOf(word);
    return Number.isFinite(day) && bordermap.words.iso(day) === word ? day : null;
  }

  function viewFrom(word) {
    const [lon, lat, zoom, ...more] = (word ?? "").split(",").map(Number);
    const sound = more.length === 0 && Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 20;
    return sound ? [lon, lat, zoom] : null;
  }

  // The choice that written keys mean; keys and words that are unknown are passed over. Before texts are
  // unpacked an event has no name yet.
  function read(said, state, { event: named } = { event: true }) {
    const written = Object.fromEntries(Object.entries(said).filter(([, word]) => typeof word === "string"));
    const { data, defaults } = state;
    const choice = {};
    const listed = (name) => (Object.hasOwn(written, name) ? written[name].split(",") : []);
    const day = dayFrom(written.day);
    if (day !== null) choice.day = day;
    choice.mode = bordermap.state.MODES.includes(written.mode) ? written.mode : defaults.mode;
    choice.window = Number(written.window) >= 1 ? Number(written.window) : defaults.window;
    choice.known = written.known === THEN ? THEN : dayFrom(written.known);
    for (const [name, words] of Object.entries(SWITCHES)) {
      const chosen = listed(name);
      const known = chosen.includes("none") || words.some((word) => chosen.includes(word));
      choice[name] = known ? words.map((word) => chosen.includes(word)) : defaults[name].slice();
    }
    choice.atLeast = Number(written.sources) >= 1 ? Math.round(Number(written.sources)) : defaults.atLeast;
    choice.sides = numbered(listed("sides"), data.sides);
    choice.actors = numbered(listed("actors"), data.actors.actor);
    choice.view = viewFrom(written.view);
    choice.event = written.event && named ? data.eventNamed(written.event) : -1;
    const steps = data.facts.story?.steps.length ?? 0;
    const step = Math.round(Number(written.story)) - 1;
    choice.story = step >= 0 && step < steps ? step : -1;
    choice.language = bordermap.words.knows(written.lang) ? written.lang : defaults.language;
    choice.theme = bordermap.state.THEMES.includes(written.theme) ? written.theme : defaults.theme;
    return choice;
  }

  // The places of words in a list, ascending; null where none is in it.
  function numbered(words, list) {
    const found = [...new Set(words.map((word) => list.indexOf(word)).filter((at) => at >= 0))].sort((a, b) => a - b);
    return found.length ? found : null;
  }

  const fragment = () => Object.fromEntries(new URLSearchParams(globalThis.location.hash.slice(1)));

  // Keep the file's fragment as the state is; what is opened and a story's step are steps back, all else replaces.
  function keep(state) {
    const put = (changed) => {
      const text = `#${new URLSearchParams(write(state))}`;
      if (text === globalThis.location.hash) return;
      if (isStep(changed, state)) globalThis.history.pushState(null, "", text);
      else globalThis.history.replaceState(null, "", text);
    };
    let waiting = 0;
    let hearing = false;
    state.onChange((changed) => {
      clearTimeout(waiting);
      if (hearing) return;
      if (isStep(changed, state)) put(changed);
      else waiting = setTimeout(() => put(changed), 250);
    });
    const hear = () => {
      hearing = true;
      state.set(read(fragment(), state));
      hearing = false;
    };
    globalThis.addEventListener("popstate", hear);
    globalThis.addEventListener("hashchange", hear);
  }

  const isStep = (changed, state) => (changed.has("event") && state.event >= 0) || (changed.has("story") && state.story >= 0);

  return { write, read, fragment, keep, isStep, LAYERS };
})();
