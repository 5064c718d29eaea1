"""Make the published edition of a collection: one that simply lacks what is not for publication.

Everything that is drawn, computed or written is made of it, so that no surface has to know what it must not show.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import zoneinfo
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from claims.digest import STORY, digest_of_tables
from claims.model import OPTIONAL_TABLES, ROLES, TABLES, Edition, Publication
from claims.publication.columns import OF_SOURCE, WHOLE
from claims.publication.echoes import Echoes, folded
from claims.publication.neutral import ids_changed, neutral_ids
from claims.publication.places import coarsened, published_places, withheld_of
from claims.publication.rows import TEXTS, Tables
from claims.publication.words import published_facts, published_story
from claims.retractions import fallen_claims
from claims.typedtables import HEADERS, as_text, table_of
from claims.writtenfacts import facts_text
from claims.writtenstory import story_text
from geo.files.csvwriting import TEXT, csv_pieces
from geo.placewriting import outline_of, place_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.model import Collection
    from claims.publication.places import Coarsened
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["published", "today_in"]

_NOTHING: Final = Publication()

_MEASURES: Final = frozenset({"toponym", "outlet", "claims.date_text", "claims.count_text", "claims.count"})
"""Kinds of things that are marked of one row and said of another without a mark: there they are published."""


def today_in(timezone: str) -> dt.date:
    """Give the day that it is in a time zone: a collection's days are those of its own."""
    return dt.datetime.now(zoneinfo.ZoneInfo(timezone)).date()


def published(collection: Collection, gazetteer: Gazetteer, day: dt.date) -> tuple[Collection, Gazetteer]:
    """Give the edition that is published on a day; a published edition stays as it is.

    What its column `withheld` and the section [publication] of collection.toml name is taken out, and so is every text that
    repeats it (`claims.publication.echoes`), what only it names, and ids that spell it. docs/publishing.md tells of all.

    Args:
        collection: Whole, as it was read.
        gazetteer: Holds every place_id.
        day: On which it is published: what is delayed longer is not in it.

    Returns:
        The edition, whose `edition` says how much it lacks, and its places.

    Raises:
        BordermapError: The title of the collection repeats what is not for publication.
    """
    if collection.edition is not None:
        return collection, gazetteer
    publication = collection.facts.publication or _NOTHING
    gone = _gone(collection, publication, day)
    tables = _remaining(collection, publication, gone)
    before = set(tables.frames["claims"]["claim_id"])
    _marked_cells_go(tables, collection, publication)
    found = _positions_go(tables, gazetteer, publication)
    explicit = list(tables.withheld)
    _names_remembered(tables, collection, gazetteer)
    _rows_remembered(tables, collection, gone)
    echoes = Echoes(_secrets(tables, explicit, found, publication))
    tables.echoes_go(echoes)
    _unnamed_go(tables)
    _leads_go(tables, collection, publication, echoes)
    places, own, ids = _ids_go(tables, collection, gazetteer, found, publication, echoes)
    km = publication.coarsen_km if found.places or publication.coarsen_km else None
    facts = published_facts(collection, tables.frames, places, echoes, day, km)
    story = published_story(collection.story, facts, tables.frames, echoes, ids, km)
    made = dataclasses.replace(
        collection,
        facts=facts,
        story=story,
        marks={},
        edition=Edition(
            day, int(gone.sum()), len(tables.touched & before), publication.coarsen_km, publication.delay_days
        ),
        **tables.frames,
    )
    return _with_files(made, own), places


# ---- what goes whole


def _gone(collection: Collection, publication: Publication, day: dt.date) -> np.ndarray:
    """Say of which claims nothing is published."""
    claims, marks = collection.claims, collection.marks
    dark = _dark(collection.sources, publication.sources)
    whole = [claim_id for claim_id, said in marks.items() if WHOLE in said]
    gone = claims["claim_id"].isin(whole) | claims["source_id"].isin(dark) | claims["root"].isin(dark)
    # Of what rests on a retracted report the root is what says so: without it the claim would look surer.
    rootless = [claim_id for claim_id, said in marks.items() if "root" in said]
    without = claims["claim_id"].isin(rootless) | ("claims.root" in publication.withheld)
    gone |= (
        without
        & claims["root"].isin(collection.sources["source_id"])
        & fallen_claims(claims, collection.sources)
    )
    if publication.delay_days:
        last = claims[["reported", "date_start", "date_end"]].max(axis="columns")
        gone |= last + pd.Timedelta(days=publication.delay_days) > pd.Timestamp(day)
    whole_rows: np.ndarray = gone.to_numpy(dtype=bool)
    return whole_rows


