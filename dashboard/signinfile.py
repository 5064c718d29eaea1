"""The part of site.toml that says how people sign in: the provider, and the secrets, which no fault tells."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from dashboard.site import HOURS, SignIn
from dashboard.sitevalues import MISSING
from geo.errors import FaultsError
from geo.files.textfiles import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.sitevalues import Values

__all__ = ["signin_of"]

_SHORTEST: Final = 32
"""Characters of the secret that cookies are signed with: 128 bits, written in hexadecimal."""


def signin_of(values: Values, tables: Mapping[str, Any]) -> SignIn | None:
    """Read how people sign in; None where nothing is said of it."""
    if "signin" not in tables:
        return None
    keys = ("client_id", "client_secret", "client_secret_file", "server_metadata_url")
    said = values.table(tables, "signin", (*keys, "cookie_secret", "cookie_secret_file", "hours"))
    for key in ("signin.client_id", "signin.server_metadata_url"):
        if values.own(said, key) is MISSING:
            values.fault(key, None, "is missing", "write what the provider gave you for this dashboard")
    client_secret = _secret(values, said, "signin.client_secret")
    if client_secret == "":
        values.fault(
            "signin.client_secret",
            None,
            "is missing",
            "name the file that holds it as client_secret_file",
        )
    # Of no lasting secret every start makes one, which signs everybody out: safe, and no secret more to keep.
    cookie_secret = _secret(values, said, "signin.cookie_secret")
    if cookie_secret and len(cookie_secret) < _SHORTEST:
        todo = "write one of 64, as `openssl rand -hex 32` gives it"
        values.fault("signin.cookie_secret", None, f"has under {_SHORTEST} characters", todo)
    return SignIn(
        client_id=values.text(said, "signin.client_id"),
        client_secret=client_secret or "",
        server_metadata_url=values.url(said, "signin.server_metadata_url", path=True),
        cookie_secret=cookie_secret or secrets.token_hex(32),
        hours=values.number(said, "signin.hours", HOURS, 24 * 30),
    )


def _secret(values: Values, said: Mapping[str, Any], key: str) -> str | None:
    """Give a secret that stands there or in a file that is named there; "" for none, None with a fault. No fault holds it."""
    written, named = values.own(said, key), values.own(said, f"{key}_file")
    if written is not MISSING and named is not MISSING:
        values.fault(key, None, "is said twice", f"keep {key.split('.')[1]} or {key.split('.')[1]}_file")
        return None
    if written is not MISSING:
        if isinstance(written, str) and written.strip():
            return written.strip()
        values.no_text(key, written, secret=True)
        return None
    if named is MISSING:
        return ""
    return _secret_in(values, named, f"{key}_file")


def _secret_in(values: Values, named: object, key: str) -> str | None:
    if not isinstance(named, str) or not named.strip():
        values.no_text(key, named)
        return None
    file = values.path.parent / named
    try:
        held = read_text(file, file.name).strip()
    except FaultsError:
        held = ""
    if not held:
        values.fault(
            key, named, "cannot be read, or is empty", "name a file that holds the secret and no more"
        )
    return held or None
