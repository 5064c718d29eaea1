"""The page draws how sure it is: six certainties, days that fade, ranges, disputes, and what was known when."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of
from pages import (
    browser,
    collection,
    exported,
    gazetteer,
    html,
    layers,
    made,
    page,
    reader,
    reading,
    shared,
)
from playwright.sync_api import expect

from claims.changes import changes_between
from claims.clock import days_of, strength
from claims.events import known_by
from layers.frames import places_frame
from layers.layers import layers_of
from layers.page import build_page
from layers.told import SHOWN

pytestmark = pytest.mark.browser

# An event's mark and its doubt, painted on white around the mark's middle: no ground, no names, no numbers.
CROP = """
(id) => {
  const { marks, data, state } = bordermap.app;
  state.set({ event: -1 });
  const mark = marks.markOf(data.eventNamed(id));
  const { x, y } = bordermap.paint.centre(mark);
  const context = new OffscreenCanvas(96, 96).getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, 96, 96);
  context.translate(48 - x, 48 - y);
  marks.paintDoubt(context, marks.view);
  const [arrows, points] = mark.type === bordermap.layout.ARROW ? [[mark], []] : [[], [mark]];
  bordermap.paint.paint(context, data, arrows, points);
  return Array.from(context.getImageData(0, 0, 96, 96).data);
}
"""

# How many pixels of a picture of 96 x 96 are of a colour rather than grey.
COLOURED = lambda picture: int((np.ptp(picture.reshape(-1, 4)[:, :3], axis=1) > 12).sum())  # noqa: E731

STANDS = {"kind": "deployment"}
CERTAIN = {
    "gate": {"place_id": "caia", "geo_precision": "1"},
    "place": {"place_id": "elvas", "geo_precision": "1"},
    "near": {"place_id": "elvas", "geo_precision": "2"},
    "stretch": {"place_id": "n4", "geo_precision": "3"},
    "region": {"place_id": "alentejo", "geo_precision": "3"},
}
MOVES = {
    "gate": {"origin_id": "spain", "crossing_id": "caia", "destination_id": "portugal", "geo_precision": "1"},
    "place": {"origin_id": "elvas", "destination_id": "badajoz", "geo_precision": "1"},
    "near": {"origin_id": "elvas", "destination_id": "badajoz", "geo_precision": "2"},
    "region": {"origin_id": "alentejo", "destination_id": "extremadura", "geo_precision": "3"},
    "side": {"origin_id": "spain", "destination_id": "portugal", "geo_precision": "3"},
}


@pytest.fixture(scope="module")
def doubtful(browser, tmp_path_factory, iberia):
    """A page whose days each have one event, of every certainty standing and moving."""
    folder = tmp_path_factory.mktemp("doubt")
    cases = [
        *(("deployment", name, ends) for name, ends in CERTAIN.items()),
        *(("crossing", name, ends) for name, ends in MOVES.items()),
    ]
    claims, events = [], []
    for number, (kind, name, ends) in enumerate(cases, start=1):
        day = f"2024-12-{number:02}"
        days = {"date_start": day, "date_end": day, "date_kind": "on"}
        claims.append({"event_id": f"{kind}-{name}", "kind": kind, **ends, **days})
        events.append({"event_id": f"{kind}-{name}", "title": name, "kind": kind})
    made = collection_of(folder / "made", iberia, claims=claims, events=events)
    file = folder / "map.html"
    file.write_text(build_page(made, iberia), encoding="utf-8")
    with reading(browser) as opened:
        opened.open(file)
        opened.page.evaluate("bordermap.app.map.setView([39.5, -7], 6.5, { animate: false })")
        yield opened, {f"{kind}-{name}": day + 1 for day, (kind, name, _) in enumerate(cases)}


@pytest.mark.parametrize("kind", ["deployment", "crossing"])
def test_each_certainty_has_a_mark_of_its_own(doubtful, kind):
    """No two certainties of a kind are drawn alike, whatever lies under them, and the page knows each event's.

    What stands is on no mere side of a border, and what moves is along no road: each kind has five.
    """
    opened, days = doubtful
    pictures = {}
    for event_id, day in days.items():
        if not event_id.startswith(kind):
            continue
        opened.to_day(f"2024-12-{day:02}")
        told = opened.page.evaluate(
            "(id) => bordermap.app.data.events.certainty[bordermap.app.data.eventNamed(id)]", event_id
        )
        assert ("", "gate", "place", "near", "stretch", "region", "side")[told] == event_id.split("-")[1]
        pictures[event_id] = np.array(opened.page.evaluate(CROP, event_id), dtype=float)
    assert len(pictures) == 5
    for one, other in itertools.combinations(pictures, 2):
        assert np.abs(pictures[one] - pictures[other]).mean() > 0.2, (one, other)


def test_the_legend_explains_each_certainty_with_its_mark(page):
    """Opened, the legend has a drawing and words for all six certainties, each drawing another."""
    page.page.get_by_text("Legend", exact=True).click()
    signs = page.by("signs").locator("section").filter(has_text="How sure the place is").locator("li")
    drawings = signs.evaluate_all(
        "(items) => items.slice(0, 6).map((item) => item.querySelector('svg').innerHTML)"
    )
    assert len(set(drawings)) == 6
    for words in (
        "known gate",
        "town, base",
        "Near a place",
        "stretch of border",
        "in this region",
        "side of the border",
    ):
        expect(signs.filter(has_text=words).first).to_be_visible()


def test_an_event_of_several_days_is_fainter_on_each(page):
    """The mark of an event that may have been on either of two days is half as strong on each."""
    for day in ("2024-12-07", "2024-12-08"):
        page.to_day(day)
        assert page.page.evaluate(
            "bordermap.app.marks.markOf(bordermap.app.data.eventNamed('soldiers-cross-at-al-qaim')).strength"
        ) == pytest.approx(0.5)


def test_what_is_dated_by_a_day_is_seen_to_be_fainter_in_the_week_before(made):
    """Of a mark dated by a day less than half the ink is left on the days before it."""
    by = {"date_end": "2024-12-07", "date_kind": "by"}
    opened = made(
        claims=({"kind": "deployment", **CERTAIN["place"], **by},), events=({"kind": "deployment"},)
    )
    ink = {}
    for day in ("2024-12-07", "2024-12-05"):
        opened.to_day(day)
        picture = np.array(opened.page.evaluate(CROP, "e1"), dtype=float).reshape(-1, 4)[:, :3]
        ink[day] = (255 - picture).sum()
    assert ink["2024-12-05"] < ink["2024-12-07"] / 2


def test_a_disputed_mark_says_on_what(page):
    """Pointed at, the mark of a disputed event says in words on what its sources disagree."""
    point = next(point for point in page.mark_points("soldiers-cross-at-al-qaim") if point["own"])
    page.page.mouse.move(point["x"], point["y"])
    expect(page.by("tip")).to_contain_text("disputed: count, date")


# What was known when


def test_nothing_of_the_seventh_was_known_on_the_sixth(page):
    """As known on 6 December the day of 7 December has no crossing at al-Qaim; as known on the 8th it has one."""
    page.to_day("2024-12-07", known=day_number("2024-12-06"))
    assert "soldiers-cross-at-al-qaim" not in page.shown()
    expect(page.by("day")).to_contain_text("as known on 6 December 2024")
    expect(page.by("summary")).to_contain_text("not yet reported then")
    page.to_day("2024-12-07", known=day_number("2024-12-08"))
    expect(page.row("Syrian soldiers cross").locator(".bm-said")).to_have_text("More than 1,000")
    page.to_day("2024-12-07", known=None)
    expect(page.row("Syrian soldiers cross").locator(".bm-said")).to_have_text(
        "2,000 or so / More than 1,000"
    )


def day_number(day):
    """Days since 1970."""
    return int(np.datetime64(day, "D").astype(int))


def test_what_was_known_is_what_the_claims_by_then_make(page):
    """As known on each day on which a report came out, every day shows the very events that the claims by then make."""
    reported = sorted(collection().claims["reported"].dropna().unique())
    opens = day_number(collection().facts.first_day)
    for known in reported:
        frames = layers_of(known_by(collection(), known.date()), gazetteer())
        for day in ("2024-12-02", "2024-12-08", "2024-12-29"):
            expected = []
            for name, frame in frames.items():
                start, end = days_of(frame["date_start"]), days_of(frame["date_end"])
                kinds = frame["date_kind"].to_numpy(dtype=object)
                shown = strength(start, end, kinds, day_number(day), opens=opens) > 0
                expected += frame.index[shown].tolist() if SHOWN[name] else []
            page.to_day(day, known=day_number(str(known)[:10]))
            assert page.shown() == sorted(expected), (str(known), day)


def test_the_known_day_is_chosen_by_hand_and_kept_in_the_address(reader):
    """The buttons and the slider of what was known change the map, and a link brings another reader the same."""
    opened = reader("#day=2024-12-07")
    opened.page.get_by_role("button", name="As known on…").click()
    expect(opened.by("day")).to_contain_text("as known on 7 December 2024")
    opened.page.get_by_role("slider", name="As known on").press("ArrowLeft")
    expect(opened.by("day")).to_contain_text("as known on 6 December 2024")
    opened.page.wait_for_url(lambda url: "known=2024-12-06" in url)
    other = reader(f"#{opened.page.url.partition('#')[2]}")
    assert other.state() == opened.state()
    opened.page.get_by_role("button", name="That day").click()
    opened.by("slider").press("ArrowRight")
    expect(opened.by("day")).to_contain_text("as known on 8 December 2024")
    opened.page.get_by_role("button", name="All that is known").click()
    expect(opened.by("day")).not_to_contain_text("as known on")


def test_reports_of_decades_later_are_a_step_each(made):
    """Behind the last day shown the slider of what was known goes from report to report, and keeps every day before it."""
    days = ("2024-12-08", "2034-05-06", "2044-01-02")
    told = [{"claim_id": f"c{at}", "reported": day, **ON_THE_SEVENTH} for at, day in enumerate(days)]
    opened = made("#day=2024-12-07&known=2044-01-02", claims=told)
    slider = opened.page.locator(".bm-known-slider")
    known = "bordermap.words.iso(bordermap.app.state.known)"
    steps = []
    for _ in range(3):
        steps.append(opened.page.evaluate(known))
        slider.press("ArrowLeft")
    assert steps[:2] == ["2044-01-02", "2034-05-06"]
    assert steps[2] == opened.page.evaluate("bordermap.words.iso(bordermap.app.state.lastDay)")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    assert opened.page.evaluate(known) == "2034-05-06"


def test_a_report_whose_own_day_is_not_sure_is_told_of(page):
    """As known on a day at which a report may have come out or not, the heading says so; a day later it does not."""
    said = "whether 1 report had come out by then is not sure"
    page.to_day("2024-12-06", known=day_number("2024-12-06"))
    expect(page.by("summary")).to_contain_text(said)
    page.to_day("2024-12-06", known=day_number("2024-12-07"))
    expect(page.by("summary")).not_to_contain_text(said)


def test_the_bar_is_as_high_on_every_day(page):
    """What is counted in the bar moves the map under it on no day, in no mode."""
    heights = page.page.evaluate(
        """() => {
          const { state } = bordermap.app;
          const found = new Set();
          for (const mode of bordermap.state.MODES) {
            for (let day = state.firstDay; day <= state.lastDay; day++) {
              state.set({ mode, day });
              found.add(document.querySelector(".bm-bar").clientHeight);
            }
          }
          return found.size;
        }"""
    )
    assert heights == 1


# The days under the map


def test_the_histogram_follows_the_filters(page):
    """Bars count what passes: without deployments the third layer has none, and the crossings stay."""
    sums = "bordermap.app.parts.timeline.histogram.sums.map((sum) => sum.reduce((all, one) => all + one, 0))"
    before = page.page.evaluate(sums)
    page.page.get_by_role("button", name="Deployments").click()
    after = page.page.evaluate(sums)
    assert before[2] > 0
    assert after[2] == 0
    assert after[0] == pytest.approx(before[0])


def test_the_histogram_says_how_it_counts(page):
    """Beside the bars stands that one event of several days is shared out among them."""
    expect(page.page.locator(".bm-track")).to_contain_text(
        "may have been on any of n days counts as 1/n on each"
    )


def test_narrow_bars_keep_their_textures(page):
    """A bar of three pixels is not one colour: withdrawals are striped, deployments holed."""
    colours = page.page.evaluate(
        """() => [0, 1, 2].map((layer) => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 9, height: 20 });
          const context = canvas.getContext("2d");
          bordermap.app.parts.timeline.histogram.drawBar(context, 3, 0, 3, 20, layer);
          const { data } = context.getImageData(4, 0, 1, 20);
          return new Set(Array.from({ length: 20 }, (_, row) => data.slice(4 * row, 4 * row + 4).join())).size;
        })"""
    )
    assert colours[0] == 1
    assert min(colours[1:]) > 1


# A legend that knows how much is drawn


def test_the_legend_says_when_marks_show_less(page):
    """Above a hundred marks, which have neither ranges nor gates, the legend says so; below it does not."""
    said = page.page.evaluate(
        """[100, 101].map((count) => {
          const { legend, marks } = bordermap.app.parts;
          legend.marks = { drawn: { arrows: new Array(count), points: [] } };
          legend.writeDay();
          const { hidden, textContent } = legend.plain;
          legend.marks = marks;
          return hidden ? "" : textContent;
        })"""
    )
    assert said[0] == ""
    assert "Zoom in" in said[1]


def test_a_click_or_a_drag_on_the_histogram_goes_to_the_day(page):
    """The day under the pointer is shown when it is pressed, and followed while it is dragged."""
    box = page.by("days").bounding_box()
    days = page.page.evaluate("bordermap.app.parts.timeline.histogram.days")
    at = lambda day: box["x"] + (day + 0.5) * box["width"] / days  # noqa: E731
    page.page.mouse.move(at(3), box["y"] + 20)
    page.page.mouse.down()
    assert page.day == "2024-11-24"
    page.page.mouse.move(at(16), box["y"] + 20)
    page.page.mouse.up()
    assert page.day == "2024-12-07"


def test_no_report_is_told_from_no_movement(browser, tmp_path, iberia):
    """A day of which a source says only something else is told from a day of which no source speaks."""
    cases = [
        {"event_id": "e1", **FROM_ELVAS, **ON_THE_SEVENTH},
        {
            "event_id": "e2",
            "kind": "closure",
            "place_id": "caia",
            "geo_precision": "1",
            "date_start": "2024-12-10",
            "date_end": "2024-12-10",
            "date_kind": "on",
        },
    ]
    events = [{}, {"event_id": "e2", "kind": "closure", "title": "The gate is shut"}]
    made = collection_of(tmp_path / "made", iberia, claims=cases, events=events)
    file = tmp_path / "map.html"
    file.write_text(build_page(made, iberia), encoding="utf-8")
    with reading(browser) as opened:
        opened.open(file)
        speak = opened.page.evaluate("Array.from(bordermap.app.parts.timeline.histogram.reports.speak)")
        assert [day for day, sources in enumerate(speak, start=1) if sources] == [7, 10]
        opened.to_day("2024-12-10")
        expect(opened.page.locator(".bm-empty")).to_contain_text("hidden by the filters")
        opened.to_day("2024-12-20")
        expect(opened.page.locator(".bm-empty")).to_contain_text(
            "No report in this collection speaks of these days"
        )


def test_a_count_is_as_wide_as_its_range(browser, tmp_path, iberia):
    """A number that is open at its top is drawn wider than the same number that is closed, and unknown ones are hollow."""
    numbers = [
        ABOUT_2000,
        {**ABOUT_2000, "count_low": "2000", "count_high": ""},
        {},
    ]
    days = [
        {"date_start": f"2024-12-0{day}", "date_end": f"2024-12-0{day}", "date_kind": "on"}
        for day in (1, 2, 3)
    ]
    claims = [
        {"event_id": f"e{at}", **FROM_ELVAS, **number, **day}
        for at, (number, day) in enumerate(zip(numbers, days, strict=True), start=1)
    ]
    made = collection_of(
        tmp_path / "made", iberia, claims=claims, events=[{}, {"title": "two"}, {"title": "three"}]
    )
    file = tmp_path / "map.html"
    file.write_text(build_page(made, iberia), encoding="utf-8")
    with reading(browser) as opened:
        opened.open(file)
        pictures = []
        for at in (1, 2, 3):
            opened.to_day(f"2024-12-0{at}")
            pictures.append(np.array(opened.page.evaluate(CROP, f"e{at}"), dtype=float))
    for one, other in itertools.combinations(pictures, 2):
        assert np.abs(one - other).mean() > 0.2
    closed, opened_, _ = map(COLOURED, pictures)
    assert opened_ > closed


def test_filters_of_doubt_change_list_and_map(page):
    """Certainty, disputes, sides and the number of sources narrow what is shown, and the page says how many it hides."""
    frame = pd.concat([frame for name, frame in layers().items() if SHOWN[name]])
    start, end = days_of(frame["date_start"]), days_of(frame["date_end"])
    kinds = frame["date_kind"].to_numpy(dtype=object)
    on = frame[strength(start, end, kinds, day_number("2024-12-07")) > 0]
    page.by("filters").locator("summary").click()
    page.by("disputed").get_by_label("nothing").uncheck()
    disputed = on[
        (on[[f"disputed_{what}" for what in ("occurrence", "count", "date", "place")]] != "").any(axis=1)
    ]
    assert page.shown() == sorted(disputed.index)
    page.page.get_by_role("button", name="Show all again").click()
    page.page.get_by_label("Independent sources").select_option("2")
    assert page.shown() == sorted(on.index[on["roots"] >= 2])
    page.page.get_by_role("button", name="Show all again").click()
    page.by("certainty").get_by_label("somewhere in a region").uncheck()
    assert page.shown() == sorted(on.index[on["certainty"] != "region"])
    page.page.get_by_role("button", name="Show all again").click()
    sides = collection().actors.set_index("actor")["side"]
    side = sides[on["actors"].str.split(";").explode().iloc[0]]
    called = collection().sides.set_index("side")["name"][side]
    name = re.compile(rf"^{re.escape(called)}\s*\d")
    page.by("sides").locator("label").filter(has_text=name).locator("input").check()
    of_side = on["actors"].map(lambda listed: any(sides.get(actor) == side for actor in listed.split(";")))
    assert page.shown() == sorted(on.index[of_side.astype(bool)])
    expect(page.by("summary")).to_contain_text(
        f"{len(page.shown())} of {len(collection().events)} events shown"
    )


def test_the_page_says_what_changed_and_what_it_was_cut_to(browser, tmp_path, iberia):
    """A page made with an earlier version at hand lists in plain words what changed since, and one cut to a day says so."""
    old = collection_of(tmp_path / "old", iberia, claims=[{**FROM_ELVAS, **ON_THE_SEVENTH}])
    new = collection_of(
        tmp_path / "new",
        iberia,
        claims=[{**FROM_ELVAS, **ON_THE_SEVENTH, **ABOUT_2000}],
        facts={"version": '"2"'},
    )
    file = tmp_path / "map.html"
    places = places_frame(iberia)
    changed = changes_between(old, new, places, places)
    page = build_page(known_by(new, pd.Timestamp("2024-12-09").date()), iberia, changes=changed)
    file.write_text(page, encoding="utf-8")
    with reading(browser) as opened:
        opened.open(file)
        opened.page.get_by_text("Changed since version 1").click()
        expect(opened.by("changes").locator("li").filter(has_text="2,000 or so").first).to_be_visible()
        expect(opened.by("about")).to_contain_text("Holds only what had been reported by 9 December 2024")


def test_a_window_made_narrow_and_wide_again_shows_the_opening_view(reader):
    """A view that nobody moved is fitted again whenever the window changes, and no address says that it was moved."""
    opened = reader("#day=2024-12-07")
    zoom = opened.page.evaluate("bordermap.app.map.getZoom()")
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.page.wait_for_function("(zoom) => bordermap.app.map.getZoom() < zoom", arg=zoom)
    opened.page.set_viewport_size({"width": 1360, "height": 860})
    opened.page.wait_for_function("(zoom) => bordermap.app.map.getZoom() === zoom", arg=zoom)
    assert opened.page.evaluate("bordermap.app.state.view") is None


def test_the_cross_of_a_refusal_is_on_its_own_arrow_at_any_zoom(page):
    """Near and far a refused movement is crossed out in the middle of its arrow, outside the rings of others."""
    page.to_day("2024-12-07")
    for zoom in (5, 5.5, 6.25, 8):
        page.page.evaluate(
            "(zoom) => bordermap.app.map.setView([34.6, 40.9], zoom, { animate: false })", zoom
        )
        found = page.page.evaluate(
            """() => {
              const { data, marks } = bordermap.app;
              const signed = [...marks.drawn.arrows].filter((mark) => mark.sign);
              const refused = signed.find(({ row }) => bordermap.paint.crossed(data.events.status[row]));
              const middle = bordermap.curves.along(refused, 0.5);
              const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
              return { off: far(refused.sign, middle), others: signed.filter((mark) => mark !== refused).map((mark) => far(mark.sign, refused.sign)) };
            }"""
        )
        assert found["off"] == pytest.approx(0, abs=0.5), zoom
        assert min(found["others"]) > 20, zoom
