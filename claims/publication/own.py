"""What a claim withholds is not to be read in its own words either, though another claim says it and it is published there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model import ROLES
from claims.publication.columns import TOGETHER
from claims.publication.daywords import spelled_days
from claims.publication.echoes import Echoes, folded
from claims.publication.rows import Tables
from claims.publication.sought import MEASURES, places_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["withhold_own"]

_COLUMNS: Final = ("actor_text", "speakers", "quote", "note")
"""The words of a claim; its places, day and count are cells of their own, which are withheld by themselves."""

Text = tuple[str, str]


def withhold_own(tables: Tables, collection: Collection, gazetteer: Gazetteer) -> None:
    """Take out of claims, and of events all of whose claims withhold the same, the texts that repeat it.

    What nobody else says is looked for everywhere (`claims.publication.sought`), and not here again.

    Args:
        tables: Without the cells that are withheld.
        collection: Whole.
        gazetteer: Holds every place_id.
    """
    claims = tables.frames["claims"]
    saying = {one: words for one, words in collection.withheld.items() if words}
    if not saying or claims.empty:
        return
    said = tables.said() | places_said(tables, gazetteer)
    whole = collection.claims[collection.claims["claim_id"].isin(set(saying) & set(claims["claim_id"]))]
    secret: dict[str, frozenset[Text]] = {}
    for _, row in whole.iterrows():
        texts = frozenset(one for one in _texts(row, saying[row["claim_id"]], gazetteer) if _key(one) in said)
        if texts:
            secret[row["claim_id"]] = texts
    for column in _COLUMNS:
        rows = [
            claim_id in secret and _echoes(secret[claim_id]).is_in(cell)
            for claim_id, cell in zip(claims["claim_id"], tables.frames["claims"][column], strict=True)
        ]
        _take_out(tables, "claims", column, rows)
    shared = _of_events(claims, secret)
    for column in ("title", "title_ar", "note"):
        events = tables.frames["events"]
        rows = [
            event_id in shared and _echoes(shared[event_id]).is_in(cell)
            for event_id, cell in zip(events["event_id"], events[column], strict=True)
        ]
        _take_out(tables, "events", column, rows)


def _take_out(tables: Tables, table: str, column: str, rows: list[bool]) -> None:
    if any(rows):
        tables.take_out(table, column, np.array(rows, dtype=bool), echo=True)


def _of_events(claims: pd.DataFrame, secret: dict[str, frozenset[Text]]) -> dict[str, frozenset[Text]]:
    """Give what all claims of an event withhold."""
    found: dict[str, frozenset[Text]] = {}
    for event_id, claim_id in zip(claims["event_id"], claims["claim_id"], strict=True):
        texts = secret.get(claim_id, frozenset())
        found[event_id] = found[event_id] & texts if event_id in found else texts
    return {event_id: texts for event_id, texts in found.items() if texts and event_id}


def _texts(row: pd.Series, words: tuple[str, ...], gazetteer: Gazetteer) -> Iterator[Text]:
    """Give by what texts a claim's withheld place, day and count are told."""
    columns = {one for word in words for one in TOGETHER["claims"].get(word, ())}
    alone = Tables({})
    alone.remember("claims", row.to_frame().T, columns)
    yield from (one for one in alone.withheld if one[0] in MEASURES)
    for column in columns & {f"{role}_id" for role in ROLES}:
        if place := gazetteer.get(row[column]):
            yield from (("toponym", text) for text in place.spellings)


def _key(text: Text) -> Text:
    return text[0], folded(text[1])


def _echoes(texts: frozenset[Text]) -> Echoes:
    days = [dt.date.fromisoformat(text) for kind, text in texts if kind == "day"]
    return Echoes(
        [text for kind, text in texts if kind != "day"], [told for day in days for told in spelled_days(day)]
    )
