"""What a user says of a file that nothing is asked of, since its data set writes it in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.imports.converting import Scheme

if TYPE_CHECKING:
    from claims.imports.converting import Asked

__all__ = ["said_of", "unheard"]

_FIXED: Final = (Scheme.ACLED, Scheme.UCDP)
"""Schemes whose codebooks say what each column is, and how days and numbers are written in it."""

_OPTIONS: Final = {
    "--map": ("mapping", "unused"),
    "--set": ("constants",),
    "--value": ("values",),
    "--none": ("none",),
    "--dates": ("dates",),
    "--decimal": ("decimal",),
    "--outlet": ("outlet",),
    "--title": ("title",),
    "--url": ("url",),
    "--home": ("home",),
    "--countries": ("countries",),
}
"""The options of the command line that such a file gives no use for, and where `Asked` has them."""


def said_of(asked: Asked) -> list[str]:
    """Give the options by which something is said of a table."""
    return [option for option, names in _OPTIONS.items() if any(getattr(asked, name) for name in names)]


def unheard(asked: Asked, scheme: Scheme) -> str:
    """Say what of that is said of a file of this scheme, and what to do instead; "" where nothing is."""
    said = said_of(asked)
    if scheme not in _FIXED or not said:
        return ""
    columns = f"{scheme.upper()}'s columns, whose codebook says what they are and how they are written"
    todo = f"leave {', '.join(said)} out, or read it as any table (--from table)"
    return f"{asked.name} has {columns}; {todo}"
