"""Read what collection.toml says under [publication]: what of all its rows is not for publication, and how the rest is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from claims.model import Publication
from claims.publication.columns import TOGETHER, refusal
from claims.tomlfiles import as_written, line_of, read_toml
from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

__all__ = ["HEAD", "known_faults", "read_section", "section_lines"]

HEAD: Final = "publication"
LISTS: Final = ("withheld", "sources", "coarsen_places")
KEYS: Final = (*LISTS, "coarsen_km", "coarsen_known", "coarsen_names", "delay_days")
NAMES: Final = ("withheld", "kept")

MOST_KM: Final = 1_000
"""A position that is coarser says no more than a continent."""

MOST_KNOWN: Final = 1_000

MOST_DAYS: Final = 36_525
"""A hundred years, as of `claims.facts.LONGEST_DAYS`."""

Slip = tuple[str, str | None, str, str]


def section_lines(text: str) -> range | None:
    """Give the lines of the section, from its head to the next; None where it is written otherwise."""
    written = text.splitlines()
    heads = [at for at, line in enumerate(written, start=1) if line.lstrip().startswith("[")]
    begins = next((at for at in heads if "".join(written[at - 1].split("#")[0].split()) == f"[{HEAD}]"), None)
    return None if begins is None else range(begins, len(written) + 1)


def read_section(written: Any, name: str, text: str, faults: list[Fault]) -> Publication | None:
    """Read the section; what is wrong with it is added to the faults, and nothing is read then.

    Args:
        written: The value of the key `publication`.
        name: Of the file, and its text.
        text: Likewise.
        faults: Where faults are put.
    """
    if not isinstance(written, dict):
        why, todo = "is not a section", "write [publication] on a line of its own, and its keys below"
        faults.append(Fault(name, line_of(HEAD, text), HEAD, as_written(written), why, todo))
        return None
    slips = list(_slips(written))
    lines = section_lines(text)
    for key, value, why, todo in slips:
        line = line_of(key, text, lines) or (lines.start if lines else line_of(HEAD, text))
        faults.append(Fault(name, line, f"{HEAD}.{key}", value, why, todo))
    if slips:
        return None
    km, places = written.get("coarsen_km"), written.get("coarsen_places")
    return Publication(
        withheld=tuple(written.get("withheld", ())),
        sources=tuple(written.get("sources", ())),
        coarsen_km=None if km is None else float(km),
        coarsen_places=None if places is None else tuple(places),
        coarsen_known=written.get("coarsen_known", Publication().coarsen_known),
        names_kept=written.get("coarsen_names") == "kept",
        delay_days=written.get("delay_days", 0),
    )


def _slips(written: dict[str, Any]) -> Iterator[Slip]:
    for key in written:
        if key not in KEYS:
            yield key, None, "is an unknown key", f"use one of {', '.join(KEYS)}"
    for key in LISTS:
        listed = written.get(key, [])
        if not (isinstance(listed, list) and all(isinstance(word, str) and word for word in listed)):
            yield key, as_written(listed), "is not a list of words", f'write {key} = ["..."]'
        elif key == "withheld":
            yield from _column_slips(listed)
    yield from _coarse_slips(written)
    days = written.get("delay_days", 0)
    if type(days) is not int or not 0 <= days <= MOST_DAYS:
        yield "delay_days", as_written(days), "is no number of days", f"write one from 0 to {MOST_DAYS}"


def _coarse_slips(written: dict[str, Any]) -> Iterator[Slip]:
    km = written.get("coarsen_km", 1)
    if type(km) not in {int, float} or not 1 <= km <= MOST_KM:
        yield "coarsen_km", as_written(km), "is no distance", f"write kilometres, from 1 to {MOST_KM}"
    if "coarsen_km" not in written:
        for key in ("coarsen_places", "coarsen_known", "coarsen_names"):
            if key in written:
                yield key, None, "goes with coarsen_km", "say how far, as coarsen_km = 25"
    known = written.get("coarsen_known", 0)
    if type(known) is not int or not 0 <= known <= MOST_KNOWN:
        yield (
            "coarsen_known",
            as_written(known),
            "is no number of places",
            f"write one from 0 to {MOST_KNOWN}",
        )
    if (names := written.get("coarsen_names", "withheld")) not in NAMES:
        yield "coarsen_names", as_written(names), "is unknown", f"use one of {', '.join(NAMES)}"


def _column_slips(listed: list[str]) -> Iterator[Slip]:
    for word in listed:
        table, point, column = word.partition(".")
        if table not in TOGETHER or not point:
            example = "write table and column, as claims.quote; the tables are"
            yield "withheld", word, "names no table's column", f"{example} {', '.join(TOGETHER)}"
        elif found := refusal(table, column):
            yield "withheld", word, *found


def known_faults(path: Path, sources: Container[str] | None, places: Container[str]) -> list[Fault]:
    """Give the faults of ids in the section that nothing has, whatever else is wrong with it.

    Args:
        path: Of collection.toml.
        sources: The source_ids; None where they could not be read.
        places: Whatever says of a place_id whether it is known.
    """
    if (read := read_toml(path, [])) is None:
        return []
    written, text = read
    section = written.get(HEAD)
    unknown = [
        ("sources", word, "is not in sources.csv", "add it there or correct the id")
        for word in _words(section, "sources")
        if sources is not None and word not in sources
    ]
    unknown += [
        ("coarsen_places", word, "is not in the gazetteer", "correct the id, or add it to places.csv")
        for word in _words(section, "coarsen_places")
        if word not in places
    ]
    return [
        Fault(path.name, line_of(key, text, section_lines(text)), f"{HEAD}.{key}", value, why, todo)
        for key, value, why, todo in unknown
    ]


def _words(section: Any, key: str) -> list[str]:
    """Give the words of a list, as far as there is one."""
    listed = section.get(key) if isinstance(section, dict) else None
    return [word for word in listed if isinstance(word, str) and word] if isinstance(listed, list) else []
