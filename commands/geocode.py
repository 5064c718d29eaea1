"""`bordermap geocode`: the places of names, of standard input and of CSV files."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.choices import countries, tell
from geo.files.textfiles import lines_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from geo.matches import Geocoder

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    places = commands.add_parser(
        "geocode",
        help="find places by name",
        description="Find the places of toponyms, and say how each was matched. Names given in one call are those of "
        "one document and are decided together. A CSV file is written again with a place for each row; its rows stand "
        "alone unless --group says which are of one document.",
        epilog="How a name was matched: exact (listed, whatever its case and accents); folded (a listed spelling of "
        "the same sound); kind (without its word, as 'province'); consonants, close (like a listed one); phrase "
        "(derived from others). Why this place among several: by context (of the other names), best known. No place: "
        "ambiguous, unlikely (it does not fit the document), other kind, no outline, unknown.",
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
        type=countries,
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
    places.set_defaults(run=_run, parser=places)


def _run(choices: argparse.Namespace) -> None:
    source = _csv_source(choices)
    with _geocoder(choices) as geocoder:
        if source is None:
            from geo.listing import listed  # noqa: PLC0415 - as in _geocoder

            names = _lines_given() if choices.names == ["-"] else choices.names
            for line in listed(geocoder.geocode(names, countries=choices.countries)):
                print(line)
            return
        from geo.files.geocode_files import geocode_csv  # noqa: PLC0415 - names alone need none of it

        tally = geocode_csv(
            source,
            choices.output,
            geocoder,
            column=choices.column or "toponym",
            group=choices.group,
            countries=choices.countries,
            progress=_watched,
        )
    tell(f"wrote {choices.output}: {tally.placed} of {tally.rows} rows have a place")


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
    # What knows places is loaded by the commands that ask for some: serve is up the sooner.
    from geo.gazetteer import shipped_gazetteer  # noqa: PLC0415 - loaded by the commands that need it
    from geo.geocode import Offline  # noqa: PLC0415 - loaded by the commands that need it

    offline = Offline(shipped_gazetteer())
    if not choices.online:
        yield offline
        return
    from geo.online.answers import Answers  # noqa: PLC0415 - what asks the network is loaded when it is asked
    from geo.online.geocoder import in_turn, nominatim  # noqa: PLC0415 - loaded by the commands that need it
    from geo.online.nominatim import PUBLIC_DOMAIN  # noqa: PLC0415 - loaded by the commands that need it

    scheme, _, domain = (choices.nominatim or PUBLIC_DOMAIN).rpartition("://")
    with Answers(choices.answers or _cache() / "answers.sqlite") as answers:
        yield in_turn(offline, nominatim(user_agent, answers, domain=domain, scheme=scheme or "https"))


def _cache() -> Path:
    """Give the user's folder for what can be asked again (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bordermap"


def _watched(rows: Iterable[Any], what: str, total: int | None) -> Iterable[Any]:
    """Show on a terminal how far it has come, if it takes over a second."""
    from tqdm import tqdm  # type: ignore[import-untyped] # noqa: PLC0415 - loaded by the commands that need it

    bar: Iterable[Any] = tqdm(rows, what, total, unit=" rows", delay=1, leave=False, disable=None)
    return bar
