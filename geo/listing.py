"""Matches as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.unseen import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.matches import Match

__all__ = ["listed"]

_HEADER: Final = ("toponym", "place", "kind", "country", "lon", "lat", "radius_km", "how matched")
_WIDEST: Final = 48  # of a name; a longer one is cut
_MOST_CANDIDATES: Final = 10  # of a name


def listed(matches: Iterable[Match]) -> Iterator[str]:
    """Give the lines of a table: a row for each match's place, for its candidates, or to say that there is none.

    Args:
        matches: In the order of the table.

    Returns:
        Lines without their ends, the header first; lon and lat in degrees, EPSG:4326. What steers a terminal stands
        in them as its number (geo/unseen.py).
    """
    rows = [_HEADER, *(row for match in matches for row in _rows(match))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _rows(match: Match) -> Iterator[tuple[str, ...]]:
    name, told = _shown(match.toponym), match.told
    found = [match.place] if match.place else match.candidates
    if len(found) > _MOST_CANDIDATES:
        told += f", {_MOST_CANDIDATES} of {len(found)}"
    for place in found[:_MOST_CANDIDATES]:
        yield (
            *(name, _shown(place.name), str(place.kind), place.country or "-"),
            *(f"{place.lon:.4f}", f"{place.lat:.4f}", f"{place.radius_km:g}", told),
        )
    if not found:
        yield (name, *"-" * 6, told)


def _shown(name: str) -> str:
    line = " ".join(name.split())
    plain = plainly(line[:_WIDEST])
    return plain if len(line) <= _WIDEST and len(plain) <= _WIDEST else f"{plain[: _WIDEST - 1]}…"
