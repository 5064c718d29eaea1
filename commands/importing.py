"""`bordermap import`: rows of another data set as claims of a collection."""

from __future__ import annotations

import gc
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from commands.asked import add_what_it_is, asked_of, passed_over
from commands.choices import add_by, line_number, tell
from geo.errors import BordermapError, FaultsError
from geo.files.wholefiles import whole_file
from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from claims.imports.converting import Asked
    from claims.imports.merging.tally import Tally
    from claims.imports.rows import Notice
    from geo.errors import Fault

__all__ = ["add"]

_FAULTS: Final = 50
_NOTICES: Final = 20


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    command = commands.add_parser(
        "import",
        help="take in rows of another data set",
        description="Take in the rows of another data set, each as a claim with an event of its own, and keep each row as "
        "it was written: exports of ACLED and of UCDP GED, counts of flows, and any table (CSV, TSV, XLSX, Parquet, "
        "GeoJSON, KML) whose columns are guessed or said. Rows that were taken in before change nothing; a newer version "
        "of one revises its claim, and what a person changed since stays. Where one row has a fault, nothing is taken in. A "
        "collection that bordermap exported whole becomes that collection again, where there is none yet.",
        epilog="--map, --set, --value and --none may be given several times. bordermap changes tells what an import changed in a "
        "folder, bordermap audit what it changed in the store.",
    )
    command.add_argument("file", metavar="FILE", help="the file; or - for standard input")
    command.add_argument(
        "--into",
        required=True,
        metavar="FOLDER|store:NAME",
        help="a collection's folder or one of the store; it is begun where it is not there",
    )
    add_what_it_is(command)
    _add_where_it_is(command)
    _add_what_to_do(command)
    command.set_defaults(run=_run, parser=command)


def _add_where_it_is(command: argparse.ArgumentParser) -> None:
    """Let the user say where in the file the rows are."""
    command.add_argument("--sheet", default="", metavar="NAME", help="of a workbook")
    command.add_argument(
        "--header",
        type=line_number,
        default=0,
        metavar="LINE",
        help="which line names the columns, where titles stand before it",
    )
    command.add_argument("--encoding", default="", metavar="NAME", help="of a text that is not in UTF-8")


def _add_what_to_do(command: argparse.ArgumentParser) -> None:
    """Let the user say which rows are taken, and what is told."""
    command.add_argument(
        "--leave", default="", metavar="LINES|FILE", help="rows to leave, as 14,20-31; or a report of faults"
    )
    command.add_argument("--check", action="store_true", help="say what would happen, and take in nothing")
    command.add_argument(
        "--forget", action="store_true", help="forget what was said before of a table of these columns"
    )
    command.add_argument(
        "--report", type=Path, metavar="FILE", help="write all faults and notices there, as CSV"
    )
    add_by(command)


def _run(choices: argparse.Namespace) -> None:
    if choices.report and (choices.report.name in {"", "-"} or choices.report.is_dir()):
        choices.parser.error(f"--report {str(choices.report)!r} is not a file's name")
    try:
        if _is_ours(choices):
            _put_ours(choices)
            return
        tally = _imported(choices)
    except FaultsError as error:
        _report(choices.report, error.faults)
        raise _shortened(error, choices.report) from None
    _report(choices.report, (), tally.notices)
    from claims.imports.daysleft import days_left_out  # noqa: PLC0415 - as in _imported

    left_out = days_left_out(choices.into, tally)
    for line in [*_noticed(tally.notices, choices.report), *([left_out] if left_out else [])]:
        print(plainly(line), file=sys.stderr)
    print(plainly(_summed_up(choices, tally)))


def _is_ours(choices: argparse.Namespace) -> bool:
    """Tell whether the file is a collection that bordermap exported whole."""
    from claims.imports.whole.ours import is_ours  # noqa: PLC0415 - as in _imported

    return choices.scheme is None and choices.file != "-" and is_ours(Path(choices.file))


def _put_ours(choices: argparse.Namespace) -> None:
    """Make an export the collection that it was, where there is none."""
    from claims.imports.whole.into import put_ours  # noqa: PLC0415 - as in _imported

    whole = put_ours(Path(choices.file), choices.into, choices.by, check=choices.check)
    for line in whole.notices:
        print(plainly(line), file=sys.stderr)
    rows = ", ".join(f"{number} {name}" for name, number in whole.rows.items())
    would = "would be " if choices.check else ""
    print(plainly(f"{choices.into}: {would}a whole collection: {rows}"))


