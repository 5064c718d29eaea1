// Elements of an SVG before they are written as a file or put into the page.
"use strict";

bordermap.svgfile = (() => {
  const NAMESPACE = "http://www.w3.org/2000/svg";

  const node = (name, attributes = {}, ...children) => ({ name, attributes, children });

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

  function make(name, attributes, ...children) {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("xml:")) element.setAttributeNS("http://www.w3.org/XML/1998/namespace", key, value);
      else if (key !== "xmlns") element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  const grown = ({ name, attributes, children }) =>
    make(name, attributes, ...children.map((child) => (typeof child === "string" ? child : grown(child))));

  return { NAMESPACE, node, escaped, serialised, grown, make };
})();
