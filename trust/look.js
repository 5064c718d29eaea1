// Looks at a document for what no text should have made there: handlers, links elsewhere than to the web or with a way back,
// addresses of payloads; and for texts in which something is hidden, but for the pairs of marks by which the dashboard isolates
// names and options. `bordermap.unseen` is put before it, ours alone: the page's may be another's.
({ own, HOST, FIRED }) => {
  const { visible } = bordermap.unseen;
  const found = { made: [], hidden: [], links: 0, texts: 0 };
  const said = new Set();
  const TOLD = ["title", "aria-label", "alt", "placeholder"];
  function bare(text) {
    const less = text.replace(/[\u2066\u2068]([^\u2066-\u2069]*)\u2069/g, "$1");
    return less === text ? text : bare(less);
  }
  const hides = (text) => visible(bare(text)) !== bare(text);
  const tell = (list, node) => list.push((node.outerHTML ?? node.textContent).slice(0, 200));
  function read(list, node, text) {
    found.texts += 1;
    said.add(text);
    if (hides(text)) tell(list, node);
  }
  function look(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentNode.closest?.("script, style, textarea, .hidden")) read(found.hidden, node, node.textContent);
      return;
    }
    for (const { name, value } of node.attributes ?? []) {
      if (name.startsWith("on")) tell(found.made, node);
      if (TOLD.includes(name)) read(found.hidden, node, value);
      if (/^(src|href|xlink:href|style|action|formaction|data|background)$/.test(name) && (value.includes(HOST) || value.includes(FIRED)) && node.localName !== "a") tell(found.made, node);
    }
    if (node.localName === "a" && node.hasAttribute("href") && !node.getAttribute("href").startsWith("#")) {
      const web = ["http:", "https:"].includes(node.protocol);
      const shut = node.origin === own || (node.target === "_blank" && node.relList.contains("noopener"));
      if (web && shut) found.links += 1;
      else tell(found.made, node);
    }
    if (["input", "textarea"].includes(node.localName)) said.add(node.value); // a field shows what is in it as it is
    if (node.shadowRoot) look(node.shadowRoot);
    for (const child of node.childNodes) look(child);
  }
  look(document);
  return { ...found, said: [...said] };
}
