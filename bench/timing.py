"""Tell what work costs this process: its own seconds, and megabytes."""

import time
from collections.abc import Callable
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
