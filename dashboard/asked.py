"""What the page of a large set asks, read with the distrust that is due to a frame, and answered."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from dashboard.sentences import error_in_words
from dashboard.shown import chosen
from dashboard.view import LISTS, LONGEST_LIST, View
from geo.errors import BordermapError
from layers.built.answers import Ask, answer
from layers.built.cells import Cell, Seen
from layers.built.small import empty_collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.view import Days
    from dashboard.words import Words
    from layers.built.opened import BuiltSet
    from layers.shown import Shown

__all__ = ["answered", "ask_of", "shown_of", "without_path"]

LONGEST: Final = 300
"""Letters of an id that a frame may ask for."""

HIGHEST: Final = 24
"""Of Leaflet's zooms."""

FARTHEST: Final = 10**9
"""Of days since 1970, and of the columns and rows of hexagons, that a frame may name."""

WORLD: Final = (-180.0, -85.0, 180.0, 85.0)


def answered(built: BuiltSet, said: Mapping[str, Any], days: Days, words: Words) -> dict[str, Any]:
    """Answer what a page asks; where a file cannot be read or too much is asked, `error` says so in the reader's words."""
    try:
        return answer(built, ask_of(built, said, days))
    except BordermapError as error:
        return {"error": error_in_words(without_path(error, built), words)}


def without_path(error: BordermapError, built: BuiltSet) -> BordermapError:
    """Give an error of a folder without the path to it, which is nothing to a reader elsewhere."""
    return BordermapError(str(error).replace(str(built.folder), built.name))


def ask_of(built: BuiltSet, said: Mapping[str, Any], days: Days) -> Ask:
    """Read what a page asks; what it cannot mean is as if it were not said.

    Raises:
        BordermapError: It names more actors or sides than can be looked for; without them all would be counted.
    """
    state = said.get("state")
    state = state if isinstance(state, dict) else {}
    if any(len(str(state.get(name, ""))) > LONGEST_LIST for name in LISTS):
        raise BordermapError("the filters name too many actors or sides; choose fewer")
    view = View.said(state, days)
    zoom = _number(said.get("zoom"), HIGHEST)
    event = _id(said.get("event"))
    return Ask(
        shown=shown_of(built, view),
        seen=Seen(_box(said.get("box")) or WORLD, max(zoom or 0.0, 0.0), _box(said.get("seen"))),
        opened=_cell(said.get("opened")),
        event=event or "",
        event_day=_whole(said.get("eventDay")),
    )


def shown_of(built: BuiltSet, view: View) -> Shown:
    """Give what a view chooses to be seen; what was known when is not told of a large set."""
    choices = {key: word for key, word in view.choices.items() if key != "known"}
    return chosen(empty_collection(built), View(view.day, choices))


def _number(said: object, most: float) -> float | None:
    if isinstance(said, bool) or not isinstance(said, (int, float)):
        return None
    if isinstance(said, float) and not math.isfinite(said):
        return None
    return float(min(max(said, -most), most))


def _whole(said: object) -> int | None:
    number = _number(said, FARTHEST)
    return None if number is None else round(number)


def _id(said: object) -> str | None:
    return said if isinstance(said, str) and len(said) <= LONGEST else None


def _box(said: object) -> tuple[float, float, float, float] | None:
    edges = [_number(edge, 360) for edge in said] if isinstance(said, list) else []
    match edges:
        case [float(west), float(south), float(east), float(north)]:
            return west, south, east, north
    return None


def _cell(said: object) -> Cell | None:
    if not isinstance(said, dict):
        return None
    if said.get("undated") is True:
        return Cell(None, undated=True)
    place, hexagon = _id(said.get("place")), said.get("hexagon")
    if place is not None:
        return Cell(place)
    match [_whole(part) for part in hexagon] if isinstance(hexagon, list) else []:
        case [int(column), int(row), int(zoom)] if 0 <= zoom <= HIGHEST:
            return Cell(None, (column, row, zoom))
    return None
