"""The bench's made-up claims and its peers: the same each time, by the rules, and counted and told rightly."""

import datetime as dt
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bench import exchange, exchange_made, exchange_work, ours, peers, places, placing, synthetic
from bench.geocoders import Exact, Fuzzy, Known
from bench.table import Bound, Row, table
from bench.timing import resident_mb
from claims.clock import days_of, strength
from claims.events import events_of
from geo.errors import FaultsError
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
    gazetteer = ours.gazetteer(made_up.places, made_up.areas)
    assert len(ours.collection(made_up, gazetteer).claims) == 400
    broken = replace(made_up, claims=made_up.claims.assign(kind="parade"))
    with pytest.raises(FaultsError):
        ours.collection(broken, gazetteer)


def test_truth_is_the_clocks(made_up):
    """What the bench counts as true on a day is what the clock shows on it."""
    gazetteer = ours.gazetteer(made_up.places, made_up.areas)
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
    points = peers.points(made_up, made_up.places)
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


@pytest.mark.parametrize(
    ("bound", "ours", "told"),
    [
        (Bound.UNDER, 9.9, "< 10.0 % | 9.90 % | held"),
        (Bound.UNDER, 10, "< 10.0 % | 10.0 % | MISSED"),
        (Bound.AT_MOST, 10, "≤ 10.0 % | 10.0 % | held"),
        (Bound.AT_MOST, 10.1, "≤ 10.0 % | 10.1 % | MISSED"),
        (Bound.AT_LEAST, 10, "≥ 10.0 % | 10.0 % | held"),
        (Bound.AT_LEAST, 9.9, "≥ 10.0 % | 9.90 % | MISSED"),
        (Bound.AT_LEAST, None, "≥ 10.0 % | - |"),
    ],
)
def test_budget_is_held_on_its_own_side(bound, ours, told):
    """A figure is held to be under, at the most or at the least its budget, and what was not measured misses none."""
    line = " ".join(table([Row("figure", "%", 10, ours, bound=bound)]).splitlines()[2].split())
    assert told in line
    assert ("MISSED" in line) == ("MISSED" in told)


@pytest.mark.parametrize(
    ("bound", "ours", "others", "times"),
    [
        (Bound.UNDER, 10, (100, 40), 4),
        (Bound.AT_MOST, 80, (40, 160), 0.5),
        (Bound.AT_LEAST, 80, (20, 40), 2),
        (Bound.AT_LEAST, 20, (40, 10), 0.5),
        (Bound.AT_LEAST, 80, (0, 0), None),
        (Bound.AT_MOST, 0, (3, 4), None),
        (Bound.AT_LEAST, None, (3, 4), None),
        (Bound.UNDER, 80, (), None),
    ],
)
def test_times_better_is_against_the_best_peer(bound, ours, others, times):
    """Where more is better the ratio is ours over the greatest peer's, else the least peer's over ours."""
    assert Row("figure", "", None, ours, other=others, bound=bound).times_better == times


# ---- places

HAMLET, CITY, LAND = (1.0, 2.0), (3.0, 4.0), (5.0, 6.0)


@pytest.fixture
def exact():
    """A lookup that knows a hamlet and a city of one name, and a land that is called as another town."""
    return Exact(
        areas=[Known(["Fooland"], LAND)],
        towns=[
            Known(["Barton", "Fooland"], HAMLET, 700),
            Known(["Bar-le-Grand", "BARTON"], CITY, 70_000),
        ],
    )


@pytest.mark.parametrize(
    ("toponym", "point"),
    [
        ("Barton", CITY),
        ("barTON", CITY),
        ("Bar-le-Grand", CITY),
        ("fooland", LAND),
        ("Bartons", None),
        ("", None),
    ],
)
def test_exact_peer_takes_the_most_populous(exact, toponym, point):
    """The exact lookup minds no case, takes a land before a town and the larger town, and guesses at no other spelling."""
    assert exact.geocode([toponym]) == [point]


def test_fuzzy_peer_takes_the_most_similar(exact):
    """The fuzzy lookup finds a misspelt name, of equals what the exact one finds, and nothing for what is too far."""
    fuzzy = Fuzzy(exact.points)
    assert fuzzy.geocode(["Bartonn", "Barton", "Folland", "Quux", ""]) == [CITY, CITY, LAND, None, None]


def test_names_of_one_document_are_placed_together():
    """A document's toponyms are handed over at once in its order, though other documents' rows stand between."""
    handed = []

    def geocode(toponyms):
        handed.append(list(toponyms))
        return [LAND if toponym == "Fooland" else None for toponym in toponyms]

    rows = [
        {"doc": "1", "toponym": "Barton", "lat": "4"},
        {"doc": "2", "toponym": "Quux", "lat": "0"},
        {"doc": "1", "toponym": "Fooland", "lat": "6"},
    ]
    answered = placing.placed(geocode, rows)
    assert handed == [["Barton", "Fooland"], ["Quux"]]
    assert [(row["place_lon"], row["place_lat"]) for row in answered] == [("", ""), ("", ""), ("5.0", "6.0")]
    assert [row["lat"] for row in answered] == ["4", "0", "6"]


