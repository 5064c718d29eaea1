// A drawing context that makes an SVG of what the engine paints: text stays text, and layers are groups with names.
"use strict";

bordermap.svg = (() => {
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const FINE = 0.35; // pixels: points of a line that are nearer to each other are one
  const BEYOND = 20; // pixels around what is clipped, for the width of a line
  const round = (value) => Math.round(value * 10) / 10 + 0; // -0 is written as 0
  const FONT = /^(?:(italic) )?(?:(\d{3}|bold) )?([\d.]+)px (.+)$/;
  const RGBA = /^rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)$/;
  const STYLE = {
    globalAlpha: 1, fillStyle: "#000000", strokeStyle: "#000000", lineWidth: 1, lineCap: "butt", lineJoin: "miter",
    font: "10px sans-serif", letterSpacing: "0px", textAlign: "left", textBaseline: "alphabetic", direction: "ltr",
  };

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

  const node = (name, attributes = {}, ...children) => ({ name, attributes, children });

  // The part of CanvasRenderingContext2D that the engine paints with.
  class Context {
    constructor(width, height, unit, { title, about, language, direction }) {
      Object.assign(this, STYLE);
      this.dash = [];
      this.at = { scale: 1, x: 0, y: 0 };
      this.box = null;
      this.saved = [];
      this.clips = 0;
      this.path = new Path();
      this.struck = null;
      this.root = node("svg", {
        xmlns: NAMESPACE, width: round(width * unit), height: round(height * unit), viewBox: `0 0 ${round(width)} ${round(height)}`,
        "xml:lang": language, direction, role: "img", "aria-labelledby": "title about",
      }, node("title", { id: "title" }, title), node("desc", { id: "about" }, about));
      this.open = [this.root];
      this.measure = document.createElement("canvas").getContext("2d");
    }

    put(element) {
      this.endStroke();
      this.open.at(-1).children.push(element);
      return element;
    }

    // What is painted until `endGroup` is one group, named for whoever opens the file in a drawing program.
    group(id) {
      this.open.push(this.put(node("g", { id })));
    }

    endGroup() {
      this.endStroke();
      this.open.pop();
    }

    save() {
      const { at, dash, box } = this;
      this.saved.push({ ...Object.fromEntries(Object.keys(STYLE).map((name) => [name, this[name]])), at, dash, box, depth: this.open.length });
    }

    restore() {
      this.endStroke();
      const { depth, ...before } = this.saved.pop();
      Object.assign(this, before);
      this.open.length = depth;
    }

    translate(x, y) {
      const { scale } = this.at;
      this.at = { scale, x: this.at.x + x * scale, y: this.at.y + y * scale };
    }

    scale(factor) {
      this.at = { ...this.at, scale: this.at.scale * factor };
    }

    setLineDash(dash) {
      this.dash = dash;
    }

    makePath() {
      return new Path();
    }

    beginPath() {
      this.path = new Path();
    }

    // Only rectangles are clipped to.
    clip() {
      const [[, left, top], , [, right, bottom]] = this.path.runs[0];
      const { scale, x, y } = this.at;
      this.box = { x: left * scale + x, y: top * scale + y, width: (right - left) * scale, height: (bottom - top) * scale };
      const id = `clip-${++this.clips}`;
      const area = Object.fromEntries(Object.entries(this.box).map(([name, value]) => [name, round(value)]));
      this.put(node("clipPath", { id }, node("rect", area)));
      this.open.push(this.put(node("g", { "clip-path": `url(#${id})` })));
    }

    fill(path, rule) {
      const d = (path instanceof Path ? path : this.path).written(this.at, this.box);
      if (d) this.put(node("path", { d, ...this.filled(), ...(rule === "evenodd" ? { "fill-rule": rule } : {}) }));
    }

    stroke(path = this.path) {
      const d = path.written(this.at, this.box);
      if (d) this.put(node("path", { d, fill: "none", ...this.stroked() }));
    }

    fillRect(...box) {
      this.put(node("rect", { ...this.rectangle(box), ...this.filled() }));
    }

    strokeRect(...box) {
      this.put(node("rect", { ...this.rectangle(box), fill: "none", ...this.stroked() }));
    }

    rectangle([x, y, width, height]) {
      const { scale, x: dx, y: dy } = this.at;
      return { x: round(x * scale + dx), y: round(y * scale + dy), width: round(width * scale), height: round(height * scale) };
    }

    filled() {
      const [colour, alpha] = opaque(this.fillStyle);
      return { fill: colour, ...clear("fill-opacity", alpha * this.globalAlpha) };
    }

    stroked() {
      const { scale } = this.at;
      const [colour, alpha] = opaque(this.strokeStyle);
      return {
        stroke: colour, "stroke-width": round(this.lineWidth * scale), ...clear("stroke-opacity", alpha * this.globalAlpha),
        ...(this.lineCap === "butt" ? {} : { "stroke-linecap": this.lineCap }),
        ...(this.lineJoin === "miter" ? {} : { "stroke-linejoin": this.lineJoin }),
        ...(this.dash.length ? { "stroke-dasharray": this.dash.map((length) => round(length * scale)).join(" ") } : {}),
      };
    }

    measureText(text) {
      for (const name of ["font", "letterSpacing", "direction"]) this.measure[name] = this[name];
      return this.measure.measureText(text);
    }

    // The halo of a text is a stroke under it: both are one element.
    strokeText(text, x, y) {
      this.endStroke();
      this.struck = { text, x, y, attributes: { ...this.stroked(), "paint-order": "stroke" } };
    }

    fillText(text, x, y) {
      const { struck } = this;
      const halo = struck?.text === text && struck.x === x && struck.y === y ? struck.attributes : null;
      if (halo) this.struck = null;
      this.put(this.text(text, x, y, { ...this.filled(), ...halo }));
    }

    endStroke() {
      const { struck } = this;
      if (!struck) return;
      this.struck = null;
      this.put(this.text(struck.text, struck.x, struck.y, { fill: "none", ...struck.attributes }));
    }

    text(text, x, y, look) {
      const [, italic, weight, size, family] = FONT.exec(this.font);
      const { scale, x: dx, y: dy } = this.at;
      const spacing = Number.parseFloat(this.letterSpacing) * scale;
      const low = this.textBaseline === "middle" ? 0.35 * size : 0;
      const anchor = this.textAlign === "center" ? "middle" : (this.textAlign === "right") === (this.direction === "rtl") ? "" : "end";
      return node("text", {
        x: round(x * scale + dx), y: round((y + low) * scale + dy), "font-family": family, "font-size": round(size * scale),
        ...(italic ? { "font-style": italic } : {}), ...(weight ? { "font-weight": weight } : {}),
        ...(spacing ? { "letter-spacing": round(spacing) } : {}), ...(anchor ? { "text-anchor": anchor } : {}),
        direction: this.direction, "xml:space": "preserve", ...look,
      }, String(text));
    }

    written() {
      this.endStroke();
      return `<?xml version="1.0" encoding="UTF-8"?>\n${serialised(this.root)}\n`;
    }

    // The picture as an element of the page.
    element() {
      this.endStroke();
      return grown(this.root);
    }
  }

  // A context traces its own path by the same calls.
  for (const name of ["moveTo", "lineTo", "quadraticCurveTo", "closePath", "rect", "roundRect", "arc"]) {
    Context.prototype[name] = function traced(...numbers) {
      this.path[name](...numbers);
    };
  }

  // A colour without its transparency, which drawing programs want apart.
  function opaque(colour) {
    const found = RGBA.exec(colour);
    if (!found) return [colour, 1];
    const [red, green, blue] = found.slice(1, 4).map((part) => Number(part).toString(16).padStart(2, "0"));
    return [`#${red}${green}${blue}`, Number(found[4])];
  }

  const clear = (name, alpha) => (alpha >= 1 ? {} : { [name]: Math.round(alpha * 1000) / 1000 });

  // Text of sources is hostile: no letter of it is read as markup, and what XML cannot hold is replaced.
  const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
  const ENTITIES = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&#39;" };
  const escaped = (text) => String(text).replace(NO_XML, "\ufffd").replace(/[<>&"']/g, (letter) => ENTITIES[letter]);

  function serialised({ name, attributes, children }) {
    const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`).join("");
    if (children.length === 0) return `<${name}${said}/>`;
    const inner = children.map((child) => (typeof child === "string" ? escaped(child) : `\n${serialised(child)}`)).join("");
    return `<${name}${said}>${inner}${typeof children[0] === "string" ? "" : "\n"}</${name}>`;
  }

  function grown({ name, attributes, children }) {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("xml:")) element.setAttributeNS("http://www.w3.org/XML/1998/namespace", key, value);
      else if (key !== "xmlns") element.setAttribute(key, value);
    }
    element.append(...children.map((child) => (typeof child === "string" ? child : grown(child))));
    return element;
  }

  // Paint what belongs together; on a canvas it has no name.
  function grouped(context, id, paint) {
    context.group?.(id);
    paint();
    context.endGroup?.();
  }

  return { Context, grouped, escaped };
})();
