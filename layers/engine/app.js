// Puts the page together: the map, its surfaces, the lists and the clock.
"use strict";

bordermap.app = (() => {
  const { by } = bordermap.dom;

  async function start(map) {
    const data = await bordermap.data.open();
    const { State } = data.facts.large ? bordermap.largestate : bordermap.state;
    const state = new State(data);
    state.set(bordermap.address.read(bordermap.address.fragment(), state, { event: false }));
    dress(state);
    const marks = new bordermap.marks.Marks(data, state);
    const scene = new bordermap.scene.Scene(map, data, state, marks);
    await frame(); // marks first: texts, claims and basemap are unpacked after the reader sees them
    document.documentElement.dataset.bordermap = "drawn";
    await seen();
    await data.openTexts();
    state.set(bordermap.address.read(bordermap.address.fragment(), state));
    const parts = partsOf(map, data, state, marks, scene);
    state.onChange((changed) => write(parts, changed));
    if (parts.large) dress(state); // it says some things in other words
    relabel(parts);
    write(parts, new Set(["day", "event", "filters", "known"]));
    if (bordermap.bridge.embedded()) {
      bordermap.bridge.connect(state, bordermap.address, () => by("slider").closest(".bm").classList.add("bm-embedded"), parts.large);
    } else bordermap.address.keep(state);
    bordermap.theme.onChange(() => redress(parts));
    Object.assign(bordermap.app, {
      state, data, map, marks, parts,
      setDay: (chosen) => state.set({ day: typeof chosen === "string" ? bordermap.words.dayOf(chosen) : chosen }),
      drawn: () => marks.counts(),
      ready: true,
    });
    await scene.open();
    await data.claims();
    document.documentElement.dataset.bordermap = "ready";
  }

  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const seen = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  function partsOf(map, data, state, marks, scene) {
    const choose = (event) => state.set({ event: event === state.event ? -1 : event });
    const list = new bordermap.list.List(data, state, choose);
    const panel = new bordermap.panel.Panel(data, state);
    panel.onClosed = (event) => list.focus(event);
    const parts = {
      data, state, marks, scene, list, panel,
      legend: new bordermap.legend.Legend(data, state, marks),
      filters: new bordermap.filters.Filters(data, state),
      timeline: new bordermap.timeline.Timeline(data, state),
      heading: new bordermap.heading.Heading(data, state),
      settings: new bordermap.settings.Settings(state),
      controls: new bordermap.controls.Controls(map),
      flows: new bordermap.flows.Flows(data, state, (rows) => (rows.length > 1 ? panel.writeSeveral(rows) : state.set({ event: data.eventOf(rows[0]) }))),
    };
    parts.story = new bordermap.story.Story(data, state, scene, () => parts.timeline.play(false));
    parts.publish = new bordermap.publish.Publish(parts);
    parts.large = data.facts.large ? new bordermap.large.Large(parts, map, (changed) => write(parts, changed)) : null;
    bordermap.pointer.follow(map, parts, choose);
    bordermap.pointer.beside(parts);
    new bordermap.announce.Announcer(data, state, parts);
    bordermap.pointer.keys(parts);
    return parts;
  }

  // Write what a change concerns, and nothing else: a step of the clock is quick.
  function write({ data, state, scene, list, panel, legend, filters, timeline, heading, flows, story }, changed) {
    if (changed.size === 1 && changed.has("view")) return scene.look(state.view); // the map has drawn it
    if (changed.has("language") || changed.has("theme")) {
      dress(state);
      relabel(bordermap.app.parts);
    }
    if (changed.has("filters") || changed.has("known")) {
      timeline.count();
      filters.count({ soon: !changed.has("filters") });
    } else if (changed.has("day")) filters.countDay({ soon: true });
    if (changed.has("known")) list.writeBeside();
    if (changed.has("mode")) timeline.writeModes();
    scene.redraw();
    heading.writeDay();
    list.write();
    legend.writeDay();
    timeline.writeDay();
    flows.write(changed);
    if (changed.has("day") || changed.has("filters") || changed.has("known")) panel.closeSeveral();
    if (changed.has("day")) panel.writeDay();
    if (changed.has("story")) {
      story.write();
      story.follow(true);
      by("scroll").scrollTop = 0;
    }
    if (["event", "missing", "known", "language"].some((name) => changed.has(name))) {
      // What a link or a step of the story opens is not scrolled to: the day comes first.
      const opened = bordermap.app.ready && changed.has("event") && !changed.has("story");
      if (opened) scene.bringIntoView(state.rowOf(state.event));
      panel.write().then(() => {
        if (state.event >= 0 && opened) by("panel").scrollIntoView({ block: "nearest" });
      });
    }
    if (changed.has("view")) scene.look(state.view);
  }

  // Take the language and the colours that the reader has chosen.
  function dress(state) {
    const { words, theme } = bordermap;
    words.use(state.language, state.data.facts.locales);
    theme.use(state.theme);
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
    for (const node of document.querySelectorAll("[data-say]")) node.textContent = words.say(node.dataset.say);
    for (const node of document.querySelectorAll("[data-say-label]")) node.setAttribute("aria-label", words.say(node.dataset.sayLabel));
  }

  // Write every word of the page anew.
  function relabel({ list, legend, filters, timeline, heading, scene, settings, controls, story, publish, panel, large }) {
    heading.write();
    settings.write();
    controls.write();
    story.write();
    legend.write();
    filters.write();
    timeline.write();
    publish.write();
    panel.colour();
    list.writeBeside();
    scene.forget();
    large?.writeBeside();
  }

  function redress(parts) {
    dress(parts.state);
    relabel(parts);
    write(parts, new Set(["day"]));
  }

  return { start };
})();
