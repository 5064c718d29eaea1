"""Goes through what is named, in a folder, and prints whom it asked as JSON; only on a network made by `packets.alone`."""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.packets import Packets
from trust.surfaces.walk import Walk
from trust.surfaces.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOMES: Final = {
    "exports": "commands",
    "imports": "commands",
    "reads": "commands",
    "commands": "commands",
    "files": "commands",
    "page": "browsers",
    "dashboard": "browsers",
    "nominatim": "switched",
    "model": "switched",
    "postgresql": "switched",
    "dask": "switched",
    "signin": "signing",
}
"""The modules of the surfaces, which are loaded when they are gone through."""


def main(arguments: Sequence[str]) -> None:
    """Go through surfaces, of `egress.ALL`; what one breaks off with does not stop the others, and counts for nothing."""
    folder, *names = Path(arguments[0]), *arguments[1:]
    os.execv = lambda *_: None  # type: ignore[assignment, misc]  # `serve` goes on as the dashboard: this process is to stay
    told = sys.stdout
    with Packets() as packets:
        watch = Watch(packets, Path(os.environ["TRUST_HEARD"]))
        watch.control()
        walk = Walk(folder, watch)
        for name in names:
            try:
                _go_through(walk, name)
            except Exception as error:  # noqa: BLE001 - whatever it was, the others are gone through all the same
                traceback.print_exc()
                watch.silent.append(f"{name} broke off: {error!r}")
    print(json.dumps(_result(walk)), file=told)


def _go_through(walk: Walk, name: str) -> None:
    if name == "tests" or name.startswith("tests/"):
        from trust.surfaces.suite import tests  # noqa: PLC0415 - as for all

        tests(walk, name)
    else:
        getattr(importlib.import_module(f"trust.surfaces.{_HOMES[name]}"), name)(walk)


def _result(walk: Walk) -> dict[str, Any]:
    switched = {name: [one.must, one.may, one.asked] for name, one in walk.switched.items()}
    return {
        "asked": walk.watch.asked,
        "ended": walk.ended,
        "lures": walk.lures.where,
        "silent": walk.watch.silent,
        "switched on": switched,
        "tests": walk.tests,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
