"""Rows of which it is told that they surely have no fault, held against the search for faults."""

import datetime as dt
from unittest.mock import patch

import pandas as pd
import pytest
from foreign_rows import ACLED, HOSTILE, UCDP, chunk_of, converted
from hypothesis import given, settings
from hypothesis import strategies as st
from imports_made import made, row

from claims.imports.merging import checks
from claims.imports.merging.sound import surely_sound
from claims.imports.merging.soundplaces import surely_sound_places
from claims.imports.rows import MADE

NAMES = ("sources", "actors", "events", "claims", "imports")
ROWS = made(row(1, lon="-7.1", lat="38.9"), row(2, kind="deployment"), row(3, count="", day="")).tables
COLUMNS = [(name, column) for name in NAMES for column in ROWS[name]]
CELLS = (
    *HOSTILE,
    *(
        "0",
        "3",
        "21",
        "9",
        "2024-12-06",
        "2024-12-08",
        "2024-02-30",
        "0001-01-01",
        "20241207",
        "by",
        "since",
        "on",
    ),
    *(
        "people",
        "exact",
        "closure",
        "planned",
        "A",
        "https://a.example/x",
        "https://a b",
        "t-1",
        "walkers",
        "walkers;",
    ),
    *(
        "walkers;walkers",
        "t--7.1-38.9",
        "paper-The-Daily-Test",
        "a:b",
        "1.5",
        "-1",
        "2000000001",
        "w " * 25,
        "w " * 26,
    ),
)


def nothing_held(_name, _ids):
    """Know no id of any table."""
    return set()


def is_sound(tables, gazetteer=("t--7.1-38.9",)):
    """Tell whether tables surely have no fault."""
    return surely_sound(tables, gazetteer, nothing_held)


def changed(cells):
    """Give the rows with some cells in the place of those that they have."""
    tables = {name: rows.astype("str") for name, rows in ROWS.items()}
    for (name, column), at, cell in cells:
        at_row = at % len(tables[name])
        tables[name] = tables[name].assign(
            **{column: [cell if here == at_row else was for here, was in enumerate(tables[name][column])]}
        )
    return tables


CHANGES = st.tuples(
    st.sampled_from(COLUMNS), st.integers(0, 2), st.sampled_from([c for c in CELLS if c != "\ud800"])
)


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(CHANGES, min_size=1, max_size=3))
def test_what_is_surely_sound_has_no_fault(cells):
    """Of rows that surely have no fault the search for faults finds none, whatever stands in their cells."""
    tables = changed(cells)
    if is_sound(tables):
        with patch.object(checks, "surely_sound", lambda *_: False):
            assert checks.Checks("rows.csv", (), nothing_held).faults_of(tables) == []


@pytest.mark.parametrize("usual", [ACLED, UCDP], ids=["acled", "ucdp"])
def test_what_is_made_of_other_data_sets_is_surely_sound(usual, iberia):
    """Rows of them are not searched one by one, or imports were slow."""
    tables, faults, _ = converted(chunk_of(usual), iberia, context=True, published=dt.date(2025, 1, 1))
    assert not faults
    assert is_sound(tables.tables, iberia)


def test_a_quote_is_too_long_whatever_parts_its_words():
    """Each sign that Python takes for a blank parts words, and 25 of them are sound."""
    blanks = [sign for sign in map(chr, range(0x3001)) if sign.isspace()]
    quote = ("claims", "quote")
    assert is_sound(changed([(quote, 0, " ".join("w" * 25))]))
    assert not any(is_sound(changed([(quote, 0, blank.join("w" * 26))])) for blank in blanks)


def test_rows_that_were_put_together_are_sound():
    """Columns that lie in memory in several pieces are looked at as one."""
    tables = changed([])
    parts = {name: pd.concat([rows.iloc[:1], rows.iloc[1:]]) for name, rows in tables.items()}
    assert is_sound(parts)


