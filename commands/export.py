"""`bordermap export`: the map of a collection as one file."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.named import named
from commands.changes import changes_since
from commands.choices import add_collection, day, tell
from geo.files.wholefiles import put_whole

if TYPE_CHECKING:
    import argparse
    import datetime as dt

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    export = commands.add_parser(
        "export", help="write the map as a file", description="Write the map of a collection as one file."
    )
    export.add_argument("format", choices=["html", "geojson"], help="html: the page; geojson: RFC 7946")
    export.add_argument("--day", type=day, metavar="DAY", help="only events of this day, as 2024-12-07")
    export.add_argument("--from", type=day, metavar="DAY", dest="first", help="only events from this day on")
    export.add_argument("--to", type=day, metavar="DAY", dest="last", help="only events to this day")
    export.add_argument("--known", type=day, metavar="DAY", help="only claims reported by this day")
    export.add_argument(
        "--rows",
        choices=["events", "claims"],
        default="events",
        help="a feature of geojson (default: %(default)s)",
    )
    export.add_argument(
        "--since",
        metavar="NAME|FOLDER|store:NAME",
        help="with html: an earlier version of the collection; the page lists what changed since",
    )
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="file to write")
    export.set_defaults(run=_run, parser=export)
    add_collection(export)


def _run(choices: argparse.Namespace) -> None:
    # What reads tables and draws is loaded by the commands that do: serve is up the sooner.
    from claims.events import known_by  # noqa: PLC0415 - as told above

    _refuse_misuse(choices)
    collection, gazetteer = named(choices.collection).read()
    changes = changes_since(choices.since, collection, gazetteer) if choices.since else None
    has_story = collection.story is not None
    if choices.known:
        collection = _opened_by(known_by(collection, choices.known), choices.known)
    if choices.day or choices.first or choices.last:
        collection = _cut(choices, collection, gazetteer)
    if has_story and collection.story is None and choices.format == "html":
        print("left out: the story, which tells of more than is asked for", file=sys.stderr)
    tell(f"drawing {len(collection.events)} events of {len(collection.claims)} claims ...")
    if choices.format == "html":
        from layers.page import build_page  # noqa: PLC0415 - as told above

        text = build_page(collection, gazetteer, changes=changes)
    else:
        from layers.exports.geojson import claims_geojson, events_geojson  # noqa: PLC0415 - as told above

        write = claims_geojson if choices.rows == "claims" else events_geojson
        text = write(collection, gazetteer)
    put_whole(choices.output, text)
    tell(f"wrote {choices.output}")


def _opened_by(collection: Collection, known: dt.date) -> Collection:
    """Let a map open on no later day than it knows of."""
    facts = collection.facts
    opening = max(facts.first_day, min(facts.opening_day, known))
    return dataclasses.replace(collection, facts=dataclasses.replace(facts, opening_day=opening))


def _refuse_misuse(choices: argparse.Namespace) -> None:
    if choices.day and (choices.first or choices.last):
        choices.parser.error("--day goes without --from and --to")
    if choices.rows == "claims" and choices.format == "html":
        choices.parser.error("--rows claims goes with geojson; the page holds both")
    if choices.since and choices.format != "html":
        choices.parser.error("--since goes with html; bordermap changes lists what changed")
    if choices.output.name in {"", "-"} or choices.output.is_dir():
        choices.parser.error(f"-o {str(choices.output)!r} is not a file's name")


def _cut(choices: argparse.Namespace, collection: Collection, gazetteer: Gazetteer) -> Collection:
    """Cut a collection to the days that are asked for, and say what that leaves out."""
    from layers.exports.days import within_days  # noqa: PLC0415 - as in _run

    opens, ends = collection.facts.first_day, collection.facts.last_day
    for name, asked in (("--day", choices.day), ("--from", choices.first), ("--to", choices.last)):
        if asked and not opens <= asked <= ends:
            choices.parser.error(f"{name} {asked} is outside the collection's days, {opens} to {ends}")
    first = choices.day or choices.first or opens
    last = choices.day or choices.last or ends
    if first > last:
        choices.parser.error(f"{first} is after {last}")
    cut, undated = within_days(collection, gazetteer, first, last)
    if undated:
        print(f"left out for want of a day: {undated}", file=sys.stderr)
    if cut.events.empty:
        print(f"no event is told of from {first} to {last}", file=sys.stderr)
    return cut
