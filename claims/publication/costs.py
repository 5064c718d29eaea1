"""What costs an edition many quotes and titles: one thing that is withheld and that they repeat."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Final

from claims.model import Publication
from claims.publication.columns import STAND_IN
from claims.publication.daywords import spelled_days
from claims.publication.echoes import Echoes
from claims.publication.reasons import Reasons
from claims.publication.sought import withheld_texts
from claims.publication.withholding import coarsen_positions, unpublished_of, withhold_cells, without_claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model import Collection
    from claims.publication.rows import Tables
    from geo.gazetteer import Gazetteer

__all__ = ["costs", "iso_of", "secrets_of"]

MANY: Final = 3
"""So many quotes and titles that one thing costs are told: a mark may have meant less."""

_MOST: Final = 3
"""So many things are told, those that cost most."""


def secrets_of(
    collection: Collection, gazetteer: Gazetteer, publication: Publication, day: dt.date
) -> tuple[Tables, list[str], list[str], Reasons]:
    """Give the tables without what is withheld, what is looked for in them, as `withheld_texts` does, and why.

    Args:
        collection: Whole.
        gazetteer: Holds every place_id.
        publication: What is said of the collection.
        day: On which it is published.
    """
    gone = unpublished_of(collection, publication, day)
    tables = without_claims(collection, publication, gone)
    withhold_cells(tables, collection, publication)
    found = coarsen_positions(tables, gazetteer, publication)
    texts, days = withheld_texts(tables, collection, gazetteer, gone, found, publication)
    return tables, texts, days, Reasons(collection, gazetteer, publication, gone)


def costs(collection: Collection, gazetteer: Gazetteer, made: Collection) -> Iterator[str]:
    """Say which row and column cost an edition many quotes and titles, the dearest first; never the word.

    Args:
        collection: Whole.
        gazetteer: Of the whole collection: holds every place_id.
        made: Its edition.
    """
    publication = collection.facts.publication or Publication()
    if made.edition is None or _lost(collection, publication, made) < MANY:
        return
    tables, texts, days, reasons = secrets_of(collection, gazetteer, publication, made.edition.day)
    claims, events = tables.frames["claims"], tables.frames["events"]
    cells = {
        "quote": claims.loc[claims["quote"].ne(STAND_IN), "quote"].tolist(),
        "title": events.loc[events["event_id"].isin(claims["event_id"]), "title"].tolist(),
    }
    echoes = Echoes(texts, days)
    first = Counter(found for said in cells.values() for cell in said if (found := echoes.first_in(cell)))
    for found, _ in first.most_common(_MOST):
        each = ((one, text) for one, text in _each(texts, days) if one.first_in(found) == found)
        alone, word = next(each, (Echoes([found]), found))
        lost = {name: sum(map(alone.is_in, said)) for name, said in cells.items()}
        if sum(lost.values()) >= MANY:
            told = " and ".join(f"{n} {name}{'s' * (n != 1)}" for name, n in lost.items() if n)
            yield f"{told} repeat one thing that is withheld: {reasons.where(iso_of(word, texts))}"


def _lost(collection: Collection, publication: Publication, made: Collection) -> int:
    """Count the quotes and titles that are not there though nobody withholds them by themselves."""
    quotes = 0 if "claims.quote" in publication.withheld else int(made.claims["quote"].eq(STAND_IN).sum())
    titles = 0 if "events.title" in publication.withheld else int(made.events["title"].eq(STAND_IN).sum())
    return quotes + titles - sum("quote" in words for words in collection.withheld.values())


def _each(texts: list[str], days: list[str]) -> Iterator[tuple[Echoes, str]]:
    """Give each of what is looked for by itself."""
    yield from ((Echoes([text]), text) for text in texts)
    yield from ((Echoes([], [day]), day) for day in days)


def iso_of(word: str, texts: list[str]) -> str:
    """Give the day that a word spells, as a cell has it; another word as it is."""
    for text in texts:
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            continue
        if word in spelled_days(day):
            return text
    return word
