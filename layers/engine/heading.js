// The day as the page's largest word, and below it what is shown of what there is.
"use strict";

bordermap.heading = (() => {
  const { by, line, make, told, visible } = bordermap.dom;

  class Heading {
    constructor(data, state) {
      Object.assign(this, { data, state });
      [this.weekday, this.date, this.span] = [make("span"), make("span"), make("span", { className: "bm-span" })];
      by("day").append(this.weekday, this.date, this.span);
    }

    // Write what does not change with the day.
    write() {
      const { facts } = this.data;
      const arabic = bordermap.words.language === "ar" && facts.title_ar;
      const title = visible(arabic || facts.title);
      by("title").textContent = title;
      document.title = title;
      this.writeAbout();
    }

    writeAbout() {
      const { about, citation, licence, version, digest, timezone, known_by: knownBy } = this.data.facts;
      const { say, longDay, dayOf } = bordermap.words;
      const edition = [citation, citation.includes(version) ? "" : ["versionOf", { version }], digest ? ["contentHash", { digest }] : ""];
      const lines = [
        [make("span", { text: about, dir: "auto" })],
        knownBy ? [say("knownBy", { day: longDay(dayOf(knownBy)) })] : [],
        line(edition.filter(Boolean)),
        told("licence", { licence }),
        told("daysOf", { zone: timezone.replaceAll("_", " ") }),
        [say("attribution")],
      ];
      by("about").replaceChildren(...lines.filter((nodes) => nodes.length).map((nodes) => make("p", {}, ...nodes)), this.changes());
    }

    // What changed since an earlier version of the collection, where the page was told.
    changes() {
      const { changes } = this.data.facts;
      if (!changes) return "";
      const { say } = bordermap.words;
      const lines = changes.lines.map((text) => make("li", { text, dir: "auto" }));
      return make("details", { id: "bm-changes" },
        make("summary", { text: say("changedSince", { version: changes.since, changes: say("changeCount", { n: lines.length }) }) }),
        make("ol", {}, ...lines));
    }

    writeDay() {
      const { state, data } = this;
      const { words } = bordermap;
      const { say } = words;
      this.weekday.textContent = words.weekday(state.day);
      this.date.textContent = words.longDay(state.day);
      const spans = {
        day: "",
        window: state.window > 1 ? say("windowSpan", { n: state.window - 1 }) : "",
        sofar: say("soFarSpan", { day: words.longDay(state.firstDay) }),
      };
      const known = state.known === null ? "" : say("knownSpan", { day: words.longDay(state.knownDay) });
      this.span.textContent = [spans[state.mode], known].filter(Boolean).join(say("comma"));
      const hidden = state.met - state.shownCount;
      by("summary").textContent = [
        say("shownOf", { shown: state.shownCount, n: data.count }),
        state.shownDisputed ? say("disputedCount", { n: state.shownDisputed }) : "",
        hidden > 0 ? say("hiddenCount", { n: hidden }) : "",
        state.unknown ? say("unknownYet", { n: state.unknown }) : "",
      ].filter(Boolean).join(" · ");
    }
  }

  return { Heading };
})();
