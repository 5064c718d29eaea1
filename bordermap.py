"""The command line: gathers choices, calls, shows."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.events import known_by
from claims.tables import read_with_places
from geo.countries import country_codes
from geo.errors import BordermapError
from geo.gazetteer import Gazetteer
from geo.geocode import Offline
from geo.listing import listed
from geo.textfiles import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from geo.matches import Geocoder

HERE = Path(__file__).parent
COLLECTIONS = HERE / "data" / "collections"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 the input has faults, 2 wrong usage, 130 stopped by the user."""
    choices = _parser().parse_args(words)
    try:
        choices.run(choices)
    except BordermapError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as a shell tells it
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
        "geocode",
        help="find places by name",
        description="Find the places of toponyms, and say how each was matched. Names given in one call are those of "
        "one document and are decided together. A CSV file is written again with a place for each row; its rows stand "
        "alone unless --group says which are of one document.",
    )
    places.add_argument(
        "names",
        nargs="+",
        metavar="NAME|FILE",
        help="place names in any spelling; or one CSV file, with -o; or - for standard input: a name a line, "
        "or with -o a CSV file",
    )
    places.add_argument("-o", "--output", type=Path, metavar="OUT.csv", help="file to write, for a CSV file")
    places.add_argument("--column", metavar="COLUMN", help="the file's column of names (default: toponym)")
    places.add_argument("--group", metavar="COLUMN", help="the file's column that names each row's document")
    places.add_argument(
        "--countries",
        type=_countries,
        default=(),
        metavar="CODES",
        help="countries that it is all about, as FR,BE",
    )
    places.add_argument(
        "--online",
        action="store_true",
        help="ask Nominatim, once a second, for names that are unknown offline",
    )
    places.add_argument(
        "--user-agent",
        metavar="TEXT",
        help="who asks online, with an address (default: $BORDERMAP_USER_AGENT)",
    )
    places.add_argument(
        "--answers", type=Path, metavar="FILE", help="where answers are kept (default: in your cache folder)"
    )
    places.add_argument("--nominatim", metavar="ADDRESS", help="another Nominatim, as http://localhost:8080")
    places.set_defaults(run=_geocode, parser=places)
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


def _countries(written: str) -> tuple[str, ...]:
    try:
        return country_codes(written)
    except BordermapError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


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
    source = _csv_source(choices)
    with _geocoder(choices) as geocoder:
        if source is None:
            names = _lines_given() if choices.names == ["-"] else choices.names
            for line in listed(geocoder.geocode(names, countries=choices.countries)):
                print(line)
            return
        from geo.geocode_files import geocode_csv  # noqa: PLC0415 - names alone need none of it

        tally = geocode_csv(
            source,
            choices.output,
            geocoder,
            column=choices.column or "toponym",
            group=choices.group,
            countries=choices.countries,
            progress=_watched,
        )
    _tell(f"wrote {choices.output}: {tally.placed} of {tally.rows} rows have a place")


def _csv_source(choices: argparse.Namespace) -> Path | BinaryIO | None:
    """Give the CSV file that is to be geocoded; None where names are."""
    first, *more = choices.names
    files = [name for name in choices.names if name == "-" or name.lower().endswith((".csv", ".tsv"))]
    if more and files:
        choices.parser.error(f"give {files[0]!r} alone")
    if not (choices.output or choices.column or choices.group or set(files) - {"-"}):
        return None
    if more or not (files or os.path.isfile(first)):  # noqa: PTH113 - Path raises where a name is too long
        choices.parser.error(
            f"-o, --column and --group go with a CSV file, or - for standard input; {first!r} is none"
        )
    if not choices.output:
        choices.parser.error(f"{first!r} is a CSV file; name with -o the file to write")
    if choices.output.name in {"", "-"}:
        choices.parser.error(f"-o {str(choices.output)!r} is not a file's name")
    return sys.stdin.buffer if first == "-" else Path(first)


def _lines_given() -> list[str]:
    lines = lines_of(sys.stdin.buffer, "standard input")
    return [name for line in lines if (name := line.strip())]


@contextmanager
def _geocoder(choices: argparse.Namespace) -> Iterator[Geocoder]:
    user_agent: str = choices.user_agent or os.environ.get("BORDERMAP_USER_AGENT", "")
    if not choices.online and (choices.user_agent or choices.answers or choices.nominatim):
        choices.parser.error("--user-agent, --answers and --nominatim go with --online")
    if choices.online and not user_agent:
        choices.parser.error("--online needs --user-agent: who asks, as 'alpine-atlas (maps@example.org)'")
    offline = Offline(Gazetteer.read())
    if not choices.online:
        yield offline
        return
    from geo.answers import Answers  # noqa: PLC0415 - what asks the network is loaded when it is asked
    from geo.nominatim import PUBLIC_DOMAIN  # noqa: PLC0415
    from geo.online import in_turn, nominatim  # noqa: PLC0415

    scheme, _, domain = (choices.nominatim or PUBLIC_DOMAIN).rpartition("://")
    with Answers(choices.answers or _cache() / "answers.sqlite") as answers:
        yield in_turn(offline, nominatim(user_agent, answers, domain=domain, scheme=scheme or "https"))


def _cache() -> Path:
    """Give the user's folder for what can be asked again (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bordermap"


def _watched(rows: Iterable[Any], what: str, total: int | None) -> Iterable[Any]:
    """Show on a terminal how far it has come, if it takes over a second."""
    from tqdm import tqdm  # type: ignore[import-untyped] # noqa: PLC0415

    bar: Iterable[Any] = tqdm(rows, what, total, unit=" rows", delay=1, leave=False, disable=None)
    return bar


if __name__ == "__main__":
    sys.exit(main())
