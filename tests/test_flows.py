"""The table of flows in a real browser: nothing is added twice, what is left out is said, no number is made up."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import csv
import io

import pytest
from collections_made import (
    ABOUT_2000,
    ACTOR,
    FROM_ELVAS,
    ON_THE_SEVENTH,
)
from pages import browser, exported, made, page, shared
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PEOPLE, FAMILIES = 0, 3
UNSAID, OPEN = -1, -2
REPORTED, CONFIRMED, DENIED, PLANNED, REQUESTED, REJECTED = range(6)


def moved(**more):
    """Give a movement as the rule takes it: ten people on the first day, of actor 1; none are numbered the same."""
    usual = {
        "from": 1,
        "to": 2,
        "start": 1,
        "end": 1,
        "actors": [1],
        "status": REPORTED,
        "disputed": 0,
        "roots": 1,
        "claims": 1,
        "unit": PEOPLE,
        "low": 10,
        "high": 10,
        "parents": [],
        "groups": [],
    }
    return {**usual, **more}


OTHERS = {"actors": [2]}
THIRD = {"actors": [3]}

# Movements of one flow, the events that are counted, the range of people, and why events are left out.
CASES = {
    "two groups on one day are added": ([moved(), moved(**OTHERS)], [0, 1], (20, 20), {}),
    "one group on two days is added": ([moved(), moved(start=2, end=2)], [0, 1], (20, 20), {}),
    "one group on meeting days is one": (
        [moved(end=3), moved(start=3, end=4, low=30, high=30)],
        [0],
        (10, 10),
        {"overlap": [1]},
    ),
    "of two that may be the same the one with more sources stands": (
        [moved(), moved(roots=2, low=30, high=30)],
        [1],
        (30, 30),
        {"overlap": [0]},
    ),
    "of as many sources the one with more claims stands": (
        [moved(roots=2), moved(roots=2, claims=4, low=30, high=30)],
        [1],
        (30, 30),
        {"overlap": [0]},
    ),
    "who names nobody may be anybody": ([moved(), moved(actors=[])], [0], (10, 10), {"overlap": [1]}),
    "anybody may have been nobody named": (
        [moved(), moved(actors=[], roots=2), moved(**OTHERS)],
        [1],
        (10, 10),
        {"overlap": [0, 2]},
    ),
    "by a day may have been on any day before": (
        [moved(), moved(start="-Infinity", end=9, roots=2)],
        [1],
        (10, 10),
        {"overlap": [0]},
    ),
    "what overlaps only what is left out is added": (
        [moved(actors=[1], roots=3), moved(actors=[1, 2], roots=2), moved(actors=[2])],
        [0, 2],
        (20, 20),
        {"overlap": [1]},
    ),
    "disputed is not added": ([moved(), moved(**OTHERS, disputed=1)], [0], (10, 10), {"disputed": [1]}),
    "denied, planned, asked for and refused are not added": (
        [
            moved(status=CONFIRMED),
            *(moved(actors=[status], status=status) for status in (DENIED, PLANNED, REQUESTED, REJECTED)),
        ],
        [0],
        (10, 10),
        {"denied": [1], "planned": [2], "requested": [3], "rejected": [4]},
    ),
    "a part is not added to its whole": (
        [moved(low=50, high=50), moved(**OTHERS, parents=[0])],
        [0],
        (50, 50),
        {"part": [1]},
    ),
    "a part whose whole is not shown stands": ([moved(parents=[99])], [0], (10, 10), {}),
    "a part of what was only planned stands": (
        [moved(status=PLANNED), moved(**OTHERS, parents=[0])],
        [1],
        (10, 10),
        {"planned": [0]},
    ),
    "a number given for both is added once": (
        [moved(groups=[7]), moved(**OTHERS, groups=[7]), moved(**THIRD)],
        [0, 1, 2],
        (20, 20),
        {},
    ),
    "an open end stays open": ([moved(high=OPEN), moved(**OTHERS)], [0, 1], (20, OPEN), {}),
    "what rests on a retracted report adds nothing": (
        [moved(), moved(**OTHERS, rests=1)],
        [0],
        (10, 10),
        {"retracted": [1]},
    ),
    "at most so many adds to the upper end only": (
        [moved(low=UNSAID), moved(**OTHERS)],
        [0, 1],
        (10, 20),
        {},
    ),
}

RULE = """
(movements) => bordermap.flowcount.flowsOf(movements.map((movement, event) => ({
  ...movement, event, start: movement.start === "-Infinity" ? -Infinity : movement.start,
}))).map(({ counted, numbers, unnumbered, left }) => ({
  counted: counted.map(({ event }) => event).sort(),
  numbers: numbers.map(({ unit, low, high, added, wide }) => ({ unit, low, high, added: added.map(({ event }) => event), wide })),
  unnumbered,
  left: Object.fromEntries(Object.entries(left).map(([reason, those]) => [reason, those.map(({ event }) => event).sort()])),
}))
"""


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_added_twice(page, case):
    """Of the movements of a flow those are added that stand, each once, and the others are named by reason."""
    movements, counted, (low, high), left = CASES[case]
    (flow,) = page.page.evaluate(RULE, movements)
    assert flow["counted"] == counted
    (number,) = flow["numbers"]
    assert (number["low"], number["high"]) == (low, high)
    assert flow["left"] == left


def test_units_are_never_added_together(page):
    """People and families of one flow are two numbers, and what has no number is counted by itself."""
    movements = [
        moved(),
        moved(**OTHERS, unit=FAMILIES, low=200, high=999),
        moved(**THIRD, low=UNSAID, high=UNSAID),
    ]
    (flow,) = page.page.evaluate(RULE, movements)
    assert [(number["unit"], number["low"]) for number in flow["numbers"]] == [(PEOPLE, 10), (FAMILIES, 200)]
    assert flow["unnumbered"] == 1


def test_flows_are_apart_by_their_ends(page):
    """There and back are two flows, and neither takes from the other."""
    flows = page.page.evaluate(RULE, [moved(), moved(**{"from": 2, "to": 1})])
    assert [flow["counted"] for flow in flows] == [[0], [1]]


def test_a_number_that_covers_two_flows_is_in_no_sum(page):
    """A number given for two flows together stands alone in each, and is left out where there is another to add."""
    movements = [moved(groups=[7]), moved(to=3, groups=[7]), moved(**OTHERS, to=3)]
    first, second = page.page.evaluate(RULE, movements)
    assert first["numbers"][0]["wide"]
    assert second["numbers"][0]["added"] == [2]
    assert second["left"] == {"shared": [1]}


def test_of_thousands_none_is_added_twice(page):
    """Of twenty thousand movements each is added or left out, and no two that are added share an actor and a day."""
    added, left, twice = page.page.evaluate(
        """() => {
          const moved = (event) => ({ event, from: 1, to: 2, start: event % 60, end: event % 60 + 2, actors: [event % 40, 50 + event % 7],
            status: 0, disputed: 0, roots: event % 5, claims: 1, unit: 0, low: 10, high: 20, parents: [], groups: [] });
          const [{ counted, left }] = bordermap.flowcount.flowsOf(Array.from({ length: 20000 }, (_, event) => moved(event)));
          const taken = new Set();
          let twice = 0;
          for (const { actors, start, end } of counted) {
            for (const actor of actors) {
              for (let day = start; day <= end; day++) twice += taken.has(`${actor} ${day}`);
              for (let day = start; day <= end; day++) taken.add(`${actor} ${day}`);
            }
          }
          return [counted.length, left.overlap.length, twice];
        }"""
    )
    assert added + left == 20_000
    assert added > 50
    assert twice == 0


# The table


@pytest.fixture
def table(made):
    """Open the table of a made-up collection; called with the collection's parts."""

    def open_(**parts):
        reader = made(options={"accept_downloads": True}, **parts)
        reader.by("flows").locator("summary").click()
        return reader

    return open_


