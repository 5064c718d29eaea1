"""Tell what work costs this process: its own seconds, and megabytes."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what some work gives and its seconds of this process's own work.

    They are the wall clock's seconds on a machine that does nothing else, and do not grow on one that does.
    """
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def resident_mb(which: str, process: int | str = "self") -> float:
    """Return megabytes of a process that are resident now, "VmRSS", or were at the most, "VmHWM".

    "RssAnon" is of those that are resident now what no file and no other process holds too.

    Not by getrusage, whose peak on Linux begins with that of the process which started this one.
    """
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        raise RuntimeError("memory is read from /proc, which only Linux has")
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return float(lines[which].split()[0]) * 1024 / 1e6


def family_of(root: int | None = None) -> set[int]:
    """Return a process, this one by default, and all that descend from it; only on Linux."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, fields = stat.read_text().rpartition(")")
            parents[int(name.split()[0])] = int(fields.split()[1])
    family = {os.getpid() if root is None else root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family
