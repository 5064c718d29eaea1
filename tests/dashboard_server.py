"""Start the dashboard on a free port of this machine for a test, and end it after."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.waiting import free_port, is_up, until

ROOT = Path(__file__).parents[1]


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
    port = free_port()
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
            try:
                until(lambda: is_up(address), server)
            except RuntimeError as error:
                raise RuntimeError(f"{error}: {log.read_text(encoding='utf-8')}") from None
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)
