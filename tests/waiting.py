"""Wait for a server of a test's own, which tells nobody that it is up."""

import socket
import subprocess
import time
from collections.abc import Callable

STARTS_WITHIN = 120.0


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(answers: Callable[[], bool], server: subprocess.Popen[bytes]) -> None:
    """Ask again until the answer is yes; what cannot be asked yet is no.

    Raises:
        RuntimeError: The server has ended, or takes too long.
    """
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if answers():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")
