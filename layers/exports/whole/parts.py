"""A collection handed over whole: all its tables and files, so that it can be read again and is equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from claims.digest import digest_of_tables
from claims.model import OPTIONAL_TABLES, TABLES, WITHHELD
from claims.store.contents import FACTS, Sheet
from claims.typedtables import HEADERS, as_text, table_of
from claims.writtenfacts import facts_text
from geo.files.csvwriting import TEXT
from layers.exports.about import about
from layers.exports.kept import is_part, kept_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from layers.exports.formats import Export

__all__ = ["Whole", "texts_of", "whole_of"]

_PLACES: Final = "places.csv"


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """All of a collection.

    Attributes:
        tables: By name, typed (`claims.typedtables`): the four, and those that have rows of sides, imports and places.
        files: The others by name, collection.toml first, in UTF-8.
        about: What is said of it: as `layers.exports.about.about`, and `holds`, the sha256 of the folder that it makes.
    """

    tables: Mapping[str, pa.Table]
    files: Mapping[str, bytes]
    about: Mapping[str, Any]


def whole_of(export: Export) -> Whole:
    """Gather all of a collection; one that is cut loses what its claims do not name (`kept_of`), and its story."""
    collection, cut = kept_of(export), is_part(export)
    frames = {name: getattr(collection, name) for name in TABLES | OPTIONAL_TABLES}
    frames = _without_loose_ends(frames) if cut else frames
    tables = {name: table_of(frame, name) for name, frame in frames.items() if name in TABLES or len(frame)}
    if collection.withheld:
        tables["claims"] = _with_withheld(tables["claims"], collection.withheld)
    files = {name: content.removeprefix(b"\xef\xbb\xbf") for name, content in collection.files.items()}
    if cut or FACTS not in files:
        files |= {FACTS: facts_text(collection.facts).encode()}
        files.pop("story.toml", None)
    if _PLACES in files:
        tables["places"] = _places(files.pop(_PLACES).decode())
    files = {FACTS: files.pop(FACTS), **files}
    told = about(export) | {"made": None}
    return Whole(tables, files, told | {"holds": digest_of_tables(texts_of(tables), files)})


def _with_withheld(claims: pa.Table, withheld: Mapping[str, tuple[str, ...]]) -> pa.Table:
    """Give claims with what of them is not for publication."""
    cells = [";".join(withheld.get(claim_id, ())) or None for claim_id in claims["claim_id"].to_pylist()]
    return claims.append_column(pa.field(WITHHELD.name, TEXT), pa.array(cells, TEXT))


def texts_of(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Give typed tables as text, "" where they are null, as CSV holds them."""
    return {
        name: pa.table([as_text(column) for column in table.columns], names=table.column_names)
        for name, table in tables.items()
    }


def _places(text: str) -> pa.Table:
    rows = Sheet.read(text).rows
    return pa.table({name: pa.array([row[name] for row in rows], TEXT) for name in HEADERS["places"]})


def _without_loose_ends(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Take out what names a row that is not there: the row where it cannot do without, else the name."""
    kept: dict[str, pd.DataFrame] = {}
    for name, columns in (TABLES | OPTIONAL_TABLES).items():
        frame = frames[name]
        for column in columns:
            if column.of in TABLES:
                known = frames[column.of][TABLES[column.of][0].name]
                named = _held(frame[column.name], known)
                lost = named.eq("") & frame[column.name].ne("")
                frame = frame.assign(**{column.name: named})
                frame = frame[~lost] if column.required else frame
        if name == "claims":
            frame = frame.assign(relation=frame["relation"].where(frame["relates_to"].ne(""), ""))
        kept[name] = frame
    return kept


def _held(cells: pd.Series, known: pd.Series) -> pd.Series:
    """Give the ids of cells, each a list separated by `;`, that are known."""
    listed = cells.reset_index(drop=True).str.split(";").explode()
    held = listed[listed.isin(known)].groupby(level=0).agg(";".join)
    return held.reindex(range(len(cells)), fill_value="").astype(cells.dtype).set_axis(cells.index)
