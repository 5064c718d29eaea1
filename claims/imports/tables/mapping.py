"""Which columns of a table, constants and words of cells the parts of a claim are made of."""

from __future__ import annotations

import difflib
import json
import shlex
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from claims.model import CountUnit, DateKind, Kind, Modality, Status
from geo.errors import BordermapError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.imports.converting import Asked

__all__ = ["NOTHING", "OURS", "WORDS", "Direction", "TableMapping", "nearest", "same_cell"]


class Direction(StrEnum):
    """Which way a flow goes, seen from the country on whose side it is counted."""

    IN = "in"
    OUT = "out"


OURS: Final[Mapping[str, str]] = {
    "id": "what names the row in its data set",
    "version": "which edition of the row this is",
    "kind": "what happened: crossing, withdrawal, deployment ...",
    "status": "how the source puts it: reported, confirmed, denied ...",
    "modality": "asserted or hedged",
    "date": "the day, or the month or year within which it was",
    "date_start": "the first day",
    "date_end": "the last day",
    "date_kind": "how two days are meant: on, throughout, since, by",
    "time_precision": "how sure the day is: 1 the day, 2 its week, 3 its month",
    "place": "where what does not move is; where something moves and no other place is said, the place it is told of",
    "origin": "the place or country left",
    "crossing": "the gate or point of the border",
    "destination": "the place or country reached",
    "route": "the way taken",
    "lon": "degrees east (EPSG:4326) of the place, or of the crossing where there is no place",
    "lat": "degrees north of it",
    "origin_lon": "degrees east of the origin",
    "origin_lat": "degrees north of it",
    "crossing_lon": "degrees east of the crossing",
    "crossing_lat": "degrees north of it",
    "destination_lon": "degrees east of the destination",
    "destination_lat": "degrees north of it",
    "country": "the country of the place or crossing, as a code or a name",
    "geo_precision": "how sure the place is: 1 the place itself, 2 near it, 3 a region",
    "count": "how many",
    "count_low": "the least that is meant",
    "count_high": "the most that is meant",
    "count_unit": "what is counted: people, vehicles, factions, families, deaths",
    "actor": "who moved, several between semicolons",
    "quote": "the words that tell of it; the claim quotes their beginning",
    "outlet": "who published it",
    "title": "the publication's title",
    "url": "its web address",
    "author": "its author",
    "published": "the day on which it was published",
    "language": "its language",
    "direction": "in or out, seen from the home country",
    "speakers": "who says it, in the publication",
    "note": "a note",
}
"""What a claim can be made of, by its name in a mapping, with what it holds."""

WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "kind": Kind,
    "status": Status,
    "modality": Modality,
    "date_kind": DateKind,
    "count_unit": CountUnit,
    "direction": Direction,
}
"""Those of them whose cells are words of a list."""

NOTHING: Final = "nothing"
"""What a column is that shall not be used."""

