"""Import and export in a process of its own, by ours or by plain pandas and GeoPandas, and tell what it took."""

import dataclasses
import gc
import importlib
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from bench.exchange_made import CONSTANTS, MAPPED
from bench.made_up import MadeUp
from bench.timing import resident_mb, timed
from claims.imports.converting import Asked, DateOrder, Scheme
from claims.imports.files.opened import opened_table
from claims.imports.leaving import leaving
from claims.imports.merging.fates import Fate
from claims.imports.rows import MADE
from claims.imports.running import gazetteer_for, import_table, opened_target
from claims.model import LAYERS
from layers.exports.acled import acled_like
from layers.exports.formats import FORMATS, Export, Rows, write
from layers.exports.rowparts import ROWS
from layers.exports.rows import claim_rows, event_rows
from layers.exports.whole.parts import whole_of
from layers.frames import places_frame

HEAD = 300
"""Rows that are read first, so that nothing is left to be loaded."""

ASKED_FOR_ROWS = ("acled", "csvrows", "geojson", "kml", "parquet", "typedrows", "xlsx")
"""Modules of layers.exports that ask for the rows, whole or in parts, which stand ready before the clock starts."""

IN_PARTS = ("acled", "csv", "kml", "parquet")
"""Formats whose rows are made and written in parts."""

EITHER = ("csv", "fgb", "geojson", "kml", "parquet")
"""Formats of which a row is a claim here; the others hold events, or both."""


@dataclass(frozen=True)
class Took:
    """What work took: seconds of this process's own, the most megabytes it held, and how many more than before."""

    seconds: float
    peak_mb: float
    more_mb: float


def took(work: Callable[[], object]) -> Took:
    """Do some work, and tell what it took."""
    gc.collect()
    gc.freeze()  # as the command does, and for a peer too
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = resident_mb("VmRSS")
    _, seconds = timed(work)
    peak = resident_mb("VmHWM")
    return Took(seconds, peak, peak - before)


# ---- in


def import_ours(kind: str, file: Path, head: Path, into: Path) -> Took:
    """Import a file into a folder that is not there yet, after its first rows into another."""
    with TemporaryDirectory() as aside:
        _imported(kind, head, Path(aside) / "head")
    return took(lambda: _imported(kind, file, into))


def _imported(kind: str, file: Path, into: Path) -> None:
    asked = Asked(name=file.name, scheme=Scheme.ACLED)
    if kind != "acled":
        mapping = MAPPED | ({"lon": "geometry.lon", "lat": "geometry.lat"} if kind == "geojson" else {})
        asked = Asked(
            file.name, Scheme.TABLE, mapping=mapping, constants=CONSTANTS, dates=DateOrder.YMD, decimal="."
        )
    gazetteer = gazetteer_for(str(into))
    with (
        opened_table(file, file.name) as table,
        opened_target(str(into)) as target,
        # What columns of no one's are is said here, and is not to be remembered.
        patch("claims.imports.running.remember"),
    ):
        tally = import_table(table, asked, target, gazetteer, leaving("", file.name))
    if tally.fates.total() != tally.fates[Fate.NEW] or +tally.passed:
        raise RuntimeError(f"of {file.name} not every row was taken: {tally.told()}, {Counter(tally.passed)}")


def read_ours(file: Path, head: Path) -> Took:
    """Only read a file as the text of its cells, chunk by chunk."""
    _read(head)
    return took(lambda: _read(file))


def _read(file: Path) -> None:
    with opened_table(file, file.name) as table:
        faults: list[Any] = []
        for chunk in table.chunks(faults):
            assert len(chunk.lines)
        assert not faults


READ: Mapping[str, Callable[[Path], Any]] = {
    "acled": pd.read_csv,
    "csv": pd.read_csv,
    "xlsx": lambda file: pd.read_excel(file, engine="calamine"),
    "parquet": pd.read_parquet,
    "geojson": gpd.read_file,
}
"""How plain pandas or GeoPandas reads a file."""


