"""Where a word that is not for publication is said, and what withholds it there: told to whoever publishes, without the word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model import ROLES
from claims.publication.columns import OF_SOURCE, TOGETHER, WHOLE
from claims.publication.echoes import folded
from claims.publication.places import texts_telling
from claims.publication.rows import TEXTS, texts_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd

    from claims.model import Collection, Publication
    from geo.gazetteer import Gazetteer

__all__ = ["Reasons"]

_FACTS: Final = ("date_start", "date_end", "count", *(f"{role}_id" for role in ROLES), "actors")
"""Columns of claims beside their texts by which something is told."""

_OTHERWISE: Final = "with its claims"


class Reasons:
    """What withholds each cell of a collection."""

    def __init__(
        self, collection: Collection, gazetteer: Gazetteer, publication: Publication, gone: np.ndarray
    ) -> None:
        """Take in the collection.

        Args:
            collection: Whole.
            gazetteer: Holds every place_id.
            publication: What is said of the collection.
            gone: Of which of its claims nothing is published.
        """
        self._collection, self._gazetteer, self._publication = collection, gazetteer, publication
        self._gone = set(collection.claims.loc[gone, "claim_id"])
        self._gone_sources = set(collection.claims.loc[gone, "source_id"])

    def where(self, word: str) -> str:
        """Give file, row and column of a word, and what withholds it there; of several rows one that withholds it itself."""
        sought, otherwise = folded(word), ""
        for table, key, column in _columns(self._collection):
            rows = getattr(self._collection, table)
            for cell in _saying(table, column, rows[column], sought):
                for row in rows.loc[rows[column].eq(cell), key]:
                    why = self._why(table, row, column)
                    said = f"{table}.csv, {row}, column {column}, {why or _OTHERWISE}"
                    if why:
                        return said
                    otherwise = otherwise or said
        if otherwise:
            return otherwise
        for place in self._gazetteer:
            if sought in map(folded, (*place.spellings, *texts_telling(place))):
                return "a place of the claims, by another spelling"
        return "what is withheld"

    def _why(self, table: str, row: str, column: str) -> str:
        """Say what withholds a cell; nothing where it goes with others, or stays."""
        publication = self._publication
        if told := self._words(table, row, column):
            return told
        said = (word.partition(".")[::2] for word in publication.withheld)
        if any(one == table and column in TOGETHER[table].get(name, ()) for one, name in said):
            return "[publication] withheld"
        if row in (self._gone if table == "claims" else self._gone_sources if table == "sources" else ()):
            if publication.sources:
                return "[publication] sources"
            return "[publication] delay_days" if publication.delay_days else ""
        roles = {name for role in ROLES for name in (role, f"{role}_id")}
        if table == "claims" and column in roles and publication.coarsen_km is not None:
            return "[publication] coarsen_km"
        return ""

    def _words(self, table: str, row: str, column: str) -> str:
        """Give the words by which a claim withholds its own cell, or one of its source."""
        if table == "claims":
            own = [word for word in self._collection.withheld.get(row, ()) if _means(word, column)]
            return f"withheld {';'.join(own)!r}" if own else ""
        if table != "sources":
            return ""
        claims = self._collection.claims
        for claim_id in claims.loc[claims["source_id"].eq(row), "claim_id"]:
            for word in self._collection.withheld.get(claim_id, ()):
                if column in TOGETHER["sources"].get(word.removeprefix(OF_SOURCE), ()) and word.startswith(
                    OF_SOURCE
                ):
                    return f"withheld {word!r} of {claim_id}"
        return ""


def _means(word: str, column: str) -> bool:
    return word == WHOLE or column in TOGETHER["claims"].get(word, ())


def _saying(table: str, column: str, cells: pd.Series, sought: str) -> Iterator[object]:
    for cell in cells.drop_duplicates():
        if sought in map(folded, texts_in(table, column, cells[cells.eq(cell)][:1])):
            yield cell


def _columns(collection: Collection) -> Iterator[tuple[str, str, str]]:
    """List tables with the column of their ids and those of their texts."""
    yield from (("claims", "claim_id", column) for column in dict.fromkeys((*TEXTS["claims"], *_FACTS)))
    for table in ("sources", "events", "actors", "sides"):
        key = str(getattr(collection, table).columns[0])
        yield from ((table, key, column) for column in TEXTS[table])
