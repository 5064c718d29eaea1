"""The bench's made-up claims: the same each time, by the rules of every collection, and counted rightly."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bench import ours, peers, synthetic
from bench.table import Row, table
from claims.events import events_of
from geo.errors import FaultsError
from layers.clock import days_of, strength
from layers.frames import places_frame


@pytest.fixture(scope="module")
def made_up():
    """A small made-up collection."""
    return synthetic.tables(400)


def test_so_many_claims_in_about_half_as_many_events(made_up):
    """As many claims as asked for, about two to an event, each with a quote of its own."""
    assert len(made_up.claims) == 400
    assert 150 < len(made_up.events) < 250
    assert made_up.claims.quote.is_unique
    assert made_up.claims.quote.str.split().str.len().between(10, synthetic.LONGEST_QUOTE).all()


def test_same_tables_each_time(made_up):
    """The same number and seed give the same tables."""
    again = synthetic.tables(400)
    pd.testing.assert_frame_equal(made_up.claims, again.claims)
    pd.testing.assert_frame_equal(made_up.places, again.places)


def test_keeps_the_rules_of_every_collection(made_up):
    """The made-up tables are read without a fault, and a broken one is not."""
    gazetteer = ours.gazetteer(made_up)
    assert len(ours.collection(made_up, gazetteer).claims) == 400
    broken = replace(made_up, claims=made_up.claims.assign(kind="parade"))
    with pytest.raises(FaultsError):
        ours.collection(broken, gazetteer)


def test_truth_is_the_clocks(made_up):
    """What the bench counts as true on a day is what the clock shows on it."""
    gazetteer = ours.gazetteer(made_up)
    collection = ours.collection(made_up, gazetteer)
    events = events_of(collection.claims, collection.events, places_frame(gazetteer))
    start, end = days_of(events["date_start"]), days_of(events["date_end"])
    kind = events["date_kind"].to_numpy(object)
    truth = ours.truth(made_up)
    for day in (dt.date(2024, 1, 1) + dt.timedelta(days=step) for step in range(366)):
        number = int(np.datetime64(day).astype("datetime64[D]").astype(int))
        assert truth.on(day) == (strength(start, end, kind, number) > 0).sum()


def test_written_collection_is_read_again(made_up, tmp_path):
    """A collection that the bench writes for the dashboard is read as it was made."""
    from claims.tables import read_collection  # noqa: PLC0415  only here
    from geo.gazetteer import Gazetteer  # noqa: PLC0415

    ours.write(made_up, tmp_path, last_day=dt.date(2024, 12, 31))
    read = read_collection(tmp_path, Gazetteer.read(tmp_path / "gazetteer"))
    assert read.claims["claim_id"].tolist() == made_up.claims["claim_id"].tolist()


def test_peers_hold_every_claim(made_up, tmp_path):
    """Both peers' pages carry each claim's words, and a day's points are counted by their days."""
    points = peers.points(made_up)
    for build in (peers.timeline, peers.timestamped_geojson):
        build(points, tmp_path / "page.html", circles=True)
        page = (tmp_path / "page.html").read_text()
        assert all(quote in page for quote in made_up.claims.quote)
    day = made_up.claims.date_end.iloc[0]
    assert points.on(dt.date.fromisoformat(day)) >= 1
    assert points.on(dt.date(2030, 1, 1)) == 0


def test_ratio_never_flatters():
    """The ratio is taken from the best figure of any peer, and a budget that is reached is missed."""
    text = table([Row("step", "ms", 10, 10, timeline=(100, 40), timestamped=(50,))])
    assert "| 4.0" in text
    assert "MISSED" in text
