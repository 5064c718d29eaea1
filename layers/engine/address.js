// The state as an address: the same keys in the file's fragment and in the dashboard's query.
"use strict";

bordermap.address = (() => {
  const LAYERS = ["crossings", "withdrawals", "deployments", "context"];
  const KINDS = ["crossing", "withdrawal", "deployment", "control_change", "closure", "contact", "other"];
  const { STATUSES } = bordermap.standing;
  const CERTAINTIES = ["unplaced", "gate", "place", "near", "stretch", "region", "side"];
  const DISPUTES = ["occurrence", "count", "date", "place", "undisputed"];
  const SWITCHES = { layers: LAYERS, kinds: KINDS, status: STATUSES, certainty: CERTAINTIES, disputed: DISPUTES };
  const DAY = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
  const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i; // as dashboard/spelled.py has it
  const { THEN } = bordermap.state;

  const ALL = "all";
  const NO = "none";

  // Only what is not as the collection opens, or not as the story's open step sets it, is written; day always is,
  // so that a link stays on its day. So who knows no story reads the same.
  function write(state) {
    const { data } = state;
    const { iso } = bordermap.words;
    const written = { day: iso(state.day) };
    const base = state.story >= 0 ? read({ story: String(state.story + 1) }, state) : state.defaults;
    const differs = (name) => [state.defaults, base].some((from) => JSON.stringify(state[name]) !== JSON.stringify(from[name]));
    if (differs("mode")) written.mode = state.mode;
    if (differs("window")) written.window = String(state.window);
    if (differs("known")) written.known = state.known === null ? ALL : state.known === THEN ? THEN : iso(state.known);
    for (const [name, words] of Object.entries(SWITCHES)) {
      if (differs(name)) written[name] = words.filter((_, at) => state[name][at]).join(",") || NO;
    }
    if (differs("atLeast")) written.sources = String(state.atLeast);
    if (differs("sides")) written.sides = state.sides?.map((side) => data.sides[side]).join(",") ?? ALL;
    if (differs("actors")) written.actors = state.actors?.map((actor) => data.actors.actor[actor]).join(",") ?? ALL;
    if (state.view) written.view = state.view.join(",");
    if (differs("event")) written.event = state.event >= 0 ? data.eventId(state.event) : NO;
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

  // NaN where a word is no number, or one beyond all that can be told.
  const numberIn = (word) => (NUMBER.test(word) && Number.isFinite(Number(word)) ? Number(word) : NaN);

  // A number of 1 or more; null where a word is none.
  function numberFrom(word) {
    const number = numberIn(word ?? "");
    return number >= 1 ? number : null;
  }

  function viewFrom(word) {
    const [lon, lat, zoom, ...more] = (word ?? "").split(",").map(numberIn);
    const sound = more.length === 0 && Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 20;
    return sound ? [lon, lat, zoom] : null;
  }

  // The choice that written keys mean; keys and words that are unknown are passed over. What is written besides a
  // step of the story goes before the step's own. Before texts are unpacked an event has no name yet.
  function read(said, state, { event: named } = { event: true }) {
    const words = Object.fromEntries(Object.entries(said).filter(([, word]) => typeof word === "string"));
    const { data, defaults } = state;
    const story = stepFrom(words.story, data);
    const written = story >= 0 ? { ...data.facts.story.steps[story].choice, ...words } : words;
    const choice = {};
    const listed = (name) => (Object.hasOwn(written, name) ? written[name].split(",") : []);
    const day = dayFrom(written.day);
    if (day !== null) choice.day = day;
    choice.mode = bordermap.state.MODES.includes(written.mode) ? written.mode : defaults.mode;
    choice.window = numberFrom(written.window) ?? defaults.window;
    choice.known = written.known === THEN ? THEN : dayFrom(written.known);
    for (const [name, words] of Object.entries(SWITCHES)) {
      const chosen = listed(name);
      const known = chosen.includes(NO) || words.some((word) => chosen.includes(word));
      choice[name] = known ? words.map((word) => chosen.includes(word)) : defaults[name].slice();
    }
    choice.atLeast = Math.round(numberFrom(written.sources) ?? defaults.atLeast);
    choice.sides = numbered(listed("sides"), data.sides);
    choice.actors = numbered(listed("actors"), data.actors.actor);
    choice.view = viewFrom(written.view);
    const asked = named ? written.event || NO : NO;
    choice.event = asked === NO ? -1 : data.eventNamed(asked);
    choice.missing = asked === NO || choice.event >= 0 ? "" : asked;
    choice.story = story;
    choice.language = bordermap.words.knows(written.lang) ? written.lang : defaults.language;
    choice.theme = bordermap.state.THEMES.includes(written.theme) ? written.theme : defaults.theme;
    return choice;
  }

  // The place of a step in the story, which the address counts from 1; -1 where there is none.
  function stepFrom(word, data) {
    const step = Math.round(numberIn(word ?? "")) - 1;
    return step >= 0 && step < (data.facts.story?.steps.length ?? 0) ? step : -1;
  }

  // The places of words in a list, ascending; null where none is in it.
  function numbered(words, list) {
    const found = [...new Set(words.map((word) => list.indexOf(word)).filter((at) => at >= 0))].sort((a, b) => a - b);
    return found.length ? found : null;
  }

  const fragment = () => Object.fromEntries(new URLSearchParams(globalThis.location.hash.slice(1)));

  // Keep the file's fragment as the state is; what is opened and a story's step are steps back, all else replaces.
  // Closing goes back to before the steps that had something open, so that no two entries are alike.
  function keep(state) {
    const { history, location } = globalThis;
    const textOf = () => `#${new URLSearchParams(write(state))}`;
    let deep = history.state?.deep ?? 0; // how many entries with something open end with this one
    let waiting = 0;
    let pending = ""; // an address that is still to be written
    let closed = ""; // the address of now, while the browser goes back to where it is to stand
    let hearing = false;
    const put = (text) => {
      clearTimeout(waiting);
      pending = "";
      history.replaceState({ deep }, "", text);
    };
    const push = (text) => {
      if (pending) put(pending);
      if (text !== location.hash) history.pushState({ deep: ++deep }, "", text);
    };
    const goBack = (text) => {
      clearTimeout(waiting);
      closed = text;
      history.go(-deep);
    };
    const come = () => {
      const text = closed;
      closed = "";
      put(text);
      if (isOpen(state)) push(textOf());
    };
    put(location.href); // an entry without a state is then the reader's own writing
    state.onChange((changed) => {
      if (hearing) return;
      const text = textOf();
      if (closed) closed = isOpen(state) ? closed : text;
      else if (isStep(changed, state)) push(text);
      else if (deep && deep < history.length && !isOpen(state)) goBack(text);
      else {
        clearTimeout(waiting);
        pending = text;
        waiting = setTimeout(() => put(text), 250);
      }
    });
    globalThis.addEventListener("popstate", ({ state: entry }) => {
      const [was, open] = [deep, isOpen(state)];
      deep = entry?.deep ?? 0;
      if (closed) return come();
      clearTimeout(waiting);
      pending = "";
      const choice = read(fragment(), state);
      // Back from an opened event closes it, and what else is shown stays.
      const closing = entry && deep < was && open && state.story < 0 && !isOpen(choice);
      hearing = true;
      state.set(closing ? { event: -1 } : choice);
      hearing = false;
      if (closing) put(textOf());
    });
  }

  const isOpen = ({ event, story }) => event >= 0 || story >= 0;
  const isStep = (changed, state) => (changed.has("event") && state.event >= 0) || (changed.has("story") && state.story >= 0);

  return { write, read, fragment, keep };
})();
