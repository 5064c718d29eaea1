"""What goes of a collection: claims of which nothing is published, cells that are withheld, and positions that are too sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from claims.model import OPTIONAL_TABLES, ROLES, TABLES
from claims.publication.columns import OF_SOURCE, WHOLE
from claims.publication.echoes import folded
from claims.publication.outlets import withhold_outlets
from claims.publication.places import coarsened
from claims.publication.rows import Tables
from claims.retractions import fallen_claims

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from claims.model import Collection, Publication
    from claims.publication.places import Coarsened
    from geo.gazetteer import Gazetteer

__all__ = [
    "coarsen_positions",
    "drop_unnamed",
    "due_days",
    "unpublished_of",
    "withhold_cells",
    "withhold_digests",
    "withholds",
    "without_claims",
]


def withholds(collection: Collection) -> bool:
    """Tell whether a collection says of anything that it is not for publication."""
    return bool(collection.withheld or collection.facts.publication)


def unpublished_of(collection: Collection, publication: Publication, due_by: dt.date | None) -> np.ndarray:
    """Say of which claims nothing is published; without a day of publication, of which nothing ever is."""
    claims, words = collection.claims, collection.withheld
    dark = _dark(collection.sources, publication.sources)
    whole = [claim_id for claim_id, said in words.items() if WHOLE in said]
    gone = claims["claim_id"].isin(whole) | claims["source_id"].isin(dark)
    gone |= claims["root"].isin(dark) | claims["root"].map(folded).isin(
        _dark_outlets(collection.sources, dark)
    )
    # Of what rests on a retracted report the root is what says so: without it the claim would look surer.
    rootless = [claim_id for claim_id, said in words.items() if "root" in said]
    without = claims["claim_id"].isin(rootless) | ("claims.root" in publication.withheld)
    gone |= (
        claims["root"].isin(claims.loc[without, "root"])
        & claims["root"].isin(collection.sources["source_id"])
        & fallen_claims(claims, collection.sources)
    )
    if publication.delay_days and due_by is not None:
        gone |= due_days(collection, publication) > pd.Timestamp(due_by)
    whole_rows: np.ndarray = gone.to_numpy(dtype=bool)
    return whole_rows


def _dark(sources: pd.DataFrame, named: Iterable[str]) -> set[str]:
    """Name the sources of which nothing is published: those that are named, and what repeats one of them."""
    dark = set(named)
    while more := set(sources.loc[sources["repeats"].isin(dark), "source_id"]) - dark:
        dark |= more
    return dark


def due_days(collection: Collection, publication: Publication) -> pd.Series:
    """Give the day on which each claim is out: the delay after its report, its last day and its source's publication."""
    claims = collection.claims
    published = collection.sources.set_index("source_id")["published"]
    days = claims[["reported", "date_start", "date_end"]]
    last = days.assign(published=claims["source_id"].map(published)).max(axis="columns")
    return last + pd.Timedelta(days=publication.delay_days)


def _dark_outlets(sources: pd.DataFrame, dark: set[str]) -> set[str]:
    """Name as they are compared the outlets all of whose sources are dark: a root that is called so goes back to one."""
    of_dark = sources["source_id"].isin(dark)
    outlets, others = (set(sources.loc[rows, "outlet"].map(folded)) for rows in (of_dark, ~of_dark))
    return outlets - others - {""}


def without_claims(collection: Collection, publication: Publication, gone: np.ndarray) -> Tables:
    """Give the tables without the claims that are gone, and without what names one of them."""
    claims = collection.claims[~gone]
    lost = set(collection.claims.loc[gone, "claim_id"])
    related = claims["relates_to"].isin(lost)
    claims = claims.assign(
        denies=_without_ids(claims["denies"], lost),
        relates_to=claims["relates_to"].mask(related, ""),
        relation=claims["relation"].mask(related, ""),
    )
    dark = _dark(collection.sources, publication.sources)
    frames = {name: getattr(collection, name) for name in TABLES | OPTIONAL_TABLES} | {"claims": claims}
    frames["sources"] = collection.sources[~collection.sources["source_id"].isin(dark)]
    frames["imports"] = collection.imports[~collection.imports["claim_id"].isin(lost)]
    tables = Tables(frames)
    texts = collection.sources.loc[
        collection.sources["source_id"].isin(collection.claims.loc[gone, "source_id"]), "source_id"
    ]
    withhold_digests(tables, texts)
    return tables


