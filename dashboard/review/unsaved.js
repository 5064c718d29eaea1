// What a reviewer has changed and not saved, by proposal: it waits in this window, and whoever leaves is asked.

const WAYS_OUT = "a[href], .st-key-another button"; // links, and the Read page's way to another text

class Unsaved {
  // `text` names the report: what waits of it is there again where the reviewer comes back. `saving` are proposals on their way.
  constructor(bridge, text, words, { dialog, note, saving }) {
    const waiting = (bridge.waiting ??= new Map());
    if (!waiting.has(text)) waiting.set(text, new Map());
    Object.assign(this, { drafts: waiting.get(text), words, dialog, note, saving });
    this.stay = make("button", { type: "button", className: "strong", autofocus: "", text: words.say("reviewStay") });
    this.go = make("button", { type: "button", text: words.say("reviewLeave") });
    this.told = make("p");
    dialog.setAttribute("aria-label", words.say("reviewUnsaved"));
    dialog.replaceChildren(this.told, make("div", { className: "buttons" }, this.stay, this.go));
    this.stay.addEventListener("click", () => dialog.close());
    this.go.addEventListener("click", () => this.leave());
    this.listen();
  }

  listen() {
    const ask = (event) => this.ask(event);
    const warn = (event) => this.isEmpty() || event.preventDefault();
    window.addEventListener("click", ask, true);
    window.addEventListener("beforeunload", warn);
    this.end = () => {
      window.removeEventListener("click", ask, true);
      window.removeEventListener("beforeunload", warn);
    };
  }

  isEmpty() {
    return !this.drafts.size && !this.saving.size;
  }

  has(key) {
    return this.drafts.has(key) && !this.saving.has(key);
  }

  put(key, draft) {
    if (draft) this.drafts.set(key, draft);
    else this.drafts.delete(key);
  }

  // Say how many wait.
  count() {
    const n = [...this.drafts.keys()].filter((key) => this.has(key)).length;
    this.note.hidden = !n;
    this.note.textContent = this.words.say("reviewUnsavedCount", { n: this.words.number(n) });
  }

  // Who goes to another page is asked first; what opens beside this one leaves nothing.
  ask(event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || this.isEmpty()) return;
    const way = event.composedPath().find((one) => one instanceof Element && one.matches(WAYS_OUT));
    if (!way || way === this.way || way.target === "_blank" || way.hasAttribute("download")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.wanted = way;
    this.told.textContent = this.words.say("reviewLeaving", { n: this.words.number(new Set([...this.drafts.keys(), ...this.saving]).size) });
    this.dialog.showModal();
  }

  leave() {
    this.dialog.close();
    this.way = this.wanted;
    this.way.click();
    this.way = null;
  }
}
