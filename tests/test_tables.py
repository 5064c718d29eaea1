"""A collection's tables as read: typed columns, or every fault at once."""

import csv
import datetime as dt
import json
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from collections_made import (
    ABOUT_2000,
    FACTS,
    FROM_ELVAS,
    ON_THE_SEVENTH,
    collection_of,
    make,
    narrowed,
    write_table,
)

from claims.events import known_by
from claims.facts import read_facts
from claims.model import SOURCES, TABLES, Column
from claims.tables import read_collection, read_table
from geo.errors import BordermapError, FaultsError
from geo.files.textfiles import read_text


def faults_of(folder, iberia):
    """Read what must be refused and give its faults as file, line, column and value, with the sentence."""
    with pytest.raises(FaultsError) as caught:
        read_collection(folder, iberia)
    return [(fault.file, fault.line, fault.column, fault.value, fault.why) for fault in caught.value.faults]


def test_cells_come_typed_and_in_order(tmp_path, iberia):
    """Days are days, numbers are numbers, and what a table does not say is told apart from what it says."""
    claims = ({**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "actors": "walkers"}, {})
    collection = collection_of(tmp_path, iberia, claims=claims)
    said, unsaid = (collection.claims.iloc[row] for row in (0, 1))
    assert list(collection.claims.columns) == [column.name for column in TABLES["claims"]]
    assert list(collection.claims["claim_id"]) == ["c1", "c2"]
    assert (said["date_start"], said["count"], said["geo_precision"]) == (
        pd.Timestamp("2024-12-07"),
        2000.0,
        1.0,
    )
    assert collection.claims["date_start"].dtype == "datetime64[s]"
    assert collection.claims["count_high"].dtype == "float64"
    assert pd.isna(unsaid["date_start"])
    assert pd.isna(unsaid["count"])
    assert unsaid["origin_id"] == ""
    assert collection.facts.first_day == dt.date(2024, 12, 1)
    assert collection.facts.view == (-9.0, 37.0, -5.0, 41.0)
    assert collection.name == tmp_path.name


LONG = " ".join(["word"] * 26)

