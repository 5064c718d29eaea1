// What the page says of itself, in the language chosen, and how it writes days and numbers.
"use strict";

bordermap.words = (() => {
  const DAY_MS = 86400000;
  const FIRST = "en";
  const DEGREES = { maximumFractionDigits: 4 };
  const POSITION = /^(-?\d{1,3}(?:\.\d+)?), (-?\d{1,2}(?:\.\d+)?)$/; // lon and lat of a place without a name, as imports write them
  const SHORT = { notation: "compact", maximumFractionDigits: 1 };
  const tables = Object.fromEntries(
    JSON.parse(document.getElementById("bordermap-languages").textContent).map((table) => [table.language, table]),
  );
  let table = tables[FIRST];
  let locale = table.locale;
  let plurals = new Intl.PluralRules(locale);
  let numbers = new Intl.NumberFormat(locale);
  let choices = listing();
  let shortNumbers = new Intl.NumberFormat(locale, SHORT);
  let degrees = new Intl.NumberFormat(locale, DEGREES);

  // Writing a day or a number is slow in every browser, and the same ones are written at each step.
  let dayFormats = {};
  let written = {};
  let shortened = new Map();

  // Strings of the tables cut at their values.
  const parted = new Map();

  // Speak a language from now on; a collection may know a locale of it whose months its readers use. The digits
  // are the table's, as its words are.
  function use(language, locales = {}) {
    table = tables[language] ?? tables[FIRST];
    locale = usable(locales[table.language], table.locale) ?? table.locale;
    plurals = new Intl.PluralRules(locale);
    numbers = new Intl.NumberFormat(locale);
    choices = listing();
    shortNumbers = new Intl.NumberFormat(locale, SHORT);
    degrees = new Intl.NumberFormat(locale, DEGREES);
    dayFormats = {};
    written = {};
    shortened = new Map();
  }

  function listing() {
    return new Intl.ListFormat(locale, { type: "disjunction" });
  }

  function usable(tag, own) {
    try {
      const { numberingSystem } = new Intl.Locale(own);
      return new Intl.Locale(tag, new Intl.Locale(tag).numberingSystem ? {} : { numberingSystem }).toString();
    } catch {
      return undefined;
    }
  }

  // A string of the table as it is put together: its own words at even places, its values between them. One with
  // plural forms takes the form of its number `n`.
  function pieces(key, values = {}) {
    const entry = table[key] ?? tables[FIRST][key];
    const text = typeof entry === "string" ? entry : entry[plurals.select(values.n)] ?? entry.other;
    let cut = parted.get(text);
    if (!cut) parted.set(text, (cut = text.split(/\{(\w+)\}/)));
    return cut.map((piece, at) => {
      if (at % 2 === 0) return piece;
      return typeof values[piece] === "number" ? number(values[piece]) : String(values[piece] ?? "");
    });
  }

  const say = (key, values) => pieces(key, values).join("");

  const list = (key) => table[key] ?? tables[FIRST][key];
  const number = (count) => numbers.format(count);
  const either = (words) => choices.format(words); // "planned or requested"
  function shortNumber(count) {
    let text = shortened.get(count);
    if (text === undefined) shortened.set(count, (text = shortNumbers.format(count)));
    return text;
  }

  // A place's name; one without a name is called by its position: "7.9° N, 72.5° W".
  function placed(name) {
    const [, lon, lat] = POSITION.exec(name) ?? [];
    if (lon === undefined) return name;
    const written = (value, sides) => say("degrees", { n: degrees.format(Math.abs(value)), side: list(sides)[value < 0 ? 1 : 0] });
    return [written(Number(lat), "northOrSouth"), written(Number(lon), "eastOrWest")].join(say("comma"));
  }

  // What a collection says in the page's language: the column with the ending that the table names, where there is
  // something in it, else the column without one. `read` gives a column by its name.
  const own = (column, read) => (table.names && read(column + table.names)) || read(column);

  // The endings of the columns of all languages that have their own.
  const endings = [...new Set(Object.values(tables).map(({ names }) => names).filter(Boolean))];

  function format(day, key, options) {
    dayFormats[key] ??= new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    const formatted = (written[key] ??= new Map());
    let text = formatted.get(day);
    if (text === undefined) formatted.set(day, (text = dayFormats[key].format(new Date(day * DAY_MS))));
    return text;
  }

  const yearOf = (day) => new Date(day * DAY_MS).getUTCFullYear();
  const iso = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
  const dayOf = (written) => Math.round(Date.parse(`${written}T00:00:00Z`) / DAY_MS);
  const weekday = (day) => format(day, "weekday", { weekday: "long" });
  const longDay = (day) => format(day, "long", { day: "numeric", month: "long", year: "numeric" });
  const shortDay = (day) => format(day, "short", { day: "numeric", month: "short" });
  const fullDay = (day) => format(day, "full", { day: "numeric", month: "short", year: "numeric" });
  const dayNumber = (day) => format(day, "number", { day: "numeric" });

  // An interval as it is meant: "7 Dec", "7 or 8 Dec", "one day of 4 – 8 Dec", "since 27 Nov, seen to 6 Dec";
  // the year stands where it is not the one given.
  function interval(start, end, kind, year) {
    const { NO_DAY, ON, SINCE, BY } = bordermap.clock;
    if (end === NO_DAY) return say("noDay");
    const write = (day) => (year !== undefined && yearOf(day) === year ? shortDay(day) : fullDay(day));
    if (kind === BY) return say("byDay", { day: write(end) });
    if (start === end) return write(end);
    const ends = { start: write(start), end: write(end) };
    if (kind === SINCE) return say("sinceDay", ends);
    if (kind === ON && end - start === 1) {
      const near = new Date(start * DAY_MS).getUTCMonth() === new Date(end * DAY_MS).getUTCMonth();
      return say("eitherDay", near ? { ...ends, start: dayNumber(start) } : ends);
    }
    return say(kind === ON ? "oneOfDays" : "daysFromTo", ends);
  }

  return {
    use, say, pieces, list, placed, number, shortNumber, either, own, endings, yearOf, iso, dayOf, weekday, longDay, shortDay, fullDay, interval,
    languages: Object.values(tables).map(({ language, name, short }) => ({ language, name, short: short ?? name })),
    knows: (language) => Object.hasOwn(tables, language),
    get language() {
      return table.language;
    },
    get direction() {
      return table.direction;
    },
  };
})();
