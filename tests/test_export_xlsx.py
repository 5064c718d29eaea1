"""Workbooks that leave: sheets as Excel reads them, text that is text, and its limits told."""

import datetime as dt
import json
import zipfile

import pandas as pd
import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of, meridian_gazetteer
from python_calamine import CalamineWorkbook

from claims.events import known_by
from geo.errors import BordermapError, FaultsError
from layers.exports import xlsx
from layers.exports.formats import Export, write


def sheets_of(folder, export):
    """Write a workbook and read its sheets, each as its rows by column."""
    write("xlsx", export, folder / "out.xlsx")
    book = CalamineWorkbook.from_path(folder / "out.xlsx")
    read = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for name, rows in read.items()}


def test_a_workbook_holds_events_claims_sources_actors_and_what_it_is_of(tmp_path, iberia):
    """Each is a sheet; days are days, numbers numbers, and what is not said is an empty cell."""
    claims = ({**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000}, {"event_id": "e2"})
    collection = collection_of(tmp_path, iberia, claims=claims, events=({}, {}))
    sheets = sheets_of(tmp_path, Export(collection, iberia))
    assert list(sheets) == ["events", "claims", "sources", "actors", "about"]
    one, two = sheets["events"]
    assert (one["date_start"], one["count_low"], one["count_open"]) == (dt.date(2024, 12, 7), 1800, False)
    assert (one["lon"], one["lat"]) == (-7.0665, 38.88)
    assert (two["date_start"], two["count_low"], two["lon"]) == ("", "", "")
    assert [claim["reported"] for claim in sheets["claims"]] == [dt.date(2024, 12, 8)] * 2
    assert sheets["sources"][0]["outlet"] == "The Daily Test"
    assert sheets["actors"][0]["name"] == "Walkers"
    assert {row["what"]: row["says"] for row in sheets["about"]}["digest"] == collection.digest


def test_what_crosses_the_180th_meridian_is_marked_there(tmp_path):
    """A movement from one side of it to the other is marked on the meridian's near side, not half a world away."""
    gazetteer = meridian_gazetteer()
    collection = collection_of(tmp_path, gazetteer, claims=({**ON_THE_SEVENTH, **FROM_ELVAS},))
    sheets = sheets_of(tmp_path, Export(collection, gazetteer))
    assert [sheets[name][0]["lon"] for name in ("events", "claims")] == [179.75, 179.75]


def test_a_part_has_only_the_sources_and_actors_of_its_claims(tmp_path, iberia):
    """What a later report brought is not in a workbook of what was known before it."""
    later = {"source_id": "s2", "actors": "riders", "reported": "2024-12-20"}
    claims = ({"actors": "walkers"}, later)
    collection = collection_of(
        tmp_path, iberia, claims=claims, sources=({}, {}), actors=({}, {"actor": "riders"})
    )
    part = known_by(collection, dt.date(2024, 12, 10))
    sheets = sheets_of(tmp_path, Export(part, iberia))
    assert [row["source_id"] for row in sheets["sources"]] == ["s1"]
    assert [row["actor"] for row in sheets["actors"]] == ["walkers"]


def test_text_is_never_a_formula_or_a_link(tmp_path, iberia, bad_inputs):
    """Strings that break programs come back as they were, and the workbook has neither formulas nor links."""
    strings = json.loads((bad_inputs / "strings" / "naughty.json").read_text(encoding="utf-8"))
    strings += ["=1+1", "http://example.org", "_x0041_", "a\x01b\x00c", "l\rm\nn"]
    many = ({},) * len(strings)
    collection = collection_of(tmp_path, iberia, claims=many, events=many)
    collection.events["title"] = pd.Series(strings, dtype="str")
    collection.claims["event_id"] = collection.events["event_id"]
    rows = sheets_of(tmp_path, Export(collection, iberia))["events"]
    # Calamine leaves Excel's escape of a code that is no letter as it is.
    assert [row["title"].replace("_xFFFE_", "\ufffe") for row in rows] == strings
    with zipfile.ZipFile(tmp_path / "out.xlsx") as inside:
        parts = {name: inside.read(name) for name in inside.namelist()}
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in parts.values())


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "1900-02-28"])
def test_a_day_that_excel_does_not_know_is_text(tmp_path, iberia, day):
    """Days before March 1900, by which Excel goes astray, are written as ISO."""
    collection = collection_of(tmp_path, iberia)
    collection.claims["date_start"] = pd.Series([day]).astype("datetime64[s]")
    assert sheets_of(tmp_path, Export(collection, iberia))["claims"][0]["date_start"] == day


def test_what_a_cell_cannot_hold_is_refused_and_all_of_it_named(tmp_path, iberia):
    """Texts longer than Excel's cells are told by sheet, row and column, and nothing is written."""
    collection = collection_of(tmp_path, iberia, claims=({}, {}))
    collection.claims["note"] = pd.Series(["é" * xlsx.MOST_LETTERS, "😀" * xlsx.MOST_LETTERS], dtype="str")
    collection.events["title"] = "x" * (xlsx.MOST_LETTERS + 1)
    with pytest.raises(FaultsError) as told:
        write("xlsx", Export(collection, iberia), tmp_path / "out.xlsx")
    assert [str(fault).partition(" letters")[0] for fault in told.value.faults] == [
        "sheet events line 2: title has 32,768",
        "sheet claims line 3: note has 65,534",
        "sheet claims line 2: event_title has 32,768",
        "sheet claims line 3: event_title has 32,768",
    ]
    assert not (tmp_path / "out.xlsx").exists()


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, iberia, monkeypatch):
    """The number of rows that is too large is told with what to do."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(BordermapError, match=r"2 claims are more than the 1 .* or csv"):
        write("xlsx", Export(collection_of(tmp_path, iberia, claims=({}, {})), iberia), tmp_path / "out.xlsx")


def test_the_same_workbook_is_the_same_bytes(tmp_path, iberia):
    """Nothing of the hour of its making is in it."""
    export = Export(collection_of(tmp_path, iberia), iberia)
    for name in ("one.xlsx", "two.xlsx"):
        write("xlsx", export, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
