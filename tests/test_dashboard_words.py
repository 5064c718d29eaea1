"""The dashboard's words are a table a language, and stand beside the page's."""

import json
import re
from pathlib import Path

import pytest
from dashboard_collection import write_collection

import dashboard.words
from claims.model import Kind, Status
from claims.named import InFolder
from claims.tables import read_collection
from dashboard.claims_page import claims_table
from dashboard.shelf import title, title_of
from dashboard.words import FIRST, LANGUAGES, words_in
from layers.parts import languages

DASHBOARD = Path(dashboard.words.__file__).parent
TABLES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in LANGUAGES.glob("*.json")}


def placeholders(text):
    """Give the names of the values that a string is put together with."""
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", sorted(TABLES))
def test_the_tables_are_alike(language):
    """Each table has the English one's keys in its order, with their placeholders, and the page has the language too."""
    assert list(TABLES[language]) == list(TABLES[FIRST])
    for key, text in TABLES[FIRST].items():
        assert placeholders(TABLES[language][key]) == placeholders(text), key
    assert language in {table["language"] for table in languages()}


def test_no_word_is_left_over():
    """Each key is named by one of the dashboard's modules or scripts, or is one of a family's, which names its stem."""
    paths = [path for kind in ("*.py", "*.js") for path in DASHBOARD.rglob(kind)]
    source = "".join(path.read_text(encoding="utf-8") for path in paths)
    stems = {key: key.partition("_")[0] if "_" in key else "" for key in TABLES[FIRST]}
    named = {
        key
        for key, stem in stems.items()
        if f'"{key}"' in source or (stem and re.search(rf"[`\"]{stem}_[{{$]", source))
    }
    assert [key for key in TABLES[FIRST] if key not in named] == []


def test_a_language_without_a_table_is_spoken_in_english():
    """What the address says and the dashboard has no table of is English, in its direction."""
    assert words_in("x-up") == words_in("") == words_in(FIRST)
    assert words_in("../en") == words_in(FIRST)


def test_a_table_may_lack_words(tmp_path, monkeypatch):
    """What a language's table lacks is said in English, in the language's direction and with its page's words."""
    for language, table in (("en", TABLES["en"]), ("ar", {"map": "خ"})):
        (tmp_path / f"{language}.json").write_text(json.dumps(table), encoding="utf-8")
    monkeypatch.setattr(dashboard.words, "LANGUAGES", tmp_path)
    words = words_in.__wrapped__("ar")
    assert (words.say("map"), words.say("claims"), words.direction) == ("خ", "Claims", "rtl")


def test_kinds_and_statuses_are_called_as_in_the_page():
    """The page's own words stand for what a claim is."""
    pages = {table["language"]: table for table in languages()}
    for language, page in pages.items():
        words = words_in(language)
        assert [words.kind(kind) for kind in Kind] == page["kinds"]
        assert [words.status(status) for status in Status] == page["statuses"]


def test_a_collection_is_named_in_the_language_where_it_is(tmp_path):
    """Titles of the collection and its events are those in the language, else the collection's own."""
    folder = write_collection(tmp_path / "tiny")
    facts = folder / "collection.toml"
    arabic, english = words_in("ar"), words_in("en")
    held = InFolder(folder)
    own = title(held, english)
    told = re.sub(r"(?m)^title_ar = .*$", 'title_ar = "تجربة"', facts.read_text(encoding="utf-8"))
    facts.write_text(told, encoding="utf-8")
    assert (title(held, arabic), title(held, english)) == ("تجربة", own)
    collection = read_collection(folder, ())
    assert (title_of(collection.facts, arabic), title_of(collection.facts, english)) == ("تجربة", own)
    events = collection.events
    events.loc[0, "title_ar"], events.loc[1:, "title_ar"] = "حدث", ""
    titles = set(claims_table(collection, arabic)["title"])
    assert titles == {"حدث", *events["title"][1:]}
