// Keeps the page in its sandboxed iframe, and carries messages between it and the dashboard.

// Pages by their key, for as long as the browser's tab lives: back on the map, none is asked for twice.
const pages = new Map();
const PAGES_KEPT = 2;

// Pixels below the map, and the least height of a map that is still one.
const MARGIN = 8;
const SMALLEST = 480;

// What this frame shares with the small component that goes along with each rerun (wire.js).
const bridge = (window.bordermapBridge ??= { told: null, say: null, follow: null });

const mounts = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  if (!mounts.has(parentElement)) mounts.set(parentElement, mount(parentElement));
  const frame = mounts.get(parentElement);
  if (data.html) keep(data.key, data.html);
  if (pages.has(data.key)) frame.show(data.key, data.title);
  else setTriggerValue("want", data.key);
  return frame.end;
}

function keep(key, html) {
  pages.delete(key);
  pages.set(key, html);
  if (pages.size > PAGES_KEPT) pages.delete(pages.keys().next().value);
}

function mount(parent) {
  const host = parent.querySelector(".frame");
  let iframe = null;
  let shown = null; // key of the page in the iframe
  let ready = false; // the page takes messages
  let moved = -1; // the last move of the dashboard's that the page knows of
  let day = null; // the last day that was sent

  const post = (message) => iframe.contentWindow.postMessage(message, "*");

  function show(key, title) {
    if (key === shown) return;
    shown = key;
    ready = false;
    iframe?.remove();
    iframe = document.createElement("iframe");
    iframe.title = title;
    iframe.setAttribute(
      "sandbox",
      "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads",
    );
    iframe.referrerPolicy = "no-referrer";
    iframe.srcdoc = pages.get(key);
    host.append(iframe);
    fit();
  }

  // A sandboxed page has no origin to check, so it is known by its window.
  function hear(event) {
    if (!iframe || event.source !== iframe.contentWindow) return;
    const message = event.data;
    if (message?.bordermap === "ready") {
      ready = true;
      moved = -1;
      post({ bordermap: "embed" });
      follow();
    } else if (message?.bordermap === "state" && ready && bridge.told?.key === shown) {
      bridge.say?.({ key: shown, state: message.state, shown: message.shown });
    }
  }

  // The whole state goes to a page that has just come up; after that only the dashboard's own moves
  // go, never what the page has said itself.
  function follow() {
    fit();
    const told = bridge.told;
    if (!ready || told?.key !== shown || told.moved === moved) return;
    const first = moved < 0;
    moved = told.moved;
    day = told.state.day;
    post({ bordermap: "set", state: first ? told.state : { day } });
  }

  // Streamlit tells the server where a slider stands only when it is let go. While it is dragged the page
  // is told from here, so that the map moves under the hand.
  function drag() {
    const thumb = document.querySelector(".st-key-day [data-dragging] input[type=range]");
    if (!thumb || !ready) return;
    const dragged = new Date(Number(thumb.value) / 1000).toISOString().slice(0, 10);
    if (dragged === day) return;
    day = dragged;
    post({ bordermap: "set", state: { day } });
  }
  const dragSoon = () => requestAnimationFrame(drag);

  // The map takes what the window has left below the controls.
  function fit() {
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = host.getBoundingClientRect().top + scrolled;
    host.style.height = `${Math.max(window.innerHeight - top - MARGIN, SMALLEST)}px`;
  }

  window.addEventListener("message", hear);
  window.addEventListener("resize", fit);
  document.addEventListener("pointermove", dragSoon, true);
  document.addEventListener("pointerdown", dragSoon, true);
  bridge.follow = follow;

  function end() {
    window.removeEventListener("message", hear);
    window.removeEventListener("resize", fit);
    document.removeEventListener("pointermove", dragSoon, true);
    document.removeEventListener("pointerdown", dragSoon, true);
    if (bridge.follow === follow) bridge.follow = null;
    mounts.delete(parent);
    iframe?.remove();
  }

  return { show, end };
}
