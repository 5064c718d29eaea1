"""Thousands of marks at once: all of them counted, cells that stay, and the mark under the pointer."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import numpy as np
import pytest
from collections_made import collection_of
from pages import browser, reading

from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind
from layers.page import build_page

pytestmark = pytest.mark.browser

EVENTS = 4000
DAYS = 10
TOWNS = 60


@pytest.fixture(scope="module")
def world():
    """Sixty towns over the view, the gate of none."""
    random = np.random.default_rng(3)
    places = {}
    for number in range(TOWNS):
        lon, lat = -8.8 + 3.6 * random.random(), 37.2 + 3.6 * random.random()
        places[f"t{number}"] = Place(f"t{number}", f"Town {number}", "", PlaceKind.TOWN, "PT", lon, lat, 2)
    return Gazetteer(places)


@pytest.fixture(scope="module")
def rows():
    """Claims of as many events: movements between towns and deployments, on a day or two each, some unplaced."""
    random = np.random.default_rng(4)
    claims = []
    for number in range(1, EVENTS + 1):
        begin = int(random.integers(1, DAYS + 1))
        end = min(DAYS, begin + int(random.integers(0, 3)))
        one, other = (f"t{at}" for at in random.choice(TOWNS, 2, replace=False))
        moves = random.random() < 0.6
        ends = {"origin_id": one, "destination_id": other} if moves else {"place_id": one}
        claims.append(
            {
                "event_id": f"e{number}",
                "kind": "crossing" if moves else "deployment",
                **(ends if random.random() < 0.97 else {}),
                "geo_precision": "1",
                "status": str(
                    random.choice(["reported", "denied", "planned", "rejected"], p=[0.85, 0.05, 0.05, 0.05])
                ),
                "date_start": f"2024-12-{begin:02}",
                "date_end": f"2024-12-{end:02}",
                "date_kind": "on" if moves else "throughout",
            }
        )
    return claims


@pytest.fixture(scope="module")
def crowded(browser, tmp_path_factory, world, rows):
    """The opened page of those events."""
    folder = tmp_path_factory.mktemp("crowd")
    events = [{"event_id": row["event_id"], "kind": row["kind"], "title": row["event_id"]} for row in rows]
    made = collection_of(folder / "made", world, claims=rows, events=events)
    file = folder / "map.html"
    file.write_text(build_page(made, world), encoding="utf-8")
    with reading(browser) as opened:
        opened.open(file)
        opened.page.evaluate("bordermap.app.map.setZoom(5, { animate: false })")
        yield opened
        assert opened.complaints == []


def on(rows, day, mode):
    """How many crossings and deployments with a place a day shows."""
    shown = [
        row
        for row in rows
        if row["date_start"] <= day
        and (mode == "sofar" or row["date_end"] >= day)
        and ("origin_id" in row or "place_id" in row)
    ]
    return [sum(row["kind"] == kind for row in shown) for kind in ("crossing", "deployment")]


@pytest.mark.parametrize("mode", ["day", "sofar"])
def test_every_event_is_in_a_mark(crowded, rows, mode):
    """Whichever way the days are gone through, the marks count every event that a day shows, and are few."""
    for day in (1, 2, 3, 4, 9, 5, 6, 10, 1, 7):
        crowded.to_day(f"2024-12-{day:02}", mode=mode)
        drawn = crowded.drawn()
        assert [drawn[0], drawn[2]] == on(rows, f"2024-12-{day:02}", mode)
        marks = crowded.page.evaluate(
            "bordermap.app.marks.drawn.arrows.length + bordermap.app.marks.drawn.points.length"
        )
        assert marks < 1200


def test_a_filter_is_followed_by_the_counted_marks(crowded, rows):
    """A layer that is switched off leaves the counted marks, and comes back with all of its events."""
    crowded.to_day("2024-12-10", mode="sofar")
    button = crowded.page.get_by_role("button", name="Deployments")
    button.click()
    assert crowded.drawn()[2] == 0
    button.click()
    assert crowded.drawn()[2] == on(rows, "2024-12-10", "sofar")[1]


def test_a_counted_mark_knows_its_events(crowded):
    """The events behind each counted mark are as many as it says, none twice, all of its layer and standing alike."""
    crowded.to_day("2024-12-10", mode="sofar")
    sound = crowded.page.evaluate(
        """() => {
          const { marks, data } = bordermap.app;
          const seen = new Set();
          return [...marks.drawn.arrows, ...marks.drawn.points].every((mark) => {
            const rows = marks.rowsOf(mark);
            const { standing } = bordermap.layout;
            const fresh = rows.every((row) => !seen.has(row) && data.events.layer[row] === mark.layer
              && standing(data.events, row) === standing(data.events, mark.row));
            for (const row of rows) seen.add(row);
            return fresh && rows.length === mark.count;
          });
        }"""
    )
    assert sound


def test_the_mark_under_the_pointer_is_the_nearest(crowded):
    """What is found by cells of the screen is what a look at all marks finds."""
    crowded.to_day("2024-12-05", mode="day")
    wrong = crowded.page.evaluate(
        """() => {
          const { marks } = bordermap.app;
          const points = [];
          for (const mark of marks.drawn.points) points.push({ x: mark.x, y: mark.y, ease: 4, mark });
          for (const mark of marks.drawn.arrows) {
            const steps = Math.max(6, Math.ceil(Math.hypot(mark.x1 - mark.x0, mark.y1 - mark.y0) / 12));
            for (let step = 0; step <= steps; step++) points.push({ ...bordermap.curves.along(mark, step / steps), ease: 2, mark });
          }
          const wrong = [];
          for (let x = 100; x < 1000; x += 37) {
            for (let y = 100; y < 700; y += 31) {
              const near = (point) => Math.hypot(point.x - x, point.y - y) - point.ease;
              const best = Math.min(14, ...points.map(near));
              const found = marks.at(x, y);
              const distance = found ? Math.min(...points.filter((point) => point.mark === found).map(near)) : 14;
              if (Math.abs(distance - best) > 1e-9) wrong.push([x, y, distance, best]);
            }
          }
          return wrong;
        }"""
    )
    assert wrong == []


def test_far_in_each_event_has_its_own_mark(crowded):
    """Zoomed in until few are in view, marks stand for one event each or for those on one place or way."""
    crowded.to_day("2024-12-05", mode="day")
    crowded.page.evaluate("bordermap.app.map.setView([39, -7], 11, { animate: false })")
    few = crowded.page.evaluate(
        "[...bordermap.app.marks.drawn.arrows, ...bordermap.app.marks.drawn.points].every((mark) => mark.slot === 0)"
    )
    assert few
    crowded.page.evaluate("bordermap.app.map.setZoom(5, { animate: false })")


def test_a_jump_makes_marks_as_strong_as_steps_do(crowded):
    """So far, gone forward by several days at once, counted marks are as strong as those that are counted anew."""
    strengths = """() => Object.fromEntries([...bordermap.app.marks.drawn.arrows, ...bordermap.app.marks.drawn.points]
      .map((mark) => [mark.slot, mark.strength]))"""
    crowded.to_day("2024-12-01", mode="sofar")
    crowded.to_day("2024-12-08", mode="sofar")
    jumped = crowded.page.evaluate(strengths)
    crowded.to_day("2024-12-09", mode="sofar")
    crowded.to_day("2024-12-08", mode="sofar")
    assert crowded.page.evaluate(strengths) == jumped
