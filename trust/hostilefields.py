"""Every field that holds words of others: what none of the surfaces of `trust.hostile` puts a text into fails a run, and a test."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Final

import commands
from claims.facts import KINDS
from claims.imports.tables.mapping import OURS
from claims.model import OPTIONAL_TABLES, TABLES, WITHHELD, Publication
from claims.story import HEAD_KEYS, STEP_KEYS
from dashboard.access import Person
from dashboard.review.intake import Intake
from dashboard.site import SignIn, Site
from dashboard.view import CHOICES
from geo.placefiles import COLUMNS
from trust.hostiletables import ACLED, UCDP

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ADDRESS", "COMMANDS", "FIELDS", "names_of"]


def _commands() -> tuple[str, ...]:
    """Give the names of the commands that the modules of commands/ add."""
    added = argparse.ArgumentParser().add_subparsers()
    for one in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"commands.{one.name}")
        if hasattr(module, "add"):
            module.add(added)
    return tuple(added.choices)


COMMANDS: Final = _commands()
"""The commands of the command line."""

ADDRESS: Final = ("collection", "source", "day", *CHOICES)
"""What the dashboard's address may say."""


def _within(of: str, names: Iterable[str]) -> set[str]:
    return {f"{of}.{name}" for name in names}


def names_of(kind: Any) -> list[str]:
    """Name the fields of a dataclass."""
    return [one.name for one in dataclasses.fields(kind)]


def _of(of: str, kind: Any) -> set[str]:
    return _within(of, names_of(kind))


FIELDS: Final = frozenset().union(
    *(
        _within(table, (column.name for column in columns))
        for table, columns in (TABLES | OPTIONAL_TABLES).items()
    ),
    _within("claims", (WITHHELD.name,)),
    _within("collection", KINDS),
    _of("publication", Publication),
    _within("story", HEAD_KEYS),
    _within("step", STEP_KEYS),
    _within("places", COLUMNS),
    _within("acled", ACLED),
    _within("ucdp", UCDP),
    _within("mapped", OURS),
    _of("site", Site),
    _of("signin", SignIn),
    _of("person", Person) - {"person.since", "person.issuer"},
    _of("report", Intake),
    _within("address", ADDRESS),
    {f"words of {command}" for command in COMMANDS},
    {f"name of {one}" for one in ("a file", "a folder", "an upload", "a column", "a sheet", "a layer", "a collection of the store")},
    _within("file", ("description",)),
    _within("typed", ("search", "reviewer", "around", "title", "left rows")),
    _within("store", ("by", "reason", "problem")),
    _within("log", ("path", "method")),
    _within("answer", ("model", "nominatim", "health")),
)  # fmt: skip
"""All of them. Columns, keys and options are asked of the code that reads them, so that a new one is missed here at once; the rest
are those that no code lists."""
