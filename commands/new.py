"""`bordermap new`: the folder of a collection that begins empty."""

from __future__ import annotations

import argparse
import dataclasses
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.shipped import shipped
from commands.choices import day
from geo.errors import Fault, FaultsError
from geo.files.temporary import temporary_folder
from geo.unseen import plainly

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from claims.store.contents import Contents
    from geo.places import Place

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    new = commands.add_parser(
        "new",
        help="begin a collection",
        description="Begin a collection: a folder with collection.toml and four tables without rows. Days and view that "
        "are not said here follow the claims as they come. What stands there already is never overwritten.",
    )
    new.add_argument("name", metavar="NAME", help="of the folder")
    new.add_argument("--title", type=_text, help="of the map (default: the name)")
    new.add_argument(
        "--days", type=_days, metavar="A..B", help="first and last day, as 2024-11-21..2025-01-13"
    )
    new.add_argument(
        "--timezone",
        default="UTC",
        metavar="ZONE",
        help="whose days are meant, as Europe/Lisbon (default: UTC)",
    )
    new.add_argument(
        "--place",
        action="append",
        default=[],
        metavar="TOPONYM",
        help="a place that the map is to show when it opens; may be given several times",
    )
    new.add_argument(
        "--in",
        type=Path,
        default=Path(),
        dest="where",
        metavar="FOLDER",
        help="where to put it (default: here)",
    )
    new.set_defaults(run=_run, parser=new)


def _days(written: str) -> tuple[dt.date, dt.date]:
    """Read two ISO days with two dots between them."""
    first, dots, last = written.partition("..")
    if not dots:
        raise argparse.ArgumentTypeError(f"{written!r} is not two days; write them as 2024-11-21..2025-01-13")
    return day(first), day(last)


def _text(written: str) -> str:
    """Take what can be written as UTF-8; an argument that is not comes with lone surrogates."""
    try:
        written.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"{written!r} is not UTF-8; write it in letters") from None
    return written


def _run(choices: argparse.Namespace) -> None:
    # What knows tables and places is loaded by the commands that need it: serve is up the sooner.
    from claims.store.contents import plain_name, put_folder  # noqa: PLC0415 - as told above
    from claims.store.fresh import fresh_contents  # noqa: PLC0415 - as told above

    name: str = choices.name
    if not plain_name(name) or name.startswith(("-", ".")):
        choices.parser.error(f"{name!r} is not a folder's name; give one without slashes, and --in for where")
    if name in shipped():
        choices.parser.error(f"{name!r} is a collection that is shipped; give another name")
    facts: dict[str, Any] = {"title": choices.title or name, "timezone": choices.timezone}
    if choices.days:
        facts["first_day"], facts["last_day"] = choices.days
    places, faults = _placed(choices.place)
    contents = fresh_contents(facts | ({"view": list(_view(places))} if places else {}))
    faults += _faults(contents)
    if not choices.where.is_dir():
        faults.append(Fault("--in", None, None, str(choices.where), "is no folder", "make the folder first"))
    if faults:
        raise FaultsError(faults, done="written")
    folder = choices.where / name
    put_folder(contents, folder)
    _say_what_next(folder)


def _placed(toponyms: Sequence[str]) -> tuple[list[Place], list[Fault]]:
    """Geocode toponyms together; each that has no place or several is a fault, and what was found for it is listed."""
    if not toponyms:
        return [], []
    from geo.gazetteer import shipped_gazetteer  # noqa: PLC0415 - as in _run
    from geo.geocode import Offline  # noqa: PLC0415 - as in _run
    from geo.listing import listed  # noqa: PLC0415 - as in _run

    matches = Offline(shipped_gazetteer()).geocode(toponyms)
    unclear = [match for match in matches if not match.place]
    if unclear:
        print("\n".join(listed(unclear)), file=sys.stderr)
    todo = "name it more closely, as 'Toledo, Ohio', or leave it out"
    faults = [Fault("--place", None, None, match.toponym, "is no one place", todo) for match in unclear]
    return [match.place for match in matches if match.place], faults


def _view(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """Give the view around places."""
    from geo.views import view_of  # noqa: PLC0415 - as in _run

    view = view_of(places)
    if view.cut:
        print("the view ends at the 180th meridian, which no map crosses yet", file=sys.stderr)
    return view.bounds


def _faults(contents: Contents) -> list[Fault]:
    """Find what is wrong with the choices by reading what would be written."""
    from claims.facts import read_facts  # noqa: PLC0415 - as in _run
    from claims.store.contents import FACTS  # noqa: PLC0415 - as in _run

    faults: list[Fault] = []
    with temporary_folder() as aside:
        contents.put(aside)
        read_facts(aside / FACTS, faults)
    # The file is not there yet, so it has no lines.
    return [dataclasses.replace(fault, line=None) for fault in faults]


def _say_what_next(folder: Path) -> None:
    named = plainly(shlex.quote(str(folder)))
    print(
        f"{plainly(str(folder))} is begun; put your claims into its tables, as docs/your-own-border.md says, and show them:"
    )
    print(f"bordermap serve --collection {named}")
    print(f"bordermap export html --collection {named} -o {plainly(shlex.quote(f'{folder.name}.html'))}")
