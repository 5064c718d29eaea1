"""What is told of an address and port that cannot be listened at."""

import socket

import pytest

from dashboard.bound import must_be_free
from geo.errors import BordermapError


def test_a_port_that_is_free_is_not_spoken_of():
    """Nor is one that was in use until a moment ago, whose last connection the system still remembers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as reader, taken.accept()[0] as server:
            server.shutdown(socket.SHUT_WR)  # who ends first has to remember it
            reader.recv(1)
    must_be_free("127.0.0.1", port)


def test_a_port_in_use_is_named_with_what_to_do():
    """The sentence has port and address."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BordermapError, match=rf"port {port} of 127\.0\.0\.1 is in use .* --port"):
            must_be_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    """One of the documentation's network (RFC 5737) is nobody's."""
    with pytest.raises(BordermapError, match=r"203\.0\.113\.1 is no address of this machine"):
        must_be_free("203.0.113.1")
