"""What a server's process takes and holds over time, from /proc; and whether that grows."""

from __future__ import annotations

import itertools
import math
import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Growth", "Sample", "growth_of", "sample"]

HOUR_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Sample:
    """A look at a process.

    Attributes:
        at: Seconds of the monotonic clock.
        cpu_s: Seconds of processor that it has taken since it started.
        rss_mb: Megabytes (10^6 bytes) resident.
        own_mb: Of them its own alone, without what is read from files: pages of libraries come to count as one's own, or cease to,
            as other processes that use them end and begin.
        threads: That it runs.
        files: That it has open.
    """

    at: float
    cpu_s: float
    rss_mb: float
    own_mb: float
    threads: int
    files: int


@dataclass(frozen=True, slots=True)
class Growth:
    """How what a process holds has changed: a straight line through it, by least squares.

    Attributes:
        level_mb: The median.
        per_hour_mb: The line's slope.
        give_or_take_mb: Two standard errors of it, where a look is as the one before was (see `growth_of`).
        hours: Over which it was looked at.
    """

    level_mb: float
    per_hour_mb: float
    give_or_take_mb: float
    hours: float


def sample(pid: int) -> Sample:
    """Look at a process.

    Raises:
        OSError: It is not there any more, or another's.
    """
    proc = Path("/proc") / str(pid)
    fields = (proc / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    held = dict(
        line.split()[:2] for line in (proc / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    )
    return Sample(
        at=time.monotonic(),
        cpu_s=(int(fields[11]) + int(fields[12])) / ticks,
        rss_mb=int(held["Rss:"]) * 1024 / 1e6,
        own_mb=int(held["Anonymous:"]) * 1024 / 1e6,
        threads=int(fields[17]),
        files=len(list((proc / "fd").iterdir())),
    )


def growth_of(samples: Sequence[Sample]) -> Growth:
    """Fit a line through what was held of its own.

    Looks that follow each other are alike, so there are fewer than they seem: the standard error is widened by
    the lag-one autocorrelation r of what the line leaves, to n(1-r)/(1+r) looks (Bayley and Hammersley 1946).
    """
    if len(samples) < 3:
        return Growth(samples[-1].own_mb if samples else 0.0, 0.0, math.inf, 0.0)
    hours = [(one.at - samples[0].at) / HOUR_S for one in samples]
    held = [one.own_mb for one in samples]
    slope, start = statistics.linear_regression(hours, held)
    left = [mb - (start + slope * hour) for hour, mb in zip(hours, held, strict=True)]
    squares = sum(one * one for one in left)
    alike = sum(one * other for one, other in itertools.pairwise(left)) / squares if squares else 0.0
    alike = min(max(alike, 0.0), 0.99)
    looks = max(len(left) * (1 - alike) / (1 + alike), 2.5)
    middle = statistics.fmean(hours)
    spread = sum((hour - middle) ** 2 for hour in hours) * looks / len(hours)
    error = math.sqrt(squares * looks / len(left) / (looks - 2) / spread) if spread else math.inf
    return Growth(statistics.median(held), slope, 2 * error, hours[-1])
