// The small map of a claim: its ground, and the arrow or mark with how far off its places may be, as one SVG.

const WIDE = 480;
const HIGH = 300;
const LETTER = 7.2; // units of a letter's width, about
const STUB = 70; // units of an arrow's end that is known as a country only

const MARGIN_OF_NAME = 5;
const MIDDLE = [[0, 0, "middle"]];
const AROUND = [[12, 0, "start"], [-12, 0, "end"], [0, -16, "middle"], [0, 16, "middle"], [60, 16, "end"], [-60, 16, "start"]]; // from a point, the better places first
const LAYERS = ["land", "lakes", "rivers", "divisions", "boundaries", "disputed"];

function drawing(ground, { kind, status }, words) {
  const svg = shape("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, "data-kind": kind, "data-status": status });
  svg.setAttribute("aria-hidden", String(!ground)); // nothing is drawn yet
  if (!ground) return svg;
  svg.setAttribute("role", "img");
  const { places } = ground;
  const named = Object.values(places).map((place) => words.name(place));
  svg.setAttribute("aria-label", visible(words.say("reviewMapOf", { places: [...new Set(named)].join(", ") })));
  for (const layer of LAYERS) if (ground[layer]) svg.append(shape("path", { class: layer, d: ground[layer] }));
  const names = new Names(svg, words.names);
  const way = ["origin", "crossing", "destination"].map((role) => places[role]).filter(Boolean);
  const near = Object.values(places).filter((place) => !place.wide);
  for (const place of near.length ? near : Object.values(places)) svg.append(around(place));
  const ends = stubbed(way, near);
  if (ends.length > 1) svg.append(...arrow(ends, kind));
  const drawn = ends.length > 1 ? near : Object.values(places);
  for (const place of drawn) if (!place.area) svg.append(spot(place, ends.length > 1 ? "end" : kind));
  if (status === "denied") svg.append(cross(middle(ends.length > 1 ? ends : drawn)));
  for (const place of near) names.put({ kind: "claim", ...place });
  for (const label of ground.labels) names.put(label);
  return svg;
}

// How far around its point a place may be; an area is drawn as it is.
function around(place) {
  if (place.area) return shape("path", { class: "around", d: place.area });
  return shape("circle", { class: "around", cx: place.x, cy: place.y, r: Math.max(place.r, 2) });
}

// An end that is only a country is a short way towards it, never a point in it.
function stubbed(way, near) {
  const anchor = near.find((place) => way.includes(place));
  if (!anchor) return way.length > 1 && way[0].x !== way.at(-1).x ? way : [];
  return way.map((place) => {
    if (!place.wide) return place;
    const [dx, dy] = [place.x - anchor.x, place.y - anchor.y];
    const far = Math.hypot(dx, dy) || 1;
    return { ...place, x: anchor.x + (dx / far) * STUB, y: anchor.y + (dy / far) * STUB };
  });
}

// A gentle curve to the right of the way, as on the map (layers/engine/curves.js), with a head: open for who leaves.
function arrow(ends, kind) {
  const [from, to] = [ends[0], ends.at(-1)];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.hypot(dx, dy) || 1;
  const bow = Math.min(0.16 * far, 30);
  const gate = ends.length === 3 ? ends[1] : null;
  const bend = gate ?? { x: (from.x + to.x) / 2 - (dy / far) * bow, y: (from.y + to.y) / 2 + (dx / far) * bow };
  const line = gate
    ? `M${from.x} ${from.y}Q${gate.x} ${gate.y} ${gate.x} ${gate.y}L${to.x} ${to.y}`
    : `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`;
  const [hx, hy] = [to.x - bend.x, to.y - bend.y];
  const turn = (Math.atan2(hy, hx) * 180) / Math.PI;
  const head = shape("path", {
    class: kind === "withdrawal" ? "head open" : "head",
    d: "M-13-7L1 0L-13 7Z",
    transform: `translate(${to.x} ${to.y}) rotate(${turn})`,
  });
  return [shape("path", { class: "way under", d: line }), shape("path", { class: "way", d: line }), head];
}

function spot(place, kind) {
  if (kind === "end") return shape("circle", { class: "end", cx: place.x, cy: place.y, r: 3.5 });
  if (kind === "deployment") return shape("rect", { class: "spot", x: place.x - 6, y: place.y - 6, width: 12, height: 12 });
  return shape("circle", { class: "spot", cx: place.x, cy: place.y, r: 6 });
}

function middle(places) {
  const sum = (key) => places.reduce((total, place) => total + place[key], 0) / places.length;
  return { x: sum("x"), y: sum("y") };
}

function cross({ x, y }) {
  return shape("path", { class: "cross", d: `M${x - 9} ${y - 9}l18 18m0-18l-18 18` });
}

// Names where there is room, those of the claim's own places first.
class Names {
  constructor(svg, names) {
    Object.assign(this, { svg, names, taken: [], written: new Set() });
  }

  put(label) {
    const text = label[`name${this.names}`] || label.name;
    if (this.written.has(text)) return null; // a town of the basemap that is the claim's own place
    const wide = text.length * LETTER * (label.kind === "country" ? 1.25 : 1);
    for (const [dx, dy, anchor] of label.kind === "country" ? MIDDLE : AROUND) {
      const [x, y] = [label.x + dx, label.y + dy];
      const left = { start: x, middle: x - wide / 2, end: x - wide }[anchor];
      const box = { left, right: left + wide, top: y - 10, bottom: y + 8 };
      if (this.isFree(box)) return this.write(label, text, x, y, anchor, box);
    }
    return null;
  }

  isFree(box) {
    const inside = box.left > MARGIN_OF_NAME && box.right < WIDE - MARGIN_OF_NAME && box.top > 2 && box.bottom < HIGH - 2;
    return inside && this.taken.every((one) => one.right < box.left || one.left > box.right || one.bottom < box.top || one.top > box.bottom);
  }

  write(label, text, x, y, anchor, box) {
    this.taken.push(box);
    this.written.add(text);
    if (label.kind === "town") this.svg.append(shape("circle", { class: "town", cx: label.x, cy: label.y, r: 2 }));
    this.svg.append(shape("text", { class: `name ${label.kind}`, x, y: y + 4, "text-anchor": anchor, text, direction: "ltr" }));
  }
}