CLAIM_FAULTS = [
    # what the claim says, the faulty column, its value as told, part of the sentence
    ({"claim_id": ""}, "claim_id", None, "is empty"),
    ({"claim_id": "two words"}, "claim_id", "two words", "is not an id"),
    ({"source_id": "s999"}, "source_id", "s999", "is not in sources.csv"),
    ({"event_id": "e999"}, "event_id", "e999", "is not in events.csv"),
    ({"actors": "walkers;nobody"}, "actors", "walkers;nobody", "is not in actors.csv"),
    ({"denies": "c999"}, "denies", "c999", "is not in claims.csv"),
    ({"relates_to": "c999", "relation": "part_of"}, "relates_to", "c999", "is not in claims.csv"),
    ({"relates_to": "c1"}, "relation", None, "is empty though relates_to is given"),
    ({"relation": "follows"}, "relates_to", None, "is empty though relation is given"),
    ({"relates_to": "c1", "relation": "before"}, "relation", "before", "is unknown"),
    ({"kind": "crosing"}, "kind", "crosing", "is unknown"),
    ({"kind": "withdrawal"}, "kind", "withdrawal", "is not its event's kind"),
    ({"status": "rumoured"}, "status", "rumoured", "is unknown"),
    ({"status": ""}, "status", None, "is empty"),
    ({"modality": "sure"}, "modality", "sure", "is unknown"),
    ({"root": " "}, "root", None, "is empty"),
    ({"reported": ""}, "reported", None, "is empty"),
    ({"reported": "8.12.2024"}, "reported", "8.12.2024", "is not a day"),
    ({**ON_THE_SEVENTH, "date_end": "2024-12-32"}, "date_end", "2024-12-32", "is not a day"),
    ({**ON_THE_SEVENTH, "date_start": "2024-2-3"}, "date_start", "2024-2-3", "is not a day"),
    ({**ON_THE_SEVENTH, "date_end": "2024-12-07T10:00"}, "date_end", "2024-12-07T10:00", "is not a day"),
    ({**ON_THE_SEVENTH, "date_end": "2024-12-06"}, "date_end", "2024-12-06", "is before date_start"),
    ({**ON_THE_SEVENTH, "date_kind": "about"}, "date_kind", "about", "is unknown"),
    ({**ON_THE_SEVENTH, "date_kind": ""}, "date_kind", None, "is empty though days are given"),
    ({"date_kind": "on"}, "date_kind", "on", "is given without a day"),
    ({**ON_THE_SEVENTH, "date_end": ""}, "date_end", None, "is empty"),
    ({"date_end": "2024-12-07", "date_kind": "since"}, "date_start", None, "is empty"),
    ({"date_start": "2024-12-07", "date_kind": "by"}, "date_end", None, "is empty"),
    ({**FROM_ELVAS, "origin_id": "lisboa"}, "origin_id", "lisboa", "is not in the gazetteer"),
    ({**FROM_ELVAS, "geo_precision": "4"}, "geo_precision", "4", "is unknown"),
    ({**FROM_ELVAS, "geo_precision": ""}, "geo_precision", None, "is empty though a place is given"),
    ({**ABOUT_2000, "count_low": "3000", "count": ""}, "count_low", "3000", "is above count_high"),
    ({**ABOUT_2000, "count": "5000"}, "count", "5000", "is outside count_low to count_high"),
    ({**ABOUT_2000, "count": "2,000"}, "count", "2,000", "is not a number"),
    ({**ABOUT_2000, "count": "-1", "count_low": ""}, "count", "-1", "is not a number"),
    ({**ABOUT_2000, "count_high": "inf"}, "count_high", "inf", "is not a number"),
    ({**ABOUT_2000, "count": "nan"}, "count", "nan", "is not a number"),
    ({**ABOUT_2000, "count_high": "2000000001"}, "count_high", "2000000001", "is more than can be"),
    ({**ABOUT_2000, "count_text": ""}, "count_text", None, "is empty though a number is given"),
    ({**ABOUT_2000, "count_unit": ""}, "count_unit", None, "is empty though a number is given"),
    ({**ABOUT_2000, "count_unit": "souls"}, "count_unit", "souls", "is unknown"),
    ({**ABOUT_2000, "count_qualifier": "circa"}, "count_qualifier", "circa", "is unknown"),
    ({"quote": ""}, "quote", None, "is empty"),
    ({"quote": LONG}, "quote", LONG, "has over 25 words"),
    ({"quote_start": "begin"}, "quote_start", "begin", "is not a number"),
    ({"credibility": "7"}, "credibility", "7", "is unknown"),
]


@pytest.fixture(scope="module")
def claim_faults(tmp_path_factory, iberia):
    """Give the faults of one collection that holds every faulty claim, by line."""
    claims = ({}, *(cells for cells, *_ in CLAIM_FAULTS))
    return by_line(faults_of(make(tmp_path_factory.mktemp("claims"), claims=claims), iberia))


def by_line(faults):
    """Gather faults by file and line."""
    found = {}
    for fault in faults:
        found.setdefault(fault[:2], []).append(fault[2:])
    return found


@pytest.mark.parametrize(
    "number", range(len(CLAIM_FAULTS)), ids=lambda number: str(CLAIM_FAULTS[number][1:3])
)
def test_a_fault_of_a_claim_is_one_sentence_about_its_cell(claim_faults, number):
    """A faulty cell of a claim is told once, with file, line, column and value as written."""
    _, column, value, why = CLAIM_FAULTS[number]
    ((told, said, sentence),) = claim_faults["claims.csv", number + 3]
    assert (told, said) == (column, value)
    assert why in sentence


def test_no_claim_is_blamed_for_anothers_fault(claim_faults):
    """Every fault of that collection is on the line of a faulty claim."""
    assert set(claim_faults) == {("claims.csv", number + 3) for number in range(len(CLAIM_FAULTS))}


