"""The page as its readers use it: what it opens, hides, says and keeps, on a desk, a phone and in a frame."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import re

import numpy as np
import pandas as pd
import pytest
from pages import (
    DESK,
    OUT_OF_REACH,
    PHONE,
    browser,
    collection,
    drawn_on,
    events_on,
    exported,
    html,
    layers,
    page,
    reader,
    reading,
    shared,
)
from playwright.sync_api import expect

from claims.model import Mode
from layers.told import SHOWN

pytestmark = pytest.mark.browser

AL_QAIM = "Syrian soldiers cross into Iraq at al-Qaim"
ENTER_SYRIA = "Fighters reported entering Syria; denied in Baghdad"

SIZES = {
    "desk": {"viewport": DESK},
    "phone": {"viewport": PHONE, "device_scale_factor": 2, "is_mobile": True, "has_touch": True},
    "desk at 200 %": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
}


def claims_of(event_id):
    """The rows of an event's claims."""
    claims = collection().claims
    return claims[claims["event_id"] == event_id]


def outlet_of(claim):
    """The outlet that a claim is from."""
    sources = collection().sources.set_index("source_id")
    return sources.loc[claim.source_id, "outlet"]


# What is opened


def test_the_crossing_at_al_qaim_shows_both_numbers(page):
    """On 7 December the row of the crossing has both numbers, and opens to both claims with words, number and outlet."""
    assert page.day == "2024-12-07"
    expect(page.row(AL_QAIM).locator(".bm-said")).to_have_text("2,000 or so / More than 1,000")
    page.row(AL_QAIM).click()
    claims = [claim for claim in claims_of("soldiers-cross-at-al-qaim").itertuples() if claim.count_text]
    assert [claim.count_text for claim in claims] == ["2,000 or so", "More than 1,000"]
    for claim in claims:
        shown = page.by("panel").locator(".bm-claim").filter(has_text=claim.quote)
        expect(shown.locator("strong")).to_have_text(claim.count_text)
        expect(shown.locator("blockquote")).to_have_text(f"“{claim.quote}”")
        expect(shown).to_contain_text(outlet_of(claim))
    expect(page.by("panel").locator(".bm-facts")).to_contain_text("2,000 or so / More than 1,000")


def test_every_claim_of_an_opened_event_is_there(page):
    """An opened event shows each of its claims' quotes, in whichever event of the collection."""
    told = collection().claims[collection().claims["event_id"] != ""].groupby("event_id")["quote"]
    opened = page.page.evaluate(
        """async (ids) => {
          const { state, data } = bordermap.app;
          const found = {};
          for (const id of ids) {
            state.set({ event: data.eventNamed(id) });
            await new Promise(requestAnimationFrame);
            found[id] = Array.from(document.querySelectorAll("#bm-panel blockquote"), (quote) => quote.innerText);
          }
          return found;
        }""",
        list(told.groups),
    )
    assert len(opened) > 100
    for event_id, quotes in told:
        assert sorted(opened[event_id]) == sorted(f"“{quote}”" for quote in quotes)


def test_the_denials_stand_beside_the_reports(page):
    """On 2 December the ministry's and the commission head's denials are set against the reports they deny."""
    page.to_day("2024-12-02")
    page.row(ENTER_SYRIA).click()
    against = page.by("panel").locator(".bm-claim.bm-against")
    denied = claims_of("fighters-enter-syria").query("status == 'denied'")
    expect(against).to_have_count(len(denied))
    expect(against.filter(has_text="Iraqi Interior Ministry").first).to_be_visible()
    expect(against.filter(has_text="Falih al-Fayadh")).to_be_visible()
    reports = page.by("panel").locator(".bm-claim:not(.bm-against)")
    expect(reports.filter(has_text="some 200").first).to_be_visible()
    expect(page.by("panel")).to_contain_text("Says so (6)")
    expect(page.by("panel")).to_contain_text("Denies it (4)")
    expect(page.by("panel").locator(".bm-disputes")).to_contain_text("occurrence")