def _dark(sources: pd.DataFrame, named: Iterable[str]) -> set[str]:
    """Name the sources of which nothing is published: those that are named, and what repeats one of them."""
    dark = set(named)
    while more := set(sources.loc[sources["repeats"].isin(dark), "source_id"]) - dark:
        dark |= more
    return dark


def _remaining(collection: Collection, publication: Publication, gone: np.ndarray) -> Tables:
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
    _digests_go(tables, texts)
    return tables


def _digests_go(tables: Tables, source_ids: Iterable[str]) -> None:
    """Take out the digests of texts of which something is not published: who has the text would know it by them."""
    sources = tables.frames["sources"]
    digests = sources["text_sha256"].mask(sources["source_id"].isin(list(source_ids)), "")
    tables.frames["sources"] = sources.assign(text_sha256=digests)


def _without_ids(cells: pd.Series, lost: set[str]) -> pd.Series:
    kept = {cell: ";".join(one for one in cell.split(";") if one not in lost) for cell in cells.unique()}
    return cells.map(kept).astype(cells.dtype)


# ---- what is marked of what stays


def _marked_cells_go(tables: Tables, collection: Collection, publication: Publication) -> None:
    claims, sources = tables.frames["claims"], tables.frames["sources"]
    every = [word.partition(".")[::2] for word in publication.withheld]
    for table, column in every:
        if table in tables.frames and table != "imports":
            tables.take_out(table, column, np.ones(len(tables.frames[table]), dtype=bool))
    source_of = dict(zip(collection.claims["claim_id"], collection.claims["source_id"], strict=True))
    marked: dict[tuple[str, str], list[str]] = {}
    for claim_id, marks in collection.marks.items():
        for mark in marks:
            if mark.startswith(OF_SOURCE):
                marked.setdefault(("sources", mark.removeprefix(OF_SOURCE)), []).append(source_of[claim_id])
            elif mark != WHOLE:
                marked.setdefault(("claims", mark), []).append(claim_id)
    ids = {"claims": claims["claim_id"], "sources": sources["source_id"]}
    for (table, column), named in sorted(marked.items()):
        tables.take_out(table, column, ids[table].isin(named).to_numpy(dtype=bool))


def _positions_go(tables: Tables, gazetteer: Gazetteer, publication: Publication) -> Coarsened:
    claims = tables.frames["claims"]
    found = coarsened(claims, gazetteer, publication)
    if not publication.names_kept:
        for role in ROLES:
            tables.remember("claims", claims[claims[role].ne(found.claims[role])], [role])
    tables.frames["claims"] = found.claims
    tables.touched |= set(claims.loc[found.rows, "claim_id"])
    return found


# ---- what repeats it


def _rows_remembered(tables: Tables, collection: Collection, gone: np.ndarray) -> None:
    """Remember what rows said that are gone: the claims, events that lost all of theirs, sources that nobody names."""
    claims = collection.claims[gone]
    tables.remember("claims", claims, (*TEXTS["claims"], "date_start", "date_end", "count"))
    kept = tables.frames["claims"]
    events = collection.events[
        collection.events["event_id"].isin(claims["event_id"])
        & ~collection.events["event_id"].isin(kept["event_id"])
    ]
    tables.remember("events", events, TEXTS["events"])
    lost = collection.sources["source_id"].isin(claims["source_id"])
    lost &= ~collection.sources["source_id"].isin(kept["source_id"])
    sources = collection.sources[lost]
    tables.remember("sources", sources, [name for name in TEXTS["sources"] if name != "language"])


def _names_remembered(tables: Tables, collection: Collection, gazetteer: Gazetteer) -> None:
    """Remember how actors and places are called that claims name no more, where they were marked."""
    kept = tables.frames["claims"]
    old = collection.claims.set_index("claim_id").loc[kept["claim_id"]].reset_index()
    now = set(kept["actors"].str.split(";").explode())
    lost = set(old["actors"].str.split(";").explode()) - now
    actors = collection.actors[collection.actors["actor"].isin(lost)]
    tables.remember("actors", actors, ("actor", *TEXTS["actors"]))
    for role in ROLES:
        ids = old[f"{role}_id"].to_numpy()[
            kept[f"{role}_id"].eq("").to_numpy() & kept[role].eq("").to_numpy()
        ]
        places = [place for one in set(ids) if one and (place := gazetteer.get(one))]
        tables.withheld += [("toponym", text) for place in places for text in place.spellings]


def _secrets(
    tables: Tables, explicit: list[tuple[str, str]], found: Coarsened, publication: Publication
) -> list[str]:
    """Give what is looked for in texts: what was taken out, but for what a row without a mark says as a whole."""
    said = tables.said()
    texts = [text for kind, text in explicit if kind not in _MEASURES or (kind, folded(text)) not in said]
    others = tables.withheld[len(explicit) :]
    texts += [text for kind, text in others if (kind, folded(text)) not in said]
    if not publication.names_kept:
        texts += [text for place in found.withheld for text in withheld_of(place)]
    return texts


