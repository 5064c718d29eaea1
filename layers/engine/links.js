// Addresses that bring a reader back: to the picture, to one event, and into another page.
"use strict";

bordermap.links = (() => {
  const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";
  const WEB = /^https?:\/\//;

  // Where the page is found and whether its keys stand in the query: the collection's own address, else
  // the dashboard's, else the file's; null in a frame whose host does not say.
  function base({ facts }) {
    if (WEB.test(facts.url)) return { address: facts.url.split("#")[0], mark: "#" };
    if (bordermap.bridge.embedded()) {
      const { address } = bordermap.bridge;
      return address ? { address: address.split(/[?#]/)[0], mark: "?" } : null;
    }
    return { address: globalThis.location.href.split("#")[0], mark: "#" };
  }

  function to(data, written) {
    const found = base(data);
    return found ? `${found.address}${found.mark}${new URLSearchParams(written)}` : "";
  }

  // Whether a link opens on this computer alone, as that of a file that has not been published does.
  const HERE = /^(file:|https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/])/;
  const onlyHere = (data) => HERE.test(base(data)?.address ?? "");

  const ofPicture = (state) => to(state.data, bordermap.address.write(state));

  // The event on its day, as far as it was known.
  function ofEvent(state, event = state.event) {
    if (event < 0) return "";
    const { day, known, lang } = bordermap.address.write(state);
    return to(state.data, { day, ...(known && { known }), ...(lang && { lang }), event: state.data.eventId(event) });
  }

  // The name of the file that the reader has before them, or would save.
  function file({ facts }) {
    const name = decoded(globalThis.location.pathname.split("/").at(-1) ?? "");
    return /\.html?$/.test(name) ? encodeURIComponent(name) : `${safeName(facts.name)}.html`;
  }

  function decoded(name) {
    try {
      return decodeURIComponent(name);
    } catch {
      return name;
    }
  }

  // The page in a frame of another page; a title can be hostile, and the address is of the collection or relative.
  function embed(state) {
    const { facts } = state.data;
    const { escaped } = bordermap.svgfile;
    const address = WEB.test(facts.url) ? facts.url.split("#")[0] : file(state.data);
    const source = `${address}#${new URLSearchParams(bordermap.address.write(state))}`;
    const title = bordermap.heading.titleOf(facts);
    return `<iframe src="${escaped(source)}" title="${escaped(title)}" width="100%" height="640" ` +
      `sandbox="${SANDBOX}" loading="lazy" referrerpolicy="no-referrer"></iframe>`;
  }

  // Letters that every disk takes.
  const safeName = (name) => String(name ?? "").normalize("NFKD").replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "map";

  return { ofPicture, ofEvent, onlyHere, embed, safeName };
})();
