"""Which model is asked, as the environment says; the key is kept out of all that is shown."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

__all__ = ["KEY", "MODEL", "PLAIN", "URL", "Endpoint", "ModelError", "endpoint_of"]

URL: Final = "BORDERMAP_MODEL_URL"
"""The environment variable with the base address of an OpenAI-compatible service, as https://host/v1."""

MODEL: Final = "BORDERMAP_MODEL"
"""That with the model's name."""

KEY: Final = "BORDERMAP_MODEL_KEY"
"""That with the key; empty for a service that wants none."""

PLAIN: Final = "BORDERMAP_MODEL_PLAIN_HTTP"
"""That which is set to "yes" where text and key may go unencrypted to another machine."""

_PORTS: Final = {"https": 443, "http": 80}
_SENDABLE: Final = re.compile(r"[!-~]*")
_NAME: Final = re.compile(r"[!-~](?:[ -~]{0,198}[!-~])?")


class ModelError(BordermapError):
    """A model that cannot be asked, or does not answer; it never tells the key."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and what to ask.

    Attributes:
        scheme: "https" or "http".
        host: The host's name or number.
        port: Its port.
        path: The base address's path, without a slash at its end.
        model: The model's name.
        key: The key; "" for none.
    """

    scheme: str
    host: str
    port: int
    path: str
    model: str
    key: str = field(repr=False)

    @property
    def name(self) -> str:
        """What errors call it."""
        return f"model {self.model} at {self.host}"


def endpoint_of(environment: Mapping[str, str]) -> Endpoint | None:
    """Read the four variables; None where no address is given.

    No message repeats an address or a key: one may stand where the other belongs.

    Raises:
        ModelError: One of them is not what it should be.
    """
    if not (address := environment.get(URL, "").strip()):
        return None
    parts, port = _split(address)
    if not _is_private(parts) and environment.get(PLAIN, "").strip().lower() != "yes":
        raise ModelError(
            f"{URL} is plain http to another machine, where the text and the key can be read on the way; use https, "
            f"or set {PLAIN}=yes"
        )
    model = environment.get(MODEL, "").strip()
    if not _NAME.fullmatch(model):
        raise ModelError(f"{MODEL} is no name of a model; set it to one that the service knows")
    return Endpoint(
        parts.scheme, parts.hostname or "", port, parts.path.rstrip("/"), model, _key(environment)
    )


def _split(address: str) -> tuple[SplitResult, int]:
    """Take an address apart."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname or not _SENDABLE.fullmatch(address):
        raise ModelError(f"{URL} is no web address; write it as https://host/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ModelError(
            f"{URL} holds more than an address; write it as https://host/v1, and the key as {KEY}"
        )
    return parts, port


def _is_private(parts: SplitResult) -> bool:
    """Tell whether nobody can listen on the way: it is encrypted, or does not leave this machine."""
    host = parts.hostname or ""
    try:
        return parts.scheme == "https" or host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _key(environment: Mapping[str, str]) -> str:
    key = environment.get(KEY, "").strip()
    if not _SENDABLE.fullmatch(key):
        raise ModelError(f"{KEY} holds spaces or letters that no key has; set it to the key alone")
    return key
