"""What the columns of a table may be, guessed from their names and cells, with the reason of each guess in words."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from claims.imports.cells.foreignwords import column_names, header_words, meaning, says_nothing
from claims.imports.tables.mapping import NOTHING, WORDS, TableMapping, same_cell
from claims.imports.tables.shown import SHOWN_ALONE, TESTED, fit
from geo.toponyms import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

__all__ = ["Guess", "Guesses", "guesses", "unknown_words"]

ASKED: Final = ("kind",)
"""What is never taken on a guess: which kind of claim the rows are is for the user to say."""

MOST_CELLS: Final = 500
"""Different cells of a column that are looked at."""

MOST_TOLD: Final = 20
"""Words that are not known of which a user is told."""

FITTING: Final = 0.5
"""Share of a column's cells that must be what its name says, for the name to be believed."""

TRUSTED: Final = frozenset(
    {"date", "date_start", "date_end", "published", "count", "count_low", "count_high"}
    | {f"{end}{axis}" for end in ("", "origin_", "crossing_", "destination_") for axis in ("lon", "lat")}
)
"""What a column is by its whole name alone: cells that gainsay it are told as faults, and not passed over."""

_WITH: Final = {"date": ("date_start", "date_end"), "date_start": ("date",), "date_end": ("date",)}
"""What cannot stand beside a part of a claim."""

_FEATURE_LON, _FEATURE_NAME = "geometry.lon", "name"
_OF_FEATURES: Final = ("place", "crossing")
"""What the name of a feature with a position is taken for where no column is one of them: the first."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One column's guess.

    Attributes:
        ours: What of `OURS` it may be.
        theirs: The column.
        why: Why, in words, as "named 'lat', and every cell is between -90 and 90".
        asked: Whether the user must say it before it is used.
    """

    ours: str
    theirs: str
    why: str
    asked: bool = False

    def __str__(self) -> str:
        """Say it as one line."""
        end = "; say it if it is" if self.asked else ""
        return f"{self.theirs!r} is {self.ours} ({self.why}){end}"


@dataclass(frozen=True, slots=True)
class Guesses:
    """What is guessed of a table.

    Attributes:
        columns: In the order of the table's columns.
        constants: What a column's name says of every row, as that its numbers are of families; with the reason.
        meanings: By a column of words, what its cells mean where a table of words says so.
        unknown: By a column of words, its cells that no table knows; the user is to say what they mean.
        unused: Columns of which nothing is said or guessed.
    """

    columns: tuple[Guess, ...]
    constants: dict[str, tuple[str, str]] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """Say all of it, a line each: what columns may be, what their words may mean, and which words are not known."""
        lines = [*map(str, self.columns)]
        lines += [f"{ours} is {word} for every row ({why})" for ours, (word, why) in self.constants.items()]
        for ours, words in self.meanings.items():
            lines += [f"of {ours}, {cell!r} means {word}" for cell, word in words.items() if cell != word]
        for ours, cells in self.unknown.items():
            lines.append(
                f"of {ours}, it is not known what these mean: {', '.join(map(repr, cells[:MOST_TOLD]))}"
            )
        if self.unused:
            more = f" and {len(self.unused) - MOST_TOLD} more" if len(self.unused) > MOST_TOLD else ""
            lines.append(f"not used: {', '.join(map(repr, self.unused[:MOST_TOLD]))}{more}")
        return tuple(lines)

    def mapping(self) -> TableMapping:
        """Give as a mapping what may be used without being asked; a kind is not among it."""
        columns = {guess.ours: guess.theirs for guess in self.columns if not guess.asked}
        constants = {ours: word for ours, (word, _) in self.constants.items()}
        return TableMapping(columns, constants, self.meanings)


def guesses(cells: pd.DataFrame, said: TableMapping | None = None) -> Guesses:
    """Guess what the columns of a table are.

    Args:
        cells: Some rows of it, as text; one column for each of the table's.
        said: What the user says; it is not guessed again, and the words of its columns are.
    """
    mapping = said or TableMapping()
    looked = {theirs: _different(cells[theirs]) for theirs in map(str, cells.columns)}
    found = sorted(_named(looked), key=lambda one: one[0], reverse=True)
    ours_taken = {*mapping.columns, *mapping.constants}
    ours_taken |= {other for ours in ours_taken for other in _WITH.get(ours, ())}
    theirs_taken = {*mapping.columns.values(), *mapping.unused}
    chosen: list[Guess] = []
    for _, guess in [*found, *_by_cells(looked)]:
        if guess.ours in ours_taken or guess.theirs in theirs_taken:
            continue
        ours_taken |= {guess.ours, *_WITH.get(guess.ours, ())}
        theirs_taken.add(guess.theirs)
        chosen.append(guess)
    taken = theirs_taken | ours_taken
    if (
        _FEATURE_LON in looked
        and _FEATURE_NAME in looked
        and taken.isdisjoint({_FEATURE_NAME, *_OF_FEATURES})
    ):
        chosen.append(
            Guess("place", _FEATURE_NAME, f"named {_FEATURE_NAME!r}, beside the position of a feature")
        )
    order = {theirs: at for at, theirs in enumerate(looked)}
    chosen.sort(key=lambda guess: order[guess.theirs])
    worded = {guess.ours: guess.theirs for guess in chosen} | dict(mapping.columns)
    values, unknown = _words(worded, looked, mapping)
    unit = {} if "count_unit" in ours_taken else _unit(worded.get("count", ""))
    used = {*mapping.columns.values(), *(guess.theirs for guess in chosen)}
    unused = tuple(theirs for theirs in looked if theirs not in used)
    return Guesses(tuple(chosen), unit, values, unknown, unused)


