"""What the server says leaves at once, and does not wait until the browser has confirmed what it said before."""

from __future__ import annotations

import socket

from streamlit.web.server.starlette import starlette_server

__all__ = ["speak_at_once"]


def speak_at_once() -> None:
    """Let the sockets on which Streamlit listens hand TCP_NODELAY on to each connection (tcp(7)), as asyncio sets it.

    asyncio does so for sockets that say that they are TCP (its _set_nodelay), and Streamlit 1.67 makes one that does not
    (`socket.socket(family=family)` in its starlette_server): the second of two small messages waits for the confirmation
    of the first, which a browser gives after 40 ms where it has nothing to say (RFC 896, RFC 1122 section 4.2.3.2).
    """
    bind = starlette_server._bind_socket  # noqa: SLF001 - nothing else is given the socket

    def bound(address: str, port: int, backlog: int) -> socket.socket:
        listening = bind(address, port, backlog)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening

    starlette_server._bind_socket = bound  # noqa: SLF001 - as told above