SEEN = {**FROM_ELVAS, **ON_THE_SEVENTH}
MORE_THAN_500 = {
    "count_text": "more than 500",
    "count": "500",
    "count_qualifier": "at_least",
    "count_low": "500",
    "count_unit": "people",
}


def two_groups(**second):
    """Two events of one day and flow, by different actors: about 2,000, and more than 500."""
    return {
        "events": [{}, {"title": "Others cross"}],
        "actors": [ACTOR, {"actor": "riders", "name": "Riders"}],
        "claims": [
            {**SEEN, **ABOUT_2000, "actors": "walkers"},
            {**SEEN, **MORE_THAN_500, "actors": "riders", "event_id": "e2", **second},
        ],
    }


def test_a_sum_says_that_it_is_one(table):
    """Two events of one flow are at least 2,300 people together, and the number of them opens both."""
    reader = table(**two_groups())
    line = reader.by("flows").locator("tbody tr").first
    expect(line.locator("th")).to_have_text("Elvas")
    expect(line).to_contain_text("at least 2,300 people together (2 events)")
    line.get_by_role("button", name="2").click()
    expect(reader.by("panel")).to_contain_text("Some cross")
    expect(reader.by("panel")).to_contain_text("Others cross")


def test_a_single_event_keeps_its_words_and_the_planned_is_named(table):
    """One event that stands is told in its own words; the planned one is left out, and a button opens it."""
    reader = table(**two_groups(status="planned"))
    lines = reader.by("flows").locator("tbody tr")
    expect(lines.first.locator("p")).to_have_text("2,000 or so")
    expect(lines.nth(1)).to_have_text("Left out:1 planned")
    lines.nth(1).get_by_role("button", name="1 planned").click()
    expect(reader.by("panel").locator("h2")).to_have_text("Others cross")