def test_escape_closes_and_gives_the_focus_back(page):
    """Escape closes the opened event, and the focus is on the row that opened it; so does the cross."""
    for close in (
        lambda: page.page.keyboard.press("Escape"),
        lambda: page.page.get_by_role("button", name="Close").click(),
    ):
        row = page.row(AL_QAIM)
        row.focus()
        row.press("Enter")
        expect(page.by("panel")).to_be_visible()
        expect(row).to_have_attribute("aria-expanded", "true")
        close()
        expect(page.by("panel")).to_be_hidden()
        expect(row).to_be_focused()


# What is hidden, and said to be


def agree(page, day, keep):
    """Check that list, layer counts and map all show the day's events that pass, and that what is hidden is said."""
    on = events_on(day)
    kept = {name: frame[[keep(name, row) for row in frame.itertuples()]] for name, frame in on.items()}
    titles = [title for frame in kept.values() for title in frame["title"]]
    assert sorted(page.rows()) == sorted(titles)
    off = [button.get_attribute("aria-pressed") == "false" for button in page.page.locator(".bm-layer").all()]
    counts = page.page.locator("#bm-layers button > span:last-child").all_text_contents()
    for hidden, text, frame in zip(off, counts, kept.values(), strict=True):
        told = [sum(map(int, re.findall(r"\d+", text)))]
        assert (hidden and text.startswith("off (")) or told == [len(frame)]
    page.see_everything()
    assert page.drawn() == [int(frame.geometry.notna().sum()) for frame in kept.values()]
    hidden = sum(map(len, on.values())) - len(titles)
    if hidden:
        expect(page.by("summary")).to_contain_text(re.compile(rf"\b{hidden} hidden"))
    else:
        expect(page.by("summary")).not_to_contain_text("hidden")


def test_a_layer_switch_changes_list_counts_and_map(page):
    """Switching layers off and on changes list, counts and map together, and the page says how many it hides."""
    page.page.get_by_role("button", name="Deployments").click()
    agree(page, "2024-12-07", lambda name, _: name in {"crossings", "withdrawals"})
    page.page.get_by_role("button", name="Deployments").click()
    page.page.get_by_role("button", name="Context").click()
    agree(page, "2024-12-07", lambda _name, _row: True)


def test_a_status_filter_changes_list_counts_and_map(page):
    """A status that is unticked leaves list, counts and map, and the page says so even with the filter folded away."""
    page.by("filters").locator("summary").click()
    page.by("status").get_by_label("reported").uncheck()
    agree(page, "2024-12-07", lambda name, row: SHOWN[name] and row.status != "reported")
    page.by("filters").locator("summary").click()
    expect(page.by("filtered")).to_be_visible()


def test_a_kind_filter_changes_list_counts_and_map(page):
    """A kind that is not ticked is shown nowhere, and the kinds of the context can be told apart."""
    page.page.get_by_role("button", name="Context").click()
    page.by("filters").locator("summary").click()
    page.by("kinds").get_by_label("closure").uncheck()
    agree(page, "2024-12-07", lambda _name, row: row.kind != "closure")
    page.page.evaluate(
        "document.getElementById('bm-filters').open = true"
    )  # a click on the list folds it away
    page.by("kinds").get_by_label("closure").check()
    agree(page, "2024-12-07", lambda _name, _row: True)


def test_an_actor_filter_changes_list_counts_and_map(page):
    """A ticked actor leaves only its events, and "all actors" brings the others back."""
    page.by("filters").locator("summary").click()
    names = collection().actors.set_index("actor")["name"]
    page.by("actors").get_by_label(names["syrian-army"], exact=False).first.check()
    agree(page, "2024-12-07", lambda name, row: SHOWN[name] and "syrian-army" in row.actors.split(";"))
    page.by("actors").get_by_role("button", name="all actors").click()
    agree(page, "2024-12-07", lambda name, _: SHOWN[name])


def test_a_filter_says_how_many_events_it_would_leave(page):
    """Beside each status stands how many of the day's events on switched-on layers have it, or someone denies."""
    page.by("filters").locator("summary").click()
    told = dict(text.split("\n") for text in page.by("status").locator("label").all_inner_texts())
    counted = {}
    for name, frame in events_on("2024-12-07").items():
        for row in frame.itertuples() if SHOWN[name] else ():
            for status in {row.status, *(["denied"] if row.roots_denying else [])}:
                counted[status] = counted.get(status, 0) + 1
    assert {status: int(count) for status, count in told.items() if int(count)} == counted


