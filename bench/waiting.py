"""Waits for a server of this machine, which tells nobody that it is up: for the bench, the tests, the pictures and the trust runs."""

from __future__ import annotations

import socket
import time
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

__all__ = ["STARTS_WITHIN_S", "free_port", "is_up", "until"]

STARTS_WITHIN_S = 120.0


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_up(address: str) -> bool:
    """Ask a dashboard, of ours or of Streamlit's, whether it serves."""
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def until(
    answers: Callable[[], bool],
    server: subprocess.Popen[bytes],
    within_s: float = STARTS_WITHIN_S,
    every_s: float = 0.05,
) -> None:
    """Ask again until the answer is yes; what cannot be asked yet is no.

    Args:
        answers: Asks.
        server: Whose answer is waited for.
        within_s: How many seconds to wait at the most.
        every_s: How many pass from one time to the next.

    Raises:
        RuntimeError: The server has ended, or takes too long.
    """
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if answers():
                return
        except OSError:
            pass
        time.sleep(every_s)
    raise RuntimeError(
        "the server does not answer"
        if server.poll() is None
        else f"the server has ended with {server.poll()}"
    )
