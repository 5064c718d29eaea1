"""Which way a flow goes: in or out as seen from a country, or from one country into another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.imports.cells.foreignwords import direction_leads
from claims.imports.tables.mapping import Direction
from claims.imports.tables.worded import WordColumn
from claims.imports.uniquely import each
from geo.toponyms import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.imports.converting import Asked
    from claims.imports.tables.mappedrows import MappedRows
    from claims.imports.tables.mapping import TableMapping

__all__ = ["Ways"]

_ARROW: Final = re.compile(r"(.+?)\s*(?:[-=—–]*>|→|⟶|➔)\s*(.+)")  # noqa: RUF001 - dashes of all kinds are its business
_BETWEEN: Final = "\x1f"
_LONGEST: Final = 200  # characters of a direction


class Ways:
    """Reads the directions of rows, chunk by chunk."""

    def __init__(self, asked: Asked, mapping: TableMapping, code: Callable[[str], str]) -> None:
        """Read them as a mapping says.

        Args:
            asked: What the user says of the file: `home`, from which in and out are seen, and with two `countries` the other.
            mapping: Where the direction is.
            code: Gives the ISO code of a country by its name or code, "" where it is none.
        """
        theirs = mapping.columns.get("direction", "--set direction")
        self._words = _WayColumn(theirs, mapping, code)
        self._home = asked.home
        self._pair = asked.countries if len(asked.countries) == 2 else ()
        self._named = asked.name

    def read(self, rows: MappedRows, countries: np.ndarray) -> dict[str, np.ndarray]:
        """Give the ISO codes of the countries that a flow `leaves` and `enters`, "" for one that is not known.

        `leaves_by_pair` and `enters_by_pair` tell where it is only known from the two countries that the file is about.

        Rows whose direction is not known, or is seen from no country, are held for faulty.

        Args:
            rows: The rows.
            countries: Of each row the country on whose side it was counted; the user's `home` goes before it.
        """
        found = pd.Series(self._words.read(rows, otherwise=""), dtype=object)
        home = np.full(len(rows), self._home, dtype=object) if self._home else countries
        inward, outward = (found.eq(str(way)).to_numpy() for way in (Direction.IN, Direction.OUT))
        todo = "say --home with its two-letter code, or map a column to country"
        unseen = (inward | outward) & (home == "")
        rows.fault_where("direction", unseen, "is seen from a country that is not said", todo)
        other = each(pd.Series(home, dtype=object), self._other)
        start = each(found, lambda word: word.partition(_BETWEEN)[0] if _BETWEEN in word else "")
        end = each(found, lambda word: word.partition(_BETWEEN)[2])
        return {
            "leaves_by_pair": inward,
            "enters_by_pair": outward,
            "leaves": np.select([inward, outward], [other, home], start).astype(object),
            "enters": np.select([inward, outward], [home, other], end).astype(object),
        }

    def _other(self, home: str) -> str:
        """Give the other of the two countries that the file is about; "" where it is about more or others."""
        return next((code for code in self._pair if code != home), "") if home in self._pair else ""


class _WayColumn(WordColumn):
    """A column of directions; two countries are written with a mark between them."""

    def __init__(self, theirs: str, mapping: TableMapping, code: Callable[[str], str]) -> None:
        super().__init__("direction", theirs, mapping.meanings.get("direction", {}))
        self._code = code

    def _word(self, cell: str) -> str | None:
        word = super()._word(cell)
        return self._countries(cell) if word is None and len(cell) <= _LONGEST else word

    def _countries(self, cell: str) -> str | None:
        """Read "A -> B", "from A to B", "entering B", "leaving A"; None where the names are no countries."""
        arrow = _ARROW.fullmatch(cell.strip())
        start, end = (arrow[1], arrow[2]) if arrow else _led(plain(cell))
        codes = [self._code(name.strip()) if name else "" for name in (start, end)]
        if any(name and not code for name, code in zip((start, end), codes, strict=True)) or not any(codes):
            return None
        return _BETWEEN.join(codes)


def _led(text: str) -> tuple[str, str]:
    """Give the names behind the words for from and to; of "A to B" the first has none before it."""
    words = text.split()
    names: dict[str, list[str]] = {"from": [], "to": []}
    reading, at = "from", 0
    seen = False
    while at < len(words):
        length, end = _lead(words, at)
        if length and not (seen and names[end]):
            reading, at, seen = end, at + length, True
        else:
            names[reading].append(words[at])
            at += 1
    return (" ".join(names["from"]), " ".join(names["to"])) if seen else ("", "")


def _lead(words: list[str], at: int) -> tuple[int, str]:
    """Give how many words from here lead to a name, and to which end; 0 where none does."""
    leads = direction_leads()
    for length in (3, 2, 1):
        if end := leads.get(" ".join(words[at : at + length])):
            return length, end
    return 0, ""
