"""One request to the model's service: to its host only, in bounded time, with an answer of bounded size."""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, Final

from claims.articles.asked.endpoint import ModelError

if TYPE_CHECKING:
    from claims.articles.asked.endpoint import Endpoint

__all__ = ["MOST_BYTES", "TIMEOUT_S", "Reply", "post"]

MOST_BYTES: Final = 2_000_000
"""Bytes of an answer; the longest that models give are a tenth of it."""

TIMEOUT_S: Final = 180.0
"""Seconds to wait for an answer: a model on one's own machine may think for minutes."""

_CHUNK: Final = 65_536
_SHORTEST_SECRET: Final = 8  # characters; services without keys are given words like "none"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered.

    Attributes:
        status: The HTTP status.
        retry_after: The header of that name; "" where there is none.
        body: The body.
    """

    status: int
    retry_after: str
    body: bytes


class _LargeError(Exception):
    """An answer without end."""


def post(endpoint: Endpoint, body: bytes, *, timeout_s: float = TIMEOUT_S) -> Reply:
    """Send one question; no redirect is followed and no proxy asked, so the key goes to the endpoint's host alone.

    Args:
        endpoint: Whom to ask.
        body: The question as JSON.
        timeout_s: Seconds to wait for the connection, for each sign of life, and for the whole body.

    Raises:
        ModelError: There is no answer.
    """
    reply = _tried(endpoint, body, timeout_s)
    if isinstance(reply, str):
        # Raised here and not where it failed: nothing that held the key hangs on it.
        raise ModelError(f"{endpoint.name} {reply}")
    return reply


def _tried(endpoint: Endpoint, body: bytes, timeout_s: float) -> Reply | str:
    """Give the reply, or why there is none."""
    ends = time.monotonic() + timeout_s
    connection = _connection(endpoint, timeout_s)
    try:
        _send(connection, endpoint, body)
        response = connection.getresponse()
        reply = Reply(response.status, response.headers.get("Retry-After", ""), _body(response, ends))
    except (OSError, HTTPException, UnicodeError, _LargeError) as error:
        return _why(error, timeout_s)
    finally:
        connection.close()
    if _tells_key(reply.body, endpoint.key):
        return f"answered with the key in it (status {reply.status}), as no service should; change the key"
    return reply


def _tells_key(body: bytes, key: str) -> bool:
    # Some services write / as \/ in JSON.
    return len(key) >= _SHORTEST_SECRET and key.encode() in body.replace(b"\\/", b"/")


def _why(error: Exception, timeout_s: float) -> str:
    match error:
        case TimeoutError():
            return f"did not answer within {timeout_s:g} seconds; try again later"
        case ssl.SSLError():
            return "cannot be reached securely; check its certificate and the address"
        case socket.gaierror() | UnicodeError():
            return "is not known by that name; check the address and the network"
        case ConnectionRefusedError():
            return "refused the connection; check the address and that the service runs"
        case _LargeError():
            return f"answered with more than {MOST_BYTES:,} bytes; nothing of it was read"
    return f"broke off the connection ({type(error).__name__}); try again later"


def _connection(endpoint: Endpoint, timeout_s: float) -> HTTPConnection:
    if endpoint.scheme == "https":
        secret = ssl.create_default_context()
        return HTTPSConnection(endpoint.host, endpoint.port, timeout=timeout_s, context=secret)
    return HTTPConnection(endpoint.host, endpoint.port, timeout=timeout_s)


def _send(connection: HTTPConnection, endpoint: Endpoint, body: bytes) -> None:
    connection.set_debuglevel(0)  # else, where a program has switched it on for all, the headers are printed
    connection.putrequest("POST", f"{endpoint.path}/chat/completions")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(len(body)))
    connection.putheader("User-Agent", "bordermap")
    if endpoint.key:
        connection.putheader("Authorization", f"Bearer {endpoint.key}")
    connection.endheaders(body)


def _body(response: HTTPResponse, ends: float) -> bytes:
    """Read a body as it comes in, no longer and no more than is sane."""
    held = bytearray()
    while chunk := response.read1(_CHUNK):
        held += chunk
        if len(held) > MOST_BYTES:
            raise _LargeError
        if time.monotonic() > ends:
            raise TimeoutError
    if response.length:
        raise ConnectionResetError  # it promised more
    return bytes(held)
