"""`bordermap build`: a large set of inputs as one folder that the dashboard opens without loading it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from commands.asked import add_what_it_is, asked_of, passed_over
from commands.choices import day, tell
from geo.errors import BordermapError, FaultsError
from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Sequence

    from geo.errors import Fault
    from layers.build.building import Built
    from layers.build.inputs import Input
    from layers.build.runners import Runner

__all__ = ["add"]

_FAULTS: Final = 50


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    command = commands.add_parser(
        "build",
        help="make one folder of a large set of inputs",
        description="Make one folder of a large set: tables of other data sets, collections and reports, as millions of "
        "claims. It holds GeoParquet by month and layer, and the dashboard opens it without loading it. An input with a fault "
        "does not stop the others: it is missing, and told. What was done is kept where it is stopped, and the same command "
        "goes on from there.",
        epilog="What import lets say of a table can be said here of all of them, but for --sheet, --header, --encoding and "
        "--leave, which are of one file. docs/scale.md tells of sizes and clusters.",
    )
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="FOLDER|GLOB",
        help="a folder, a pattern in quotes as 'data/**/*.csv', or files",
    )
    command.add_argument(
        "-o",
        "--out",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="the folder, which appears when it is whole",
    )
    command.add_argument(
        "--workers", type=_workers, metavar="N", help="processes that share the work (default: one a core)"
    )
    command.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="of a Dask cluster, as tcp://host:8786; or local to begin one here",
    )
    command.add_argument(
        "--called", default="", metavar="TITLE", help="the title of the map (default: the folder's name)"
    )
    command.add_argument("--licence", default="", metavar="TEXT", help="under which terms it may be used")
    command.add_argument("--citation", default="", metavar="TEXT", help="how it is cited")
    command.add_argument(
        "--timezone",
        default="UTC",
        metavar="ZONE",
        help="whose days are meant, as Europe/Lisbon (default: UTC)",
    )
    command.add_argument(
        "--public",
        action="store_true",
        help="of the published edition of each collection, without what it withholds (docs/publishing.md)",
    )
    command.add_argument(
        "--as-of",
        type=day,
        metavar="DAY",
        help="with --public: the day on which it is published (default: today in --timezone); what is delayed longer is left out",
    )
    add_what_it_is(command)
    command.set_defaults(run=_run, parser=command)


def _workers(written: str) -> int:
    """Read how many processes are asked for."""
    import argparse  # noqa: PLC0415 - for its error alone

    if not (written.isascii() and written.isdecimal() and 1 <= int(written) <= 1024):
        raise argparse.ArgumentTypeError(f"{written!r} is no number of processes; write it as 2")
    return int(written)


def _run(choices: argparse.Namespace) -> None:
    # What reads tables is loaded by the commands that do: serve is up the sooner.
    from layers.build.building import build  # noqa: PLC0415 - as told above
    from layers.build.inputs import inputs_of  # noqa: PLC0415 - as told above
    from layers.build.plan import plan_of, unheard_in  # noqa: PLC0415 - as told above
    from layers.build.unread import unread_in  # noqa: PLC0415 - as told above

    if choices.as_of and not choices.public:
        choices.parser.error("--as-of goes with --public")
    out = choices.out.resolve()
    facts, asked = _facts(choices, out), asked_of(choices, "")
    inputs = inputs_of(choices.inputs)
    if unread := unread_in(choices.inputs):
        _told(unread)
    for one in () if choices.public else filter(_withholds, inputs):
        _told(f"{one.name}: withholds something, which holds with --public alone: all of it is built")
    plan = plan_of(inputs, asked, facts, _told, _published_on(choices))
    if wrong := unheard_in(plan, asked):
        choices.parser.error(plainly(wrong))
    try:
        with ExitStack() as stack:
            built = build(plan, out, _runner(choices, stack), tell, _told)
    except FaultsError as error:
        head = "nothing is built, for no input is without faults; mend them and build again:"
        raise BordermapError("\n".join([head, *_first(error.faults, "")])) from None
    except KeyboardInterrupt:
        _told(f"stopped before {choices.out} was whole; the same command goes on from what is done")
        raise
    for line in _shared(built):
        _told(line)
    passed = Counter[str]()
    for one in built.manifest["inputs"]:
        passed.update(one["passed"])
    more = [passed_over(passed, context=choices.context), _edition(built)]
    told = [_summed_up(choices.out, built), *filter(None, more)]
    print(plainly(", ".join(told)))
    if built.manifest["missing"]:
        raise BordermapError(_missing(choices.out, built))


def _published_on(choices: argparse.Namespace) -> dt.date | None:
    """Give the day on which what is built is published; None where all is built."""
    from claims.publication.publishing import today_in  # noqa: PLC0415 - as in _run

    day_asked: dt.date | None = choices.as_of
    return (day_asked or today_in(choices.timezone)) if choices.public else None


def _withholds(one: Input) -> bool:
    """Tell whether an input is a collection that says of something that it is not for publication."""
    folder = one.path if one.path.is_dir() else one.path.parent
    if one.kind != "collection":
        return False
    said = {name: folder / name for name in ("collection.toml", "claims.csv")}
    facts, claims = (_beginning(path) for path in said.values())
    return "[publication]" in facts or "withheld" in claims.partition("\n")[0]


def _beginning(path: Path) -> str:
    """Read so much of a file as tells; what cannot be read is told as a fault of the input."""
    try:
        with path.open("rb") as file:
            return file.read(1 << 20).decode("utf-8", "replace")
    except OSError:
        return ""


def _told(line: str) -> None:
    """Say what whoever reads of the map should know, whether or not somebody is watching."""
    print(plainly(line), file=sys.stderr)


def _facts(choices: argparse.Namespace, out: Path) -> dict[str, str]:
    """Gather what collection.toml shall say."""
    import zoneinfo  # noqa: PLC0415 - as in _run

    if choices.timezone not in zoneinfo.available_timezones():
        choices.parser.error(
            f"--timezone {choices.timezone!r} is not an IANA time zone; name one, as Europe/Lisbon"
        )
    words = (choices.called or out.name, choices.citation, choices.licence)
    # Bytes that are no text cannot be in a file.
    title, citation, licence = (word.encode("utf-8", "backslashreplace").decode() for word in words)
    said = {"title": title, "citation": citation or title, "timezone": choices.timezone}
    return {
        "title_ar": "",
        "about": "",
        "licence": licence or "not licensed yet",
        "version": "0.1",
        **said,
    }


def _runner(choices: argparse.Namespace, stack: ExitStack) -> Runner:
    """Give whoever is to do the work."""
    from layers.build.runners import Here, Pool  # noqa: PLC0415 - as in _run

    workers = choices.workers or os.cpu_count() or 1
    if choices.scheduler:
        from layers.build.cluster import on_cluster  # noqa: PLC0415 - Dask takes a second

        return stack.enter_context(on_cluster(choices.scheduler, workers))
    return stack.enter_context(Pool(workers)) if workers > 1 else Here()


def _summed_up(out: Path, built: Built) -> str:
    """Say in a line what the folder holds."""
    totals, rows = built.manifest["totals"], built.manifest["rows"]
    said = {
        "claims": totals["claims"],
        "events": totals["events"],
        "without a day": totals["undated"],
        "without a place": totals["unplaced"],
        "rows again": rows["repeated"],
        "rows of older editions": rows["older"],
        "rows that differ from one of the same edition": rows["differing"],
    }
    told = ", ".join(
        f"{number:,} {what}" for what, number in said.items() if number or what in {"claims", "events"}
    )
    before = "was built of the same inputs before: " if built.before else ""
    return f"{out}: {before}{told}"


def _edition(built: Built) -> str:
    """Say of a folder that was built as a published edition that it is one; "" of any other."""
    from claims.publication.sentences import edition_in_words  # noqa: PLC0415 - as in _run
    from layers.built.opened import read_edition  # noqa: PLC0415 - likewise

    edition = read_edition(built.manifest.get("edition"))
    return "" if edition is None else edition_in_words(edition)


def _shared(built: Built) -> list[str]:
    """Say which ids a collection shares with another input, though their rows differ."""
    shared = built.manifest["shared"]
    lines = [
        f"{one['table']}: {one['id']!r} is in {' and '.join(one['inputs'])}, which are taken for one though they differ; give "
        "it another id in one of them if they are not"
        for one in shared["some"]
    ]
    more = shared["count"] - len(lines)
    return [*lines, f"and {more:,} more ids"] if more else lines


def _missing(out: Path, built: Built) -> str:
    """Say which inputs are missing, with so many of their faults as one reads."""
    head = "not all is there: an input with a fault is missing, and a report with one; mend them and build again:"
    return "\n".join([head, *_first(built.faults, f", which are in {out / 'faults.csv'}")])


def _first(faults: Sequence[Fault], where: str) -> list[str]:
    """Give so many faults as one reads, and say how many more there are."""
    lines = [plainly(str(fault)) for fault in faults[:_FAULTS]]
    return [*lines, f"and {len(faults) - _FAULTS:,} more{where}"] if len(faults) > _FAULTS else lines
