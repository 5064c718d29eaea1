"""The machine's clock goes back by days between two writes of the store: its audit keeps its order, holds, and says so."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.shipped import shipped
from claims.userdata import DATABASE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SetBack", "set_back"]

ROOT: Final = Path(__file__).parents[1]
DAYS_BACK: Final = (0, 3, 1, 40)
"""By how many days the clock is behind at each write, one after the other."""

_SHIM: Final = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long behind(void) { const char *said = getenv("SECONDS_BEHIND"); return said ? atol(said) : 0; }
int clock_gettime(clockid_t id, struct timespec *at) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int ended = real(id, at);
    if (!ended && id == CLOCK_REALTIME) at->tv_sec -= behind();
    return ended;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
"""
"""What stands before the system's own library: its clock, some seconds behind."""


@dataclass(slots=True)
class SetBack:
    """What came of it.

    Attributes:
        writes: How many imports were written.
        back: How often it went back between two of them.
        told: How often the audit says so.
        wrong: What does not end well, or is not as it was to be.
    """

    writes: int = 0
    back: int = 0
    told: int = 0
    wrong: list[str] = field(default_factory=list)


def set_back(folder: Path) -> SetBack | None:
    """Write a store in a folder on a machine whose clock goes back; None where there is no compiler to make it.

    Args:
        folder: An empty one.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    source, shim = folder / "behind.c", folder / "behind.so"
    source.write_text(_SHIM, encoding="ascii")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        DATABASE: f"sqlite:///{folder / 'store.sqlite'}",
        "BORDERMAP_REVIEWER": "nobody",
    }
    found = SetBack(back=sum(now > before for before, now in itertools.pairwise(DAYS_BACK)))
    last = next(reversed(shipped().values()))
    for number, days in enumerate(DAYS_BACK):
        behind = {"LD_PRELOAD": str(shim), "SECONDS_BEHIND": str(days * 86_400)}
        found.writes += not _ran(
            ["store", "import", str(last), "--as", f"copy{number}"], env | behind, found
        )[0]
    _, audit = _ran(["audit"], env, found)
    found.told = audit.count("the machine's clock went back by ")
    imported = [line.split()[2] for line in audit.splitlines() if " imported " in line]
    if imported != [f"copy{number}" for number in range(len(DAYS_BACK))]:
        found.wrong.append(f"the audit tells of {imported}, in this order")
    if found.told != found.back:
        found.wrong.append(f"the clock went back {found.back} times, and {found.told} are told")
    _, check = _ran(["check", "store"], env, found)
    if check.count("the machine's clock went back by ") != found.back:
        found.wrong.append("check does not say that the clock went back")
    return found


def _ran(words: Sequence[str], env: dict[str, str], found: SetBack) -> tuple[int, str]:
    """Run a command; give how it ended and what it said, and note where it did not end well."""
    command = [sys.executable, "-m", "bordermap", *words]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        found.wrong.append(f"bordermap {' '.join(words)} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.returncode, done.stdout