OTHER_FAULTS = [
    ("sources", {"outlet": ""}, "outlet", None, "is empty"),
    ("sources", {"url": "javascript:alert(1)"}, "url", "javascript:alert(1)", "is not a web address"),
    (
        "sources",
        {"archived_url": "www.example.org"},
        "archived_url",
        "www.example.org",
        "is not a web address",
    ),
    ("sources", {"published": ""}, "published", None, "is empty"),
    (
        "sources",
        {"published_earliest": "2024-12-09"},
        "published",
        "2024-12-08",
        "is before published_earliest",
    ),
    ("sources", {"published_latest": "2024-12-07"}, "published", "2024-12-08", "is after published_latest"),
    ("sources", {"reliability": "G"}, "reliability", "G", "is unknown"),
    ("sources", {"repeats": "s999"}, "repeats", "s999", "is not in sources.csv"),
    ("sources", {"state": "fine"}, "state", "fine", "is unknown"),
    ("sources", {"source_id": "s1"}, "source_id", "s1", "is there already"),
    ("events", {"title": ""}, "title", None, "is empty"),
    ("events", {"kind": "picnic"}, "kind", "picnic", "is unknown"),
    ("events", {"event_id": "e1"}, "event_id", "e1", "is there already"),
    ("actors", {"side": ""}, "side", None, "is empty"),
    ("actors", {"parent": "nobody"}, "parent", "nobody", "is not in actors.csv"),
    ("actors", {"actor": "walkers"}, "actor", "walkers", "is there already"),
    ("claims", {"claim_id": "c1"}, "claim_id", "c1", "is there already"),
]


@pytest.fixture(scope="module")
def other_faults(tmp_path_factory, iberia):
    """Give the faults of one collection that holds every other faulty row, by file and line."""
    rows = {
        table: ({}, *(cells for name, cells, *_ in OTHER_FAULTS if name == table))
        for table in ("sources", "events", "actors", "claims")
    }
    return by_line(faults_of(make(tmp_path_factory.mktemp("others"), **rows), iberia))


@pytest.mark.parametrize(
    "number", range(len(OTHER_FAULTS)), ids=lambda number: str(OTHER_FAULTS[number][:4:2])
)
def test_a_fault_of_another_table_is_told_alike(other_faults, number):
    """Sources, events and actors are held to their columns as claims are."""
    table, _, column, value, why = OTHER_FAULTS[number]
    line = 3 + sum(name == table for name, *_ in OTHER_FAULTS[:number])
    ((told, said, sentence),) = other_faults[f"{table}.csv", line]
    assert (told, said) == (column, value)
    assert why in sentence


FACT_FAULTS = [
    ({"title": None}, "title", None, "is missing"),
    ({"colour": '"red"'}, "colour", "red", "is an unknown key"),
    ({"title": "5"}, "title", "5", "is not of kind str"),
    ({"first_day": '"2024-12-01"'}, "first_day", "2024-12-01", "is not of kind date"),
    ({"last_day": "2024-12-31T00:00:00"}, "last_day", "2024-12-31 00:00:00", "is not of kind date"),
    ({"opening_day": "2025-01-01"}, "opening_day", "2025-01-01", "is not within first_day and last_day"),
    ({"timezone": '"Lisbon"'}, "timezone", "Lisbon", "is not an IANA time zone"),
    ({"view": "[-9.0, 37.0, -5.0]"}, "view", "[-9.0, 37.0, -5.0]", "is not west, south, east, north"),
    ({"view": "[-5.0, 37.0, -9.0, 41.0]"}, "view", "[-5.0, 37.0, -9.0, 41.0]", "is not west, south"),
    ({"view": "[-9.0, 37.0, -5.0, 91.0]"}, "view", "[-9.0, 37.0, -5.0, 91.0]", "is not west, south"),
    ({"url": '"example.org"'}, "url", "example.org", "is not a web address"),
    ({"locales": '"ar-SY"'}, "locales", "ar-SY", "is not of kind dict"),
    ({"locales": '{ Arabic = "ar-SY" }'}, "locales", "{Arabic = 'ar-SY'}", "has the unknown key 'Arabic'"),
    ({"locales": '{ ar = "ar_SY" }'}, "locales", "{ar = 'ar_SY'}", "which is no locale of 'ar'"),
    ({"locales": '{ ar = "en-GB" }'}, "locales", "{ar = 'en-GB'}", "which is no locale of 'ar'"),
    ({"locales": "{ ar = 5 }"}, "locales", "{ar = 5}", "which is no locale of 'ar'"),
    ({"view": "[nan, 37.0, -5.0, 41.0]"}, "view", "[nan, 37.0, -5.0, 41.0]", "is not west, south"),
]


