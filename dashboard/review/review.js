// The review of one report: its text, its proposals as rows, the open one as a form, and the decisions on them.

const bridge = (window.bordermapReview ??= {});
const reviews = new WeakMap();
const SIDE_BY_SIDE = 760; // pixels of width from which on text and rows scroll beside each other
const LEAST_HIGH = 420;
const BELOW = 12; // pixels under the review

export default function ({ data, parentElement }) {
  const host = parentElement.host ?? parentElement;
  let review = reviews.get(parentElement);
  if (review?.key !== data.key) {
    review?.end();
    review = new Review(parentElement, host, data);
    reviews.set(parentElement, review);
  }
  return () => {
    review.end();
    reviews.delete(parentElement);
  };
}

class Review {
  constructor(root, host, data) {
    Object.assign(this, { host, key: data.key, items: data.items, standing: null, saving: new Set(), troubles: new Map(), named: true, hand: 0, current: null, waiting: null });
    const words = (this.words = new Words(data.words));
    const at = (name) => root.querySelector(`[data-part=${name}]`);
    Object.assign(this, { frame: at("review"), progress: at("progress"), spoken: at("spoken"), dialog: at("help"), none: at("none"), nameless: at("nameless") });
    this.nameless.textContent = words.say("reviewNobody");
    this.unsaved = new Unsaved(bridge, data.report, words, { dialog: at("leaving"), note: at("unsaved"), saving: this.saving });
    this.frame.dir = words.direction;
    this.byKey = new Map(this.items.map((item) => [item.key, item]));
    this.paper = new Paper(at("paper"), data, this.items, { choose: (key) => this.open(key, true), quoted: (span) => this.offer(span) });
    at("paper").setAttribute("aria-label", words.say("reviewText"));
    at("rows").setAttribute("aria-label", words.say("reviewProposals"));
    this.rows = new Rows(at("rows"), words, this.items, {
      open: (key) => this.open(key === this.current ? null : key, true),
      href: ({ event, day }) => `${data.map}${data.map.includes("?") ? "&" : "?"}${new URLSearchParams({ ...(day ? { day } : {}), event })}`,
      toMap: (standing) => this.talk.say({ do: "map", event: standing.event, day: standing.day }, () => {}),
    });
    this.card = new Card(words, this.paper, data.withheld, {
      act: (what, reason) => this.act(what, reason),
      look: (asked, then) => this.look(asked, then),
      redrawn: () => this.draw(this.current),
      discard: () => this.discard(),
      search: (typed, kind) => this.talk.say({ do: "search", words: typed, kind }, ({ found }) => this.card.advice.showFound(found ?? [])),
    });
    this.none.textContent = words.say("reviewNone");
    this.none.hidden = this.items.length > 0;
    this.take = at("take");
    this.take.textContent = words.say("reviewTakeQuote");
    this.take.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected
    this.take.addEventListener("click", () => this.takeQuote());
    this.writeHelp(at("keys"), at("asks"));
    this.talk = new Talk(bridge, (told) => this.hear(told));
    this.unlisten = listenTo(host, this);
    this.fit = () => this.fitNow();
    window.addEventListener("resize", this.fit);
    this.paper.draw((key) => this.base(key));
    this.drawAll();
    this.fitNow();
    this.talk.hear();
  }

  end() {
    this.unlisten();
    this.unsaved.end();
    window.removeEventListener("resize", this.fit);
    this.talk.end();
  }

  // ---- what holds

  base(key) {
    return { ...this.byKey.get(key).cells, ...(this.standing?.[key]?.cells ?? {}) };
  }

  background(key) {
    const base = this.base(key);
    return this.standing?.[key]?.claim ? !base.date_start && !base.date_end : this.byKey.get(key).background;
  }

  hear(told) {
    if (told.key !== this.key) return;
    this.setNamed(told.named);
    const before = this.standing;
    this.standing = told.standing;
    if (JSON.stringify(before) === JSON.stringify(told.standing)) return;
    this.paper.draw((key) => this.base(key));
    this.drawAll();
    if (!before) this.begin();
    else this.renew();
  }

