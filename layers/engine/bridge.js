// Messages between the page and the dashboard that shows it; only the frame's own parent is heard.
"use strict";

bordermap.bridge = (() => {
  const VERSION = 1;
  const REST_MS = 300;

  const WEB = /^https?:\/\//;
  const bridge = { connect, embedded: () => globalThis.parent !== globalThis, address: "" };

  function connect(state, address, onEmbed, large) {
    const host = globalThis.parent;
    const post = (message) => host.postMessage(message, "*");
    let waiting = 0;
    let told = "";
    const tell = () => {
      waiting = 0;
      const written = address.write(state);
      const key = JSON.stringify(written);
      if (key === told) return;
      told = key;
      post({ bordermap: "state", state: written, shown: state.figures() });
    };
    let hearing = false;
    globalThis.addEventListener("message", (event) => {
      if (event.source !== host || typeof event.data !== "object" || event.data === null) return;
      if (event.data.bordermap === "embed") {
        if (WEB.test(event.data.address)) bridge.address = event.data.address; // where the host shows the page
        onEmbed();
      }
      if (["embed", "theme"].includes(event.data.bordermap)) bordermap.theme.follow(event.data.theme);
      if (event.data.bordermap === "answer" && large) large.take(event.data.id, event.data.answer);
      if (event.data.bordermap !== "set" || typeof event.data.state !== "object") return;
      hearing = true;
      const said = event.data.state ?? {};
      const { missing, ...choice } = address.read({ ...address.write(state), ...said }, state);
      state.set("event" in said ? { ...choice, missing } : choice); // who does not speak of events takes nothing back
      hearing = false;
      told = JSON.stringify(address.write(state));
      post({ bordermap: "shown", state: address.write(state), shown: state.figures() });
    });
    state.onChange(() => {
      // What the host has set it knows; what plays is told at most every REST_MS.
      if (!hearing && !waiting) waiting = setTimeout(tell, REST_MS);
    });
    post({ bordermap: "ready", version: VERSION });
    large?.connect(post);
  }

  return bridge;
})();
