"""An opened event in a real browser: what is disputed is drawn, claims stand side by side, one root counts once."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import datetime as dt
from contextlib import contextmanager

import pytest
from collections_made import (
    ABOUT_2000,
    ACTOR,
    EVENT,
    FROM_ELVAS,
    ON_THE_SEVENTH,
    SOURCE,
)
from pages import browser, exported, made, page, reader, shared
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

AL_QAIM = "soldiers-cross-at-al-qaim"
ENTER_SYRIA = "fighters-enter-syria"

SEVENTH = dt.date(2024, 12, 7)
SEEN = {**FROM_ELVAS, **ON_THE_SEVENTH}
OVER_5000 = {
    "count_text": "over 5,000",
    "count": "5000",
    "count_qualifier": "at_least",
    "count_low": "5000",
    "count_unit": "people",
}
UP_TO_2500 = {
    "count_text": "up to 2,500",
    "count": "2500",
    "count_qualifier": "at_most",
    "count_high": "2500",
    "count_unit": "people",
}


@pytest.fixture
def opened(made):
    """Open the page of a made-up collection with its first event open; called with the collection's parts."""

    def open_(fragment="#event=e1", **parts):
        reader = made(fragment, **parts)
        expect(reader.by("panel").locator("h2")).to_be_visible()
        return reader

    return open_


def test_an_event_that_is_open_on_other_days_says_so(opened):
    """On a day when it is not shown the opened event says so, and a button goes to a day when it is."""
    reader = opened(claims=(SEEN,))
    said = reader.page.get_by_text("Not on the days shown.")
    expect(said).to_be_hidden()
    reader.to_day("2024-12-20")
    expect(said).to_be_visible()
    reader.page.get_by_role("button", name="Go to its days").click()
    assert reader.day == "2024-12-07"
    expect(said).to_be_hidden()
    expect(reader.by("panel").locator("h2")).to_be_visible()


@pytest.mark.parametrize(
    ("fragment", "days", "said"),
    [
        (
            "#event=<b>e9</b>",
            None,
            "This link asks for the event “<b>e9</b>”, which is not in this collection.",
        ),
        ("#event=e9&lang=ar", None, "يطلب هذا الرابط الحدث «e9»، وهو ليس في هذه المجموعة."),
        ("#event=e9", (SEVENTH, SEVENTH), "“e9”, which is not on this page. The page holds only a part"),
        ("#event=e9&lang=ar", (SEVENTH, SEVENTH), "وهو ليس في هذه الصفحة"),
    ],
)
def test_a_link_to_an_event_that_is_not_here_says_so(made, fragment, days, said):
    """It names the event as the link wrote it, and is closed by its button, by Escape, or by opening another."""
    reader = made(fragment, days=days, claims=(SEEN,))
    panel = reader.by("panel")
    for close in (
        panel.get_by_role("button").click,
        lambda: reader.page.keyboard.press("Escape"),
        reader.row("Some cross").click,
    ):
        expect(panel).to_contain_text(said)
        close()
        expect(panel.locator(".bm-missing")).to_have_count(0)
        reader.page.evaluate(
            "(missing) => bordermap.app.state.set({ event: -1, missing })",
            "<b>e9</b>" if "<b>" in fragment else "e9",
        )
    assert reader.complaints == []


def test_a_link_that_asks_for_no_event_says_nothing(made):
    """Neither a link without an event nor one of none is told that it is missing."""
    for fragment in ("", "#event=none", "#event="):
        expect(made(fragment, claims=(SEEN,)).by("panel")).to_be_hidden()


def test_related_events_beyond_those_listed_are_counted(opened):
    """Of more related events than are listed it is said how many there are."""
    numbers = range(1, 203)
    follows = {"relates_to": "c1", "relation": "follows"}
    reader = opened(
        events=[{"event_id": f"e{number}"} for number in numbers],
        claims=[{**SEEN, "event_id": f"e{number}", **(follows if number > 1 else {})} for number in numbers],
    )
    related = reader.by("panel").locator(".bm-relations")
    expect(related.locator("li")).to_have_count(200)
    expect(related).to_contain_text("The first 200 of 201:")


@pytest.mark.parametrize(("count", "said"), [(300, 0), (301, 1)])
def test_claims_that_were_not_held_against_each_other_are_told(opened, count, said):
    """Of more claims than are looked through for contradictions it is said how many were."""
    numbers = (OVER_5000, UP_TO_2500)
    reader = opened(claims=[{**SEEN, **numbers[at % 2]} for at in range(count)])
    words = f"Of {count} claims the first 300 were looked through for such contradictions."
    expect(disputed(reader, "count").get_by_text(words)).to_have_count(said)
    expect(disputed(reader, "count")).to_contain_text("contradicts what it says elsewhere")


