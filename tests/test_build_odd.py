"""Rows that would spoil a set for all others: days of other centuries, ids of two collections, and faults without end."""

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest
from builds_made import built, claims_in, planned, put_csv, work_in
from collections_made import ON_THE_SEVENTH, make
from foreign_rows import ACLED

from geo.errors import Fault
from geo.placefiles import COLUMNS
from layers.build import faultstold, shared
from layers.build.faultstold import Faults, told
from layers.build.finishing import _every_month, span_of
from layers.build.naming import gather_named
from layers.build.scatter import Scatter, scatter

LATE = {"date_start": "2924-12-07", "date_end": "2924-12-07", "date_kind": "on"}


def faults_of(folder, path, **said):
    """Scatter one input; give its faults as lines, and how many claims it has."""
    (one, asked), *_ = planned(path, **said).inputs
    done = scatter(Scatter(one, asked, work_in(folder)))
    return [str(Fault(**fault)) for fault in done["faults"]], done["claims"]


# ---- days


def test_a_day_of_another_century_is_a_fault_of_its_row(tmp_path):
    """A row of a table with a slip in its year is told at its line, and the input is missing as for any fault."""
    rows = [ACLED, ACLED | {"event_id_cnty": "PRT2", "event_date": "2924-12-07", "year": "2924"}]
    faults, claims = faults_of(tmp_path, put_csv(tmp_path / "a.csv", rows))
    assert (faults, claims) == (
        ["a.csv line 3: date_start '2924-12-07' is not between 1700 and 2200; correct the day"],
        0,
    )


def test_slips_and_other_faults_are_told_together(tmp_path):
    """Neither hides the other: both are mended in one go."""
    rows = [ACLED | {"latitude": "north"}, ACLED | {"event_id_cnty": "PRT2", "event_date": "2924-12-07"}]
    faults, _ = faults_of(tmp_path, put_csv(tmp_path / "a.csv", rows))
    assert [fault.split(" '")[0] for fault in faults] == [
        "a.csv line 2: latitude",
        "a.csv line 3: date_start",
    ]


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (LATE, "date_start '2924-12-07' of the claim 'c1' is not"),
        ({"reported": "0924-12-08"}, "reported '0924-12-08' of the claim 'c1' is not"),
        (LATE | {"date_start": "", "date_kind": "by"}, "date_end '2924-12-07' of the claim 'c1' is not"),
    ],
)
def test_a_claim_of_another_century_is_a_fault_of_its_collection(tmp_path, claim, why):
    """A claim of a collection with such a day, whichever, is told by its id."""
    faults, claims = faults_of(tmp_path, make(tmp_path / "mine", claims=[claim, ON_THE_SEVENTH]))
    assert [fault.split(" between")[0] for fault in faults] == [f"mine: {why}"]
    assert claims == 0


