"""Acts on a disk that is full or may only be read: what each wrote is whole or as before, and it says what to do."""

from __future__ import annotations

import re
import select
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.disks import PAGE, full, shut, small, taken
from trust.forked import begun, ended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from trust.commands import Act

__all__ = ["FULL", "READ_ONLY", "SIZE", "Refused", "refused", "untold"]

SIZE: Final = 48 * 2**20
"""Bytes of the disk."""

FULL: Final = "a full disk"
READ_ONLY: Final = "a disk that may only be read"

_OWN: Final = ("store.sqlite-shm", "store.sqlite-wal")
"""What SQLite leaves beside a file that it could not put its log into: the log may hold what was acknowledged."""

_LOOK_S: Final = 0.001
"""How often it is looked how much is taken."""
_SAYS_LEAST: Final = 3
"""Words of what is to be done."""


@dataclass(slots=True)
class Refused:
    """What came of an act.

    Attributes:
        name: What it does.
        lack: What the disk lacked.
        tried: How often it was done where there was not room enough, or no right.
        refused: How often it ended with 1.
        acknowledged: How often it said that all is written: with room, and where what was there was enough.
        lost: What is neither as before nor as it shall be, or is not there though it was acknowledged, and what does not
            work once there is room.
        silent: Ends without one sentence that names the file and says what to do, and all that was raised instead.
        strays: Files that a refused act left.
    """

    name: str
    lack: str
    tried: int = 0
    refused: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)


def refused(act: Act, folder: Path, levels: int) -> list[Refused]:
    """Do an act on a full disk, at several fillings, and on one that may only be read; files for the time being there, too.

    Args:
        act: It.
        folder: An empty one, in which the disk is mounted.
        levels: In how many steps the room is given that it takes, from none to all but a page.
    """
    found = [Refused(act.name, FULL), Refused(act.name, READ_ONLY)]
    for beside in (False, True):
        with small(folder / "disk", SIZE) as disk:
            tries = _Tries(act, disk, folder / "said", beside=beside)
            found[0].acknowledged += 1
            for left in _levels(tries.takes, levels):
                tries.refused(found[0], f"{left:,} bytes left", lambda left=left: full(disk, left))
            tries.refused(found[1], "nothing may be written", lambda: shut(disk))
    return found


