// The hand on the map and on the keys: what is under the pointer, what a click opens, what a key does.
"use strict";

bordermap.pointer = (() => {
  const { by, make } = bordermap.dom;

  const MANY = 200; // of a mark that stands for more events no rows are lit

  function follow(map, { marks, scene, panel, data, list, state, large }, choose) {
    const tip = by("tip");
    const under = (event) => {
      const { x, y } = map.latLngToLayerPoint(event.latlng).subtract(scene.view.origin);
      return marks.at(x, y);
    };
    const hover = (row) => {
      if (row === marks.hovered) return;
      marks.hovered = row;
      scene.redraw();
    };
    const light = (mark) => list.light(mark && mark.count <= MANY ? marks.rowsOf(mark) : []);
    map.on("mousemove", (event) => {
      const mark = under(event);
      map.getContainer().style.cursor = mark ? "pointer" : "";
      if (mark?.row !== marks.hovered) light(mark);
      hover(mark ? mark.row : null);
      tip.hidden = !mark;
      if (!mark) return;
      if (mark.cell === undefined) writeTip(tip, data, mark);
      else writeCell(tip, bordermap.cells.lines(state, mark));
      const { x, y } = event.containerPoint;
      const { x: width, y: height } = map.getSize();
      tip.style.left = `${Math.max(4, Math.min(x + 14, width - tip.offsetWidth - 8))}px`;
      tip.style.top = `${Math.max(4, y + 16 + tip.offsetHeight > height ? y - tip.offsetHeight - 12 : y + 16)}px`;
    });
    const leave = () => {
      tip.hidden = true;
      light(null);
      hover(null);
    };
    map.on("mouseout zoomstart movestart", leave);
    map.on("click", (event) => {
      const mark = under(event);
      if (mark?.cell !== undefined) large.open(mark.cell);
      else if (mark) mark.count > 1 ? panel.writeSeveral(marks.rowsOf(mark)) : choose(data.eventOf(mark.row));
    });
  }

  // A row under the hand or the focus shows its mark; arrow keys go through the rows.
  function beside({ marks, scene, list }) {
    const hover = (row) => {
      if (row === marks.hovered) return;
      marks.hovered = row;
      scene.redraw();
    };
    const scroll = by("scroll");
    for (const type of ["mouseover", "focusin"]) {
      scroll.addEventListener(type, ({ target }) => hover(bordermap.list.rowOf(target.closest(".bm-row"))));
    }
    for (const type of ["mouseleave", "focusout"]) scroll.addEventListener(type, () => hover(null));
    scroll.addEventListener("keydown", (event) => {
      const row = event.target.closest(".bm-list .bm-row");
      if (!row || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
      bordermap.list.go(row, event.key);
      event.preventDefault();
    });
    by("skip").addEventListener("click", () => list.focusFirst());
  }

  function writeCell(tip, [name, ...lines]) {
    tip.replaceChildren(make("span", { text: name, dir: "auto" }), ...lines.map((text) => make("small", { text })));
  }

  function writeTip(tip, data, mark) {
    const { say, list } = bordermap.words;
    if (mark.count > 1) {
      const status = data.events.status[mark.row];
      tip.replaceChildren(
        make("span", { text: say("eventsHere", { n: mark.count }) }),
        bordermap.standing.isMade(status) ? "" : make("small", { text: list("statuses")[status] }),
        mark.contested ? make("small", { text: say("disputedCount", { n: mark.contested }) }) : "",
      );
      return;
    }
    const said = data.countTexts(mark.row);
    const disputed = bordermap.list.disputedOn(data, mark.row);
    const standing = bordermap.standing.words(data, mark.row);
    tip.replaceChildren(
      make("span", { text: data.title(mark.row), dir: "auto" }),
      said ? make("small", { text: said, dir: "auto" }) : "",
      make("small", { text: list("certainties")[data.events.certainty[mark.row]] }),
      make("small", { text: bordermap.list.sources(data, mark.row) }),
      disputed.length ? make("small", { text: say("disputedOn", { what: disputed.join(say("comma")) }) }) : "",
      standing ? make("small", { text: standing }) : "",
    );
  }

  // Arrow keys step the day wherever the focus is not in a field or on the map; Escape closes; space plays.
  function keys({ state, panel, timeline }) {
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || bordermap.dom.behindDialog()) return;
      if (event.key === "Escape") {
        if (state.event >= 0 || state.missing) panel.close();
        else panel.closeSeveral();
        return;
      }
      if (event.target.closest("input, select, textarea, button, summary, a, .leaflet-container")) return;
      const forward = bordermap.words.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
      const step = { [back]: -1, [forward]: 1 }[event.key];
      if (step) state.set({ day: state.day + step });
      else if (event.key === " ") timeline.play(!timeline.playing);
      else return;
      event.preventDefault();
    });
  }

  return { follow, beside, keys };
})();
