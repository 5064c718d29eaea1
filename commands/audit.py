"""`bordermap audit`: whether the store's audit holds, and what changed between two days."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from claims.named import IN_STORE, kept_store
from commands.choices import day
from geo.errors import BordermapError
from geo.unseen import plainly

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    audit = commands.add_parser(
        "audit",
        help="verify the store's audit, and say what changed",
        description="Verify the audit, in which every change of the store is a row with the hash of the row before it, "
        "and say in plain words who changed what between two days (in UTC). Where it does not hold, say which row is "
        "wrong, and nothing else, and end with 1.",
        epilog="The chain shows a row that was changed, taken away or put in, and a table that was changed past it. "
        "It cannot show that somebody who may write the database wrote all of it anew, head and all: note the number "
        "and hash that are printed somewhere else, and give them back with --noted.",
    )
    audit.add_argument("name", nargs="?", metavar="NAME", help="of one collection only (default: of all)")
    audit.add_argument(
        "--from", type=day, metavar="DAY", dest="first", help="only what changed from this day on"
    )
    audit.add_argument("--to", type=day, metavar="DAY", dest="last", help="only what changed to this day")
    audit.add_argument(
        "--noted",
        type=_noted,
        metavar="ROW:HASH",
        help="a row as it was printed before: it must still be there",
    )
    audit.set_defaults(run=_run, parser=audit)


def _noted(written: str) -> tuple[int, str]:
    number, _, digest = written.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise argparse.ArgumentTypeError(f"{written!r} is not a row and its hash, as audit prints them")
    return int(number), digest.lower()


def _run(choices: argparse.Namespace) -> None:
    from claims.store.setbacks import setbacks  # noqa: PLC0415 - other commands need none of it
    from claims.store.told import told  # noqa: PLC0415 - likewise

    first, last = choices.first or dt.date.min, choices.last or dt.date.max
    if first > last:
        choices.parser.error(f"{first} is after {last}")
    store = kept_store()
    name = (choices.name or "").removeprefix(IN_STORE)
    if name:
        store.facts(name)  # which says so where there is none of that name
    verified = store.verified(choices.noted)
    if verified.problems:
        raise BordermapError("\n".join(["the audit does not hold:", *map(plainly, verified.problems)]))
    number, digest = verified.last
    # Whoever writes meanwhile is told of when their rows are verified.
    changes = [change for change in store.changes(name) if change.seq <= number]
    asked = [change for change in changes if first.isoformat() <= change.at[:10] <= last.isoformat()]
    for line in told(asked):
        print(plainly(line))
    if not asked:
        print("nothing was changed in these days")
    everywhere = store.changes() if name else changes
    for line in setbacks((change.seq, change.at) for change in everywhere if change.seq <= number):
        print(line)
    print(f"the audit holds: {number} row{'s' if number != 1 else ''}, the last of them {number}:{digest}")
