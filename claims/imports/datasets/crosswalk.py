"""What other data sets call an event or an actor, and what it is called here; the tables are data/crosswalks."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from claims.imports.cells.foreignwords import CROSSWALKS
from claims.model import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AcledType",
    "Meaning",
    "acled_event",
    "acled_meaning",
    "actor_type",
    "rows_of",
    "side_type",
    "violence",
]


UNSPECIFIED: Final = "unspecified"
"""The type of an actor of whom nothing is said."""

HAPPENED: Final = frozenset({Status.REPORTED, Status.CONFIRMED})
"""ACLED records what happened: what was denied, planned, asked for or refused has no type there."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a type of event of another data set is here.

    Attributes:
        kind: `Kind.OTHER` where there is none of ours.
        status: How it is put.
        taken: Whether rows of it are taken without being asked for as context.
    """

    kind: Kind
    status: Status
    taken: bool


@dataclass(frozen=True, slots=True)
class AcledType:
    """How ACLED types an event; "" for what cannot honestly be said."""

    disorder_type: str = ""
    event_type: str = ""
    sub_event_type: str = ""


_UNKNOWN: Final = Meaning(Kind.OTHER, Status.REPORTED, taken=False)


def acled_meaning(event_type: str, sub_event_type: str) -> Meaning:
    """Say what a row of ACLED's is here, by its types whatever their case; a type that is not ACLED's is context."""
    return _meanings().get((event_type.casefold(), sub_event_type.casefold()), _UNKNOWN)


def acled_event(kind: Kind | str, status: Status | str) -> AcledType:
    """Say how ACLED would type an event of ours: nothing where our kind does not decide it, or it did not happen."""
    return _types()[Kind(kind)] if Status(status) in HAPPENED else AcledType()


def actor_type(inter: str) -> str:
    """Give the type of an actor by ACLED's inter code, which was a figure to 2023 and is a word since."""
    return _actors().get(inter.casefold().rstrip("s"), UNSPECIFIED)


def side_type(name: str) -> str:
    """Give the type of an actor by how UCDP writes a side: a government, civilians, or an armed group by its name."""
    if not name:
        return UNSPECIFIED
    return next(row["type"] for row in _sides() if name.casefold().startswith(row["word"].casefold()))


def violence(code: str) -> str:
    """Say what UCDP's type_of_violence is called; "" for a code that is none."""
    return _violence().get(code, "")


def rows_of(name: str) -> list[dict[str, str]]:
    """Read a table of data/crosswalks."""
    with (CROSSWALKS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _meanings() -> Mapping[tuple[str, str], Meaning]:
    return {
        (row["event_type"].casefold(), row["sub_event_type"].casefold()): Meaning(
            Kind(row["kind"]), Status(row["status"]), taken=row["taken"] == "yes"
        )
        for row in rows_of("acled")
    }


@cache
def _types() -> Mapping[Kind, AcledType]:
    return {
        Kind(row["kind"]): AcledType(row["disorder_type"], row["event_type"], row["sub_event_type"])
        for row in rows_of("acled_out")
    }


@cache
def _actors() -> Mapping[str, str]:
    return {
        said.casefold().rstrip("s"): row["type"]
        for row in rows_of("actors")
        if row["scheme"] == "acled_inter"
        for said in (row["code"], row["word"])
    }


@cache
def _sides() -> list[dict[str, str]]:
    return [row for row in rows_of("actors") if row["scheme"] == "ucdp_side"]


@cache
def _violence() -> Mapping[str, str]:
    return {row["type_of_violence"]: row["called"] for row in rows_of("ucdp")}
