"""Measure imports and exports at several sizes beside plain pandas and GeoPandas that read or write the same."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import exchange_work as work
from bench.apart import TooMuchError, apart
from bench.exchange_made import write
from bench.exchange_work import HEAD, Took
from bench.made_up import made_up
from bench.table import Bound, Row

SIZES = (10_000, 100_000, 1_000_000)

IMPORTS = {
    "acled": "ACLED's CSV, 31 columns",
    "csv": "CSV, 11 columns",
    "parquet": "Parquet",
    "geojson": "GeoJSON",
    "xlsx": "XLSX",
}
EXPORTS = {
    "geojson": "GeoJSON of claims",
    "gpkg": "GeoPackage, events and all tables",
    "parquet": "GeoParquet of claims",
    "fgb": "FlatGeobuf of claims",
    "kml": "KML of claims",
    "csv": "CSV of claims",
    "xlsx": "XLSX, events and claims",
    "acled": "ACLED-like CSV, its columns made from the events",
}

CAPPED = {("import", "geojson"): 100_000, ("import", "xlsx"): 100_000, ("export", "xlsx"): 100_000}
"""Of these no more claims are measured: plain pandas or GeoPandas takes over `PEER_S` for a million, or to make the file."""

WITHIN = 2
"""Times the peer's seconds that ours may take."""

GROWTH = 1.3
"""Times the peak at the size before that an import's peak may have, from `GROWTH_FROM` claims on."""

GROWTH_FROM = 1_000_000

PEER_S, OURS_S = 180, 900

Say = Callable[[str], None]


def rows(sizes: Sequence[int], out: Path, say: Say) -> Iterator[Row]:
    """Measure each import and export at each size, each in a process of its own.

    Both sides handle some rows first, so that nothing is left to be loaded. An import is into a new folder; beside it
    stands reading the file and writing the tables that the import made with `to_csv`. The rows of an export stand ready
    on both sides.

    Args:
        sizes: Numbers of claims, growing.
        out: Where files are kept.
        say: Is told how far the bench is.
    """
    for kind, called in IMPORTS.items():
        before: float | None = None
        for claims in sizes:
            if claims > CAPPED.get(("import", kind), claims):
                yield _capped(f"import of {called}", claims)
                continue
            say(f"  import of {called}, {claims:,} claims")
            read, peer_read, took, peer = _import(kind, claims, out)
            yield _speed(f"read {called}", claims, read, peer_read)
            yield _speed("  import it (peer: read and to_csv of what it became)", claims, took, peer)
            yield _peak(claims, took, peer, before if claims >= GROWTH_FROM else None)
            before = took.peak_mb
    for claims in sizes:
        yield from _exports(claims, out, say)


def _exports(claims: int, out: Path, say: Say) -> Iterator[Row]:
    say(f"  rows of the exports, {claims:,} claims")
    collection = made_up(claims, out).folder
    made = out / f"exchange-rows-{claims}.pickle"
    events, of_claims = apart(work.make_rows, collection, made, seconds=OURS_S)
    seconds = events.seconds + of_claims.seconds
    yield Row(
        f"rows a second made for exports, {claims:,} claims", "", None, claims / seconds, bound=Bound.AT_LEAST
    )
    yield Row("  memory on top of the collection", "MB", None, max(events.more_mb, of_claims.more_mb))
    for name, called in EXPORTS.items():
        if claims > CAPPED.get(("export", name), claims):
            yield _capped(f"export {called}", claims)
            continue
        say(f"  export {called}, {claims:,} claims")
        took = apart(work.export_ours, name, collection, made, seconds=OURS_S)
        peer = _tried(work.export_peer, name, collection, made)
        yield _speed(f"export {called}", claims, took, peer)
        others = [] if isinstance(peer, str) else [peer.more_mb]
        yield Row("  memory on top of the rows", "MB", None, took.more_mb, other=others)
        if name in work.IN_PARTS:
            whole = apart(work.export_whole, name, collection, seconds=OURS_S)
            yield Row("  memory on top of the collection, rows made on the way", "MB", None, whole.more_mb)
    made.unlink()


def _import(kind: str, claims: int, out: Path) -> tuple[Took, Took | str, Took, Took | str]:
    """Read and import a made-up file, and let the peer do so."""
    suffix = "csv" if kind == "acled" else kind
    file, head = (out / f"exchange-{kind}-{count}.{suffix}" for count in (claims, HEAD))
    for path, count in ((file, claims), (head, HEAD)):
        apart(write, kind, count, path, seconds=OURS_S)
    into = out / f"exchange-{kind}-{claims}"
    shutil.rmtree(into, ignore_errors=True)
    read = apart(work.read_ours, file, head, seconds=OURS_S)
    peer_read = _tried(work.read_peer, kind, file, head)
    took = apart(work.import_ours, kind, file, head, into, seconds=OURS_S)
    peer = _tried(work.import_peer, kind, file, head, into)
    shutil.rmtree(into)
    file.unlink()
    return read, peer_read, took, peer


def _tried(peer: Callable[..., Took], *given: object) -> Took | str:
    """Let a peer do its work, or say what became of it."""
    try:
        return apart(peer, *given, seconds=PEER_S)
    except TooMuchError as error:
        return str(error)


def _speed(what: str, claims: int, took: Took, peer: Took | str) -> Row:
    """Set rows a second beside the peer's, of which ours is to reach the half."""
    ours = claims / took.seconds
    if isinstance(peer, str):
        return Row(f"{what}, {claims:,} rows a second", "", None, ours, other=[peer], bound=Bound.AT_LEAST)
    theirs = claims / peer.seconds
    return Row(
        f"{what}, {claims:,} rows: rows a second",
        "",
        theirs / WITHIN,
        ours,
        other=[theirs],
        bound=Bound.AT_LEAST,
    )


def _peak(claims: int, took: Took, peer: Took | str, before: float | None) -> Row:
    """Set the most memory that a process held beside the peer's, and hold it against that of the size before."""
    budget = None if before is None else before * GROWTH
    others = [peer] if isinstance(peer, str) else [peer.peak_mb]
    return Row(
        f"  most memory held, {claims:,} rows", "MB", budget, took.peak_mb, other=others, bound=Bound.AT_MOST
    )


def _capped(what: str, claims: int) -> Row:
    return Row(f"{what}, {claims:,} rows", "", None, None, other=["not measured: takes the peer minutes"])