  // Nothing is decided while nobody is named, which is said before anybody tries.
  setNamed(isNamed) {
    this.named = isNamed;
    this.nameless.hidden = isNamed;
    if (isNamed) this.card.alert.querySelector("[data-word=reviewNameless]")?.remove();
  }

  // Open the first proposal that is not decided, now that it is known which are.
  begin() {
    const first = this.items.find(({ key }) => !this.isDecided(key)) ?? this.items[0];
    if (first) this.open(first.key, false);
  }

  // Show what somebody else has just made of the open proposal, unless the reviewer is changing it.
  renew() {
    const key = this.current;
    const moved = key && this.card.standing?.decision !== this.standing[key]?.decision;
    if (moved && !this.saving.has(key) && !this.card.hasChanges()) this.put(key);
  }

  // ---- drawing

  draw(key) {
    const isOpen = key === this.current && this.card.item?.key === key;
    const saving = this.saving.has(key);
    if (isOpen && !saving) this.unsaved.put(key, this.card.hasChanges() ? this.draft() : null);
    const base = this.base(key);
    const cells = isOpen ? this.card.cells() : { ...base, ...this.unsaved.drafts.get(key)?.cells };
    const unsaved = this.troubles.has(key) ? "reviewTrouble" : this.unsaved.has(key) ? "reviewUnsaved" : null;
    this.rows.draw(key, { cells, kept: saving ? cells.withheld : base.withheld, background: this.background(key), standing: this.standing?.[key], saving, unsaved, isOpen: key === this.current });
    this.count();
  }

  drawAll() {
    for (const { key } of this.items) this.draw(key);
    this.paint();
  }

  paint() {
    this.paper.paint(this.current, (key) => {
      const { kind, status } = this.base(key);
      return { kind, status, background: this.background(key), verdict: this.standing?.[key]?.verdict ?? "" };
    });
  }

  isDecided(key) {
    const verdict = this.standing?.[key]?.verdict;
    return Boolean(verdict) && verdict !== "withdrawn";
  }

  count() {
    const n = this.items.filter(({ key }) => this.isDecided(key)).length;
    const { words } = this;
    this.progress.textContent = words.say("reviewProgress", { n: words.number(n), all: words.number(this.items.length) });
    this.progress.style.setProperty("--part", this.items.length ? n / this.items.length : 0);
    this.unsaved.count();
  }

  // Text and rows scroll beside each other in what the window has left; where they stack, the whole scrolls.
  fitNow() {
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = this.frame.getBoundingClientRect().top + scrolled;
    const beside = this.frame.clientWidth >= SIDE_BY_SIDE;
    this.frame.style.height = beside ? `${Math.max(window.innerHeight - top - BELOW, LEAST_HIGH)}px` : "auto";
  }

  // ---- going from one to another

  open(key, focus) {
    if (!this.standing) return; // a hand was quicker than the server: the first is opened as soon as it is known how all stand
    const before = this.current;
    if (before) this.draw(before); // what is changed in it waits
    this.current = key;
    this.waiting = null;
    if (before) this.draw(before);
    if (key) {
      this.rows.body(key).append(this.card.node);
      this.put(key);
      this.paper.show(key);
      this.troubles.get(key)?.();
    }
    this.paint();
    if (key && focus) this.rows.focus(key);
  }

  // What the open form says otherwise, and beside what the reviewer has seen: who has decided since is not overwritten by it.
  draft() {
    return { ...this.card.draft(), seen: this.card.standing };
  }

  put(key) {
    const draft = this.unsaved.drafts.get(key) ?? { cells: {} };
    const standing = "seen" in draft ? draft.seen : this.standing[key];
    this.card.put({ item: this.byKey.get(key), base: this.base(key), background: this.background(key), standing, draft });
    this.draw(key);
  }

  // Put the open form back to what is kept, or proposed.
  discard() {
    if (this.saving.has(this.current)) return;
    this.troubles.delete(this.current);
    this.unsaved.put(this.current, null);
    this.put(this.current);
    this.rows.focus(this.current);
  }

  step(by) {
    const at = this.items.findIndex(({ key }) => key === this.current);
    const next = this.items[Math.min(Math.max(at + by, 0), this.items.length - 1)];
    if (next) this.open(next.key, true);
  }

