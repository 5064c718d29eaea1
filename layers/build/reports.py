"""Reports at scale: texts with the day on which each came out, read into the claims that they propose."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from claims.articles.reader import Reader
from claims.model import ACTORS, CLAIMS, EVENTS, SOURCES, SourceState
from geo.gazetteer import shipped_gazetteer
from geo.geocode import Offline
from geo.placefiles import COLUMNS as PLACES
from geo.world import world
from layers.build.reposts import TEXT_ID

if TYPE_CHECKING:
    from claims.articles.proposals import Proposal
    from claims.imports.converting import Asked
    from layers.build.texts import Text

__all__ = ["cells_of"]

_MARK: Final = 16
"""Hexadecimal digits of a hash that tell texts apart: of ten million two are the same with one chance in 400,000."""


def cells_of(texts: list[Text], asked: Asked) -> dict[str, pd.DataFrame]:
    """Read texts, and give the claims that they propose with their sources, each the event of its own, as text.

    A source is a text as one outlet published it on one day under one address: another that published it too is another
    source (`layers.build.reposts` says which repeats which), and its claims are its own.

    Args:
        texts: Of one file.
        asked: Its `countries` are those that the texts are surely about.

    Returns:
        By the names of a collection's tables, frames of strings; claims with the file and the line of their text.
    """
    claims, events, sources = [], [], []
    for text in texts:
        published = text.published.isoformat()
        mark = _sha256("\0".join([text.said["outlet"], published, text.said["url"], text.text]))[:_MARK]
        source_id = f"{TEXT_ID}{mark}"
        sources.append(
            {"source_id": source_id, **text.said, "published": published, "language": text.language}
            | {"state": str(SourceState.OK), "text_sha256": _sha256(text.text)}
        )
        proposals = _reader().read(
            text.text, text.language, text.published, outlet=text.said["outlet"], countries=asked.countries
        )
        for one in (_marked(proposal, mark) for proposal in proposals):
            claims.append(_claim(one, source_id, published, text))
            events.append({"event_id": one.claim_id, "title": _title(one), "kind": str(one.kind)})
    own = ("file", "line", "dataset", "row_id", "row_version")
    return {
        "claims": _frame(claims, [*(column.name for column in CLAIMS), *own]),
        "events": _frame(events, [column.name for column in EVENTS]),
        "sources": _frame(sources, [column.name for column in SOURCES]),
        "actors": _frame([], [column.name for column in ACTORS]),
        "places": _frame([], list(PLACES)),
    }


@cache
def _reader() -> Reader:
    """Give the reader, made once a process."""
    gazetteer = shipped_gazetteer()
    return Reader(gazetteer, world(), Offline(gazetteer))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _marked(one: Proposal, mark: str) -> Proposal:
    """Give a proposal ids that none of millions of texts has by chance; those of a report read by itself are shorter."""

    def longer(short: str) -> str:
        return f"{mark}-{short.partition('-')[2]}"

    denies = tuple(map(longer, one.denies))
    return replace(one, claim_id=longer(one.claim_id), statement_id=longer(one.statement_id), denies=denies)


def _claim(one: Proposal, source_id: str, published: str, text: Text) -> dict[str, Any]:
    row = one.row() | {"source_id": source_id, "event_id": one.claim_id, "reported": published}
    row["root"] = row["root"] or text.said["outlet"]
    row["note"] = f"proposed: {one.why}"
    return row | {"file": text.file, "line": text.line, "dataset": "reports", "row_id": one.claim_id}


def _title(one: Proposal) -> str:
    """Call an event by the words that tell of it, in one line."""
    return " ".join(one.quote.split())


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return frame.map(lambda cell: "" if pd.isna(cell) else str(cell)).astype("str")
