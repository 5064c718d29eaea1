"""The bench of the page: made-up collections are kept, work runs apart within bounds, and wrong pages are refused."""

# ruff: noqa: F401, F811  # a fixture is imported, and named again as an argument

import datetime as dt
import os
import signal
import sys
import time
from argparse import ArgumentTypeError
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pages import browser

from bench import made_up, ours, pages, synthetic
from bench.__main__ import _sizes
from bench.apart import TooMuchError, apart
from bench.browser import Measured, Mode, Steps, WrongMarksError, measure
from bench.builds import Built, ours_built
from bench.table import Row, table
from claims.clock import days_of, strength
from claims.events import events_of, known_by
from claims.model import Mode as ClockMode
from layers.frames import places_frame
from layers.layers import layers_of

DAYS = made_up.CALENDAR[20:25]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A small made-up collection, kept in a folder."""
    folder = tmp_path_factory.mktemp("bench") / "made-up"
    made_up.make(300, folder)
    return made_up.MadeUp(folder)


@pytest.fixture(scope="module")
def surface(told, tmp_path_factory):
    """Our page of it, as the bench speaks to it."""
    target = tmp_path_factory.mktemp("page") / "ours.html"
    ours_built(told, target, 1)
    return pages.own_surface(target, told)


# ---- the claims


def test_shares_are_near_the_shipped_collections(gazetteer, real):
    """Areas, ends that are no place, texts and claims a source come about as often as in the shipped collection."""

    def shares(collection, places):
        layers = layers_of(collection, places)
        shown = pd.concat(layers[name] for name in ("crossings", "withdrawals", "deployments"))
        shown = shown[~shown.geometry.isna()]
        return {
            "areas": shown.geometry.geom_type.str.endswith("Polygon").mean(),
            "stubs": (shown["stub_from"] | shown["stub_to"]).mean(),
            **{f"{name} said": collection.claims[name].ne("").mean() for name in ("via", "date_text")},
            "Arabic titles": collection.events["title_ar"].ne("").mean(),
            "sources": len(collection.sources) / len(collection.claims),
        }

    tables = synthetic.tables(3000, days=60)
    places = ours.gazetteer(tables.places, tables.areas)
    made, shipped = shares(ours.collection(tables, places, days=60), places), shares(real, gazetteer)
    assert {name: share for name, share in made.items() if abs(share - shipped[name]) > 0.2} == {}
    assert made["areas"] > 0.1
    assert made["stubs"] > 0.15


def test_truth_is_the_clocks_in_both_modes(told):
    """What the bench counts as true on a day, and on all days to it, is what the clock shows."""
    collection, gazetteer = told.collection(), told.gazetteer()
    events = events_of(collection.claims, collection.events, places_frame(gazetteer))
    start, end = days_of(events["date_start"]), days_of(events["date_end"])
    kind = events["date_kind"].to_numpy(object)
    first, *_ = numbers = [int(np.datetime64(day).astype(int)) for day in made_up.CALENDAR]
    for day, number in zip(made_up.CALENDAR, numbers, strict=True):
        assert told.truth.on(day) == (strength(start, end, kind, number) > 0).sum()
        so_far = strength(start, end, kind, number, ClockMode.SO_FAR, opens=first)
        assert told.truth.so_far(day) == (so_far > 0).sum()


def test_truth_as_known_that_day_is_the_clocks(told):
    """What the bench counts as true on a day by what was known on it is what the clock shows of the claims known then."""
    for day in DAYS:
        known = known_by(told.collection(), day)
        events = events_of(known.claims, known.events, places_frame(told.gazetteer()))
        start, end = days_of(events["date_start"]), days_of(events["date_end"])
        number = int(np.datetime64(day).astype(int))
        shown = strength(start, end, events["date_kind"].to_numpy(object), number) > 0
        assert told.known_on[day] == shown.sum()


def test_kept_collection_is_the_one_that_was_made(told):
    """What is read from its folder is what was made up, over sixty days, and opens on a day with marks."""
    tables = synthetic.tables(300, days=made_up.DAYS)
    made = ours.collection(tables, ours.gazetteer(tables.places, tables.areas), days=made_up.DAYS)
    read = told.collection()
    for name in ("sources", "claims", "events", "actors"):
        pd.testing.assert_frame_equal(getattr(read, name), getattr(made, name))
    assert read.facts.last_day - read.facts.first_day == dt.timedelta(days=59)
    assert told.truth.on(read.facts.opening_day) > 0


def test_claims_that_a_panel_shows_are_held_to_one_event(told):
    """All quotes of one event are right in any dress; one missing, one too many, or none is a fault."""
    claims = told.collection().claims
    sizes = claims.groupby("event_id").size()
    quotes = claims.loc[claims["event_id"] == sizes.idxmax(), "quote"].tolist()
    foreign = claims.loc[claims["event_id"] != sizes.idxmax(), "quote"].iloc[0]
    dressed = [f"“{quote}”\nSome 12, as written" for quote in quotes]
    assert told.fault_in(dressed) == ""
    assert "2 events" in told.fault_in([*dressed, foreign])
    assert f"an event of {len(quotes)}" in told.fault_in(dressed[1:])
    assert "0 events" in told.fault_in([])


# ---- apart


def test_work_apart_gives_its_answer_in_another_process():
    """An answer comes from a fresh process, and what fails there is told."""
    assert apart(os.getpid) != os.getpid()
    with pytest.raises(RuntimeError, match="ValueError: month must be"):
        apart(dt.date, 2024, 13, 1)
    with pytest.raises(RuntimeError, match="no answer"):
        apart(os._exit, 3)


def test_work_that_takes_too_long_is_ended():
    """After its seconds the work is ended, long before it is done."""
    began = time.monotonic()
    with pytest.raises(TooMuchError, match="not done in 1 s"):
        apart(signal.pause, seconds=1)
    assert time.monotonic() - began < 30


def test_work_that_takes_too_much_memory_is_ended():
    """Work that holds more than its megabytes is ended."""
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is watched in /proc")
    with pytest.raises(TooMuchError, match="over 0 GB"):
        apart(signal.pause, megabytes=5)


# ---- the page


@pytest.mark.browser
def test_our_page_is_measured(browser, surface):
    """A page that draws the truth in both modes, and tells an event's claims, has all its figures."""
    measured = measure(browser, surface, DAYS, loads=2)
    assert set(measured.steps) == {"day", "sofar", "then"}
    assert measured.steps["sofar"].marks > measured.steps["day"].marks
    assert measured.bytes == surface.file.stat().st_size
    for figure in (measured.first_marks, measured.opened, measured.opened_at_once, measured.heap_mb):
        assert figure > 0
    assert measured.opened_at_once > measured.first_marks
    assert measured.process_mb > measured.heap_mb


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lie", "told_of"),
    [
        ({"ink": "() => 9"}, "cover no pixels"),
        ({"ink": "() => 19999"}, "the same pixels"),
        ({"count": "() => 7777"}, "wrong marks on 5 of 5 days"),
        ({"set_day": "() => null"}, "wrong marks"),
    ],
)
def test_a_page_that_does_not_draw_the_truth_is_refused(browser, surface, lie, told_of):
    """No ink, the same ink on each day, a false count, or a clock that stands still: none has figures."""
    with pytest.raises(WrongMarksError, match=told_of):
        measure(browser, replace(surface, **lie), DAYS, loads=1)