  // The next that is not decided, from the current one on and then from the first.
  toUndecided() {
    const at = this.items.findIndex(({ key }) => key === this.current);
    const rest = [...this.items.slice(at + 1), ...this.items.slice(0, Math.max(at, 0))];
    const next = rest.find(({ key }) => !this.isDecided(key) && !this.saving.has(key));
    if (next) this.open(next.key, true);
    else this.rows.focus(this.current);
  }

  leave() {
    this.card.hideReason();
    if (this.current) this.rows.focus(this.current);
  }

  isAsking() {
    return this.dialog.open || this.unsaved.dialog.open;
  }

  press(what) {
    if (what === "leave") this.leave();
    else if (what === "help") this.dialog.showModal();
    else if (what === "next") this.step(1);
    else if (what === "previous") this.step(-1);
    else if (what === "undecided") this.toUndecided();
    else if (!this.current) return;
    else if (what === "edit") this.card.edit();
    else if (what === "withhold") this.withhold();
    else if (what === "undo") this.act(this.standing[this.current]?.claim ? "withdraw" : "undo");
    else this.act(what);
  }

  // Say of the open claim that it is not for publication, or take that back; it holds once the claim is saved.
  withhold() {
    if (this.saving.has(this.current)) return;
    this.card.withheld.toggle();
    this.spoken.textContent = this.words.say(this.card.withheld.holds("claim") ? "reviewWithheldAll" : "reviewWithheldNone");
  }

  // ---- asking and deciding

  look({ cells, moved, event }, then) {
    const key = this.current;
    this.draw(key);
    this.talk.say({ do: "look", key, cells, moved, event }, (answer) => {
      if (this.current !== key) return;
      if (answer.error) this.tell(answer.error);
      else if (answer.faults) this.blame(answer.faults);
      else this.card.hear(answer);
      this.draw(key);
      then?.();
    });
  }

  act(what, reason) {
    const key = this.current;
    const { standing } = this.card;
    if (this.saving.has(key)) return;
    this.waiting = null;
    if (!this.named) {
      this.warn("reviewNameless");
      return;
    }
    if (what === "accept") this.accept(key);
    else if (what === "reject" && standing?.claim) return;
    else if (what === "undo" && standing?.verdict !== "rejected") return;
    else if ((what === "reject" || what === "withdraw") && reason === undefined) this.card.askReason(what);
    else this.decide(key, { do: what, reason: reason ?? "" });
  }

  // What speaks against a claim is seen before it is saved: a hand that is quicker than the server's answer waits for it.
  accept(key) {
    if (!this.card.isCurrent()) {
      this.waiting = key;
      const seen = this.card.advice.warnings();
      this.card.lookNow(() => {
        if (this.waiting !== key) return;
        this.waiting = null;
        if (this.card.advice.warnings().every((one) => seen.includes(one))) this.save(key);
        else this.warn("reviewSeeFirst");
      });
    } else this.save(key);
  }

  save(key) {
    if (this.card.standing?.claim && !this.card.hasChanges()) return;
    const { cells, background, event } = this.card.draft();
    this.decide(key, { do: "save", cells, background, event });
  }

  // Send a decision, and go on to the next; the row says that it is saved when the store has said so.
  decide(key, message) {
    const { standing } = this.card; // what the reviewer has seen
    const mine = this.card.cells();
    const draft = this.draft();
    const { hand } = this;
    this.troubles.delete(key);
    this.saving.add(key);
    this.draw(key);
    this.talk.say({ ...message, key, seen: standing?.decision ?? "", version: standing?.version ?? 0 }, (answer) => {
      this.saving.delete(key);
      if (answer.saved) this.saved(key, answer);
      else if (this.current === key || hand === this.hand) this.failed(key, answer, { mine, draft, isKept: message.do === "save" });
      else this.hold(key, answer, { mine, draft, isKept: message.do === "save" });
    });
    if (message.do === "save" || message.do === "reject") this.toUndecided();
    else this.rows.focus(key);
  }

