"""What a claim withholds is not to be read in its own words either, though another claim says it and it is published there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.model import ROLES
from claims.publication.columns import TOGETHER
from claims.publication.daywords import spelled_days
from claims.publication.echoes import Echoes, folded
from claims.publication.rows import LONGEST, family_of, spelled_cell
from claims.publication.sought import MEASURES, places_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.model import Collection
    from claims.publication.rows import Tables
    from geo.gazetteer import Gazetteer

__all__ = ["withhold_own"]

_COLUMNS: Final = ("actor_text", "speakers", "quote", "note")
"""The words of a claim; its places, day and count are cells of their own, which are withheld by themselves."""

_PLACES: Final = frozenset(f"{role}_id" for role in ROLES)

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
    columns = {claim_id: _measured(words) for claim_id, words in saying.items()}
    whole = collection.claims[collection.claims["claim_id"].isin(claims["claim_id"])]
    whole = whole[whole["claim_id"].isin({claim_id for claim_id, some in columns.items() if some})]
    secret: dict[str, frozenset[Text]] = {}
    elsewhere: dict[frozenset[Text], frozenset[Text]] = {}
    for row in whole.to_dict("records"):
        cells = {str(column): cell for column, cell in row.items() if column in columns[row["claim_id"]]}
        told = frozenset(_texts(cells, gazetteer))
        if told not in elsewhere:
            elsewhere[told] = frozenset(one for one in told if (one[0], folded(one[1])) in said)
        if texts := elsewhere[told]:
            secret[row["claim_id"]] = texts
    if not secret:
        return
    alone = {texts: _echoes(texts) for texts in set(secret.values())}
    for column in _COLUMNS:
        rows = [
            claim_id in secret and alone[secret[claim_id]].is_in(cell)
            for claim_id, cell in zip(claims["claim_id"], tables.frames["claims"][column], strict=True)
        ]
        _take_out(tables, "claims", column, rows)
    shared = {event_id: _echoes(texts) for event_id, texts in _of_events(claims, secret).items()}
    for column in ("title", "title_ar", "note"):
        events = tables.frames["events"]
        rows = [
            event_id in shared and shared[event_id].is_in(cell)
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


def _texts(cells: Mapping[str, Any], gazetteer: Gazetteer) -> Iterator[Text]:
    """Give by what texts a claim's withheld place, day and count are told."""
    for column, cell in cells.items():
        if cell and not pd.isna(cell):
            kind = family_of("claims", column)
            yield from ((kind, text) for text in spelled_cell("claims", column, cell))
            if column in _PLACES and (place := gazetteer.get(cell)):
                yield from ((kind, text) for text in place.spellings)
    first, last = cells.get("date_start", pd.NaT), cells.get("date_end", pd.NaT)
    if not (pd.isna(first) or pd.isna(last)):
        length = min((last - first).days, LONGEST)
        yield from (("day", (first + dt.timedelta(days=at)).date().isoformat()) for at in range(length + 1))


def _measured(words: tuple[str, ...]) -> frozenset[str]:
    """Name the columns of places, days and counts among those that words withhold."""
    group = {column for word in words for column in TOGETHER["claims"].get(word, ())}
    return frozenset(column for column in group if family_of("claims", column) in MEASURES)


def _echoes(texts: frozenset[Text]) -> Echoes:
    days = [dt.date.fromisoformat(text) for kind, text in texts if kind == "day"]
    return Echoes(
        [text for kind, text in texts if kind != "day"], [told for day in days for told in spelled_days(day)]
    )
