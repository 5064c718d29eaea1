"""Refuse a title of a collection that repeats what is withheld: a collection must be called something."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from claims.publication.echoes import Echoes, folded
from claims.publication.going import gone_of, marked_cells_go, positions_go, remaining
from claims.publication.heard import withheld_texts
from claims.publication.places import withheld_of
from claims.publication.rows import TEXTS, texts_in
from geo.errors import BordermapError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from claims.model import Collection, Publication
    from geo.gazetteer import Gazetteer

__all__ = ["refuse_titles"]

_TITLES: Final = ("title", "title_ar")


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
        BordermapError: It names the word, and the row and the column that are marked.
    """
    titles = {name: getattr(collection.facts, name) for name in _TITLES}
    if not any(map(echoes.heard_in, titles.values())):
        return
    texts, days = _secrets(collection, gazetteer, publication, day)
    for name, title in titles.items():
        if not Echoes(texts, days).heard_in(title):
            continue
        alone = [(one, Echoes([one])) for one in texts] + [(one, Echoes([], [one])) for one in days]
        word = next(one for one, echo in alone if echo.heard_in(title))
        raise BordermapError(
            f"collection.toml: {name} repeats {word!r}, which is not for publication "
            f"({_where(word, collection, gazetteer)}); write another, or take the mark away"
        )


def _secrets(
    collection: Collection, gazetteer: Gazetteer, publication: Publication, day: dt.date
) -> tuple[list[str], list[str]]:
    """Give what is withheld for good, as `withheld_texts` does: what an edition without a delay lacks."""
    lasting = dataclasses.replace(publication, delay_days=0)
    gone = gone_of(collection, lasting, day)
    tables = remaining(collection, lasting, gone)
    marked_cells_go(tables, collection, lasting)
    found = positions_go(tables, gazetteer, lasting)
    return withheld_texts(tables, collection, gazetteer, gone, found, lasting)


def _where(word: str, collection: Collection, gazetteer: Gazetteer) -> str:
    """Name the row and the column that say a word, one that is marked before others."""
    sought = folded(word)
    for table, key, column, mark in _columns(collection):
        rows = getattr(collection, table)
        if table == "claims":
            rows = rows[rows[key].isin(collection.marks) == mark]
        for cell in rows[column].drop_duplicates():
            if sought in map(folded, texts_in(table, column, rows.loc[rows[column].eq(cell), column][:1])):
                row = rows.loc[rows[column].eq(cell), key].iloc[0]
                marks = ";".join(collection.marks.get(row, ())) if table == "claims" else ""
                said = f"marked {marks!r}" if marks else "by [publication] or with its claims"
                return f"{table}.csv, {row}, column {column}, {said}"
    for place in gazetteer:
        if sought in map(folded, (*place.spellings, *withheld_of(place))):
            return f"the place {place.place_id}"
    return "a mark"


def _columns(collection: Collection) -> Iterator[tuple[str, str, str, bool]]:
    """List tables with the column of their ids and those of their texts; claims that are marked come first."""
    more = ("date_start", "date_end", "count")
    for mark in (True, False):
        yield from (("claims", "claim_id", column, mark) for column in (*TEXTS["claims"], *more))
    for table in ("sources", "events", "actors", "sides"):
        key = str(getattr(collection, table).columns[0])
        yield from ((table, key, column, False) for column in TEXTS[table])
