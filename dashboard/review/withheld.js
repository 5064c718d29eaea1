// What of a claim is not for publication: all of it or parts, its source's too, each a word of the column `withheld`.

class Withheld {
  // `choices` are the words that can be ticked, each with all that say the same; `changed` is called when one was.
  constructor(words, choices, { changed }) {
    Object.assign(this, { words, choices, changed, cell: "", boxes: new Map() });
    const named = Object.keys(choices);
    const ofSource = named.filter((word) => word.startsWith("source."));
    const parts = named.filter((word) => word !== "claim" && !ofSource.includes(word));
    this.summary = make("summary");
    this.parts = make("details", {}, this.summary, this.group("reviewWithheldOfClaim", parts), this.group("reviewWithheldOfSource", ofSource));
    this.fault = make("p", { className: "fault", dir: "ltr", lang: "en", hidden: "" });
    this.node = make("fieldset", { className: "withheld" }, make("legend", { text: words.say("reviewField_withheld") }), this.box("claim"), this.parts, this.fault);
  }

  group(word, named) {
    return make("fieldset", {}, make("legend", { text: this.words.say(word) }), ...named.map((one) => this.box(one)));
  }

  box(word) {
    const id = `withheld-${(fieldNumber += 1)}`;
    const input = make("input", { type: "checkbox", id, value: word });
    input.addEventListener("change", () => this.tick(word, input.checked));
    this.boxes.set(word, input);
    return make("div", { className: "field holds-mark" }, input, make("label", { for: id, text: this.words.say(`reviewWithheld_${word}`) }));
  }

  // Put the cell as it is kept; parts are opened where some are withheld.
  put(cell) {
    this.cell = cell;
    this.blame([]);
    this.draw();
    this.parts.open = this.partsHeld() > 0;
  }

  said() {
    return wordsOf(this.cell);
  }

  holds(word) {
    return this.said().some((one) => this.choices[word].includes(one));
  }

  partsHeld() {
    return [...this.boxes.keys()].filter((word) => word !== "claim" && this.holds(word)).length;
  }

  tick(word, isOn) {
    const others = this.said().filter((one) => !this.choices[word].includes(one));
    this.cell = [...others, ...(isOn ? [word] : [])].join(";");
    this.draw();
    this.changed();
  }

  toggle() {
    this.tick("claim", !this.holds("claim"));
  }

  draw() {
    for (const [word, input] of this.boxes) input.checked = this.holds(word);
    this.summary.textContent = this.words.say("reviewWithheldParts", { n: this.words.number(this.partsHeld()) });
  }

  blame(faults) {
    this.fault.textContent = faults.map(({ text }) => visible(text)).join(" ");
    this.fault.hidden = !faults.length;
  }
}

const wordsOf = (cell) => (cell ?? "").split(";").map((word) => word.trim()).filter(Boolean);

// What a row says of it: that nothing or not all of the claim is for publication, and whether that is saved; null where all is.
function withheldTold(words, cell, kept) {
  const said = wordsOf(cell);
  const isSaved = said.join(";") === wordsOf(kept).join(";");
  if (isSaved && !said.length) return null;
  const what = words.say(!said.length ? "reviewWithheldNone" : said.includes("claim") ? "reviewWithheldAll" : "reviewWithheldSome");
  return make("span", { className: isSaved ? "withholds" : "withholds unsaved", text: isSaved ? what : words.say("reviewNotYet", { what }) });
}