  saved(key, { saved }) {
    this.unsaved.put(key, null);
    if (this.current === key) this.put(key);
    this.draw(key);
    this.spoken.textContent = `${this.words.say(`reviewSaved_${saved}`)} ${this.progress.textContent}`;
  }

  // A hand that has gone on to another is not pulled back: the row says it, and why is told where it is opened.
  hold(key, answer, told) {
    this.troubles.set(key, () => this.failed(key, answer, told));
    this.unsaved.put(key, told.draft);
    this.draw(key);
    this.say("reviewTrouble");
  }

  failed(key, answer, { mine, draft, isKept }) {
    this.troubles.delete(key);
    if (this.current !== key) this.open(key, true);
    this.unsaved.put(key, draft);
    this.put(key);
    if (answer.changed) this.meet(key, answer.changed, mine, isKept);
    else if (answer.faults) this.blame(answer.faults);
    else if (answer.nameless) this.warn("reviewNameless");
    else this.tell(answer.error ?? this.words.say("reviewNotSaved"));
  }

  say(key) {
    this.spoken.textContent = this.words.say(key);
  }

  blame(faults) {
    const rest = this.card.fields.tell(faults);
    const events = rest.filter(({ column }) => column === "title" || column === "event_id");
    this.card.advice.fault.textContent = events.map(({ text }) => visible(text)).join(" ");
    this.card.advice.fault.hidden = !events.length;
    const held = rest.filter(({ column }) => column === "withheld");
    this.card.withheld.blame(held);
    const others = rest.filter((fault) => !events.includes(fault) && !held.includes(fault));
    if (others.length) this.tell(others.map(({ text }) => text).join("\n"));
    this.say("reviewNotSaved");
  }

  // In the reader's language, in sight and heard.
  warn(key) {
    this.card.alert.replaceChildren(make("p", { className: "note conflict", "data-word": key, text: this.words.say(key) }));
    this.card.alert.scrollIntoView({ block: "nearest" });
    this.say(key);
  }

  // A sentence of the store's, at the head of the card.
  tell(text) {
    this.card.alert.replaceChildren(make("p", { className: "note conflict", role: "alert", dir: "ltr", lang: "en", text }));
  }

  meet(key, changed, mine, isKept) {
    const theirs = this.base(key);
    this.unsaved.put(key, null);
    this.put(key);
    const redo = (draft) => {
      this.unsaved.put(key, draft);
      this.put(key);
      this.rows.focus(key);
    };
    const shown = Object.fromEntries([...this.card.fields.fields.keys(), "withheld"].filter((column) => column in mine).map((column) => [column, mine[column]]));
    const cells = Object.fromEntries(Object.entries(mine).filter(([column, cell]) => cell !== (theirs[column] ?? "")));
    this.card.alert.replaceChildren(conflict(this.words, { changed, mine: shown, theirs, isKept: isKept && Boolean(this.standing[key]?.claim) }, { take: () => redo(null), again: () => redo({ cells }) }));
    this.card.alert.querySelector("button").focus();
  }

  // ---- words of the text as a quote

  offer(span) {
    this.take.hidden = !span || !this.current;
    this.span = span;
  }

  takeQuote() {
    if (this.span && this.current) this.card.takeQuote(this.span);
    this.take.hidden = true;
    document.getSelection()?.removeAllRanges();
  }

  writeHelp(list, button) {
    const { words } = this;
    const keys = ["A", "E", "W", "R", "U", "J", "K", "N", "?", "Esc"];
    const also = { J: "↓", K: "↑" };
    list.replaceChildren(...keys.flatMap((key) => [make("dt", {}, make("kbd", { text: key }), also[key] ? make("kbd", { text: also[key] }) : null), make("dd", { text: words.say(`reviewKey_${key}`) })]));
    button.setAttribute("aria-label", words.say("reviewHelp"));
    button.title = words.say("reviewHelp");
    button.addEventListener("click", () => this.dialog.showModal());
    const close = this.dialog.querySelector("[data-part=close]");
    close.textContent = words.say("reviewClose");
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.setAttribute("aria-label", words.say("reviewHelp"));
    this.dialog.querySelector("[data-part=heading]").textContent = words.say("reviewHelp");
  }
}
