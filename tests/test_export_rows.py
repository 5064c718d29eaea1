"""Events and claims as rows of a table."""

import pandas as pd
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from layers.exports.formats import Export
from layers.exports.rows import CLAIM_COLUMNS, EVENT_COLUMNS, claim_rows, event_rows
from layers.frames import COLUMNS

OPEN = {"count_text": "over 10", "count": "10", "count_low": "10", "count_qualifier": "at_least"}
EVENTS = ({"kind": "deployment"}, {}, {})
CLAIMS = (
    {**ON_THE_SEVENTH, "kind": "deployment", "place_id": "elvas", "geo_precision": "1", **ABOUT_2000},
    {"event_id": "e2", **FROM_ELVAS, **OPEN, "count_unit": "people", "source_id": "s2"},
    {"event_id": "", "source_id": "s2"},
    {"event_id": "e2"},
)
SOURCES = ({}, {"outlet": "Another Test", "url": "https://example.org/2", "state": "corrected"})


def made(folder, iberia):
    """Give an export of two events with claims, one without, and a claim of none."""
    return Export(collection_of(folder, iberia, claims=CLAIMS, events=EVENTS, sources=SOURCES), iberia)


def test_a_row_of_events_has_its_layer_and_what_every_layer_has(tmp_path, iberia):
    """Events with claims stand layer by layer; a count without an upper end is open and has no highest number."""
    rows = event_rows(made(tmp_path, iberia))
    assert rows.columns.tolist() == [*EVENT_COLUMNS, "geometry"]
    assert set(COLUMNS) - {"claims", "stretch"} <= set(rows)
    assert rows.crs == "EPSG:4326"
    assert rows.index.tolist() == [0, 1]
    assert rows[["event_id", "layer"]].to_numpy().tolist() == [["e2", "crossings"], ["e1", "deployments"]]
    assert rows["claim_count"].tolist() == [2, 1]
    assert rows["count_open"].tolist() == [True, False]
    assert rows["count_high"].fillna(-1).tolist() == [-1, 2200]
    assert rows["date_start"].tolist() == [pd.NaT, pd.Timestamp(2024, 12, 7)]
    assert rows.geometry.geom_type.tolist() == ["LineString", "Point"]


def test_a_row_of_claims_has_its_source_and_the_place_of_its_event(tmp_path, iberia):
    """Claims keep their order and columns, and have outlet, link and state of the source, title, layer and geometry of the event."""
    export = made(tmp_path, iberia)
    events = event_rows(export)
    rows = claim_rows(export, events)
    assert rows.columns.tolist() == [*CLAIM_COLUMNS, "geometry"]
    assert rows.crs == "EPSG:4326"
    pd.testing.assert_frame_equal(
        pd.DataFrame(rows[export.collection.claims.columns]), export.collection.claims
    )
    assert rows["outlet"].tolist() == ["The Daily Test", "Another Test", "Another Test", "The Daily Test"]
    assert rows["url"].tolist() == ["", *["https://example.org/2"] * 2, ""]
    assert rows["source_state"].tolist() == ["ok", "corrected", "corrected", "ok"]
    assert rows["layer"].tolist() == ["deployments", "crossings", "", "crossings"]
    assert rows["event_title"].tolist() == ["Some cross", "Some cross", "", "Some cross"]
    assert rows.geometry.isna().tolist() == [False, False, True, False]
    assert rows.geometry[1].equals(events.geometry[0])


def test_nothing_is_rows_all_the_same(tmp_path, iberia):
    """A collection without events or claims gives frames with the columns and no row."""
    export = Export(collection_of(tmp_path, iberia, claims=(), events=()), iberia)
    assert event_rows(export).columns.tolist() == [*EVENT_COLUMNS, "geometry"]
    assert claim_rows(export).columns.tolist() == [*CLAIM_COLUMNS, "geometry"]
    assert (len(event_rows(export)), len(claim_rows(export))) == (0, 0)
