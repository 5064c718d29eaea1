// Writes what the page shows in figures, as the page says them.

const bridge = (window.bordermapBridge ??= {});

export default function ({ parentElement }) {
  const figure = (name) => parentElement.querySelector(`[data-figure=${name}]`);
  const number = (value) => (Number.isInteger(value) ? value.toLocaleString("en") : "–");

  function show(shown) {
    for (const name of ["events", "claims", "sources", "disputed", "unmade"]) figure(name).textContent = number(shown?.[name]);
    figure("of").textContent = Number.isInteger(shown?.of) ? ` of ${number(shown.of)}` : "";
  }

  bridge.show = show;
  return () => {
    if (bridge.show === show) bridge.show = null;
  };
}
