"""Rounds of a command that is killed at some moment: what it writes is then as it was before, or as it shall be, and never half."""

from __future__ import annotations

import os
import select
import shutil
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.forked import begun, ended, run_bordermap

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

__all__ = ["Act", "Killed", "Rounds"]

LOOK_S: Final = 0.0005
"""How often it is looked whether a command has begun to write."""
MORE_S: Final = 0.03
"""Half of the kills come at most so long after it has."""
GIVE_UP_S: Final = 300.0
AGAIN: Final = 0.25
"""In what share of the rounds a command that was killed is done again."""


@dataclass(frozen=True, slots=True)
class Act:
    """A command that writes.

    Attributes:
        name: What it does.
        begin: Makes in an empty folder what is there before; gives the environment of the command.
        words: The command, in that folder.
        state: What is told of what is there, by which before and after are known; raises nothing on what is whole.
        end: Takes away what lies elsewhere.
        run: Does it in its process, and gives how it ended.
        keeps: The folder that one which was refused may leave, from which it goes on when it is done again.
    """

    name: str
    begin: Callable[[Path], Mapping[str, str]]
    words: tuple[str, ...]
    state: Callable[[Path, Mapping[str, str]], Any]
    end: Callable[[Path], None] = lambda _place: None
    run: Callable[[tuple[str, ...]], int] = run_bordermap
    keeps: str = ""


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of one round.

    Attributes:
        kills: 1, or 0 where the command had ended before.
        acknowledged: 1 where it had said that all is written.
        lost: What is neither as before nor as it shall be, or is not there though it was acknowledged.
        left: What lies beside what was written, which nobody but a process that was killed could leave.
    """

    kills: int
    acknowledged: int
    lost: tuple[str, ...]
    left: int


class Rounds:
    """The rounds of one act, in folders of their own."""

    def __init__(self, act: Act, folder: Path) -> None:
        """Do it once in peace, which is timed."""
        self._act, self._folder, self._count = act, folder, 0
        place, env = self._place()
        self._before = act.state(place, env)
        start = time.monotonic()
        how = ended(*self._begun(place, env))
        self._takes_s = time.monotonic() - start
        if how != "0":
            raise RuntimeError(f"{act.name} ended with {how or 'nothing'}")
        self._after = act.state(place, env)
        if self._after == self._before:
            raise RuntimeError(f"{act.name} changes nothing")
        self._gone(place)

    def killed(self, chance: random.Random) -> Killed:
        """Kill it at some moment and look at what is there; in some rounds do it again in peace, and look once more."""
        place, env = self._place()
        stood = {path.name for path in place.iterdir()}
        moment, start = self._moment(chance, place), time.monotonic()
        child, pipe = self._begun(place, env)
        kills = _kill(child, pipe, moment)
        how = ended(child, pipe)
        if not kills:  # it is done sooner than the first time
            self._takes_s = min(self._takes_s, time.monotonic() - start)
        lost: list[str] = []
        found = self._found(place, env, lost, "when it was killed")
        if found is not None and found not in (self._before, self._after):
            lost.append(f"{self._act.name}: neither as before nor as it shall be")
        if how == "0" and found != self._after:
            lost.append(f"{self._act.name}: acknowledged, and not there")
        left = sum(path.name not in stood and path.name.startswith(".") for path in place.iterdir())
        if found != self._after and chance.random() < AGAIN:
            again = ended(*self._begun(place, env))
            if again != "0" or self._found(place, env, lost, "when done again") != self._after:
                lost.append(f"{self._act.name}: done again it ends with {again or 'nothing'}, or otherwise")
        self._gone(place)
        return Killed(kills, int(how == "0"), tuple(lost), left)

    def _begun(self, place: Path, env: Mapping[str, str]) -> tuple[int, int]:
        return begun(self._act.words, place, env, self._act.run)

    def _found(self, place: Path, env: Mapping[str, str], lost: list[str], when: str) -> Any:
        try:
            return self._act.state(place, env)
        except Exception as error:  # noqa: BLE001 - whatever it is, what is there cannot be read
            lost.append(f"{self._act.name}: {when} it cannot be read: {type(error).__name__} {error}")
            return None

    def _moment(self, chance: random.Random, place: Path) -> Callable[[float], bool]:
        """Give what tells, of the seconds since it was begun, whether it is time to kill."""
        if chance.random() < 0.5:
            after_s = chance.uniform(0, self._takes_s * 1.1)
            return lambda since_s: since_s >= after_s
        stood, more_s, until = _stamps(place), chance.uniform(0, MORE_S), [0.0]
        # A server writes elsewhere: its client is killed in the second half of its time.
        latest_s = self._takes_s * chance.uniform(0.5, 1)

        def writes(since_s: float) -> bool:
            if not until[0] and _stamps(place) != stood:
                until[0] = since_s + more_s
            return since_s >= (until[0] or latest_s)

        return writes

    def _place(self) -> tuple[Path, Mapping[str, str]]:
        self._count += 1
        place = self._folder / f"{self._act.name.replace(' ', '-')}-{self._count}"
        place.mkdir()
        return place, self._act.begin(place)

    def _gone(self, place: Path) -> None:
        self._act.end(place)
        shutil.rmtree(place)


def _kill(child: int, pipe: int, is_time: Callable[[float], bool]) -> int:
    """Kill a process when it is time; give whether it was there still."""
    start = time.monotonic()
    while not select.select([pipe], [], [], LOOK_S)[0]:
        since_s = time.monotonic() - start
        if is_time(since_s) or since_s > GIVE_UP_S:
            os.kill(child, signal.SIGKILL)
            return 1
    return 0


def _stamps(place: Path) -> dict[str, tuple[int, int]]:
    """Tell of everything in a folder its size and when it was changed."""
    found = {}
    for root, _, names in os.walk(place):
        for path in (Path(root), *(Path(root) / name for name in names)):
            with suppress(OSError):
                facts = path.stat()
                found[str(path)] = (facts.st_size, facts.st_mtime_ns)
    return found
