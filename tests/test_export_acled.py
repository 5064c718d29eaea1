"""A table with ACLED's columns: what is derived, what is left empty, and rows that are given back."""

import csv
import dataclasses
import json

import pandas as pd
import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of
from foreign_rows import ACLED, chunk_of, converted, reads_without_faults

from claims.coded import rows_in
from claims.imports.merging.digests import digests
from layers.exports import acledrows, rowparts
from layers.exports.acledrows import COLUMNS
from layers.exports.formats import Export, write

DEATHS = {"count_text": "at least 3", "count": "3", "count_qualifier": "at_least", "count_low": "3", "count_unit": "deaths"}  # fmt: skip


def rows_of(folder, export):
    """Write the table and read it."""
    write("acled", export, folder / "out.csv")
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def row_of(folder, iberia, *claims, **more):
    """Give the one row of an event."""
    (row,) = rows_of(folder, Export(collection_of(folder, iberia, claims=claims, **more), iberia))
    return row


def test_a_row_has_acleds_columns_and_says_that_it_is_not_acleds(tmp_path, iberia):
    """An event's own words stand in ACLED's 31 columns, what cannot be said is empty, and a column tells what it is."""
    actors = ({}, {"actor": "riders", "name": "Riders"})
    claim = {**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "actors": "walkers;riders"}
    row = row_of(tmp_path, iberia, claim, actors=actors)
    assert list(row) == [*COLUMNS, "note"]
    assert len(COLUMNS) == 31
    said = {name: text for name, text in row.items() if text}
    note = said.pop("note")
    assert said == {
        "event_id_cnty": "e1",
        "event_date": "2024-12-07",
        "year": "2024",
        "time_precision": "1",
        "disorder_type": "Strategic developments",
        "event_type": "Strategic developments",
        "sub_event_type": "Change to group/activity",
        "actor1": "Walkers",
        "assoc_actor_1": "Riders",
        "country": "Spain",
        "location": "Badajoz",
        "latitude": "38.879",
        "longitude": "-6.97",
        "geo_precision": "1",
        "source": "The Daily Test",
        "notes": "Some cross (as said: 2,000 or so)",
    }
    assert note.startswith("ACLED-like: made by bordermap of its claims, not ACLED's data (title: A test; ")


@pytest.mark.parametrize(
    ("said", "day", "precision"),
    [
        ({"date_start": "2024-12-05", "date_end": "2024-12-09", "date_kind": "on"}, "2024-12-07", "2"),
        ({"date_start": "2024-12-01", "date_end": "2024-12-31", "date_kind": "on"}, "2024-12-16", "3"),
        ({"date_start": "2024-10-01", "date_end": "2024-12-31", "date_kind": "on"}, "2024-11-15", ""),
        (
            {"date_start": "2024-12-01", "date_end": "2024-12-31", "date_kind": "throughout"},
            "2024-12-01",
            "1",
        ),
        ({"date_end": "2024-12-20", "date_kind": "by"}, "2024-12-20", ""),
        ({}, "", ""),
    ],
)
def test_the_day_and_how_sure_it_is_are_derived(tmp_path, iberia, said, day, precision):
    """The middle of the possible days, the first of what lasts, the last of what is dated by it; no code where ACLED has none."""
    row = row_of(tmp_path, iberia, said)
    assert (row["event_date"], row["time_precision"]) == (day, precision)


@pytest.mark.parametrize(
    ("said", "location", "precision"),
    [
        ({"destination_id": "alentejo", "geo_precision": "1"}, "Alentejo", "3"),
        ({"origin_id": "elvas", "crossing_id": "caia", "geo_precision": "2"}, "Caia", "2"),
        ({}, "", ""),
    ],
)
def test_a_place_is_no_surer_than_its_kind(tmp_path, iberia, said, location, precision):
    """The gate goes before the ends, and a region is a region whatever the code."""
    row = row_of(tmp_path, iberia, said)
    assert (row["location"], row["geo_precision"]) == (location, precision)


@pytest.mark.parametrize(("said", "deaths"), [(DEATHS, "3"), (ABOUT_2000, ""), ({}, "")])
def test_fatalities_are_deaths_that_were_told_and_nothing_else(tmp_path, iberia, said, deaths):
    """The lowest number of deaths stands there; people who moved do not, and silence is not none."""
    assert row_of(tmp_path, iberia, said)["fatalities"] == deaths


def test_what_was_denied_or_planned_has_no_type(tmp_path, iberia):
    """ACLED records what happened."""
    assert row_of(tmp_path, iberia, {"status": "planned"})["event_type"] == ""