def test_the_undated_and_the_unplaced_are_listed(page):
    """What has no day or no place below a country stands in a list of its own, counted, and opens like the others."""
    frames = layers().values()
    undated = [title for frame in frames for title in frame["title"][frame["date_end"].isna()]]
    first = pd.Timestamp(collection().facts.first_day)
    outside = [title for frame in frames for title in frame["title"][frame["date_end"] < first]]
    unplaced = [
        title
        for frame in frames
        for title in frame["title"][frame.geometry.isna() & (frame["date_end"] >= first)]
    ]
    expect(page.by("beside-count")).to_contain_text(f"{len(undated)} without a day")
    expect(page.by("beside-count")).to_contain_text(f"{len(outside)} of other years")
    expect(page.by("beside-count")).to_contain_text(f"{len(unplaced)} dated but without a place")
    page.by("beside-count").click()
    rows = page.page.locator("#bm-beside-list .bm-row")
    expect(rows).to_have_count(len(undated + outside + unplaced))
    assert sorted(rows.locator("b").all_text_contents()) == sorted(undated + outside + unplaced)
    rows.filter(has_text="Haji Askar in charge").click()
    expect(page.by("panel").locator("h2")).to_contain_text("Haji Askar in charge")
    expect(page.by("panel")).to_contain_text("no day given")


def test_no_event_is_out_of_reach(page):
    """Every event of the collection is shown by some day or listed beside the map."""
    page.page.evaluate("bordermap.app.state.set({ layers: [true, true, true, true], mode: 'sofar' })")
    last = collection().facts.last_day
    page.to_day(last.isoformat())
    page.by("beside-count").click()
    expect(page.page.locator("#bm-beside-list .bm-row").first).to_be_visible()
    beside = page.page.locator("#bm-beside-list .bm-row b").all_text_contents()
    titles = {title for frame in layers().values() for title in frame["title"]}
    later = {
        title for frame in layers().values() for title in frame["title"][frame["date_end"].dt.date > last]
    }
    assert titles == later | set(page.rows()) | set(beside)


def test_a_day_without_events_says_so(page):
    """A day of which nothing is told says that this is no report of nothing; a day that is filtered empty says that."""
    facts = collection().facts
    days = np.arange(np.datetime64(facts.first_day), np.datetime64(facts.last_day) + 1)
    empty = next(day for day in days.astype(str) if not sum(map(len, events_on(day).values())))
    page.to_day(empty)
    expect(page.page.locator(".bm-empty")).to_contain_text(
        "No report in this collection speaks of these days"
    )
    page.to_day("2024-12-07")
    expect(page.page.locator(".bm-empty")).to_be_hidden()
    for name in ("Crossings", "Withdrawals", "Deployments"):
        page.page.get_by_role("button", name=name).click()
    expect(page.page.locator(".bm-empty")).to_contain_text("hidden by the filters and layer switches")
    assert page.rows() == []


# The days shown


def test_the_modes_are_chosen_by_their_buttons(page):
    """Day, window and so far are a click each, and the window's days a number; the heading says which days."""
    page.page.get_by_role("button", name="So far").click()
    assert page.shown() == expected("2024-12-07", Mode.SO_FAR)
    expect(page.by("day")).to_contain_text("all days since 21 November 2024")
    page.page.get_by_role("button", name="Last 7 days").click()
    assert page.shown() == expected("2024-12-07", Mode.WINDOW, 7)
    page.page.get_by_label("Days in the window").fill("3")
    page.page.get_by_label("Days in the window").press("Enter")
    assert page.shown() == expected("2024-12-07", Mode.WINDOW, 3)
    expect(page.by("day")).to_contain_text("the 2 days before")
    page.page.get_by_role("button", name="Day", exact=True).click()
    assert page.shown() == expected("2024-12-07")


def expected(day, mode=Mode.DAY, window=7):
    """By the rule: the ids of the events shown with the layers as they open, sorted."""
    found = events_on(day, mode, window)
    return sorted(event_id for name, frame in found.items() if SHOWN[name] for event_id in frame.index)


