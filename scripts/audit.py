"""Asks an advisory service for known weaknesses of the locked packages, and says plainly where it could not be asked.

Ends with 0 where none is known, 1 where some are, and 3 where no service could be reached: nothing is known then.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.locked import ROOT, by_need

NONE, SOME, UNASKED = 0, 1, 3
SERVICE: Final = "https://api.osv.dev/v1/query"
"""The Open Source Vulnerabilities database; it is told names and versions of packages, and nothing else."""

_WAIT_S: Final = 20


@dataclass(frozen=True, slots=True)
class Weakness:
    """One that is known.

    Attributes:
        package: Its name and version.
        lock: The first lock that has it.
        called: The weakness's id.
        mended: The versions in which it is mended.
    """

    package: str
    lock: str
    called: str
    mended: tuple[str, ...]

    def __str__(self) -> str:
        """Say it, and what to do."""
        todo = f"mended in {', '.join(self.mended)}: make lock" if self.mended else "not mended yet"
        return f"{self.package} ({self.lock}): {self.called}; {todo}"


def main() -> int:
    """Ask, and print what is known."""
    parser = argparse.ArgumentParser(prog="python -m scripts.audit", description=__doc__)
    parser.add_argument(
        "--service", default=SERVICE, help="an address that answers as OSV does (default: %(default)s)"
    )
    parser.add_argument(
        "--lock", type=Path, default=ROOT / "requirements-dev.txt", help="(default: the one that holds all)"
    )
    choices = parser.parse_args()
    told = _asked(choices.lock, choices.service)
    if told is None:
        print(
            f"{choices.service} could not be asked: whether weaknesses are known is not known",
            file=sys.stderr,
        )
        return UNASKED
    known, asked = told
    print("\n".join(map(str, known)) or f"no weakness is known of {asked} packages")
    return SOME if known else NONE


def _asked(lock: Path, service: str) -> tuple[list[Weakness], int] | None:
    """Give the known weaknesses, and of how many packages was asked; None where there was no whole answer."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--require-hashes", "--disable-pip"]
    how = [
        "-s",
        "osv",
        "--osv-url",
        service,
        "--timeout",
        str(_WAIT_S),
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    ran = subprocess.run([*command, *how], capture_output=True, text=True, check=False)
    try:
        return read(ran.stdout)
    except (ValueError, KeyError, TypeError):
        print(ran.stderr.strip().rpartition("\n")[2], file=sys.stderr)
        return None


def read(told: str) -> tuple[list[Weakness], int]:
    """Read what pip-audit found; a package that was not asked for is an error.

    Raises:
        ValueError: It is no JSON, or a package was skipped.
        KeyError, TypeError: It is not pip-audit's.
    """
    packages = json.loads(told)["dependencies"]
    if skipped := [one["name"] for one in packages if "skip_reason" in one] or not packages:
        raise ValueError(f"not asked: {skipped}")
    first = {(pin.name, pin.version): lock for pin, lock in by_need().items()}
    known = [
        Weakness(
            f"{one['name']} {one['version']}",
            first.get((one["name"], one["version"]), "no lock"),
            " = ".join([weak["id"], *weak["aliases"]]),
            tuple(weak["fix_versions"]),
        )
        for one in packages
        for weak in one["vulns"]
    ]
    return known, len(packages)


if __name__ == "__main__":
    sys.exit(main())
