// The proposals as rows: what each says in a line, and how it was decided; the open one holds the form.

class Rows {
  constructor(node, words, items, { open, href, toMap }) {
    Object.assign(this, { node, words, open, href, toMap, rows: new Map() });
    for (const { key } of items) this.rows.set(key, this.row(key));
    node.replaceChildren(...[...this.rows.values()].map(({ node: row }) => row));
  }

  row(key) {
    const button = make("button", { type: "button", className: "opens" });
    const standing = make("p", { className: "standing" });
    const body = make("div", { className: "body", hidden: "" });
    button.addEventListener("click", () => this.open(key));
    return { node: make("li", { className: "row" }, make("div", { className: "line" }, button, standing), body), button, standing, body };
  }

  // Write a row anew.
  draw(key, { cells, kept, background, standing, saving, unsaved, isOpen }) {
    const { words } = this;
    const { node, button, standing: line, body } = this.rows.get(key);
    Object.assign(node.dataset, { kind: cells.kind, status: cells.status, verdict: standing?.verdict ?? "" });
    node.toggleAttribute("data-background", background);
    node.toggleAttribute("data-open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    button.replaceChildren(...this.headline(cells, background, kept));
    const told = saving ? [make("span", { text: words.say("reviewSaving") })] : this.verdict(standing);
    if (unsaved) told.push(make("span", { className: "unsaved", text: words.say(unsaved) }));
    line.replaceChildren(...told);
    body.hidden = !isOpen;
  }

  headline(cells, background, kept) {
    const { words } = this;
    const way = ENDS.map((end) => cells[end]).filter(Boolean).join(" → ");
    const kind = make("span", { className: "kind", text: words.kind(cells.kind) });
    const status = cells.status === "reported" ? null : make("span", { className: "status", text: words.status(cells.status) });
    const who = cells.actor_text ? said("span", cells.actor_text, "who") : null;
    const held = withheldTold(words, cells.withheld, kept);
    const first = make("span", { className: "first" }, kind, status ? " " : null, status, held ? " " : null, held, who ? " " : null, who);
    const rest = [cells.count_text, way, background ? words.say("reviewBackground") : words.span(cells.date_start, cells.date_end)];
    const second = make("span", { className: "second" }, ...rest.filter(Boolean).flatMap((part, at) => [at ? " · " : "", said("bdi", part)]));
    return [first, second];
  }

  verdict(standing) {
    if (!standing) return [];
    const { words } = this;
    const told = make("span", {}, ...words.told(`reviewVerdict_${standing.verdict}`, { who: standing.who, when: words.time(standing.at) }));
    const parts = [told];
    if (standing.reason) parts.push(said("span", `“${standing.reason}”`, "reason"));
    if (standing.event) {
      const link = make("a", { href: this.href(standing), text: words.say("showOnMap") });
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.toMap(standing);
      });
      parts.push(link);
    }
    return parts;
  }

  body(key) {
    return this.rows.get(key).body;
  }

  focus(key) {
    const { node, button } = this.rows.get(key);
    button.focus({ preventScroll: true });
    node.scrollIntoView({ block: node.hasAttribute("data-open") ? "start" : "nearest" });
  }
}