def test_the_table_is_one_for_every_reader(page):
    """The table has a caption that says its days, headings by column and row, and follows the clock while open."""
    page.by("flows").locator("summary").click()
    table = page.by("flows").get_by_role("table")
    expect(table.locator("caption")).to_have_text("Crossings and withdrawals, 7 Dec 2024")
    expect(table.locator("th[scope=col]")).to_have_count(4)
    assert table.locator("th[scope=row]").count() == table.locator("tbody").count()
    page.to_day("2024-12-02")
    expect(table.locator("caption")).to_have_text("Crossings and withdrawals, 2 Dec 2024")
    expect(table).to_contain_text("some 200 / 100s (disputed)")
    expect(table.get_by_role("button", name="1 disputed")).to_be_visible()


def test_the_disputed_crossing_is_in_no_sum(page):
    """The crossing at al-Qaim, whose number and day are disputed, is left out by name on 7 December."""
    page.by("flows").locator("summary").click()
    page.by("flows").get_by_role("button", name="1 disputed").first.click()
    expect(page.by("panel").locator("h2")).to_have_text("Syrian soldiers cross into Iraq at al-Qaim")


def test_filters_and_what_was_known_narrow_the_table(page):
    """A layer that is off has no flows, and as known on 1 December nothing of 7 December is in the table."""
    page.by("flows").locator("summary").click()
    rows = page.by("flows").locator("tbody")
    all_rows = rows.count()
    page.page.get_by_role("button", name="Withdrawals").click()
    expect(rows).not_to_have_count(all_rows)
    page.page.evaluate("bordermap.app.state.set({ known: bordermap.app.state.firstDay })")
    expect(page.by("flows")).to_contain_text("No crossing or withdrawal is shown")


LATER = {"reported": "2024-12-10"}

# What is only said later of the second group, and what the table says then.
LEARNT = {
    "that the number is for both": (
        {**ABOUT_2000, "statement_id": "both"},
        "2,000 or so, for 2 events together",
    ),
    "that it is part of the first": ({"relation": "part_of", "relates_to": "c1"}, "1 part of another"),
}


@pytest.mark.parametrize("what", LEARNT)
def test_flows_know_nothing_that_was_reported_later(table, what):
    """Two groups are added as long as nobody had reported what binds them."""
    more, words = LEARNT[what]
    parts = two_groups(**ABOUT_2000)
    parts["claims"][0]["statement_id"] = "both"
    parts["claims"].append({**SEEN, **more, **LATER, "actors": "riders", "event_id": "e2"})
    flows = table(**parts).by("flows")
    expect(flows).to_contain_text(words)
    flows.page.evaluate("bordermap.app.state.set({ known: bordermap.words.dayOf('2024-12-09') })")
    expect(flows).to_contain_text("3,600 to 4,400 people together (2 events)")
    expect(flows).not_to_contain_text(words)


