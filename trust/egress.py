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

from trust.lures import HOST
from trust.packets import alone, why_not
from trust.table import at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trust.table import Line

__all__ = ["ALL", "CannotTellError", "Egress", "egress"]

ROOT: Final = Path(__file__).parents[1]
ALL: Final = ("exports", "imports", "reads", "commands", "files", "browser")
"""What is gone through (`surfaces.SURFACES`); `tests` can be as well, and takes as long as they do."""

_LONGEST_S: Final = 7200.0


class CannotTellError(RuntimeError):
    """The surfaces cannot be gone through here, or going through them broke off."""


@dataclass(frozen=True, slots=True)
class Egress:
    """What came of going through the surfaces.

    Attributes:
        surfaces: How each was called, and how its command ended; None where it is none.
        lures: How many addresses stood in files, cells and names.
        asked: Who was asked off this machine, as "SURFACE: OBSERVER: WHOM", where nothing was switched on.
        silent: The controls that did not fire; with one of them nothing can be told.
        switched_on: Who was asked by what was switched on.
        astray: Who else was asked by it, or that it asked nobody.
    """

    surfaces: Mapping[str, int | None]
    lures: int
    asked: tuple[str, ...]
    silent: tuple[str, ...]
    switched_on: Mapping[str, tuple[str, ...]]
    astray: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was asked but what was switched on, and that could be told."""
        return not (self.asked or self.silent or self.astray) and bool(self.surfaces)

    @property
    def lines(self) -> list[Line]:
        """The figures as `make trust` prints them."""
        part = "requests off the machine"
        return [
            at_least(part, "surfaces gone through", len(self.surfaces), 1),
            at_least(part, "addresses in texts, cells, files and names", self.lures, 1),
            at_most(part, "requests and lookups by themselves", len(self.asked), 0),
            at_most(part, "by what was switched on, to anybody else", len(self.astray), 0),
            at_most(part, "controls that did not fire", len(self.silent), 0),
        ]


def egress(surfaces: Sequence[str] = ALL) -> Egress:
    """Go through surfaces, and then switch on what may ask.

    Each goes on a network without a way out, where packets are recorded, in Pythons that write down whom they ask, and in a
    Chromium that keeps its own log.

    Args:
        surfaces: Of `ALL`, or "tests".

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
    ours = ("BORDERMAP_MODEL", "BORDERMAP_DATABASE_URL", "PYTEST_", "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
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
    for name, (expected, found) in result["switched on"].items():
        switched[name] = tuple(dict.fromkeys(one.split(": ", 1)[1] for one in found))
        astray += [f"{name}: {one}" for one in found if one not in expected]
        astray += [f"{name}: nobody was asked: {one}" for one in expected if one not in found]
    surfaces = {surface: result["ended"].get(surface) for surface in result["asked"]}
    return Egress(surfaces, len(lures), tuple(asked), tuple(result["silent"]), switched, tuple(astray))


def _lure(asked: str, lures: Mapping[str, str]) -> str:
    """Say where the address stands that was asked."""
    return next((f" ({where})" for host, where in lures.items() if HOST in asked and f" {host}" in asked), "")
