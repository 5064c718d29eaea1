"""The tests, gone through by themselves: run as `make test` runs them, and seen to speak to this machine alone."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trust.surfaces.walk import Walk

__all__ = ["tests"]

ROOT: Final = Path(__file__).parents[2]
_COUNTED: Final = ("tests", "failures", "errors", "skipped")


def tests(walk: Walk, which: str) -> None:
    """Run tests; one that fails has not shown that it asks nobody.

    Args:
        walk: What they are gone through with.
        which: The folder, or a pattern of its files.
    """
    paths = sorted(ROOT.glob(which))
    if not paths:
        walk.watch.silent.append(f"{which}: there are no such tests")
        return
    report = walk.out(".xml")
    words = [
        "-q",
        "-p",
        "no:cacheprovider",
        "--numprocesses",
        "auto",
        "--dist",
        "loadfile",
        f"--junitxml={report}",
    ]
    with walk.watch.visit(which):
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", *words, *map(str, paths)],
            stdout=sys.stderr,
            check=False,
        )
    walk.ended[which] = ran.returncode
    if ran.returncode or not report.exists():
        walk.watch.silent.append(
            f"{which}: pytest ended with {ran.returncode}, before it was through or with faults"
        )
        return
    for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 - pytest has just written it
        for name in _COUNTED:
            walk.tests[name] = walk.tests.get(name, 0) + int(suite.get(name, "0"))
