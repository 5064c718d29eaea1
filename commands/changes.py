"""`bordermap changes`: what changed between two versions of a collection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.named import named
from commands.choices import add_collection, tell
from geo.files.wholefiles import put_whole
from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse

    from claims.changes import Changes
    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["add", "changes_from"]


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    changes = commands.add_parser(
        "changes",
        help="list what changed between two versions",
        description="List what changed from one version of a collection to another, a line for each change: sources, "
        "claims and facts that came, went or differ, and the events whose days, places, counts, status or disputes "
        "came out otherwise.",
    )
    changes.add_argument(
        "old", metavar="OLD", help="the earlier version: a folder, a shipped collection or store:NAME"
    )
    changes.add_argument(
        "new", nargs="?", metavar="NEW", help="the later version, likewise (default: that of --collection)"
    )
    changes.add_argument("-o", "--output", type=Path, metavar="FILE", help="file to write (default: print)")
    changes.set_defaults(run=_run, parser=changes)
    add_collection(changes)


def changes_from(
    before: Collection, places: Gazetteer, collection: Collection, gazetteer: Gazetteer
) -> Changes:
    """Tell what changed in a collection since an earlier version of it, each with its places."""
    # What reads tables and draws is loaded by the commands that do: serve is up the sooner.
    from claims.changes import changes_between  # noqa: PLC0415 - as told above
    from layers.frames import places_frame  # noqa: PLC0415 - as told above

    return changes_between(before, collection, places_frame(places), places_frame(gazetteer))


def _run(choices: argparse.Namespace) -> None:
    if choices.output and (choices.output.name in {"", "-"} or choices.output.is_dir()):
        choices.parser.error(f"-o {str(choices.output)!r} is not a file's name")
    collection, gazetteer = named(choices.new or choices.collection).read()
    changes = changes_from(*named(choices.old).read(), collection, gazetteer)
    count = len(changes.lines)
    number = {0: "nothing has changed", 1: "1 change"}.get(count, f"{count} changes")
    head = f"{collection.facts.title}, version {changes.since} to {collection.facts.version}: {number}"
    text = "".join(f"{plainly(line)}\n" for line in (head, *changes.lines))
    if not choices.output:
        print(text, end="")
        return
    put_whole(choices.output, text)
    tell(f"wrote {choices.output}")
