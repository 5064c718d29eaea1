"""Claims that several inputs count to events of their own: each is there once, whatever the number of parts."""

import dataclasses

import pyarrow as pa
import pytest
from builds_made import acled_rows, claims_in, events_in, planned, put_csv, work_in
from collections_made import ON_THE_SEVENTH, make

from layers.build.building import build
from layers.build.pieces import batch_at, put_pieces
from layers.build.runners import Here
from layers.build.settling import ASTRAY, Settle, astray, settle

HELD = {"claim_id": "acled-PRT2", "quote": "as a person has read it"}
OTHER = {"claim_id": "acled-PRT3", "event_id": "e1"}


def in_parts(folder, parts):
    """Build the inputs of a folder in parts; give which claim is of which event, the events, and what was counted."""
    plan = dataclasses.replace(planned(folder / "in", context=True), parts=parts)
    manifest = build(plan, folder / f"out{parts}", Here(), lambda _line: None).manifest
    claims = claims_in(folder / f"out{parts}")
    rows = claims[["claim_id", "event_id", "file"]].to_numpy().tolist()
    return rows, events_in(folder / f"out{parts}")["event_id"].tolist(), manifest["rows"]


def test_a_claim_of_two_events_is_there_once(tmp_path):
    """A row that one input has as it came and another counts to an event of its own is one claim, of the edition that counts."""
    put_csv(tmp_path / "in" / "acled.csv", acled_rows(9))
    make(tmp_path / "in" / "mine", claims=[HELD, OTHER, ON_THE_SEVENTH], events=[{}])
    rows, events, counted = in_parts(tmp_path, 1)
    assert len(rows) == len({claim for claim, *_ in rows}) == 10
    assert ["acled-PRT2", "acled-PRT2", "acled.csv"] in rows
    assert counted == {"repeated": 0, "older": 2, "differing": 0}
    assert "e1" in events
    assert in_parts(tmp_path, 7) == (rows, events, counted)


CHOSEN = [
    ([("c", "c", "1"), ("c", "e", "1")], [("c", "e")]),
    ([("c", "e", "1"), ("c", "c", "1")], [("c", "c")]),
    ([("c", "e", "2"), ("c", "c", "1")], [("c", "e")]),
    ([("c", "", "2"), ("c", "e", "1")], [("c", "")]),
    ([("c", "e", "1"), ("c", "f", "2")], [("c", "f")]),
    ([("c", "e", "1"), ("c", "e", "2")], []),
    ([("c", "c", "1"), ("d", "e", "1")], []),
]


@pytest.mark.parametrize(("inputs", "chosen"), CHOSEN)
def test_the_newest_row_says_of_which_event_a_claim_is(tmp_path, inputs, chosen):
    """Of a claim under several events that of the newest edition counts, of equal ones that of the last input."""
    work = work_in(tmp_path)
    for number, (claim, event, version) in enumerate(inputs):
        row = {"claim_id": claim, "event_id": event, "row_version": version, "file": "a", "dataset": ""}
        rows = pa.Table.from_pylist([row], schema=ASTRAY)
        for name, table in (("claims", rows), ("astray", astray(rows))):
            put_pieces(work.read(number) / f"{name}-0000.arrow", ASTRAY, [table], work.aside)
    assert settle(Settle(0, ((0, 1), (1, 1)), work)) == len(chosen)
    rows = batch_at(work.settled(0) / "chosen.arrow", [0])[0].to_pylist()
    assert [(one["claim_id"], one["event_id"]) for one in rows] == chosen
