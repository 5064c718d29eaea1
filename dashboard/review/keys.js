// The keys of the review; where a field is being filled in they are letters.

const LETTERS = { a: "accept", e: "edit", w: "withhold", r: "reject", u: "undo", j: "next", k: "previous", n: "undecided" };
const OTHERS = { ArrowDown: "next", ArrowUp: "previous", "?": "help" };

// The field that is filled in by keys, be it in a shadow tree; null where there is none. A tick takes no letters.
function fieldOf(event) {
  const [target] = event.composedPath();
  const isField = target instanceof HTMLElement && (target.matches("input:not([type=checkbox], [type=radio]), select, textarea") || target.isContentEditable);
  return isField ? target : null;
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const isTick = event.composedPath()[0].matches?.("input");
  if (isTick && event.key === "Escape") return "leave";
  if (isTick && event.composedPath()[0].type === "radio" && event.key.startsWith("Arrow")) return null; // goes among its choices
  if (OTHERS[event.key]) return OTHERS[event.key];
  // On a keyboard of another script the key is known by where it lies.
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : "";
  return LETTERS[letter] ?? null;
}

// Streamlit has keys of its own, R among them: what is the review's goes no further.
function listenTo(host, review) {
  const touch = () => (review.hand += 1);
  const press = (event) => {
    if (!host.isConnected || review.isAsking()) return;
    touch();
    const field = fieldOf(event);
    if (field) {
      if (event.key !== "Escape" || !event.composedPath().includes(host)) return;
      review.leave();
    } else {
      const inside = event.composedPath().includes(host) || event.target === document.body;
      const what = keyed(event);
      if (!what || !inside) return;
      review.press(what);
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", press, true);
  host.addEventListener("pointerdown", touch, true);
  return () => {
    window.removeEventListener("keydown", press, true);
    host.removeEventListener("pointerdown", touch, true);
  };
}
