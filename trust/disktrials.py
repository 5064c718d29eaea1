"""All that writes, tried on disks that are full or may only be read, in a mount namespace of its own; and controls that must be found out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.disks import alone, why_not
from trust.refused import FULL, READ_ONLY, Refused, refused
from trust.table import at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trust.commands import Act
    from trust.table import Line

__all__ = ["CannotTryError", "Trials", "trials"]

ROOT: Final = Path(__file__).parents[1]
SETS: Final = ("files", "more", "sqlite", "desk", "filling", "postgresql")
"""Of what is tried, beside the controls."""

_LONGEST_S: Final = 7200.0
_CONTROLS: Final = {
    (FULL, "leaves"): ("lost", "silent", "strays"),
    (FULL, "hushes"): ("lost",),
    (READ_ONLY, "leaves"): ("silent",),
    (READ_ONLY, "hushes"): ("lost",),
}
"""What must be found of each careless writer."""


class CannotTryError(RuntimeError):
    """It cannot be tried here, or broke off."""


@dataclass(frozen=True, slots=True)
class Trials:
    """What came of it.

    Attributes:
        done: Of each act and lack.
        unfired: Controls in which nothing was found; with one of them nothing is told.
        left_out: What was not tried, and why.
    """

    done: tuple[Refused, ...]
    unfired: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def lines(self) -> list[Line]:
        """The figures as `make trust` prints them."""
        return [line for lack in (FULL, READ_ONLY) for line in self._lines(lack)]

    def _lines(self, lack: str) -> Iterator[Line]:
        here = [one for one in self.done if one.lack == lack]
        yield at_least(lack, "writes tried", sum(one.tried for one in here), 1)
        yield at_least(lack, "refused", sum(one.refused for one in here), 1)
        yield at_least(lack, "acknowledged", sum(one.acknowledged for one in here), 1)
        for name, attribute in (
            ("lost, or half written", "lost"),
            ("refused without a sentence that says what to do", "silent"),
            ("files left", "strays"),
        ):
            yield at_most(lack, name, sum(len(getattr(one, attribute)) for one in here), 0)
        yield at_most(lack, "controls that did not fire", sum(lack in one for one in self.unfired), 0)
        if lack == FULL:
            yield at_most(lack, "left out", len(self.left_out), 0)

    @property
    def told(self) -> tuple[dict[str, Any], ...]:
        """All figures, for JSON."""
        return tuple({"where": one.lack} | asdict(one) for one in self.done)

    @property
    def wrong(self) -> tuple[str, ...]:
        """What went wrong, a sentence each."""
        found = [
            f"{one.lack}: {name}: {what}"
            for one in self.done
            for name in ("lost", "silent", "strays")
            for what in getattr(one, name)
        ]
        return (*found, *(f"a control did not fire: {one}" for one in self.unfired), *self.left_out)


def trials(levels: int, sets: Sequence[str] = SETS) -> Trials:
    """Try all that writes, with the room that each takes in so many steps.

    Raises:
        CannotTryError: No disk of one's own can be had here, or the run broke off.
    """
    if reason := why_not():
        raise CannotTryError(f"{reason}; run it as root, or where user namespaces are allowed")
    with tempfile.TemporaryDirectory() as folder:
        # PostgreSQL runs as another user, who must come through.
        Path(folder).chmod(0o755)
        ran = subprocess.run(
            alone([sys.executable, "-m", "trust.disktrials", folder, str(levels), *sets]),
            cwd=ROOT,
            env=_environment(Path(folder)),
            stdout=subprocess.PIPE,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
    if ran.returncode:
        raise CannotTryError(f"the run broke off ({ran.returncode}); what it said stands above")
    said = json.loads(ran.stdout.splitlines()[-1])
    done = tuple(Refused(**one) for one in said["done"])
    return Trials(done, tuple(said["unfired"]), tuple(said["left out"]))


def _environment(folder: Path) -> dict[str, str]:
    """Keep the run away from what is the user's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BORDERMAP_")}
    home = {name: str(folder / "home") for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME")}
    return {**kept, **home, "PYTHONPATH": str(ROOT)}


def _tried(folder: Path, levels: int, sets: Sequence[str]) -> Iterator[Refused]:
    """Try what is asked for, each told when it is done."""
    from trust.acts import load  # noqa: PLC0415 - all that is tried is loaded where it is tried

    load()
    from trust import filling  # noqa: PLC0415 - likewise

    for act in _acts(folder, sets):
        yield from refused(act, folder, levels)
    if "filling" in sets:
        yield filling.filled(folder)
    if "postgresql" in sets:
        yield filling.postgresql_filled(folder)


def _acts(folder: Path, sets: Sequence[str]) -> Iterator[Act]:
    from trust import acts, writers  # noqa: PLC0415 - as told above

    made = folder / "made"
    made.mkdir()
    if "files" in sets:
        yield from acts.file_acts(made)
    if "more" in sets:
        yield from writers.more_acts(made, acts.table(made / "build.csv", acts.ROWS // 10))
    if "sqlite" in sets:
        yield from acts.sqlite_acts(made)
    if "desk" in sets:
        yield from writers.desk_acts(made)


def _controls(folder: Path, levels: int) -> Iterator[str]:
    """Give the detectors that a careless writer did not set off."""
    from trust.writers import careless  # noqa: PLC0415 - as told above

    for who in ("leaves", "hushes"):
        for one in refused(careless(who), folder, levels):
            missing = [name for name in _CONTROLS[one.lack, who] if not getattr(one, name)]
            yield from (f"{one.lack}: {one.name}: {name}" for name in missing)
            if not one.acknowledged:
                yield f"{one.lack}: {one.name}: acknowledged"


def main() -> None:
    """Try it, in the folder that is named first, in so many steps, and print what came of it as a line of JSON."""
    folder, levels, *sets = sys.argv[1:]
    said: dict[str, list[object]] = {"done": [], "unfired": [], "left out": []}
    said["unfired"] += _controls(Path(folder), int(levels))
    if "postgresql" in sets and (reason := _no_postgresql()):
        sets.remove("postgresql")
        said["left out"].append(f"{FULL}: PostgreSQL was not tried: {reason}")
    for one in _tried(Path(folder), int(levels), sets):
        faults = len(one.lost) + len(one.silent) + len(one.strays)
        print(
            f"{one.lack}: {one.name}: {one.tried} tried, {one.refused} refused, {faults} wrong",
            file=sys.stderr,
        )
        said["done"].append(asdict(one))
    print(json.dumps(said))


def _no_postgresql() -> str:
    """Say why no PostgreSQL can be run on a small disk here; nothing where it can."""
    from trust.postgresql import programs  # noqa: PLC0415 - as told above

    if programs() is None:
        return "it is not installed; scripts/install_postgresql.sh installs it"
    # In a namespace of somebody else's, root alone is known, as whom it does not run.
    mapped = Path("/proc/self/uid_map").read_text(encoding="ascii").split()
    return "" if int(mapped[2]) > 1 else "it does not run as root, and nobody else is known in this namespace"


if __name__ == "__main__":
    main()
