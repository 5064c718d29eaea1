// Makes elements and says words; text enters the document here and only as textContent.

const { visible, without } = bordermap.unseen; // layers/engine/unseen.js, which stands before this file

// Attributes that are read, or heard, as texts are.
const TOLD = new Set(["title", "aria-label", "alt", "placeholder"]);

function make(name, { text, className, ...attributes } = {}, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, TOLD.has(key) ? visible(value) : value);
  if (text !== undefined) node.textContent = visible(text);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

function shape(name, { text, ...attributes } = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = visible(text);
  node.append(...children);
  return node;
}

// A text as it is, letter by letter, since offsets are counted in it; what is hidden in it is shut off and has its number before it.
function marked(node, text) {
  const { pieces, number } = bordermap.unseen;
  const parts = pieces(text).map((piece, at) => {
    if (at % 2 === 0) return piece;
    const hidden = make("bdi", { className: "hidden", "data-number": number(piece) });
    hidden.textContent = piece;
    return hidden;
  });
  node.replaceChildren(...parts);
}

// A source's own words: their direction is their own.
const said = (name, text, className) => make(name, { text, className, dir: "auto" });

// The words of the reader's language, as Python hands them over.
class Words {
  constructor({ table, kinds, statuses, names, locale, direction }) {
    Object.assign(this, { table, kinds, statuses, names, locale, direction });
    this.days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    this.times = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  }

  say(key, values = {}) {
    return this.table[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  // A sentence as nodes: each value keeps its own direction.
  told(key, values) {
    return this.table[key]
      .split(/(\{\w+\})/)
      .map((piece) => (/^\{\w+\}$/.test(piece) ? said("bdi", values[piece.slice(1, -1)]) : piece));
  }

  kind(kind) {
    return this.kinds[kind] ?? kind;
  }

  status(status) {
    return this.statuses[status] ?? status;
  }

  name(place) {
    return place[`name${this.names}`] || place.name;
  }

  day(iso) {
    const day = new Date(`${iso}T00:00:00Z`);
    return Number.isNaN(day.getTime()) ? iso : without(this.days.format(day));
  }

  time(iso) {
    const time = new Date(iso);
    return Number.isNaN(time.getTime()) ? iso : without(this.times.format(time));
  }

  span(start, end) {
    const [low, high] = [start, end].map((day) => day && this.day(day));
    return low && high && low !== high ? `${low} – ${high}` : low || high || "";
  }

  number(number) {
    return new Intl.NumberFormat(this.locale).format(number);
  }
}