@pytest.mark.parametrize(("facts", "key", "value", "why"), FACT_FAULTS)
def test_a_fault_of_the_facts_names_its_key(tmp_path, iberia, facts, key, value, why):
    """collection.toml is held to its keys and what they may say."""
    ((file, line, told, said, sentence),) = faults_of(make(tmp_path, facts=facts), iberia)
    lines = [name for name, text in {**FACTS, **facts}.items() if text is not None]
    assert (file, told, said) == ("collection.toml", key, value)
    assert line == (lines.index(key) + 1 if key in lines else None)
    assert why in sentence


@pytest.mark.parametrize(
    "locales",
    [
        '{ pt = "pt-PT", es = "es" }',
        '{ ar = "ar-SY-u-nu-latn-ca-gregory" }',
        '{ sr = "sr-Cyrl-RS", es = "es-419" }',
    ],
)
def test_an_address_and_locales_may_be_given(tmp_path, iberia, locales):
    """Where the map is published, and by which locale days and numbers are named, is optional."""
    address = "https://example.org/map.html"
    facts = collection_of(tmp_path, iberia, facts={"url": f'"{address}"', "locales": locales}).facts
    assert facts.url == address
    assert facts.locales == tomllib.loads(f"locales = {locales}")["locales"]
    none = collection_of(tmp_path, iberia).facts
    assert (none.url, dict(none.locales)) == ("", {})


def test_locales_may_be_a_table_of_their_own(tmp_path, iberia):
    """A fault of a table is told with the line of its head."""
    with (make(tmp_path) / "collection.toml").open("a", encoding="utf-8") as file:
        file.write('\n[locales]\nxx-x = "xx"\n')
    ((file, line, key, _, _),) = faults_of(tmp_path, iberia)
    assert (file, line, key) == ("collection.toml", len(FACTS) + 2, "locales")


# ---- the names of sides

NAMED = {"side": "none", "name": "Nobody's", "name_ar": "لا أحد"}


def test_sides_may_be_named_or_left_out(tmp_path, iberia):
    """A collection without sides.csv names none; one with it names those in it, each of an actor."""
    assert collection_of(tmp_path / "none", iberia).sides.empty
    sides = collection_of(tmp_path / "named", iberia, sides=(NAMED,)).sides
    assert sides.to_dict("records") == [NAMED]


SIDE_FAULTS = [
    ({"side": "noone"}, ("side", "noone", "is no actor's side")),
    ({"name": ""}, ("name", None, "is empty")),
    ({"side": ""}, ("side", None, "is empty")),
]


@pytest.mark.parametrize(("said", "fault"), SIDE_FAULTS)
def test_a_faulty_side_is_told_by_its_line(tmp_path, iberia, said, fault):
    """A row of no actor's side, or without a name, is a fault of its own, beside those of other files."""
    folder = make(tmp_path, claims=({"reported": "soon"},), sides=({**NAMED, **said},))
    assert [told[:4] for told in faults_of(folder, iberia)] == [
        ("claims.csv", 2, "reported", "soon"),
        ("sides.csv", 2, *fault[:2]),
    ]
    assert fault[2] in faults_of(folder, iberia)[1][4]


# ---- the digest


def test_the_digest_is_of_the_files_as_they_are(tmp_path, iberia):
    """Two copies have one digest, and any other byte of any file of the collection gives another."""
    one = collection_of(tmp_path / "one", iberia).digest
    assert one == collection_of(tmp_path / "two", iberia).digest
    assert re.fullmatch(r"[0-9a-f]{64}", one)
    found = {one}
    for name in ("collection.toml", *(f"{table}.csv" for table in TABLES)):
        folder = make(tmp_path / name)
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            file.write("\r\n")
        found.add(read_collection(folder, iberia).digest)
    for name in ("places.csv", "areas.geojson", "roads.geojson", "rivers.geojson"):
        folder = make(tmp_path / name)
        (folder / name).write_text("anything", encoding="utf-8")
        found.add(read_collection(folder, iberia).digest)
    found.add(collection_of(tmp_path / "sides", iberia, sides=(NAMED,)).digest)
    assert len(found) == 1 + 5 + 4 + 1


