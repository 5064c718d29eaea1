"""Reads site.toml, and tells all that is wrong in it at once."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from claims.tomlfiles import line_of, read_toml
from dashboard.site import ANYBODY, HERE, HOURS, PORT, UPLOAD_MB, People, SignIn, Site, is_loopback
from geo.errors import Fault, FaultsError
from geo.files.textfiles import read_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_site"]

_SHORTEST: Final = 32
"""Characters of the secret that cookies are signed with: 128 bits, written in hexadecimal."""

_TYPED: Final = frozenset({"email", "preferred_username", "name", "upn", "nickname"})
"""Claims that say nothing of who somebody is: an address counts only where the provider says that it is verified."""

_MISSING: Final = object()


def read_site(path: Path) -> Site:
    """Read a site file.

    Raises:
        FaultsError: It cannot be read or has faults; all of them are told, and none holds a secret.
    """
    faults: list[Fault] = []
    read = read_toml(path, faults)
    if read is None:
        raise FaultsError(faults)
    tables, text = read
    reading = _Reading(path, text, faults)
    made = reading.site(tables)
    if faults:
        raise FaultsError(faults)
    return made


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reading of one site file: what its tables hold, and the faults that are found on the way."""

    path: Path
    text: str
    faults: list[Fault]

    def site(self, tables: Mapping[str, Any]) -> Site:
        self._only(tables, "", ("site", "reading", "reviewing", "signin"))
        said = self._table(tables, "site", ("address", "port", "url", "collections", "public", "upload_mb"))
        reading = self._table(tables, "reading", ("open", "people", "claims"))
        reviewing = self._table(tables, "reviewing", ("people", "claims"))
        is_open = self._is(reading, "reading.open", default=True)
        made = Site(
            address=self._address(said),
            port=self._number(said, "site.port", PORT, 65_535),
            url=self._url(said, "site.url"),
            collections=self._collections(said),
            public=self._is(said, "site.public", default=True),
            upload_mb=self._number(said, "site.upload_mb", UPLOAD_MB, 2_000),
            open=is_open,
            readers=self._people(reading, "reading", anybody=True),
            reviewers=self._people(reviewing, "reviewing", anybody=False),
            signin=self._signin(tables),
        )
        self._fits(made, tables)
        return made

    def _fits(self, made: Site, tables: Mapping[str, Any]) -> None:
        """Hold the parts against each other."""
        if "reviewing" in tables and not made.reviewers:
            self._fault(
                "reviewing", None, "names nobody", "write who reviews as people or claims, or take it out"
            )
        if made.open and made.readers:
            self._fault(
                "reading", None, "names people, and is open to all", "write open = false, or take them out"
            )
        if not made.open and not made.readers and not made.reviewers:
            todo = f'write people or claims, or people = ["{ANYBODY}"] for everybody who can sign in'
            self._fault("reading", None, "is not open, and names nobody", todo)
        if "signin" not in tables and (made.reviewers or not made.open):
            self._fault(
                "signin", None, "is missing, so nobody can be known", "write the provider into [signin]"
            )
        if "signin" in tables and "url" not in (tables.get("site") or {}):
            todo = 'write it as "https://map.example.org"'
            self._fault("site.url", None, "is missing, to which the provider leads back", todo)

    # ---- parts

    def _address(self, said: Mapping[str, Any]) -> str:
        address = self._text(said, "site.address", HERE)
        try:
            return "localhost" if address == "localhost" else str(ipaddress.ip_address(address))
        except ValueError:
            todo = f'write one of this machine, "{HERE}" for itself alone or "0.0.0.0" for all its networks'
            self._fault("site.address", address, "is not an IP address", todo)
            return HERE

    def _url(self, said: Mapping[str, Any], key: str, *, path: bool = False) -> str:
        """Read a URL by which secrets and cookies go: it is https, but for this machine."""
        url = self._text(said, key)
        if not url:
            return ""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            parts, host = urlsplit(""), ""
        if not host or parts.scheme not in {"http", "https"} or parts.username or parts.fragment:
            shown = None if parts.username else url  # with it may come a password
            self._fault(key, shown, "is not a web address", 'write it as "https://map.example.org"')
        elif parts.scheme == "http" and not is_loopback(host):
            self._fault(
                key, url, "is not encrypted, so that others read who signs in", "write one with https"
            )
        elif not path and (parts.path.strip("/") or parts.query):
            self._fault(key, url, "has a path", "give the dashboard a host's name of its own")
        return url.rstrip("/")

    def _collections(self, said: Mapping[str, Any]) -> tuple[str, ...] | None:
        words = self._texts(said, "site.collections")
        if words is None:
            return None
        if not words:
            self._fault("site.collections", None, "is empty", "name some, or take it out to show all")
        doubles = {word for word in words if words.count(word) > 1}
        for word in sorted(doubles):
            self._fault("site.collections", word, "is named twice", "name it once")
        return tuple(self._word(word) for word in words)

    def _word(self, word: str) -> str:
        """Give a collection's word; the path of a folder is told from the site file, wherever the server is started."""
        folder = self.path.parent / word
        return str(folder.resolve()) if not word.startswith("store:") and folder.is_dir() else word

    def _people(self, said: Mapping[str, Any], table: str, *, anybody: bool) -> People:
        emails = self._texts(said, f"{table}.people") or ()
        for email in emails:
            if email == ANYBODY and anybody:
                continue
            if not _is_address(email):
                self._fault(
                    f"{table}.people",
                    email,
                    "is no e-mail address",
                    'write it as "anna@example.org", or "*@example.org" for everybody there',
                )
        return People(tuple(emails), self._claims(said, f"{table}.claims"))

    def _claims(self, said: Mapping[str, Any], key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        held = self._own(said, key)
        if held is _MISSING:
            return ()
        todo = 'write it as { groups = ["editors"] }'
        if not isinstance(held, Mapping) or not held:
            self._fault(key, _shown(held), "is not a table of claims", todo)
            return ()
        found = []
        for name, values in held.items():
            listed = [values] if isinstance(values, str) else values
            if str(name).rpartition(".")[2] in _TYPED:
                why = "is what people may write of themselves, verified or not"
                self._fault(
                    f"{key}.{name}",
                    None,
                    why,
                    f"name people by their addresses as {key.partition('.')[0]}.people",
                )
            elif (
                not isinstance(listed, list)
                or not listed
                or not all(isinstance(one, str) and one for one in listed)
            ):
                self._fault(f"{key}.{name}", _shown(values), "is not a list of texts", todo)
            else:
                found.append((str(name), tuple(listed)))
        return tuple(found)

    def _signin(self, tables: Mapping[str, Any]) -> SignIn | None:
        if "signin" not in tables:
            return None
        keys = ("client_id", "client_secret", "client_secret_file", "server_metadata_url")
        said = self._table(tables, "signin", (*keys, "cookie_secret", "cookie_secret_file", "hours"))
        for key in ("signin.client_id", "signin.server_metadata_url"):
            if self._own(said, key) is _MISSING:
                self._fault(key, None, "is missing", "write what the provider gave you for this dashboard")
        client_secret = self._secret(said, "signin.client_secret")
        if client_secret == "":
            self._fault(
                "signin.client_secret",
                None,
                "is missing",
                "name the file that holds it as client_secret_file",
            )
        # Of no lasting secret every start makes one, which signs everybody out: safe, and no secret more to keep.
        cookie_secret = self._secret(said, "signin.cookie_secret")
        if cookie_secret and len(cookie_secret) < _SHORTEST:
            todo = "write one of 64, as `openssl rand -hex 32` gives it"
            self._fault("signin.cookie_secret", None, f"has under {_SHORTEST} characters", todo)
        return SignIn(
            client_id=self._text(said, "signin.client_id"),
            client_secret=client_secret or "",
            server_metadata_url=self._url(said, "signin.server_metadata_url", path=True),
            cookie_secret=cookie_secret or secrets.token_hex(32),
            hours=self._number(said, "signin.hours", HOURS, 24 * 30),
        )

    def _secret(self, said: Mapping[str, Any], key: str) -> str | None:
        """Give a secret that stands there or in a file that is named there; "" for none, None with a fault. No fault holds it."""
        written, named = self._own(said, key), self._own(said, f"{key}_file")
        if written is not _MISSING and named is not _MISSING:
            self._fault(key, None, "is said twice", f"keep {key.split('.')[1]} or {key.split('.')[1]}_file")
            return None
        if written is not _MISSING:
            if isinstance(written, str) and written.strip():
                return written.strip()
            self._fault(key, None, "is no text", "write it between quotation marks")
            return None
        if named is _MISSING:
            return ""
        return self._secret_in(named, f"{key}_file")

    def _secret_in(self, named: object, key: str) -> str | None:
        if not isinstance(named, str) or not named:
            self._fault(key, _shown(named), "is no file's name", "write it between quotation marks")
            return None
        file = self.path.parent / named
        try:
            held = read_text(file, file.name).strip()
        except FaultsError:
            held = ""
        if not held:
            self._fault(
                key, named, "cannot be read, or is empty", "name a file that holds the secret and no more"
            )
        return held or None

    # ---- values

    def _table(self, tables: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
        held = tables.get(name, {})
        if not isinstance(held, Mapping):
            self._fault(name, _shown(held), "is not a table", f"write [{name}] on a line of its own")
            return {}
        self._only(held, name, keys)
        return held

    def _only(self, held: Mapping[str, Any], table: str, keys: tuple[str, ...]) -> None:
        for key in held:
            if key not in keys:
                self._fault(
                    f"{table}.{key}" if table else key, None, "is not known", f"use {', '.join(keys)}"
                )

    def _own(self, said: Mapping[str, Any], key: str) -> Any:
        return said.get(key.split(".")[1], _MISSING)

    def _text(self, said: Mapping[str, Any], key: str, default: str = "") -> str:
        held = self._own(said, key)
        if held is _MISSING:
            return default
        if isinstance(held, str) and held.strip():
            return held.strip()
        self._fault(key, _shown(held), "is no text", "write it between quotation marks")
        return default

    def _texts(self, said: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
        held = self._own(said, key)
        if held is _MISSING:
            return None
        if isinstance(held, list) and all(isinstance(one, str) and one.strip() for one in held):
            return tuple(one.strip() for one in held)
        self._fault(key, _shown(held), "is not a list of texts", 'write it as ["one", "another"]')
        return None

    def _is(self, said: Mapping[str, Any], key: str, *, default: bool) -> bool:
        held = self._own(said, key)
        if held is _MISSING:
            return default
        if not isinstance(held, bool):
            self._fault(key, _shown(held), "is neither true nor false", "write true or false")
            return False  # the one that gives less
        return held

    def _number(self, said: Mapping[str, Any], key: str, default: int, most: int) -> int:
        held = self._own(said, key)
        if held is _MISSING:
            return default
        if isinstance(held, bool) or not isinstance(held, int) or not 1 <= held <= most:
            self._fault(key, _shown(held), "is not a number that fits", f"write one from 1 to {most}")
            return default
        return held

    def _fault(self, key: str, value: str | None, why: str, todo: str) -> None:
        self.faults.append(Fault(self.path.name, self._line(key), key, value, why, todo))

    def _line(self, key: str) -> int | None:
        """Give the line of a key, or of its table where it is not there; None where that is not there either."""
        table, _, name = key.partition(".")
        head = line_of(table, self.text)
        if head is None or not name:
            return head
        written = self.text.splitlines()
        after = (
            number
            for number in range(head + 1, len(written) + 1)
            if written[number - 1].lstrip().startswith("[")
        )
        return line_of(name, self.text, range(head + 1, next(after, len(written) + 1))) or head


def _shown(value: object) -> str:
    return str(value)[:80]


def _is_address(written: str) -> bool:
    """Whether it is an address or a star at a domain."""
    name, at, domain = written.rpartition("@")
    plain = written.isprintable() and not any(letter.isspace() or letter in '"<>,;' for letter in written)
    return (
        bool(at and name and domain and plain)
        and "@" not in name
        and "*" not in domain
        and ("*" not in name or name == "*")
    )
