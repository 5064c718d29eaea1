"""What the columns of a table may be, guessed with a reason."""
# ruff: noqa: RUF001 - letters and digits of other scripts are its business

import pandas as pd
import pytest

from claims.imports.cells.foreignwords import column_names, header_words, meaning, months
from claims.imports.tables.guessing import guesses
from claims.imports.tables.mapping import OURS, WORDS, TableMapping


def guessed(**columns):
    """Guess a table's columns; give ours by theirs."""
    return {guess.theirs: guess.ours for guess in guesses(pd.DataFrame(columns, dtype=str)).columns}


HEADERS = [
    ("EventDate", "2024-12-07", "date"),
    ("التاريخ", "٢٠٢٤-١٢-٠٧", "date"),
    ("Date de l'enquête", "07/12/2024", "date"),
    ("Дата начала", "2024-12-07", "date_start"),
    ("Breitengrad", "38,88", "lat"),
    ("#geo+lon", "-7.16", "lon"),
    ("Población", "Elvas", None),
    ("Paso fronterizo", "Caya", "crossing"),
    ("Name of FMP", "Caya", "crossing"),
    ("Departure country", "Chile", "origin"),
    ("Intended final destination country", "Chile", "destination"),
    ("Type of flow", "Incoming", "direction"),
    ("Nombre de personnes", "200", "count"),
    ("Anzahl", "~200", "count"),
    ("Datum", "45633", "date"),
    ("Total number of individuals (all)", "200", "count"),
    ("Quelle", "Reuters", "outlet"),
    ("Link", "https://example.org/a", "url"),
]


@pytest.mark.parametrize(("header", "cell", "ours"), HEADERS)
def test_a_column_is_known_by_its_name_in_many_languages(header, cell, ours):
    """Case, accents, signs and underscores do not count, and a part of a name may do."""
    assert guessed(**{header: [cell]}).get(header) == ours


def test_a_guess_says_why():
    """The name and the cells are the reasons, in words."""
    (guess,) = guesses(pd.DataFrame({"Lat": ["38.88", "41"]}, dtype=str)).columns
    assert guess.why == "named 'Lat', and every cell is between -90 and 90"


def test_cells_that_gainsay_a_part_of_a_name_undo_the_guess():
    """A column whose name holds a word for a day, and one of addresses without any, are not guessed to be that."""
    assert guessed(**{"Day of week": ["Monday", "Tuesday"], "Link": ["none given", "see above"]}) == {}


def test_cells_that_gainsay_a_whole_name_are_told():
    """A column called date is the day, however its cells are written, so that they become faults; the way out is told."""
    found = guesses(pd.DataFrame({"date": ["07.12.24"], "lat": ["38,88 N"]}, dtype=str))
    assert found.mapping().columns == {"date": "date", "lat": "lat"}
    assert "though none of its cells are a day; say --map date=nothing if it is not" in found.told[0]


def test_a_column_that_fits_goes_before_one_that_is_only_called_so():
    """Of two columns whose names are words for the day the one that holds days is it."""
    assert guessed(Day=["Monday"], Date=["2024-12-07"]) == {"Date": "date"}


def test_columns_that_are_not_used_are_told():
    """Whatever is neither said nor guessed is named, and so is what the user says is nothing."""
    cells = pd.DataFrame({"Date": ["2024-12-07"], "Mood": ["good"]}, dtype=str)
    assert guesses(cells).told[-1] == "not used: 'Mood'"
    assert guesses(cells, TableMapping(unused=("Date",))).told == ("not used: 'Date', 'Mood'",)


def test_cells_alone_are_enough_where_one_column_only_can_be_meant():
    """The one column of days is the day; of two nothing is said."""
    assert guessed(a=["2024-12-07"], b=["x"]) == {"a": "date"}
    assert guessed(a=["2024-12-07"], b=["2024-12-08"]) == {}
    assert guessed(a=["2024", "2025"]) == {}


def test_codes_and_words_show_what_a_column_is():
    """A column of country codes is one, and one of words for kinds is offered and not taken."""
    found = guesses(pd.DataFrame({"a": ["PT", "ESP"], "b": ["crossing", "Abzug"]}, dtype=str))
    assert [(guess.ours, guess.asked) for guess in found.columns] == [("country", False), ("kind", True)]


def test_all_guesses_are_told_in_words():
    """Columns with their reasons, what words mean, and the words that are not known are each a line."""
    cells = pd.DataFrame({"Type": ["Retreat", "Parade"], "Households": ["5", "6"]}, dtype=str)
    told = "\n".join(guesses(cells, TableMapping({"count": "Households"})).told)
    assert "'Type' is kind (named 'Type'); say it if it is" in told
    assert "count_unit is families for every row ('Households' says 'households')" in told
    assert "of kind, 'retreat' means withdrawal" in told
    assert "of kind, it is not known what these mean: 'Parade'" in told


def test_a_column_and_a_part_of_a_claim_are_guessed_once():
    """The better name wins, and date does not stand beside date_start."""
    found = guessed(Date=["2024-12-07"], Day=["2024-12-07"], date_start=["2024-12-07"])
    assert found == {"Date": "date"}


def test_a_kind_is_never_taken_on_a_guess():
    """The column of kinds is shown as a guess, and is not in the mapping until the user says it."""
    cells = pd.DataFrame({"Type": ["Border crossing", "Retreat", "Parade"]}, dtype=str)
    found = guesses(cells)
    assert [(guess.ours, guess.asked) for guess in found.columns] == [("kind", True)]
    assert found.mapping().columns == {}
    assert found.meanings["kind"] == {"border crossing": "crossing", "retreat": "withdrawal"}
    assert found.unknown["kind"] == ("Parade",)


def test_what_is_said_is_not_guessed_again():
    """A part of a claim or a column that the user mapped is left alone, and its words are looked up."""
    cells = pd.DataFrame({"Date": ["2024-12-07"], "Art": ["Abzug"]}, dtype=str)
    found = guesses(cells, TableMapping({"published": "Date", "kind": "Art"}))
    assert found.columns == ()
    assert found.meanings == {"kind": {"abzug": "withdrawal"}}


def test_the_unit_is_guessed_from_the_name_of_the_count():
    """A column of households counts families; of "Total" nothing is said."""
    households = guesses(pd.DataFrame({"Number of households": ["5"]}, dtype=str))
    assert households.mapping().constants == {"count_unit": "families"}
    assert guesses(pd.DataFrame({"Total": ["5"]}, dtype=str)).mapping().constants == {}


def test_every_name_of_a_column_means_one_part_of_a_claim():
    """The list of names has each under one of ours, and words of cells each under one word."""
    assert {ours for ours, _ in column_names().values()} == set(OURS)
    for ours, words in WORDS.items():
        assert set(meaning(ours).values()) == set(words), ours
        assert "" not in meaning(ours)


def test_names_of_months_are_of_twelve_months():
    """Each of the twelve has names."""
    assert set(months().values()) == set(range(1, 13))


def test_a_columns_name_is_parted_at_its_capitals():
    """EventDate and event_date are one name."""
    assert header_words("EventDate") == header_words(" event_date ") == "event date"