def withhold_digests(tables: Tables, source_ids: Iterable[str]) -> None:
    """Take out the digests of texts of which something is not published: who has the text would know it by them."""
    sources = tables.frames["sources"]
    tables.undigested |= {*source_ids}
    digests = sources["text_sha256"].mask(sources["source_id"].isin(tables.undigested), "")
    tables.frames["sources"] = sources.assign(text_sha256=digests)


def _without_ids(cells: pd.Series, lost: set[str]) -> pd.Series:
    kept = {cell: ";".join(one for one in cell.split(";") if one not in lost) for cell in cells.unique()}
    return cells.map(kept).astype(cells.dtype)


def withhold_cells(tables: Tables, collection: Collection, publication: Publication) -> None:
    """Take out the cells that are withheld, of all rows or of one claim or its source."""
    claims, sources = tables.frames["claims"], tables.frames["sources"]
    every = [word.partition(".")[::2] for word in publication.withheld]
    for table, column in every:
        if table in tables.frames and table != "imports":
            tables.take_out(table, column, np.ones(len(tables.frames[table]), dtype=bool))
    source_of = dict(zip(collection.claims["claim_id"], collection.claims["source_id"], strict=True))
    withheld: dict[tuple[str, str], list[str]] = {}
    for claim_id, words in collection.withheld.items():
        for word in words:
            if word.startswith(OF_SOURCE):
                withheld.setdefault(("sources", word.removeprefix(OF_SOURCE)), []).append(source_of[claim_id])
            elif word != WHOLE:
                withheld.setdefault(("claims", word), []).append(claim_id)
    ids = {"claims": claims["claim_id"], "sources": sources["source_id"]}
    for (table, column), named in sorted(withheld.items()):
        tables.take_out(table, column, ids[table].isin(named).to_numpy(dtype=bool))
    withhold_outlets(tables, collection, publication)


def coarsen_positions(tables: Tables, gazetteer: Gazetteer, publication: Publication) -> Coarsened:
    """Put circles in the stead of positions that are surer than is published, and give what stood there."""
    claims = tables.frames["claims"]
    found = coarsened(claims, gazetteer, publication)
    if not publication.names_kept:
        for role in ROLES:
            tables.remember("claims", claims[claims[role].ne(found.claims[role])], [role])
    tables.frames["claims"] = found.claims
    tables.touched |= set(claims.loc[found.rows, "claim_id"])
    if (
        publication.coarsen_km is not None
        and publication.coarsen_places is None
        and not publication.names_kept
    ):
        _withhold_unplaced(tables)
    return found


def _withhold_unplaced(tables: Tables) -> None:
    """Take out the names of places that have no position: they tell one that no circle can stand for."""
    claims = tables.frames["claims"]
    for role in ROLES:
        unplaced = claims[role].ne("") & claims[f"{role}_id"].eq("")
        tables.remember("claims", claims[unplaced], [role])
        tables.touched |= set(claims.loc[unplaced, "claim_id"])
        claims = claims.assign(**{role: claims[role].mask(unplaced, "")})
    tables.frames["claims"] = claims


def drop_unnamed(tables: Tables) -> None:
    """Take out the sources, events, actors and sides that no claim names, nor what one of those names."""
    frames, claims = tables.frames, tables.frames["claims"]
    actors = claims["actors"].str.split(";").explode()
    frames["events"] = frames["events"][frames["events"]["event_id"].isin(claims["event_id"])]
    frames["sources"] = _with_those_named(frames["sources"], "source_id", "repeats", claims["source_id"])
    frames["actors"] = _with_those_named(frames["actors"], "actor", "parent", actors)
    frames["sides"] = frames["sides"][frames["sides"]["side"].isin(frames["actors"]["side"])]


def _with_those_named(rows: pd.DataFrame, key: str, other: str, named: pd.Series) -> pd.DataFrame:
    kept = rows[key].isin(named)
    while not (more := kept | rows[key].isin(rows[other][kept])).equals(kept):
        kept = more
    return rows[kept]
