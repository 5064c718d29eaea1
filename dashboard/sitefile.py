"""Reads site.toml, and tells all that is wrong in it at once."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from claims.tomlfiles import read_toml
from dashboard.emails import is_email
from dashboard.signinfile import signin_of
from dashboard.site import ANYBODY, HERE, PORT, UPLOAD_MB, People, Site
from dashboard.sitevalues import MISSING, Values, shown
from geo.errors import BordermapError, Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["read_site"]

_TYPED: Final = frozenset({"email", "preferred_username", "name", "upn", "nickname"})
"""Claims that say nothing of who somebody is: an address counts only where the provider says that it is verified."""


def read_site(path: Path, look_up: Callable[[str, bool], object] | None = None) -> Site:
    """Read a site file.

    Args:
        path: The file.
        look_up: Looks for a collection by its word, to be shown as it is published or not, and raises BordermapError where it
            cannot be, which is a fault then; without it none is looked for.

    Raises:
        FaultsError: It cannot be read or has faults; all of them are told, and none holds a secret.
    """
    _must_be_a_file(path)
    faults: list[Fault] = []
    read = read_toml(path, faults)
    if read is None:
        raise FaultsError(faults)
    tables, text = read
    values = Values(path, text, faults)
    made = _site(values, tables)
    if look_up:
        for word in made.collections or ():
            _must_be_there(values, word, partial(look_up, word, made.public))
    if faults:
        raise FaultsError(faults)
    return made


def _must_be_a_file(path: Path) -> None:
    """Tell by the name that was given what is no file, before any of it is read."""
    why = "is a folder" if path.is_dir() else "is missing" if not path.exists() else ""
    if why:
        raise FaultsError(
            [Fault(path, None, None, None, why, "name a site file, as docs/sharing.md shows one")]
        )


def _site(values: Values, tables: Mapping[str, Any]) -> Site:
    values.only(tables, "", ("site", "reading", "reviewing", "signin"))
    said = values.table(tables, "site", ("address", "port", "url", "collections", "public", "upload_mb"))
    reading = values.table(tables, "reading", ("open", "people", "claims"))
    reviewing = values.table(tables, "reviewing", ("people", "claims"))
    is_open = values.flag(reading, "reading.open", default=True)
    made = Site(
        address=_address(values, said),
        port=values.number(said, "site.port", PORT, 65_535),
        url=values.url(said, "site.url"),
        collections=_collections(values, said),
        public=values.flag(said, "site.public", default=True),
        upload_mb=values.number(said, "site.upload_mb", UPLOAD_MB, 2_000),
        open=is_open,
        readers=_people(values, reading, "reading", anybody=True),
        reviewers=_people(values, reviewing, "reviewing", anybody=False),
        signin=signin_of(values, tables),
    )
    _fits(values, made, tables)
    return made


def _fits(values: Values, made: Site, tables: Mapping[str, Any]) -> None:
    """Hold the parts against each other."""
    if "reviewing" in tables and values.is_clean("reviewing") and not made.reviewers:
        values.fault(
            "reviewing", None, "names nobody", "write who reviews as people or claims, or take it out"
        )
    reads = values.is_clean("reading")
    if reads and made.open and made.readers:
        values.fault(
            "reading", None, "names people, and is open to all", "write open = false, or take them out"
        )
    if reads and not made.open and not made.readers and not made.reviewers:
        todo = f'write people or claims, or people = ["{ANYBODY}"] for everybody who can sign in'
        values.fault("reading", None, "is not open, and names nobody", todo)
    if "signin" not in tables and (
        "reviewing" in tables or (values.is_clean("reading.open") and not made.open)
    ):
        values.fault("signin", None, "is missing, so nobody can be known", "write the provider into [signin]")
    if "signin" in tables and "url" not in (tables.get("site") or {}):
        todo = 'write it as "https://map.example.org"'
        values.fault("site.url", None, "is missing, to which the provider leads back", todo)


def _address(values: Values, said: Mapping[str, Any]) -> str:
    address = values.text(said, "site.address", HERE)
    try:
        return "localhost" if address == "localhost" else str(ipaddress.ip_address(address))
    except ValueError:
        todo = f'write one of this machine, "{HERE}" for itself alone or "0.0.0.0" for all its networks'
        values.fault("site.address", address, "is not an IP address", todo)
        return HERE


def _collections(values: Values, said: Mapping[str, Any]) -> tuple[str, ...] | None:
    words = values.texts(said, "site.collections")
    if words is None:
        return None
    if not words:
        values.fault("site.collections", None, "is empty", "name some, or take it out to show all")
    doubles = {word for word in words if words.count(word) > 1}
    for word in sorted(doubles):
        values.fault("site.collections", word, "is named twice", "name it once")
    return tuple(_word(values, word) for word in words)


def _must_be_there(values: Values, word: str, look_up: Callable[[], object]) -> None:
    try:
        look_up()
    except BordermapError as error:
        why, _, todo = str(error).replace(f"{word!r} is", "it is", 1).rpartition("; ")
        values.fault("site.collections", word, f"cannot be shown: {why}", todo)


def _word(values: Values, word: str) -> str:
    """Give a collection's word; the path of a folder is told from the site file, wherever the server is started."""
    folder = values.path.parent / word
    return str(folder.resolve()) if not word.startswith("store:") and folder.is_dir() else word


def _people(values: Values, said: Mapping[str, Any], table: str, *, anybody: bool) -> People:
    emails = values.texts(said, f"{table}.people") or ()
    for email in emails:
        if email == ANYBODY and anybody:
            continue
        if not _is_address(email):
            values.fault(
                f"{table}.people",
                email,
                "is no e-mail address",
                'write it as "anna@example.org", or "*@example.org" for everybody there',
            )
    return People(tuple(emails), _claims(values, said, f"{table}.claims"))


def _claims(values: Values, said: Mapping[str, Any], key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    held = values.own(said, key)
    if held is MISSING:
        return ()
    todo = 'write it as { groups = ["editors"] }'
    if not isinstance(held, Mapping) or not held:
        values.fault(key, shown(held), "is not a table of claims", todo)
        return ()
    found = []
    for name, named in held.items():
        listed = [named] if isinstance(named, str) else named
        if str(name).rpartition(".")[2] in _TYPED:
            why = "is what people may write of themselves, verified or not"
            values.fault(
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
            values.fault(f"{key}.{name}", shown(named), "is not a list of texts", todo)
        else:
            found.append((str(name), tuple(listed)))
    return tuple(found)


def _is_address(written: str) -> bool:
    """Whether it is an address, or a star at a domain; of one without a dot that is a slip of the pen."""
    name, _, domain = written.rpartition("@")
    if not is_email(written) or "*" in domain:
        return False
    return "*" not in name or (name == "*" and "." in domain.strip("."))
