// The open proposal: what speaks to it, its form, its small map, and the buttons that decide on it.

class Card {
  // `act` does what the buttons say, `look` asks the server about the claim as the form has it now, `redrawn` draws its row.
  constructor(words, paper, withheld, { act, look, search, redrawn, discard }) {
    Object.assign(this, { words, paper, act, look, redrawn, moved: new Set(), quote: null });
    this.fields = new Fields(words, { changed: (column) => this.changed(column) });
    this.withheld = new Withheld(words, withheld, { changed: () => this.withheldChanged() });
    this.advice = new Advice(words, { changed: () => this.asks(0), titled: () => this.redrawn(), search: (typed) => search(typed, this.fields.value("kind")) });
    this.advice.mine = (about) => this.mine(about);
    this.map = make("figure", { className: "map" });
    this.alert = make("div", { className: "alert" });
    this.why = make("p", { className: "why quiet", dir: "ltr", lang: "en" });
    this.words25 = make("p", { className: "fault", hidden: "" });
    this.quoted = make("blockquote", { className: "quote", dir: "auto", tabindex: "-1" });
    this.form = make("form", { novalidate: "", autocomplete: "off" }, this.quoting(), this.fields.node, this.withheld.node);
    this.form.append(make("button", { type: "submit", hidden: "", tabindex: "-1" })); // by it Enter saves
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.act("accept");
    });
    this.reason = this.reasoning();
    this.buttons = make("div", { className: "buttons" });
    const undo = make("button", { type: "button", "data-act": "discard", text: words.say("reviewDiscard") });
    undo.addEventListener("click", discard);
    this.unsaved = make("p", { className: "unsaved", hidden: "" }, make("span", { text: words.say("reviewUnsaved") }), " ", undo);
    const side = make("div", { className: "beside" }, this.map, this.advice.node);
    this.node = make("div", { className: "card" }, this.alert, make("div", { className: "halves" }, this.form, side), make("div", { className: "act" }, this.unsaved, this.reason, this.buttons));
  }

  quoting() {
    const { words } = this;
    const steps = [["start", -1], ["start", 1], ["end", -1], ["end", 1]];
    const buttons = steps.map(([edge, by]) => {
      const word = words.say(`reviewQuote_${edge}_${by > 0 ? "later" : "earlier"}`);
      const node = make("button", { type: "button", className: "step", "aria-label": word, title: word, text: by > 0 ? "›" : "‹" });
      node.addEventListener("click", () => this.takeQuote(this.paper.moved(this.quote, edge, by)));
      return node;
    });
    const [a, b, c, d] = buttons;
    const ends = make("div", { className: "steps" }, make("span", {}, a, b), make("span", { className: "quiet", text: words.say("reviewQuoteHow") }), make("span", {}, c, d));
    return make("div", { className: "quoting" }, this.quoted, ends, this.words25, this.why);
  }

  reasoning() {
    const { words } = this;
    this.reasonInput = make("input", { type: "text", dir: "auto", autocomplete: "off", id: "review-reason" });
    this.reasonGo = make("button", { type: "submit", className: "strong" });
    const form = make("form", { className: "reason", hidden: "", novalidate: "" }, make("label", { for: "review-reason", text: words.say("reviewReason") }), this.reasonInput, this.reasonGo);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.hideReason();
      this.act(this.reasonFor, this.reasonInput.value.trim());
    });
    return form;
  }

  // Ask for the reason of a rejection or a withdrawal, which may stay empty.
  askReason(what) {
    this.reasonFor = what;
    this.reasonInput.value = "";
    this.reasonGo.textContent = this.words.say(what === "reject" ? "reviewReject" : "reviewWithdraw");
    this.reason.hidden = false;
    this.buttons.hidden = true;
    this.reasonInput.focus({ preventScroll: true });
  }

  hideReason() {
    this.reason.hidden = true;
    this.buttons.hidden = false;
  }

  // Show a claim: as proposed or as kept, with what the reviewer has changed and not saved.
  put({ item, base, background, standing, draft }) {
    if (this.item?.key !== item.key) this.map.replaceChildren(drawing(null, base, this.words));
    Object.assign(this, { item, base, background, standing });
    this.moved.clear();
    this.hideReason();
    this.alert.replaceChildren();
    const cells = { ...base, ...draft.cells };
    this.fields.put(cells, draft.background ?? background, item.choices);
    this.fields.tell([]);
    this.withheld.put(cells.withheld ?? "");
    this.takeQuote(spanOf(cells), false);
    this.why.textContent = visible(item.why);
    Object.assign(this.advice, { chosen: draft.event ?? null, denied: new Set((cells.denies ?? "").split(";").filter(Boolean)), found: [] });
    this.advice.title.value = draft.event?.title ?? "";
    this.advice.look.value = "";
    this.advice.fault.hidden = true;
    this.advice.put({ told: [], against: [], joins: [], deniable: [], event: base.event_id ?? "", title: "", new: "" }, Boolean(standing?.claim));
    this.node.setAttribute("aria-busy", "true");
    this.refresh();
    this.asks(0);
  }

  // Put what the server says of the claim.
  hear({ advice, ground, choices, cells, denies, actors }) {
    this.node.removeAttribute("aria-busy");
    this.putDenied(denies);
    this.fields.putActors(actors);
    for (const role of ENDS) if (choices[role]) this.fields.putPlace(role, cells[`${role}_id`] ?? "", choices[role]);
    this.map.hidden = !ground;
    this.map.replaceChildren(drawing(ground, this.cells(), this.words));
    this.advice.put(advice, Boolean(this.standing?.claim));
    this.refresh();
  }

  // What a denial of the text denies is known by id once that is kept; what the reviewer chose otherwise stays.
  putDenied(denies) {
    if ([...this.advice.denied].join(";") === (this.base.denies ?? "")) this.advice.denied = new Set(denies.split(";").filter(Boolean));
    this.base = { ...this.base, denies };
  }

  changed(column) {
    this.fields.forgive(column);
    if (ENDS.includes(column)) {
      this.moved.add(column);
      if (!this.fields.value(column)) this.fields.putPlace(column, "", []); // no word, no place
    }
    if (column === "background") this.fields.setBackground(this.fields.value("background"));
    this.refresh();
    this.redrawn();
    this.asks(["note", "speakers", "via"].includes(column) ? null : 350);
  }

  // What is withheld changes nothing that the server would say of the claim.
  withheldChanged() {
    this.withheld.blame([]);
    this.refresh();
    this.redrawn();
  }

  // Whether the server has answered on the claim as the form has it.
  isCurrent() {
    return !this.node.hasAttribute("aria-busy") && !this.moved.size;
  }

  // Ask the server when the hand rests.
  asks(after) {
    if (after === null) return;
    clearTimeout(this.waiting);
    this.node.setAttribute("aria-busy", "true");
    this.refresh();
    this.waiting = setTimeout(() => this.lookNow(), after);
  }

  lookNow(then) {
    clearTimeout(this.waiting);
    this.waiting = 0;
    const moved = [...this.moved];
    this.moved.clear();
    this.look({ cells: this.differing(), moved, event: this.advice.chosen?.id ?? null }, then);
  }

  // What differs from the claim as it is kept or proposed.
  differing() {
    const found = this.fields.differing(this.base);
    const denies = [...this.advice.denied].join(";");
    if (denies !== (this.base.denies ?? "")) found.denies = denies;
    if (this.withheld.cell !== (this.base.withheld ?? "")) found.withheld = this.withheld.cell;
    for (const edge of ["start", "end"]) if (String(this.quote[edge]) !== this.base[`quote_${edge}`]) found[`quote_${edge}`] = String(this.quote[edge]);
    return found;
  }

  cells() {
    return { ...this.base, ...this.differing() };
  }

  draft() {
    return { cells: this.differing(), background: this.fields.value("background"), event: this.advice.chosen };
  }

  // Whether the form says anything that is not kept, or not proposed.
  hasChanges() {
    const { cells, event, background } = this.draft();
    const isOther = event && !(this.standing?.claim && event.id === this.base.event_id);
    return Object.keys(cells).length > 0 || Boolean(isOther) || background !== this.background;
  }

  takeQuote(span, isNew = true) {
    if (!span) return;
    const text = this.paper.words(span);
    const count = wordCount(text);
    this.words25.hidden = count <= QUOTE_WORDS;
    this.words25.textContent = this.words.say("reviewQuoteLong", { n: this.words.number(count), most: this.words.number(QUOTE_WORDS) });
    if (isNew && count > QUOTE_WORDS) return;
    this.quote = span;
    this.quoted.textContent = visible(text);
    if (isNew) {
      this.refresh();
      this.redrawn();
      this.asks(350);
    }
  }

  // What the claim itself says where another contradicts it.
  mine(about) {
    const cells = this.cells();
    if (about === "count") return cells.count_text;
    if (about === "date") return this.words.span(cells.date_start, cells.date_end);
    if (about === "place") return ENDS.map((end) => cells[end]).filter(Boolean).join(" → ");
    return this.words.status(cells.status);
  }

  refresh() {
    if (!this.item) return;
    this.unsaved.hidden = !this.hasChanges();
    this.fields.mark(this.item.cells);
    // To withhold something is to mend a claim that is kept, but no other claim than was proposed.
    const changed = Object.keys(this.differing()).some((column) => column !== "withheld" || this.standing?.claim) || (this.standing?.claim && this.advice.chosen && this.advice.chosen.id !== this.base.event_id);
    const { words, standing } = this;
    const does = [];
    if (standing?.claim) does.push(["accept", changed ? "reviewSave" : null, "A"], ["withdraw", "reviewWithdraw", "U"]);
    else does.push(["accept", changed ? "reviewAcceptMended" : "reviewAccept", "A"], standing?.verdict === "rejected" ? ["undo", "reviewUndo", "U"] : ["reject", "reviewReject", "R"]);
    const made = does.filter(([, word]) => word).map(([what, word, key], at) => {
      const node = make("button", { type: "button", className: at || word === "reviewWithdraw" ? "" : "strong", "data-act": what }, words.say(word), make("kbd", { text: key }));
      node.addEventListener("click", () => this.act(what));
      return node;
    });
    if (this.shownButtons === does.map(String).join()) return;
    this.shownButtons = does.map(String).join();
    this.buttons.replaceChildren(...made);
  }

  edit() {
    this.fields.fields.get("actor_text").focus();
  }
}
