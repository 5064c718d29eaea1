// The report as it is written, with each proposal highlighted in its place; from it other words are taken as a quote.

const QUOTE_WORDS = 25;

class Paper {
  // `choose` is called with the key of a proposal whose words are clicked, `quoted` with the ends of selected words.
  constructor(node, { text, language }, items, { choose, quoted }) {
    Object.assign(this, { node, items, choose, quoted });
    this.letters = Array.from(text); // Python counts code points, and the document UTF-16
    node.dir = "auto";
    node.lang = language;
    this.segments = [];
    node.addEventListener("click", (event) => this.click(event));
    node.addEventListener("mouseup", () => setTimeout(() => this.quoted(this.selected())));
    node.addEventListener("keyup", () => this.quoted(this.selected()));
  }

  // Write the text anew, cut where proposals begin and end.
  draw(cells) {
    const held = this.items.map(({ key }) => ({ key, ...spanOf(cells(key)) }));
    const cuts = new Set([0, this.letters.length]);
    for (const { start, end } of held) cuts.add(start).add(end);
    const edges = [...cuts].filter((at) => at >= 0 && at <= this.letters.length).sort((a, b) => a - b);
    this.segments = edges.slice(0, -1).map((start, at) => {
      const end = edges[at + 1];
      const keys = held.filter((one) => one.start < end && one.end > start).map(({ key }) => key);
      const words = this.letters.slice(start, end).join("");
      const node = make(keys.length ? "mark" : "span");
      marked(node, words);
      return { node, keys, start };
    });
    this.node.replaceChildren(...this.segments.map(({ node }) => node));
  }

  // Colour by kind, line by status; of several in one place the current one is on top, and each has its line.
  paint(current, look) {
    for (const { node, keys } of this.segments) {
      if (!keys.length) continue;
      const on = keys.includes(current) ? current : keys[0];
      const { kind, status, background, verdict } = look(on);
      Object.assign(node.dataset, { kind, status, verdict });
      node.toggleAttribute("data-background", background);
      node.toggleAttribute("data-current", on === current);
      node.dataset.many = Math.min(keys.length, 3);
      const lines = keys.slice(0, 3).map((key) => `var(--${look(key).kind})`);
      lines.forEach((colour, at) => node.style.setProperty(`--line${at}`, colour));
    }
  }

  show(key) {
    this.segments.find(({ keys }) => keys.includes(key))?.node.scrollIntoView({ block: "nearest" });
  }

  // A second click on words of several proposals goes on to the next of them.
  click({ target }) {
    const found = this.segments.find(({ node }) => node.contains(target));
    if (!found?.keys.length || this.selected()) return;
    const at = found.keys.findIndex((key) => key === this.last);
    this.last = found.keys[(at + 1) % found.keys.length];
    this.choose(this.last);
  }

  // The whole words that are selected, as their ends in the text; null where none are.
  selected() {
    const range = selectionIn(this.node);
    if (!range || range.collapsed) return null;
    const before = document.createRange();
    before.setStart(this.node, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const whole = this.letters.join("");
    const from = Array.from(whole.slice(0, before.toString().length)).length;
    before.setEnd(range.endContainer, range.endOffset);
    const to = Array.from(whole.slice(0, before.toString().length)).length;
    return this.whole(from, to);
  }

  // Take in the words that are cut, and leave out the spaces around them.
  whole(start, end) {
    const blank = (at) => /\s/u.test(this.letters[at] ?? " ");
    while (start < end && blank(start)) start += 1;
    while (end > start && blank(end - 1)) end -= 1;
    if (start >= end) return null;
    while (!blank(start - 1)) start -= 1;
    while (!blank(end)) end += 1;
    return { start, end };
  }

  // Move one end of a quote by a word.
  moved({ start, end }, edge, by) {
    const blank = (at) => /\s/u.test(this.letters[at] ?? " ");
    let at = edge === "start" ? start : end;
    if (by > 0) {
      while (at < this.letters.length && !blank(at)) at += 1;
      while (at < this.letters.length && blank(at)) at += 1;
      if (edge === "end") while (at < this.letters.length && !blank(at)) at += 1;
    } else {
      while (at > 0 && !blank(at - 1)) at -= 1;
      while (at > 0 && blank(at - 1)) at -= 1;
      if (edge === "start") while (at > 0 && !blank(at - 1)) at -= 1;
    }
    const next = edge === "start" ? { start: at, end } : { start, end: at };
    return next.start < next.end ? next : { start, end };
  }

  words({ start, end }) {
    return this.letters.slice(start, end).join("");
  }
}

const spanOf = (cells) => ({ start: Number(cells.quote_start), end: Number(cells.quote_end) });

const wordCount = (text) => text.split(/\s+/u).filter(Boolean).length;

// Browsers tell of a selection in a shadow tree in three ways.
function selectionIn(node) {
  const root = node.getRootNode();
  const selection = document.getSelection();
  const composed = selection?.getComposedRanges?.({ shadowRoots: [root] })?.[0];
  const own = root.getSelection?.() ?? selection;
  const range = composed ?? (own?.rangeCount ? own.getRangeAt(0) : null);
  return range && node.contains(range.startContainer) && node.contains(range.endContainer) ? range : null;
}
