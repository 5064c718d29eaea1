"""Whom Chromium asked over the network, by its own log (`--log-net-log`)."""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["asked_in", "switches"]

_OWN_SCHEMES: Final = {"about", "blob", "chrome", "data", "devtools", "file", "javascript"}
"""Schemes of addresses that lead to no other machine."""


def switches(log: Path) -> list[str]:
    """Give the switches with which Chromium writes the log; it is whole when the browser has ended."""
    return [f"--log-net-log={log}", "--net-log-capture-mode=Everything"]


def asked_in(log: Path) -> list[str]:
    """Give who was asked but this machine, each once, in order: "request ORIGIN", "lookup NAME", "tcp" or "udp" ADDRESS:PORT.

    Requests that a page's policy refused are not among them: they were never made. Nor is a datagram's socket that was
    connected and sent nothing, by which Chromium asks itself whether it has IPv6.

    Raises:
        ValueError: The log is not whole.
        KeyError: It names its events otherwise than Chromium does today: nothing can be told from it.
    """
    told = json.loads(log.read_text(encoding="utf-8", errors="replace"))
    types = told["constants"]["logEventTypes"]
    kinds = {types[name]: name for name in _READ}
    whom: dict[str, None] = {}
    peers: dict[int, str] = {}
    for event in told["events"]:
        if name := kinds.get(event["type"]):
            params = event.get("params") or {}
            if name == "UDP_CONNECT" and "address" in params:
                peers[event["source"]["id"]] = params["address"]
            whom |= dict.fromkeys(_READ[name](params, peers.get(event["source"]["id"], "")))
    return list(whom)


def _requests(params: dict[str, Any], _peer: str) -> Iterator[str]:
    parts = urlsplit(params.get("url", "about:blank"))
    if parts.scheme not in _OWN_SCHEMES and not _is_here(parts.hostname or ""):
        yield f"request {parts.scheme}://{parts.netloc}"


def _lookups(params: dict[str, Any], _peer: str) -> Iterator[str]:
    if host := params.get("host"):
        name = urlsplit(host if "://" in host else f"//{host}").hostname or ""
        if not _is_here(name) and not _is_number(name):
            yield f"lookup {name}"


def _connections(params: dict[str, Any], _peer: str) -> Iterator[str]:
    if (address := params.get("address")) and not _is_here(urlsplit(f"//{address}").hostname or ""):
        yield f"tcp {address}"


def _datagrams(params: dict[str, Any], peer: str) -> Iterator[str]:
    address = params.get("address") or peer
    if not _is_here(urlsplit(f"//{address}").hostname or ""):
        yield f"udp {address}"


def _none(_params: dict[str, Any], _peer: str) -> Iterator[str]:
    return iter(())


_READ: Final = {
    "URL_REQUEST_START_JOB": _requests,
    "HOST_RESOLVER_MANAGER_REQUEST": _lookups,
    "HOST_RESOLVER_MANAGER_JOB": _lookups,
    "TCP_CONNECT_ATTEMPT": _connections,
    "UDP_CONNECT": _none,
    "UDP_BYTES_SENT": _datagrams,
}
"""The events that are read, each with what it tells."""


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return _is_number(host) and ipaddress.ip_address(host).is_loopback


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
