// The reader's language and colours: each language under its own name.
"use strict";

bordermap.settings = (() => {
  const { make, by } = bordermap.dom;
  const NAMED = 3; // so many languages are named on the menu itself

  class Settings {
    constructor(state) {
      this.state = state;
      const { languages } = bordermap.words;
      this.languages = this.group("language", languages.map(({ language, name }) => [language, name, language]));
      this.themes = this.group("theme", bordermap.state.THEMES.map((theme) => [theme, "", ""]));
      this.name = make("span");
      this.names = languages.length > NAMED ? [] : languages.map(({ language, short }) => make("bdi", { lang: language, text: short }));
      by("settings").querySelector("summary").append(
        ...this.names.flatMap((name, at) => (at ? [" / ", name] : [name])), this.name);
      by("choices").append(this.languages.node, this.themes.node);
      this.write();
    }

    group(choice, values) {
      const heading = make("h3");
      const buttons = values.map(([value, text, lang]) => {
        const button = make("button", { type: "button", text, ...(lang ? { lang } : {}) });
        button.addEventListener("click", () => this.state.set({ [choice]: value }));
        return { value, button };
      });
      const node = make("div", { role: "group", className: "bm-choice" }, heading, ...buttons.map(({ button }) => button));
      return { choice, heading, buttons, node };
    }

    // Write all words anew, as in another language.
    write() {
      const { say, list } = bordermap.words;
      this.name.textContent = this.names.length ? ` (${say("settings")})` : say("settings");
      this.name.className = this.names.length ? "bm-spoken" : "";
      for (const [group, key] of [[this.languages, "languages"], [this.themes, "theme"]]) {
        group.heading.textContent = say(key);
        group.node.setAttribute("aria-label", say(key));
      }
      for (const { value, button } of this.themes.buttons) button.textContent = list("themes")[value];
      for (const { choice, buttons } of [this.languages, this.themes]) {
        for (const { value, button } of buttons) button.setAttribute("aria-pressed", String(this.state[choice] === value));
      }
    }
  }

  return { Settings };
})();
