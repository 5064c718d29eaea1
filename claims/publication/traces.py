"""What leads to what is withheld: rows of other data sets, digests, and ids that spell it or name such a row."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from claims.model import OPTIONAL_TABLES, ROLES, TABLES
from claims.publication.neutral import ids_changed, neutral_ids
from claims.publication.ordering import in_order
from claims.publication.places import published_places
from claims.publication.telling import ids_in, telling_ids
from claims.publication.withholding import withhold_digests, withholds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from claims.model import Collection, Publication
    from claims.publication.echoes import Echoes
    from claims.publication.places import Coarsened
    from claims.publication.rows import Tables
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["remove_traces", "rename_ids"]


def remove_traces(tables: Tables, collection: Collection, publication: Publication, echoes: Echoes) -> None:
    """Take out what leads to what is withheld: rows of other data sets, and digests of texts."""
    claims, imports = tables.frames["claims"], tables.frames["imports"]
    retold = {name: _retold(tables, collection, name) for name in ("sources", "events", "actors", "sides")}
    of_touched = claims.loc[claims["claim_id"].isin(tables.touched), "source_id"]
    withhold_digests(tables, {*of_touched, *retold["sources"]})
    tables.lacking = tables.touched | _claims_of(tables, retold)
    leading = imports["claim_id"].isin(tables.lacking)
    leading |= any(word.startswith("imports.") for word in publication.withheld)
    if echoes:
        for name in ("dataset", "row_id", "row_version", "file"):
            repeating = {text for text in imports[name].unique() if echoes.is_in(text)}
            leading |= imports[name].isin(repeating)
        leading |= imports["row"].isin({text for text in imports["row"].unique() if _repeats(text, echoes)})
    tables.frames["imports"] = imports[~leading]


def _retold(tables: Tables, collection: Collection, name: str) -> set[str]:
    """Name the rows of a table of which something is not published; a digest says nothing by itself."""
    now = tables.frames[name]
    key = (TABLES | OPTIONAL_TABLES)[name][0].name
    said = [column for column in now.columns if column != "text_sha256"]
    kept = now[said].set_index(key)
    whole: pd.DataFrame = getattr(collection, name)
    before = whole[said].set_index(key).reindex(kept.index)
    differ = kept.ne(before) & ~(kept.isna() & before.isna())
    return set(kept.index[differ.any(axis="columns")])


def _claims_of(tables: Tables, retold: Mapping[str, set[str]]) -> set[str]:
    """Name the claims of such sources, events and actors, whose rows in other data sets tell of them too."""
    claims, actors = tables.frames["claims"], tables.frames["actors"]
    hidden = retold["actors"] | set(actors.loc[actors["side"].isin(retold["sides"]), "actor"])
    cells = {cell for cell in claims["actors"].unique() if hidden & set(cell.split(";"))}
    named = claims["source_id"].isin(retold["sources"]) | claims["event_id"].isin(retold["events"])
    return set(claims.loc[named | claims["actors"].isin(cells), "claim_id"])


def _remove_rows_of_places(
    tables: Tables, before: Gazetteer, after: Gazetteer, renamed: Mapping[str, str]
) -> None:
    """Take out the rows of other data sets of claims that name a place of which something is not published."""
    claims, imports = tables.frames["claims"], tables.frames["imports"]
    if imports.empty:
        return
    columns = [f"{role}_id" for role in ROLES]
    ids = {cell for column in columns for cell in claims[column].unique() if cell}
    retold = {one for one in ids if one in renamed or (after.get(one) != before.get(one))}
    named = claims[columns].isin(retold).any(axis="columns")
    tables.frames["imports"] = imports[~imports["claim_id"].isin(claims.loc[named, "claim_id"])]


def _repeats(text: str, echoes: Echoes) -> bool:
    """Tell whether a row repeats what is withheld, in whatever of its JSON; of what cannot be read it is taken so."""
    try:
        # As pairs, for a key that is written twice says both.
        return echoes.is_in(text) or any(
            map(echoes.is_in, _texts_of(json.loads(text, object_pairs_hook=tuple)))
        )
    except (ValueError, RecursionError):
        return True


def _texts_of(read: Any) -> Iterator[str]:
    """Give all keys and values of what was read as JSON, lists within lists too."""
    if isinstance(read, list | tuple):
        for one in read:
            yield from _texts_of(one)
    elif isinstance(read, float | int) and not isinstance(read, bool):
        yield f"{read:.12g}"
        yield str(read)
    elif read is not None:
        yield str(read)


def rename_ids(
    tables: Tables,
    collection: Collection,
    gazetteer: Gazetteer,
    found: Coarsened,
    publication: Publication,
    echoes: Echoes,
    named: Echoes,
    name: str,
) -> tuple[Gazetteer, list[Place], dict[str, Mapping[str, str]]]:
    """Give the places, those of them that the edition brings, and the new ids by the old of each table.

    Args:
        tables: Without what goes; their rows are put in order too.
        collection: Whole.
        gazetteer: Holds every place_id.
        found: The places that were made coarse.
        publication: What is said of the collection.
        echoes: Of what is withheld.
        named: Likewise, and of the ids of what is not there.
        name: By which neutral ids are told from those of other collections.
    """
    columns = [word.partition(".")[2] for word in publication.withheld if word.startswith("places.")]
    neutral = neutral_ids("place", name, (place.place_id for place in gazetteer))
    now = dataclasses.replace(found, claims=tables.frames["claims"])
    places, own, renamed = published_places(gazetteer, now, columns, echoes, neutral)
    _remove_rows_of_places(tables, gazetteer, places, renamed)
    ids: dict[str, Mapping[str, str]] = {"gazetteer": renamed}
    telling = telling_ids(tables, collection, echoes, named)
    if withholds(collection):
        _empty_lone_statements(tables)
        tables.frames.update(in_order(tables.frames, telling))
    for kind, column in ids_in(tables).items():
        new = neutral_ids(kind.removesuffix("s"), name, column)
        ids[kind] = {one: new(one) for one in column.unique() if one in telling[kind]}
    for kind, new_ids in ids.items():
        tables.frames.update(ids_changed(tables.frames, kind, new_ids))
    _without_digests(tables, collection)
    return places, own, ids


def _empty_lone_statements(tables: Tables) -> None:
    """Take out the statements of which one claim is left: among others, they would tell that one is not there."""
    claims = tables.frames["claims"]
    ids = claims["statement_id"]
    lone = ~ids.duplicated(keep=False)
    tables.frames["claims"] = claims.assign(statement_id=ids.mask(lone, ""))


def _without_digests(tables: Tables, collection: Collection) -> None:
    """Take out the digests of claims that are told otherwise now: who guesses what they were would know it by them."""
    claims, imports = tables.frames["claims"], tables.frames["imports"]
    whole = collection.claims.loc[claims.index]
    retold = (claims.ne(whole) & ~(claims.isna() & whole.isna())).any(axis="columns")
    made = imports["made"].mask(imports["claim_id"].isin(claims.loc[retold, "claim_id"]), "")
    tables.frames["imports"] = imports.assign(made=made)
