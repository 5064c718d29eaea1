"""Rows of events and claims in parts."""

import pandas as pd
import pytest
import shapely
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of

from layers.exports import rowparts
from layers.exports.formats import Export
from layers.exports.rowparts import claim_parts, event_parts
from layers.exports.rows import claim_rows, event_rows

STANDS = {"kind": "deployment", "place_id": "elvas", "geo_precision": "1"}
CLAIMS = (
    {**STANDS, **ON_THE_SEVENTH},
    {"event_id": "e2", **FROM_ELVAS},
    {"event_id": ""},
    {"event_id": "e4", **STANDS},
    {"event_id": "e2", "status": "denied"},
    {"event_id": "e2", **FROM_ELVAS},
)
EVENTS = ({"kind": "deployment"}, {}, {}, {"kind": "deployment"})
"""The third has no claims."""


@pytest.fixture(params=[1, 2, 3, 100])
def export(request, monkeypatch, tmp_path, iberia):
    """Give an export, and make parts of so many claims."""
    monkeypatch.setattr(rowparts, "ROWS", request.param)
    return Export(collection_of(tmp_path, iberia, claims=CLAIMS, events=EVENTS), iberia)


def put_together(parts):
    """Give the rows of parts as one frame, geometries as text."""
    return as_text(pd.concat(parts, ignore_index=True))


def as_text(rows):
    """Give rows with geometries as text."""
    return pd.DataFrame(rows).assign(geometry=shapely.to_wkt(rows.geometry.to_numpy()))


def test_events_in_parts_are_the_events(export):
    """Whatever fits into a part, the parts together are the rows in their order."""
    rows = event_rows(export)
    pd.testing.assert_frame_equal(put_together([rows for _, rows in event_parts(export)]), as_text(rows))


def test_a_part_of_events_has_their_claims(export):
    """With the events of a part comes the export cut to them: with all their claims, and no other's, in their order."""
    whole = export.collection.claims
    for part, rows in event_parts(export):
        theirs = whole["claim_id"][whole["event_id"].isin(rows["event_id"])]
        assert part.collection.claims["claim_id"].tolist() == theirs.tolist()
        assert len(claim_rows(part, rows)) == len(theirs)


def test_claims_in_parts_are_the_claims(export):
    """So are claims, each with the geometry, title and layer of its event."""
    parts = list(claim_parts(export))
    assert all(len(claims) <= rowparts.ROWS for claims, _ in parts)
    pd.testing.assert_frame_equal(put_together([claims for claims, _ in parts]), as_text(claim_rows(export)))


def test_claims_by_layer_stand_in_the_order_of_layers(export):
    """Layer by layer claims keep their order, and those of no event are last."""
    claims = put_together([claims for claims, _ in claim_parts(export, by_layer=True)])
    assert claims["claim_id"].tolist() == ["c2", "c5", "c6", "c1", "c4", "c3"]
    assert claims["layer"].tolist() == ["crossings"] * 3 + ["deployments"] * 2 + [""]


def test_a_part_of_claims_has_their_events(export):
    """With the claims of a part come the events that they are of, and how sure their places are."""
    certainty = event_rows(export).set_index("event_id")["certainty"]
    for claims, events in claim_parts(export):
        assert set(events["event_id"]) == set(claims["event_id"]) - {""}
        assert events["certainty"].tolist() == certainty[events["event_id"]].tolist()


def test_nothing_is_one_part_without_rows(tmp_path, iberia):
    """A collection without events or claims gives one part, with all columns."""
    export = Export(collection_of(tmp_path, iberia, claims=(), events=()), iberia)
    for parts, rows in (
        ([events for _, events in event_parts(export)], event_rows(export)),
        ([claims for claims, _ in claim_parts(export)], claim_rows(export)),
        ([claims for claims, _ in claim_parts(export, by_layer=True)], claim_rows(export)),
    ):
        (part,) = parts
        assert (len(part), part.columns.tolist()) == (0, rows.columns.tolist())
