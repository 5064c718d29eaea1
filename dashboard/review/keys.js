// The keys of the review; where a field is being filled in they are letters.

const LETTERS = { a: "accept", e: "edit", w: "withhold", r: "reject", u: "undo", j: "next", k: "previous", n: "undecided" };
const OTHERS = { ArrowDown: "next", ArrowUp: "previous", "?": "help" };

// The field that a key goes to, be it in a shadow tree; null where it goes to none.
function fieldOf(event) {
  const [target] = event.composedPath();
  const isField = target instanceof HTMLElement && (target.matches("input, select, textarea") || target.isContentEditable);
  return isField ? target : null;
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  if (OTHERS[event.key]) return OTHERS[event.key];
  // On a keyboard of another script the key is known by where it lies.
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : "";
  return LETTERS[letter] ?? null;
}

// Streamlit has keys of its own, R among them: what is the review's goes no further.
function listenTo(host, review) {
  const press = (event) => {
    if (!host.isConnected || review.dialog.open) return;
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
  return () => window.removeEventListener("keydown", press, true);
}
