"""Which ids say what is withheld, or lead to it: to the row of another data set, to a text, or to a claim that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from claims.model import Collection
    from claims.publication.echoes import Echoes
    from claims.publication.rows import Tables

__all__ = ["ids_in", "telling_ids"]

_DIGITS: Final = 8
"""So many digits of a text's digest begin the ids of what is read in it (`claims.articles.linked`)."""

_READ: Final = re.compile(rf"[0-9a-f]{{{_DIGITS}}}-")
"""How those ids begin."""


def ids_in(tables: Tables) -> dict[str, pd.Series]:
    """Give the columns of ids, by what they are of."""
    frames = tables.frames
    return {
        "claims": frames["claims"]["claim_id"],
        "statements": frames["claims"]["statement_id"],
        "events": frames["events"]["event_id"],
        "sources": frames["sources"]["source_id"],
        "actors": frames["actors"]["actor"],
        "sides": frames["actors"]["side"],
    }


def telling_ids(tables: Tables, collection: Collection, echoes: Echoes, named: Echoes) -> dict[str, set[str]]:
    """Give the ids that say what is withheld or lead to it, by what they are of.

    Args:
        tables: Without what goes.
        collection: Whole.
        echoes: Of what is withheld.
        named: Likewise, and of the ids of what is not there.
    """
    leading = _leading_ids(tables, collection) | tables.unnamed
    digests = _digests_begin(tables, collection)
    told = {
        kind: {
            one
            for one in column.unique()
            if one in leading or echoes.is_in(one) or not digests.isdisjoint(_windows(one))
        }
        for kind, column in ids_in(tables).items()
    }
    # The claims of a text of which something is withheld: their ids tell the text and the sentence.
    claims = tables.frames["claims"]
    of_texts = claims[claims["source_id"].isin(tables.undigested | _without_digest(tables, collection))]
    told["claims"] |= {one for one in of_texts["claim_id"] if _READ.match(one)}
    gone = _gone_ids(tables, collection)
    told["statements"] |= {*of_texts["statement_id"]}
    told["statements"] |= {one for one in claims["statement_id"].unique() if one in gone or named.is_in(one)}
    return {kind: found - {""} for kind, found in told.items()}


def _windows(one: str) -> Iterator[str]:
    return (one[at : at + _DIGITS] for at in range(len(one) - _DIGITS + 1))


def _without_digest(tables: Tables, collection: Collection) -> set[str]:
    """Name the sources whose text's digest is not published any more."""
    sources = tables.frames["sources"]
    said = collection.sources.loc[collection.sources["text_sha256"].ne(""), "source_id"]
    return set(said) & set(sources.loc[sources["text_sha256"].eq(""), "source_id"])


def _digests_begin(tables: Tables, collection: Collection) -> set[str]:
    """Give the first digits of the digests that are not published, of sources that are not there either."""
    sources = collection.sources
    lost = ~sources["source_id"].isin(tables.frames["sources"]["source_id"])
    lost |= sources["source_id"].isin(_without_digest(tables, collection))
    digests = sources.loc[lost & sources["text_sha256"].ne(""), "text_sha256"]
    return {digest[:_DIGITS] for digest in digests}


def _gone_ids(tables: Tables, collection: Collection) -> set[str]:
    """Name the claims, sources and events that are not there."""
    return {
        one
        for name, key in (("claims", "claim_id"), ("sources", "source_id"), ("events", "event_id"))
        for one in set(getattr(collection, name)[key]) - set(tables.frames[name][key])
    }


def _leading_ids(tables: Tables, collection: Collection) -> set[str]:
    """Give the ids by which a row of another data set is found that says what is withheld."""
    hidden = collection.imports[~collection.imports["claim_id"].isin(tables.frames["imports"]["claim_id"])]
    rows = tables.frames["claims"].merge(hidden[["claim_id", "row_id"]], on="claim_id")
    found = set(rows["claim_id"])
    for column in ("event_id", "statement_id", "source_id"):
        pairs = zip(rows[column], rows["row_id"], rows["claim_id"], strict=True)
        found |= {one for one, row_id, claim_id in pairs if one and (row_id in one or one == claim_id)}
    return found