WRONG = {
    "an unknown word": ("claims", "kind", "flight"),
    "a day that no calendar has": ("claims", "date_start", "2024-02-30"),
    "days that end before they begin": ("claims", "date_end", "2024-12-06"),
    "a number that is none": ("claims", "count", "many"),
    "a number beside its range": ("claims", "count", "21"),
    "no words for a number": ("claims", "count_text", ""),
    "a quote of 26 words": ("claims", "quote", "w " * 25 + "w"),
    "a place without a precision": ("claims", "geo_precision", ""),
    "an actor that is not there": ("claims", "actors", "others"),
    "a source that is not there": ("claims", "source_id", "others"),
    "an event of another kind": ("events", "kind", "closure"),
    "an event that is not there": ("claims", "event_id", "others"),
    "a place that is not there": ("claims", "place_id", "others"),
    "a row of another claim": ("imports", "claim_id", "others"),
    "an empty cell that must be filled": ("sources", "outlet", ""),
    "an id of two claims": ("claims", "claim_id", "t-2"),
    "an id that is none": ("actors", "actor", "a;b"),
    "a cell that is missing": ("events", "note", pd.NA),
}


@pytest.mark.parametrize(("name", "column", "cell"), WRONG.values(), ids=WRONG)
def test_a_fault_is_never_sound(name, column, cell):
    """Each rule that a cell breaks is met, where the same rows are sound without it."""
    assert is_sound(changed([]))
    assert not is_sound(changed([((name, column), 0, cell)]))


PLACE = {
    "place_id": "at-elvas-7.1w-38.9n",
    "name": "Elvas",
    "kind": "town",
    "country": "PT",
    "lon": "-7.1",
    "lat": "38.9",
    "radius_km": "5",
    "source": "The Daily Test",
    "checked": "no",
}


def own_places(*changes):
    """Give rows of places.csv, each the usual one but for these cells."""
    rows = [
        {**PLACE, "place_id": f"{PLACE['place_id']}-{number}", **cells}
        for number, cells in enumerate(changes)
    ]
    table = [[row.get(column, "") for column in MADE["places"]] for row in rows]
    return pd.DataFrame(table, columns=list(MADE["places"]), dtype="str")


PLACE_CELLS = st.sampled_from(
    [*(cell for cell in CELLS if cell != "\ud800"), "181", "-91", "0", "town", "PT", "no", "yes"]
)


@settings(max_examples=60, deadline=None)
@given(cells=st.dictionaries(st.sampled_from(MADE["places"]), PLACE_CELLS, min_size=1, max_size=2))
def test_of_own_places_that_are_surely_sound_none_has_a_fault(cells):
    """Of places that surely have no fault their reader finds none, whatever stands in their cells."""
    places = own_places(cells, {})
    if surely_sound_places(places):
        known = checks.Checks("rows.csv", ("t--7.1-38.9",), nothing_held)
        with patch.object(checks, "surely_sound_places", lambda _: False):
            assert known.faults_of({**changed([]), "places": places}) == []


WRONG_PLACES = {
    "an id of two places": ({"place_id": "a"}, {"place_id": "a"}),
    "an id with a semicolon": ({"place_id": "a;b"},),
    "no name": ({"name": " "},),
    "an unknown kind": ({"kind": "village"},),
    "a country that is none": ({"country": "Portugal"},),
    "degrees that are none": ({"lon": "7,1"},),
    "a place beyond the pole": ({"lat": "90.5"},),
    "a place beyond the 180th meridian": ({"lon": "180.5"},),
    "a sign that was lost": ({"lon": "7.1"},),
    "a radius around the earth": ({"radius_km": "99999"},),
    "checked without a source": ({"checked": "yes", "source": ""},),
}


@pytest.mark.parametrize("rows", WRONG_PLACES.values(), ids=WRONG_PLACES)
def test_a_fault_of_a_place_is_never_sound(rows):
    """Each rule of places that a cell breaks is met, where the usual place is sound."""
    assert surely_sound_places(own_places({}, {}))
    assert not surely_sound_places(own_places(*rows))