def test_other_files_of_the_folder_have_no_part_in_the_digest(tmp_path, iberia):
    """What a folder holds beside a collection's files changes nothing."""
    one = collection_of(tmp_path, iberia).digest
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert read_collection(tmp_path, iberia).digest == one


def test_a_cut_collection_keeps_its_digest(tmp_path, iberia):
    """The digest says which collection it was cut from."""
    whole = collection_of(tmp_path, iberia)
    assert known_by(whole, dt.date(2024, 12, 1)).digest == whole.digest


def test_a_broken_toml_is_a_fault(tmp_path, iberia):
    """What is not TOML is told at its line, in the parser's own words."""
    ((file, line, _, _, sentence),) = faults_of(make(tmp_path, facts={"about": '"open'}), iberia)
    assert (file, line) == ("collection.toml", 3)
    assert sentence == r"is not TOML (Illegal character '\n', column 14)"


def test_a_toml_that_never_ends_is_a_fault_of_its_last_line(tmp_path, iberia):
    """Where the parser has come to the end of the file, the last line is told."""
    ((_, line, _, _, sentence),) = faults_of(make(tmp_path, facts={"version": '"""open'}), iberia)
    assert line == 11
    assert "to the file's end" in sentence


@pytest.mark.parametrize("name", ["collection.toml", *(f"{table}.csv" for table in TABLES)])
def test_a_missing_file_is_the_only_fault(tmp_path, iberia, name):
    """A file that is not there is one fault; what refers to it is not blamed."""
    (make(tmp_path) / name).unlink()
    assert faults_of(tmp_path, iberia) == [(name, None, None, None, "is missing")]


@pytest.mark.parametrize("name", ["collection.toml", "claims.csv"])
def test_a_folder_in_the_place_of_a_file_is_a_fault(tmp_path, iberia, name):
    """What cannot be read as a file is told without a traceback."""
    (make(tmp_path) / name).unlink()
    (tmp_path / name).mkdir()
    ((file, _, _, _, sentence),) = faults_of(tmp_path, iberia)
    assert file == name
    assert "cannot be read" in sentence


def test_a_folder_that_is_not_there_is_told(tmp_path, iberia):
    """A collection that does not exist is one sentence with what to do."""
    with pytest.raises(BordermapError, match="is not a folder"):
        read_collection(tmp_path / "nowhere", iberia)


def change(folder, name, old, new):
    """Replace bytes of a file."""
    path = folder / name
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


BROKEN_FILES = [
    # file, bytes, bytes in their place, line, column, value, part of the sentence
    ("claims.csv", b",quote,", b",saying,", 1, "saying", None, "is an unknown column"),
    ("claims.csv", b",quote,", b",saying,", 1, "quote", None, "is a missing column"),
    ("events.csv", b"title_ar", b"title", 1, "title", None, "stands twice in the header"),
    ("sources.csv", b"The Daily", b"The D\xe4ily", 2, None, "e4", "is not UTF-8"),
    ("sources.csv", b"The Daily", b"The\x00Daily", 2, None, "00", "is no byte of text"),
    ("events.csv", b"Some cross", b"Some, cross", 2, None, None, "has 6 cells where the header has 5"),
    ("events.csv", b"Some cross", b'"Some cross', 2, None, None, "is not CSV"),
    ("events.csv", b"Some cross", b'"Some" cross', 2, None, None, "is not CSV"),
    ("collection.toml", b"made up", b"m\xffde up", 3, None, "ff", "is not UTF-8"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "column", "value", "why"), BROKEN_FILES)
