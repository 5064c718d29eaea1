"""The command line: gathers choices, calls, shows."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from claims.events import known_by
from claims.tables import read_with_places
from geo.errors import BordermapError
from geo.gazetteer import Gazetteer
from geo.geocode import geocode

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
NAME_WIDTH = 48  # of a name in a table; a longer one is cut
COLLECTIONS = HERE / "data" / "collections"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 the input has faults, 2 wrong usage."""
    choices = _parser().parse_args(words)
    try:
        choices.run(choices)
    except BordermapError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output has left, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bordermap", description="The map of who crossed which border, when, and how we know."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    serve = commands.add_parser(
        "serve", help="show the dashboard", description="Show the dashboard on localhost."
    )
    serve.add_argument("--port", type=_port, default=8501, help="port to listen on (default: %(default)s)")
    serve.set_defaults(run=_serve)

    export = commands.add_parser(
        "export", help="write the map as a file", description="Write the map of a collection as one file."
    )
    export.add_argument("format", choices=["html", "geojson"], help="html: the page; geojson: RFC 7946")
    export.add_argument("--day", type=_day, metavar="DAY", help="only events of this day, as 2024-12-07")
    export.add_argument("--from", type=_day, metavar="DAY", dest="first", help="only events from this day on")
    export.add_argument("--to", type=_day, metavar="DAY", dest="last", help="only events to this day")
    export.add_argument("--known", type=_day, metavar="DAY", help="only claims reported by this day")
    export.add_argument(
        "--rows",
        choices=["events", "claims"],
        default="events",
        help="a feature of geojson (default: %(default)s)",
    )
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="file to write")
    export.set_defaults(run=_export, parser=export)

    for command in (serve, export):
        command.add_argument(
            "--collection",
            default=_shipped()[0],
            metavar="NAME|FOLDER",
            help="a shipped collection or a folder (default: %(default)s)",
        )

    places = commands.add_parser(
        "geocode", help="find places by name", description="Find each toponym's place in the gazetteer."
    )
    places.add_argument("names", nargs="+", metavar="NAME", help="a place name in any spelling")
    places.set_defaults(run=_geocode)
    return parser


def _day(written: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or day.isoformat() != written:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day; write it as 2024-12-07")
    return day


def _port(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= 65535:
        raise argparse.ArgumentTypeError(f"{written!r} is not a port; write a number from 1 to 65535")
    return int(written)


def _shipped() -> list[str]:
    return sorted(folder.name for folder in COLLECTIONS.iterdir() if folder.is_dir())


def _folder(name: str) -> Path:
    if name in _shipped():
        return COLLECTIONS / name
    if Path(name).is_dir():
        return Path(name).resolve()
    known = ", ".join(_shipped())
    raise BordermapError(f"{name!r} is neither a shipped collection ({known}) nor a folder; name one of them")


def _serve(choices: argparse.Namespace) -> None:
    os.environ["BORDERMAP_COLLECTION"] = str(_folder(choices.collection))
    os.chdir(HERE)  # where Streamlit finds its settings
    command = [sys.executable, "-m", "dashboard.launch", "--server.port", str(choices.port)]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


def _export(choices: argparse.Namespace) -> None:
    # Drawing libraries are loaded by the commands that draw.
    from layers.exports import claims_geojson, events_geojson, put_whole, within_days  # noqa: PLC0415
    from layers.page import build_page  # noqa: PLC0415

    if choices.day and (choices.first or choices.last):
        choices.parser.error("--day goes without --from and --to")
    if choices.rows == "claims" and choices.format == "html":
        choices.parser.error("--rows claims goes with geojson; the page holds both")
    if choices.output.name in {"", "-"} or choices.output.is_dir():
        choices.parser.error(f"-o {str(choices.output)!r} is not a file's name")
    collection, gazetteer = read_with_places(_folder(choices.collection))
    if choices.known:
        collection = known_by(collection, choices.known)
    first = choices.day or choices.first or collection.facts.first_day
    last = choices.day or choices.last or collection.facts.last_day
    if first > last:
        choices.parser.error(f"{first} is after {last}")
    if choices.day or choices.first or choices.last:
        collection, undated = within_days(collection, gazetteer, first, last)
        if undated:
            print(f"{undated} events without a day are left out", file=sys.stderr)
        if collection.events.empty:
            print(f"no event is told of from {first} to {last}", file=sys.stderr)
    _tell(f"drawing {len(collection.events)} events of {len(collection.claims)} claims ...")
    if choices.format == "html":
        text = build_page(collection, gazetteer)
    else:
        write = claims_geojson if choices.rows == "claims" else events_geojson
        text = write(collection, gazetteer)
    put_whole(choices.output, text)
    _tell(f"wrote {choices.output}")


def _tell(progress: str) -> None:
    """Say what takes its time to whoever is watching."""
    if sys.stderr.isatty():
        print(progress, file=sys.stderr)


def _geocode(choices: argparse.Namespace) -> None:
    gazetteer = Gazetteer.read()
    header = ("toponym", "place", "kind", "country", "lon", "lat", "radius_km", "how matched")
    rows = [header]
    for name in choices.names:
        match = geocode(name, gazetteer)
        shown = " ".join(name.split())
        shown = shown if len(shown) <= NAME_WIDTH else f"{shown[: NAME_WIDTH - 1]}…"
        found = [match.place] if match.place else list(match.candidates)
        for place in found:
            facts = (
                place.name,
                str(place.kind),
                place.country,
                f"{place.lon:.4f}",
                f"{place.lat:.4f}",
                f"{place.radius_km:g}",
            )
            rows.append((shown, *facts, str(match.how)))
        if not found:
            rows.append((shown, "-", "-", "-", "-", "-", "-", str(match.how)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    sys.exit(main())
