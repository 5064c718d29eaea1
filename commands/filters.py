"""The filters of the map as choices of a command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model import Collection
    from layers.shown import Shown

__all__ = ["add_filters", "filtered", "shown_of"]

CHOICES: Final[Mapping[str, tuple[str, str, str]]] = {
    "--layer": ("layers", "LAYERS", "crossings, withdrawals, deployments, context"),
    "--kind": ("kinds", "KINDS", "crossing, withdrawal, deployment, control_change, closure, contact, other"),
    "--status": ("status", "WORDS", "reported, confirmed, denied, planned, requested, rejected"),
    "--certainty": ("certainty", "WORDS", "unplaced, gate, place, near, stretch, region, side"),
    "--disputed": ("disputed", "WORDS", "occurrence, count, date, place, undisputed"),
    "--actor": ("actors", "IDS", "ids of actors.csv"),
    "--side": ("sides", "SIDES", "sides of actors.csv"),
}
"""By choice: the list of `layers.shown.Shown` that it gives, what stands for its words, and what they are."""


def add_filters(command: argparse.ArgumentParser) -> None:
    """Let a command be told what is to be seen, as the filters of the page do."""
    group = command.add_argument_group(
        "filters", "Only events that pass all of them; words with commas between them."
    )
    for choice, (name, metavar, words) in CHOICES.items():
        group.add_argument(choice, dest=name, type=_words, metavar=metavar, help=f"of: {words}")
    group.add_argument(
        "--sources", type=_number, default=1, metavar="N", help="with at least so many independent sources"
    )


def filtered(choices: argparse.Namespace) -> str:
    """Return the first filter that is asked for; "" where none is."""
    given = [choice for choice, (name, *_) in CHOICES.items() if getattr(choices, name) is not None]
    return next(iter([*given, *(["--sources"] if choices.sources > 1 else [])]), "")


def shown_of(choices: argparse.Namespace, collection: Collection) -> Shown:
    """Return what is to be seen of a collection; a word that it does not know is wrong usage, which lists those that it does."""
    # What reads tables is loaded by the commands that do: serve is up the sooner.
    from layers.shown import Shown  # noqa: PLC0415 - as told above
    from layers.shownwords import words_of  # noqa: PLC0415 - as told above

    known = words_of(collection)
    lists: dict[str, Any] = {}
    for choice, (name, *_) in CHOICES.items():
        said = getattr(choices, name)
        if said is not None:
            unknown = [word for word in said if word not in set(known[name])]
            if unknown:
                choices.parser.error(
                    f"{choice} {','.join(unknown)!r} is unknown; name of {', '.join(known[name])}"
                )
            lists[name] = frozenset(said)
    return Shown(**lists, sources=choices.sources)


def _words(written: str) -> list[str]:
    return [word.strip() for word in written.split(",") if word.strip()]


def _number(written: str) -> int:
    if not (written.isdecimal() and int(written)):
        raise argparse.ArgumentTypeError(f"{written!r} is not a number of sources; write 1 or more")
    return int(written)
