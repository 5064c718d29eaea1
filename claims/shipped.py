"""The collections that come with bordermap."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "shipped"]

FOLDER: Final = Path(__file__).parents[1] / "data" / "collections"


def shipped() -> dict[str, Path]:
    """Give the folders of the shipped collections by their names, in the order of the names."""
    if not FOLDER.is_dir():
        return {}
    return {path.name: path for path in sorted(FOLDER.iterdir()) if (path / "collection.toml").is_file()}
