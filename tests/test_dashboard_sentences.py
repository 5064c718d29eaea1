"""Sentences of faults and guesses in another language, as far as its table has them."""

import datetime as dt
import json
import re

import pandas as pd
import pytest
from foreign_rows import chunk_of, converted

from claims.imports.files.opened import opened_table
from claims.imports.tables.guessing import guesses
from dashboard.sentences import error_in_words, in_words
from dashboard.words import LANGUAGES, isolated, words_in
from geo.errors import BordermapError, Fault, FaultsError

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


def lacking(faults):
    """Give the sentences of faults that have no Arabic."""
    said = [sentence for fault in faults for sentence in (fault.why, fault.todo)]
    return [sentence for sentence in said if in_words(sentence, ARABIC) == isolated(sentence)]


def faults_of(path, name=""):
    """Read a file as an import does, and give all that is wrong with it."""
    faults = []
    try:
        with opened_table(path, name or path.name) as table:
            for _ in table.chunks(faults):
                pass
    except FaultsError as error:
        faults += error.faults
    return faults


FILES = {
    "open.csv": b'a,b\n1,"2\n3,4\n',
    "wide.csv": b"a,b\n1,2,3\n",
    "twice.csv": b"a,a\n1,2\n",
    "nameless.csv": b"a,\n1,2\n",
    "blank.csv": b"\n",
    "titled.csv": b"Counts of March\na,b,c\n1,2,3\n4,5,6\n",
    "latin.csv": "a,b\nBadajoz,España\n".encode("latin-1"),
    "zero.csv": b"a,b\n1,\0\n",
    "old.xls": b"\xd0\xcf\x11\xe0 and so on",
    "packed.gz": b"\x1f\x8b and so on",
    "report.pdf": b"%PDF-1.7",
    "layers.gpkg": b"SQLite format 3\0",
    "table.parquet": b"PAR1 and so on",
    "cut.zip": b"PK\x03\x04 and so on",
    "book.xlsx": b"a,b\n1,2\n",
    "map.kml": b"<kml><Placemark>",
    "page.kml": b"<html/>",
    "typed.kml": b"<!DOCTYPE kml><kml/>",
    "adrift.kml": b"<kml><Placemark><Point><coordinates>x</coordinates></Point></Placemark></kml>",
    "cut.geojson": b'{"type": "FeatureCollection", "features": [{"type"',
    "list.geojson": b"[1]",
    "kind.geojson": b'{"type": "feature"}',
}


@pytest.mark.parametrize("name", FILES)
def test_the_faults_of_a_file_are_said_in_arabic(tmp_path, name):
    """What is wrong with a file as a whole, and with its rows before they are claims, has its sentence too."""
    path = tmp_path / name
    path.write_bytes(FILES[name])
    faults = faults_of(path)
    assert faults
    assert lacking(faults) == []


def test_the_faults_of_all_bad_inputs_are_said_in_arabic(bad_inputs):
    """Nothing that the readers say of the files that break programs stays English."""
    paths = [path for path in sorted(bad_inputs.rglob("*.*json")) if path.is_file()]
    faults = [fault for path in paths for fault in faults_of(path)]
    assert faults
    assert lacking(faults) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "look swapped: they lie outside of 'PT' and 'ES', the other way round they lie within it",
        "look as if lat had the wrong sign: they lie outside of 'PT', with the other sign within it",
        "is not CSV (unexpected end of data) on line 3, and of the rows from there on none was read",
        "is not said, and 'table' holds rows of a table with other outlet 'Radio'",
        "is below best, together with what was changed by hand",
        "stands on line 3 too, with other cells, and no version says which of them is newer",
        "export the file again with all of ACLED's columns, or read it as any table (--from table); its columns are a, b",
        "has 10,001 faults before line 20,000, and what follows them was not read",
        "'a.b' is no encoding of text; say one such as utf-16, cp1256 or latin-1",
        "'/a/b' is damaged: days.parquet cannot be read (Parquet magic bytes not found); build it anew",
        "'/a/b' is damaged: events/layer=crossings/month=2024-12/rows.parquet is not there; build it anew",
        "'/a/b' is damaged: manifest.json is no JSON that can be read; build it anew",
        "'/a/b' is damaged: manifest.json lacks or misspells 'totals'; build it anew",
        "'/a/b' is damaged: collection.toml lacks view, first_day; build it anew",
        "'/a/b' has no manifest.json: it is no built folder, or its build has not ended; run bordermap build again",
        "'/a/b/manifest.json' is none of a built folder; name one that bordermap build made",
        "'/a/b' is of format 9, and this bordermap reads 1; build it anew, or show it with the bordermap that built it",
        "these are 300,000 claims, and up to 200,000 are handed out here; show fewer days or filter, or run bordermap export, which writes any number",
    ],
)
def test_a_rare_fault_is_said_in_arabic(sentence):
    """So has what seldom comes, with all that stands in it in its place."""
    told = in_words(sentence, ARABIC)
    assert told != isolated(sentence)
    assert not re.search("[a-z]{3,} (the|is|they|of) ", told)


def test_an_error_of_faults_is_a_line_for_each_in_the_readers_language():
    """File, line, column and value stand as they are, before why and what to do; English is as it was."""
    error = FaultsError([Fault("a.csv", 3, "day", "x", "is not a day", "correct it"), Fault("b.csv", None, None, None, "is empty", "fill it in")])  # fmt: skip
    assert error_in_words(error, ENGLISH) == str(error)
    assert error_in_words(error, ARABIC).splitlines() == [
        "\u2068a.csv\u2069 (السطر \u20683\u2069): \u2068day\u2069 \u2068'x'\u2069 ليس يومًا. صحِّحه",
        "\u2068b.csv\u2069: فارغ. املأه",
    ]
    assert error_in_words(BordermapError("something new"), ARABIC) == isolated("something new")


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


@pytest.mark.parametrize("sentence", ["is something new", "named {0} {words}", "named " + "'x', and " * 200])
def test_any_other_sentence_stays_with_its_own_direction(sentence):
    """What a table lacks, and what a file puts into a sentence, is shown as it is."""
    assert sentence in in_words(sentence, ARABIC) or sentence.removeprefix("named ") in in_words(
        sentence, ARABIC
    )
    assert in_words("", ARABIC) == ""


def test_what_a_file_puts_into_a_sentence_cannot_end_its_isolation():
    """A mark of direction in a name is shown by its number, in every language."""
    assert in_words("named x\u2069\u202ey", ARABIC).endswith("\u2068x⟨U+2069⟩⟨U+202E⟩y\u2069")
    assert in_words("named x\u2069\u202ey", ENGLISH) == "named x⟨U+2069⟩⟨U+202E⟩y"
