"""How a phrase relates a place to known ones, and the id that spells it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "FARTHEST_KM",
    "TABLE",
    "Direction",
    "Phrase",
    "Relation",
    "kilometres",
    "place_id",
    "spelled",
    "table",
]

TABLE: Final = Path(__file__).parents[2] / "data" / "gazetteer" / "phrases.toml"
"""The words of phrases; its head says how it is written."""


FARTHEST_KM: Final = 5000.0
"""No report says how far a place is from one that is farther away."""


class Relation(StrEnum):
    """What a phrase says of its names; the comment shows one each."""

    OF = "of"  # northeast of A
    TOWARDS = "towards"  # "in north of A": north within an area, north of a town
    AWAY = "away"  # 20 km east of A, 20 km from A
    WITHIN = "within"  # within 20 km of A
    NEAR = "near"  # near A
    AROUND = "around"  # around A, the A area
    OUTSKIRTS = "outskirts"  # the (northern) outskirts of A
    COUNTRYSIDE = "countryside"  # the (northern) countryside of A
    PART = "part"  # eastern A, central A
    SIDE = "side"  # the western side of A: a bank of a river, a part of what else
    BANK = "bank"  # the western (left) bank of A
    BETWEEN = "between"  # between A and B
    ROUTE = "route"  # from A to B
    BORDER = "border"  # the border (of A with B)
    BORDER_SIDE = "border-side"  # A's side of the border (with B)


class Direction(StrEnum):
    """Where: a point of the compass, the centre, or a river's left or right seen downstream."""

    NORTH = "north"
    NORTHEAST = "northeast"
    EAST = "east"
    SOUTHEAST = "southeast"
    SOUTH = "south"
    SOUTHWEST = "southwest"
    WEST = "west"
    NORTHWEST = "northwest"
    CENTRE = "centre"
    LEFT = "left"
    RIGHT = "right"

    @property
    def bearing(self) -> float | None:
        """Degrees clockwise from north; None for what is no point of the compass."""
        return _COMPASS.index(self) * 45.0 if self in _COMPASS else None

    @property
    def adjective(self) -> str:
        """The English adjective: northern, central, left."""
        if self is Direction.CENTRE:
            return "central"
        return self + "ern" if self in _COMPASS else self.value


_COMPASS: Final = tuple(Direction)[:8]
_BY_WORD: Final = {word: each for each in Direction for word in (each.value, each.adjective)}


_LINES: Final = frozenset({PlaceKind.RIVER, PlaceKind.ROAD})
_COUNTRY: Final = frozenset({PlaceKind.COUNTRY})
_ANY: Final = frozenset(PlaceKind)
_KINDS: Final = {
    Relation.BANK: frozenset({PlaceKind.RIVER}),
    Relation.BORDER: _COUNTRY,
    Relation.BORDER_SIDE: _COUNTRY,
    Relation.BETWEEN: _ANY - _LINES,
    Relation.ROUTE: _ANY - _LINES,
    Relation.OUTSKIRTS: _ANY - _LINES - _COUNTRY,
    Relation.COUNTRYSIDE: _ANY - _LINES - _COUNTRY,
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place said by way of others.

    Attributes:
        relation: How it relates to the names.
        names: The toponyms in it, as written; none for the bare "the border", three for "A's side of the B-C border".
        direction: The direction said, or None.
        distance_km: The distance said, in kilometres, or None.
    """

    relation: Relation
    names: tuple[str, ...]
    direction: Direction | None = None
    distance_km: float | None = None

    @property
    def kinds(self) -> frozenset[PlaceKind]:
        """The kinds of place that its names can only be: a bank is a river's, a border is countries'."""
        return _KINDS.get(self.relation, _ANY)


@cache
def table() -> dict[str, Any]:
    """Read the table of words."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def kilometres(km: float) -> str:
    """Write a distance for an id or a name: at most one decimal, no needless zero."""
    return f"{km:.1f}".removesuffix(".0")


_HEADS: Final = (
    (Relation.AWAY, r"(?P<km>[0-9]{1,4}(?:[.][0-9])?)km-(?P<direction>[a-z]+)-of"),
    (Relation.AWAY, r"(?P<km>[0-9]{1,4}(?:[.][0-9])?)km-from"),
    (Relation.WITHIN, r"within-(?P<km>[0-9]{1,4}(?:[.][0-9])?)km-of"),
    (Relation.NEAR, r"near"),
    (Relation.AROUND, r"around"),
    (Relation.OUTSKIRTS, r"(?:(?P<adjective>[a-z]+)-)?outskirts-of"),
    (Relation.COUNTRYSIDE, r"(?:(?P<adjective>[a-z]+)-)?countryside-of"),
    (Relation.BANK, r"(?P<direction>[a-z]+)-bank-of"),
    (Relation.BETWEEN, r"between"),
    (Relation.ROUTE, r"route"),
    (Relation.BORDER, r"border-strip"),
    (Relation.BORDER_SIDE, r"border-side"),
    (Relation.OF, r"(?P<direction>[a-z]+)-of"),
    (Relation.PART, r"(?P<adjective>[a-z]+)"),
)
_READ: Final = tuple((relation, re.compile(head)) for relation, head in _HEADS)


def place_id(phrase: Phrase, bases: Sequence[str]) -> str:
    """Spell the id of a derived place: `northeast-of:varna`, `20km-east-of:varna`, `between:varna:burgas`.

    Args:
        phrase: Of a relation that has ids: TOWARDS and SIDE are settled to another first.
        bases: The ids of the places of its names.
    """
    towards = phrase.direction
    km = "" if phrase.distance_km is None else f"{kilometres(phrase.distance_km)}km"
    head = {
        Relation.OF: f"{towards}-of",
        Relation.AWAY: f"{km}-{towards}-of" if towards else f"{km}-from",
        Relation.WITHIN: f"within-{km}-of",
        Relation.OUTSKIRTS: f"{towards.adjective}-outskirts-of" if towards else "outskirts-of",
        Relation.COUNTRYSIDE: f"{towards.adjective}-countryside-of" if towards else "countryside-of",
        Relation.PART: towards.adjective if towards else "",
        Relation.BANK: f"{towards}-bank-of",
        Relation.BORDER: "border-strip",
    }.get(phrase.relation, phrase.relation.value)
    return ":".join((head, *bases))


def spelled(derived_id: str) -> Phrase | None:
    """Read the phrase that an id spells; its names are the ids of the bases. None where it spells none."""
    head, *bases = derived_id.split(":")
    if not bases or not all(bases):
        return None
    for relation, pattern in _READ:
        if not (found := pattern.fullmatch(head)):
            continue
        said = found.groupdict()
        word, km = said.get("direction") or said.get("adjective"), said.get("km")
        if word and word not in _BY_WORD:
            return None
        return Phrase(relation, tuple(bases), _BY_WORD[word] if word else None, float(km) if km else None)
    return None