def test_a_report_of_another_century_is_left_out_alone(tmp_path):
    """Of texts the one with such a day is missing, its source too, and the others are there."""
    text = "On Saturday the army said that 2,000 soldiers had crossed into Portugal at Elvas. They came from Spain by road."
    lines = [json.dumps({"text": text, "published": day}) for day in ("2924-12-08", "2024-12-08")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    manifest = built(tmp_path / "out", tmp_path / "a.jsonl").manifest
    assert {fault["line"] for one in manifest["missing"] for fault in one["faults"]} == {1}
    assert set(claims_in(tmp_path / "out")["line"]) == {2}
    assert pd.read_parquet(tmp_path / "out" / "sources.parquet")["repeats"].isna().tolist() == [True]


def rows_of(*days):
    """Give what is told of days: each with a number of events of the first layer that begin."""
    rows = [{"day": days_since(day), "layer": 0, "shown": number, "begun": number} for day, number in days]
    return pd.DataFrame(rows)


def days_since(day):
    """Count the days since 1970."""
    return int(np.datetime64(day, "D").astype(int))


SPANS = [
    ([("2024-12-07", 1), ("2024-12-09", 2)], ("2024-12-07", "2024-12-09", "2024-12-09")),
    ([("1824-12-07", 1), ("2024-12-07", 1), ("2024-12-09", 1)], ("2024-12-07", "2024-12-09", "2024-12-07")),
    ([("2024-12-07", 2), ("2124-12-31", 1)], ("2024-12-07", "2024-12-07", "2024-12-07")),
    ([("1990-12-07", 2), ("2024-12-31", 1)], ("1990-12-07", "2024-12-31", "1990-12-07")),
]


@pytest.mark.parametrize(("days", "expected"), SPANS)
def test_the_map_has_the_days_on_which_most_begins(days, expected):
    """All days are the map's; of more than a hundred years those hundred that have most events."""
    span = span_of(rows_of(*days))
    assert (span.first, span.last, span.opening) == tuple(map(dt.date.fromisoformat, expected))


def test_months_outside_of_the_map_are_not_filled():
    """Between months that have counts those within the days get their files, and that of the day before."""
    span = span_of(rows_of(("2024-10-01", 5), ("2024-12-07", 5)))
    assert _every_month(["1824-01", "2024-10", "2024-12", "none"], span) == [
        "1824-01",
        *("2024-09", "2024-10", "2024-11", "2024-12"),
    ]


# ---- ids


def test_ids_that_two_collections_share_are_told(tmp_path):
    """Claims, events and sources of one id that differ are told with the names of their inputs; what is the same is not."""
    make(
        tmp_path / "in" / "a",
        claims=[{}, {"claim_id": "mine"}],
        sources=[{"title": "of a"}],
        events=[{"title": "of a"}, {}],
    )
    make(tmp_path / "in" / "b", claims=[{"quote": "otherwise"}, {"claim_id": "yours"}], events=[{}, {}])
    manifest = built(tmp_path / "out", tmp_path / "in").manifest
    assert manifest["shared"]["count"] == 3
    assert [(one["table"], one["id"], one["inputs"]) for one in manifest["shared"]["some"]] == [
        ("sources", "s1", ["a", "b"]),
        ("claims", "c1", ["a", "b"]),
        ("events", "e1", ["a", "b"]),
    ]


def test_rows_of_a_data_set_are_meant_to_share_ids(tmp_path):
    """Another edition of a table is no matter, nor is a collection that is given twice."""
    for name, notes in (("a.csv", "as it was"), ("b.csv", "otherwise")):
        put_csv(tmp_path / "in" / name, [ACLED | {"notes": notes}])
    make(tmp_path / "in" / "c")
    make(tmp_path / "in" / "d")
    manifest = built(tmp_path / "out", tmp_path / "in").manifest
    assert (manifest["rows"]["repeated"], manifest["shared"]) == (1, {"count": 0, "some": []})


def test_more_shared_ids_than_are_named_are_counted(monkeypatch):
    """Of many only some are named, and how many there are is told."""
    monkeypatch.setattr(shared, "MOST_SHARED", 2)
    every = shared.Shared()
    for number in range(3):
        every.add({"count": 2, "some": [{"id": number}]})
    assert every.told() == {"count": 6, "some": [{"id": 0}, {"id": 1}]}


def test_an_outline_is_that_of_the_place_that_counts(tmp_path):
    """Where two collections have a place of one id, the outline of the second is not put around the place of the first."""
    shape = {"type": "Polygon", "coordinates": [[[-7.0, 38.0], [-6.9, 38.0], [-6.9, 38.1], [-7.0, 38.0]]]}
    said = {"place_id": "camp", "source": "made", "schematic": True}
    feature = {"type": "Feature", "properties": said, "geometry": shape}
    for name, kind in (("a", "town"), ("b", "region")):
        folder = make(tmp_path / "in" / name)
        camp = {"place_id": "camp", "name": "Camp", "kind": kind, "country": "PT", "lon": -6.95, "lat": 38.05}
        put_csv(
            folder / "places.csv", [dict.fromkeys(COLUMNS, "") | camp | {"radius_km": 5, "checked": "no"}]
        )
    areas = {"type": "FeatureCollection", "features": [feature]}
    (tmp_path / "in" / "b" / "areas.geojson").write_text(json.dumps(areas), encoding="utf-8")
    work, inputs = work_in(tmp_path), planned(tmp_path / "in").inputs
    assert [scatter(Scatter(one, asked, work))["faults"] for one, asked in inputs] == [[], []]
    told = gather_named(work, [one for one, _ in inputs])
    assert [one["table"] for one in told["shared"]["some"]] == ["places"]
    assert json.loads((work.named / "places" / "areas.geojson").read_text(encoding="utf-8"))["features"] == []


# ---- faults


def test_faults_without_end_are_counted(monkeypatch):
    """So many faults as are told are kept, and a last one says how many more were found; fewer have none."""
    monkeypatch.setattr(faultstold, "MOST_FAULTS", 2)
    one = Fault("a.jsonl", 1, None, "\ud800", "is wrong", "mend it")
    few, many = Faults([one, one]), Faults()
    for _ in range(4):
        many += [one, one, one]
    assert (len(many), many.more) == (4, 8)
    assert [fault["value"] for fault in told(few, "a")] == ["\\ud800", "\\ud800"]
    *_, last = told(many, "a")
    assert (len(told(many, "a")), last["why"]) == (3, "has over 2 faults: 10 more were found than are told")


def test_a_bundle_names_its_reports(tmp_path):
    """Reports that are read together are each named in the manifest."""
    for name in ("2024-12-08-a.txt", "2024-12-08-b.txt"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(
            "On Saturday soldiers crossed into Portugal at Elvas.", encoding="utf-8"
        )
    (one,) = built(tmp_path / "out", tmp_path / "in").manifest["inputs"]
    assert one["files"] == ["2024-12-08-a.txt", "2024-12-08-b.txt"]