# The address


def test_a_link_opens_what_was_seen(reader):
    """A copied link brings another reader the same day, mode, window, layers, filters and opened event."""
    first = reader("#day=2024-12-07")
    first.page.get_by_role("button", name="Last 7 days").click()
    first.page.get_by_label("Days in the window").fill("4")
    first.page.get_by_label("Days in the window").press("Enter")
    first.page.get_by_role("button", name="Withdrawals").click()
    first.by("filters").locator("summary").click()
    first.by("status").get_by_label("planned").uncheck()
    first.by("actors").get_by_label("Syrian", exact=False).first.check()
    first.by("slider").press("ArrowRight")
    first.row(AL_QAIM).click()
    keys = ("day", "mode", "window", "layers", "status", "actors", "event")
    first.page.wait_for_url(lambda url: all(f"{key}=" in url for key in keys))
    second = reader(f"#{first.page.url.partition('#')[2]}")
    assert second.state() == first.state()
    assert second.day == "2024-12-08"
    expect(second.by("panel").locator("h2")).to_have_text(AL_QAIM)


def test_going_back_closes_an_opened_event(reader):
    """The browser's way back closes the event, its way forward opens it again; steps of the clock make no history."""
    opened = reader("#day=2024-12-06")
    opened.page.locator("body").press("ArrowRight")
    opened.page.wait_for_url(lambda url: "day=2024-12-07" in url)
    opened.row(AL_QAIM).click()
    opened.page.wait_for_url(lambda url: "event=soldiers-cross-at-al-qaim" in url)
    opened.page.go_back()
    expect(opened.by("panel")).to_be_hidden()
    assert opened.day == "2024-12-07"
    opened.page.go_forward()
    expect(opened.by("panel").locator("h2")).to_have_text(AL_QAIM)


def entries(opened):
    """How many entries the browser's history has."""
    return opened.page.evaluate("history.length")


def test_going_back_keeps_mode_and_day(reader):
    """Back closes the event and leaves mode and day as they are, whether changed right before it or while it was open."""
    opened = reader("#day=2024-12-06")
    opened.page.get_by_role("button", name="Last 7 days").click()
    opened.page.evaluate("bordermap.app.state.set({ event: 0 })")
    opened.by("slider").press("ArrowRight")
    opened.page.wait_for_url(lambda url: "day=2024-12-07" in url)
    opened.page.go_back()
    expect(opened.by("panel")).to_be_hidden()
    assert (opened.day, opened.state()["mode"]) == ("2024-12-07", "window")
    opened.page.wait_for_url(lambda url: "day=2024-12-07&mode=window" in url and "event" not in url)


def test_no_two_entries_of_the_history_are_alike(reader):
    """An event that is opened and closed leaves no entry before the present one, however often."""
    opened = reader("#day=2024-12-07")
    before = entries(opened)
    for _ in range(3):
        opened.row(AL_QAIM).click()
        opened.page.wait_for_url(lambda url: "event=" in url)
        opened.page.keyboard.press("Escape")
        opened.page.wait_for_url(lambda url: "event=" not in url)
    assert entries(opened) == before + 1
    assert opened.page.evaluate("history.state.deep") == 0


def test_what_is_closed_and_opened_at_once_stands_in_the_address(reader):
    """An event opened while the browser still goes back for another that was closed has its entry."""
    opened = reader("#day=2024-12-07")
    opened.page.evaluate("for (const event of [0, -1, 1]) bordermap.app.state.set({ event })")
    wanted = opened.page.evaluate("bordermap.app.data.eventId(1)")
    opened.page.wait_for_url(lambda url: f"event={wanted}" in url)
    opened.page.go_back()
    expect(opened.by("panel")).to_be_hidden()


NONSENSE = (
    "#",
    "#%E0%A4%A",
    "#day",
    "#day=2024-13-45",
    "#day=yesterday&mode=week&window=-3&event=none-such",
    "#window=NaN&layers=&status=",
    "#layers=rivers&status=maybe&actors=nobody",
    "#__proto__=x&constructor=y&toString=z",
    "#event=<img src=x onerror=alert(1)>",
)