def imported(folder, iberia, *rows, change=None):
    """Give the collection that rows of ACLED's make; `change` is given its claims."""
    made, _, _ = converted(chunk_of(*rows, usual=ACLED), iberia)
    tables = made.tables
    # As an import keeps it.
    tables["imports"]["made"] = digests(tables["claims"], tables["events"])
    collection = reads_without_faults(made, folder, iberia)
    claims = collection.claims if change is None else change(collection.claims)
    return dataclasses.replace(collection, claims=claims)


def test_a_row_of_acleds_is_given_back(tmp_path, iberia):
    """An event that came from ACLED's row, as it was imported, has its cells as they were."""
    (row,) = rows_of(tmp_path, Export(imported(tmp_path / "one", iberia, {"extra": "x"}), iberia))
    assert row.pop("note").startswith("ACLED's row as it was imported")
    assert row == {name: ACLED.get(name, "") for name in COLUMNS}


CHANGES = {
    "denied": lambda claims: claims.assign(status="denied"),
    "another day": lambda claims: claims.assign(date_end=claims["date_end"] + pd.Timedelta(days=1)),
    "another place": lambda claims: claims.assign(place_id="merida"),
    "a remark of a reviewer's": lambda claims: claims.assign(note="seen by others too"),
    "another report": lambda claims: pd.concat([claims, claims.assign(claim_id="own")], ignore_index=True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_since_is_not_given_back_as_acleds(tmp_path, iberia, change):
    """A reviewer's correction and another report are what the row says, and its note tells that ACLED's went into it."""
    collection = imported(tmp_path / "one", iberia, {}, change=CHANGES[change])
    (row,) = rows_of(tmp_path, Export(collection, iberia))
    assert row["event_id_cnty"] == "acled-PRT101"
    assert "rows of ACLED's went into it" in row["note"]


def test_two_rows_in_one_event_are_not_given_back_as_the_last(tmp_path, iberia):
    """An event that two rows of ACLED's were put into is a row of its own."""
    rows = ({}, {"event_id_cnty": "PRT102"})
    collection = imported(
        tmp_path / "one", iberia, *rows, change=lambda claims: claims.assign(event_id="acled-PRT101")
    )
    (row,) = rows_of(tmp_path, Export(collection, iberia))
    assert (row["event_id_cnty"], "went into it" in row["note"]) == ("acled-PRT101", True)


def test_a_row_that_only_speaks_of_acleds_column_is_not_acleds(tmp_path, iberia):
    """Another data set's row with that word in a cell is none of ACLED's."""
    collection = collection_of(tmp_path / "one", iberia)
    told = {
        "claim_id": "c1",
        "dataset": "other",
        "row_id": "1",
        "row_version": "",
        "file": "a.csv",
        "line": 2.0,
        "made": "",
    }
    imports = pd.DataFrame([{**told, "row": json.dumps({"what": "see event_id_cnty"})}])
    (row,) = rows_of(tmp_path, Export(dataclasses.replace(collection, imports=imports), iberia))
    assert (row["event_id_cnty"], "went into it" in row["note"]) == ("e1", False)


def test_nothing_is_a_header_and_cells_are_safe_on_request(tmp_path, iberia):
    """A collection without events gives the columns, and marks are as in any CSV."""
    export = Export(collection_of(tmp_path, iberia, claims=(), events=()), iberia)
    assert rows_of(tmp_path, export) == []
    collection = collection_of(tmp_path / "two", iberia, events=({"title": "=1+1"},))
    (row,) = rows_of(tmp_path, Export(collection, iberia, safe=True))
    assert (row["notes"], row["formula_safe"]) == ("'=1+1", "notes")


def test_imported_rows_are_gone_through_once_however_many_parts_there_are(tmp_path, iberia, monkeypatch):
    """A table that is written in parts is that which is written in one, and each imported row is looked up once."""
    rows = [{"event_id_cnty": f"PRT{number}"} for number in range(101, 106)]
    export = Export(imported(tmp_path / "one", iberia, *rows), iberia)
    at_once = rows_of(tmp_path, export)
    looked_up = []
    monkeypatch.setattr(
        acledrows, "rows_in", lambda cells, ids: looked_up.append(len(cells)) or rows_in(cells, ids)
    )
    monkeypatch.setattr(rowparts, "ROWS", 1)
    assert rows_of(tmp_path, export) == at_once
    assert sum(looked_up) == len(rows)
