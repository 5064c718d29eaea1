// The dialog that makes pictures, prints, and gives links, the code to embed and the citation.
"use strict";

bordermap.publish = (() => {
  const { make, by } = bordermap.dom;
  const LONGEST = 200; // letters of a headline or credit
  const MOST_SHEETS = 12;
  const REST_MS = 150; // a headline is drawn when its writing rests
  const MOST_HIGH = 620; // pixels of a preview

  class Publish {
    constructor(parts) {
      this.parts = parts;
      this.state = parts.state;
      this.size = "web";
      this.written = { headline: null, credit: null }; // what the reader has written, and of what it was offered
      this.node = by("publish");
      this.button = make("button", { type: "button", id: "bm-publish-open", className: "bm-tool", "aria-haspopup": "dialog" });
      this.button.addEventListener("click", () => this.open());
      by("tools").append(this.button);
      this.node.addEventListener("click", (event) => {
        if (event.target === this.node) this.node.close(); // beside the dialog's own box
      });
      this.state.onChange(() => this.node.open && this.refresh());
      globalThis.addEventListener("beforeprint", () => this.layOutPrint());
      globalThis.addEventListener("afterprint", () => this.print?.remove());
      this.write();
    }

    // Write all words anew, as in another language.
    write() {
      this.button.textContent = bordermap.words.say("publish");
      if (this.node.open) this.fill();
    }

    open() {
      this.fill();
      this.node.showModal();
      this.refresh();
    }

    fill() {
      const { say } = bordermap.words;
      const here = bordermap.links.onlyHere(this.parts.data) ? "linkOnlyHere" : null;
      this.fields = [];
      this.canvas = make("canvas", { className: "bm-preview", role: "img", "aria-label": say("preview") });
      this.frame = make("div", { className: "bm-preview-frame" }, this.canvas);
      const close = make("button", { type: "button", className: "bm-close", "aria-label": say("close"), text: "×" });
      close.addEventListener("click", () => this.node.close());
      this.node.replaceChildren(
        make("h2", { id: "bm-publish-heading", tabindex: "-1", autofocus: "", text: say("publishHeading") }),
        close,
        make("div", { className: "bm-publish-body" },
          make("div", { className: "bm-publish-form" },
            this.line("headline"),
            this.line("credit"),
            this.sizes(),
            this.actions(),
            this.field("linkOfPicture", () => bordermap.links.ofPicture(this.state), { rows: 2, note: here }),
            this.field("linkOfEvent", () => bordermap.links.ofEvent(this.state), { rows: 2, note: here }),
            this.field("embedCode", () => bordermap.links.embed(this.state), { rows: 4, note: here && "embedBeside" }),
            this.field("citationText", () => this.citation(), { rows: 3 })),
          this.frame),
      );
    }

    line(name) {
      const input = make("input", { type: "text", maxlength: LONGEST, dir: "auto", id: `bm-${name}` });
      input.value = this.words()[name];
      input.addEventListener("input", () => {
        this.take(name, input.value);
        clearTimeout(this.writing);
        this.writing = setTimeout(() => this.node.open && this.refresh(), REST_MS);
      });
      return make("label", { className: "bm-line" }, make("span", { text: bordermap.words.say(name) }), input);
    }

    sizes() {
      const select = make("select", { id: "bm-size" });
      for (const size of bordermap.picture.SIZES) select.append(make("option", { value: size, text: bordermap.words.list("sizes")[size] }));
      select.value = this.size;
      select.addEventListener("change", () => {
        this.size = select.value;
        this.drawPreview();
      });
      return make("label", { className: "bm-line" }, make("span", { text: bordermap.words.say("pictureSize") }), select);
    }

    actions() {
      const action = (id, key, act) => {
        const button = make("button", { type: "button", id: `bm-${id}`, text: bordermap.words.say(key) });
        button.addEventListener("click", act);
        return button;
      };
      return make("div", { className: "bm-actions" },
        action("png", "savePng", () => this.picture().canvas().toBlob((blob) => this.save(blob, "png"), "image/png")),
        action("svg", "saveSvg", () => this.save(new Blob([this.picture().svg().written()], { type: "image/svg+xml" }), "svg")),
        bordermap.bridge.embedded() ? null : action("print", "print", () => globalThis.print())); // a sandboxed frame may not print
    }

    // A text to be copied, with its button; it is hidden while there is none.
    field(name, said, { rows, note = null }) {
      const { say } = bordermap.words;
      const text = make("textarea", { readonly: "", rows, id: `bm-${name}`, dir: "auto", spellcheck: "false" });
      const button = make("button", { type: "button", text: say("copy"), "aria-label": say("copyOf", { what: say(name) }) });
      button.addEventListener("click", () => copy(text, say(name)));
      text.addEventListener("focus", () => text.select());
      const node = make("div", { className: "bm-copied" }, make("label", { for: `bm-${name}`, text: say(name) }), text, button,
        note ? make("p", { className: "bm-beware", id: `bm-${name}-note`, text: say(note) }) : null);
      if (note) text.setAttribute("aria-describedby", `bm-${name}-note`);
      this.fields.push({ node, text, said });
      return node;
    }

    // The citation, and what was known where that is not all.
    citation() {
      const { data, state } = this.parts;
      return [bordermap.heading.cited(data.facts), bordermap.heading.knownSpan(state)].filter(Boolean).join(bordermap.words.say("comma"));
    }

    offered() {
      const { data, state } = this.parts;
      return { headline: bordermap.captions.headline(data, state), credit: bordermap.words.say("creditOpening") };
    }

    // Take what the reader has written in place of what was offered; a headline holds for what it was written of.
    take(name, text) {
      this.written[name] = { text, offered: this.offered()[name] };
    }

    words() {
      const offered = this.offered();
      const { headline, credit } = this.written;
      return {
        headline: (headline?.offered === offered.headline ? headline.text : offered.headline).trim(),
        credit: (credit?.text ?? offered.credit).trim(),
      };
    }

    picture(size = this.size) {
      return new bordermap.picture.Picture(this.parts, { size, ...this.words() });
    }

    // The preview and the texts follow what the map shows, once a frame; what the reader writes and the size are the
    // preview's alone.
    refresh() {
      this.waiting ??= requestAnimationFrame(() => {
        this.waiting = null;
        if (!this.node.open) return;
        for (const { node, text, said } of this.fields) {
          text.value = said();
          node.hidden = text.value === "";
        }
        this.drawPreview();
      });
    }

    drawPreview() {
      const picture = this.picture();
      const wide = Math.min(this.frame.clientWidth, picture.width, (MOST_HIGH * picture.width) / picture.height);
      picture.canvas((wide / picture.width) * Math.min(globalThis.devicePixelRatio || 1, 2), this.canvas);
      this.canvas.style.width = `${wide}px`;
      this.canvas.setAttribute("aria-label", `${bordermap.words.say("preview")}: ${picture.about()}`);
    }

    // Browsers keep a file that is offered as a link, in a sandboxed frame too.
    save(blob, ending) {
      const { data, state } = this.parts;
      const name = `${bordermap.links.safeName(data.facts.name)}-${bordermap.words.iso(state.day)}-${this.size}.${ending}`;
      const address = URL.createObjectURL(blob);
      make("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      tell(bordermap.words.say("saved", { name }));
    }

    // What is printed is the picture for a sheet of paper, in lines and letters rather than pixels, and behind it the
    // events that have no room on it.
    layOutPrint() {
      this.print?.remove();
      const sheets = [this.sheet("sheet", 0)];
      while (sheets.at(-1).layout.left > 0 && sheets.length < MOST_SHEETS) {
        sheets.push(this.sheet("further", this.state.shownCount - sheets.at(-1).layout.left, sheets.length + 1 < MOST_SHEETS));
      }
      this.print = make("div", { className: "bm-print" }, ...sheets.map((sheet) => sheet.svg().element()));
      document.body.append(this.print);
    }

    sheet(size, from, goesOn = true) {
      return new bordermap.picture.Picture(this.parts, { size, ...this.words(), from, goesOn });
    }
  }

  // A dialog hides what lies under it from those who listen: what is said goes into it while it is open.
  function tell(text) {
    const dialog = by("publish");
    const said = dialog.querySelector("[role=status]") ?? make("p", { role: "status", className: "bm-told" });
    if (dialog.open && !said.isConnected) dialog.append(said);
    by("spoken").textContent = text;
    said.textContent = text;
  }

  // Copy a field's text: by the browser's clipboard where it is allowed, else as a selection.
  async function copy(field, what) {
    const { say } = bordermap.words;
    const copied = (await written(field.value)) || selected(field);
    tell(copied ? say("copied", { what }) : say("notCopied"));
  }

  async function written(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  function selected(field) {
    const { activeElement } = document;
    field.focus();
    field.select();
    const copied = document.execCommand("copy");
    if (copied) activeElement?.focus();
    return copied;
  }

  return { Publish };
})();
