"""The rows of an input as typed tables of claims and of what they name, some thousand at a time."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.imports.converting import converter
from claims.imports.files.opened import opened_table
from claims.imports.leaving import leaving
from claims.imports.merging.checks import Checks
from claims.imports.rowsleft import RowsLeft
from claims.tables import read_with_places
from claims.typedtables import SCHEMAS
from geo.files.csvwriting import TEXT
from geo.gazetteer import Gazetteer, shipped_gazetteer
from geo.placefiles import COLUMNS as PLACES
from geo.placewriting import outline_of, place_row
from layers.build.edition import edition_of
from layers.build.faultstold import Faults
from layers.build.foreign import must_be_anothers
from layers.build.inputs import InputKind
from layers.build.roots import of_input
from layers.build.slips import slips, without

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.imports.converting import Asked
    from geo.places import Place
    from layers.build.edition import Public
    from layers.build.inputs import Input

__all__ = ["CLAIMS", "NAMED", "Read", "arrow", "tables_of"]

_TEXTS: Final = 50
"""Reports that are read before their claims are put together."""

NAMED: Final = ("sources", "actors", "places")
"""Tables of what claims name."""

_CAME: Final = [
    ("file", TEXT),
    ("line", pa.int64()),
    ("dataset", TEXT),
    ("row_id", TEXT),
    ("row_version", TEXT),
]


def _typed_schema(name: str) -> pa.Schema:
    """Give the columns of a table in the types of a `Collection`'s frames."""
    days = {pa.date32(): pa.timestamp("s")}
    return pa.schema([(one.name, days.get(one.type, one.type)) for one in SCHEMAS[name]])


CLAIMS: Final = pa.schema([*_typed_schema("claims"), *(pa.field(*one) for one in _CAME)])
"""Claims on their way: the columns of claims.csv, and the row that each came from."""

SCHEMAS_READ: Final = {"claims": CLAIMS} | {name: _typed_schema(name) for name in ("events", *NAMED)}


@dataclass(slots=True)
class Read:
    """What is found of an input while its rows are read.

    Attributes:
        faults: Of its rows. One is enough for a table to be missing; of reports only those are that have one.
        rows: How many it has.
        passed: How many were passed over by choice, by what they are.
        outlines: Of places that it brings itself, as GeoJSON's features.
        edition: What its published edition says of itself, as of `claims.model.Edition`; None where it is built as it is.
        told: What whoever publishes it should know besides.
        roots: As `layers.build.roots.of_input` gives them.
    """

    faults: Faults = field(default_factory=Faults)
    rows: int = 0
    passed: dict[str, int] = field(default_factory=dict)
    outlines: list[dict[str, Any]] = field(default_factory=list)
    edition: dict[str, Any] | None = None
    told: list[str] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)


def tables_of(
    given: Input, asked: Asked, read: Read, public: Public | None = None
) -> Iterator[dict[str, pa.Table]]:
    """Give the claims of an input with what they name, in the order of its rows.

    Args:
        given: The input.
        asked: What is said of a table; not looked at for a collection.
        read: Where faults and numbers are put.
        public: How a collection is published; None where all of it is given.

    Returns:
        By the names of `SCHEMAS_READ`, with these columns; texts are "" where nothing is said.

    Raises:
        BordermapError: It cannot be read at all, FaultsError among them.
    """
    if given.kind is InputKind.COLLECTION:
        tables = {name: arrow(frame, name) for name, frame in _of_collection(given, read, public).items()}
        read.faults += slips(tables["claims"])[0]
        yield tables
    elif given.kind is InputKind.REPORTS:
        yield from _of_reports(given, asked, read)
    else:
        yield from _of_table(given, asked, read, public)


def arrow(frame: pd.DataFrame, name: str) -> pa.Table:
    """Give a frame of a table's columns as Arrow."""
    schema = SCHEMAS_READ[name]
    return pa.Table.from_pandas(frame[schema.names], schema=schema, preserve_index=False)


