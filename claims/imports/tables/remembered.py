"""The mappings that a user chose before, by the columns of the tables they were for."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from claims.imports.tables.mapping import TableMapping
from claims.userdata import store_file
from geo.errors import BordermapError
from geo.files.wholefiles import put_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Remembered", "mappings_file", "recalled", "remember"]

MOST: Final = 200
"""Mappings that are kept; the one that was longest not used goes."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mapping that was used before.

    Attributes:
        mapping: The mapping.
        day: When it was used last.
    """

    mapping: TableMapping
    day: dt.date

    @property
    def told(self) -> str:
        """Say where the mapping is from."""
        return f"mapping as of {self.day.day} {self.day:%b %Y} for these columns"


def mappings_file() -> Path:
    """Give the file that mappings are kept in, beside the user's store; it may not be there."""
    return store_file().with_name("mappings.json")


def recalled(header: Iterable[str], told: list[str]) -> Remembered | None:
    """Give the mapping that was last used for a table of these columns, in whatever order; None where none was.

    Args:
        header: The columns, as written.
        told: Where it is said that the file of mappings cannot be read, and that it is passed over.
    """
    entry = _kept(told).get(_key(header))
    if entry is None:
        return None
    try:
        return Remembered(
            TableMapping.from_json(json.dumps(entry["mapping"])), dt.date.fromisoformat(entry["day"])
        )
    except (BordermapError, KeyError, TypeError, ValueError):
        told.append(_broken("holds a mapping that cannot be used"))
        return None


def remember(header: Iterable[str], mapping: TableMapping, today: dt.date, told: list[str]) -> None:
    """Keep a mapping for tables of these columns, in the place of one that was kept for them.

    Args:
        header: The columns, as written.
        mapping: What was used.
        today: The day.
        told: Where it is said that the file of mappings could not be read, and begins anew.

    Raises:
        BordermapError: The file cannot be written.
    """
    kept = _kept(told)
    key = _key(header)
    kept.pop(key, None)
    kept[key] = {"day": today.isoformat(), "mapping": json.loads(mapping.to_json())}
    file = mappings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BordermapError(f"{str(file.parent)!r} cannot be made ({error.strerror})") from error
    newest = dict(list(kept.items())[-MOST:])
    put_whole(file, json.dumps(newest, ensure_ascii=False, indent=1) + "\n")


def _kept(told: list[str]) -> dict[str, Any]:
    """Read the file; a broken one is told, and counts as none."""
    try:
        read = json.loads(mappings_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        told.append(_broken("cannot be read"))
        return {}
    if not isinstance(read, dict):
        told.append(_broken("holds no mappings"))
        return {}
    return read


def _broken(why: str) -> str:
    return f"{str(mappings_file())!r} {why}, and is passed over; delete it to be told no more"


def _key(header: Iterable[str]) -> str:
    """Name a set of columns: names may be of any length, and hold anything."""
    return hashlib.sha256(json.dumps(sorted(header)).encode()).hexdigest()[:32]
