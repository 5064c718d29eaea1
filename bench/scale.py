"""Measure builds of 1, 3 and 10 million claims beside plain GeoPandas: `make bench-scale`, or `python -m bench.scale`."""

import argparse
import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from bench import scale_work as work
from bench.apart import TooMuchError, apart
from bench.scale_work import FILE, Cost
from bench.table import Bound, Row, table

OUT = Path(__file__).parents[1] / "build" / "bench" / "scale"
SIZES = (1_000_000, 3_000_000, 10_000_000)
WAYS = ("one process", "a pool of two", "two workers of Dask")

PEAK_MB, TIMES_PEER, GROWTH = 1_500, 1.5, 20
"""Budgets: megabytes of any process, seconds against plain GeoPandas, and % by which a row may cost more in the largest set."""

LONGEST_S = 6 * 3600


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print the table, and keep the figures; 1 where something could not be measured or differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), metavar="CLAIMS,...")
    parser.add_argument("--file", type=int, default=FILE, help="rows of an input (default: %(default)s)")
    parser.add_argument(
        "--peer-gb", type=float, default=8, help="memory that plain GeoPandas is given (default: %(default)s)"
    )
    asked = parser.parse_args(words)
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    begun = time.perf_counter()
    try:
        rows = list(_rows(sizes, asked.file, asked.peer_gb))
    finally:
        # Inputs and folders take gigabytes.
        for folder in OUT.iterdir():
            shutil.rmtree(folder)
    (OUT / "figures.json").write_text(json.dumps([asdict(row) for row in rows], indent=1))
    load = f"other load {os.getloadavg()[0]:.1f}"
    print(f"\n{os.cpu_count()} cores, {load}, {platform.system()} {platform.machine()}; ", end="")
    print(
        f"{time.perf_counter() - begun:.0f} s. Others: plain GeoPandas in one piece, given {asked.peer_gb:g} GB."
    )
    print("Memory is that of whichever process held most; groups are place x day x kind.\n")
    print(table(rows))
    wrong = [row for row in rows if row.what.strip().startswith("groups that differ") and row.ours != 0]
    return int(bool(wrong))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _rows(sizes: Sequence[int], each: int, peer_gb: float) -> Iterator[Row]:
    """Measure each size by each engine."""
    costs: dict[tuple[int, str], Cost] = {}
    for size in sizes:
        inputs = _inputs(size, each)
        theirs = _peer(inputs, peer_gb)
        yield from _peers_rows(size, inputs, theirs)
        for way in WAYS:
            _say(f"{size:,} claims, {way} ...")
            out = OUT / "out"
            costs[size, way] = cost = apart(work.ours, inputs, out, way, seconds=LONGEST_S)
            groups, differ = apart(work.compared, inputs, out, seconds=LONGEST_S)
            _say(f"  {cost.seconds:.0f} s, {cost.peak_mb:.0f} MB, {groups:,} groups, {differ:,} differ")
            yield from _ways_rows(size, way, cost, theirs, groups, differ)
            shutil.rmtree(out)
    first, last = sizes[0], sizes[-1]
    for way in WAYS if first < last else ():
        growth = (costs[last, way].seconds / last) / (costs[first, way].seconds / first) - 1
        what = f"a row costs more at {last:,} than at {first:,}, {way}"
        yield Row(what, "%", GROWTH, 100 * growth, bound=Bound.AT_MOST)


def _inputs(size: int, each: int) -> Path:
    """Give a folder of so many made-up rows; files that a smaller size has are made once."""
    folder, made = OUT / f"in-{size}", OUT / "made"
    for path in (folder, made):
        path.mkdir(exist_ok=True)
    for number, first in enumerate(range(0, size, each)):
        count = min(each, size - first)
        path = made / f"{number:04}-{count}.csv"
        if not path.exists():
            apart(work.make, path, count, number, first + 1)
        (folder / path.name).symlink_to(path)
    return folder


def _peer(inputs: Path, peer_gb: float) -> Cost | str:
    """Measure plain GeoPandas; its failure in words."""
    _say(f"{inputs.name}, plain GeoPandas ...")
    try:
        return apart(work.peer, inputs, OUT / "peer", seconds=LONGEST_S, megabytes=peer_gb * 1000)
    except TooMuchError as error:
        return str(error)
    except RuntimeError as error:
        return f"failed: {error}"


def _peers_rows(size: int, inputs: Path, theirs: Cost | str) -> Iterator[Row]:
    """Tell whether the peer's groups are the inputs' too, so that both are held to the same."""
    if isinstance(theirs, Cost):
        groups, differ = apart(work.compared, inputs, OUT / "peer", seconds=LONGEST_S)
        what = f"{size:,} claims, {groups:,} groups that plain GeoPandas counts otherwise than the files"
        yield Row(what, "", None, None, other=[float(differ)])
    with suppress(FileNotFoundError):
        shutil.rmtree(OUT / "peer")


def _ways_rows(
    size: int, way: str, cost: Cost, theirs: Cost | str, groups: int, differ: int
) -> Iterator[Row]:
    failed = isinstance(theirs, str)
    rate, seconds, peak, disk = (
        ([theirs] * 4)
        if isinstance(theirs, str)
        else (size / theirs.seconds, theirs.seconds, theirs.peak_mb, theirs.disk_mb)
    )
    alone = way == WAYS[0] and not failed
    yield Row(
        f"{size:,} claims, {way}: rows a second",
        "",
        None,
        size / cost.seconds,
        other=[rate],
        bound=Bound.AT_LEAST,
    )
    yield Row(
        "  all of them", "s", TIMES_PEER * float(seconds) if alone else None, cost.seconds, other=[seconds]
    )
    yield Row("  peak memory of a process", "MB", PEAK_MB, cost.peak_mb, other=[peak])
    yield Row("  on disk", "MB", None, cost.disk_mb, other=[disk])
    what = f"  groups that differ, of {groups:,}" + (" (of the files)" if failed else "")
    yield Row(what, "", 0, float(differ), bound=Bound.AT_MOST)


if __name__ == "__main__":
    sys.exit(main())