def test_nonsense_in_the_address_is_passed_over(page, reader, exported):
    """Days, modes, layers, statuses, actors and events that there are not leave the page as it opens."""
    plain = page.state()
    assert page.drawn() == drawn_on("2024-12-07") or sum(page.drawn()) > 0
    other = reader(NONSENSE[0])
    for fragment in NONSENSE:
        other.page.goto("about:blank")
        other.open(exported, fragment)
        assert other.state() == plain, fragment
    assert other.complaints == []
    assert other.dialogs == []


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"view": "-7.5,39,6.25"}, {"view": [-7.5, 39, 6.25]}),
        ({"view": ",,"}, {"view": None}),
        ({"view": " , , "}, {"view": None}),
        ({"view": "0x1,0b1,1"}, {"view": None}),
        ({"view": "1,2,1e999"}, {"view": None}),
        ({"view": "1,2,3,"}, {"view": None}),
        ({"sources": "2"}, {"atLeast": 2}),
        ({"sources": "1e999"}, {"atLeast": 1}),
        ({"window": "1e999"}, {"window": 7}),
        ({"story": "2"}, {"story": 1}),
        ({"story": "0x2"}, {"story": -1}),
    ],
)
def test_what_is_no_number_is_passed_over(page, said, read):
    """Empty words, other notations than decimal and what is beyond all numbers are read as if nothing was said."""
    choice = page.page.evaluate("(said) => bordermap.address.read(said, bordermap.app.state)", said)
    assert {name: choice[name] for name in read} == read


def test_a_day_out_of_range_is_the_nearest_one(page):
    """A day before the first or after the last in the address is the first or the last."""
    for day, nearest in (("1900-01-01", "first_day"), ("2999-12-31", "last_day")):
        page.page.evaluate("(day) => { location.hash = `day=${day}`; }", day)
        text = getattr(collection().facts, nearest)
        expect(page.by("day")).to_contain_text(f"{text.day} {text:%B} {text.year}")


# What is seen where


@pytest.mark.parametrize("size", SIZES)
def test_every_control_can_be_reached(reader, size):
    """At this size nothing is wider than the window, and no control is covered or clipped, also in what unfolds."""
    opened = reader("#day=2024-12-07&event=soldiers-cross-at-al-qaim", **SIZES[size])
    page = opened.page
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) == 0
    seen = 0
    for part in (None, "filters", "beside"):
        if part:
            opened.by(part).locator("summary").click()
        inside = opened.by(part) if part else page.locator("body")
        controls, lost = inside.evaluate(OUT_OF_REACH)
        assert lost == []
        seen += controls
        assert page.evaluate(width) == 0
        if part:
            opened.by(part).locator("summary").click()
    assert seen > 60
    expect(opened.by("day")).to_be_visible()
    for part in (".bm-map", "#bm-day", "#bm-days", "#bm-list", "#bm-about"):
        box = page.locator(part).first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SIZES[size]["viewport"]["width"]


def test_a_phone_opens_an_event_by_touch(reader):
    """On a phone a tap on a row brings its claims into view."""
    opened = reader("#day=2024-12-07", **SIZES["phone"])
    opened.row(AL_QAIM).tap()
    expect(opened.by("panel").locator("h2")).to_be_in_viewport()


SPANS = [
    *((f"2024-12-{day:02}", "day") for day in (1, 2, 3, 6, 7, 8, 10, 29)),
    ("2024-12-08", "window"),
    ("2025-01-13", "sofar"),
]

TOO_NEAR = """
(reach) => {
  const { points } = bordermap.app.marks.drawn;
  const title = (mark) => bordermap.app.data.title(mark.event);
  const near = [];
  points.forEach((a, at) => points.slice(at + 1).forEach((b) => {
    const apart = Math.hypot(a.x - b.x, a.y - b.y);
    if (apart < reach) near.push(`${title(a)} | ${title(b)}: ${apart.toFixed(1)}`);
  }));
  return near;
}
"""