def _levels(takes: int, levels: int) -> list[int]:
    lefts = {takes * level // levels // PAGE * PAGE for level in range(levels)} | {max(takes - PAGE, 0)}
    return sorted(lefts)


class _Tries:
    """The tries of one act on one disk."""

    def __init__(self, act: Act, disk: Path, said: Path, *, beside: bool) -> None:
        """Do it once with room enough, and see how much it takes."""
        self._act, self._disk, self._said = act, disk, said
        self._time_being = {}
        if beside:
            (disk / "tmp").mkdir()
            self._time_being = {"TMPDIR": str(disk / "tmp")}
        with self._place() as (place, env):
            self._before = act.state(place, env)
            stood = taken(disk)
            self.takes = self._peak(place, env) - stood
            self._after = act.state(place, env)
            self._names = self._there(place)
        if self._after == self._before:
            raise RuntimeError(f"{act.name} changes nothing")

    def refused(self, found: Refused, when: str, lack: Callable[[], AbstractContextManager[None]]) -> None:
        """Do it where something lacks, look at what is there, and do it again where nothing does."""
        when = f"{self._act.name}, {when}{', files for the time being there too' if self._time_being else ''}"
        with self._place() as (place, env):
            stood = self._there(place)
            with lack():
                how = self._done(place, env)
                names = self._there(place)
            found.tried += 1
            found.acknowledged += how == "0"
            found.refused += how == "1"
            state = self._state(found, place, env, when)
            if state not in ((self._after,) if how == "0" else (self._before, self._after)):
                what = "acknowledged, and not there" if how == "0" else "neither as before nor as it shall be"
                found.lost.append(f"{when}: {what}")
            allowed = stood | (self._names if how == "0" or state == self._after else set())
            found.strays += [
                f"{when}: {name}" for name in sorted(names - allowed) if not self._may_stay(name)
            ]
            if how != "0" and (why := untold(how, self._told(), self._named(place))):
                found.silent.append(f"{when}: {why}")
            if state != self._after:
                self._again(found, place, env, when)

    def _again(self, found: Refused, place: Path, env: Mapping[str, str], when: str) -> None:
        how = self._done(place, env)
        found.acknowledged += how == "0"
        if how != "0" or self._state(found, place, env, when) != self._after:
            found.lost.append(
                f"{when}: with room it ends with {how or 'nothing'}, or otherwise: {self._told()}"
            )

    def _may_stay(self, name: str) -> bool:
        kept = self._act.keeps
        return name.endswith(_OWN) or bool(kept and kept in Path(name).parts)

    def _state(self, found: Refused, place: Path, env: Mapping[str, str], when: str) -> Any:
        try:
            return self._act.state(place, env)
        except Exception as error:  # noqa: BLE001 - whatever it is, what is there cannot be read
            found.lost.append(f"{when}: it cannot be read: {type(error).__name__} {error}")
            return None

    def _done(self, place: Path, env: Mapping[str, str]) -> str:
        return ended(*self._begun(place, env))

    def _begun(self, place: Path, env: Mapping[str, str]) -> tuple[int, int]:
        self._said.write_text("", encoding="utf-8")
        return begun(self._act.words, place, {**env, **self._time_being}, self._act.run, self._said)

    def _peak(self, place: Path, env: Mapping[str, str]) -> int:
        """Do it, and give how many bytes of the disk were taken at the most."""
        child, pipe = self._begun(place, env)
        most = taken(self._disk)
        while not select.select([pipe], [], [], 0)[0]:
            most = max(most, taken(self._disk))
            time.sleep(_LOOK_S)
        if (how := ended(child, pipe)) != "0":
            raise RuntimeError(f"{self._act.name} ended with {how or 'nothing'}: {self._told()}")
        return max(most, taken(self._disk))

    def _told(self) -> str:
        return self._said.read_text(encoding="utf-8", errors="replace").strip()

    def _named(self, place: Path) -> set[str]:
        """Give what a sentence may name: what it writes, and the disk."""
        own = {name.split("/")[1] for name in self._names if name.startswith(f"{place.name}/")}
        return own | {str(self._disk)}

    @contextmanager
    def _place(self) -> Iterator[tuple[Path, Mapping[str, str]]]:
        """Give a folder on the disk, as it is before, while the `with` block lasts."""
        place = self._disk / "place"  # each of the same length, so that each takes as much
        place.mkdir()
        env = self._act.begin(place)
        try:
            yield place, env
        finally:
            self._act.end(place)
            shutil.rmtree(place)

    def _there(self, place: Path) -> set[str]:
        """List what is on the disk beside what fills it."""
        folders = (place, self._disk / "tmp")
        return {str(path.relative_to(self._disk)) for folder in folders for path in folder.rglob("*")}


def untold(how: str, said: str, names: set[str]) -> str:
    """Say what lacks where an act that was refused should end with 1 and one sentence; "" where it does.

    Args:
        how: It ended.
        said: On standard error.
        names: Of what it may name, one of which it must.
    """
    last = said.splitlines()[-1] if said else ""
    if how != "1":
        return f"it ended with {how or 'nothing'}: {said[-600:]}"
    if "Traceback" in said or "Exception ignored" in said:
        return f"it raises: {said[-600:]}"
    if not any(re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", last) for name in names):
        return f"it names no file: {last!r}"
    if len(last.rpartition("; ")[2].split()) < _SAYS_LEAST or "; " not in last:
        return f"it does not say what to do: {last!r}"
    return ""
