"""By which code, data and libraries a build's work is done: others might do it otherwise."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["differing", "digest", "done_alike", "versions"]

Task = TypeVar("Task")
Done = TypeVar("Done")

_SAME: Final = ("numpy", "pandas", "pyarrow", "shapely", "geopandas", "distributed")
"""What workers must have in the version that the client has: their results are put side by side."""

_BASE: Final = Path(__file__).parents[2]
_CODE: Final = ("geo", "claims", "layers")
_DATA: Final = ("data/basemap", "data/gazetteer", "data/crosswalks", "data/language")


@cache
def digest() -> str:
    """Give the beginning of the sha256 of the code, and of the borders, places, words and crosswalks that it reads."""
    found = hashlib.sha256()
    code = [file for folder in _CODE for file in (_BASE / folder).rglob("*.py")]
    data = [file for folder in _DATA for file in (_BASE / folder).rglob("*") if file.is_file()]
    for file in sorted([*code, *data]):
        found.update(f"{file.relative_to(_BASE).as_posix()}\0".encode() + file.read_bytes())
    return found.hexdigest()[:12]


@cache
def versions() -> dict[str, str]:
    """Give what this process would do the work of a cluster with."""
    said = {name: version(name) for name in _SAME}
    return {"Python": ".".join(map(str, sys.version_info[:3])), "bordermap": digest(), **said}


def differing(theirs: Mapping[str, str], mine: Mapping[str, str]) -> str:
    """Say what one has otherwise than who hands out the work; "" where all is the same."""
    other = [
        f"{name} {theirs.get(name)} where {mine[name]} is here"
        for name in mine
        if theirs.get(name) != mine[name]
    ]
    return ", ".join(other)


def done_alike(asked: Mapping[str, str], work: Callable[[Task], Done], task: Task) -> Done:
    """Do a task where this process has what is asked of it: a worker may have come after all were looked at.

    Raises:
        BordermapError: It has not; or what the work raises.
    """
    if other := differing(versions(), asked):
        raise BordermapError(
            f"a worker that came later has {other}; install the same checkout and the same lock there, and run the same again: "
            "what is done is kept"
        )
    return work(task)
