// Makes elements and says words; text enters the document here and only as textContent.

function make(name, { text, className, ...attributes } = {}, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, value);
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

// Controls that reorder or hide text are shown as what they are, as in the page (layers/engine/dom.js).
const HIDDEN = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000b-\u001f\u007f]/g;
const visible = (text) =>
  String(text).replace(HIDDEN, (letter) => `⟨U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

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
    return Number.isNaN(day.getTime()) ? iso : this.days.format(day).replace(HIDDEN, "");
  }

  time(iso) {
    const time = new Date(iso);
    return Number.isNaN(time.getTime()) ? iso : this.times.format(time).replace(HIDDEN, "");
  }

  span(start, end) {
    const [low, high] = [start, end].map((day) => day && this.day(day));
    return low && high && low !== high ? `${low} – ${high}` : low || high || "";
  }

  number(number) {
    return new Intl.NumberFormat(this.locale).format(number);
  }
}