def test_marks_of_one_place_stand_apart(page):
    """On no day do two point marks stand within 8 pixels of each other, at whatever zoom."""
    for zoom in (0, 1, 2.5):
        page.page.evaluate(
            "(more) => bordermap.app.map.setView([34.4, 40.9], 6.25 + more, { animate: false })", zoom
        )
        for day, mode in SPANS:
            page.to_day(day, mode=mode)
            assert page.page.evaluate(TOO_NEAR, 8) == [], (day, mode, zoom)


def test_every_mark_in_view_is_met_by_a_click(page):
    """Of each mark of a day there is a point where a click meets that mark and no other."""
    for day, mode in SPANS[:8]:
        page.to_day(day, mode=mode)
        missed = page.page.evaluate(
            """() => {
              const { marks } = bordermap.app;
              const { ARROW } = bordermap.layout;
              const { along } = bordermap.curves;
              const steps = Array.from({ length: 21 }, (_, step) => step / 20);
              const missed = [];
              for (const mark of [...marks.drawn.arrows, ...marks.drawn.points]) {
                const points = mark.type === ARROW ? steps.map((step) => along(mark, step)) : [mark];
                if (!points.some(({ x, y }) => marks.at(x, y) === mark)) missed.push(bordermap.app.data.title(mark.event));
              }
              return missed;
            }"""
        )
        assert missed == [], (day, mode)


# Records what the names' own pen writes since they were last drawn.
LISTEN = """
(() => {
  globalThis.written = [];
  const { prototype } = bordermap.labels.Labels;
  const { draw, write } = prototype;
  prototype.draw = function (...args) {
    written.length = 0;
    draw.apply(this, args);
  };
  prototype.write = function (context, text, x, y, ...look) {
    write.call(this, context, text, x, y, ...look);
    const box = context.measureText(text);
    written.push({
      text, left: x - box.actualBoundingBoxLeft, right: x + box.actualBoundingBoxRight,
      top: y - box.actualBoundingBoxAscent, bottom: y + box.actualBoundingBoxDescent,
    });
  };
})();
"""


def test_labels_do_not_lie_on_each_other(browser, exported):
    """No two names or numbers on the map overlap, on any of the days, near or far."""
    with reading(browser) as opened:
        opened.open(exported)
        opened.page.evaluate(LISTEN)
        for zoom in (5.25, 6.25, 7.5, 9):
            opened.page.evaluate(
                "(zoom) => bordermap.app.map.setView([34.4, 40.9], zoom, { animate: false })", zoom
            )
            for day, mode in SPANS:
                opened.to_day(day, mode=mode)
                written = opened.page.evaluate("written")
                assert len(written) > 5
                assert overlaps(written) == [], (day, mode, zoom)


def overlaps(written):
    """Pairs of texts whose boxes overlap by more than a pixel."""
    found = []
    for at, a in enumerate(written):
        for b in written[at + 1 :]:
            wide = min(a["right"], b["right"]) - max(a["left"], b["left"])
            high = min(a["bottom"], b["bottom"]) - max(a["top"], b["top"])
            if wide > 1 and high > 1:
                found.append((a["text"], b["text"]))
    return found


# The bridge

EMBED = """
(page) => {
  globalThis.told = [];
  const frame = (html) => {
    const node = document.createElement("iframe");
    node.sandbox = "allow-scripts";
    node.width = 1200;
    node.height = 700;
    node.srcdoc = html;
    document.body.append(node);
    return node;
  };
  globalThis.host = frame(page);
  addEventListener("message", (event) => { if (event.source === host.contentWindow) told.push(event.data); });
  globalThis.stranger = frame("<!doctype html><title>stranger</title>");
}
"""


@pytest.fixture
def embedded(browser):
    """A document that holds the page in a sandboxed frame beside a stranger's; the page is ready."""
    with reading(browser) as opened:
        opened.page.goto("about:blank")
        opened.page.evaluate(EMBED, html())
        opened.page.frames[1].wait_for_selector("html[data-bordermap=ready]")
        yield opened
        assert opened.dialogs == []


def wait_for_told(opened, condition):
    """Wait until the page has told its host something; return the last such message."""
    opened.page.wait_for_function(f"told.some((said) => {condition})")
    return opened.page.evaluate(f"told.filter((said) => {condition}).at(-1)")