def _unit(theirs: str) -> dict[str, tuple[str, str]]:
    """Guess from the name of the column of numbers what they count; nothing where it names no unit, or several."""
    known = meaning("count_unit")
    words = header_words(theirs)
    units = {known[part]: f"{theirs!r} says {part!r}" for part in (words, *_parts(words)) if part in known}
    return {"count_unit": next(iter(units.items()))} if len(units) == 1 else {}


def _different(cells: pd.Series) -> list[str]:
    """Give the first different cells of a column that say something."""
    said = [cell for cell in cells.drop_duplicates().head(2 * MOST_CELLS) if not says_nothing(cell)]
    return said[:MOST_CELLS]


def _named(looked: dict[str, list[str]]) -> Iterator[tuple[float, Guess]]:
    """Guess by the names of columns; a whole name weighs more than a part of one, and one that cells gainsay less.

    Where cells gainsay a name, only what is `TRUSTED` is guessed.
    """
    names = column_names()
    for theirs, cells in looked.items():
        words = header_words(theirs)
        parts = [words, *_parts(words)]
        for at, part in enumerate(parts):
            if part not in names:
                continue
            ours, rank = names[part]
            share, what = fit(ours, cells)
            trusted = at == 0 and ours in TRUSTED
            if (share < FITTING and not trusted) or (at and ours not in TESTED and " " not in part):
                continue
            why = f"named {theirs!r}" if at == 0 else f"its name holds {part!r}"
            told = f"{why}, and {what}" if what else why
            if share < FITTING:
                told = f"{why}, though {what}; say --map {shlex.quote(f'{theirs}={NOTHING}')} if it is not"
            score = (
                (20 if share < FITTING else 100 if at == 0 else 50)
                + 10 * share
                - min(rank, 40) / 10
                - at / 100
            )
            yield score, Guess(ours, theirs, told, asked=ours in ASKED)


def _parts(words: str) -> list[str]:
    """Give the runs of a name's words, the longest first."""
    split = words.split()[:8]
    return [
        " ".join(split[at : at + length])
        for length in range(len(split) - 1, 0, -1)
        for at in range(len(split) - length + 1)
    ]


def _by_cells(looked: dict[str, list[str]]) -> Iterator[tuple[float, Guess]]:
    """Guess by the cells alone, where one column only can be meant."""
    for ours, (name, test) in SHOWN_ALONE.items():
        fitting = [theirs for theirs, cells in looked.items() if cells and all(map(test, cells))]
        if len(fitting) == 1:
            yield 0.0, Guess(ours, fitting[0], f"every cell is {name}", asked=ours in ASKED)


def unknown_words(cells: Mapping[str, Sequence[str]], mapping: TableMapping) -> dict[str, tuple[str, ...]]:
    """Give, by a mapping's columns of words, the cells that neither a table of words nor the mapping knows.

    Args:
        cells: Of each column that is one of words its different cells.
        mapping: What the columns are.
    """
    said = {
        theirs: [cell for cell in cells.get(theirs, ()) if not says_nothing(cell)]
        for theirs in mapping.columns.values()
    }
    return _words(dict(mapping.columns), said, mapping)[1]


def _words(
    worded: dict[str, str], looked: dict[str, list[str]], mapping: TableMapping
) -> tuple[dict[str, dict[str, str]], dict[str, tuple[str, ...]]]:
    """Give what the words of the columns of words mean, and those of which no table knows it."""
    values: dict[str, dict[str, str]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for ours in WORDS:
        said = mapping.meanings.get(ours, {})
        cells = {same_cell(cell): cell for cell in looked.get(worded.get(ours, ""), ())}
        known = meaning(ours)
        values_of = {same: known[plain(cell)] for same, cell in cells.items() if plain(cell) in known}
        if new := {same: word for same, word in values_of.items() if same not in said}:
            values[ours] = new
        if left := tuple(cell for same, cell in cells.items() if same not in values_of and same not in said):
            unknown[ours] = left
    return values, unknown