def _of_table(given: Input, asked: Asked, read: Read, public: Public | None) -> Iterator[dict[str, pa.Table]]:
    with opened_table(given.path, given.name, header=asked.header) as table:
        must_be_anothers(table, asked, public=public is not None)
        make = converter(asked, table.header, shipped_gazetteer())
        rows = RowsLeft(table, make, leaving("", given.name), read.faults)
        checks = Checks(given.name, shipped_gazetteer(), lambda _table, _ids: set())
        for made in rows.made():
            tables = {name: cells.astype("str") for name, cells in made.tables.items()}
            read.faults += checks.faults_of(tables)
            text = {name: _as_text(cells, SCHEMAS_READ[name]) for name, cells in _with_came(tables).items()}
            read.faults += slips(text["claims"])[0]
            if not read.faults:
                yield {name: _parsed(cells, SCHEMAS_READ[name]) for name, cells in text.items()}
        read.rows = rows.seen
        read.passed = dict(make.left)


def _with_came(cells: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give the cells of the tables that are read, claims with the row that each came from."""
    came = cells["imports"]
    claims = cells["claims"].assign(**{name: came[name].to_numpy() for name, _ in _CAME})
    return {name: claims if name == "claims" else cells[name] for name in SCHEMAS_READ}


def _as_text(cells: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    return pa.table({one.name: pa.array(cells[one.name]).cast(TEXT) for one in schema})


def _parsed(text: pa.Table, schema: pa.Schema) -> pa.Table:
    """Turn text that was checked into the types of a table; "" is null where that is no text."""
    return pa.table([_cast(text[one.name], one.type) for one in schema], schema=schema)


def _cast(cells: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if kind == TEXT:
        return cells
    said = pc.if_else(pc.equal(cells, ""), pa.scalar(None, TEXT), cells)
    return said.cast(pa.date32()).cast(kind) if pa.types.is_timestamp(kind) else said.cast(kind)


def _of_reports(given: Input, asked: Asked, read: Read) -> Iterator[dict[str, pa.Table]]:
    # What reads reports is loaded where there are some.
    from layers.build.reports import cells_of  # noqa: PLC0415 - as told above
    from layers.build.texts import texts_of  # noqa: PLC0415 - as told above

    every = (one for path, name in given.files for one in texts_of(path, name, asked, read.faults))
    while texts := list(islice(every, _TEXTS)):
        read.rows += len(texts)
        cells = cells_of(texts, asked)
        parsed = {
            name: _parsed(_as_text(cells[name], schema), schema) for name, schema in SCHEMAS_READ.items()
        }
        faults, sources = slips(parsed["claims"])
        read.faults += faults
        yield without(parsed, sources) if faults else parsed


def _of_collection(given: Input, read: Read, public: Public | None) -> dict[str, pd.DataFrame]:
    whole, places = read_with_places(given.path)
    made = edition_of(whole, places, given.name, public)
    collection, gazetteer = made.collection, made.gazetteer
    claims, read.roots = of_input(whole.claims, collection.claims, given.number)
    if made.edition:
        read.edition = dataclasses.asdict(made.edition) | {"day": str(made.edition.day)}
        read.told += made.told
    read.rows = len(collection.claims)
    own = _own_places(gazetteer)
    read.outlines += [outline_of(place) for place in own if place.shape]
    return {
        "claims": _with_rows(claims, collection.imports, given.name),
        "events": collection.events,
        "sources": collection.sources,
        "actors": collection.actors,
        "places": pd.DataFrame([place_row(place) for place in own], columns=list(PLACES), dtype="str"),
    }


def _with_rows(claims: pd.DataFrame, imports: pd.DataFrame, file: str) -> pd.DataFrame:
    """Give the claims with the row that each came from, of another data set where it did."""
    came = imports.drop_duplicates("claim_id").set_index("claim_id")
    came = came.reindex(claims["claim_id"])
    texts: dict[str, Any] = {
        column: came[column].fillna("").to_numpy() for column in ("dataset", "row_id", "row_version")
    }
    line = pd.array([pd.NA] * len(came), dtype="Int64")
    return claims.assign(file=file, line=line, **texts)


def _own_places(gazetteer: Gazetteer) -> list[Place]:
    """Give the places that a collection brings itself."""
    shipped = shipped_gazetteer()
    return [place for place in gazetteer if ":" not in place.place_id and place.place_id not in shipped]
