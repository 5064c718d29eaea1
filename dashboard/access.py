"""Who may do what: a pure rule of the site, of the person who has signed in, and of how the dashboard was reached."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from dashboard.emails import is_email
from dashboard.site import ANYBODY, is_loopback

if TYPE_CHECKING:
    from dashboard.site import People, Site

__all__ = ["Person", "host_of", "is_at_home", "may_read", "may_review", "person_of"]

_AHEAD_S: Final = 300
"""Seconds by which the provider's clock may go before ours."""

_PROXIED: Final = (
    *("forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip"),
    *("cf-connecting-ip", "true-client-ip", "fastly-client-ip"),
)
"""Headers by which a proxy tells for whom it asks (RFC 7239, RFC 9110, and what is usual); so do all that begin with `_FORWARDED`."""

_FORWARDED: Final = ("x-forwarded-", "x-original-")

_HOST: Final = re.compile(r"(?:(?P<name>[^\s/?#@\\:\[\]]+)|\[(?P<address>[\da-fA-F:.]+)\])(?::\d*)?")
"""A name or an address with its port; whatever else an address of the web may have is no part of it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the provider has told of.

    Attributes:
        email: The address, where the provider says that it is verified; else "".
        subject: By which the provider knows them, for good.
        issuer: The provider.
        claims: All that the ID token says.
        since: When they signed in, in seconds since 1970.
    """

    email: str
    subject: str
    issuer: str
    claims: Mapping[str, Any] = field(repr=False)
    since: float

    @property
    def name(self) -> str:
        """How they stand in the audit: never by a name that they choose themselves."""
        return self.email or f"{self.subject} at {urlsplit(self.issuer).hostname or self.issuer}"


def person_of(said: Mapping[str, Any], site: Site | None, now: float) -> Person | None:
    """Give the person of an ID token that Streamlit has checked; None where nobody is signed in, or not any more.

    Args:
        said: `st.user`.
        site: The site.
        now: Seconds since 1970.
    """
    if site is None or site.signin is None or said.get("is_logged_in") is not True:
        return None
    subject, issuer, since = said.get("sub"), said.get("iss"), said.get("iat")
    if not (_is_word(subject) and _is_word(issuer)) or isinstance(since, bool):
        return None
    if not isinstance(since, (int, float)) or not math.isfinite(since):
        return None
    if not since - _AHEAD_S <= now < since + site.signin.hours * 3600:
        return None
    return Person(_verified(said), str(subject), str(issuer), dict(said), float(since))


def may_read(site: Site | None, person: Person | None, *, at_home: bool, for_others: bool) -> bool:
    """Whether somebody may see the collections.

    Args:
        site: The site; without one a dashboard that listens to this machine alone is read by its user alone: a page of
            another host that reaches it (DNS rebinding) reads nothing.
        person: Who has signed in.
        at_home: Whether the dashboard was reached from this machine alone, as `is_at_home` says.
        for_others: Whether it listens to other machines; somebody has said so.
    """
    if site is None:
        return at_home or for_others
    if site.open:
        return True
    return person is not None and (_is_among(site.readers, person) or _is_among(site.reviewers, person))


def may_review(site: Site | None, person: Person | None, *, at_home: bool) -> bool:
    """Whether somebody may review, import, and begin collections.

    Args:
        site: The site; with one nobody is at home, for it stands behind a proxy that asks from this machine.
        person: Who has signed in.
        at_home: Whether the dashboard was reached from this machine alone, as `is_at_home` says.
    """
    if site is None:
        return at_home
    return person is not None and _is_among(site.reviewers, person)


def is_at_home(address: str | None, headers: Mapping[str, str] | None) -> bool:
    """Whether a dashboard listens to this machine alone, and was reached as such.

    A page of another host that makes its own name mean 127.0.0.1 (DNS rebinding) is known by the Host header, a page that
    speaks to this dashboard from a host of its own by the Origin header, a proxy by what it tells of whom it asks for.

    Args:
        address: Where it listens; None for everywhere.
        headers: Those of the request, by their names in small letters; None where nobody has asked by one, as where the server
            itself is at work. A request without any is somebody's.
    """
    if not address or not is_loopback(address):
        return False
    if headers is None:
        return True
    if any(name in _PROXIED or name.startswith(_FORWARDED) for name in headers):
        return False
    host = headers.get("host", "")
    origin = headers.get("origin")
    return is_loopback(host_of(host)) and (origin is None or origin in {f"http://{host}", f"https://{host}"})


def host_of(written: str) -> str:
    """Give the name of a host, without its port, as a Host header writes it (RFC 9110, section 7.2); "" where that has anything else."""
    found = _HOST.fullmatch(written)
    return (found["name"] or found["address"]).lower() if found else ""


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value) and value.isprintable()


def _verified(said: Mapping[str, Any]) -> str:
    """Give the e-mail address that the provider has verified; one that it has not may be anybody's."""
    email = said.get("email")
    if said.get("email_verified") is not True or not isinstance(email, str):
        return ""
    return email if is_email(email) else ""


def _is_among(people: People, person: Person) -> bool:
    if ANYBODY in people.emails:
        return True
    if person.email and any(_is_meant(written, person.email) for written in people.emails):
        return True
    return any(_values(person.claims, name).intersection(values) for name, values in people.claims)


def _is_meant(written: str, email: str) -> bool:
    """Whether an entry means an address: letter by letter, but that A is a. Letters that look alike are not alike."""
    written, email = _small(written), _small(email)
    if written.startswith("*@"):
        return email.rpartition("@")[2] == written[2:]
    return email == written


def _small(text: str) -> str:
    """Write A to Z small. Python's own folding would make some other letters the same, as the Kelvin sign and k."""
    return "".join(letter.lower() if "A" <= letter <= "Z" else letter for letter in text)


def _values(claims: Mapping[str, Any], name: str) -> set[str]:
    """Give what an ID token says under a name, or, where it has no such name, under `one.in.another`."""
    held: Any = claims.get(name)
    if held is None:
        held = claims
        for part in name.split("."):
            held = held.get(part) if isinstance(held, Mapping) else None
    listed = held if isinstance(held, (list, tuple)) else [held]
    return {one for one in listed if isinstance(one, str)}
