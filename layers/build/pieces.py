"""Pieces: tables on their way between two steps, in files that are put in place whole and read a part at a time."""

from __future__ import annotations

import errno
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

__all__ = ["batch_at", "pieces_of", "put", "put_json", "put_pieces", "read_json"]

_PACKED: Final = pa.ipc.IpcWriteOptions(compression="lz4")


@contextmanager
def put(path: Path, aside: Path) -> Iterator[Path]:
    """Give a path of its own in a folder aside, and put what was written there in its place when that ends well.

    Whoever does the same work again, as after a worker was lost, puts the same bytes in the same place.

    Args:
        path: Where it shall stand.
        aside: A folder on the same disk, whose parent holds the path too. Where it is gone the work is no longer wanted,
            and nothing is made.

    Raises:
        BordermapError: There is no room, or no right to write.
    """
    written = aside / f"{uuid.uuid4().hex}{path.suffix}"
    try:
        yield written
        with written.open("rb+") as file:
            os.fsync(file.fileno())
        _make_folders(path.parent, aside.parent)
        written.replace(path)
    except OSError as error:
        todo = "make room or name another place"
        if error.errno == errno.ENOENT:
            todo = "every worker must see the folder under this path, and may be too late for a build that has ended; mend that"
        raise BordermapError(
            f"{str(path)!r} cannot be written ({_why(error)}); {todo}, and run the same again: what is done is kept"
        ) from error
    finally:
        written.unlink(missing_ok=True)


def _why(error: OSError) -> str:
    """Give the system's words; Arrow has many more around them."""
    return os.strerror(error.errno) if error.errno else str(error)


def _make_folders(folder: Path, base: Path) -> None:
    """Make a folder and those between it and a base, but not the base."""
    inner = folder.relative_to(base)
    for one in [*reversed(inner.parents), inner][1:]:
        (base / one).mkdir(exist_ok=True)


def put_json(path: Path, value: Any, aside: Path, indent: int | None = None) -> None:
    """Write a value as JSON, whole or not at all; raises as `put` does."""
    with put(path, aside) as written:
        written.write_text(json.dumps(value, ensure_ascii=False, indent=indent), encoding="utf-8")


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
    """Read some of the tables that `put_pieces` wrote.

    Raises:
        BordermapError: The file cannot be read.
    """
    with _read(path) as reader:
        return [reader.get_batch(number) for number in numbers]


def pieces_of(path: Path) -> Iterator[pa.RecordBatch]:
    """Read all of them, one held at a time; raises as `batch_at` does."""
    with _read(path) as reader:
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)


@contextmanager
def _read(path: Path) -> Iterator[pa.ipc.RecordBatchFileReader]:
    try:
        with pa.memory_map(str(path)) as file:
            yield pa.ipc.open_file(file)
    except (OSError, pa.ArrowInvalid) as error:
        why = _why(error) if isinstance(error, OSError) else str(error)
        raise BordermapError(
            f"{str(path)!r} cannot be read ({why}); every worker must see the folder under this path: mend that, and run the "
            "same again: what is done is kept"
        ) from error


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({name: [] for name in schema.names}, schema=schema)
