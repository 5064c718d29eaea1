// What somebody else has done meanwhile beside what the reviewer was about to save; neither overwrites the other.

function conflict(words, { changed, mine, theirs, isKept }, { take, again }) {
  const columns = Object.keys(mine).filter((column) => words.table[`reviewField_${column}`] && mine[column] !== (theirs[column] ?? ""));
  const cell = (text) => said("td", text || "–");
  const rows = isKept ? columns.map((column) => make("tr", {}, make("th", { scope: "row", text: words.say(`reviewField_${column}`) }), cell(theirs[column]), cell(mine[column]))) : [];
  const head = make("tr", {}, make("td"), make("th", { scope: "col", text: words.say("reviewTheirs") }), make("th", { scope: "col", text: words.say("reviewYours") }));
  const button = (word, act) => {
    const node = make("button", { type: "button", text: words.say(word) });
    node.addEventListener("click", act);
    return node;
  };
  const told = words.told(`reviewMeanwhile_${changed.verb}`, { who: changed.who, when: words.time(changed.when) });
  return make(
    "section",
    { className: "note conflict", role: "alert" },
    make("p", { className: "head" }, ...told),
    make("p", { text: words.say("reviewNothingOverwritten") }),
    rows.length ? make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)) : null,
    make("div", { className: "buttons" }, button("reviewTakeTheirs", take), button("reviewMendAgain", again)),
  );
}
