// Keeps the name that a reviewer has written on this machine, in their own browser, and gives it back at the next visit.

const KEPT = "bordermap.reviewer";

// A browser that keeps nothing refuses to be asked.
function quietly(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

// `instead` is whom the environment names: a name is given back only where it was written instead of the same.
export default function ({ data: { name, instead, written }, setTriggerValue }) {
  if (written) {
    quietly(() => (name === instead ? localStorage.removeItem(KEPT) : localStorage.setItem(KEPT, JSON.stringify({ name, instead }))));
    return;
  }
  const kept = quietly(() => JSON.parse(localStorage.getItem(KEPT)));
  if (kept?.instead === instead && kept.name !== name) setTriggerValue("kept", kept.name);
}
