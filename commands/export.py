"""`bordermap export`: the map of a collection as one file, or its events and claims in a format of the field."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.named import InFolder, named
from commands.changes import changes_from
from commands.choices import add_collection, day, tell
from commands.filters import add_filters, filtered, shown_of
from geo.files.wholefiles import put_whole
from geo.unseen import plainly
from layers.exports.formats import FORMATS, Export, Rows, misuse, takers, write

if TYPE_CHECKING:
    import argparse

    from claims.changes import Changes
    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["add"]

PAGE: Final = "html"


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    export = commands.add_parser(
        "export",
        help="write the map as a file",
        description="Write the map of a collection as one page, or its events or claims in another format, all of them or "
        "what days, known day and filters leave.",
    )
    told = "; ".join(f"{name}: {kind.told}" for name, kind in FORMATS.items())
    export.add_argument("format", choices=[PAGE, *FORMATS], help=f"{PAGE}: the page; {told}")
    export.add_argument("--day", type=day, metavar="DAY", help="only events of this day, as 2024-12-07")
    export.add_argument("--from", type=day, metavar="DAY", dest="first", help="only events from this day on")
    export.add_argument("--to", type=day, metavar="DAY", dest="last", help="only events to this day")
    export.add_argument("--known", type=day, metavar="DAY", help="only claims reported by this day")
    export.add_argument(
        "--rows",
        choices=list(map(str, Rows)),
        help=f"what a row of {_names('rows')} is (default: events)",
    )
    export.add_argument(
        "--per-layer",
        action="store_true",
        help=f"with {_names('layered')}: a file for each layer, in the folder that -o names",
    )
    export.add_argument(
        "--whole",
        action="store_true",
        help=f"with {_names('whole')}: every table and file of the collection, so that it can be read again",
    )
    export.add_argument(
        "--formula-safe",
        action="store_true",
        help=f"with {_names('cells')}: mark cells that a spreadsheet would take for a formula as text, and say which; "
        "not enough where Excel parts cells by ; (take xlsx there)",
    )
    export.add_argument(
        "--since",
        metavar="NAME|FOLDER|store:NAME",
        help="with html: an earlier version of the collection; the page lists what changed since",
    )
    export.add_argument(
        "--public",
        action="store_true",
        help="the published edition, without what the collection withholds (docs/publishing.md)",
    )
    export.add_argument(
        "--as-of",
        type=day,
        metavar="DAY",
        help="with --public: the day on which it is published (default: today); what is delayed longer is left out",
    )
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="file to write")
    add_filters(export)
    export.set_defaults(run=_run, parser=export)
    add_collection(export)


def _names(choice: str) -> str:
    return ", ".join(takers(choice))


def _run(choices: argparse.Namespace) -> None:
    # What reads tables and draws is loaded by the commands that do: serve is up the sooner.
    from claims.events import known_by  # noqa: PLC0415 - as told above

    _refuse_misuse(choices)
    held = named(choices.collection)
    if isinstance(held, InFolder) and held.is_built:
        from commands.exportlarge import export_large  # noqa: PLC0415 - as told above

        export_large(choices, held.folder)
        return
    collection, gazetteer = held.read()
    since = named(choices.since).read() if choices.since else None
    changes = None
    if choices.public:
        from claims.publication.costs import costs  # noqa: PLC0415 - as told above
        from claims.publication.sentences import lacking  # noqa: PLC0415 - as told above

        whole, places = collection, gazetteer
        if since:
            collection, gazetteer, changes = _published_since(choices, (collection, gazetteer), since)
        else:
            collection, gazetteer = _published(choices, collection, gazetteer)
        _tell_few(whole, gazetteer)
        for said in (
            (*lacking(whole, collection), *costs(whole, places, collection)) if collection.edition else ()
        ):
            print(plainly(said), file=sys.stderr)
    elif since:
        changes = changes_from(*since, collection, gazetteer)
    has_story = collection.story is not None
    if choices.known:
        collection = known_by(collection, choices.known)
    if choices.day or choices.first or choices.last:
        collection = _cut(choices, collection, gazetteer)
    if has_story and collection.story is None and choices.format == PAGE:
        print("left out: the story, which tells of more than is asked for", file=sys.stderr)
    if choices.format == PAGE:
        from layers.page import build_page  # noqa: PLC0415 - as told above

        tell(f"drawing {_size(collection)} ...")
        put_whole(choices.output, build_page(collection, gazetteer, changes=changes))
    else:
        _write(choices, collection, gazetteer)
    tell(f"wrote {choices.output}")


def _published(
    choices: argparse.Namespace, collection: Collection, gazetteer: Gazetteer
) -> tuple[Collection, Gazetteer]:
    """Give the edition that is published on the day that is asked for, by default today where its days are meant."""
    from claims.publication.publishing import published, today_in  # noqa: PLC0415 - as in _run

    return published(collection, gazetteer, choices.as_of or today_in(collection.facts.timezone))


def _published_since(
    choices: argparse.Namespace, later: tuple[Collection, Gazetteer], earlier: tuple[Collection, Gazetteer]
) -> tuple[Collection, Gazetteer, Changes]:
    """Give the edition of that day, and what changed since that of an earlier version."""
    from claims.publication.publishing import published_since, today_in  # noqa: PLC0415 - as in _run

    since = published_since(later, earlier, choices.as_of or today_in(later[0].facts.timezone))
    changes = changes_from(*since.before, *since.edition)
    return *since.edition, dataclasses.replace(changes, lines=since.told(changes.lines))


def _tell_few(whole: Collection, gazetteer: Gazetteer) -> None:
    """Tell whoever publishes, and no reader, where a circle may lead back to what it stands for."""
    from claims.publication.known import few_known  # noqa: PLC0415 - as in _run

    if told := few_known(gazetteer, whole.facts.publication):
        print(told, file=sys.stderr)


def _size(collection: Collection) -> str:
    return f"{len(collection.events)} events of {len(collection.claims)} claims"


def _write(choices: argparse.Namespace, collection: Collection, gazetteer: Gazetteer) -> None:
    """Write what is asked for in another format than the page."""
    told = ""
    if filtered(choices):
        collection, told = _filtered(choices, collection, gazetteer)
    rows = Rows(choices.rows or Rows.EVENTS)
    export = Export(collection, gazetteer, rows, choices.formula_safe, told, choices.whole)
    tell(f"writing {_size(collection)} ...")
    if choices.per_layer:
        from layers.exports.perlayer import write_layers  # noqa: PLC0415 - as in _run

        write_layers(choices.format, export, choices.output)
    else:
        write(choices.format, export, choices.output)


def _filtered(
    choices: argparse.Namespace, collection: Collection, gazetteer: Gazetteer
) -> tuple[Collection, str]:
    """Cut a collection to what the filters let pass, and say what that leaves out; with the filters in words."""
    from layers.shown import cut_to  # noqa: PLC0415 - as in _run

    shown = shown_of(choices, collection)
    cut = cut_to(collection, gazetteer, shown)
    loose = int(collection.claims["event_id"].eq("").sum())
    if loose:
        print(f"left out, as filters are of events: {loose} claims of no event", file=sys.stderr)
    if cut.events.empty:
        print(plainly(f"no event passes {shown.told()}"), file=sys.stderr)
    return cut, shown.told()


def _refuse_misuse(choices: argparse.Namespace) -> None:
    asked, error = choices.format, choices.parser.error
    if choices.day and (choices.first or choices.last):
        error("--day goes without --from and --to")
    given = {
        "rows": "--rows claims" if choices.rows == Rows.CLAIMS else "",
        "layered": "--per-layer" if choices.per_layer else "",
        "cells": "--formula-safe" if choices.formula_safe else "",
        "whole": "--whole" if choices.whole else "",
    }
    if why := misuse(asked, {choice: flag for choice, flag in given.items() if flag}):
        error(why)
    if choices.as_of and not choices.public:
        error("--as-of goes with --public")
    if choices.since and asked != PAGE:
        error("--since goes with html; bordermap changes lists what changed")
    if asked == PAGE and filtered(choices):
        error(f"{filtered(choices)} goes with other formats than html; the page has its own filters")
    folder = choices.per_layer or choices.whole
    if choices.output.name in {"", "-"} or (choices.output.is_dir() and not folder):
        error(f"-o {str(choices.output)!r} is not a file's name")


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
        told = (
            "no event is told of"
            if collection.edition is None
            else "nothing that is published tells of an event"
        )
        print(f"{told} from {first} to {last}", file=sys.stderr)
    return cut
