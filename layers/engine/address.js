// The state as an address: the same keys in the file's fragment and in the dashboard's query.
"use strict";

bordermap.address = (() => {
  const KINDS = ["crossing", "withdrawal", "deployment", "control_change", "closure", "contact"];
  const LAYERS = ["crossings", "withdrawals", "deployments", "context"];

  // Only what is not as the collection opens is written; day always is, so that a link stays on its day.
  function write(state) {
    const { data, defaults } = state;
    const { english, iso } = bordermap.words;
    const same = (name) => JSON.stringify(state[name]) === JSON.stringify(defaults[name]);
    const written = { day: iso(state.day) };
    if (!same("mode")) written.mode = state.mode;
    if (!same("window")) written.window = String(state.window);
    if (state.event >= 0) written.event = data.eventId(state.event);
    if (!same("layers")) written.layers = LAYERS.filter((_, at) => state.layers[at]).join(",") || "none";
    if (!same("kinds")) written.kinds = KINDS.filter((_, at) => state.kinds[at]).join(",") || "none";
    if (!same("status")) written.status = english.statuses.filter((_, at) => state.status[at]).join(",") || "none";
    if (state.actors) written.actors = state.actors.map((actor) => data.actors.actor[actor]).join(",");
    return written;
  }

  // The choice that written keys mean; keys and words that are unknown are passed over. Before texts are
  // unpacked an event has no name yet.
  function read(written, state, { event: named } = { event: true }) {
    const { data, defaults } = state;
    const choice = {};
    const listed = (name) => (typeof written[name] === "string" ? written[name].split(",") : []);
    const switches = (name, words) => {
      const said = listed(name);
      const known = said.includes("none") || words.some((word) => said.includes(word));
      return known ? words.map((word) => said.includes(word)) : defaults[name].slice();
    };
    if (/^\d{4}-\d{2}-\d{2}$/.test(written.day ?? "")) {
      const day = bordermap.words.dayOf(written.day);
      if (Number.isFinite(day) && bordermap.words.iso(day) === written.day) choice.day = day;
    }
    choice.mode = bordermap.state.MODES.includes(written.mode) ? written.mode : defaults.mode;
    choice.window = Number(written.window) >= 1 ? Number(written.window) : defaults.window;
    choice.event = written.event && named ? data.eventOf(written.event) : -1;
    choice.layers = switches("layers", LAYERS);
    choice.kinds = switches("kinds", KINDS);
    choice.status = switches("status", bordermap.words.english.statuses);
    const actors = listed("actors").map((actor) => data.actors.actor.indexOf(actor)).filter((actor) => actor >= 0);
    choice.actors = actors.length ? actors : null;
    return choice;
  }

  const fragment = () => Object.fromEntries(new URLSearchParams(globalThis.location.hash.slice(1)));

  // Keep the file's fragment as the state is; a step of the slider replaces, an opened event is a step back.
  function keep(state) {
    const put = (changed) => {
      const text = `#${new URLSearchParams(write(state))}`;
      if (text === globalThis.location.hash) return;
      if (changed.has("event") && state.event >= 0) globalThis.history.pushState(null, "", text);
      else globalThis.history.replaceState(null, "", text);
    };
    let waiting = 0;
    state.onChange((changed) => {
      clearTimeout(waiting);
      if (changed.has("event")) put(changed);
      else waiting = setTimeout(() => put(changed), 250);
    });
    globalThis.addEventListener("popstate", () => state.set(read(fragment(), state)));
    globalThis.addEventListener("hashchange", () => state.set(read(fragment(), state)));
  }

  return { write, read, fragment, keep };
})();