def _imported(choices: argparse.Namespace) -> Tally:
    # What reads tables is loaded by the commands that do: serve is up the sooner.
    from claims.imports.files.opened import opened_table, seekable  # noqa: PLC0415 - as told above
    from claims.imports.leaving import leaving  # noqa: PLC0415 - as told above
    from claims.imports.running import (  # noqa: PLC0415 - as told above
        gazetteer_for,
        import_table,
        opened_target,
    )
    from claims.imports.tables.headed import line_before  # noqa: PLC0415 - as told above
    from claims.imports.understanding import understood  # noqa: PLC0415 - as told above

    standard = choices.file == "-"
    source = sys.stdin.buffer if standard else Path(choices.file)
    name = "standard input" if standard else Path(choices.file).name
    leave = leaving(choices.leave, name)
    read_as = {"sheet": choices.sheet, "encoding": choices.encoding}
    with ExitStack() as stack:
        file = stack.enter_context(seekable(source, name))
        line = choices.header or line_before(file, name, **read_as)
        table = stack.enter_context(opened_table(file, name, **read_as, header=line))
        asked = asked_of(choices, name, line)
        _heed(choices, asked, table.header)
        if choices.forget and line != choices.header:
            asked = asked_of(choices, name, 0)
            table = stack.enter_context(opened_table(file, name, **read_as))
        how = understood(table, asked)
        for line in how.told:
            print(plainly(line), file=sys.stderr)
        tell(f"reading {name} ...")
        gazetteer = gazetteer_for(choices.into)
        # What is loaded by now stays: to go through it for garbage again and again takes a tenth of the time.
        gc.freeze()
        with opened_target(choices.into, choices.by) as target:
            return import_table(table, how.asked, target, gazetteer, leave, check=choices.check)


def _heed(choices: argparse.Namespace, asked: Asked, header: Sequence[str]) -> None:
    """Refuse what cannot be meant of a table of these columns, and forget what was said of such, if that is asked for."""
    from claims.imports.converting import detected  # noqa: PLC0415 - as in _imported
    from claims.imports.tables.remembered import forget  # noqa: PLC0415 - as in _imported
    from claims.imports.unheard import unheard  # noqa: PLC0415 - as in _imported

    if wrong := unheard(asked, asked.scheme or detected(header)):
        choices.parser.error(wrong)
    if choices.forget and choices.check:
        choices.parser.error("--check changes nothing, so --forget cannot go with it; forget first")
    if choices.forget:
        forget(header)


def _report(path: Path | None, faults: Sequence[Fault], notices: Sequence[Notice] = ()) -> None:
    """Write the report, if one is asked for."""
    if path:
        from claims.imports.report import report_parts  # noqa: PLC0415 - as in _imported

        with whole_file(path) as file:
            for part in report_parts(faults, notices):
                file.write(part)


def _shortened(error: FaultsError, report: Path | None) -> BordermapError:
    """Tell of so many faults as one reads, and where the others are."""
    head, *lines = str(error).split("\n", 1)[0], *map(str, error.faults)
    shown = [head, *lines[:_FAULTS]]
    return BordermapError("\n".join(map(plainly, [*shown, *_more(len(lines) - _FAULTS, report)])))


def _noticed(notices: Sequence[Notice], report: Path | None) -> list[str]:
    first = sorted(notices, key=lambda notice: notice.line)[:_NOTICES]
    return [*map(str, first), *_more(len(notices) - _NOTICES, report)]


def _more(count: int, report: Path | None) -> list[str]:
    if count <= 0:
        return []
    where = f"all of them are in {report}" if report else "--report FILE.csv writes all of them"
    return [f"and {count} more; {where}"]


def _summed_up(choices: argparse.Namespace, tally: Tally) -> str:
    """Say in a line what became of the rows."""
    parts = [f"{number} {word}" for word, number in tally.told().items()]
    if tally.left:
        parts.append(f"{tally.left} left by --leave")
    if passed := passed_over(tally.passed, context=choices.context):
        parts.append(passed)
    would = "would be: " if choices.check else ""
    return f"{choices.into}: {would}{', '.join(parts) or 'no rows'}"
