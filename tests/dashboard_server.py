"""Start the dashboard on a free port of this machine for a test, and end it after."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 60.0


@contextmanager
def served(
    app: Path | None, collection: Path, log: Path, site: Callable[[str], Path] | None = None
) -> Iterator[str]:
    """Serve an app, or the dashboard as it launches itself, with a collection; give its address once it answers.

    Args:
        app: A script of Streamlit's, or with a site one that launches the dashboard; None for the dashboard as it is.
        collection: It.
        log: Where the server writes.
        site: Writes a site file for the address, and gives it.

    Raises:
        RuntimeError: It does not answer; the message holds what it wrote.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    launcher = [str(app)] if site else ["-m", "streamlit", "run", str(app)]
    command = [sys.executable, *(launcher if app else ["-m", "dashboard.launch"]), "--server.port", str(port)]
    address = f"http://127.0.0.1:{port}"
    env = {**os.environ, "BORDERMAP_COLLECTION": str(collection)}
    if site:
        env["BORDERMAP_SITE"] = str(site(address))
        env["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)  # noqa: S603
        try:
            if not _answers(address, server):
                raise RuntimeError(f"the dashboard does not start: {log.read_text(encoding='utf-8')}")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _answers(address: str, server: subprocess.Popen) -> bool:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)  # waits for another process to open its port, which tells nobody
    return False