def test_the_days_of_very_many_movements_are_found(page):
    """Two hundred thousand movements of one flow have a first and a last day."""
    span = page.page.evaluate(
        "bordermap.app.parts.flows.span(Array.from({ length: 200000 }, (_, day) => ({ start: day, end: day + 1 })))"
    )
    assert span == [0, 200_000]


def test_a_closed_table_counts_nothing(page):
    """While the table is folded away a step of the clock does not count flows."""
    assert (
        page.page.evaluate(
            """() => {
          let counted = 0;
          const { flows } = bordermap.app.parts;
          flows.writeTable = () => counted++;
          bordermap.app.state.set({ day: bordermap.app.state.day + 1 });
          delete flows.writeTable;
          return counted;
        }"""
        )
        == 0
    )


def test_the_download_holds_no_formula(table):
    """The CSV has a line a flow with its range, and a cell that begins like a formula begins with an apostrophe."""
    parts = two_groups()
    parts["claims"][1]["status"] = "planned"
    parts["claims"][0]["count_text"] = '=HYPERLINK("x")'
    reader = table(**parts)
    with reader.page.expect_download() as downloading:
        reader.by("flows").get_by_role("button", name="Download as CSV").click()
    assert downloading.value.suggested_filename == "flows-2024-12-07.csv"
    text = downloading.value.path().read_text(encoding="utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text))
    assert line["count_texts"] == '\'=HYPERLINK("x")'
    assert (line["origin"], line["destination"]) == ("Elvas", "Badajoz")
    assert (line["count_low"], line["count_high"], line["count_unit"]) == ("1800", "2200", "people")
    assert (line["left_planned"], line["event_ids"]) == ("1", "e1")


def test_the_download_says_of_each_line_what_it_is_of(table):
    """Citation, licence, version, digest, days and what was known stand on every line of the CSV."""
    reader = table(**two_groups(count_unit="vehicles"))
    facts = reader.page.evaluate("bordermap.app.data.facts")
    reader.page.evaluate("bordermap.app.state.set({ known: bordermap.words.dayOf('2024-12-09') })")
    lines = downloaded(reader)
    assert len(lines) == 2
    for line in lines:
        for name in ("citation", "licence", "version", "digest"):
            assert line[name] == facts[name], name
        assert (line["first_day"], line["last_day"], line["known"]) == (
            "2024-12-07",
            "2024-12-07",
            "2024-12-09",
        )


def test_lines_of_one_flow_say_that_they_are(table):
    """A flow of two units has two lines under one number, each of which says that there are two."""
    lines = downloaded(table(**two_groups(count_unit="vehicles")))
    assert [(line["flow"], line["lines_of_flow"], line["count_unit"]) for line in lines] == [
        ("1", "2", "people"),
        ("1", "2", "vehicles"),
    ]


def downloaded(reader):
    """The lines of the table's CSV."""
    text = reader.page.evaluate(
        "(() => { const { flows } = bordermap.app.parts; return flows.csv(flows.flows()); })()"
    )
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


SAME = """
(movements) => {
  const flows = bordermap.flowcount.flowsOf(movements.map((movement, event) => ({ ...movement, event })));
  bordermap.flowcount.noteSame(flows);
  return flows.map(({ same }) => same.map(({ to }) => to));
}
"""


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ({"to": 3}, [[], []]),
        ({"to": 3, "wideTo": True}, [[3], [2]]),
        ({"to": 3, "wideTo": True, "actors": [2]}, [[], []]),
        ({"to": 3, "wideTo": True, "start": 5, "end": 5}, [[], []]),
        ({"to": 3, "wideTo": True, "from": 4}, [[], []]),
    ],
)
def test_rows_that_may_tell_of_one_movement_say_so(page, second, same):
    """Two rows whose ends may hold each other, of one actor on meeting days, name each other; others do not."""
    assert page.page.evaluate(SAME, [moved(), moved(**second)]) == same


def test_the_table_names_the_rows_that_may_be_the_same(page):
    """So far, a crossing from the country and one from its region are said to be perhaps the same movement."""
    page.to_day("2024-12-29", mode="sofar")
    page.by("flows").locator("summary").click()
    expect(page.by("flows").get_by_text("May in part be the same movement as").first).to_be_visible()
