// Writes what the page shows in figures, as the page says them, in the dashboard's language.

const bridge = (window.bordermapBridge ??= {});

export default function ({ data: { words, locale }, parentElement }) {
  const figure = (name) => parentElement.querySelector(`[data-figure=${name}]`);
  const number = (value) => (Number.isInteger(value) ? value.toLocaleString(locale) : "–");

  function show(shown) {
    bridge.figures = shown; // another language writes them again
    for (const name of ["events", "claims", "sources", "disputed", "unmade"]) figure(name).textContent = number(shown?.[name]);
    figure("of").textContent = Number.isInteger(shown?.of) ? ` ${words.of} ${number(shown.of)}` : "";
  }

  for (const node of parentElement.querySelectorAll("[data-word]")) node.textContent = words[node.dataset.word];
  bridge.show = show;
  show(bridge.figures);
  return () => {
    if (bridge.show === show) bridge.show = null;
  };
}
