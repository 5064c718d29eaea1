"""What several commands ask for and say: days, countries, collections, progress."""

from __future__ import annotations

import argparse
import datetime as dt
import ipaddress
import sys
from typing import Final

from claims.shipped import shipped
from geo.countries import country_codes
from geo.errors import BordermapError
from geo.unseen import plainly

__all__ = ["add_by", "add_collection", "address", "countries", "day", "line_number", "port", "tell", "told"]

_DIGITS: Final = 9
"""Of the number of a line; no table has more."""


def add_collection(command: argparse.ArgumentParser) -> None:
    """Let a command be asked for a collection; without, it is the first that is shipped."""
    command.add_argument(
        "--collection",
        default=next(iter(shipped()), None),
        metavar="NAME|FOLDER|store:NAME",
        help="a shipped collection, a folder, or one of the store (default: %(default)s)",
    )


def add_by(command: argparse.ArgumentParser) -> None:
    """Let a command be told who decides."""
    command.add_argument(
        "--by", metavar="NAME", help="who does it (default: $BORDERMAP_REVIEWER, else the name of the login)"
    )


def day(written: str) -> dt.date:
    """Read an ISO day."""
    try:
        read = dt.date.fromisoformat(written)
    except ValueError:
        read = None
    if read is None or read.isoformat() != written:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day; write it as 2024-12-07")
    return read


def line_number(written: str) -> int:
    """Read the number of a line, from 1."""
    if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS and int(written)):
        raise argparse.ArgumentTypeError(f"{written!r} is no line; write its number, as 3")
    return int(written)


def port(written: str) -> int:
    """Read the number of a port."""
    if not written.isdecimal() or not 1 <= int(written) <= 65535:
        raise argparse.ArgumentTypeError(f"{written!r} is not a port; write a number from 1 to 65535")
    return int(written)


def address(written: str) -> str:
    """Read an address to listen on."""
    try:
        return "localhost" if written == "localhost" else str(ipaddress.ip_address(written))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{written!r} is not an IP address; write one of this machine, 127.0.0.1 for itself alone or 0.0.0.0 for all "
            "its networks"
        ) from None


def countries(written: str) -> tuple[str, ...]:
    """Read ISO codes of countries with commas between them."""
    try:
        return country_codes(written)
    except BordermapError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def tell(progress: str) -> None:
    """Say what takes its time to whoever is watching."""
    if sys.stderr.isatty():
        print(plainly(progress), file=sys.stderr)


def told(error: BordermapError) -> str:
    """Say an error on a terminal: its lines, in which nothing steers it."""
    return "\n".join(map(plainly, str(error).split("\n")))
