// A path that writes itself as SVG data, without what lies outside the box that is clipped to.
"use strict";

bordermap.svgpath = (() => {
  const FINE = 0.35; // pixels: points of a line that are nearer to each other are one
  const BEYOND = 20; // pixels around what is clipped, for the width of a line
  const round = (value) => Math.round(value * 10) / 10 + 0; // -0 is written as 0

  // A path in the units of whoever traces it; it is written in those of the picture.
  class Path {
    constructor() {
      this.runs = []; // each a list of [letter, ...numbers] that begins where a pen is put down
    }

    add(letter, ...numbers) {
      if (letter === "M" || this.runs.length === 0) this.runs.push([]);
      this.runs.at(-1).push([letter, ...numbers]);
    }

    moveTo(x, y) {
      this.add("M", x, y);
    }

    lineTo(x, y) {
      this.add(this.runs.length ? "L" : "M", x, y);
    }

    quadraticCurveTo(cx, cy, x, y) {
      this.add("Q", cx, cy, x, y);
    }

    closePath() {
      this.add("Z");
    }

    rect(x, y, width, height) {
      this.moveTo(x, y);
      for (const [dx, dy] of [[width, 0], [width, height], [0, height]]) this.lineTo(x + dx, y + dy);
      this.closePath();
    }

    roundRect(x, y, width, height, radius) {
      const [right, bottom, r] = [x + width, y + height, Math.min(radius, width / 2, height / 2)];
      this.moveTo(x + r, y);
      for (const [toX, toY, cornerX, cornerY, endX, endY] of [
        [right - r, y, right, y, right, y + r], [right, bottom - r, right, bottom, right - r, bottom],
        [x + r, bottom, x, bottom, x, bottom - r], [x, y + r, x, y, x + r, y],
      ]) {
        this.lineTo(toX, toY);
        this.quadraticCurveTo(cornerX, cornerY, endX, endY);
      }
      this.closePath();
    }

    // The engine draws whole circles only.
    arc(x, y, radius) {
      this.moveTo(x + radius, y);
      this.add("A", radius, x - radius, y, x + radius, y);
      this.closePath();
    }

    // The path's data in the picture's units, without what lies outside the box that is clipped to.
    written({ scale, x: dx, y: dy }, box) {
      const data = [];
      for (const run of this.runs) {
        const seen = outline(run, scale, dx, dy);
        if (!box || seen.some(([x, y]) => x > box.x - BEYOND) && seen.some(([x, y]) => x < box.x + box.width + BEYOND) &&
          seen.some(([, y]) => y > box.y - BEYOND) && seen.some(([, y]) => y < box.y + box.height + BEYOND)) data.push(runText(run, scale, dx, dy));
      }
      return data.join("");
    }
  }

  // The points between which a run lies.
  function outline(run, scale, dx, dy) {
    const points = [];
    for (const [letter, ...numbers] of run) {
      const [from, wide] = letter === "A" ? [1, numbers[0]] : [0, 0];
      for (let at = from; at + 1 < numbers.length; at += 2) {
        points.push([(numbers[at] - wide) * scale + dx, (numbers[at + 1] - wide) * scale + dy]);
        if (wide) points.push([(numbers[at] + wide) * scale + dx, (numbers[at + 1] + wide) * scale + dy]);
      }
    }
    return points;
  }

  function runText(run, scale, dx, dy) {
    let text = "";
    let [lastX, lastY] = [Infinity, Infinity];
    const point = (x, y) => `${round(x * scale + dx)} ${round(y * scale + dy)}`;
    for (const [letter, ...numbers] of run) {
      if (letter === "Z") {
        text += "Z";
        continue;
      }
      const [x, y] = numbers.slice(-2).map((value) => value * scale);
      if (letter === "L" && Math.abs(x - lastX) < FINE && Math.abs(y - lastY) < FINE) continue;
      [lastX, lastY] = [x, y];
      if (letter === "A") {
        const [radius, ...ends] = numbers;
        for (let at = 0; at < ends.length; at += 2) text += `A${round(radius * scale)} ${round(radius * scale)} 0 0 1 ${point(ends[at], ends[at + 1])}`;
      } else {
        text += letter;
        for (let at = 0; at < numbers.length; at += 2) text += `${at ? " " : ""}${point(numbers[at], numbers[at + 1])}`;
      }
    }
    return text;
  }

  return { Path, round };
})();
