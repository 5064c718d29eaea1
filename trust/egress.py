"""Holds bordermap to its word that nothing is asked of the network that the user did not ask for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trust.lures.addresses import HOST
from trust.packets import alone, why_not
from trust.table import Line, at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ALL", "CannotTellError", "Egress", "egress", "surface"]

ROOT: Final = Path(__file__).parents[1]
ALL: Final = (
    *("exports", "imports", "reads", "commands", "files", "page", "dashboard", "tests"),
    *("nominatim", "model", "postgresql", "dask", "signin"),
)
"""What is gone through by itself, and then what a user may switch on."""

_LONGEST_S: Final = 7200.0
_NOT_KEPT: Final = ("BORDERMAP_", "PYTEST_", "COVERAGE_", "XDG_", "SSL_CERT_", "PG")
_KEPT: Final = frozenset({"BORDERMAP_CHROMIUM", "PYTEST_XDIST_AUTO_NUM_WORKERS"})
"""Which browser is taken, and on how many processes tests run."""


class CannotTellError(RuntimeError):
    """The surfaces cannot be gone through here, or going through them broke off."""


@dataclass(frozen=True, slots=True)
class Egress:
    """What came of going through the surfaces.

    Attributes:
        surfaces: How each was called that has nothing switched on, and how its command ended; None where it is none.
        lures: How many addresses stood in files, cells and names.
        asked: Who was asked off this machine, as "SURFACE: OBSERVER: WHOM", where nothing was switched on.
        silent: The controls that did not fire; with one of them nothing can be told.
        switched_on: Who was asked by what was switched on.
        astray: Who else was asked by it, or that it did not ask whom it was to.
        tests: How many tests were run among the surfaces, and of these failed ("failures", "errors") and were "skipped".
    """

    surfaces: Mapping[str, int | None]
    lures: int
    asked: tuple[str, ...]
    silent: tuple[str, ...]
    switched_on: Mapping[str, tuple[str, ...]]
    astray: tuple[str, ...]
    tests: Mapping[str, int]

    @property
    def holds(self) -> bool:
        """Whether nothing was asked but what was switched on, and that could be told."""
        return not (self.asked or self.silent or self.astray) and bool(self.surfaces or self.switched_on)

    @property
    def lines(self) -> list[Line]:
        """The figures as `make trust` prints them."""
        part = "requests off the machine"
        return [
            at_least(part, "surfaces gone through", len(self.surfaces) + len(self.switched_on), 1),
            Line(part, "of these with something switched on", f"{len(self.switched_on):,}"),
            *self._of_tests(part),
            at_least(
                part, "addresses in texts, cells, files and names", self.lures, int(not self._only_tests)
            ),
            at_most(part, "requests and lookups by themselves", len(self.asked), 0),
            at_most(part, "by what was switched on, to anybody else", len(self.astray), 0),
            at_most(part, "controls that did not fire", len(self.silent), 0),
        ]

    @property
    def _only_tests(self) -> bool:
        return not self.switched_on and all(name.startswith("tests") for name in self.surfaces)

    def _of_tests(self, part: str) -> list[Line]:
        if not self.tests:
            return []
        skipped = self.tests["skipped"]
        return [
            at_least(part, "tests run among them", self.tests["tests"] - skipped, 1),
            Line(part, "tests skipped", f"{skipped:,}"),
        ]


def surface(written: str) -> str:
    """Read what is to be gone through: one of `ALL`, or a pattern of files of tests.

    Raises:
        ValueError: It is neither.
    """
    if written not in ALL and not written.startswith("tests/"):
        raise ValueError(written)
    return written


def egress(surfaces: Sequence[str] = ALL) -> Egress:
    """Go through surfaces.

    Each goes on a network without a way out, where packets are recorded, in Pythons that write down whom they ask, and in a
    Chromium that keeps its own log.

    Args:
        surfaces: Of `ALL`, or patterns of files as "tests/test_house.py".

    Raises:
        CannotTellError: Such a network cannot be made here, or the run broke off.
    """
    if reason := why_not():
        raise CannotTellError(f"{reason}; run it as root, or where user namespaces are allowed")
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            alone([sys.executable, "-m", "trust.surfaces", folder, *surfaces]),
            cwd=ROOT,
            env=_environment(Path(folder)),
            stdout=subprocess.PIPE,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
    if ran.returncode:
        raise CannotTellError(f"the run broke off ({ran.returncode}); what it said stands above")
    return _told(json.loads(ran.stdout.splitlines()[-1]))


def _environment(folder: Path) -> dict[str, str]:
    """Keep the run away from what is the user's, and from what another run switched on."""
    kept = {
        name: value for name, value in os.environ.items() if name in _KEPT or not name.startswith(_NOT_KEPT)
    }
    home = folder / "home"
    return {
        **{name: value for name, value in kept.items() if not name.lower().endswith("_proxy")},
        "PYTHONPATH": os.pathsep.join([str(ROOT / "trust" / "listening"), str(ROOT)]),
        "TRUST_HEARD": str(folder / "heard"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "BORDERMAP_REVIEWER": "Tess Ter",
    }


def _told(result: Mapping[str, Mapping[str, object]]) -> Egress:
    """Make the result of what the run printed."""
    lures: Mapping[str, str] = result["lures"]  # type: ignore[assignment]
    asked = [
        f"{surface}: {one}{_lure(one, lures)}" for surface, found in result["asked"].items() for one in found
    ]
    switched, astray = {}, []
    for name, (must, may, found) in result["switched on"].items():
        switched[name] = tuple(dict.fromkeys(one.split(": ", 1)[1] for one in found))
        astray += [f"{name}: {one}{_lure(one, lures)}" for one in found if one not in {*must, *may}]
        astray += [f"{name}: was not asked: {one}" for one in must if one not in found]
    surfaces = {surface: result["ended"].get(surface) for surface in result["asked"]}
    tests: Mapping[str, int] = result["tests"]  # type: ignore[assignment]
    return Egress(surfaces, len(lures), tuple(asked), tuple(result["silent"]), switched, tuple(astray), tests)


def _lure(asked: str, lures: Mapping[str, str]) -> str:
    """Say where the address stands that was asked."""
    return next((f" ({where})" for host, where in lures.items() if HOST in asked and f" {host}" in asked), "")
