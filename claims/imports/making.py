"""What rows of a data set become: a claim each with an event of its own, and all that the claims name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from claims.imports.jsonrows import json_objects
from claims.imports.merging.newer import orders
from claims.imports.naming import claim_ids
from claims.imports.rows import MADE, Made, Notice
from claims.model import Modality, SourceState
from geo.files.csvwriting import TEXT, text_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from claims.imports.checking import Checked

__all__ = ["AGAIN", "OLDER", "editions", "once", "put_together", "rows_written"]

AGAIN: Final = "the same row again"
OLDER: Final = "an older version of a row"


def rows_written(rows: Checked) -> pa.Array:
    """Write each row as a JSON object of all its cells as the file has them, in the order of its columns; as text."""
    columns = [text_of(rows.written.iloc[:, at]) for at in range(rows.written.shape[1])]
    if not columns:  # features may have nothing but what is said of all of them
        return pa.repeat(pa.scalar("{}", pa.large_string()), len(rows))
    return json_objects(list(map(str, rows.written.columns)), columns)


def once(rows: Checked, row_id: str, version: str, left: Counter[str]) -> tuple[Notice, ...]:
    """Keep each row of a chunk once: of one that stands there again the first, of several versions the newest.

    Args:
        rows: Those of the same id with other cells, and no version to tell the newer one by, become faults.
        row_id: The column of ids.
        version: The column of versions, as `claims.imports.merging.newer` orders them; "" where there is none.
        left: Counts those that are let go.

    Returns:
        What is told of the ones that were let go.
    """
    ids = rows.text(row_id)
    several = ids.duplicated(keep=False).to_numpy() & ids.ne("").to_numpy() & rows.sound
    if not several.any():
        return ()
    go = np.zeros(len(rows), dtype=bool)
    notices = []
    at = np.flatnonzero(several)
    for _, group in pd.Series(at).groupby(ids.to_numpy()[at], sort=False):
        kept = int(group.iloc[0])
        for row in map(int, group.iloc[1:]):
            older, why = _older(rows, kept, row, version)
            if why == "":
                other = f"is the id of line {rows.lines[kept]} too, with other cells"
                bad = np.arange(len(rows)) == row
                rows.fault_where(row_id, bad, other, "give each row its own id, or leave one of the two out")
                continue
            go[older] = True
            left[why] += 1
            first, kept = kept, row if older == kept else kept
            notices.append(_let_go(rows, why, older, row if older == first else first))
    rows.only(~go)
    return tuple(notices)


def _let_go(rows: Checked, why: str, row: int, taken: int) -> Notice:
    """Tell of a row that another one stands for."""
    line = rows.lines[taken]
    again = f"is the same row as line {line}, and is taken once"
    said = again if why == AGAIN else f"is an older version of the row on line {line}, which is taken"
    return Notice(rows.file, int(rows.lines[row]), said)


def _older(rows: Checked, one: int, other: int, version: str) -> tuple[int, str]:
    """Say which of two rows of one id to let go, and what it is; "" where that cannot be told."""
    if rows.written.iloc[one].tolist() == rows.written.iloc[other].tolist():
        return other, AGAIN
    sorts, ranks = orders(rows.text(version).iloc[[one, other]])
    if sorts[0] != sorts[1] or ranks[0] == ranks[1]:
        return other, ""
    return one if ranks[0] < ranks[1] else other, OLDER


def put_together(
    rows: Checked,
    dataset: str,
    ids: pd.Series,
    versions: pd.Series | str,
    claims: Mapping[str, Any],
    titles: np.ndarray,
    named: Mapping[str, pd.DataFrame],
    notices: Sequence[Notice] = (),
) -> Made:
    """Put together what rows became.

    Args:
        rows: All of them sound.
        dataset: What they are counted to; ids begin with it.
        ids: Of each row its id in the data set, each once.
        versions: Likewise which edition of the row it is.
        claims: Columns of claims.csv, of strings, or one string for all rows; what is not here is empty.
        titles: What the events are called.
        named: The sources, actors and places that the claims name, each once, by the name of the table.
        notices: What is told of the rows.
    """
    claim_id = claim_ids(dataset, ids)
    common = {"claim_id": claim_id, "event_id": claim_id, "modality": str(Modality.ASSERTED)}
    said = _frame("claims", {**common, **claims}, len(rows))
    events = _frame(
        "events", {"event_id": claim_id, "title": titles, "kind": said["kind"].to_numpy()}, len(rows)
    )
    imports = {
        "claim_id": claim_id,
        "dataset": dataset,
        "row_id": ids.to_numpy(),
        "row_version": versions if isinstance(versions, str) else versions.to_numpy(),
        "file": rows.file,
        "line": rows.lines.astype(str),
        "row": rows_written(rows),
    }
    tables = {**named, "events": events, "claims": said, "imports": _frame("imports", imports, len(rows))}
    return Made({name: tables[name] for name in MADE}, tuple(notices))


def editions(
    dataset: str, outlet: str, title: str, url: str, days: np.ndarray
) -> tuple[np.ndarray, pd.DataFrame]:
    """Give the source of each row, the edition of its data set of a day, and the rows of sources.csv.

    Args:
        dataset: Ids begin with it.
        outlet: Who publishes it.
        title: What it is called.
        url: Where it is.
        days: ISO days, one for each row.
    """
    source_id: np.ndarray = f"{dataset}-" + days
    said = {
        "source_id": source_id,
        "outlet": outlet,
        "title": title,
        "url": url,
        "published": days,
        "state": str(SourceState.OK),
    }
    frame = _frame("sources", said, len(days))
    return source_id, frame.drop_duplicates("source_id").reset_index(drop=True)


def _frame(table: str, columns: Mapping[str, Any], count: int) -> pd.DataFrame:
    return pa.table({name: _cells(columns.get(name, ""), count) for name in MADE[table]}).to_pandas()


def _cells(cells: Any, count: int) -> pa.Array:
    """Give a column of text in one piece; one string stands in all of its rows."""
    if isinstance(cells, str):
        return pa.repeat(pa.scalar(str(cells), TEXT), count)
    column = cells if isinstance(cells, pa.Array) else pa.array(cells, TEXT)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
