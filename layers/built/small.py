"""Some events of a built folder as an ordinary collection, with all that their claims name and nothing else."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import EVENTS, TABLES, Collection
from claims.typedtables import SCHEMAS
from geo.gazetteer import Gazetteer, shipped_gazetteer
from geo.places import Place, PlaceKind
from layers.built.format import claims_path
from layers.built.kept import Kept
from layers.built.opened import read_columns
from layers.built.selected import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.built.opened import BuiltSet

__all__ = ["EVENT_TEXTS", "MOST_ACTORS", "actors_of", "collection_of", "empty_collection", "names_of"]

EVENT_TEXTS: Final = ("event_id", "title", "title_ar", "kind")
"""The columns of an event that `collection_of` asks for, with `MONTH`."""

MOST_ACTORS: Final = 500
"""Of a built folder that are offered as filters, and so are all known of at once."""

_PLACE_IDS: Final = [column.name for column in TABLES["claims"] if column.of == "gazetteer"]


def collection_of(built: BuiltSet, events: pa.Table) -> tuple[Collection, Gazetteer]:
    """Read the claims of some events, and their sources, actors and places.

    Args:
        built: The folder.
        events: With the columns of `EVENT_TEXTS` and `MONTH`; some thousands at the most.

    Raises:
        BordermapError: A file of the folder is damaged.
    """
    claims = pa.concat_tables([_empty("claims"), *_claims(built, events)])
    sources = _of_ids(built, "sources", claims["source_id"])
    repeated = _of_ids(built, "sources", sources["repeats"])
    named = pc.split_pattern(pc.fill_null(claims["actors"], ""), ";").combine_chunks().flatten()
    actors = actors_of(built)
    if actors is None:
        actors = _frame(_of_ids(built, "actors", named), "actors")
    frames = {
        "sources": _frame(pa.concat_tables([sources, repeated]), "sources").drop_duplicates("source_id"),
        "claims": _frame(claims, "claims"),
        "events": _events(events),
        "actors": actors,
    }
    collection = Collection(
        folder=built.folder, facts=built.facts, digest=built.digest, edition=built.edition, **frames
    )
    return collection, Gazetteer(_places(built, claims))


@lru_cache(maxsize=4)
def empty_collection(built: BuiltSet) -> Collection:
    """Give what is known of a folder before any of its events is read: its facts, and its actors where they are few.

    It is made once for a folder; whoever reads it leaves it as it is.
    """
    frames = {name: _frame(_empty(name), name) for name in ("sources", "claims")}
    actors = actors_of(built)
    frames["actors"] = _frame(_empty("actors"), "actors") if actors is None else actors
    frames["events"] = pd.DataFrame({column.name: pd.Series(dtype=str) for column in EVENTS})
    return Collection(
        folder=built.folder, facts=built.facts, digest=built.digest, edition=built.edition, **frames
    )


def actors_of(built: BuiltSet) -> pd.DataFrame | None:
    """Give all actors of a folder; None where they are over `MOST_ACTORS`."""
    return None if built.rows["actors.parquet"] > MOST_ACTORS else _actors(built)


def names_of(built: BuiltSet, place_ids: pa.Array) -> dict[str, list[str]]:
    """Give the name and name_ar of places, the id where a place has no name, "" where it has none in Arabic."""
    known = _place_names(built)
    rows = pc.index_in(place_ids, value_set=known["place_id"].combine_chunks())
    name, arabic = (known[column].take(rows) for column in ("name", "name_ar"))
    return {
        "name": pc.coalesce(name, place_ids).to_pylist(),
        "name_ar": pc.fill_null(arabic, "").to_pylist(),
    }


def _empty(name: str) -> pa.Table:
    """Give a table of a collection without rows."""
    schema: pa.Schema = SCHEMAS[name]
    return schema.empty_table()


def _claims(built: BuiltSet, events: pa.Table) -> Iterable[pa.Table]:
    months = events[MONTH].combine_chunks()
    for month in pc.unique(months).to_pylist():
        ids = events["event_id"].filter(pc.equal(months, month)).combine_chunks()
        yield read_columns(built, claims_path(month), SCHEMAS["claims"].names, pc.field("event_id").isin(ids))


def _of_ids(built: BuiltSet, name: str, ids: Any) -> pa.Table:
    """Read the rows of a table that some ids name."""
    key = TABLES[name][0].name
    wanted = pc.unique(pc.drop_null(ids)).cast(pa.large_string())
    if not len(wanted):
        return _empty(name)
    return read_columns(built, f"{name}.parquet", SCHEMAS[name].names, pc.field(key).isin(wanted))


def _frame(read: pa.Table, name: str) -> pd.DataFrame:
    """Give a table as a `Collection` holds it."""
    columns = {}
    for field in SCHEMAS[name]:
        cells = read[field.name]
        if pa.types.is_date32(field.type):
            columns[field.name] = cells.cast(pa.timestamp("s")).to_pandas()
        elif pa.types.is_floating(field.type):
            columns[field.name] = cells.to_pandas().astype("float64")
        else:
            columns[field.name] = pd.Series(pc.fill_null(cells, "").to_pandas(), dtype=str)
    return pd.DataFrame(columns)


def _events(events: pa.Table) -> pd.DataFrame:
    said = {name: pd.Series(pc.fill_null(events[name], "").to_pandas(), dtype=str) for name in EVENT_TEXTS}
    return pd.DataFrame(said).assign(note="")[[column.name for column in EVENTS]]


_ACTORS: Final[Kept[pd.DataFrame]] = Kept(4)
_NAMES: Final[Kept[pa.Table]] = Kept(2)


def _actors(built: BuiltSet) -> pd.DataFrame:
    return _ACTORS.got(
        built.state, lambda: _frame(read_columns(built, "actors.parquet", SCHEMAS["actors"].names), "actors")
    )


def _place_names(built: BuiltSet) -> pa.Table:
    return _NAMES.got(
        built.state, lambda: read_columns(built, "places.parquet", ["place_id", "name", "name_ar"])
    )


def _places(built: BuiltSet, claims: pa.Table) -> dict[str, Place]:
    """Give the places that claims name; those that are shipped with their areas."""
    ids = pa.chunked_array([chunk for name in _PLACE_IDS for chunk in claims[name].chunks], pa.large_string())
    wanted = pc.unique(pc.drop_null(ids))
    read = read_columns(built, "places.parquet", SCHEMAS["places"].names, pc.field("place_id").isin(wanted))
    own = {row["place_id"]: row for row in read.to_pylist()}
    shipped = ((place_id, shipped_gazetteer().get(place_id)) for place_id in wanted.to_pylist())
    return {
        place_id: place or _place(own[place_id]) for place_id, place in shipped if place or place_id in own
    }


def _place(row: Mapping[str, str | None]) -> Place:
    said = {name: cell or "" for name, cell in row.items()}
    return Place(
        place_id=said["place_id"],
        name=said["name"],
        name_ar=said["name_ar"],
        kind=PlaceKind(said["kind"]) if said["kind"] in set(PlaceKind) else PlaceKind.SITE,
        country=said["country"],
        lon=_number(said["lon"]),
        lat=_number(said["lat"]),
        radius_km=_number(said["radius_km"]),
        source=said["source"],
        checked=said["checked"] == "yes",
        note=said["note"],
    )


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return math.nan
