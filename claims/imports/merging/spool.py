"""What was made of a file, kept aside on disk until all of it is known to be without faults."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self

import pyarrow as pa

from claims.imports.merging.scratch import room
from claims.imports.rows import MADE
from geo.files.csvwriting import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

__all__ = ["Spool"]

_SCHEMAS: Final = {
    name: pa.schema([(column, pa.large_string()) for column in columns]) for name, columns in MADE.items()
}


class Spool:
    """Tables of `MADE`, some rows at a time, in nameless files of Arrow's in the folder that TMPDIR names."""

    def __init__(self) -> None:
        """Open a file for each table."""
        self._stack = ExitStack()
        with room():
            self._files: dict[str, Any] = {
                name: self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
                for name in MADE
            }
        self._writers = {name: pa.ipc.new_stream(file, _SCHEMAS[name]) for name, file in self._files.items()}

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of the files."""
        self._stack.close()

    def put(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Keep the tables of a chunk.

        Raises:
            BordermapError: There is no room on disk.
        """
        with room():
            for name, writer in self._writers.items():
                writer.write_batch(_batch(tables[name], _SCHEMAS[name]))

    def __iter__(self) -> Iterator[dict[str, pd.DataFrame]]:
        """Give the tables of each chunk again; nothing can be kept after."""
        with room():
            for name, file in self._files.items():
                self._writers[name].close()
                file.seek(0)
            readers = [pa.ipc.open_stream(file) for file in self._files.values()]
        for batches in zip(*readers, strict=True):
            yield {name: batch.to_pandas() for name, batch in zip(MADE, batches, strict=True)}


def _batch(rows: pd.DataFrame, schema: Any) -> Any:
    """Give rows as one batch: columns that were put together lie in several pieces."""
    return pa.record_batch([text_of(rows[name]) for name in schema.names], schema=schema)
