// Makes elements; text enters the page here and only as textContent.
"use strict";

bordermap.dom = (() => {
  const { visible } = bordermap.unseen;

  // Attributes that are read, or heard, as texts are.
  const TOLD = new Set(["title", "aria-label", "alt", "placeholder"]);

  function make(name, { text, className, ...attributes } = {}, ...children) {
    const node = document.createElement(name);
    if (className) node.className = className;
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, TOLD.has(key) ? visible(value) : value);
    if (text !== undefined) node.textContent = visible(text);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  // A string of the table as nodes: each value keeps its own direction, so that names of two scripts in one line
  // do not change places.
  const told = (key, values) =>
    bordermap.words.pieces(key, values).map((piece, at) => (at % 2 ? make("bdi", { text: piece }) : piece));

  // Phrases, each a list of nodes and texts, with a mark between them; empty ones are left out.
  function phrases(mark, parts) {
    const said = parts.filter((part) => part && part.length);
    return said.flatMap((part, at) => [at ? mark : "", ...(Array.isArray(part) ? part : [part])]);
  }

  // A line of such strings, given as [key, values], and of names.
  function line(parts) {
    const comma = bordermap.words.say("comma");
    return parts.flatMap((part, at) => [at ? comma : "", ...(Array.isArray(part) ? told(...part) : [make("bdi", { text: part })])]);
  }

  // The direction of what a canvas letters: that of its first letter.
  const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
  const directionOf = (text) => (RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? "") ? "rtl" : "ltr");

  // A source's own words: their direction is their own.
  const said = (name, text, className) => make(name, { text, className, dir: "auto" });

  // Only web addresses become links, and they open elsewhere without a way back.
  function link(address, text) {
    let url;
    try {
      url = new URL(address);
    } catch {
      return null;
    }
    if (url.protocol !== "https:" && url.protocol !== "http:") return null;
    return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", text });
  }

  const by = (id) => document.getElementById(`bm-${id}`);

  // Whether a dialog has the reader's keys.
  const behindDialog = () => Boolean(document.querySelector("dialog[open]"));

  return { behindDialog, make, said, told, line, phrases, link, by, visible, directionOf };
})();
