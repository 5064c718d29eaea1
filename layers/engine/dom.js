// Makes elements; text enters the page here and only as textContent.
"use strict";

bordermap.dom = (() => {
  function make(name, { text, className, ...attributes } = {}, ...children) {
    const node = document.createElement(name);
    if (className) node.className = className;
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = visible(text);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  // Controls that reorder or hide text are shown as what they are.
  const HIDDEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000b-\u001f\u007f]/g;
  const visible = (text) => String(text).replace(HIDDEN, (letter) => `⟨U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

  // The direction in which a text is read, by its first letter that has one.
  const LETTER = /\p{L}/u;
  const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
  const directionOf = (text) => (FROM_RIGHT.test(LETTER.exec(text)?.[0] ?? "") ? "rtl" : "ltr");

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

  return { make, said, link, by, visible, directionOf };
})();
