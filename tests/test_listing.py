"""Matches as a table for a terminal."""

import re

import pytest

from geo.listing import listed
from geo.matches import Choice, How, Match
from geo.places import Place, PlaceKind

OSLO = Place("oslo", "Oslo", "", PlaceKind.TOWN, "NO", 10.75, 59.91387, 15.0)
FJORD = Place("fjord", "The fjord", "", PlaceKind.REGION, "", 10.6, 59.7, 40.5)

TABLES = [
    ([], []),
    (
        [Match("OSLO", OSLO, (OSLO, FJORD), How.FOLDED, Choice.CONTEXT)],
        [["OSLO", "Oslo", "town", "NO", "10.7500", "59.9139", "15", "folded, by context"]],
    ),
    (
        [Match("x", None, (FJORD, OSLO), How.AMBIGUOUS)],
        [
            ["x", "The fjord", "region", "-", "10.6000", "59.7000", "40.5", "ambiguous"],
            ["x", "Oslo", "town", "NO", "10.7500", "59.9139", "15", "ambiguous"],
        ],
    ),
    ([Match("x", None, (), How.UNKNOWN)], [["x", *"------", "unknown"]]),
]


@pytest.mark.parametrize(("matches", "rows"), TABLES)
def test_a_match_is_listed_as_its_place_or_its_candidates(matches, rows):
    """One row for the place; for an ambiguous name one for each candidate; and one for what is not found."""
    head, *found = [re.split(r"\s{2,}", line) for line in listed(matches)]
    assert head == ["toponym", "place", "kind", "country", "lon", "lat", "radius_km", "how matched"]
    assert found == rows


def test_columns_stand_below_their_heads():
    """The widest cell makes the column."""
    first, second = (
        line.index(word)
        for line, word in zip(
            listed([Match("A long name", OSLO, (OSLO,), How.EXACT)]), ["place", "Oslo"], strict=True
        )
    )
    assert first == second


def test_of_many_candidates_the_likeliest_are_listed():
    """Ten rows, and how many there are."""
    lines = list(listed([Match("x", None, (OSLO,) * 40, How.AMBIGUOUS)]))[1:]
    assert len(lines) == 10
    assert all(line.endswith("  ambiguous, 10 of 40") for line in lines)


SHOWN = [
    ("a\tb\n c", "a b c"),
    ("\x1b[31mOslo\x07", "⟨U+001B⟩[31mOslo⟨U+0007⟩"),
    ("\u202eolsO", "⟨U+202E⟩olsO"),
    ("بی\u200cبی", "بی\u200cبی"),
    ("\udcff", "⟨U+DCFF⟩"),
    ('O\'Higgins \\ "Oslo"', 'O\'Higgins \\ "Oslo"'),
    ("x" * 48, "x" * 48),
    ("x" * 10_000, "x" * 47 + "…"),
    ("\x1b" * 40, "⟨U+001B⟩" * 5 + "⟨U+001B" + "…"),
    ("", ""),
]


@pytest.mark.parametrize(("toponym", "shown"), SHOWN)
def test_a_name_cannot_steer_the_terminal(toponym, shown):
    """A name is one line of at most 48 characters; what is not to be seen stands as its number."""
    line = list(listed([Match(toponym, None, (), How.UNKNOWN)]))[1]
    assert re.fullmatch(r"(.*?)\s+-( +-){5} +unknown", line)[1] == shown
    assert line.isprintable() or "\u200c" in line