def test_a_broken_file_is_named_by_its_line(tmp_path, iberia, name, old, new, line, column, value, why):
    """A header, a row or bytes that cannot be read are faults of their line."""
    change(make(tmp_path), name, old, new)
    found = [fault for fault in faults_of(tmp_path, iberia) if why in fault[4]]
    assert [fault[:4] for fault in found] == [(name, line, column, value)]


def test_a_table_with_a_wrong_header_is_still_read_for_its_faults(tmp_path, iberia):
    """An unknown and a missing column do not hide the faults of the rows below them, and cause none."""
    change(make(tmp_path, claims=({"reported": "soon"},)), "claims.csv", b",date_kind,", b",datekind,")
    change(tmp_path, "events.csv", b"event_id,", b"id,")
    assert [fault[:4] for fault in faults_of(tmp_path, iberia)] == [
        ("claims.csv", 1, "datekind", None),
        ("claims.csv", 2, "reported", "soon"),
        ("events.csv", 1, "id", None),
        ("events.csv", 1, "event_id", None),
    ]


@pytest.mark.parametrize(("separator", "said"), [(";", "';'"), ("\t", "tabs"), ("|", "'|'")])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_another_separator_is_the_only_fault(tmp_path, iberia, separator, said, quoting):
    """A table whose cells a spreadsheet parted by something else is one sentence, whatever else it holds."""
    path = make(tmp_path, claims=({"quote": "some, or more, crossed"}, {"reported": "soon"})) / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator, quoting=quoting).writerows(rows)
    with pytest.raises(FaultsError) as caught:
        read_collection(tmp_path, iberia)
    (fault,) = caught.value.faults
    assert str(fault) == f"claims.csv line 1: is separated by {said}; save it with commas"


def test_a_row_that_is_cut_is_the_only_fault(tmp_path, iberia):
    """Who names the id of a row that cannot be read is not blamed for it."""
    change(make(tmp_path), "events.csv", b"Some cross", b"Some, cross")
    assert [fault[:2] for fault in faults_of(tmp_path, iberia)] == [("events.csv", 2)]


def test_an_empty_file_lacks_its_columns(tmp_path, iberia):
    """A file without a byte misses every column that it needs, in one fault, and nothing else is said of it."""
    (make(tmp_path) / "actors.csv").write_bytes(b"")
    assert faults_of(tmp_path, iberia) == [
        ("actors.csv", 1, "actor, name, type, side", None, "are missing columns")
    ]


def test_columns_that_may_be_empty_may_be_left_out(tmp_path, iberia):
    """A table with the columns that are required alone is read as one whose others are empty."""
    folder = make(tmp_path)
    whole = read_collection(folder, iberia)
    read = read_collection(narrowed(folder), iberia)
    assert "title_ar" not in (folder / "events.csv").read_text(encoding="utf-8")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(read, name), getattr(whole, name))


def test_lines_stay_right_below_quoted_line_ends(tmp_path, iberia):
    """A fault below cells that hold line ends is told on the line where an editor shows it."""
    claims = ({"note": "two\nlines"}, {"note": "three\r\nmore\nlines"}, {"status": "rumoured"})
    ((_, line, column, _, _),) = faults_of(make(tmp_path, claims=claims), iberia)
    assert (line, column) == (7, "status")


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_marks_and_line_ends_do_no_harm(tmp_path, iberia, mark, end):
    """Files saved by a spreadsheet read as those saved by hand."""
    make(tmp_path)
    for path in tmp_path.iterdir():
        toml_needs_line_feeds = b"\n" if path.suffix == ".toml" and end == b"\r" else end
        path.write_bytes(mark + path.read_bytes().replace(b"\n", toml_needs_line_feeds))
    collection = read_collection(tmp_path, iberia)
    assert list(collection.claims["quote"]) == ["some crossed"]
    assert collection.facts.title == "A test"


def test_blank_lines_and_other_orders_of_columns_do_no_harm(tmp_path, iberia):
    """Columns may stand in any order, and empty lines between rows."""
    path = make(tmp_path) / "events.csv"
    path.write_text("note,kind,title,title_ar,event_id\n\n,crossing,Some cross,,e1\n\n", encoding="utf-8")
    events = read_collection(tmp_path, iberia).events
    assert list(events.columns) == ["event_id", "title", "title_ar", "kind", "note"]
    assert list(events.iloc[0]) == ["e1", "Some cross", "", "crossing", ""]


