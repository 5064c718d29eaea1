"""Pieces: tables on their way between two steps, in files that are put in place whole and read a part at a time."""

from __future__ import annotations

import json
import os
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["batch_at", "put", "put_json", "put_pieces", "read_json"]

_PACKED: Final = pa.ipc.IpcWriteOptions(compression="lz4")


@contextmanager
def put(path: Path, aside: Path) -> Iterator[Path]:
    """Give a path of its own in a folder aside, and put what was written there in its place when that ends well.

    Whoever does the same work again, as after a worker was lost, puts the same bytes in the same place.

    Args:
        path: Where it shall stand.
        aside: A folder on the same disk, which is emptied once all is done.

    Raises:
        BordermapError: There is no room, or no right to write.
    """
    written = aside / f"{uuid.uuid4().hex}{path.suffix}"
    try:
        aside.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        yield written
        with written.open("rb+") as file:
            os.fsync(file.fileno())
        written.replace(path)
    except OSError as error:
        raise BordermapError(
            f"{str(path)!r} cannot be written ({error.strerror or error}); make room or name another place, and run the same "
            "again: what is done is kept"
        ) from error
    finally:
        written.unlink(missing_ok=True)


def put_json(path: Path, value: Any, aside: Path) -> None:
    """Write a value as JSON, whole or not at all; raises as `put` does."""
    with put(path, aside) as written:
        written.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def read_json(path: Path) -> Any:
    """Read what `put_json` wrote; None where it is not there."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def put_pieces(path: Path, schema: pa.Schema, tables: Sequence[pa.Table], aside: Path) -> None:
    """Write tables one behind the other, each to be read alone by its number; raises as `put` does."""
    with (
        put(path, aside) as written,
        pa.OSFile(str(written), "wb") as file,
        pa.ipc.new_file(file, schema, options=_PACKED) as writer,
    ):
        for table in tables:
            # One batch a table, an empty one too, so that their numbers are the tables'.
            batches = table.combine_chunks().to_batches()
            writer.write_batch(batches[0] if batches else _empty(schema))


def batch_at(path: Path, numbers: Sequence[int]) -> list[pa.RecordBatch]:
    """Read some of the tables that `put_pieces` wrote."""
    with pa.memory_map(str(path)) as file:
        reader = pa.ipc.open_file(file)
        return [reader.get_batch(number) for number in numbers]


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({name: [] for name in schema.names}, schema=schema)
