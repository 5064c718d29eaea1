"""A dashboard of ours or of the peer's on a free port, whose process is looked at while it serves."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.dashboards import PEER_PACKAGES
from bench.waiting import free_port, is_up, until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["OURS", "ROOT", "Served", "served"]

ROOT: Final = Path(__file__).parents[2]

OURS: Final = ("dashboard.launch",)
"""How our dashboard is started, after `python -m`."""

OPEN: Final = ("01", "08")
"""States of a connection: established, and closed by the other side alone (Linux, include/net/tcp_states.h)."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs.

    Attributes:
        address: Where it answers.
        pid: Of its process.
        log: The file that holds what it writes.
    """

    address: str
    pid: int
    log: Path

    def connected(self) -> int:
        """Count the connections that it holds, those that only it has not closed yet included (/proc/net/tcp, IPv4)."""
        port = f":{int(self.address.rpartition(':')[2]):04X}"
        lines = (line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:])
        return sum(local.endswith(port) and state in OPEN for _, local, _, state, *_ in lines)

    def written(self) -> str:
        """Give what it wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(start: tuple[str, ...], environment: Mapping[str, str], *, bare: bool = False) -> Iterator[Served]:
    """Start a server, and end it after; its user's data are in a folder of its own.

    Args:
        start: What is given to Python after `-m`.
        environment: What it is told beside our own.
        bare: Whether it runs without our settings of Streamlit.

    Raises:
        RuntimeError: It does not answer; the message holds what it wrote.
    """
    with tempfile.TemporaryDirectory(prefix="bordermap-load-") as folder:
        log, port = Path(folder) / "log", free_port()
        paths = os.pathsep.join([str(ROOT), str(PEER_PACKAGES), os.environ.get("PYTHONPATH", "")])
        env = {**os.environ, "PYTHONPATH": paths, "XDG_DATA_HOME": folder, **environment}
        with log.open("w", encoding="utf-8") as out:
            command = [sys.executable, "-m", *start, "--server.port", str(port)]
            process = subprocess.Popen(
                command, cwd=folder if bare else ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
            )
            try:
                one = Served(f"http://127.0.0.1:{port}", process.pid, log)
                try:
                    until(lambda: is_up(one.address), process)
                except RuntimeError as error:
                    raise RuntimeError(f"{error}: {one.written()[-2000:]}") from None
                yield one
            finally:
                process.terminate()
                process.wait(timeout=20)
