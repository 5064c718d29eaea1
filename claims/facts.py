"""Read collection.toml: what a collection says of itself; what it leaves to its claims is derived elsewhere."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from typing import TYPE_CHECKING, Any, Final

from claims.publication.section import HEAD, read_section
from claims.tomlfiles import as_written, line_of, read_toml
from geo.errors import Fault

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_DAYS = 36_525
"""A hundred years: a slider of more days is a slip of the pen."""

KEYS: dict[str, type] = {
    "title": str,
    "title_ar": str,
    "about": str,
    "timezone": str,
    "licence": str,
    "citation": str,
    "version": str,
}
DERIVED: dict[str, type] = {
    "first_day": dt.date,
    "last_day": dt.date,
    "opening_day": dt.date,
    "view": list,
}
"""What follows the claims where it is not written (claims/derived.py)."""
OPTIONAL: dict[str, type] = {
    "url": str,
    "about_ar": str,
    "licence_ar": str,
    "citation_ar": str,
    "locales": dict,
    HEAD: dict,
}
KINDS = KEYS | DERIVED | OPTIONAL

LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
LOCALE: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-u(-[a-z0-9][a-z](-[a-z0-9]{3,8})*)+)?",
    re.ASCII,
)
"""A language with a script, a region and the keywords of Unicode, each optional (BCP 47, RFC 5646 and RFC 6067)."""
URL: Final = re.compile(r"https?://\S+")


def read_facts(path: Path, faults: list[Fault]) -> dict[str, Any] | None:
    """Read what the file says, as the fields of `claims.model.Facts`; None where it has faults, which are added to the list.

    Keys of `DERIVED` may not be among them.
    """
    read = read_toml(path, faults)
    if read is None:
        return None
    written, text = read
    before = len(faults)
    if HEAD in written:
        section = read_section(written[HEAD], path.name, text, faults)
        written = written | {HEAD: {}}
    found = [(key, *fault) for key, *fault in (*_key_faults(written), *_value_faults(written))]
    for key, why, todo in found:
        value = as_written(written[key]) if key in written else None
        faults.append(Fault(path.name, line_of(key, text), key, value, why, todo))
    if found or len(faults) > before:
        return None
    if HEAD in written:
        written[HEAD] = section
    if "view" in written:
        written["view"] = tuple(float(edge) for edge in written["view"])
    return written


def _key_faults(written: dict[str, Any]) -> list[tuple[str, str, str]]:
    unknown = [
        (key, "is an unknown key", _written_so(key) or f"use one of {', '.join(KINDS)}")
        for key in written
        if key not in KINDS
    ]
    missing = [(key, "is missing", "add it") for key in KEYS if key not in written]
    return unknown + missing


def _written_so(key: str) -> str:
    """Say how a key is written that has other capitals; "" of any other."""
    meant = key.strip().lower()
    return "" if meant not in KINDS else f"write [{meant}]" if meant == HEAD else f"write {meant}"


def _value_faults(written: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = []
    good: dict[str, Any] = {
        key: value
        for key, value in written.items()
        if key in KINDS and isinstance(value, KINDS[key]) and not isinstance(value, dt.datetime)
    }
    for key, type_ in KINDS.items():
        if key in written and key not in good:
            found.append((key, f"is not of kind {type_.__name__}", "see data/collections/README.md"))
    days = [good[key] for key in ("first_day", "opening_day", "last_day") if key in good]
    if days != sorted(days):
        key, why = ("opening_day", "is not within first_day and last_day")
        if key not in good:
            key, why = ("last_day", "is before first_day")
        found.append((key, why, "put the days in order"))
    if {"first_day", "last_day"} <= good.keys() and (max(days) - min(days)).days > LONGEST_DAYS:
        found.append(
            ("first_day", f"is over {LONGEST_DAYS} days from last_day", "correct one, or part the collection")
        )
    if "timezone" in good and good["timezone"] not in zoneinfo.available_timezones():
        found.append(("timezone", "is not an IANA time zone", "name one, as Europe/Lisbon"))
    if "view" in good and not is_view(good["view"]):
        found.append(
            ("view", "is not west, south, east, north in degrees", "write four numbers in that order")
        )
    if "url" in good and not URL.fullmatch(good["url"]):
        found.append(("url", "is not a web address", "begin it with https://"))
    return found + _locale_faults(good.get("locales", {}))


def _locale_faults(locales: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = []
    for language, locale in locales.items():
        if not LANGUAGE.fullmatch(language):
            found.append(("locales", f"has the unknown key {language!r}", "name languages, as ar or en"))
            continue
        meant = LOCALE.fullmatch(locale) if isinstance(locale, str) else None
        if meant is None or meant["language"] != language:
            why = f"has {as_written(locale)!r}, which is no locale of {language!r}"
            found.append(("locales", why, "write a BCP 47 tag, as ar-SY"))
    return found


def is_view(view: list[Any]) -> bool:
    """Tell whether a list is west, south, east, north in degrees (EPSG:4326), within what Web Mercator shows."""
    numbers = [float(edge) for edge in view if isinstance(edge, (int, float))]
    if not len(numbers) == len(view) == len(("west", "south", "east", "north")):
        return False
    west, south, east, north = numbers
    # Web Mercator ends at 85.05 degrees.
    return -180 <= west < east <= 180 and -85 <= south < north <= 85