def test_all_faults_of_all_files_come_in_one_report(tmp_path, iberia):
    """Faults of five files are listed together by file and line, each with what to do, and nothing is read."""
    make(
        tmp_path,
        facts={"timezone": '"Moon"', "colour": "1"},
        sources=({"published": "Sunday"}, {"state": "lost"}),
        actors=({"parent": "x"},),
        claims=(
            {"status": "rumoured", "kind": "march", **ON_THE_SEVENTH, "date_end": "2024-12-01"},
            {"source_id": "s7", **FROM_ELVAS, "destination_id": "atlantis"},
            {**ABOUT_2000, "count_high": "7", "count": ""},
            {"claim_id": "c1"},
        ),
    )
    (tmp_path / "events.csv").unlink()
    with pytest.raises(FaultsError) as caught:
        read_collection(tmp_path, iberia)
    assert [(fault.file, fault.line, fault.column) for fault in caught.value.faults] == [
        ("actors.csv", 2, "parent"),
        ("claims.csv", 2, "kind"),
        ("claims.csv", 2, "status"),
        ("claims.csv", 2, "date_end"),
        ("claims.csv", 3, "source_id"),
        ("claims.csv", 3, "destination_id"),
        ("claims.csv", 4, "count_low"),
        ("claims.csv", 5, "claim_id"),
        ("collection.toml", 4, "timezone"),
        ("collection.toml", 12, "colour"),
        ("events.csv", None, None),
        ("sources.csv", 2, "published"),
        ("sources.csv", 3, "state"),
    ]
    lines = str(caught.value).splitlines()
    assert lines[0] == "13 faults, nothing was read:"
    assert (
        "claims.csv line 3: destination_id 'atlantis' is not in the gazetteer; "
        "add it to places.csv in this folder or correct the id" in lines
    )


CSV_CASES = (
    *("comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines"),
    *("newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8"),
)


@pytest.mark.parametrize("case", CSV_CASES)
def test_the_edge_cases_of_csv_are_read_cell_by_cell(bad_inputs, case):
    """Quotes, commas, line ends and letters of csv-spectrum come out as its rows say, bar outer spaces."""
    expected = json.loads((bad_inputs / "csv" / "expected" / f"{case}.json").read_text(encoding="utf-8"))
    faults = []
    columns = [Column(name) for name in expected[0]]
    table = read_table(bad_inputs / "csv" / "files" / f"{case}.csv", columns, faults)
    assert faults == []
    rows = [{name: cell.strip() for name, cell in row.items()} for row in expected]
    assert table.cells.to_dict("records") == rows


def test_what_the_csv_module_writes_is_read_back(tmp_path):
    """Any text that a table can hold comes back as it was written."""
    texts = ['say "yes"', "a,b", "a\nb", "a\r\nb", "=1+1", "'", '"', "\\", "ä€𝄞", "a;b"]
    path = tmp_path / "sources.csv"
    write_table(path, [{"source_id": f"s{number}", "note": text} for number, text in enumerate(texts)])
    assert list(read_table(path, SOURCES, []).cells["note"]) == texts
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["note"] for row in csv.DictReader(file)] == texts


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("\n[Publication]\ndelay_days = 3\n", "is an unknown key; write [publication]"),
        ("\ntitle = 'Again'\n", "title is there twice; keep one of them"),
    ],
)
def test_a_capital_and_a_key_that_is_there_twice_are_told_by_name(tmp_path, more, told):
    """As they are to be written."""
    path = tmp_path / "collection.toml"
    path.write_text("title = 'Once'\n" + more, encoding="utf-8")
    faults = []
    assert read_facts(path, faults) is None
    assert any(told in str(fault) for fault in faults), faults


def test_a_folder_at_the_root_is_named_by_its_path():
    """Its name alone might be any other's."""
    with pytest.raises(FaultsError, match=r"is missing; add it to /nowhere/$"):
        read_text(Path("/nowhere/claims.csv"), "claims.csv")
