"""Whether this machine can listen at an address and port, told in one sentence where it can't."""

from __future__ import annotations

import errno
import socket
from typing import Final

from dashboard.site import HERE
from geo.errors import BordermapError

__all__ = ["must_be_free"]

_REFUSED: Final = {
    errno.EADDRNOTAVAIL: f"{{address}} is no address of this machine; name one of it, {HERE} for itself alone or 0.0.0.0 for all "
    "its networks",
    errno.EADDRINUSE: "port {port} of {address} is in use by another program; end it, or name another port with --port",
    errno.EACCES: "port {port} may not be opened by this user; name one from 1024 with --port, and let a proxy have the other",
}
"""What is told by why it cannot be listened at; anything else the server tells itself."""


def must_be_free(address: str, port: int = 0) -> None:
    """Try to listen.

    Args:
        address: An IP address, or localhost.
        port: 0 to try the address alone.

    Raises:
        BordermapError: The address is another machine's or nobody's; the port is taken or forbidden.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((address, port))
    except OSError as error:
        if error.errno in _REFUSED:
            raise BordermapError(_REFUSED[error.errno].format(address=address, port=port)) from None
