"""The published edition of an input: what a collection withholds is taken out before anything is built of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from claims.publication.known import few_known
from claims.publication.publishing import published
from claims.publication.sentences import lacking
from claims.publication.titles import TitleError
from geo.errors import BordermapError, Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from claims.model import Collection, Edition
    from geo.gazetteer import Gazetteer

__all__ = ["Made", "Public", "TellsError", "edition_of", "edition_of_all", "untold"]

_SAID: Final = ("title", "citation", "licence")
"""What the built folder says of itself, and must not repeat what an input withholds."""


class TellsError(BordermapError):
    """What the built folder would say of itself is not for publication: nothing can be built under it."""


@dataclass(frozen=True, slots=True)
class Public:
    """How inputs are published.

    Attributes:
        day: On which.
        facts: What collection.toml of the built folder shall say, as of `layers.build.plan.Plan`.
    """

    day: dt.date
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A collection as it is built.

    Attributes:
        edition: What its edition says of itself; None where it withholds nothing, and is built as it is.
        told: What whoever publishes it should know besides, a line each.
    """

    collection: Collection
    gazetteer: Gazetteer
    edition: Edition | None = None
    told: tuple[str, ...] = ()


def edition_of(collection: Collection, gazetteer: Gazetteer, name: str, public: Public | None) -> Made:
    """Give the published edition of a collection, or itself where it withholds nothing or all is built.

    Args:
        collection: Whole.
        gazetteer: Holds every place_id.
        name: The input's, by which its neutral ids are told from those of others.
        public: How it is published; None where all is built.

    Raises:
        TellsError: The title, the citation or the licence repeats what it withholds.
    """
    if public is None or not (collection.withheld or collection.facts.publication):
        return Made(collection, gazetteer)
    said = {field: str(public.facts[field]) for field in _SAID}
    title, citation, licence = said.values()
    facts = dataclasses.replace(
        collection.facts, title=title, title_ar="", citation=citation, licence=licence
    )
    try:
        made, places = published(dataclasses.replace(collection, facts=facts), gazetteer, public.day, name)
    except TitleError as error:
        where = "--called, or without it the folder's name"
        raise TellsError(f"{name}: the title {title!r} ({where}) {error.why}") from error
    except BordermapError as error:
        raise TellsError(f"{name}: {error}") from error
    for field, text in said.items():
        if getattr(made.facts, field) != text:
            raise TellsError(
                f"{name}: the {field} {text!r} (--{field}) repeats what is not for publication; write another"
            )
    few = few_known(places, collection.facts.publication)
    return Made(made, places, made.edition, (*lacking(collection, made), *([few] if few else [])))


def untold(done: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Give what became of an input without what its faults say: they quote what may not be for publication.

    Args:
        done: As `layers.build.scatter.scatter` tells it.
        name: The input's.
    """
    fault = Fault(name, None, None, None, "has faults", "see what bordermap check says of it, or take it out")
    return {**done, "faults": [dataclasses.asdict(fault)] if done["faults"] else []}


def edition_of_all(public: Public, inputs: Iterable[Mapping[str, Any] | None]) -> dict[str, Any]:
    """Put together what the built folder says of itself as an edition.

    Args:
        public: How it was published.
        inputs: What the edition of each input says; None of those that withhold nothing.

    Returns:
        The fields of `claims.model.Edition`, the day as ISO. A distance and a delay are told where they hold for all inputs.
    """
    every = list(inputs)
    told = [one for one in every if one]
    km = [one["coarsen_km"] for one in told]
    of_all = len(told) == len(every) and bool(told)
    return {
        "day": public.day.isoformat(),
        "claims": sum(one["claims"] for one in told),
        "parts": sum(one["parts"] for one in told),
        "coarsen_km": min(km) if of_all and None not in km else None,
        "delay_days": min(one["delay_days"] for one in told) if of_all else 0,
    }
