// A claim as a form: its cells as fields, what the reviewer has changed in them, and the faults that stand at them.

const ENDS = ["origin", "crossing", "destination", "place"];

// Each group of fields: its word, and its columns with what they hold and how much of a row of twelve they take.
const GROUPS = [
  ["reviewWhat", [["kind", "kinds", 4], ["status", "statuses", 4], ["modality", "modalities", 4], ["background", "mark", 12]]],
  ["reviewWho", [["actor_text", "text", 12]]],
  ["reviewWhere", ENDS.map((role) => [role, "place", 12])],
  ["reviewWhen", [["date_start", "date", 4], ["date_end", "date", 4], ["date_kind", "dateKinds", 4], ["date_text", "text", 12]]],
  ["reviewCount", [["count_text", "text", 8], ["count_unit", "units", 4], ["count_low", "number", 3], ["count", "number", 3], ["count_high", "number", 3], ["count_qualifier", "qualifiers", 3]]],
  ["reviewSaid", [["speakers", "text", 6], ["via", "text", 6], ["root", "text", 6], ["note", "text", 6]]],
];

const CHOICES = {
  modalities: ["asserted", "hedged"],
  dateKinds: ["", "on", "throughout", "since", "by"],
  units: ["", "people", "vehicles", "factions", "families", "deaths"],
  qualifiers: ["", "exact", "about", "at_least", "at_most", "vague"],
};

let fieldNumber = 0; // labels find their fields by it

class Fields {
  // `changed` is called with the column that the reviewer has changed.
  constructor(words, { changed }) {
    Object.assign(this, { words, changed, fields: new Map(), faults: new Map() });
    this.node = make("div", { className: "fields" }, ...GROUPS.map((group) => this.group(...group)));
  }

  group(word, columns) {
    const legend = make("legend", { text: this.words.say(word) });
    return make("fieldset", {}, legend, ...columns.flatMap(([column, holds, width]) => this.field(column, holds, width)));
  }

  field(column, holds, width) {
    const id = `field-${(fieldNumber += 1)}`;
    const input = this.input(column, holds, id);
    const fault = make("p", { className: "fault", id: `${id}-fault`, dir: "ltr", lang: "en", hidden: "" });
    this.fields.set(column, input);
    this.faults.set(column, fault);
    input.addEventListener(["text", "number", "date", "place"].includes(holds) ? "input" : "change", () => this.changed(column));
    const label = make("label", { for: id, text: this.words.say(`reviewField_${column}`) });
    const box = make("div", { className: `field w${width} holds-${holds}`, "data-column": column });
    box.append(...(holds === "mark" ? [input, label] : [label, input]), fault);
    if (column === "actor_text") box.insertBefore((this.actors = make("p", { className: "quiet known", hidden: "" })), fault);
    if (holds === "place") box.insertBefore(this.place(column), fault);
    return [box];
  }

  input(column, holds, id) {
    const { kinds, statuses } = this.words;
    const lists = { ...CHOICES, kinds: Object.keys(kinds), statuses: Object.keys(statuses) };
    if (lists[holds]) {
      const options = lists[holds].map((value) => make("option", { value, text: value ? this.choice(holds, value) : "–" }));
      return make("select", { id }, ...options);
    }
    const input = make("input", { id, type: holds === "mark" ? "checkbox" : "text", autocomplete: "off" });
    if (holds === "number") input.inputMode = "numeric";
    if (holds === "date") input.placeholder = "2024-12-07"; // a browser's own field writes days as its reader's country does, which two reviewers read as two days
    input.dir = holds === "number" || holds === "date" ? "ltr" : "auto";
    return input;
  }

  choice(holds, value) {
    if (holds === "kinds") return this.words.kind(value);
    if (holds === "statuses") return this.words.status(value);
    return this.words.say(`reviewChoice_${value}`);
  }

