"""The reference in docs/: it says what the code says, and nothing is left without a meaning."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

import bordermap
from claims.model import CLAIMS, Kind
from scripts import reference, reference_commands, reference_tables

ROOT = Path(__file__).parents[1]
PAGES = reference.pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_of_the_reference_is_what_the_code_says(name):
    """Each page is as it would be written anew; `make reference` writes it."""
    assert (reference.FOLDER / name).read_text(encoding="utf-8") == PAGES[name]


def test_no_page_of_the_reference_is_of_old():
    """No page stands there that is not made."""
    assert {path.name for path in reference.FOLDER.iterdir()} == set(PAGES)


def test_every_choice_of_every_command_is_told():
    """Each command of the command line is a heading, and each of its choices is in the table under it."""
    (verbs,) = reference_commands._subcommands(bordermap._parser())
    for name, command in verbs.choices.items():
        under = re.split(r"^## ", PAGES["commands.md"], flags=re.MULTILINE)
        (text,) = [part for part in under if part.startswith(f"{name}\n")]
        choices = {word for action in command._actions for word in action.option_strings} - {"-h", "--help"}
        assert [choice for choice in choices if f"`{choice}`" not in text] == []


def test_a_column_without_a_meaning_stops_the_writing():
    """A column of the code that its README does not tell of, or one that only the README has, is named."""
    told = [([column.name], "a meaning") for column in CLAIMS[1:]] + [(["mood"], "a meaning")]
    with pytest.raises(SystemExit, match=r"claims\.csv.*nothing of \['claim_id'\].*something of \['mood'\]"):
        reference_tables._columns("claims.csv", CLAIMS, told)


class Mood(StrEnum):
    """How it is."""

    GOOD = "good"
    """It is good."""

    BAD = "bad"


def test_a_word_without_a_meaning_stops_the_writing():
    """A word of an enum under which nothing stands is named."""
    with pytest.raises(SystemExit, match=r"Mood: \['BAD'\]"):
        reference_tables._words(Mood)
    assert "| `crossing` | Somebody moved from one country into another. |" in reference_tables._words(Kind)


NAME = re.compile(r"\bBORDERMAP_[A-Z_]+\b")


def names_in(*patterns):
    """The variables that files of the checkout name."""
    files = [path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()]
    assert files
    return {name for path in files for name in NAME.findall(path.read_text(encoding="utf-8"))}


def test_every_environment_variable_is_told():
    """CONTRIBUTING's table, and so the reference, names each variable that the code reads, and none that nothing reads."""
    folders = ("geo", "claims", "layers", "dashboard", "commands", "bench", "trust", "scripts")
    read = names_in("*.py", *(f"{folder}/**/*.py" for folder in folders))
    told = set(NAME.findall(PAGES["environment.md"]))
    assert read - told == set()
    assert (
        told - read - names_in("Makefile", "scripts/*.sh", "tests/*.py", "deploy/**/*", "compose*") == set()
    )
