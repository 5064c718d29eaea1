"""What the operator of a dashboard says of it in site.toml: where it listens, what it shows, who reads it, who reviews."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ANYBODY",
    "AS_PUBLISHED",
    "HERE",
    "HOURS",
    "PORT",
    "UPLOAD_MB",
    "VARIABLE",
    "People",
    "SignIn",
    "Site",
    "is_loopback",
]

VARIABLE: Final = "BORDERMAP_SITE"
"""The environment variable that names the file; `bordermap serve --site` sets it."""

HERE: Final = "127.0.0.1"
"""Where a dashboard listens of which nothing else is said: nobody on another machine reaches it."""

ANYBODY: Final = "*"
"""Among the people who read: anybody whom the provider lets sign in."""

AS_PUBLISHED: Final = "as they are published"

PORT: Final = 8501
"""Streamlit's own."""
UPLOAD_MB: Final = 50
HOURS: Final = 12
"""How long a sign-in lasts where nothing is said: a working day."""

_CALLBACK: Final = "/oauth2callback"
"""Where Streamlit hears of a sign-in."""


@dataclass(frozen=True, slots=True)
class People:
    """Some signed-in people.

    Attributes:
        emails: Their addresses, or `*@` and a domain for everybody there; `ANYBODY` for everybody signed in.
        claims: By the name of a claim of the ID token (OpenID Connect Core 1.0, section 2) the values of which one is enough.
    """

    emails: tuple[str, ...] = ()
    claims: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        """Whether there may be any."""
        return bool(self.emails or self.claims)


@dataclass(frozen=True, slots=True)
class SignIn:
    """The OpenID Connect provider that says who people are, as Streamlit takes it.

    Attributes:
        client_id: As which the provider knows this dashboard.
        client_secret: By which it knows it; nothing prints it.
        server_metadata_url: Where the provider describes itself.
        cookie_secret: What the cookies of signed-in people are signed with; nothing prints it.
        hours: How long a sign-in lasts.
    """

    client_id: str
    client_secret: str = field(repr=False)
    server_metadata_url: str
    cookie_secret: str = field(repr=False)
    hours: int = HOURS


@dataclass(frozen=True, slots=True)
class Site:
    """A dashboard for others.

    Attributes:
        address: On which it listens.
        port: Likewise.
        url: By which people reach it, without a slash at its end; "" where nobody signs in.
        collections: Those that readers see, by the words that `claims.named` takes; None for the shipped ones and those of the store.
        public: Whether readers see collections as they are published, as they do where nothing else is said.
        upload_mb: Megabytes that a file may have which a reviewer hands in.
        open: Whether everybody reads who reaches it.
        readers: Those who read where not everybody does; reviewers do in any case.
        reviewers: Those who review and import.
        signin: How people sign in; None where nobody can.
    """

    address: str = HERE
    port: int = PORT
    url: str = ""
    collections: tuple[str, ...] | None = None
    public: bool = True
    upload_mb: int = UPLOAD_MB
    open: bool = True
    readers: People = People()
    reviewers: People = People()
    signin: SignIn | None = None

    def options(self) -> dict[str, Any]:
        """Give what Streamlit is to be told, by its options' names."""
        host = urlsplit(self.url).hostname or HERE
        return {
            "server.address": self.address,
            "server.port": self.port,
            "server.maxUploadSize": self.upload_mb,
            "server.enableCORS": True,
            "server.enableXsrfProtection": True,
            "browser.serverAddress": host,
            "client.showErrorDetails": "none",
        }

    def secrets(self) -> dict[str, Any]:
        """Give what Streamlit keeps as its secrets, for `streamlit.App`; an empty [auth] where nobody signs in.

        Streamlit reads a secrets.toml of the user's too. Its [auth] is not this site's, so it is always overwritten.
        """
        if self.signin is None:
            return {"auth": {}}
        return {
            "auth": {
                "redirect_uri": f"{self.url}{_CALLBACK}",
                "cookie_secret": self.signin.cookie_secret,
                "client_id": self.signin.client_id,
                "client_secret": self.signin.client_secret,
                "server_metadata_url": self.signin.server_metadata_url,
            }
        }

    def told(self) -> list[str]:
        """Say in sentences what is offered to whom."""
        shown = (
            "all shipped ones and all of the store" if self.collections is None else _listed(self.collections)
        )
        edition = AS_PUBLISHED if self.public else "whole, with what they withhold"
        return [
            f"read by {self._read_by()}",
            f"reviewed by {_people(self.reviewers)}"
            if self.reviewers
            else "reviewed by nobody: no [reviewing]",
            f"collections: {shown}, {edition}",
        ]

    def _read_by(self) -> str:
        return "everyone who reaches it" if self.open else f"{_people(self.readers)}, and by reviewers"


def _people(people: People) -> str:
    if ANYBODY in people.emails:
        return "everybody whom the provider lets sign in"
    having = [f"{name} {' or '.join(values)}" for name, values in people.claims]
    return _listed([*people.emails, *(f"people with {one}" for one in having)]) or "nobody else"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def is_loopback(host: str) -> bool:
    """Whether an address or a host's name is this machine as it names itself, which no other can be (RFC 6761, section 6.3)."""
    name = host.removeprefix("[").removesuffix("]").removesuffix(".").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
