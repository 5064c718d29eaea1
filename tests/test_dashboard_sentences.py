"""Sentences of faults and guesses in another language, as far as its table has them."""

import datetime as dt
import json
import re

import pandas as pd
import pytest
from foreign_rows import chunk_of, converted

from claims.imports.tables.guessing import guesses
from dashboard.sentences import in_words
from dashboard.words import LANGUAGES, isolated, words_in
from geo.errors import FaultsError

ENGLISH, ARABIC = words_in("en"), words_in("ar")
TABLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (LANGUAGES / "sentences").glob("*.json")
}

ROW = {
    "id": "1",
    "day": "2024-12-07",
    "town": "Elvas",
    "lon": "-7.16",
    "lat": "38.88",
    "people": "20",
    "what": "crossing",
}
ASKED = {
    "scheme": "table",
    "mapping": {
        "id": "id",
        "date": "day",
        "place": "town",
        "lon": "lon",
        "lat": "lat",
        "count": "people",
        "kind": "what",
    },
    "constants": {"count_unit": "people"},
    "outlet": "The Daily Test",
    "published": dt.date(2024, 12, 10),
}


def placeholders(text):
    """Give the names of the values that a sentence is put together with."""
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", sorted(TABLES))
def test_a_sentence_names_no_value_that_the_english_one_lacks(language):
    """Each sentence of a table can be put together from its English one."""
    for english, own in TABLES[language].items():
        assert placeholders(own) <= placeholders(english), english


@pytest.mark.parametrize(
    "cells",
    [
        {"day": "never"},
        {"day": "2024-02-31"},
        {"day": "07/12/2024"},
        {"people": "many"},
        {"people": "-2"},
        {"people": "2.000"},
        {"what": ""},
        {"what": "a stroll"},
        {"lon": "38.88", "lat": "-97.16"},
        {"lon": "0", "lat": "0"},
        {"lon": "999"},
        {"lon": "x"},
        {"lat": ""},
    ],
    ids=str,
)
def test_the_faults_of_a_table_are_said_in_arabic(cells, iberia):
    """What is wrong with the usual cells and what to do has its sentence in the table; English ones stay as they are."""
    _, faults, _ = converted(chunk_of(cells, usual=ROW), iberia, **ASKED)
    assert faults
    for fault in faults:
        for sentence in (fault.why, fault.todo):
            assert in_words(sentence, ENGLISH) == sentence
            assert re.match(r"[\u0600-\u06ff\u2068]", in_words(sentence, ARABIC))
            assert in_words(sentence, ARABIC) != isolated(sentence)


def test_what_is_unsaid_of_a_table_is_said_in_arabic(iberia):
    """So are a kind, an outlet, a day of publication and a unit that nobody said."""
    with pytest.raises(FaultsError) as told:
        converted(
            chunk_of({}, usual=ROW), iberia, scheme="table", mapping={"count": "people", "place": "town"}
        )
    for fault in told.value.faults:
        assert in_words(fault.why, ARABIC) != isolated(fault.why)
        assert in_words(fault.todo, ARABIC) != isolated(fault.todo)


def test_why_a_column_was_guessed_is_said_in_arabic():
    """Each reason has its sentence, with the column's name as it is."""
    found = guesses(
        pd.DataFrame({"date": ["2024-12-07", "x"], "lat": ["38.9", "38.8"], "town": ["Elvas", "Elvas"]})
    )
    said = {guess.ours: in_words(guess.why, ARABIC) for guess in found.columns}
    assert said == {
        "date": "اسمه \u2068'date'\u2069، و\u206850%\u2069 من خلاياه يوم",
        "lat": "اسمه \u2068'lat'\u2069، وكل خلية فيه بين \u2068-90\u2069 و\u206890\u2069",
        "place": "اسمه \u2068'town'\u2069",
    }


@pytest.mark.parametrize(
    "sentence", ["is something new", "named {0} {words} \u2069", "named " + "'x', and " * 200]
)
def test_any_other_sentence_stays_with_its_own_direction(sentence):
    """What a table lacks, and what a file puts into a sentence, is shown as it is."""
    assert sentence in in_words(sentence, ARABIC) or sentence.removeprefix("named ") in in_words(
        sentence, ARABIC
    )
    assert in_words("", ARABIC) == ""