def _unnamed_go(tables: Tables) -> None:
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


def _leads_go(tables: Tables, collection: Collection, publication: Publication, echoes: Echoes) -> None:
    """Take out what leads to what is withheld: rows of other data sets, and digests of texts."""
    claims, imports = tables.frames["claims"], tables.frames["imports"]
    quotes = collection.claims.set_index("claim_id")["quote"].reindex(claims["claim_id"]).to_numpy()
    _digests_go(tables, claims.loc[claims["quote"].to_numpy() != quotes, "source_id"])
    leads = imports["claim_id"].isin(tables.touched)
    leads |= any(word.startswith("imports.") for word in publication.withheld)
    for name in ("row", "file", "row_id") if echoes else ():
        heard = {text for text in imports[name].unique() if any(map(echoes.heard_in, _cells_of(text)))}
        leads |= imports[name].isin(heard)
    tables.frames["imports"] = imports[~leads]


def _cells_of(text: str) -> list[str]:
    """Give the texts of a row's cells, which stand in it as JSON."""
    try:
        read = json.loads(text)
    except ValueError:
        return [text]
    return [text, *(str(cell) for cell in read.values())] if isinstance(read, dict) else [text]


# ---- ids


def _ids_go(
    tables: Tables,
    collection: Collection,
    gazetteer: Gazetteer,
    found: Coarsened,
    publication: Publication,
    echoes: Echoes,
) -> tuple[Gazetteer, list[Place], dict[str, Mapping[str, str]]]:
    """Give the places, those of them that the edition brings, and the new ids by the old of each table."""
    name = collection.name
    columns = [word.partition(".")[2] for word in publication.withheld if word.startswith("places.")]
    neutral = neutral_ids("place", name, (place.place_id for place in gazetteer))
    now = dataclasses.replace(found, claims=tables.frames["claims"])
    places, own, renamed = published_places(gazetteer, now, columns, echoes, neutral)
    ids: dict[str, Mapping[str, str]] = {"gazetteer": renamed}
    leads = _leading_ids(tables, collection)
    for kind, column in {
        "claims": tables.frames["claims"]["claim_id"],
        "statements": tables.frames["claims"]["statement_id"],
        "events": tables.frames["events"]["event_id"],
        "sources": tables.frames["sources"]["source_id"],
        "actors": tables.frames["actors"]["actor"],
        "sides": tables.frames["actors"]["side"],
    }.items():
        new = neutral_ids(kind.removesuffix("s"), name, column)
        telling = [one for one in column.unique() if one and (one in leads or echoes.heard_in(one))]
        ids[kind] = {one: new(one) for one in telling}
    for kind, new_ids in ids.items():
        tables.frames.update(ids_changed(tables.frames, kind, new_ids))
    return places, own, ids


def _leading_ids(tables: Tables, collection: Collection) -> set[str]:
    """Give the ids by which a row of another data set is found that says what is withheld."""
    hidden = collection.imports[~collection.imports["claim_id"].isin(tables.frames["imports"]["claim_id"])]
    rows = tables.frames["claims"].merge(hidden[["claim_id", "row_id"]], on="claim_id")
    found = set(rows["claim_id"])
    for column in ("event_id", "statement_id", "source_id"):
        pairs = zip(rows[column], rows["row_id"], rows["claim_id"], strict=True)
        found |= {one for one, row_id, claim_id in pairs if one and (row_id in one or one == claim_id)}
    return found


# ---- the files


def _with_files(collection: Collection, own: list[Place]) -> Collection:
    """Give the edition with the files that its folder holds, and their digest."""
    files = {"collection.toml": facts_text(collection.facts).encode()}
    if collection.story is not None:
        files[STORY] = story_text(collection.story).encode()
    if own:
        rows = [place_row(place) for place in own]
        table = pa.table({name: pa.array([row[name] for row in rows], TEXT) for name in HEADERS["places"]})
        files["places.csv"] = b"".join(csv_pieces(table))
    if outlines := [outline_of(place) for place in own if place.shape is not None]:
        outlined = {"type": "FeatureCollection", "features": outlines}
        files["areas.geojson"] = json.dumps(outlined, ensure_ascii=False).encode()
    tables = {}
    for name in TABLES | OPTIONAL_TABLES:
        frame = getattr(collection, name)
        if name in TABLES or len(frame):
            typed = table_of(frame, name)
            tables[name] = pa.table([as_text(column) for column in typed.columns], names=typed.column_names)
    return dataclasses.replace(collection, files=files, digest=digest_of_tables(tables, files))