def read_peer(kind: str, file: Path, head: Path) -> Took:
    """Read a file as plain pandas or GeoPandas does."""
    READ[kind](head)
    return took(lambda: READ[kind](file))


def import_peer(kind: str, file: Path, head: Path, made: Path) -> Took:
    """Read a file likewise, and write the tables that our import made of it, which stand ready, with `to_csv`."""
    tables = {
        name: pd.read_csv(made / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in MADE
        if (made / f"{name}.csv").is_file()
    }
    READ[kind](head)

    def work(folder: Path) -> None:
        READ[kind](file)
        for name, table in tables.items():
            table.to_csv(folder / f"{name}.csv", index=False)

    with TemporaryDirectory() as folder:
        return took(lambda: work(Path(folder)))


# ---- out


def make_rows(collection: Path, out: Path) -> tuple[Took, Took]:
    """Make the rows of a made-up collection for the exports of it, and keep them in a file."""
    export = _export(collection, Rows.CLAIMS)
    kept: dict[str, Any] = {}
    events = took(lambda: kept.update(events=event_rows(export)))
    claims = took(lambda: kept.update(claims=claim_rows(export, kept["events"])))
    with _rows_ready("acled", kept):
        kept["acled"] = pd.concat(table.to_pandas() for table in acled_like(export))
    with out.open("wb") as file:
        pickle.dump(kept, file, protocol=5)
    return events, claims


def _export(collection: Path, rows: Rows) -> Export:
    made = MadeUp(collection)
    return Export(made.collection(), made.gazetteer(), rows)


def export_ours(name: str, collection: Path, made: Path) -> Took:
    """Write a format of ours, its rows made already."""
    export = _export(collection, Rows.CLAIMS if name in EITHER else Rows.EVENTS)
    kept = pickle.loads(made.read_bytes())  # noqa: S301 - we made it
    head = {table: rows.head(HEAD) for table, rows in kept.items()}
    with TemporaryDirectory() as folder:
        small = dataclasses.replace(export, collection=_head(export.collection))
        with _rows_ready(name, head):
            write(name, small, Path(folder) / f"head{FORMATS[name].suffix}")
        with _rows_ready(name, kept):
            return took(lambda: write(name, export, Path(folder) / f"out{FORMATS[name].suffix}"))


def export_whole(name: str, collection: Path) -> Took:
    """Write a format of ours as a user does, its rows made on the way."""
    export = _export(collection, Rows.CLAIMS if name in EITHER else Rows.EVENTS)
    places_frame(export.gazetteer)
    with TemporaryDirectory() as folder:
        small = dataclasses.replace(export, collection=_head(export.collection))
        write(name, small, Path(folder) / f"head{FORMATS[name].suffix}")
        return took(lambda: write(name, export, Path(folder) / f"out{FORMATS[name].suffix}"))


@contextmanager
def _rows_ready(name: str, kept: Mapping[str, Any]) -> Iterator[None]:
    """Let the modules that ask for rows, for a format, be given those that are kept."""
    events, claims = kept["events"], kept["claims"]
    if name == "kml":
        claims = claims.iloc[claims["layer"].map([*LAYERS, ""].index).argsort(kind="stable")]
    of_events, of_claims = [*_parts(events)], [*_parts(claims)]
    asked_for = {"kml": of_claims, "acled": of_events}.get(name, [])
    other = events if name == "kml" else claims
    matching = {id(rows): other[other["event_id"].isin(rows["event_id"])] for rows in asked_for}
    ready = {
        "event_rows": lambda _: events,
        "claim_rows": lambda _, of=None: matching.get(id(of), claims),
        "row_parts": lambda asked: of_claims if asked.rows is Rows.CLAIMS else of_events,
        "event_parts": lambda asked: ((_cut(asked, matching.get(id(rows))), rows) for rows in of_events),
        "claim_parts": lambda _, **__: ((rows, matching[id(rows)]) for rows in of_claims),
    }
    with ExitStack() as stack:
        for module in ASKED_FOR_ROWS:
            asking = importlib.import_module(f"layers.exports.{module}")
            for asked, give in ready.items():
                if hasattr(asking, asked):
                    stack.enter_context(patch.object(asking, asked, give))
        yield


def _cut(export: Export, claims: Any) -> Export:
    return dataclasses.replace(export, collection=dataclasses.replace(export.collection, claims=claims))


def _parts(rows: Any) -> Iterator[Any]:
    yield from (rows.iloc[begins : begins + ROWS] for begins in range(0, max(len(rows), 1), ROWS))


def _head(collection: Any) -> Any:
    return dataclasses.replace(
        collection, claims=collection.claims.head(HEAD), events=collection.events.head(HEAD)
    )


def export_peer(name: str, collection: Path, made: Path) -> Took:
    """Write the same rows as plain pandas or GeoPandas does."""
    kept = pickle.loads(made.read_bytes())  # noqa: S301 - we made it
    more = {}
    if name in {"gpkg", "xlsx"}:
        export = _export(collection, Rows.EVENTS)
        more = {table: rows.to_pandas() for table, rows in whole_of(export).tables.items()}
    write_plain = PLAIN[name]
    with TemporaryDirectory() as folder:
        head = {table: rows.head(HEAD) for table, rows in kept.items()}
        write_plain(
            Path(folder) / f"head{FORMATS[name].suffix}", head, {k: v.head(HEAD) for k, v in more.items()}
        )
        return took(lambda: write_plain(Path(folder) / f"out{FORMATS[name].suffix}", kept, more))


Tables = Mapping[str, Any]


def _geojson(path: Path, rows: Tables, _more: Tables) -> None:
    rows["claims"].to_file(path, driver="GeoJSON")


def _fgb(path: Path, rows: Tables, _more: Tables) -> None:
    indexed = "NO" if shapely.is_missing(rows["claims"].geometry.to_numpy()).any() else "YES"
    rows["claims"].to_file(path, driver="FlatGeobuf", SPATIAL_INDEX=indexed)


def _kml(path: Path, rows: Tables, _more: Tables) -> None:
    rows["claims"].to_file(path, driver="KML")


def _parquet(path: Path, rows: Tables, _more: Tables) -> None:
    rows["claims"].to_parquet(path, compression="zstd", write_covering_bbox=True)


def _csv(path: Path, rows: Tables, _more: Tables) -> None:
    claims = rows["claims"]
    pd.DataFrame(claims.drop(columns="geometry")).assign(wkt=claims.geometry.to_wkt()).to_csv(
        path, index=False
    )


def _acled(path: Path, rows: Tables, _more: Tables) -> None:
    rows["acled"].to_csv(path, index=False)


def _gpkg(path: Path, rows: Tables, more: Tables) -> None:
    for layer, events in rows["events"].groupby("layer", sort=False):
        events.to_file(path, driver="GPKG", layer=layer)
    for name, table in more.items():
        pyogrio.write_dataframe(table, path, layer=name, driver="GPKG")


def _xlsx(path: Path, rows: Tables, more: Tables) -> None:
    with pd.ExcelWriter(path, "xlsxwriter") as book:
        for name in ("events", "claims"):
            pd.DataFrame(rows[name].drop(columns="geometry")).to_excel(book, sheet_name=name, index=False)
        for name in ("sources", "actors"):
            more[name].to_excel(book, sheet_name=name, index=False)


PLAIN: Mapping[str, Callable[[Path, Tables, Tables], None]] = {
    "geojson": _geojson,
    "gpkg": _gpkg,
    "parquet": _parquet,
    "fgb": _fgb,
    "kml": _kml,
    "csv": _csv,
    "xlsx": _xlsx,
    "acled": _acled,
}
"""How each format is written by plain pandas or GeoPandas."""
