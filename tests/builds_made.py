"""Small inputs of a build, the build of them, and what is read of the folder."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from foreign_rows import ACLED

from claims.imports.converting import Asked
from claims.imports.datasets.crosswalk import rows_of
from layers.build.building import build
from layers.build.inputs import inputs_of
from layers.build.plan import plan_of
from layers.build.runners import Here
from layers.build.standing import begin
from layers.build.work import Work

FACTS = {
    **dict.fromkeys(("title_ar", "about"), ""),
    "title": "A test",
    "citation": "nobody",
    "timezone": "UTC",
    "licence": "CC0-1.0",
    "version": "0.1",
}
TAKEN = [row for row in rows_of("acled") if row["taken"] == "yes"]
TOWNS = (
    ("Elvas", "38.8810", "-7.1630"),
    ("Évora", "38.5710", "-7.9090"),
    ("Portalegre", "39.2930", "-7.4310"),
)
TABLE = (
    "row,day,where,x,y,land,words,outlet,printed\n"
    "r1,2024-12-07,Elvas,-7.163,38.881,Portugal,some camped,The Daily Test,2024-12-08\n"
)
"""A table of no one's."""


def acled_rows(count, first=1):
    """Make up rows of ACLED's: of every taken type, at three towns, on days of three months, of each precision of days."""
    rows = []
    for number in range(first, first + count):
        kind, (town, lat, lon) = TAKEN[number % len(TAKEN)], TOWNS[number % len(TOWNS)]
        day = str(np.datetime64("2024-11-20") + (number * 7) % 70)
        rows.append(
            ACLED
            | {"event_id_cnty": f"PRT{number}", "event_date": day, "year": day[:4]}
            | {"event_type": kind["event_type"], "sub_event_type": kind["sub_event_type"]}
            | {"time_precision": str(number % 3 + 1), "location": town, "latitude": lat, "longitude": lon}
        )
    return rows


def put_csv(path, rows):
    """Write rows as CSV; give the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def planned(*words, day=None, **said):
    """Plan a build of inputs, of which something is said; of the editions of a day, where one is said."""
    inputs = inputs_of([str(word) for word in words])
    return plan_of(inputs, Asked("", **said), FACTS, lambda _line: None, day)


def built(out, *words, runner=None, **said):
    """Build a folder of inputs."""
    return build(planned(*words, **said), out, runner or Here(), lambda _line: None)


def work_in(folder, parts=1, mark="made"):
    """Give a build that is under way in a folder, just begun."""
    work = Work(folder / ".out.building", parts, mark)
    begin(work, mark, lambda _line: None)
    return work


def files_in(folder):
    """Give the bytes of the files of a folder and those in it, by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stamps_in(folder):
    """Give the bytes of the files of a folder and when each was written."""
    return {name: (cells, (folder / name).stat().st_mtime_ns) for name, cells in files_in(folder).items()}


def read_all(out, pattern):
    """Read all Parquet files of a built folder that a pattern names as one frame."""
    tables = [pq.read_table(path, partitioning=None) for path in sorted(out.glob(pattern))]
    return pa.concat_tables(tables).to_pandas() if tables else pd.DataFrame()


def events_in(out):
    """Read the events of a built folder, in the order of their ids."""
    return read_all(out, "events/*/*/rows.parquet").sort_values("event_id", ignore_index=True)


def claims_in(out):
    """Read the claims of a built folder, in the order of their ids."""
    return read_all(out, "claims/*/rows.parquet").sort_values("claim_id", ignore_index=True)