  // What a toponym was taken for, with what else it may be.
  place(role) {
    const what = `${this.words.say(`reviewField_${role}`)}: ${this.words.say("reviewTakenFor")}`;
    const select = make("select", { "aria-label": what, dir: "auto" });
    this.fields.set(`${role}_id`, select);
    select.addEventListener("change", () => this.changed(`${role}_id`));
    return select;
  }

  // Put a claim into the fields.
  put(cells, background, choices) {
    for (const [column, input] of this.fields) {
      if (column === "background") input.checked = background;
      else if (!column.endsWith("_id")) input.value = cells[column] ?? "";
    }
    for (const role of ENDS) this.putPlace(role, cells[`${role}_id`] ?? "", choices[role] ?? []);
    this.putActors([]);
    this.setBackground(background);
  }

  // Name the collection's actors that the words name.
  putActors(actors) {
    this.actors.hidden = !actors.length;
    this.actors.replaceChildren(...this.words.told("reviewActors", { names: actors.map((actor) => this.words.name(actor)).join(this.words.say("reviewComma")) }));
  }

  putPlace(role, chosen, choices) {
    const { words } = this;
    const select = this.fields.get(`${role}_id`);
    const options = choices.map((place) => {
      const kind = words.say(`reviewPlace_${place.kind}`);
      const text = words.say("reviewChoiceOfPlace", { name: words.name(place), kind, country: place.country || "–" });
      return make("option", { value: place.id, text });
    });
    if (chosen && !choices.some(({ id }) => id === chosen)) options.unshift(make("option", { value: chosen, text: chosen })); // until the server has named it
    const none = make("option", { value: "", text: words.say(choices.length ? "reviewNotPlaced" : "reviewNoPlace") });
    select.replaceChildren(...options, none);
    select.value = chosen;
    select.disabled = !this.fields.get(role).value.trim();
    select.hidden = select.disabled;
  }

  // What is of habit and history has no day.
  setBackground(background) {
    for (const column of ["date_start", "date_end", "date_kind"]) {
      const input = this.fields.get(column);
      input.disabled = background;
      if (background) input.value = "";
    }
  }

  value(column) {
    const input = this.fields.get(column);
    return column === "background" ? input.checked : input.value.trim();
  }

  // The cells that differ from others.
  differing(cells) {
    const found = {};
    for (const column of this.fields.keys()) {
      if (column !== "background" && this.value(column) !== (cells[column] ?? "")) found[column] = this.value(column);
    }
    return found;
  }

  // Mark what differs from the proposal, with what was proposed.
  mark(proposed) {
    for (const [column, input] of this.fields) {
      if (column === "background") continue;
      const was = proposed[column] ?? "";
      const differs = this.value(column) !== was;
      input.toggleAttribute("data-mended", differs);
      if (column.endsWith("_id")) continue;
      const shown = visible(input.value); // a field cannot show what is hidden in it; its title can
      const hides = shown !== input.value;
      input.toggleAttribute("data-hides", hides);
      const told = [hides && shown, differs && this.words.say("reviewProposed", { was: visible(was) || "–" })];
      input.title = told.filter(Boolean).join(" · ");
    }
  }

  // A field that the reviewer changes is no longer at fault until it is saved again.
  forgive(column) {
    this.blame(column.replace(/_id$/, ""), []);
  }

  blame(column, faults) {
    const node = this.faults.get(column);
    node.textContent = faults.map(({ text }) => visible(text)).join(" ");
    node.hidden = !faults.length;
    const input = this.fields.get(column);
    if (faults.length) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", node.id);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }

  // Faults stand at their fields; those of no field are given back.
  tell(faults) {
    for (const column of this.faults.keys()) {
      this.blame(column, faults.filter((fault) => fault.column === column || fault.column === `${column}_id`));
    }
    const first = [...this.faults].find(([, node]) => !node.hidden);
    if (first) this.fields.get(first[0]).focus();
    return faults.filter(({ column }) => !this.faults.has(column) && !this.faults.has(String(column).replace(/_id$/, "")));
  }
}
