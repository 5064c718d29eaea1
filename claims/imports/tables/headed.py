"""From which line a table's columns were read before, found in a file of which nobody says it now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from claims.imports.files.opened import opened_table
from claims.imports.tables.remembered import header_lines, is_remembered
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from claims.imports.files.foreign import ForeignTable

__all__ = ["line_before"]


def line_before(source: Path | BinaryIO, name: str, *, sheet: str = "", encoding: str = "") -> int:
    """Give the line of a file that names the columns of a table for which it was said before; 0 for none.

    A file that has remembered columns without that is read as it is: what stands above such a line may be rows.

    Args:
        source: It; what is open can be read again.
        name: As `opened_table` takes it, and the others.
        sheet: Likewise.
        encoding: Likewise.
    """
    opened = partial(opened_table, source, name, sheet=sheet, encoding=encoding)
    found = next((line for line in header_lines() if _is_known(opened, line)), 0)
    return 0 if found and _is_known(opened, 0) else found


def _is_known(opened: Callable[..., AbstractContextManager[ForeignTable]], line: int) -> bool:
    try:
        with opened(header=line) as table:
            return is_remembered(table.header, line)
    except BordermapError:
        return False
