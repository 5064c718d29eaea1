"""What leads to what is withheld: rows of other data sets, digests, and ids that spell it or name such a row."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from claims.publication.going import digests_go
from claims.publication.neutral import ids_changed, neutral_ids
from claims.publication.places import published_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model import Collection, Publication
    from claims.publication.echoes import Echoes
    from claims.publication.places import Coarsened
    from claims.publication.rows import Tables
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["ids_go", "leads_go"]


def leads_go(tables: Tables, collection: Collection, publication: Publication, echoes: Echoes) -> None:
    """Take out what leads to what is withheld: rows of other data sets, and digests of texts."""
    claims, imports = tables.frames["claims"], tables.frames["imports"]
    quotes = collection.claims.set_index("claim_id")["quote"].reindex(claims["claim_id"]).to_numpy()
    digests_go(tables, claims.loc[claims["quote"].to_numpy() != quotes, "source_id"])
    leads = imports["claim_id"].isin(tables.touched)
    leads |= any(word.startswith("imports.") for word in publication.withheld)
    for name in ("row", "file", "row_id") if echoes else ():
        heard = {text for text in imports[name].unique() if any(map(echoes.heard_in, _cells_of(text)))}
        leads |= imports[name].isin(heard)
    titles = collection.events.set_index("event_id")[["title", "title_ar"]]
    events = tables.frames["events"].set_index("event_id")[["title", "title_ar"]]
    retold = events.index[events.ne(titles.reindex(events.index)).any(axis="columns")]
    of_those = imports["claim_id"].isin(claims.loc[claims["event_id"].isin(retold), "claim_id"])
    # The digest is of the title as well, and would tell a guess of it from the truth.
    imports = imports.assign(made=imports["made"].mask(of_those, ""))
    tables.frames["imports"] = imports[~leads]


def _cells_of(text: str) -> list[str]:
    """Give the texts of a row's cells, which stand in it as JSON."""
    try:
        read = json.loads(text)
    except ValueError:
        return [text]
    return [text, *(str(cell) for cell in read.values())] if isinstance(read, dict) else [text]


def ids_go(
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
