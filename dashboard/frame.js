// Keeps the page in its sandboxed iframe, and carries messages between it and the dashboard.

// Pages by their key, for as long as the browser's tab lives: back on the map, none is asked for twice.
const pages = new Map();
const PAGES_KEPT = 2;

// Pixels below the map, and the least height of a map that is still one.
const MARGIN = 8;
const SMALLEST = 480;

// For so long a hand that has left the slider knows better than a server that still answers an earlier move.
const HAND_COUNTS_MS = 2000;

// While a hand moves the slider, the address follows it at most so often: browsers count what writes to it.
const WRITE_MS = 150;

// What is opened stands in the browser's history as a step of its own.
const STEPS = ["event", "story"];

// For so long the page's next word waits for the server's answer to the last.
const ANSWER_MS = 2000;

// For so long the server may say back what the page has said, as if the reader had gone there.
const ECHO_MS = 3000;

// The day's slider: the key is map_page.py's, the rest Streamlit's.
const SLIDER = ".st-key-day";
const thumbIn = (state) => document.querySelector(`${SLIDER} ${state} input[type=range]`);

// What the components of the dashboard share: `told` and `say` are the wire's, `show` the figures'.
const bridge = (window.bordermapBridge ??= {});

const mounts = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!mounts.has(parentElement)) mounts.set(parentElement, mount(parentElement));
  const frame = mounts.get(parentElement);
  if (data.html) keep(data.key, data.html);
  if (pages.has(data.key)) frame.show(data);
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
  let shown = {}; // the page in the iframe: its key, and the day it opens on
  let ready = false; // the page takes messages
  let moved = null; // the last move of the dashboard's that the page knows of
  let known = {}; // the state as the server knows it
  let held = null; // what the page said while the hand was on the slider
  let day = null; // the day that the page shows
  let place = ""; // the dashboard's page and collection that are shown
  let theme = ""; // the colours that the page was told of
  let touched = -Infinity; // when the hand last moved the slider
  let slidTo = null; // and to which day
  let asked = -Infinity; // when the server was last told something that it has not answered
  let asking = null; // what the page asks, until it is said
  let handed = ""; // the ask whose answer the page was given last
  let uttered = []; // what the server was lately told that the page said, and when

  const post = (message) => iframe.contentWindow.postMessage(message, "*");

  function set(state) {
    if (Object.keys(state).length === 0) return;
    day = state.day ?? day;
    held = null; // the page will say anew where it has come to rest
    post({ bordermap: "set", state });
  }

  // Streamlit shows a component anew when its colours change.
  function show(data) {
    if (ready && theme !== themeOf(host)) post({ bordermap: "theme", theme: (theme = themeOf(host)) });
    if (iframe) iframe.title = data.title;
    if (data.key === shown.key) return;
    shown = data;
    ready = false;
    held = null;
    iframe?.remove();
    iframe = document.createElement("iframe");
    iframe.title = data.title;
    iframe.setAttribute(
      "sandbox",
      "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads",
    );
    iframe.referrerPolicy = "no-referrer";
    iframe.srcdoc = pages.get(data.key);
    host.append(iframe);
    bridge.show?.({});
    fit();
  }

  // A sandboxed page has no origin to check, so it is known by its window.
  function hear(event) {
    if (!iframe || event.source !== iframe.contentWindow) return;
    const message = event.data;
    if (message?.bordermap === "ready") {
      ready = true;
      moved = null;
      theme = themeOf(host);
      post({ bordermap: "embed", address: location.origin + location.pathname, theme });
      follow();
      handOver();
    } else if (message?.bordermap === "ask") {
      asking = { key: shown.key, id: message.id, ask: message.ask };
      sayAsking();
    } else if (message?.bordermap === "figures") {
      bridge.show?.(message.shown);
    } else if (["state", "shown"].includes(message?.bordermap) && moved !== null && message.state) {
      bridge.show?.(message.shown);
      // `shown` answers a day that was set; when another has been set since, its own answer will come.
      if (message.bordermap === "shown" && message.state.day !== day) return;
      day = message.state.day ?? day;
      held = message.state;
      sayHeld();
    }
  }

  // The server hears only of a state that it does not know yet, so nothing goes round in a circle, and of
  // none while the hand is on the slider: where it is let go, Streamlit says itself.
  function sayHeld() {
    const state = held;
    if (!state || outrun(known.day) || thumbIn("[data-dragging]") || performance.now() - asked < ANSWER_MS) return;
    held = null;
    if (Object.keys(known).every((key) => known[key] === (state[key] ?? null))) return;
    const before = known;
    known = Object.fromEntries(Object.keys(known).map((key) => [key, state[key] ?? null]));
    write(known, STEPS.some((key) => known[key] !== null && known[key] !== before[key]));
    asked = performance.now();
    setTimeout(sayHeld, ANSWER_MS);
    bridge.say?.({ key: shown.key, state: known });
  }

  // The server reads the address, and may take one that the page has just written for the reader's.
  const recent = ({ at }) => performance.now() - at < ECHO_MS;
  const isEcho = (state) => uttered.some((said) => recent(said) && said.text === JSON.stringify(state));

  // The whole state goes to a page that has just come up; after that only what the dashboard itself has
  // moved, never what the page has said.
  function follow() {
    fit();
    place = placeOf(location);
    const told = bridge.told;
    if (!ready || told?.key !== shown.key) return;
    asked = -Infinity;
    const before = known;
    known = told.state;
    if (moved === null) {
      set(known);
      write(known);
    } else if (told.moved !== moved && !(isEcho(told.state) && !byHand())) {
      // The page knows from the hand itself where that has slid to, and may have gone on since.
      const stale = told.state.day === day || (told.slid && (told.state.day === slidTo || outrun(told.state.day)));
      const isNews = ([key, value]) => value !== before[key] && !(key === "day" && stale);
      set(Object.fromEntries(Object.entries(known).filter(isNews)));
      if (!outrun(known.day)) write(known);
    }
    moved = told.moved;
    sayHeld();
  }

  // What the page of a large set asks waits until there is who carries it.
  function sayAsking() {
    if (!asking || !bridge.ask) return;
    bridge.ask(asking);
    asking = null;
  }

  // The answer to what was asked last.
  function handOver() {
    sayAsking();
    const { key, id, answer } = bridge.answer ?? {};
    if (ready && key === shown.key && id !== handed) post({ bordermap: "answer", id: (handed = id), answer });
  }

  // The reader went back or forward: the page is told from here, and Streamlit tells the server. Where that leads
  // to another page or collection, the server shows it.
  function goBack() {
    if (!ready || placeOf(location) !== place) return;
    const query = new URLSearchParams(location.search);
    const before = known;
    known = Object.fromEntries(Object.keys(known).map((key) => [key, query.get(key)]));
    known.day ??= shown.opening;
    uttered = [];
    set(Object.fromEntries(Object.entries(known).filter(([key, value]) => value !== before[key] || key === "day")));
  }

  // Streamlit tells the server where a slider stands when it is let go. The page is told from here, so that
  // the map moves under the hand. Only what changes under a hand counts: a slider that the server moves,
  // because the page has said a new day, must not send the page back to it.
  let stood = null; // where the thumb stood when the hand last moved it; null where no hand is on it
  function touch(event) {
    const thumb = thumbIn("");
    if (!ready || !thumb) return;
    if (event.type === "pointerdown" || event.type === "keydown") {
      stood = event.composedPath().includes(thumb.closest(SLIDER)) ? thumb.value : null;
    }
    if (stood === null) return;
    const look = () => {
      if (stood !== null && thumb.value !== stood) {
        stood = thumb.value;
        touched = performance.now();
        slidTo = dayOf(thumb.value);
        if (slidTo !== day) set({ day: slidTo });
        clearTimeout(writing);
        if (touched - written > WRITE_MS) writeDay(thumb);
        else writing = setTimeout(() => writeDay(thumb), WRITE_MS);
      }
      sayHeld();
    };
    // A key has moved the thumb when its event is over; a dragging hand, at the latest by the next frame.
    setTimeout(look);
    requestAnimationFrame(() => {
      look();
      if (event.type === "pointerup") writeDay(thumb);
      if (event.type !== "pointerdown" && event.type !== "pointermove") stood = null;
    });
  }

  // The address says where the hand has put the slider.
  let written = -Infinity;
  let writing = 0;
  function writeDay(thumb) {
    clearTimeout(writing);
    written = performance.now();
    if (known.day && thumb.isConnected) write({ ...known, day: dayOf(thumb.value) });
  }

  const byHand = () => performance.now() - touched < HAND_COUNTS_MS;

  // Whether the hand has moved the slider on since the server heard of this day: it will hear of the rest.
  function outrun(heard) {
    const thumb = thumbIn("");
    return Boolean(thumb) && byHand() && dayOf(thumb.value) !== heard;
  }

  // What the page says stands in the address at once: what it has opened as a step, to which the browser's Back
  // returns; all else in place of what was there, so that a map that plays leaves no trail of days. The same as
  // View.address.
  function write(state, isStep = false) {
    uttered = [...uttered.filter(recent), { text: JSON.stringify(state), at: performance.now() }];
    const query = new URLSearchParams(location.search);
    for (const [key, value] of Object.entries(state)) {
      query.delete(key);
      if (value !== null && !(key === "day" && value === shown.opening)) query.set(key, value);
    }
    const address = `${location.pathname}${query.size ? "?" : ""}${query}`;
    if (address === location.pathname + location.search) return;
    if (isStep) history.pushState({}, "", address);
    else history.replaceState(history.state, "", address);
  }

  // The map takes what the window has left below the controls.
  function fit() {
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = host.getBoundingClientRect().top + scrolled;
    host.style.height = `${Math.max(window.innerHeight - top - MARGIN, SMALLEST)}px`;
  }

  const listened = [
    [window, "message", hear],
    [window, "resize", fit],
    [window, "popstate", goBack],
    [document, "pointerdown", touch],
    [document, "pointermove", touch],
    [document, "pointerup", touch],
    [document, "pointercancel", touch],
    [document, "keydown", touch],
  ];
  for (const [target, type, listener] of listened) target.addEventListener(type, listener, true);
  // The controls grow while Streamlit lays them out, after the map was measured.
  const controls = document.querySelector(".st-key-controls");
  const grown = new ResizeObserver(fit);
  if (controls) grown.observe(controls);
  bridge.follow = follow;
  bridge.handOver = handOver;

  function end() {
    grown.disconnect();
    for (const [target, type, listener] of listened) target.removeEventListener(type, listener, true);
    if (bridge.follow === follow) bridge.follow = null;
    if (bridge.handOver === handOver) bridge.handOver = null;
    mounts.delete(parent);
    iframe?.remove();
  }

  return { show, end };
}

const placeOf = ({ pathname, search }) => `${pathname} ${new URLSearchParams(search).get("collection")}`;

// Streamlit's colours are told by what it asks of the browser's own controls.
const themeOf = (node) => (getComputedStyle(node).colorScheme.includes("dark") ? "dark" : "light");

// Streamlit keeps a day as microseconds since 1970.
const dayOf = (value) => new Date(Number(value) / 1000).toISOString().slice(0, 10);
