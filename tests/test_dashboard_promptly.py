"""Small messages of the server do not wait for each other."""

import socket

from streamlit.web.server.starlette import starlette_server

from dashboard.promptly import speak_at_once


def test_a_connection_sends_small_messages_at_once(monkeypatch):
    """Whoever connects to the socket that Streamlit makes is not made to wait for confirmations, as asyncio means it for TCP."""
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)
    speak_at_once()
    with starlette_server._bind_socket("127.0.0.1", 0, 1) as listening:
        listening.settimeout(20)
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
