"""The command line, and what a notebook imports: gathers choices, calls, shows."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from commands import (
    audit,
    backup,
    build,
    changes,
    check,
    export,
    geocode,
    health,
    importing,
    new,
    read,
    serve,
    store,
)
from commands.choices import told
from geo.errors import BordermapError
from geo.files.temporary import refused_told
from geo.unseen import plainly

if TYPE_CHECKING:
    import datetime as dt
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
        print(told(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as a shell tells it
    except BrokenPipeError:
        # The reader of our output has left, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def open_collection(
    collection: str | os.PathLike[str], *, public: bool = False, as_of: str | dt.date | None = None
) -> Border:
    """Open a collection in Python: a shipped one by its name, a folder, or store: with a name (docs/python.md).

    With `public` it is the edition that is published on the day `as_of`, by default today (docs/publishing.md).

    Raises:
        BordermapError: There is none, or it has faults; all of them are told.
    """
    # What draws maps is loaded when one is opened: the command line is up the sooner.
    from layers import notebook  # noqa: PLC0415 - as told above

    return notebook.open_collection(collection, public=public, as_of=as_of)


class _Parser(argparse.ArgumentParser):
    """A parser, and by it those of the commands, whose errors steer no terminal: a pattern may name any file."""

    def error(self, message: str) -> NoReturn:
        """Say in a sentence what is wrong with the usage, and where it is told, and end."""
        self.exit(2, f"{self.prog}: error: {plainly(message)}\n{self.prog} --help tells how it is used\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="bordermap", description="The map of who crossed which border, when, and how we know."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in (
        serve,
        new,
        export,
        changes,
        geocode,
        importing,
        read,
        build,
        store,
        audit,
        check,
        backup,
        health,
    ):
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
