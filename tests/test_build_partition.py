"""The partition function: parts put together are the whole, and an event is on the map when the clock shows it."""

import dataclasses
import itertools

import numpy as np
import pyarrow as pa
import pytest
import shapely
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of, small_gazetteer

from claims.clock import NO_DAY, days_of, strength
from claims.model import Mode
from claims.shipped import shipped
from claims.tables import read_with_places
from layers.build.partition import MONTH, layered, months_of
from layers.build.scatter import parts_of
from layers.built.format import NO_MONTH, ON_MAP
from layers.exports.formats import Export
from layers.exports.positions import positioned
from layers.exports.rows import EVENT_COLUMNS, event_rows
from layers.exports.typedrows import typed_rows

DATED = [
    {"date_start": "2024-12-07", "date_end": "2024-12-07", "date_kind": "on"},
    {"date_start": "2024-12-07", "date_end": "2024-12-09", "date_kind": "on"},
    {"date_start": "2024-11-29", "date_end": "2024-12-02", "date_kind": "throughout"},
    {"date_start": "2024-12-05", "date_end": "2024-12-08", "date_kind": "since"},
    {"date_start": "", "date_end": "2024-12-08", "date_kind": "by"},
    {"date_start": "", "date_end": "2024-12-03", "date_kind": "by"},
    {"date_start": "2024-11-01", "date_end": "2024-12-08", "date_kind": "by"},
    {"date_start": "2024-12-06", "date_end": "2024-12-08", "date_kind": "by"},
    {"date_start": "", "date_end": "", "date_kind": ""},
]
"""One of each kind, and those that are not what they seem."""

MODES = [(Mode.DAY, 1), *((Mode.WINDOW, days) for days in (1, 3, 30)), (Mode.SO_FAR, 1)]


@pytest.fixture
def drawn(tmp_path):
    """Give an event for each of those days, drawn."""
    claims = [{"event_id": f"e{number}", **days} for number, days in enumerate(DATED, 1)]
    collection = collection_of(tmp_path, small_gazetteer(), claims=claims, events=[{}] * len(DATED))
    return layered(collection, small_gazetteer()).to_pandas()


@pytest.mark.parametrize(("mode", "window"), MODES)
def test_an_event_is_on_the_map_when_the_clock_shows_it(drawn, mode, window):
    """On each day, by day, window and so far, shown_from and shown_until say of every kind of days what the clock's strength does."""
    start, end = (days_of(drawn[name]) for name in ("date_start", "date_end"))
    kind = drawn["date_kind"].to_numpy(dtype=object)
    first = {Mode.DAY: 0, Mode.WINDOW: window - 1, Mode.SO_FAR: 10_000}[mode]
    for day in range(*np.array(["2024-10-20", "2025-01-20"], dtype="datetime64[D]").astype(int).tolist()):
        shown = strength(start, end, kind, day, mode, window) > 0
        told = (drawn["shown_from"] <= day) & (drawn["shown_until"] >= day - first)
        assert drawn["event_id"][told].tolist() == drawn["event_id"][shown].tolist()


def test_what_has_no_day_is_never_shown_and_of_no_month(drawn):
    """An undated event has neither day on the map, and its month is `none`; every other's is that in which it begins."""
    undated = drawn[drawn["event_id"] == "e9"].iloc[0]
    assert np.isnan([undated["shown_from"], undated["shown_until"]]).all()
    assert drawn.set_index("event_id")[MONTH].to_dict() == {
        **dict.fromkeys(("e1", "e2", "e4", "e5", "e6", "e8"), "2024-12"),
        **dict.fromkeys(("e3", "e7"), "2024-11"),
        "e9": NO_MONTH,
    }


