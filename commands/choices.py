"""What several commands ask for and say: days, countries, collections, progress."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from claims.shipped import shipped
from geo.countries import country_codes
from geo.errors import BordermapError

__all__ = ["add_collection", "collection_folder", "countries", "day", "tell"]


def add_collection(command: argparse.ArgumentParser) -> None:
    """Let a command be asked for a collection; without, it is the first that is shipped."""
    command.add_argument(
        "--collection",
        default=next(iter(shipped()), None),
        metavar="NAME|FOLDER",
        help="a shipped collection or a folder (default: %(default)s)",
    )


def collection_folder(name: str) -> Path:
    """Give the folder of a shipped collection by its name, or any folder.

    Raises:
        BordermapError: It is neither.
    """
    if name in shipped():
        return shipped()[name]
    if Path(name).is_dir():
        return Path(name).resolve()
    known = ", ".join(shipped())
    raise BordermapError(f"{name!r} is neither a shipped collection ({known}) nor a folder; name one of them")


def day(written: str) -> dt.date:
    """Read an ISO day."""
    try:
        read = dt.date.fromisoformat(written)
    except ValueError:
        read = None
    if read is None or read.isoformat() != written:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day; write it as 2024-12-07")
    return read


def countries(written: str) -> tuple[str, ...]:
    """Read ISO codes of countries with commas between them."""
    try:
        return country_codes(written)
    except BordermapError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def tell(progress: str) -> None:
    """Say what takes its time to whoever is watching."""
    if sys.stderr.isatty():
        print(progress, file=sys.stderr)
