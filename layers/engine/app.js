// Puts the page together: the map, its surfaces, the lists and the clock.
"use strict";

bordermap.app = (() => {
  const { by, make, visible } = bordermap.dom;

  async function start(map) {
    const data = await bordermap.data.open();
    const state = new bordermap.state.State(data);
    state.set(bordermap.address.read(bordermap.address.fragment(), state, { event: false }));
    const marks = new bordermap.marks.Marks(data, state);
    const scene = new bordermap.scene.Scene(map, data, state, marks);
    await painted(); // marks first: texts, claims and basemap are unpacked after the reader sees them
    document.documentElement.dataset.bordermap = "drawn";
    await data.openTexts();
    state.set(bordermap.address.read(bordermap.address.fragment(), state));
    const choose = (event) => state.set({ event: event === state.event ? -1 : event });
    const list = new bordermap.list.List(data, state, choose);
    const panel = new bordermap.panel.Panel(data, state);
    panel.onClosed = (event) => list.focus(event);
    const legend = new bordermap.legend.Legend(data, state);
    const timeline = new bordermap.timeline.Timeline(data, state);
    writeAbout(data);
    pointAt(map, marks, scene, (mark) => (mark.count > 1 ? panel.writeSeveral(mark.events) : choose(mark.event)));
    keys(state, panel, timeline);

    const day = dayWriter(data, state);
    const write = (changed) => {
      if (changed.has("filters")) {
        timeline.count();
        timeline.draw();
        legend.writeFilters();
      }
      if (changed.has("mode")) timeline.writeModes();
      scene.redraw();
      day();
      list.write();
      legend.writeDay();
      timeline.writeDay();
      if (changed.has("day") || changed.has("filters")) panel.closeSeveral();
      if (changed.has("event")) {
        const opened = bordermap.app.ready; // what a link opens is not scrolled to: the day comes first
        if (opened) scene.bringIntoView(state.event);
        panel.write().then(() => {
          if (state.event >= 0 && opened) by("panel").scrollIntoView({ block: "nearest" });
        });
      }
    };
    state.onChange(write);
    timeline.count();
    timeline.draw();
    write(new Set(["day", "event"]));
    legend.writeFilters();
    if (bordermap.bridge.embedded()) {
      bordermap.bridge.connect(state, bordermap.address, () => by("slider").closest(".bm").classList.add("bm-embedded"));
    } else bordermap.address.keep(state);
    Object.assign(bordermap.app, {
      state, data, map,
      setDay: (chosen) => state.set({ day: typeof chosen === "string" ? bordermap.words.dayOf(chosen) : chosen }),
      drawn: () => marks.counts(),
      marks,
      ready: true,
    });
    await scene.open();
    await data.claims();
    document.documentElement.dataset.bordermap = "ready";
  }

  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  // The day is the page's largest word; below it, what is shown of what there is.
  function dayWriter(data, state) {
    const weekday = make("span");
    const date = make("span");
    const span = make("span", { className: "bm-span" });
    by("day").append(weekday, date, span);
    by("title").textContent = visible(data.facts.title);
    document.title = visible(data.facts.title);
    document.documentElement.lang = "en";
    return () => {
      const { words } = bordermap;
      weekday.textContent = words.weekday(state.day);
      date.textContent = words.longDay(state.day);
      span.textContent = state.mode === "day" ? "" : state.mode === "window"
        ? `and the ${state.window - 1} days before` : `and all days since ${words.longDay(state.firstDay)}`;
      let disputed = 0;
      for (let at = 0; at < state.shownCount; at++) if (data.events.disputed[state.shown[at]]) disputed++;
      const parts = [`${bordermap.words.number(state.shownCount)} of ${words.plural(data.count, "event", "events")} shown`];
      if (disputed) parts.push(`${bordermap.words.number(disputed)} disputed`);
      if (state.met > state.shownCount) parts.push(`${bordermap.words.number(state.met - state.shownCount)} hidden by layer switches or filters`);
      by("summary").textContent = parts.join(" · ");
    };
  }

  function writeAbout(data) {
    const { about, citation, licence, version, attribution, timezone } = data.facts;
    by("about").append(...[about, `${citation}${citation.includes(version) ? "" : `, version ${version}`}. Licence: ${licence}.`, `Days are those of ${timezone.replaceAll("_", " ")}.`, attribution].filter(Boolean).map((text) => make("p", { text, dir: "auto" })));
  }

  function pointAt(map, marks, scene, choose) {
    const tip = by("tip");
    const place = (event) => {
      const { x, y } = map.latLngToLayerPoint(event.latlng).subtract(scene.view.origin);
      return marks.at(x, y);
    };
    map.on("mousemove", (event) => {
      const mark = place(event);
      const over = mark ? mark.event : null;
      map.getContainer().style.cursor = mark ? "pointer" : "";
      if (over !== marks.hovered) {
        marks.hovered = over;
        scene.redraw();
      }
      tip.hidden = !mark;
      if (!mark) return;
      writeTip(tip, marks.data, mark);
      const { x, y } = event.containerPoint;
      const width = map.getSize().x;
      tip.style.left = `${Math.max(4, Math.min(x + 14, width - tip.offsetWidth - 8))}px`;
      tip.style.top = `${y + 16}px`;
    });
    map.on("mouseout", () => {
      tip.hidden = true;
      if (marks.hovered !== null) {
        marks.hovered = null;
        scene.redraw();
      }
    });
    map.on("click", (event) => {
      const mark = place(event);
      if (mark) choose(mark);
    });
  }

  function writeTip(tip, data, mark) {
    if (mark.count > 1) {
      tip.replaceChildren(make("span", { text: `${mark.count} events here` }));
      return;
    }
    const said = data.countTexts(mark.event);
    tip.replaceChildren(
      make("span", { text: data.title(mark.event), dir: "auto" }),
      said ? make("small", { text: said, dir: "auto" }) : "",
      make("small", { text: bordermap.list.sources(data, mark.event) }),
    );
  }

  // Arrow keys step the day wherever the focus is not in a field or on the map; Escape closes; space plays.
  function keys(state, panel, timeline) {
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") {
        if (state.event >= 0) panel.close();
        else panel.closeSeveral();
        return;
      }
      if (event.target.closest("input, select, textarea, button, summary, a, .leaflet-container")) return;
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) state.set({ day: state.day + step });
      else if (event.key === " ") timeline.play(!timeline.playing);
      else return;
      event.preventDefault();
    });
  }

  return { start };
})();
