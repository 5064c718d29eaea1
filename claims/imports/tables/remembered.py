"""What a user said before of tables of the same columns: their mappings, and what goes with them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from claims.imports.converting import Scheme, detected
from claims.imports.tables.aside import Aside
from claims.imports.tables.mapping import TableMapping
from claims.userdata import store_file
from geo.errors import BordermapError
from geo.files.wholefiles import put_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "MAPPED",
    "Remembered",
    "forget",
    "header_lines",
    "is_remembered",
    "mappings_file",
    "recalled",
    "remember",
    "scheme_of",
]

MAPPED: Final = (Scheme.TABLE, Scheme.FLOW)
"""Whose columns are mapped."""

MOST: Final = 200
"""Mappings that are kept; the one that was longest not used goes."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mapping that was used before.

    Attributes:
        mapping: The mapping.
        day: When it was used last.
        aside: What was said beside it.
    """

    mapping: TableMapping
    day: dt.date
    aside: Aside = field(default_factory=lambda: Aside({}))

    @property
    def told(self) -> str:
        """Say where the mapping is from."""
        return f"mapping as of {self.day.day} {self.day:%b %Y} for these columns"


def mappings_file() -> Path:
    """Give the file that mappings are kept in, beside the user's store; it may not be there."""
    return store_file().with_name("mappings.json")


def recalled(header: Iterable[str], told: list[str], scheme: Scheme = Scheme.TABLE) -> Remembered | None:
    """Give the mapping that was last used for a table of these columns, in whatever order; None where none was.

    Args:
        header: The columns, as written.
        told: Where it is said that the file of mappings cannot be read, and that it is passed over.
        scheme: As what the table is read, one of `MAPPED`.
    """
    entry = _kept(told).get(_key(header, scheme))
    if entry is None:
        return None
    try:
        return Remembered(
            TableMapping.from_json(json.dumps(entry["mapping"])),
            dt.date.fromisoformat(entry["day"]),
            Aside.from_json(entry.get("said", {})),
        )
    except (AttributeError, BordermapError, KeyError, TypeError, ValueError):
        told.append(_broken("holds a mapping that cannot be used"))
        return None


def scheme_of(header: Sequence[str]) -> Scheme:
    """Tell whose columns a table has: what its columns show, or as what a table of them was read last."""
    known = detected(header)
    if known not in MAPPED:
        return known
    keys = {_key(header, scheme): scheme for scheme in MAPPED}
    return next((keys[key] for key in reversed(_kept([])) if key in keys), known)


def remember(
    header: Iterable[str],
    mapping: TableMapping,
    today: dt.date,
    told: list[str],
    scheme: Scheme = Scheme.TABLE,
    aside: Aside | None = None,
) -> None:
    """Keep a mapping for tables of these columns, in the place of one that was kept for them.

    Args:
        header: The columns, as written.
        mapping: What was used.
        today: The day.
        told: Where it is said that the file of mappings could not be read, and begins anew.
        scheme: As what the table was read, one of `MAPPED`.
        aside: What was said beside it.

    Raises:
        BordermapError: The file cannot be written.
    """
    kept = _kept(told)
    key = _key(header, scheme)
    kept.pop(key, None)
    said = aside.to_json() if aside else {}
    kept[key] = {"day": today.isoformat(), "mapping": json.loads(mapping.to_json()), "said": said}
    _keep(kept)


def header_lines() -> list[int]:
    """Give the lines that were said to name the columns of tables, that which was said last first."""
    found = [entry["said"].get("header") for entry in reversed(_kept([]).values()) if _is_whole(entry)]
    return list(dict.fromkeys(int(line) for line in found if isinstance(line, str) and line.isdecimal()))


def is_remembered(header: Iterable[str], line: int = 0) -> bool:
    """Tell whether something is remembered of tables of these columns.

    Args:
        header: The columns, as written.
        line: That they must have stood on; any where it is 0.
    """
    kept, columns = _kept([]), list(header)
    entries = [kept.get(_key(columns, scheme)) for scheme in MAPPED]
    return any(
        entry is not None and (not line or (_is_whole(entry) and entry["said"].get("header") == str(line)))
        for entry in entries
    )


def forget(header: Iterable[str]) -> None:
    """Forget what was said of tables of these columns, as whatever they were read.

    Raises:
        BordermapError: The file cannot be written.
    """
    kept = _kept([])
    keys = {_key(header, scheme) for scheme in MAPPED} & set(kept)
    if keys:
        _keep({key: entry for key, entry in kept.items() if key not in keys})


def _keep(kept: Mapping[str, Any]) -> None:
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


def _is_whole(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("said"), dict)


def _broken(why: str) -> str:
    return f"{str(mappings_file())!r} {why}, and is passed over; delete it to be told no more"


def _key(header: Iterable[str], scheme: Scheme) -> str:
    """Name a set of columns: names may be of any length, and hold anything."""
    columns = sorted(header)
    named = columns if scheme is Scheme.TABLE else [str(scheme), columns]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:32]
