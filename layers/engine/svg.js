// A drawing context that makes an SVG of what the engine paints: text stays text, and layers are groups with names.
"use strict";

bordermap.svg = (() => {
  const { Path, round } = bordermap.svgpath;
  const { NAMESPACE, node, serialised, grown } = bordermap.svgfile;
  const FONT = /^(?:(italic) )?(?:(\d{3}|bold) )?([\d.]+)px (.+)$/;
  const RGBA = /^rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)$/;
  const STYLE = {
    globalAlpha: 1, fillStyle: "#000000", strokeStyle: "#000000", lineWidth: 1, lineCap: "butt", lineJoin: "miter",
    font: "10px sans-serif", letterSpacing: "0px", textAlign: "left", textBaseline: "alphabetic", direction: "ltr",
  };

  // The part of CanvasRenderingContext2D that the engine paints with.
  class Context {
    constructor(root) {
      Object.assign(this, STYLE);
      this.dash = [];
      this.at = { scale: 1, x: 0, y: 0 };
      this.box = null;
      this.saved = [];
      this.clips = 0;
      this.path = new Path();
      this.struck = null;
      this.root = root;
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

  // Paint what belongs together; on a canvas it has no name.
  function grouped(context, id, paint) {
    context.group?.(id);
    paint();
    context.endGroup?.();
  }

  const box = (width, height, top = 0) => ({ xmlns: NAMESPACE, viewBox: `0 ${top} ${round(width)} ${round(height)}` });

  // A context for a picture that stands alone, with what it is called and what it is about.
  const picture = (width, height, unit, { title, about, language, direction }) => new Context(node("svg", {
    ...box(width, height), width: round(width * unit), height: round(height * unit),
    "xml:lang": language, direction, role: "img", "aria-labelledby": "title about",
  }, node("title", { id: "title" }, title), node("desc", { id: "about" }, about)));

  // A context for a drawing beside words of the page.
  const drawing = (width, height, top) => new Context(node("svg", { ...box(width, height, top), "aria-hidden": "true" }));

  return { picture, drawing, grouped };
})();
