"""The command line, and what a notebook imports: gathers choices, calls, shows."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from commands import audit, build, changes, check, export, geocode, importing, new, read, serve, store
from geo.errors import BordermapError
from geo.files.temporary import refused_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.notebook import Border

__all__ = ["BordermapError", "main", "open_collection"]


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 the input has faults, 2 wrong usage, 130 stopped by the user."""
    choices = _parser().parse_args(words)
    try:
        with refused_told():
            choices.run(choices)
    except BordermapError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as a shell tells it
    except BrokenPipeError:
        # The reader of our output has left, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def open_collection(collection: str | os.PathLike[str]) -> Border:
    """Open a collection in Python: a shipped one by its name, a folder, or store: with a name (docs/python.md).

    Raises:
        BordermapError: There is none, or it has faults; all of them are told.
    """
    # What draws maps is loaded when one is opened: the command line is up the sooner.
    from layers import notebook  # noqa: PLC0415 - as told above

    return notebook.open_collection(collection)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bordermap", description="The map of who crossed which border, when, and how we know."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in (serve, new, export, changes, geocode, importing, read, build, store, audit, check):
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