def test_answers_are_written_as_they_are_read(tmp_path):
    """What is written for the scorer holds every column and letter."""
    rows = [{"doc": 'a "b", c', "toponym": "Łódź\nთბილისი", "place_lat": ""}]
    placing.write(tmp_path / "answers.csv", rows)
    assert places.read(tmp_path / "answers.csv") == rows


def test_a_name_without_context_is_asked_once():
    """A lookup that remembers asks each name once and answers all its mentions in their order."""
    asked = []

    def geocode(toponyms):
        asked.extend(toponyms)
        return [LAND if toponym == "Fooland" else None for toponym in toponyms]

    remembered = placing.remembering(geocode)
    assert remembered(["Barton", "Fooland", "Barton"]) == [None, LAND, None]
    assert remembered(["Fooland", "Quux"]) == [LAND, None]
    assert asked == ["Barton", "Fooland", "Quux"]


def test_speed_is_of_all_names_in_groups():
    """Every round hands all names over in groups of twenty, and without names there is no speed."""
    handed = []
    names = [str(number) for number in range(45)]
    first, warm = placing.speeds(lambda group: handed.append(list(group)) or [], names, at_least_s=0.001)
    assert first > 0
    assert warm > 0
    assert [len(group) for group in handed[:3]] == [20, 20, 5]
    assert [name for group in handed for name in group] == names * (len(handed) // 3)
    assert placing.speeds(lambda _: [], []) == (None, None)


def test_a_table_without_tolerances_is_wrong_beyond_161_km(tmp_path, monkeypatch):
    """The shared tool's shares become percents, and what it does not say of wrong places follows from what it says."""
    monkeypatch.setattr(places, "SCORE", tmp_path / "score.py")
    said = {
        "all": {
            "toponyms": 8,
            "unplaced": 0.125,
            "accuracy_161km": 0.75,
            "accuracy_25km": 0.5,
            "median_km": 3,
        }
    }
    places.SCORE.write_text(f"import json; print(json.dumps({said!r}))")
    scored = places.score(tmp_path / "answers.csv")
    assert scored == {"unplaced": 12.5, "accuracy_161km": 75, "accuracy_25km": 50, "placed_but_wrong": 12.5}
    places.SCORE.write_text("raise SystemExit('no such column')")
    with pytest.raises(RuntimeError, match="no such column"):
        places.score(tmp_path / "answers.csv")


def test_rows_of_a_table_hold_its_targets():
    """Each share of a table stands beside its target and the peers' shares, better where more are right, or fewer wrong."""
    score = {"accuracy_161km": 98, "accuracy_25km": 90, "within_own_tolerance": 97, "placed_but_wrong": 1}
    worse = {key: share / 2 for key, share in score.items()}
    near, nearer, own, wrong = places.accuracy("reports", {"ours": score, "exact": worse, "fuzzy": worse})
    assert [near.budget, nearer.budget, own.budget, wrong.budget] == [None, None, 97, 1]
    assert [row.missed for row in (near, nearer, own, wrong)] == [False] * 4
    assert [row.times_better for row in (near, nearer, own, wrong)] == [2, 2, 2, 0.5]
    del score["within_own_tolerance"]
    missed = places.accuracy(
        "trnews", {"ours": score | {"accuracy_161km": 90.9}, "exact": score, "fuzzy": score}
    )
    assert [row.missed for row in missed] == [True, False, False]


def test_memory_is_this_process_own():
    """The peak grows with what this process holds, by about as much."""
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is read from /proc")
    before = resident_mb("VmRSS")
    held = np.ones(40_000_000 // 8)
    assert 35 < resident_mb("VmRSS") - before < 60
    assert resident_mb("VmHWM") >= resident_mb("VmRSS") - 1
    del held


# ---- exchange


@pytest.mark.parametrize(("kind", "suffix"), [("acled", "csv"), ("csv", "csv"), ("geojson", "geojson")])
def test_every_made_up_row_is_imported(tmp_path, kind, suffix):
    """The rows that the bench makes up are taken, each of them and without a fault."""
    file, into = tmp_path / f"rows.{suffix}", tmp_path / "into"
    exchange_made.write(kind, 40, file)
    exchange_work._imported(kind, file, into)
    assert len(pd.read_csv(into / "claims.csv")) == 40


def test_half_the_rows_a_second_of_the_peer_is_enough():
    """An exchange is held to half the rows a second of plain pandas, and of a peer that was ended only words are told."""
    took = exchange_work.Took(seconds=2, peak_mb=10, more_mb=1)
    slow, fast = exchange_work.Took(1, 10, 1), exchange_work.Took(0.9, 10, 1)
    assert not exchange._speed("read", 100, took, slow).missed
    assert exchange._speed("read", 100, took, fast).missed
    assert exchange._speed("read", 100, took, "not done in 180 s").budget is None
