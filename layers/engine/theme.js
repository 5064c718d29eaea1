// The colours of the page, light and dark: Okabe and Ito's, which colour-blind readers tell apart.
"use strict";

bordermap.theme = (() => {
  const LIGHT = {
    name: "light",
    layers: ["#d55e00", "#0072b2", "#009e73", "#6f6a60"],
    letters: ["#a84700", "#00588a", "#006a4e", "#5d584f"], // the same hues, dark enough to be read
    ink: "#26221b", paper: "#fdfcf8", halo: "rgba(247,244,236,0.9)", quiet: "#8d8471", axis: "#cfc8b6", soft: "#6a6355", badge: "#fff",
    ground: {
      beyond: "#efece4", water: "#d9e6ea", land: "#f7f4ec", lake: "#d2e2ea", river: "#b4d0df",
      division: "#ddd6c5", boundary: "#8d8471", edge: "rgba(141,132,113,0.16)", contested: "#8f8570",
    },
    names: { country: "#716649", division: "#72684d", river: "#37677f", city: "#3b362c", town: "#575044", crossing: "#575044", base: "#575044" },
  };
  const DARK = {
    name: "dark",
    layers: ["#ff8f3f", "#5cb8f0", "#35c99b", "#a8a196"],
    letters: ["#ff8f3f", "#5cb8f0", "#35c99b", "#a8a196"],
    ink: "#f2eee4", paper: "#1b1a18", halo: "rgba(34,33,31,0.9)", quiet: "#8f8878", axis: "#4a463d", soft: "#b3ab9b", badge: "#141312",
    ground: {
      beyond: "#191816", water: "#1a252b", land: "#23221f", lake: "#1d2d35", river: "#2f4855",
      division: "#37342d", boundary: "#857d6b", edge: "rgba(133,125,107,0.2)", contested: "#7d7565",
    },
    names: { country: "#9a8f76", division: "#968d79", river: "#7fa9bf", city: "#ddd6c6", town: "#bcb4a3", crossing: "#bcb4a3", base: "#bcb4a3" },
  };
  // What is drawn once for both: the properties of styles/base.css.
  const PAGE = {
    layers: ["var(--crossings)", "var(--withdrawals)", "var(--deployments)", "var(--context)"],
    letters: ["var(--crossings)", "var(--withdrawals)", "var(--deployments)", "var(--context)"],
    ink: "var(--ink)", paper: "var(--paper)", quiet: "var(--quiet)", badge: "var(--badge)",
  };
  const prefersDark = globalThis.matchMedia?.("(prefers-color-scheme: dark)");

  const theme = { now: LIGHT, use, within, asPage, onChange, follow };
  const listeners = [];
  let host = null; // the colours of the dashboard around the page

  // Take the light or the dark colours; `auto` is what the dashboard shows, or else what the reader's system asks for.
  function use(choice) {
    const dark = host === null ? prefersDark?.matches : host === "dark";
    theme.now = choice === "dark" || (choice === "auto" && dark) ? DARK : LIGHT;
    document.documentElement.dataset.theme = theme.now.name;
  }

  function onChange(listener) {
    listeners.push(listener);
    prefersDark?.addEventListener("change", listener);
  }

  // Take the dashboard's colours wherever the reader has chosen none.
  function follow(name) {
    if (name === host || !["light", "dark"].includes(name)) return;
    host = name;
    for (const listener of listeners) listener();
  }

  // Paint something in the light colours, as a picture for print and web is.
  function within(paint) {
    return taking(LIGHT, paint);
  }

  // Draw something that takes the page's colours, and follows them when they change.
  function asPage(paint) {
    return taking(PAGE, paint);
  }

  function taking(colours, paint) {
    const { now } = theme;
    theme.now = colours;
    try {
      return paint();
    } finally {
      theme.now = now;
    }
  }

  return theme;
})();