_ALIKE: Final = 0.6  # how alike a misspelt name is to what may have been meant
_NOT_TOGETHER: Final = (("date", "date_start"), ("date", "date_end"))
"""Pairs of them of which a mapping has one."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the parts of a claim are made of in one table.

    Attributes:
        columns: By the names of `OURS`, the table's column.
        constants: By the names of `OURS`, what holds for every row.
        meanings: By the names of `WORDS`, what the table's cells (as `same_cell` writes them) mean.
        unused: Columns that are nothing of a claim, whatever they look like.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    @classmethod
    def of(cls, asked: Asked) -> TableMapping:
        """Give the mapping that a user said with the rest of what there is to say of a file."""
        values: dict[str, dict[str, str]] = {}
        for (ours, cell), word in asked.values.items():
            values.setdefault(ours, {})[same_cell(cell)] = word
        return cls(dict(asked.mapping), dict(asked.constants), values, asked.unused)

    def put_into(self, asked: Asked) -> Asked:
        """Give what a user says of a file with this for its mapping."""
        values = {(ours, cell): word for ours, words in self.meanings.items() for cell, word in words.items()}
        return replace(
            asked, mapping=self.columns, constants=self.constants, values=values, unused=self.unused
        )

    def says(self, ours: str) -> bool:
        """Tell whether a part of the claim has a column or a constant."""
        return ours in self.columns or ours in self.constants

    def over(self, guessed: TableMapping) -> TableMapping:
        """Fill what is not said here with what is guessed; a column that is used here is not used again."""
        used = {*self.columns.values(), *self.unused}
        columns = {
            ours: theirs
            for ours, theirs in guessed.columns.items()
            if not self.says(ours) and theirs not in used and not self._meets(ours)
        }
        constants = {ours: said for ours, said in guessed.constants.items() if not self.says(ours)}
        values = {
            ours: {**guessed.meanings.get(ours, {}), **self.meanings.get(ours, {})}
            for ours in {**guessed.meanings, **self.meanings}
        }
        columns |= self.columns
        unused = [theirs for theirs in (*self.unused, *guessed.unused) if theirs not in columns.values()]
        return TableMapping(columns, {**constants, **self.constants}, values, tuple(dict.fromkeys(unused)))

    def _meets(self, ours: str) -> bool:
        """Tell whether what cannot stand beside a part of the claim is said here."""
        return any(self.says(pair[1 - pair.index(ours)]) for pair in _NOT_TOGETHER if ours in pair)

    def faults(self, file: str, header: Sequence[str]) -> list[Fault]:
        """Say what of the mapping does not fit a table of these columns."""
        told = self.together(file)
        for ours, theirs in self.columns.items():
            if theirs not in header:
                near = nearest(theirs, header)
                what = f"map {near!r}" if near else f"map one of {', '.join(map(repr, header[:40]))}"
                told.append(
                    Fault(file, 1, theirs, None, f"is no column of the table, though {ours} is", what)
                )
        return told

    def together(self, file: str) -> list[Fault]:
        """Say which two parts of a claim are said of which one is enough."""
        both = {*self.columns, *self.constants}
        return [
            Fault(file, None, other, None, f"cannot stand beside {one}", f"leave {one} or {other} out")
            for one, other in _NOT_TOGETHER
            if {one, other} <= both
        ]

    def to_json(self) -> str:
        """Write it as a JSON object of `columns`, `constants`, `meanings` and `unused`."""
        parts = {
            "columns": self.columns,
            "constants": self.constants,
            "meanings": self.meanings,
            "unused": self.unused,
        }
        return json.dumps(parts, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> TableMapping:
        """Read what `to_json` wrote.

        Raises:
            BordermapError: It is something else.
        """
        try:
            read = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BordermapError("the mapping is not JSON; write it anew") from error
        parts = ("columns", "constants", "meanings")
        unused = read.pop("unused", []) if isinstance(read, dict) else []
        if not isinstance(read, dict) or set(read) != set(parts):
            raise BordermapError(f"the mapping is no object of {', '.join(parts)}; write it anew")
        flat = _is_words(read["columns"]) and _is_words(read["constants"])
        if (
            not flat
            or not (isinstance(unused, list) and all(isinstance(theirs, str) for theirs in unused))
            or not isinstance(read["meanings"], dict)
            or not all(map(_is_words, read["meanings"].values()))
        ):
            raise BordermapError("the mapping holds more than text; write it anew")
        names = [*read["columns"], *read["constants"], *read["meanings"]]
        if unknown := [name for name in names if name not in OURS]:
            raise BordermapError(
                f"the mapping names {unknown[0]!r}, which is no part of a claim; write it anew"
            )
        said = [*read["constants"].items(), *_pairs(read["meanings"])]
        if wrong := [word for ours, word in said if ours in WORDS and word not in set(WORDS[ours])]:
            raise BordermapError(
                f"the mapping says {wrong[0]!r}, which is no word of its list; write it anew"
            )
        return cls(read["columns"], read["constants"], read["meanings"], tuple(unused))

    def options(self) -> list[str]:
        """Give it as the options of the command line that say the same, each ready to be pasted into a shell."""
        said = [f"--map {shlex.quote(f'{theirs}={ours}')}" for ours, theirs in self.columns.items()]
        said += [f"--map {shlex.quote(f'{theirs}={NOTHING}')}" for theirs in self.unused]
        said += [f"--set {shlex.quote(f'{ours}={word}')}" for ours, word in self.constants.items()]
        return said + [
            f"--value {shlex.quote(f'{ours}:{cell}={word}')}"
            for ours, words in self.meanings.items()
            for cell, word in words.items()
        ]


def same_cell(cell: str) -> str:
    """Write a cell so that case and spaces do not count, as `TableMapping.meanings` keeps it."""
    return " ".join(cell.split()).casefold()


def nearest(written: str, known: Sequence[str]) -> str:
    """Give the name that a misspelt one is most like; "" where none is alike."""
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(written.casefold(), folded, n=1, cutoff=_ALIKE)
    return folded[near[0]] if near else ""


def _pairs(values: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    return ((ours, word) for ours, words in values.items() for word in words.values())


def _is_words(read: Any) -> bool:
    return isinstance(read, dict) and all(isinstance(word, str) for word in read.values())
