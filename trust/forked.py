"""A command in a process of its own that is forked from this one: all is loaded there, so it does nothing but work."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["CRASHED", "begun", "ended", "run_bordermap"]

CRASHED: Final = "?"
"""How a command ended that did not come to its end by itself."""


def run_bordermap(words: Sequence[str]) -> int:
    """Run a command of bordermap in this process; give how it ended."""
    from bordermap import main  # noqa: PLC0415 - who only wants to know the acts needs none of it

    return main(words)


def begun(
    words: tuple[str, ...],
    place: Path,
    env: Mapping[str, str],
    run: Callable[[tuple[str, ...]], int] = run_bordermap,
    said: Path = Path(os.devnull),
) -> tuple[int, int]:
    """Run a command in a process of its own.

    Args:
        words: The command.
        place: The folder in which it runs.
        env: What its environment has beside ours.
        run: Does it, and gives how it ended.
        said: The file in which its standard error goes, with what was raised and not told.

    Returns:
        The process, and the pipe on which it says how it ended.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    how = CRASHED
    try:
        os.close(reading)
        os.chdir(place)
        os.environ.update(env)
        with (
            Path(os.devnull).open("w", encoding="utf-8") as nothing,
            said.open("a", encoding="utf-8") as file,
        ):
            os.dup2(nothing.fileno(), 1)
            os.dup2(file.fileno(), 2)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", buffering=1, closefd=False)
        tempfile.tempdir = None  # the environment may name another
        how = str(run(words))
    except BaseException:  # noqa: BLE001 - whatever it was, the fork must not go on as its parent does
        os.write(2, traceback.format_exc().encode())
    finally:
        os.write(writing, how.encode())
        os._exit(0)


def ended(child: int, pipe: int) -> str:
    """Wait for a command; give how it ended, "" where it was killed before it could say so."""
    with os.fdopen(pipe, "rb") as file:
        how = file.read().decode()
    os.waitpid(child, 0)
    return how
