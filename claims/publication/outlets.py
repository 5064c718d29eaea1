"""A withheld outlet: wherever else the claims of its source say it, and where others say it that would lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.publication.echoes import Echoes, folded

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from claims.model import Collection, Publication
    from claims.publication.rows import Tables

__all__ = ["withhold_outlets"]

_OF_SOURCES: Final = ("title", "author", "url", "archived_url", "note")
_OF_CLAIMS: Final = ("actor_text", "speakers", "quote", "note")
"""What a card shows of a source and of a claim beside the outlet, the chain and the root."""


def withhold_outlets(tables: Tables, collection: Collection, publication: Publication) -> None:
    """Take out withheld outlets wherever they would be read all the same; the ids of their sources become neutral.

    Of the claims of such a source all that names it goes. What has its root in it, or in the root that is called as it, is
    counted with those claims: there the root and the chain (`via`) do not say it either, nor does a source whose own root
    that is. Where the outlet of all sources is withheld, no claim's root or chain says one. What is said of it elsewhere is
    published.

    Args:
        tables: Without the cells that are withheld.
        collection: Whole.
        publication: What is said of the collection.
    """
    claims, sources = tables.frames["claims"], tables.frames["sources"]
    outlets = collection.sources.set_index("source_id")["outlet"].reindex(sources["source_id"])
    hidden = set(outlets.index[outlets.ne(sources["outlet"].to_numpy())])
    if not hidden:
        return
    called = {source_id: folded(outlet) for source_id, outlet in outlets.items()}
    roots, own = claims["root"].map(_folds(claims["root"])), claims["source_id"].map(called)
    at_own = roots.eq(own)
    of_all = "sources.outlet" in publication.withheld
    shared = set(own[at_own & claims["source_id"].isin(hidden)])
    if of_all:
        shared |= set(called.values())
    # Another source of that outlet, whose claims have that root, would say what it is.
    hidden |= set(claims.loc[at_own & roots.isin(shared), "source_id"])
    names = Echoes([outlets[source_id] for source_id in sorted(hidden)])
    tables.take_out("sources", "outlet", sources["source_id"].isin(hidden).to_numpy(dtype=bool))
    rooted = (roots.isin(shared - {""})).to_numpy(dtype=bool)
    tables.take_out("claims", "root", rooted)
    of_hidden = claims["source_id"].isin(hidden).to_numpy(dtype=bool)
    leading = of_hidden | rooted | claims["root"].isin(hidden).to_numpy(dtype=bool) | of_all
    _take_out("claims", "via", tables, names, leading)
    for column in _OF_CLAIMS:
        _take_out("claims", column, tables, names, of_hidden)
    for column in _OF_SOURCES:
        _take_out("sources", column, tables, names, sources["source_id"].isin(hidden).to_numpy(dtype=bool))
    spelled = Echoes([outlets[source_id] for source_id in sorted(hidden)], hidden)
    ids = {*claims.loc[of_hidden, "claim_id"], *claims.loc[of_hidden, "statement_id"]}
    tables.unnamed |= hidden | {one for one in ids if spelled.is_in(one)}


def _folds(cells: pd.Series) -> dict[str, str]:
    return {cell: folded(cell) for cell in cells.unique()}


def _take_out(table: str, column: str, tables: Tables, names: Echoes, within: np.ndarray) -> None:
    """Take out a column's cells of some rows that repeat a name."""
    cells = tables.frames[table][column]
    repeating = {cell for cell in cells[within].unique() if names.is_in(cell)}
    if repeating:
        tables.take_out(table, column, within & cells.isin(repeating).to_numpy(dtype=bool), echo=True)
