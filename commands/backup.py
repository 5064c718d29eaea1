"""`bordermap backup` and `bordermap restore`: a whole store in one file, and a store from such a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse

    from claims.store.backupfile import Backup

__all__ = ["add"]

_STORE: Final = (
    "The store is that of the environment, as for bordermap store: SQLite in bordermap's folder of your data, or what "
    "BORDERMAP_DATABASE_URL names."
)
_COUNTED: Final = ("collections", "sources", "claims", "texts", "decisions")


def add(commands: Any) -> None:
    """Add both commands to the parser's commands."""
    backup = commands.add_parser(
        "backup",
        help="keep the whole store in one file",
        description="Write all collections, texts and decisions of the store, and its audit, into one file, as they are "
        "at one moment, whole or not at all, and verify it. Reviewers may go on meanwhile.",
        epilog=f"{_STORE} Of collections that are folders, copy the folders.",
    )
    backup.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="file to write")
    _add_damaged(backup)
    backup.set_defaults(run=_back_up)
    restore = commands.add_parser(
        "restore",
        help="fill the store from a backup",
        description="Verify a backup, of SQLite or PostgreSQL, and fill the store with it, all or nothing. The store must "
        "be empty, unless --replace names a file in which what it holds is kept first.",
        epilog=f"{_STORE} Stop the dashboard before, and start it after.",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what bordermap backup wrote")
    restore.add_argument(
        "--replace",
        type=Path,
        metavar="OLD",
        help="replace what the store holds, and keep it in this new file; a damaged one is moved there as it is",
    )
    _add_damaged(restore)
    restore.set_defaults(run=_restore)


def _add_damaged(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--damaged", action="store_true", help="take a store whose audit does not hold, too, as it is"
    )


def _back_up(choices: argparse.Namespace) -> None:
    # What speaks to a database is loaded when one is asked for.
    from claims.store.backup import back_up  # noqa: PLC0415 - as told above

    _tell("kept", back_up(choices.output, damaged=choices.damaged))


def _restore(choices: argparse.Namespace) -> None:
    from claims.store.backup import restore  # noqa: PLC0415 - as told above

    backup = restore(choices.file, replaced=choices.replace, damaged=choices.damaged)
    _tell(f"restored from {backup.taken}", backup)


def _tell(what: str, backup: Backup) -> None:
    counted = ((name, backup.sums[name].rows) for name in _COUNTED)
    rows = ", ".join(f"{number} {name if number != 1 else name[:-1]}" for name, number in counted)
    number, digest = backup.last
    print(plainly(f"{what}: {rows}; the last row of the audit is {number}:{digest}"))
    for problem in backup.problems:
        print(plainly(f"as it was in the store: {problem}"))
    for note in backup.notes:
        print(plainly(f"note: {note}"), file=sys.stderr)
