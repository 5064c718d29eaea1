"""The collections that come with bordermap."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["FOLDER", "shipped"]

FOLDER: Final = Path(__file__).parents[1] / "data" / "collections"


def shipped() -> dict[str, Path]:
    """Give the folders of the shipped collections by their names, the one that reaches nearest to today first."""
    if not FOLDER.is_dir():
        return {}
    folders = [path for path in sorted(FOLDER.iterdir()) if (path / "collection.toml").is_file()]
    return {path.name: path for path in sorted(folders, key=_last_day, reverse=True)}


def _last_day(folder: Path) -> dt.date:
    facts = tomllib.loads((folder / "collection.toml").read_text(encoding="utf-8"))
    day: dt.date = facts["last_day"]
    return day
