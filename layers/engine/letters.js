// Blocks of a picture: paragraphs that are wrapped and measured before they are painted, stacked and set in columns.
"use strict";

bordermap.letters = (() => {
  const SERIF = "Georgia, 'Times New Roman', 'Noto Naskh Arabic', serif";
  const SANS = "system-ui, 'Noto Sans', 'Noto Sans Arabic', sans-serif";
  const CUT = "…";
  const [BEGIN, END] = ["\u2068", "\u2069"]; // around a text that is read in its own direction
  const NOTHING = { height: 0, width: 0, paint: () => {} };
  const measure = document.createElement("canvas").getContext("2d");

  const font = (size, { bold = false, italic = false, serif = false } = {}) =>
    `${italic ? "italic " : ""}${bold ? "600 " : ""}${size}px ${serif ? SERIF : SANS}`;

  // A source's words among the picture's: they show what they hide, and keep their direction to themselves.
  function own(said) {
    const text = bordermap.dom.visible(said);
    return !text || bordermap.dom.directionOf(text) === bordermap.words.direction ? text : `${BEGIN}${text}${END}`;
  }

  // Lines that a text of its own direction goes over each keep to it.
  function closed(lines) {
    let open = false;
    return lines.map((line) => {
      const whole = open ? `${BEGIN}${line}` : line;
      open = whole.lastIndexOf(BEGIN) > whole.lastIndexOf(END);
      return open ? `${whole}${END}` : whole;
    });
  }

  function widthOf(text, written) {
    measure.font = written;
    return measure.measureText(text).width;
  }

  // A text in lines that are no wider than asked, at most so many; a word that is too long is cut.
  function wrap(text, written, width, most = Infinity) {
    const lines = [];
    let line = "";
    const fits = (words) => widthOf(words, written) <= width;
    for (const word of text.split(/\s+/).filter(Boolean)) {
      if (line && fits(`${line} ${word}`)) {
        line = `${line} ${word}`;
        continue;
      }
      if (line) lines.push(line);
      line = word;
      while (!fits(line) && lines.length <= most) {
        const part = longest(line, fits);
        lines.push(part);
        line = line.slice(part.length);
      }
      if (lines.length > most) break;
    }
    if (line) lines.push(line);
    if (lines.length <= most) return lines;
    return [...lines.slice(0, most - 1), `${longest(lines[most - 1], (part) => fits(`${part}${CUT}`))}${CUT}`];
  }

  // The longest beginning of a text that fits; one letter at least.
  function longest(text, fits) {
    const letters = [...text];
    let [low, high] = [1, letters.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (fits(letters.slice(0, middle).join(""))) low = middle;
      else high = middle - 1;
    }
    return letters.slice(0, low).join("");
  }

  // A paragraph set from the side on which its language begins; what it shows is safe already, by `own` or `visible`.
  function paragraph(text, { size, width, colour, most, end = false, direction = bordermap.words.direction, ...face }) {
    if (!text?.trim()) return NOTHING;
    const written = font(size, face);
    const lines = closed(wrap(text, written, width, most));
    const lead = Math.round(size * (size > 18 ? 1.18 : 1.35) * 10) / 10;
    const right = (bordermap.words.direction === "rtl") !== end;
    return {
      width: Math.max(...lines.map((line) => widthOf(line, written))),
      height: lines.length * lead,
      paint(context, x, y) {
        Object.assign(context, { font: written, fillStyle: colour, globalAlpha: 1, direction, textBaseline: "alphabetic", textAlign: right ? "right" : "left" });
        lines.forEach((line, at) => context.fillText(line, right ? x + width : x, y + size * 0.95 + at * lead));
      },
    };
  }

  // Blocks below each other; those without height take no gap.
  function stack(blocks, gap = 0) {
    const some = blocks.filter((block) => block.height > 0);
    const height = some.reduce((sum, block) => sum + block.height, 0) + gap * Math.max(0, some.length - 1);
    return {
      height,
      paint(context, x, y) {
        let top = y;
        for (const block of some) {
          block.paint(context, x, top);
          top += block.height + gap;
        }
      },
    };
  }

  // Blocks of one width in columns, read down each column, which are about as high as each other.
  function columns(blocks, { count, width, between, gap }) {
    const whole = stack(blocks, gap).height;
    let parts;
    for (let most = whole / count; ; most += 8) {
      parts = filled(blocks, most, gap);
      if (parts.length <= count) break;
    }
    const stacks = parts.map((part) => stack(part, gap));
    return {
      height: Math.max(0, ...stacks.map((one) => one.height)),
      paint(context, x, y) {
        const rtl = bordermap.words.direction === "rtl";
        stacks.forEach((one, at) => one.paint(context, x + (rtl ? count - 1 - at : at) * (width + between), y));
      },
    };
  }

  function filled(blocks, most, gap) {
    const parts = [[]];
    let height = 0;
    for (const block of blocks) {
      if (parts.at(-1).length && height + block.height > most) {
        parts.push([]);
        height = 0;
      }
      parts.at(-1).push(block);
      height += block.height + gap;
    }
    return parts;
  }

  const space = (height) => ({ height, paint: () => {} });

  const rule = (width, colour, thickness = 1) => ({
    height: thickness,
    paint(context, x, y) {
      context.globalAlpha = 1;
      context.fillStyle = colour;
      context.fillRect(x, y, width, thickness);
    },
  });

  // What is painted into the group of a name.
  const named = (id, block) => ({
    ...block,
    paint: (context, x, y) => bordermap.svg.grouped(context, id, () => block.paint(context, x, y)),
  });

  return { font, widthOf, wrap, own, paragraph, stack, columns, space, rule, named, NOTHING };
})();
