"""A foreign table opened by what its bytes are."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from claims.imports.files.delimited import DelimitedTable
from claims.imports.files.encoded import in_utf8
from claims.imports.files.parquet import ParquetTable
from claims.imports.files.workbooks import opened_workbook
from geo.files.textfiles import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.imports.files.foreign import ForeignTable

__all__ = ["opened_table"]

_START: Final = 4096  # bytes that tell what a file is


@contextmanager
def opened_table(
    source: Path | BinaryIO,
    name: str = "",
    *,
    sheet: str = "",
    encoding: str = "",
) -> Iterator[ForeignTable]:
    """Open a foreign table while the `with` block lasts.

    Args:
        source: Its path, or an open file such as standard input or an upload; what cannot be read twice is copied to disk.
        name: What faults call it; its path by default. Nothing is opened by this name.
        sheet: The sheet of a workbook; needed where it has several.
        encoding: What a text is in, by Python's name; by its byte order mark or UTF-8 where that is empty.

    Raises:
        BordermapError: There is no such encoding.
        FaultsError: There is no such file, it is none of the formats that are read, or its header cannot be used.
    """
    told = name or (str(source) if isinstance(source, Path) else "standard input")
    with _seekable(source, told) as file, ExitStack() as stack:
        file.seek(0)
        start = file.read(_START)
        file.seek(0)
        if start.startswith(b"PK"):
            yield stack.enter_context(opened_workbook(file, told, sheet))
            return
        if start.startswith(b"PAR1"):
            yield ParquetTable(file, told)
            return
        text, begins = stack.enter_context(in_utf8(file, told, encoding))
        yield DelimitedTable(text, told, begins)


@contextmanager
def _seekable(source: Path | BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Give a file that can be read from its start again."""
    if isinstance(source, Path):
        with opened(source, name) as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                yield file
                return
            with _copied(file) as copy:
                yield copy
    elif source.seekable():
        yield source
    else:
        with _copied(source) as copy:
            yield copy


def _copied(stream: BinaryIO) -> BinaryIO:
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    shutil.copyfileobj(stream, copy)
    return copy
