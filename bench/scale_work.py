"""What `bench.scale` measures, each in a process of its own: builds of ours, and plain GeoPandas in one piece."""

import threading
import time
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bench.exchange_made import acled
from bench.timing import family_of, resident_mb
from claims.imports.converting import Asked
from claims.imports.datasets.crosswalk import rows_of
from layers.build.building import build
from layers.build.cluster import LOCAL, on_cluster
from layers.build.inputs import inputs_of
from layers.build.plan import plan_of
from layers.build.runners import Here, Pool

FILE: Final = 125_000
"""Rows of an input."""

BEAT: Final = 0.2
"""Seconds between two looks at the memory of all processes."""

KEY: Final = ["lon", "lat", "day", "kind"]
FACTS: Final = {
    **dict.fromkeys(("title_ar", "about"), ""),
    "title": "Made up",
    "citation": "nobody",
    "timezone": "UTC",
    "licence": "CC0-1.0",
    "version": "0.1",
}


@dataclass(frozen=True)
class Cost:
    """What a build cost: seconds of the wall clock, the megabytes of whichever process held most, and those on disk."""

    seconds: float
    peak_mb: float
    disk_mb: float


class Watched:
    """The most that this process, or any that it began, holds while the `with` block lasts."""

    def __enter__(self) -> Self:
        """Begin to look."""
        self.peak_mb, self._ends = 0.0, threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look for the last time."""
        self._ends.set()
        self._looking.join()

    def _look(self) -> None:
        while True:
            for process in family_of():
                with suppress(OSError, KeyError):  # it has ended meanwhile
                    self.peak_mb = max(self.peak_mb, resident_mb("VmHWM", process))
            if self._ends.wait(BEAT):
                return


def make(path: Path, count: int, seed: int, first: int) -> None:
    """Write so many made-up rows of ACLED's."""
    acled(count, seed, first).to_csv(path, index=False)


def ours(inputs: Path, out: Path, way: str) -> Cost:
    """Build as the command does; way is one of `bench.scale.WAYS`."""
    with Watched() as watched:
        begun = time.perf_counter()
        plan = plan_of(inputs_of([str(inputs)]), Asked("", context=True), FACTS, lambda _line: None)
        runners: Any = {
            "one process": lambda: nullcontext(Here()),
            "a pool of two": lambda: Pool(2),
            "two workers of Dask": lambda: on_cluster(LOCAL, 2),
        }
        with runners[way]() as runner:
            built = build(plan, out, runner, lambda _line: None)
        seconds = time.perf_counter() - begun
    if built.faults:
        raise RuntimeError(f"made-up rows have faults, the first of {len(built.faults)}: {built.faults[0]}")
    return Cost(seconds, watched.peak_mb, _disk_mb(out))


def peer(inputs: Path, out: Path) -> Cost:
    """Read, place, give kinds, group by place, day and kind, and write GeoParquet with pandas and GeoPandas, in one piece."""
    out.mkdir()
    with Watched() as watched:
        begun = time.perf_counter()
        rows = pd.concat([_read(path) for path in sorted(inputs.iterdir())], ignore_index=True)
        points = gpd.points_from_xy(rows["lon"], rows["lat"], crs="EPSG:4326")
        layer = gpd.GeoDataFrame(rows, geometry=points)
        groups = layer.groupby(KEY, sort=False).size().rename("events").reset_index()
        layer.to_parquet(out / "rows.parquet", compression="zstd", write_covering_bbox=True)
        groups.to_parquet(out / "groups.parquet", compression="zstd")
        seconds = time.perf_counter() - begun
    return Cost(seconds, watched.peak_mb, _disk_mb(out))


def _read(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """Read a file of ACLED's with the kind of each row by the table that ours has of its types."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False, usecols=columns)
    kinds = pd.DataFrame(rows_of("acled"))[["event_type", "sub_event_type", "kind"]]
    rows = rows.merge(kinds, on=["event_type", "sub_event_type"])
    return rows.assign(
        lon=rows["longitude"].astype(float),
        lat=rows["latitude"].astype(float),
        day=pd.to_datetime(rows["event_date"], format="%Y-%m-%d").astype("datetime64[s]"),
    )


def _disk_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


# ---- place x day x kind: of events that are told to the day, since ours gives others the days that they may have been on


def compared(inputs: Path, out: Path) -> tuple[int, int]:
    """Give how many groups there are by the inputs themselves, and how many have another number in a folder of ours or the peer's."""
    true, found = (
        groups_true(inputs),
        groups_built(out) if (out / "manifest.json").is_file() else groups_peer(out),
    )
    both = pd.concat([true, found], axis="columns").fillna(0)
    return len(true), int((both.iloc[:, 0] != both.iloc[:, 1]).sum())


def groups_true(inputs: Path) -> pd.Series:
    """Count the rows of inputs, one file after the other."""
    columns = ["event_type", "sub_event_type", "event_date", "time_precision", "longitude", "latitude"]
    parts = (_read(path, columns) for path in sorted(inputs.iterdir()))
    counts = [_counted(rows[rows["time_precision"] == "1"]) for rows in parts]
    return pd.concat(counts).groupby(KEY, observed=True).sum()


def groups_built(out: Path) -> pd.Series:
    """Count the events of a built folder, one file after the other."""
    columns = ["spot_lon", "spot_lat", "date_start", "date_end", "kind"]
    counts = []
    for path in sorted(out.glob("events/*/*/rows.parquet")):
        rows = pq.read_table(path, columns=columns, partitioning=None).to_pandas()
        rows = rows[rows["date_start"] == rows["date_end"]]
        rows = rows.rename(columns={"spot_lon": "lon", "spot_lat": "lat", "date_start": "day"})
        counts.append(_counted(rows.assign(day=pd.to_datetime(rows["day"]).astype("datetime64[s]"))))
    return pd.concat(counts).groupby(KEY, observed=True).sum()


def groups_peer(out: Path) -> pd.Series:
    """Count the rows that the peer has written, a part at a time."""
    with pq.ParquetFile(out / "rows.parquet") as file:
        parts = [
            pa.Table.from_batches([batch]).to_pandas()
            for batch in file.iter_batches(columns=[*KEY, "time_precision"])
        ]
    return pd.concat([_counted(rows[rows["time_precision"] == "1"]) for rows in parts]).groupby(KEY).sum()


def _counted(rows: pd.DataFrame) -> pd.Series:
    counts: pd.Series = (
        rows.assign(kind=rows["kind"].astype(object)).groupby(KEY, sort=False, dropna=False).size()
    )
    return counts.astype(np.int64)
