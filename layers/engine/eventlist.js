// The days' events in words, as a list in a picture.
"use strict";

bordermap.eventlist = (() => {
  const { own, paragraph, stack, columns, named, NOTHING } = bordermap.letters;
  const { ARROW, POINT } = bordermap.layout;
  const { theme } = bordermap;
  const MOST = 200;
  const [BETWEEN, GAP] = [16, 5];

  // A block of at most so many pixels of the events behind the first `from`, with how many it has no room for as `left`:
  // that, and where they are, it says.
  function block({ data, state, from, goesOn }, { width, room = Infinity, count, k, brief }) {
    const { say } = bordermap.words;
    const column = (width - BETWEEN * (count - 1)) / count;
    const rows = bordermap.list.ordered(data, state, from + MOST).slice(from, from + MOST);
    const entries = rows.map(({ row, strength }) => entry(data, state, row, strength, column, k, brief));
    const heading = paragraph(say("events"), { size: 11.5 * k, width, colour: theme.now.ink, bold: true });
    const of = (listed) => {
      const left = state.shownCount - from - listed;
      const more = left ? paragraph(say(goesOn ? "listGoesOn" : "notListed", { n: left }), { size: 9.5 * k, width, colour: theme.now.ink, bold: true }) : NOTHING;
      return { ...stack([heading, columns(entries.slice(0, listed), { count, width: column, between: BETWEEN, gap: brief ? 3 : GAP }), more], 5), left };
    };
    let [least, most] = [0, entries.length];
    while (least < most) {
      const middle = Math.ceil((least + most) / 2);
      if (of(middle).height <= room) least = middle;
      else most = middle - 1;
    }
    return least ? named("events", of(least)) : { ...NOTHING, left: state.shownCount - from };
  }

  // One event: its mark, its title with the number as said, and how it is known; in brief only its number and days.
  function entry(data, state, row, strength, width, k, brief) {
    const { events } = data;
    const { list, words } = bordermap;
    const text = width - bordermap.key.INDENT;
    const disputed = list.disputedOn(data, row);
    const detail = [
      own(data.countTexts(row)), brief && events.status[row] === 0 ? "" : words.list("statuses")[events.status[row]],
      words.interval(events.start[row], events.end[row], events.date_kind[row], words.yearOf(state.day)),
      brief ? "" : list.sources(data, row), disputed.length ? words.say("disputedOn", { what: disputed.join(words.say("comma")) }) : "",
      data.onMap(row) ? "" : words.say("notOnMap"),
    ];
    return bordermap.key.beside(lookOf(data, row, strength), stack([
      paragraph(own(data.title(row)), { size: 9.8 * k, width: text, colour: theme.now.ink, bold: true, most: 3 }),
      paragraph(detail.filter(Boolean).join(" · "), { size: 9 * k, width: text, colour: theme.now.soft, most: 4 }),
    ]), width);
  }

  function lookOf({ events }, row, strength) {
    const still = events.mark[row] < 2 || events.mark[row] > 3;
    return {
      layer: events.layer[row], kind: events.kind[row], status: events.status[row], strength, type: still ? POINT : ARROW,
      low: events.count_low[row], high: events.count_high[row], disputed: events.disputed[row], rests: events.rests[row],
      certainty: events.certainty[row], from: still ? 0 : Math.sign(events.stub_from[row]),
    };
  }

  return { block };
})();
