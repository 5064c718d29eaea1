"""A PostgreSQL of one's own: made in a temporary folder, spoken to by a socket there or at an address, and gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Server", "programs", "server"]

_PACKAGED: Final = Path("/usr/lib/postgresql")
"""Where Debian puts the programs of each version."""
_PORT: Final = 5432
_TRIES: Final = 600
_PAUSE_S: Final = 0.1


def programs() -> Path | None:
    """Give the folder of PostgreSQL's programs, the newest; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    packaged = _PACKAGED.glob("*/bin/initdb")
    return max((path.parent for path in packaged), key=lambda path: int(path.parent.name), default=None)


class Server:
    """A server that runs as somebody else than root, whom it refuses."""

    def __init__(self, folder: Path, bin_folder: Path, *, lasting: bool, address: str = "") -> None:
        """Make its files in a folder, and start it; unless it is lasting, it does not wait for the disk."""
        self.folder, self._bin, self._lasting, self._address = folder, bin_folder, lasting, address
        self._data = folder / "data"
        self._run("initdb", "-D", str(self._data), "-U", "bordermap", "-A", "trust", "-E", "UTF8", "-N")
        if address:
            with (self._data / "pg_hba.conf").open("a", encoding="ascii") as file:
                file.write("host all all all trust\n")
        self.start()

    @property
    def at(self) -> str:
        """Where it is spoken to over TCP; only where it was begun with an address."""
        return f"{self._address}:{_PORT}"

    def url(self, database: str) -> str:
        """Give the address of one of its databases."""
        if self._address:
            return f"postgresql://bordermap@{self.at}/{database}"
        return f"postgresql://bordermap@/{database}?host={self.folder}"

    def make_database(self, name: str, of: str | None = None) -> str:
        """Make a database, empty or a copy of another, and give its address."""
        like = ["-T", of] if of else []
        self._run("createdb", "-h", str(self.folder), "-U", "bordermap", *like, name)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever still holds it."""
        self._run("dropdb", "-f", "-h", str(self.folder), "-U", "bordermap", name)

    def start(self) -> None:
        """Start it, and wait until it answers; after a kill it first mends itself."""
        settings = {
            "listen_addresses": self._address,
            "port": str(_PORT),
            "unix_socket_directories": str(self.folder),
            "max_connections": "60",
            "fsync": "on" if self._lasting else "off",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        # Our own child, so that it is gone for good once it was killed and waited for.
        self._process = subprocess.Popen(
            [self._bin / "postgres", "-D", str(self._data), *words], **self._surroundings()
        )
        if not self._answers():
            raise RuntimeError("PostgreSQL does not start")

    def start_again(self) -> None:
        """Wait until it answers, and start it where it has ended by itself, as on a disk that was full."""
        if not self._answers():
            self.start()

    def _answers(self) -> bool:
        """Wait until it answers; false where it has ended instead."""
        asked = [self._bin / "pg_isready", "-q", "-h", str(self.folder)]
        for _ in range(_TRIES):
            if subprocess.run(asked, check=False, **self._surroundings()).returncode == 0:
                return True
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_PAUSE_S)
                break
        return False

    def stop(self, *, at_once: bool = True) -> None:
        """Stop it without further ado ("immediate"); or in order, whoever is connected being sent away ("fast")."""
        self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
        self._process.wait(60)

    def kill(self) -> None:
        """Kill it with all its processes, as if the machine had stopped."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        for process in (pid, *map(int, children)):
            with suppress(ProcessLookupError):  # it has ended by itself
                os.kill(process, signal.SIGKILL)
        self._process.wait(60)

    def _run(self, program: str, *words: str) -> None:
        said = subprocess.run([self._bin / program, *words], check=False, **self._surroundings())
        if said.returncode:
            raise RuntimeError(f"PostgreSQL's {program} failed with {said.returncode}")

    def _surroundings(self) -> dict[str, Any]:
        return {
            "cwd": self.folder,
            "env": {"PATH": str(self._bin), "LC_ALL": "C", "HOME": str(self.folder)},
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
            **_as_whom(),
        }


@contextmanager
def server(*, lasting: bool = True, within: Path | None = None, address: str = "") -> Iterator[Server]:
    """Run a server while the `with` block lasts.

    Args:
        lasting: As for `Server`, whether it is to survive a kill.
        within: The folder in which its own is made; by default that for what lasts no longer.
        address: On which it listens to whoever asks, on a network that leads nowhere; without it, on a socket of its folder alone.

    Raises:
        RuntimeError: There is no PostgreSQL, or it does not start.
    """
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError(
            "there is no PostgreSQL on this machine; scripts/install_postgresql.sh installs it"
        )
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=within))
    try:
        if whom := _as_whom():
            os.chown(folder, whom["user"], whom["group"])
        running = Server(folder, bin_folder, lasting=lasting, address=address)
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_whom() -> dict[str, Any]:
    """Say as whom to run a program: as oneself, unless that is root."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