def test_an_event_without_a_day_leads_nowhere(opened):
    """What has no day has no days to go to."""
    reader = opened(claims=(FROM_ELVAS,))
    expect(reader.page.get_by_role("button", name="Go to its days")).to_have_count(0)


def test_sources_read_in_one_outlet_are_said_to_be(opened):
    """Independent sources all told by one outlet are counted, and the outlet beside them; told by as many, they are not."""
    three = tuple({**SEEN, "root": root} for root in ("first", "second", "third"))
    facts = opened(claims=three).by("panel").locator(".bm-facts")
    expect(facts).to_contain_text("1 report, 3 independent sources, all read in one outlet")
    sources = ({}, {"outlet": "Another"}, {"outlet": "A third"})
    apart = tuple({**claim, "source_id": f"s{at}"} for at, claim in enumerate(three, start=1))
    facts = opened(claims=apart, sources=sources).by("panel").locator(".bm-facts")
    expect(facts).to_contain_text("3 reports, 3 independent sources")
    expect(facts).not_to_contain_text("read in")


def disputed(reader, what):
    """Find the section of what is disputed."""
    return reader.by("panel").locator(".bm-dispute").filter(has_text=f"Disputed, {what}")


def open_event(page, event_id):
    """Open an event of the shipped collection."""
    page.page.evaluate(
        "(id) => bordermap.app.state.set({ event: bordermap.app.data.eventNamed(id) })", event_id
    )
    expect(page.by("panel").locator("h2")).to_be_visible()
    return page.by("panel")


# What a reader sees first


def test_the_head_says_where_when_how_many_and_who_tells_it(page):
    """The event of 7 December shows its place and its certainty, both numbers and the range meant, and its sources."""
    facts = open_event(page, AL_QAIM).locator(".bm-facts")
    for words in (
        "a known gate",
        "7 or 8 Dec 2024",
        "2,000 or so / More than 1,000",
        "meant: 1,000 or more people",
        "confirmed by a party to it",
        "2 reports, 3 independent sources",
    ):
        expect(facts).to_contain_text(words)


def test_headings_are_headings(page):
    """The title is of the second level, what is disputed and the sides are of the third."""
    panel = open_event(page, AL_QAIM)
    assert panel.get_by_role("heading", level=2).count() == 1
    names = panel.get_by_role("heading", level=3).all_text_contents()
    assert names == [
        "Disputed, count: differs",
        "Disputed, date: conflicts",
        "Lowest number said (1)",
        "Highest number said (1)",
        "Further claims (3)",
        "Related events",
    ]


# What sources disagree on


def test_numbers_stand_on_one_scale_lowest_first(page):
    """More than 1,000 stands before 2,000 or so, with an arrow for its open end, each with its outlet."""
    open_event(page, AL_QAIM)
    lines = disputed(page, "count").locator("li")
    assert lines.locator("b").all_text_contents() == ["More than 1,000", "2,000 or so"]
    expect(lines.nth(0).locator(".bm-range-end")).to_have_count(1)
    expect(lines.nth(1).locator(".bm-range-end")).to_have_count(0)
    for line, meant in ((lines.nth(0), "1,000 or more"), (lines.nth(1), "1,800 to 2,200")):
        expect(line).to_contain_text(f"meant: {meant} · The New Arab")
    at = [float(lines.nth(row).locator("circle").get_attribute("cx").rstrip("%")) for row in range(2)]
    assert at[1] == pytest.approx(2 * at[0], rel=0.01)


def test_days_that_cannot_both_be_are_drawn_apart(page):
    """The bars of the 7th and of the 8th do not meet, the caption's comes out of nothing, and words say who."""
    open_event(page, AL_QAIM)
    section = disputed(page, "date")
    bars = {
        line.locator("b").inner_text(): line.locator("rect").last.bounding_box()
        for line in section.locator("li").all()
    }
    assert bars["7 Dec 2024"]["x"] + bars["7 Dec 2024"]["width"] <= bars["8 Dec 2024"]["x"] + 1
    faded = section.locator("li").filter(has_text="by 7 Dec").locator("rect")
    opacities = [float(bar.get_attribute("opacity")) for bar in faded.all()]
    assert opacities == sorted(opacities)
    assert opacities[-1] == 1
    assert opacities[0] < 0.5
    expect(section).to_contain_text("One report of The New Arab gives both")


def test_what_differs_is_told_from_what_conflicts(page):
    """Numbers that differ and days that conflict have marks of their own, and words that say which."""
    open_event(page, AL_QAIM)
    differs, conflicts = disputed(page, "count"), disputed(page, "date")
    expect(differs).to_contain_text("all of it may be true")
    expect(conflicts).to_contain_text("Not all of it can be true")
    rings = "h3 svg path[stroke='var(--ink)']"
    expect(differs.locator(rings)).to_have_count(1)
    expect(conflicts.locator(rings)).to_have_count(2)


