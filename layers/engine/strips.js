// Small drawings on one scale: the numbers that claims give, and the days.
"use strict";

bordermap.strips = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const WIDE = 20; // numbers over this many times apart stand on a scale of powers of ten
  const NAMED_DAYS = 5;

  function draw(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  // A strip is as wide as its column; what stands in it stands by hundredths of that. Its words stand beside it.
  const strip = (className, ...children) => draw("svg", { class: className, "aria-hidden": "true" }, ...children);
  const mirrored = (share) => (bordermap.words.direction === "rtl" ? 1 - share : share);
  const percent = (share) => `${(100 * mirrored(share)).toFixed(2)}%`;

  function bar(className, from, to, more = {}) {
    const [left, right] = [mirrored(from), mirrored(to)].sort((a, b) => a - b);
    return draw("rect", { class: className, x: `${(100 * left).toFixed(2)}%`, width: `${(100 * (right - left)).toFixed(2)}%`, y: 4, height: 8, ...more });
  }

  // An arrowhead at the strip's end says that the range goes on; at its beginning, that it comes from anywhere.
  function arrow(share, forward) {
    const right = forward === (bordermap.words.direction !== "rtl");
    const head = draw("path", { class: "bm-range-end", d: right ? "M-9 2 L0 8 L-9 14 Z" : "M9 2 L0 8 L9 14 Z" });
    return draw("svg", { x: percent(share), overflow: "visible" }, head);
  }

  const base = () => draw("line", { class: "bm-base", x1: "0%", x2: "100%", y1: 8, y2: 8 });

  // A scale that holds all the numbers said.
  function numberScale(said) {
    const numbers = said.filter((number) => number > 0);
    const [least, most] = [Math.min(...numbers, Infinity), Math.max(...numbers, 1)];
    const wide = most / least > WIDE;
    const step = wide ? 1 : niceStep(most);
    const from = wide ? Math.floor(Math.log10(least)) : 0;
    const to = wide ? Math.log10(most) + 0.3 : most * 1.2;
    const place = (number) => (wide ? Math.log10(Math.max(number, 10 ** from)) : number);
    const ticks = [];
    for (let tick = from; tick <= to; tick += step) ticks.push(wide ? 10 ** tick : tick);
    return { wide, ticks, share: (number) => (place(number) - from) / (to - from) };
  }

  // Steps of 1, 2 or 5 and noughts, of which at most four reach the number.
  function niceStep(most) {
    const power = 10 ** Math.floor(Math.log10(most));
    return [0.2, 0.5, 1, 2, 5].map((times) => times * power).find((step) => Number.isInteger(step) && most / step <= 4) ?? Math.max(1, power);
  }

  function numbers(scale, low, high, count) {
    const { UNSAID } = bordermap.ranges;
    const [from, to] = [low > UNSAID ? scale.share(low) : 0, high > UNSAID ? scale.share(high) : 0.98];
    const parts = [base(), bar("bm-range", from, to)];
    if (high <= UNSAID) parts.push(arrow(1, true));
    if (low <= UNSAID) parts.push(arrow(0, false));
    if (count > UNSAID) parts.push(draw("circle", { class: "bm-number", cx: percent(scale.share(count)), cy: 8, r: 4.5 }));
    return strip("bm-strip", ...parts);
  }

  const axisLabel = (share, text, anchor = "middle") => {
    const node = draw("text", { x: percent(share), y: 15, "text-anchor": anchor });
    node.textContent = text;
    return node;
  };
  const tickMark = (share) => draw("line", { class: "bm-tick", x1: percent(share), x2: percent(share), y1: 0, y2: 4 });

  // Ends of labels stay within the strip, whichever way it is read: a text's start is where its language begins.
  const anchorAt = (share) => (share < 0.06 ? "start" : share > 0.94 ? "end" : "middle");

  function axisOf(marks) {
    const text = ([share, words]) => axisLabel(share, words, anchorAt(share));
    return strip("bm-axis", ...marks.map(([share]) => tickMark(share)), ...marks.filter(([, words]) => words).map(text));
  }

  const numberAxis = (scale) => axisOf(scale.ticks.map((tick) => [scale.share(tick), bordermap.words.number(tick)]));

  // A scale of whole days from the first to the last that is spoken of, and some before where a `by` comes from.
  function dayScale(spans) {
    const first = Math.min(...spans.map(({ start, end, open }) => (open ? Math.min(start, end - 2) : start)));
    const last = Math.max(...spans.map(({ end }) => end));
    const days = last - first + 1;
    return { first, last, days, share: (day) => (day - first) / days };
  }

  function days(scale, { start, end, kind, open }) {
    const { ON } = bordermap.clock;
    const parts = [base()];
    if (open) parts.push(...fading(scale, end));
    else parts.push(bar(kind === ON && end > start ? "bm-oneof" : "bm-lasting", scale.share(start), scale.share(end + 1)));
    return strip("bm-strip", ...parts);
  }

  // On or before a day: surest on that day, and paler the longer before.
  function fading(scale, end) {
    const bars = [];
    for (let day = Math.max(scale.first, end - bordermap.clock.BY_DAYS); day <= end; day++) {
      const paler = (end - day) / (bordermap.clock.BY_DAYS + 1);
      bars.push(bar("bm-lasting", scale.share(day), scale.share(day + 1), { opacity: day === end ? 1 : 0.45 * (1 - paler) }));
    }
    return bars;
  }

  function dayAxis(scale) {
    const { shortDay } = bordermap.words;
    const marks = [];
    if (scale.days <= NAMED_DAYS) {
      for (let day = scale.first; day <= scale.last; day++) marks.push([scale.share(day + 0.5), shortDay(day)]);
    } else marks.push([scale.share(scale.first), shortDay(scale.first)], [scale.share(scale.last + 1), shortDay(scale.last)]);
    return axisOf(marks);
  }

  return { numberScale, numbers, numberAxis, dayScale, days, dayAxis };
})();
