"""Arguments as they are given in a notebook: days, words and filters, or what they can be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from geo.errors import BordermapError
from layers.shown import Shown
from layers.shownwords import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.model import Collection

__all__ = ["one_of", "read_day", "read_shown"]


def read_day(day: str | dt.date) -> dt.date:
    """Read a day, be it written or not; a time of a day is that day.

    Raises:
        BordermapError: It is no day.
    """
    if isinstance(day, dt.datetime):
        return day.date()
    if isinstance(day, dt.date):
        return day
    try:
        read = dt.date.fromisoformat(day)
    except (TypeError, ValueError):
        read = None
    if read is None or read.isoformat() != day:
        raise BordermapError(f"{day!r} is not a day; write it as 2024-12-07")
    return read


def one_of(what: str, word: str, words: Iterable[str]) -> str:
    """Give a word that is one of some; `what` is the argument that it was given as.

    Raises:
        BordermapError: It is none of them; they are told.
    """
    known = [str(one) for one in words]
    if word not in known:
        raise BordermapError(f"{what}={word!r} is unknown; use one of {', '.join(known)}")
    return word


def read_shown(collection: Collection, lists: Mapping[str, str | Iterable[str]], sources: int) -> Shown:
    """Read filters: by list, its words or one word; and how many independent sources there are at least.

    Raises:
        BordermapError: There is no such list or word, or no such number.
    """
    if not (type(sources) is int and sources >= 1):
        raise BordermapError(f"sources={sources!r} is not a number of sources; give 1 or more")
    words = words_of(collection)
    chosen: dict[str, Any] = {}
    for name, said in lists.items():
        known = words[one_of("list", name, words)]
        chosen[name] = frozenset(
            one_of(name, word, known) for word in ([said] if isinstance(said, str) else said)
        )
    return Shown(**chosen, sources=sources)