def test_who_says_so_stands_beside_who_denies_it(page):
    """On 2 December five sources say so at the left and two deny it at the right, each by name."""
    page.to_day("2024-12-02")
    open_event(page, ENTER_SYRIA)
    for_it, against = disputed(page, "occurrence").locator(".bm-versus > div").all()
    assert for_it.bounding_box()["x"] < against.bounding_box()["x"]
    expect(for_it.locator("h4")).to_have_text("5 sources say so")
    expect(against.locator("h4")).to_have_text("2 sources deny it")
    assert against.locator("b").all_text_contents() == ["Falih al-Fayadh", "Iraqi Interior Ministry"]


def test_the_lowest_number_stands_against_the_highest(opened):
    """Of three numbers the lowest's card is at the left, the highest's at the right, and the third below."""
    reader = opened(
        sources=[{"outlet": name} for name in ("One", "Two", "Three")],
        claims=[
            {**SEEN, **OVER_5000, "source_id": "s1", "root": "a"},
            {**SEEN, **ABOUT_2000, "source_id": "s2", "root": "b"},
            {**SEEN, **UP_TO_2500, "source_id": "s3", "root": "c"},
        ],
        actors=[ACTOR],
    )
    low, high = reader.by("panel").locator(":scope > .bm-versus > div").all()
    expect(low.locator("strong")).to_have_text("2,000 or so")
    expect(high.locator("strong")).to_have_text("over 5,000")
    expect(reader.by("panel")).to_contain_text("Further claims (1)")
    expect(disputed(reader, "count")).to_contain_text("conflicts")
    assert disputed(reader, "count").locator("li b").all_text_contents() == [
        "2,000 or so",
        "up to 2,500",
        "over 5,000",
    ]


def test_a_root_that_says_two_things_contradicts_itself(opened):
    """Two numbers of one root that cannot both be are said to be a contradiction of its own."""
    reader = opened(
        claims=[{**SEEN, **OVER_5000, "via": "The Daily Test > a clerk"}, {**SEEN, **ABOUT_2000}],
        actors=[ACTOR],
    )
    expect(disputed(reader, "count").locator(".bm-self")).to_have_text(
        "a clerk: contradicts what it says elsewhere."
    )


def test_places_that_do_not_meet_are_named_with_who_says_them(opened):
    """Each of two towns that are apart stands in its source's words, with its outlet."""
    reader = opened(
        sources=[{"outlet": "One"}, {"outlet": "Two"}],
        claims=[
            {**SEEN, "origin": "Elvas", "destination_id": "badajoz"},
            {**SEEN, "source_id": "s2", "root": "b", "origin_id": "evora", "origin": "Evora, they say"},
        ],
        actors=[ACTOR],
    )
    lines = disputed(reader, "place").locator("li")
    assert sorted(lines.locator("b").all_text_contents()) == ["“Elvas”", "“Evora, they say”"]
    expect(lines.filter(has_text="Elvas")).to_contain_text("One")
    expect(lines.filter(has_text="Evora")).to_contain_text("Two")
    expect(lines.first).to_contain_text("Origin")


# The claims


def test_one_root_told_three_times_counts_once(opened):
    """Three claims of one root stand in one frame that says so, and the event has one source."""
    reader = opened(
        sources=[{"outlet": "One"}, {"outlet": "Two"}, {"outlet": "Three", "repeats": "s1"}],
        claims=[{**SEEN, "source_id": f"s{number}", "root": "a"} for number in (1, 2, 3)],
        actors=[ACTOR],
    )
    frame = reader.by("panel").locator(".bm-root")
    expect(frame.locator(".bm-claim")).to_have_count(3)
    expect(frame).to_contain_text("One source, told 3 times: it counts once")
    expect(frame).to_contain_text("Repeats the report of One")
    expect(reader.by("panel").locator(".bm-facts")).to_contain_text("2 reports and 1 repost, one source")


def test_a_retracted_report_is_seen_everywhere(opened):
    """What a retracted report says has a banner in the panel, and the event says so in panel and row."""
    reader = opened(sources=[{"state": "retracted"}], claims=[SEEN], actors=[ACTOR])
    expect(reader.by("panel").locator(".bm-claim .bm-retracted")).to_have_text("This report was retracted.")
    expect(reader.by("panel").locator(".bm-rests")).to_have_text("rests on a retracted report")
    expect(reader.page.locator("#bm-list .bm-row")).to_contain_text("rests on a retracted report")


