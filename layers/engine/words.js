// What the page says of itself, and how it writes days and numbers: one table, so a language is a file.
"use strict";

bordermap.words = (() => {
  const english = {
    layers: ["Crossings", "Withdrawals", "Deployments", "Context"],
    kinds: ["crossing", "withdrawal", "deployment", "control change", "closure", "contact"],
    statusOf: [
      "reported", "confirmed by a party to it", "denied, by all who speak of it", "planned, not reported to have happened",
      "asked for, not reported to have happened", "refused",
    ],
    statuses: ["reported", "confirmed", "denied", "planned", "requested", "rejected"],
    units: ["people", "vehicles", "factions", "families"],
    disputes: ["occurrence", "count", "date", "place"],
    apart: ["", "differs", "conflicts"],
    precision: ["", "at the place itself", "near it, or in part of it", "a region only"],
    day: "Day",
    sofar: "So far",
    play: "Play",
    pause: "Pause",
  };

  // Writing a day is slow in every browser, and the same days are written at each step.
  const dayFormats = {};
  const written = {};
  function format(day, key, options, language = "en-GB") {
    dayFormats[key] ??= new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
    const formatted = (written[key] ??= new Map());
    let text = formatted.get(day);
    if (text === undefined) formatted.set(day, (text = dayFormats[key].format(new Date(day * 86400000))));
    return text;
  }

  const yearOf = (day) => new Date(day * 86400000).getUTCFullYear();
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  const dayOf = (written) => Math.round(Date.parse(`${written}T00:00:00Z`) / 86400000);
  const weekday = (day) => format(day, "weekday", { weekday: "long" });
  const longDay = (day) => format(day, "long", { day: "numeric", month: "long", year: "numeric" });
  const shortDay = (day) => format(day, "short", { day: "numeric", month: "short" });
  const fullDay = (day) => format(day, "full", { day: "numeric", month: "short", year: "numeric" });

  // An interval as it is meant: "7 Dec", "7 or 8 Dec", "one day of 4 – 8 Dec", "since 27 Nov, seen to 6 Dec";
  // the year stands where it is not the one given.
  function interval(start, end, kind, year) {
    const { NO_DAY, ON, SINCE, BY } = bordermap.clock;
    if (end === NO_DAY) return "no day given";
    const write = (day) => (year !== undefined && yearOf(day) === year ? shortDay(day) : fullDay(day));
    if (kind === BY) return `by ${write(end)}`;
    if (start === end) return write(end);
    if (kind === SINCE) return `since ${write(start)}, seen to ${write(end)}`;
    if (kind === ON && end - start === 1) {
      const near = new Date(start * 86400000).getUTCMonth() === new Date(end * 86400000).getUTCMonth();
      return `${near ? new Date(start * 86400000).getUTCDate() : write(start)} or ${write(end)}`;
    }
    if (kind === ON) return `one day of ${write(start)} – ${write(end)}`;
    return `${write(start)} – ${write(end)}`;
  }

  const numbers = new Intl.NumberFormat("en-GB");
  const number = (count) => numbers.format(count);
  const plural = (count, one, many) => `${count < 1000 ? count : number(count)} ${count === 1 ? one : many}`;

  return { english, yearOf, iso, dayOf, weekday, longDay, shortDay, fullDay, interval, number, plural };
})();