def test_close_by_the_map_says_how_far_its_lines_are_right(page):
    """From far nothing is said; where 3 km are seen, it stands beside whose lines they are, once, in the page's language."""
    told = page.page.locator(".leaflet-control-attribution")
    for zoom, words in (
        (6.25, "Natural Earth, GeoNames"),
        (10, "Natural Earth, GeoNames, outlines are right to some 3 km"),
    ):
        page.page.evaluate(
            "(zoom) => bordermap.app.map.setView([34.4, 40.9], zoom, { animate: false })", zoom
        )
        expect(told).to_have_text(words)
    page.page.evaluate("bordermap.app.map.setView([34.4, 40.9], 6.25, { animate: false })")


def test_an_embedded_page_says_that_it_is_ready(embedded):
    """The first word to the host is ready; nothing is said before the host asks for something."""
    wait_for_told(embedded, "said.bordermap === 'ready'")
    assert embedded.page.evaluate("told.map((said) => said.bordermap)") == ["ready"]
    assert embedded.complaints == []


def test_an_embedded_page_does_what_its_host_sets(embedded):
    """A state that the host sets is shown and answered with what is seen."""
    frame = embedded.page.frames[1]
    embedded.page.evaluate(
        "host.contentWindow.postMessage({ bordermap: 'set', state: { day: '2024-12-08', mode: 'window', window: '3' } }, '*')"
    )
    said = wait_for_told(embedded, "said.bordermap === 'shown'")
    assert said["state"]["day"] == "2024-12-08"
    assert said["state"]["mode"] == "window"
    assert said["shown"]["events"] == len(expected("2024-12-08", Mode.WINDOW, 3))
    expect(frame.locator("#bm-day")).to_contain_text("8 December 2024")
    frame.locator(".bm-row:visible").first.click()
    said = wait_for_told(embedded, "said.bordermap === 'state' && said.state.event")
    assert said["state"]["day"] == "2024-12-08"


def test_an_embedded_page_says_that_an_event_is_missing_until_another_is_spoken_of(embedded):
    """It goes on saying so while its host sets days, and no longer once the host opens an event or none."""
    panel = embedded.page.frames[1].locator("#bm-panel")

    def set_(**state):
        said = {"bordermap": "set", "state": state}
        embedded.page.evaluate("(said) => host.contentWindow.postMessage(said, '*')", said)

    set_(event="no-such-event")
    expect(panel).to_contain_text("no-such-event")
    set_(day="2024-12-08")
    wait_for_told(embedded, "said.bordermap === 'shown' && said.state.day === '2024-12-08'")
    expect(panel).to_contain_text("no-such-event")
    set_(event=None)
    expect(panel).to_be_hidden()


def test_an_embedded_page_hears_its_host_alone(embedded):
    """The same message from another frame changes nothing."""
    frame = embedded.page.frames[1]
    frame.evaluate(
        "addEventListener('message', () => { document.documentElement.dataset.heard = Number(document.documentElement.dataset.heard ?? 0) + 1; })"
    )
    say = "postMessage({ bordermap: 'set', state: { day: '2024-12-20' } }, '*')"
    embedded.page.frames[2].evaluate(f"parent.frames[0].{say}")
    frame.wait_for_selector("html[data-heard='1']")
    assert frame.evaluate("bordermap.words.iso(bordermap.app.state.day)") == "2024-12-07"
    embedded.page.evaluate(f"host.contentWindow.{say}")
    frame.wait_for_selector("html[data-heard='2']")
    assert frame.evaluate("bordermap.words.iso(bordermap.app.state.day)") == "2024-12-20"


def test_odd_messages_from_the_host_do_no_harm(embedded):
    """What is no message of ours is passed over in silence."""
    embedded.page.evaluate(
        """() => {
          const odd = [null, 7, "set", [], {}, { bordermap: "set" }, { bordermap: "set", state: null }, { bordermap: "set", state: { day: 7, layers: {}, event: {} } }];
          for (const one of odd) host.contentWindow.postMessage(one, "*");
          host.contentWindow.postMessage({ bordermap: "set", state: { day: "2024-12-09" } }, "*");
        }"""
    )
    wait_for_told(embedded, "said.bordermap === 'shown' && said.state.day === '2024-12-09'")
    assert embedded.complaints == []
