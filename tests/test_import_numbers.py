"""Numbers as other tables write them: what is read, what is asked, and what is refused."""
# ruff: noqa: RUF001 - signs of all kinds are its business

import math
import tomllib

import numpy as np
import pandas as pd
import pytest

from claims.imports.cells.foreignwords import CROSSWALKS
from claims.imports.cells.numbers import CountColumn
from claims.imports.cells.writtennumbers import count_of, degrees_of
from geo.toponyms import plain

NONE = math.nan

READ = [
    # the cell, count, low, high, qualifier, unit
    ("2000", 2000, 2000, 2000, "exact", ""),
    ("2000.0", 2000, 2000, 2000, "exact", ""),
    ("2,000", 2000, 2000, 2000, "exact", ""),
    ("2 000", 2000, 2000, 2000, "exact", ""),
    ("2\u202f000", 2000, 2000, 2000, "exact", ""),
    ("2'000", 2000, 2000, 2000, "exact", ""),
    ("1.234.567", 1234567, 1234567, 1234567, "exact", ""),
    ("٢٠٠٠", 2000, 2000, 2000, "exact", ""),
    ("۲٬۰۰۰", 2000, 2000, 2000, "exact", ""),
    ("0", 0, 0, 0, "exact", ""),
    ("~200", 200, 180, 220, "about", ""),
    ("ca. 200", 200, 180, 220, "about", ""),
    ("about 300", 300, 270, 330, "about", ""),
    ("حوالي 300", 300, 270, 330, "about", ""),
    ("2,000 or so", 2000, 1800, 2200, "about", ""),
    (">1000", 1000, 1000, NONE, "at_least", ""),
    ("more than 1,000 soldiers", 1000, 1000, NONE, "at_least", "people"),
    ("1000+", 1000, 1000, NONE, "at_least", ""),
    ("≤500", 500, NONE, 500, "at_most", ""),
    ("<500", NONE, NONE, 499, "at_most", ""),
    ("100-200", NONE, 100, 200, "vague", ""),
    ("100 – 200", NONE, 100, 200, "vague", ""),
    ("between 100 and 200", NONE, 100, 200, "vague", ""),
    ("100 bis 200", NONE, 100, 200, "vague", ""),
    ("dozens", NONE, 24, 99, "vague", ""),
    ("two hundred", 200, 200, 200, "exact", ""),
    ("200 families", 200, 200, 200, "exact", "families"),
    ("20 personnes", 20, 20, 20, "exact", "people"),
    ("más de 20", 20, 20, NONE, "at_least", ""),
    ("Más de 2 000 personas", 2000, 2000, NONE, "at_least", "people"),
    ("au moins 20 ménages", 20, 20, NONE, "at_least", "families"),
    ("20 personnes au moins", 20, 20, NONE, "at_least", "people"),
    ("20 ou plus", 20, 20, NONE, "at_least", ""),
    ("über 20", 20, 20, NONE, "at_least", ""),
    ("rund 200 Menschen", 200, 180, 220, "about", "people"),
    ("bis zu 20", 20, NONE, 20, "at_most", ""),
    ("weniger als 20", NONE, NONE, 19, "at_most", ""),
    ("более 20 человек", 20, 20, NONE, "at_least", "people"),
    ("около ٢٠٠", 200, 180, 220, "about", ""),
    ("en az 20 kişi", 20, 20, NONE, "at_least", "people"),
    ("أكثر من 20", 20, 20, NONE, "at_least", ""),
    ("n/a", NONE, NONE, NONE, "", ""),
    ("", NONE, NONE, NONE, "", ""),
]


@pytest.mark.parametrize(("cell", "count", "low", "high", "qualifier", "unit"), READ)
def test_a_number_is_read_with_the_range_it_means(cell, count, low, high, qualifier, unit):
    """Signs, words and ranges say how a number is meant, as wide as in reports."""
    read = count_of(cell)
    assert not read.why
    assert not read.asked
    assert [read.count, read.low, read.high] == pytest.approx([count, low, high], nan_ok=True)
    assert (read.qualifier, read.unit) == (qualifier, unit)


