"""A collection as a folder of Parquet with the same columns, or a zip of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.exports.whole.folder import write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from layers.exports.formats import Export

__all__ = ["write"]


def write(export: Export, out: Path) -> None:
    """Write it, whole or not at all; raises as `write_folder` does."""
    write_folder(export, "parquet", out)
