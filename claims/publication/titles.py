"""Refuse a title of a collection that repeats what is withheld: a collection must be called something."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from claims.publication.echoes import Echoes, folded
from claims.publication.places import texts_telling
from claims.publication.rows import TEXTS, texts_in
from claims.publication.sought import withheld_texts
from claims.publication.withholding import coarsen_positions, unpublished_of, withhold_cells, without_claims
from geo.errors import BordermapError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from claims.model import Collection, Publication
    from geo.gazetteer import Gazetteer

__all__ = ["TitleError", "refuse_titles"]

_TITLES: Final = ("title", "title_ar")


class TitleError(BordermapError):
    """A title repeats what is not for publication.

    Attributes:
        why: What it repeats and what to do, as the rest of a sentence.
    """

    def __init__(self, name: str, why: str) -> None:
        """Say which of the titles in collection.toml it is, and why."""
        self.why = why
        super().__init__(f"collection.toml: {name} {why}")


def refuse_titles(
    collection: Collection, gazetteer: Gazetteer, publication: Publication, day: dt.date, echoes: Echoes
) -> None:
    """Refuse a title that repeats what is withheld, whoever publishes may see all; what is merely delayed is no secret.

    Args:
        collection: Whole.
        gazetteer: Holds every place_id.
        publication: What is said of the collection.
        day: On which it is published.
        echoes: Of all that the edition lacks.

    Raises:
        TitleError: It names the word, and the row and the column that are withheld.
    """
    titles = {name: getattr(collection.facts, name) for name in _TITLES}
    if not any(map(echoes.is_in, titles.values())):
        return
    texts, days = _secrets(collection, gazetteer, publication, day)
    for name, title in titles.items():
        if not Echoes(texts, days).is_in(title):
            continue
        alone = [(one, Echoes([one])) for one in texts] + [(one, Echoes([], [one])) for one in days]
        word = next(one for one, echo in alone if echo.is_in(title))
        raise TitleError(
            name,
            f"repeats {word!r}, which is not for publication ({_where(word, collection, gazetteer)}); write another, or "
            "withhold it no more",
        )


def _secrets(
    collection: Collection, gazetteer: Gazetteer, publication: Publication, day: dt.date
) -> tuple[list[str], list[str]]:
    """Give what is withheld for good, as `withheld_texts` does: what an edition without a delay lacks."""
    lasting = dataclasses.replace(publication, delay_days=0)
    gone = unpublished_of(collection, lasting, day)
    tables = without_claims(collection, lasting, gone)
    withhold_cells(tables, collection, lasting)
    found = coarsen_positions(tables, gazetteer, lasting)
    return withheld_texts(tables, collection, gazetteer, gone, found, lasting)


def _where(word: str, collection: Collection, gazetteer: Gazetteer) -> str:
    """Name the row and the column that say a word, one that withholds it before others."""
    sought = folded(word)
    for table, key, column, held in _columns(collection):
        rows = getattr(collection, table)
        if table == "claims":
            rows = rows[rows[key].isin(collection.withheld) == held]
        for cell in rows[column].drop_duplicates():
            if sought in map(folded, texts_in(table, column, rows.loc[rows[column].eq(cell), column][:1])):
                row = rows.loc[rows[column].eq(cell), key].iloc[0]
                words = ";".join(collection.withheld.get(row, ())) if table == "claims" else ""
                said = f"withheld {words!r}" if words else "by [publication] or with its claims"
                return f"{table}.csv, {row}, column {column}, {said}"
    for place in gazetteer:
        if sought in map(folded, (*place.spellings, *texts_telling(place))):
            return f"the place {place.place_id}"
    return "what is withheld"


def _columns(collection: Collection) -> Iterator[tuple[str, str, str, bool]]:
    """List tables with the column of their ids and those of their texts; claims that withhold something come first."""
    more = ("date_start", "date_end", "count")
    for held in (True, False):
        yield from (("claims", "claim_id", column, held) for column in (*TEXTS["claims"], *more))
    for table in ("sources", "events", "actors", "sides"):
        key = str(getattr(collection, table).columns[0])
        yield from ((table, key, column, False) for column in TEXTS[table])
