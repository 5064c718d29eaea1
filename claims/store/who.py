"""Who decides: as named, else as the environment says, else the login's name, and never anybody else."""

from __future__ import annotations

import getpass
import os
from typing import Final

from claims.store.errors import StoreError

__all__ = ["VARIABLE", "reviewer"]

VARIABLE: Final = "BORDERMAP_REVIEWER"


def reviewer(named: str | None = None) -> str:
    """Give the name under which a decision is kept.

    Raises:
        StoreError: Nobody is named, and the login has no name either.
    """
    name = (named or "").strip() or os.environ.get(VARIABLE, "").strip()
    if not name:
        try:
            name = getpass.getuser()
        except (OSError, KeyError):
            raise StoreError(f"it is not known who decides; name them with --by or {VARIABLE}") from None
    if not name.isprintable():
        raise StoreError(f"{name!r} is no name; name with --by or {VARIABLE} who decides")
    return name