def test_an_event_that_rests_on_a_retracted_report_is_struck_through(opened):
    """Its mark has the stroke of the legend on the map and in the list, and a picture's legend explains it."""
    reader = opened(sources=[{"state": "retracted"}], claims=[SEEN], actors=[ACTOR])
    assert reader.drawn()[0] == 1
    signs = reader.page.evaluate(
        """() => {
          const { marks, parts } = bordermap.app;
          const [mark] = marks.drawn.arrows;
          const picture = parts.publish.picture().svg().element().textContent;
          return [mark.sign !== null, picture, bordermap.glyphs.reference(0, 0, 0, false, false, true)];
        }"""
    )
    assert signs[0]
    assert "Rests on a retracted report" in signs[1]
    expect(reader.page.locator(f"#bm-list .bm-row use[href='{signs[2]}']")).to_have_count(1)


def test_what_was_retracted_is_no_side_of_a_dispute(opened):
    """Beside a report and its denial, neither a plan nor what was retracted is counted among those who say so."""
    reader = opened(
        sources=[{}, {"state": "retracted"}],
        claims=[
            SEEN,
            {**SEEN, "root": "b", "status": "planned"},
            {**SEEN, "source_id": "s2", "root": "c"},
            {**SEEN, "root": "d", "status": "denied"},
        ],
        actors=[ACTOR],
    )
    expect(disputed(reader, "occurrence")).to_contain_text("1 source says so")
    expect(reader.by("panel").locator(".bm-facts")).to_contain_text("3 independent sources")


def test_a_corrected_report_among_others_is_told(opened):
    """An event of which one report was corrected says how many were, and does not rest on a retracted one."""
    reader = opened(
        sources=[{}, {"state": "corrected"}],
        claims=[SEEN, {**SEEN, "source_id": "s2", "root": "b"}],
        actors=[ACTOR],
    )
    expect(reader.page.locator("#bm-list .bm-row")).to_contain_text("1 of its reports was corrected")
    expect(reader.by("panel").locator(".bm-claim .bm-corrected")).to_have_count(1)


def test_a_claim_says_how_sure_its_published_day_is(page):
    """A report that came out within a span of days is shown with its best day and the span."""
    panel = open_event(page, AL_QAIM)
    expect(panel.locator(".bm-claim").filter(has_text="2,000 or so Syrian")).to_contain_text(
        "published 10 Dec 2024 (between 9 Dec 2024 and 13 Dec 2024)"
    )


def test_what_came_later_is_counted_and_a_button_away(page):
    """As known on 7 December the crossing has one claim; four came later, and a button shows them."""
    page.page.evaluate("bordermap.app.state.set({ known: bordermap.words.dayOf('2024-12-07') })")
    panel = open_event(page, AL_QAIM)
    expect(panel.locator(".bm-claim")).to_have_count(1)
    expect(panel.locator(".bm-disputes")).to_have_count(0)
    expect(panel).to_contain_text("4 claims came later.")
    panel.get_by_role("button", name="Show all that is known").click()
    expect(panel.locator(".bm-claim")).to_have_count(5)
    expect(panel).not_to_contain_text("came later")


def test_related_events_open_from_each_other(opened):
    """A part names its whole and the whole its part, each as a button that opens the other."""
    reader = opened(
        events=[{}, {"title": "All who cross"}],
        claims=[
            {**SEEN, "relates_to": "c2", "relation": "part_of"},
            {**SEEN, "event_id": "e2"},
        ],
        actors=[ACTOR],
    )
    panel = reader.by("panel")
    expect(panel.locator(".bm-relations")).to_contain_text("Part of")
    panel.get_by_role("button", name="All who cross").click()
    expect(panel.locator("h2")).to_have_text("All who cross")
    expect(panel.locator(".bm-relations")).to_contain_text("Has as a part")
    panel.get_by_role("button", name="Some cross").click()
    expect(panel.locator("h2")).to_have_text("Some cross")


# For every reader


def test_the_focus_goes_to_what_a_key_opens_and_back(page):
    """Enter on a row takes the focus to the opened event, Escape back to the row; a click leaves it where it is."""
    row = page.row("Syrian soldiers cross into Iraq at al-Qaim")
    row.focus()
    row.press("Enter")
    expect(page.by("panel")).to_be_focused()
    page.page.keyboard.press("Escape")
    expect(row).to_be_focused()
    row.click()
    expect(page.by("panel").locator("h2")).to_be_visible()
    expect(page.by("panel")).not_to_be_focused()


@pytest.mark.parametrize(("width", "stacked"), [(390, False), (195, True)])
def test_side_by_side_becomes_stacked_where_it_is_narrow(reader, width, stacked):
    """On a phone the sides stand beside each other, at 200 % zoom below each other, and nothing is cut off."""
    opened = reader(f"#day=2024-12-02&event={ENTER_SYRIA}", viewport={"width": width, "height": 800})
    sides = opened.by("panel").locator(":scope > .bm-versus > div")
    expect(sides).to_have_count(2)
    first, second = (side.bounding_box() for side in sides.all())
    assert (second["y"] >= first["y"] + first["height"]) == stacked
    assert opened.by("panel").evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")