REFUSED = [
    ("más de 20 cosas", "is not a number"),
    ("quizás 20", "is not a number"),
    ("#20", "is not a number"),
    ("20 %", "is not a number"),
    ("(20) personas", "is not a number"),
    ("20.", "is not a number"),
    ("más de 20 o más", "is not a number"),
    ("más de 20 menos de 30", "is not a number"),
    ("más de", "is not a number"),
    ("environ 1,2,3", "is not a number"),
    ("unos 1,5", "is no whole number"),
    ("abc", "is not a number"),
    ("1 2", "is not a number"),
    ("1..2", "is not a number"),
    ("1,23,456", "is not a number"),
    ("about 1,2,3", "is not a number"),
    ("1.5e3", "is written with a power of ten, whose digits are lost"),
    ("1.5", "is no whole number"),
    ("12,5", "is no whole number"),
    ("-5", "is below nothing"),
    ("<0", "is below nothing"),
    ("200-100", "has its higher number first"),
    ("3000000000", "is more than can be"),
    ("9" * 400, "is more than can be"),
]


@pytest.mark.parametrize(("cell", "why"), REFUSED)
def test_what_is_no_number_says_why(cell, why):
    """A cell that counts nobody is a fault with its reason."""
    assert count_of(cell).why == why


@pytest.mark.parametrize(
    ("cell", "decimal", "count"),
    [
        ("2.000", ",", 2000),
        ("2.000", ".", 2),
        ("2,000", ",", 2),
        ("2,000", ".", 2000),
        ("about 2.000", ",", 2000),
        ("2.000-3.000", ",", NONE),
    ],
)
def test_what_parts_decimals_is_read_as_it_is_said(cell, decimal, count):
    """With --decimal a point and a comma mean what the user says."""
    assert count_of(cell, decimal).count == pytest.approx(count, nan_ok=True)
    assert not count_of(cell, decimal).why


def test_thousands_or_decimals_are_asked_once():
    """What "2.000" means is for the user to say, once for the column and not for each cell."""
    faults = []
    column = CountColumn("a.csv", "people")
    for line, cells in ((2, ["5", "2.000"]), (4, ["about 3.000", "6"])):
        read = column.read(pd.Series(cells, dtype=str), np.array([line, line + 1]), faults)
    assert list(read.bad) == [True, False]
    (fault,) = faults
    assert str(fault) == (
        "a.csv: people has numbers that may be thousands or decimals (line 3: '2.000');"
        " say --decimal , where 2.000 is two thousand, or --decimal . where it is two"
    )


def test_every_cell_that_is_no_number_is_a_fault_of_its_own():
    """The same wrong cell on two lines is two faults."""
    faults = []
    read = CountColumn("a.csv", "people").read(
        pd.Series(["many", "7", "many"], dtype=str), np.array([2, 3, 4]), faults
    )
    assert [(fault.line, fault.value) for fault in faults] == [(2, "many"), (4, "many")]
    assert list(read.bad) == [True, False, True]
    assert read.count[1] == 7


@pytest.mark.parametrize(
    ("cell", "written"),
    [("38.88", "38.88"), ("38,88", "38.88"), ("-7,16°", "-7.16"), ("٣٨٫٨٨", "38.88"), ("38°52'", "38°52'")],
)
def test_degrees_are_written_with_a_point(cell, written):
    """A comma in degrees parts decimals; what is no plain number is left to be a fault as it stands."""
    assert degrees_of(cell) == written


def test_a_word_around_a_number_means_one_thing():
    """No word is listed for two ways in which a number may be meant."""
    words = tomllib.loads((CROSSWALKS / "words.toml").read_text(encoding="utf-8"))
    for side in ("around_before", "around_behind"):
        listed = [plain(word) for words in words[side].values() for word in words]
        assert sorted(set(listed)) == sorted(listed)


def test_what_parts_thousands_between_words_is_asked_too():
    """A point in "más de 2.000" may part thousands or decimals, as in a number alone."""
    assert count_of("más de 2.000").asked
    assert count_of("más de 2.000", ",").low == 2000