@pytest.mark.parametrize(
    ("places", "spot"),
    [
        ({"place_id": "elvas"}, "elvas"),
        (FROM_ELVAS, "badajoz"),
        ({**FROM_ELVAS, "crossing_id": "caia"}, "caia"),
        ({"origin_id": "elvas", "destination_id": "spain"}, "elvas"),
        ({**FROM_ELVAS, "kind": "withdrawal"}, "elvas"),
        ({"place_id": "portugal"}, None),
        ({}, None),
    ],
)
def test_an_event_is_counted_at_its_spot(tmp_path, places, spot):
    """It is counted at its place, else at its gate or an end, never at a country; where it has none it has no position."""
    kind = places.get("kind", "crossing")
    claims = [{**ON_THE_SEVENTH, "geo_precision": "1" if places else "", "kind": kind, **places}]
    collection = collection_of(tmp_path, small_gazetteer(), claims=claims, events=[{"kind": kind}])
    (row,) = layered(collection, small_gazetteer()).select(["spot", "spot_lon", "spot_lat"]).to_pylist()
    place = small_gazetteer()[spot] if spot else None
    assert row == {
        "spot": spot,
        "spot_lon": place.lon if place else None,
        "spot_lat": place.lat if place else None,
    }


def test_the_columns_are_those_that_the_format_says(drawn, tmp_path):
    """Whatever there is or is not, the table has the events' columns, those of the map, the month and the geometry."""
    none = collection_of(tmp_path / "none", small_gazetteer(), claims=[], events=[])
    empty = layered(none, small_gazetteer())
    assert empty.column_names == [*EVENT_COLUMNS, *ON_MAP.names, MONTH, "geometry"] == list(drawn.columns)
    assert empty.num_rows == 0


@pytest.mark.parametrize("name", shipped())
def test_parts_put_together_are_the_whole(name):
    """Claims parted by their events give, part by part, the rows that they give in one go."""
    collection, gazetteer = read_with_places(shipped()[name])
    whole = layered(collection, gazetteer)
    drawn = [layered(part, gazetteer) for part in _parted(collection, 3)]
    by = [("layer", "ascending"), (MONTH, "ascending"), ("event_id", "ascending")]
    assert pa.concat_tables(drawn).sort_by(by).equals(whole.sort_by(by))
    assert sum(part.num_rows > 0 for part in drawn) > 1


def _parted(collection, parts):
    """Part a collection by its events, as the scatter step does."""
    claims, events = collection.claims, collection.events
    of_claim, of_event = (
        parts_of(*(pa.chunked_array([frame[one].to_numpy(dtype=object)]) for one in ids), parts)
        for frame, ids in ((claims, ("event_id", "claim_id")), (events, ("event_id", "event_id")))
    )
    for part in range(parts):
        yield dataclasses.replace(
            collection, claims=claims[of_claim == part], events=events[of_event == part]
        )


def test_rows_are_those_of_an_export(real, gazetteer):
    """The columns that an export of events has are the same here, row by row."""
    exported = event_rows(Export(real, gazetteer))
    shapes = shapely.to_wkb(positioned(exported.geometry.to_numpy()))
    theirs = typed_rows(exported).append_column("geometry", pa.array(shapes, pa.binary()))
    ours = layered(real, gazetteer).select(theirs.column_names)
    assert ours.sort_by("event_id").equals(theirs.sort_by("event_id"))


def test_rows_are_in_order(real, gazetteer):
    """Rows stand by layer, month, first day, place and id."""
    drawn = layered(real, gazetteer).to_pandas()
    begins = days_of(drawn["date_start"].fillna(drawn["date_end"]))
    keys = zip(
        drawn["layer"], drawn[MONTH], begins, drawn["spot"].fillna("~"), drawn["event_id"], strict=True
    )
    assert all(one <= other for one, other in itertools.pairwise(keys))


def test_a_month_is_that_of_its_days():
    """Days before and after 1970, leap days and no day each have their month."""
    days = np.array(["1969-12-31", "1970-01-01", "2024-02-29", "NaT"], dtype="datetime64[D]").astype("int64")
    days[-1] = NO_DAY
    assert months_of(days).tolist() == ["1969-12", "1970-01", "2024-02", NO_MONTH]
    assert months_of(days[:0]).tolist() == []
