// What speaks to a claim before it is saved: who told it already, which event it would join, what it contradicts or denies.

class Advice {
  // `changed` is called when the reviewer chooses another event or denial, `titled` at each letter of a new one's title, `search` with the words to look events up by.
  constructor(words, { changed, titled, search }) {
    Object.assign(this, { words, changed, titled, search, chosen: null, denied: new Set() });
    this.told = make("div", { className: "told" });
    this.joins = make("fieldset", { className: "joins" });
    this.against = make("div", { className: "against", role: "status" });
    this.denies = make("fieldset", { className: "denies" });
    this.fault = make("p", { className: "fault", dir: "ltr", lang: "en", hidden: "" });
    this.node = make("div", { className: "advice" }, this.told, this.against, this.joins, this.denies, this.fault);
    this.name = `event-${(fieldNumber += 1)}`;
    this.title = make("input", { type: "text", dir: "auto", autocomplete: "off", "aria-label": words.say("reviewNewTitle") });
    this.title.addEventListener("input", () => this.choose({ title: this.title.value }, false));
    this.look = make("input", { type: "search", dir: "auto", autocomplete: "off", "aria-label": words.say("reviewSearchEvents"), placeholder: words.say("reviewSearchEvents") });
    this.look.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.search(this.look.value), 250);
    });
    this.found = [];
  }

  // Put what Python says; the event that was chosen stays, and with none chosen it is the one suggested.
  put(advice, decided) {
    const { words } = this;
    this.now = advice;
    this.decided = decided;
    this.told.replaceChildren(...advice.told.map((claim) => this.note("reviewTold", `reviewToldWhy_${claim.why}`, claim)));
    this.against.replaceChildren(...advice.against.map((one) => this.contradiction(one)));
    this.putJoins();
    this.denies.hidden = !advice.deniable.length;
    this.denies.replaceChildren(make("legend", { text: words.say("reviewDenies") }), ...advice.deniable.map((claim) => this.deniable(claim)));
  }

  // What is said against saving, each by a name.
  warnings() {
    return [...this.now.told.map(({ id }) => id), ...this.now.against.map(({ id, about }) => `${id} ${about}`)];
  }

  note(word, why, claim) {
    const { words } = this;
    const line = make("p", { className: "head" }, ...words.told(word, { claim: claim.id }), " ", make("span", { className: "quiet", text: words.say(why) }));
    return make("section", { className: "note" }, line, this.quoted(claim));
  }

  quoted(claim) {
    const { words } = this;
    const from = [claim.outlet, words.span(claim.day, claim.until), claim.count].filter(Boolean);
    return make("blockquote", {}, said("p", claim.quote), make("footer", {}, ...from.flatMap((part, at) => [at ? " · " : "", said("bdi", part)])));
  }

  // What the other says, in its own words: a number, a day, a place.
  contradiction(one) {
    const { words } = this;
    const theirs = { count: one.count, date: words.span(one.day, one.until), place: one.where, occurrence: words.status(one.status) }[one.about];
    const head = make("p", { className: "head" }, ...words.told(`reviewAgainst_${one.how}`, { claim: one.id, about: words.say(`reviewAbout_${one.about}`), theirs: theirs || "–", mine: this.mine?.(one.about) || "–" }));
    return make("section", { className: "note warn" }, head, this.quoted(one));
  }

  putJoins() {
    const { words, now } = this;
    const joins = now.joins.map((one) => this.option({ id: one.id }, one.title, this.because(one)));
    const others = this.found.filter(({ id }) => !now.joins.some((one) => one.id === id)).map((one) => this.option({ id: one.id }, one.title, ""));
    const known = new Set([...now.joins, ...this.found].map(({ id }) => id));
    if (now.event && !known.has(now.event)) others.unshift(this.option({ id: now.event }, now.title, words.say("reviewItsEvent")));
    const fresh = this.option({ title: "" }, words.say("reviewNewEvent"), "", this.title);
    const none = this.option({ id: "" }, words.say("reviewNoEvent"), words.say("reviewNoEventWhy"));
    this.suggest(now.new);
    const typedIn = [this.title, this.look].find((input) => input.matches(":focus")); // and no other takes the keys of a hand that has gone on
    this.joins.replaceChildren(make("legend", { text: words.say("reviewEvent") }), ...joins, ...others, fresh, none, this.look);
    typedIn?.focus({ preventScroll: true });
  }

  // A title that the reviewer has not touched follows what is mended.
  suggest(title) {
    if (!this.title.value || this.title.value === this.suggested) {
      this.title.value = title;
      if (this.chosen && "title" in this.chosen) this.chosen = { title };
    }
    this.suggested = title;
  }

  because({ km, actors, claims }) {
    const { words } = this;
    const parts = [words.say(km ? "reviewNear" : "reviewSamePlace", { km: words.number(km) }), words.say("reviewSameDays")];
    if (actors) parts.push(words.say("reviewSameActors"));
    return `${parts.join(words.say("reviewComma"))} · ${words.say("reviewClaimsOfEvent", { n: words.number(claims) })}`;
  }

  option(event, title, why, more) {
    const id = `event-${(fieldNumber += 1)}`;
    const input = make("input", { type: "radio", name: this.name, id });
    input.checked = this.isChosen(event);
    input.addEventListener("change", () => this.choose("title" in event ? { title: this.title.value } : event, true));
    const label = make("label", { for: id }, said("span", title, "title"), why ? make("span", { className: "quiet", text: why }) : null);
    return make("div", { className: "option" }, input, label, more ?? null);
  }

  isChosen(event) {
    const chosen = this.event();
    return "title" in event ? "title" in chosen : chosen.id === event.id;
  }

  // The reviewer's choice, else the suggested event, else a new one.
  event() {
    if (this.chosen) return this.chosen;
    if (this.now?.event) return { id: this.now.event };
    return this.decided ? { id: "" } : { title: this.title.value };
  }

  choose(event, isOther) {
    this.chosen = event;
    if (isOther) this.changed();
    else {
      for (const input of this.joins.querySelectorAll("input[type=radio]")) input.checked = input.parentElement.contains(this.title);
      this.titled();
    }
  }

  showFound(found) {
    this.found = found;
    this.putJoins();
  }

  deniable(claim) {
    const id = `denies-${(fieldNumber += 1)}`;
    const input = make("input", { type: "checkbox", id });
    input.checked = this.denied.has(claim.id);
    input.addEventListener("change", () => {
      if (input.checked) this.denied.add(claim.id);
      else this.denied.delete(claim.id);
      this.changed();
    });
    return make("div", { className: "option" }, input, make("label", { for: id }, said("span", claim.quote, "title"), make("span", { className: "quiet", text: `${claim.outlet} · ${claim.id}` })));
  }
}
