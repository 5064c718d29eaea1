"""`bordermap export` of a built folder: what is asked for of it, without the rest of it being read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from commands.choices import tell
from commands.filters import shown_of
from geo.files.wholefiles import put_whole
from layers.built.exports import Selection, selected_collection, write_selection
from layers.built.opened import BuiltSet
from layers.built.small import MOST_ACTORS, actors_of, empty_collection
from layers.exports.formats import FORMATS, Rows
from layers.page import build_page

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from pathlib import Path

__all__ = ["export_large"]

UNTOLD: Final = {
    "known": "--known: what was known on a day cannot be told of what was put together",
    "since": "--since",
    "whole": "--whole: its tables are in the folder already, as Parquet",
    "per_layer": "--per-layer: take --layer, once for each",
}
"""The choices that do not go with a built folder, as they are told."""


def export_large(choices: argparse.Namespace, folder: Path) -> None:
    """Write what is asked for of a built folder; a choice that does not go with one is wrong usage.

    Raises:
        BordermapError: The folder cannot be read, it holds too much for the format, or the file cannot be written.
    """
    for name, told in UNTOLD.items():
        if getattr(choices, name):
            choices.parser.error(f"a built folder is written without {told}")
    built = BuiltSet.open(folder)
    if choices.public:
        _must_be_published(choices, built)
    if (choices.actors or choices.sides) and actors_of(built) is None:
        choices.parser.error(f"--actor and --side go with built folders of up to {MOST_ACTORS} actors")
    selection = Selection(built, _days(choices, built), shown_of(choices, empty_collection(built)))
    if choices.format not in FORMATS:
        collection, gazetteer = selected_collection(selection, "the page")
        tell(f"drawing {len(collection.events)} events of {len(collection.claims)} claims ...")
        put_whole(choices.output, build_page(collection, gazetteer))
    else:
        tell(f"writing of {built.totals.events} events ...")
        rows = Rows(choices.rows or Rows.EVENTS)
        write_selection(selection, choices.format, rows, choices.output, safe=choices.formula_safe)
    if selection.days is not None and built.totals.undated:
        print(f"left out for want of a day: {built.totals.undated}", file=sys.stderr)
    tell(f"wrote {choices.output}")


def _must_be_published(choices: argparse.Namespace, built: BuiltSet) -> None:
    """Refuse to export as published what was built with all that its inputs have, or is the edition of another day."""
    day = None if built.edition is None else built.edition.day
    if day is None:
        choices.parser.error(
            "--public goes with a built folder that is a published edition, and this one has all of its inputs; build it anew "
            "with bordermap build --public"
        )
    if choices.as_of not in {None, day}:
        choices.parser.error(
            f"--as-of {choices.as_of}: the folder is the published edition of {day}; build it anew with --as-of {choices.as_of}"
        )


def _days(choices: argparse.Namespace, built: BuiltSet) -> tuple[dt.date, dt.date] | None:
    """Give the days that are asked for; None for all."""
    opens, ends = built.facts.first_day, built.facts.last_day
    if not (choices.day or choices.first or choices.last):
        return None
    for name, asked in (("--day", choices.day), ("--from", choices.first), ("--to", choices.last)):
        if asked and not opens <= asked <= ends:
            choices.parser.error(f"{name} {asked} is outside the collection's days, {opens} to {ends}")
    first, last = choices.day or choices.first or opens, choices.day or choices.last or ends
    if first > last:
        choices.parser.error(f"{first} is after {last}")
    return first, last
