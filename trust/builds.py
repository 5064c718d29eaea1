"""Rounds of `bordermap build` in which a worker or the whole command is killed, and the folder is held to one that was left in peace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from bench.exchange_made import acled

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

__all__ = ["WAYS", "WHATS", "BuildRound", "Builds"]

ROOT: Final = Path(__file__).parents[1]
WAYS: Final = {"a pool of two": (), "two workers of Dask": ("--scheduler", "local")}
"""Who builds, by the options that say so."""

WHATS: Final = ("a worker killed", "the command killed", "stopped by the user")
"""What befalls it; after the first it is to end well, and after the others it is run again."""

STOPPED: Final = 130

LOOK_S: Final = 0.02
GIVE_UP_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class BuildRound:
    """What came of one round.

    Attributes:
        kills: How many processes were killed; 0 where all was done before the moment came.
        differences: Files, and places by day and kind, that are not as they were to be, and runs that did not end well.
        duplicates: Events and claims that are there twice.
        strays: Files beside the folder, and processes that outlived the command.
    """

    kills: int
    differences: tuple[str, ...]
    duplicates: tuple[str, ...]
    strays: tuple[str, ...]


class Builds:
    """Inputs in a folder, and what is built of them in peace."""

    def __init__(self, folder: Path, claims: int, files: int) -> None:
        """Make up so many claims in so many files, and build them once, which is timed."""
        self._folder, self._count = folder, 0
        (folder / "in").mkdir()
        each = claims // files
        for number in range(files):
            rows = acled(each, seed=number, first=1 + number * each)
            rows.to_csv(folder / "in" / f"{number}.csv", index=False)
        begun = time.monotonic()
        ended = self._begin(self._place(), ()).wait(GIVE_UP_S)
        self._takes_s = time.monotonic() - begun
        if ended:
            raise RuntimeError(f"bordermap build ended with {ended}")
        self._files = _files(self._place() / "out")
        self._groups = _groups(self._place() / "out")

    def killed(self, way: str, what: str, chance: random.Random) -> BuildRound:
        """Build in a folder of its own, kill or stop it at some moment, and see what is there at the end.

        Args:
            way: One of `WAYS`.
            what: One of `WHATS`.
            chance: Says when, and whom.
        """
        self._count += 1
        place = self._place()
        command = self._begin(place, WAYS[way])
        kills, family = _kill(command, what, chance.uniform(0, self._takes_s), chance)
        ended = command.wait(GIVE_UP_S)
        left = [f"process {one}" for one in _left(family)]
        wrong = []
        if kills and what != WHATS[0]:
            wrong = (
                [] if ended in {-signal.SIGKILL, STOPPED, 0} else [f"it was stopped and ended with {ended}"]
            )
            ended = self._begin(place, WAYS[way]).wait(GIVE_UP_S)
        if ended:
            told = (self._folder / "said").read_text(encoding="utf-8", errors="replace").strip()
            return BuildRound(
                kills, (*wrong, f"it ended with {ended}, saying {told[-2_000:]}"), (), tuple(left)
            )
        wrong += self._different(place / "out")
        beside = [path.name for path in place.iterdir() if path.name != "out"]
        return BuildRound(kills, tuple(wrong), tuple(_twice(place / "out")), (*beside, *left))

    def _place(self) -> Path:
        """Give the folder of a round."""
        place = self._folder / f"round{self._count}"
        place.mkdir(exist_ok=True)
        return place

    def _begin(self, place: Path, words: Sequence[str]) -> subprocess.Popen[bytes]:
        build = ["build", str(self._folder / "in"), "-o", str(place / "out"), "--context", "--workers", "2"]
        with (self._folder / "said").open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "bordermap", *build, *words],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,
            )

    def _different(self, out: Path) -> Iterator[str]:
        """Say which files have other bytes, and which places another number of events of a kind on a day."""
        found = _files(out)
        yield from (name for name in sorted(found | self._files) if found.get(name) != self._files.get(name))
        groups = _groups(out)
        yield from (str(key) for key in groups.keys() | self._groups if groups[key] != self._groups[key])


def _kill(
    command: subprocess.Popen[bytes], what: str, after_s: float, chance: random.Random
) -> tuple[int, set[int]]:
    """Kill after some seconds, and as soon as there is one to be killed; give the number of kills, and all processes seen."""
    until = time.monotonic() + after_s
    family: set[int] = set()
    while command.poll() is None:
        now = _descendants(command.pid)
        family |= now
        workers = sorted(filter(_works, now))
        if workers and time.monotonic() >= until:
            with suppress(ProcessLookupError):
                if what == WHATS[2]:  # as a terminal does
                    os.killpg(command.pid, signal.SIGINT)
                else:
                    os.kill(chance.choice(workers) if what == WHATS[0] else command.pid, signal.SIGKILL)
                return 1, family
        time.sleep(LOOK_S)
    return 0, family


def _works(process: int) -> bool:
    """Tell whether a process is a worker."""
    with suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def _descendants(process: int) -> set[int]:
    """Give the processes that descend from one."""
    found: set[int] = set()
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text(encoding="ascii").split()):
                found |= {child, *_descendants(child)}
    return found


def _left(family: set[int]) -> list[int]:
    """Give those of some processes that are still there a while after the command has ended."""
    for _ in range(int(5 / LOOK_S)):
        left = [process for process in family if _is_there(process)]
        if not left:
            return []
        time.sleep(LOOK_S)
    return left


def _is_there(process: int) -> bool:
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    return False


def _files(out: Path) -> dict[str, bytes]:
    """Give the files of a folder; of the inputs' paths and the folder's all rounds have the same."""
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def _groups(out: Path) -> Counter[tuple[Any, ...]]:
    """Count events by place, first day and kind."""
    rows = _rows(out, "events/*/*/rows.parquet", ["spot", "shown_from", "kind"])
    return Counter(zip(*(rows[name].to_pylist() for name in rows.column_names), strict=True))


def _twice(out: Path) -> Iterator[str]:
    """Give the ids that are there twice."""
    for pattern, column in (("events/*/*/rows.parquet", "event_id"), ("claims/*/rows.parquet", "claim_id")):
        ids = Counter(_rows(out, pattern, [column])[column].to_pylist())
        yield from (one for one, count in ids.items() if count > 1)


def _rows(out: Path, pattern: str, columns: list[str]) -> pa.Table:
    return pa.concat_tables(
        pq.read_table(path, columns=columns, partitioning=None) for path in sorted(out.glob(pattern))
    )