@pytest.mark.browser
def test_so_far_mode_is_held_to_its_own_truth(browser, surface):
    """A page that shows the day alone where all days to it are asked for is refused."""
    day, so_far, _ = surface.modes
    stuck = Mode(so_far.name, "() => null", so_far.truth)
    with pytest.raises(WrongMarksError, match="sofar"):
        measure(browser, replace(surface, modes=[day, stuck]), DAYS, loads=1)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lie", "told_of"),
    [
        ({"fault": lambda _: "other claims"}, "other claims"),
        ({"close": "() => null"}, "still shown"),
    ],
)
def test_a_panel_that_tells_other_claims_is_refused(browser, surface, lie, told_of):
    """A panel with claims that are not the event's, or with those of the event before, has no figures."""
    opening = replace(surface.opening, **lie)
    with pytest.raises(WrongMarksError, match=told_of):
        measure(browser, replace(surface, opening=opening), DAYS, loads=1)


# ---- the rows


def sized(claims, seconds, step):
    """Figures of our page of a size, and of two peers."""
    steps = {mode: Steps(step, step, 1, 10) for mode in ("day", "sofar", "then")}
    page = pages.Page(Built(seconds, 500), Measured(claims * 50, 100, 5, 50, steps, 20, 300))
    peer = pages.Page(Built(9, 500), Measured(claims * 200, 900, 9, 60, {"day": Steps(80, 90, 70, 20)}))
    return pages.Sized(claims, page, {"timeline": [peer, peer], "timestamped": ["does not load"]})


def test_every_measure_has_a_row_a_size():
    """Each size has its row of each measure, with the budget that is meant for it, and peers where they have it."""
    rows = [one.row(sized(claims, 1.5, 12)) for one in pages.MEASURES for claims in (100_000, 1_000_000)]
    budgets = {row.what: row.budget for row in rows if not row.what.startswith(" ")}
    assert budgets["build the page (processor time), 100,000 claims"] == 2
    assert budgets["build the page (processor time), 1,000,000 claims"] is None
    assert budgets["step in so-far mode: frame to frame, 1,000,000 claims"] == pages.FRAME
    assert all(row.ours is not None for row in rows)
    text = table(rows)
    assert "80.0 ms / 80.0 ms" in text
    assert text.count("does not load") == 2


def test_growth_is_per_claim_of_build_and_file_and_of_a_step_as_it_is():
    """A build ten times as long for ten times the claims does not grow; a step twice as long does."""
    rows = list(pages.growth([sized(100, 1, 1), sized(10_000, 1, 10), sized(100_000, 10, 20)]))
    assert [row.ours for row in rows] == [1, 1, 2, 2]
    assert [row.missed for row in rows] == [False, False, True, True]


def test_words_stand_in_for_a_figure():
    """A peer that has no figure tells why, and does not count in the ratio."""
    row = Row("step", "ms", None, 10, timeline=["does not load"], timestamped=[30])
    assert row.times_better == 3
    assert "does not load" in table([row])
    assert replace(row, timestamped=()).times_better is None


def test_sizes_are_numbers_of_claims():
    """Sizes are told with commas between them, and none is under one."""
    assert _sizes("100,10000") == [100, 10_000]
    with pytest.raises(ArgumentTypeError):
        _sizes("100,0")
