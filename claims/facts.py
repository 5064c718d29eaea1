"""Read collection.toml: what a collection is about, whose days it means, and its view."""

from __future__ import annotations

import datetime as dt
import tomllib
import zoneinfo
from typing import TYPE_CHECKING, Any

from claims.model import Facts
from geo.errors import Fault, FaultsError
from geo.files.textfiles import read_text

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_DAYS = 36_525
"""A hundred years: a slider of more days is a slip of the pen."""

KEYS: dict[str, type] = {
    "title": str,
    "title_ar": str,
    "about": str,
    "timezone": str,
    "first_day": dt.date,
    "last_day": dt.date,
    "opening_day": dt.date,
    "view": list,
    "licence": str,
    "citation": str,
    "version": str,
}


def read_facts(path: Path, faults: list[Fault]) -> Facts | None:
    """Read the file; None where it has faults, which are added to the list."""
    try:
        text = read_text(path, path.name)
        written = tomllib.loads(text)
    except FaultsError as error:
        faults += error.faults
        return None
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(path.name, None, None, None, f"is not TOML ({error})", "mend it"))
        return None
    found = [(key, *fault) for key, *fault in (*_key_faults(written), *_value_faults(written))]
    for key, why, todo in found:
        value = str(written[key]) if key in written else None
        faults.append(Fault(path.name, _line_of(key, text), key, value, why, todo))
    if found:
        return None
    written["view"] = tuple(float(edge) for edge in written["view"])
    return Facts(**written)


def _key_faults(written: dict[str, Any]) -> list[tuple[str, str, str]]:
    unknown = [
        (key, "is an unknown key", f"use one of {', '.join(KEYS)}") for key in written if key not in KEYS
    ]
    missing = [(key, "is missing", "add it") for key in KEYS if key not in written]
    return unknown + missing


def _value_faults(written: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = []
    good: dict[str, Any] = {
        key: value
        for key, value in written.items()
        if key in KEYS and isinstance(value, KEYS[key]) and not isinstance(value, dt.datetime)
    }
    for key, type_ in KEYS.items():
        if key in written and key not in good:
            found.append((key, f"is not of kind {type_.__name__}", "see data/collections/README.md"))
    days = [good[key] for key in ("first_day", "opening_day", "last_day") if key in good]
    if days != sorted(days):
        found.append(("opening_day", "is not within first_day and last_day", "put the three days in order"))
    if len(days) == 3 and (max(days) - min(days)).days > LONGEST_DAYS:
        found.append(
            ("first_day", f"is over {LONGEST_DAYS} days from last_day", "correct one, or part the collection")
        )
    if "timezone" in good and good["timezone"] not in zoneinfo.available_timezones():
        found.append(("timezone", "is not an IANA time zone", "name one, as Europe/Lisbon"))
    if "view" in good and not _is_view(good["view"]):
        found.append(
            ("view", "is not west, south, east, north in degrees", "write four numbers in that order")
        )
    return found


def _is_view(view: list[Any]) -> bool:
    numbers = [float(edge) for edge in view if isinstance(edge, (int, float))]
    if not len(numbers) == len(view) == len(("west", "south", "east", "north")):
        return False
    west, south, east, north = numbers
    # Web Mercator ends at 85.05 degrees.
    return -180 <= west < east <= 180 and -85 <= south < north <= 85


def _line_of(key: str, text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.split("=")[0].strip() == key:
            return number
    return None
