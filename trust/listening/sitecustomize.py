"""Writes down whom a Python process asks over the network, where PYTHONPATH names this folder and TRUST_HEARD a file."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from typing import Any

_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_HERE = {"", "localhost", "0.0.0.0", "::", "::1", "None", socket.gethostname()}  # noqa: S104 - told apart, not listened on


def _hear(event: str, told: tuple[Any, ...]) -> None:
    """Write a line for a name that is looked up, and for an address that is connected to or sent to."""
    if event in _LOOKUPS and not _is_number(str(told[0])):
        _write("lookup", told[0])
    elif event in _SENDS and isinstance(told[1], tuple):
        kind = "udp" if told[0].type & 15 == socket.SOCK_DGRAM else "tcp"
        # A datagram's socket that is connected has sent nothing yet: so one asks for one's own address.
        if (event, kind) != ("socket.connect", "udp"):
            _write(kind, told[1][0], f":{told[1][1]}")


def _is_number(host: str) -> bool:
    """Tell whether a host needs no looking up."""
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return False


def _write(what: str, host: object, port: str = "") -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name in _HERE or name.startswith("127."):
        return
    name = f"[{name}]" if port and ":" in name else name
    test = os.environ.get("PYTEST_CURRENT_TEST")
    file = _open(_HEARD, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        _put(file, f"{what} {name.lower()}{port}{f' in {test}' if test else ''}\n".encode())
    finally:
        _close(file)


# As they are at first: a test may put its own in their place.
_open, _put, _close = os.open, os.write, os.close
_HEARD = os.environ.get("TRUST_HEARD", "")
if _HEARD:
    sys.addaudithook(_hear)
