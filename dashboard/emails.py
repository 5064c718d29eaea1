"""E-mail addresses, as a provider tells them of people and a site file writes them."""

from __future__ import annotations

from typing import Final

__all__ = ["is_email"]

LONGEST: Final = 254
"""Characters of an e-mail address (RFC 5321, section 4.5.3.1, with erratum 1690)."""

_NEVER: Final = frozenset('"<>,;')
"""What a plain address never holds: with it comes a name, or another address."""


def is_email(written: str) -> bool:
    """Whether a text is one plain address, and nothing around it."""
    name, at, domain = written.rpartition("@")
    plain = written.isprintable() and not any(letter.isspace() or letter in _NEVER for letter in written)
    return bool(name and at and domain and plain) and "@" not in name and len(written) <= LONGEST
