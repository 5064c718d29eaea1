"""Words that stand for no value: which are known, how others are told, and how the user says what they mean."""

import pandas as pd
import pytest

from claims.imports.cells.foreignwords import names_no_place, says_nothing
from claims.imports.converting import Asked, converter
from claims.imports.rows import Chunk
from claims.imports.tables.mapping import TableMapping

ROW = {"day": "2024-12-07", "from": "Elvas", "to": "Badajoz", "people": "20"}
MAPPING = TableMapping(
    {"id": "id", "date": "day", "origin": "from", "destination": "to", "count": "people"},
    {"kind": "crossing", "count_unit": "people", "outlet": "A", "published": "2024-12-10"},
)


def made(gazetteer, rows, columns=None, **asked):
    """Make claims of rows that differ from the usual one as said; give them and the faults."""
    cells = pd.DataFrame([{"id": str(at), **ROW, **row} for at, row in enumerate(rows)], dtype=str)
    mapping = TableMapping({**MAPPING.columns, **(columns or {})}, MAPPING.constants)
    make = converter(mapping.put_into(Asked("rows.csv", **asked)), list(cells.columns), gazetteer)
    faults = []
    claims = make.made(Chunk(cells, pd.RangeIndex(2, 2 + len(cells)).to_numpy()), faults).tables["claims"]
    return claims, list(map(str, faults))


KNOWN = ["n/a", "N/A", "unknown", "-", "sin dato", "k. A.", "н/д", "غير معروف", "no reportado", "#N/A"]


@pytest.mark.parametrize("word", KNOWN)
def test_a_word_that_is_known_to_say_nothing_is_an_empty_cell(iberia, word):
    """Days, numbers and places are unsaid by it, and it becomes no place's name."""
    claims, faults = made(iberia, [{"day": word, "people": word, "from": word}])
    assert faults == []
    assert claims[["date_start", "count", "count_text", "origin"]].to_numpy().tolist() == [[""] * 4]


@pytest.mark.parametrize("word", ["Nan", "None", "Na", "Nil"])
def test_a_word_that_is_a_place_too_names_it(iberia, word):
    """Nan is a town in Thailand: where places stand it is one, and elsewhere no number."""
    assert says_nothing(word)
    assert not names_no_place(word)
    assert made(iberia, [{"from": word}])[0]["origin"].tolist() == [word]


@pytest.mark.parametrize("word", ["-", "n/a"])
def test_degrees_that_say_nothing_are_none(iberia, word):
    """A position that is not known is no fault."""
    rows = [{"x": word, "y": word}]
    assert made(iberia, rows, {"origin_lon": "x", "origin_lat": "y"})[1] == []


def test_a_word_that_comes_again_and_again_is_one_fault(iberia):
    """A word in three rows or more is told once with its lines and --none, in fewer for each, and digits always for each."""
    told = made(
        iberia, [{"people": cell} for cell in ["pending"] * 7 + ["tba", "12 or 13 or so", "12 or 13 or so"]]
    )[1]
    todo = "write digits, as 2000, 100-200, ~200 or >1000"
    lines, said = "(lines 2, 3, 4, 5, 6 and more)", "say --none pending if it means no value"
    assert told == [
        f"rows.csv: people 'pending' {lines} is not a number; {said}, or else {todo}",
        f"rows.csv line 9: people 'tba' is not a number; {todo}; or say --none tba if it means no value",
        *(f"rows.csv line {line}: people '12 or 13 or so' is not a number; {todo}" for line in (10, 11)),
    ]


def test_a_word_that_was_told_is_not_told_of_the_rows_after(iberia):
    """What a first chunk has shown of a column is not said again of the next, whose rows are added to it."""
    cells = pd.DataFrame([{"id": str(at), **ROW, "day": "soon"} for at in range(3)], dtype=str)
    make = converter(MAPPING.put_into(Asked("rows.csv")), list(cells.columns), iberia)
    faults = []
    for first in (2, 5):
        make.made(Chunk(cells, pd.RangeIndex(first, first + 3).to_numpy()), faults)
    assert [(fault.line, fault.column, fault.value) for fault in faults] == [(None, "day", "soon")]
    assert faults[0].reason == "(lines 2, 3, 4, 5, 6 and more) is not a day"
    assert [one.line for one in faults[0].each()] == [2, 3, 4, 5, 6, 7]


def test_what_the_user_says_means_no_value_is_an_empty_cell(iberia):
    """--none holds for cells of all columns, whatever their case, and the claims keep the other words."""
    rows = [{"day": "soon", "people": "Tba", "from": "tba"}, {"people": "30"}]
    claims, faults = made(iberia, rows, none=("TBA", "soon"))
    assert faults == []
    assert claims[["date_text", "count_text", "origin"]].to_numpy().tolist() == [
        ["", "", ""],
        ["2024-12-07", "30", "Elvas"],
    ]


def test_a_word_that_is_asked_for_is_told_with_its_rows(iberia):
    """A word of a column of words is one fault with all of its lines; of too many words the others are one fault."""
    words = ["a", "b", "a", *map("w{}".format, range(50))]
    cells = pd.DataFrame([{"id": str(at), **ROW, "what": word} for at, word in enumerate(words)], dtype=str)
    mapping = TableMapping(MAPPING.columns | {"status": "what"}, MAPPING.constants)
    make = converter(mapping.put_into(Asked("rows.csv")), list(cells.columns), iberia)
    faults = []
    make.made(Chunk(cells, pd.RangeIndex(2, 2 + len(cells)).to_numpy()), faults)
    assert [list(fault.lines) for fault in faults[:2]] == [[2, 4], [3]]
    assert faults[0].reason == "(lines 2, 4) is not known as a status"
    assert sorted(line for fault in faults for line in fault.lines) == list(range(2, 55))
    assert "and more, over 40 words" in faults[-1].reason
