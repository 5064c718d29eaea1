"""Where the user's data is kept, and whether a store may be there; told without loading what opens one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

__all__ = ["DATABASE", "PASSWORD_FILE", "has_store", "store_file"]

DATABASE: Final = "BORDERMAP_DATABASE_URL"
"""The environment variable that names another store than the user's own."""
PASSWORD_FILE: Final = "BORDERMAP_DATABASE_PASSWORD_FILE"  # noqa: S105 - the name of a variable
"""The environment variable that names a file with the password of that store, where its address has none."""


def store_file() -> Path:
    """Give the file of the user's own store, which may not be there (XDG Base Directory Specification)."""
    folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return folder / "bordermap" / "store.sqlite"


def has_store() -> bool:
    """Tell whether there is a store of the user's own, or another is named."""
    return bool(os.environ.get(DATABASE)) or store_file().exists()
