"""Put all to the test that people must be able to rely on, and print one table of what came of it, each figure beside its target."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import time
import traceback
from typing import TYPE_CHECKING, Final

from trust.came import Came, say
from trust.egress import ALL, surface
from trust.parts import PARTS
from trust.table import at_least, at_most, printed

if TYPE_CHECKING:
    from collections.abc import Callable

KILLS: Final = 1_000
"""So many are to be made in a run of all."""

_NUMBERS: Final = {
    "hostile": (2_000, "hostile texts tried on every surface"),
    "sqlite": (112, "rounds of four reviewers on SQLite"),
    "postgresql": (105, "on PostgreSQL, with it in every third"),
    "files": (6, "rounds of each command that writes files"),
    "sqlite-commands": (12, "of each that writes a store"),
    "postgresql-commands": (12, "on PostgreSQL"),
    "stops": (20, "stops of PostgreSQL"),
    "disks": (3, "steps in which each act is given the room that it takes, on a disk that is full otherwise"),
    "together": (20, "decisions of each of eight writers of two processes"),
    "desks": (12, "decisions of each reviewer at two dashboards"),
    "setbacks": (1, "0 leaves the machine's clock as it is"),
    "builds": (10, "kills of each of six ways of a build"),
    "claims": (6_000, "made-up claims that are built"),
    "people": (50, "at once at one dashboard"),
    "minutes": (10, "that they are there"),
    "peer": (3, "minutes that as many are at the peer's"),
}
"""How much of each part is done, by its option; 0 leaves it out."""


def main() -> int:
    """Run the parts; 1 where something went wrong or is missed."""
    choices = _choices()
    print(f"seed {choices.seed}", file=sys.stderr)
    came = [_came(part, choices) for part in PARTS]
    lines = [line for one in came for line in one.lines]
    if all(getattr(choices, name.replace("-", "_")) for name in ("sqlite", "postgresql", "files")):
        lines.append(at_least("all kills during writes", "killed", sum(one.kills for one in came), KILLS))
    wrong = [sentence for one in came for sentence in one.wrong]
    print(json.dumps([told for one in came for told in one.told]) if choices.json else printed(lines))
    print("".join(f"{sentence}\n" for sentence in wrong), end="", file=sys.stderr)
    return int(bool(wrong) or not all(line.held for line in lines))


def _came(part: Callable[[argparse.Namespace], Came], choices: argparse.Namespace) -> Came:
    """Do a part, and tell its lines at once; one that breaks off is missed, and the others are done all the same."""
    begun = time.monotonic()
    try:
        came = part(choices)
    except Exception as error:  # noqa: BLE001 - whatever it was, the table of an hour is not lost to it
        traceback.print_exc()
        where = f"{part.__name__.strip('_')}, broken off"
        came = Came((at_most(where, "crashed", 1, 0),), (), (f"{where}: {error}",))
    if came.lines:
        say(f"{printed(came.lines)}\n{time.monotonic() - begun:,.0f} s")
    return came


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m trust", description=__doc__)
    for name, (usual, told) in _NUMBERS.items():
        parser.add_argument(f"--{name}", type=int, default=usual, help=f"{told} (default: %(default)s)")
    parser.add_argument(
        "--egress",
        nargs="*",
        default=ALL,
        type=surface,
        metavar="SURFACE",
        help=f"what is gone through for requests off the machine, of {', '.join(ALL)}, or tests/PATTERN; none: nothing "
        "(default: all)",
    )
    parser.add_argument("--none", action="store_true", help="leave out all that is not said")
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(1_000_000), help="of all that is random"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    if "--none" in sys.argv:
        parser.set_defaults(
            egress=(), **{name.replace("-", "_"): 0 for name in _NUMBERS if name not in {"claims", "people"}}
        )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
