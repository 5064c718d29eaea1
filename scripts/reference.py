"""Write docs/reference/ out of the code: commands, tables, exports, codes, environment and addresses.

What a column means is read from the READMEs of data/, which are its only home, what a word means from under it in the
code. A column or a word without a meaning, or a meaning without its column, stops the writing. `main` writes the pages;
tests/test_reference.py holds them to what would be written.
"""

import argparse
import ast
import csv
import inspect
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import bordermap  # noqa: E402 - of the checkout
from claims import facts, model, story  # noqa: E402
from claims.model import Column  # noqa: E402
from dashboard.view import CHOICES  # noqa: E402
from geo.placefiles import COLUMNS as PLACE_COLUMNS  # noqa: E402
from layers.exports.acledrows import COLUMNS as ACLED_COLUMNS  # noqa: E402
from layers.exports.formats import FORMATS  # noqa: E402
from layers.exports.rows import (  # noqa: E402
    ADDED_TO_CLAIMS,
    ADDED_TO_EVENTS,
    EVENT_COLUMNS,
)
from layers.frames import COLUMNS as LAYER_COLUMNS  # noqa: E402

FOLDER: Final = ROOT / "docs" / "reference"
CROSSWALKS: Final = ROOT / "data" / "crosswalks"
MADE: Final = "<!-- Made by scripts/reference.py out of the code; `make reference` writes it anew. -->\n"


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """Return the pages by the names of their files."""
    made = {
        "commands.md": commands(),
        "tables.md": tables(),
        "exports.md": exports(),
        "codes.md": codes(),
        "environment.md": environment(),
        "addresses.md": addresses(),
    }
    return {name: f"{MADE}\n{text.strip()}\n" for name, text in made.items()}


def cell(text: str) -> str:
    """Write a text as a cell of a table."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").split())


def code(text: str) -> str:
    """Write a name as it is typed."""
    return f"`{text}`" if text else ""


def table(head: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> str:
    """Write a table of cells that are written already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# ---- commands

COMMANDS: Final = """
# Commands

What `bordermap COMMAND --help` says, all on one page. A command ends with 0 when it is done, with 1 when what it was
given has faults, and with 2 when it was asked for wrongly.

{index}
"""


def commands() -> str:
    """Write every command with all that it can be told."""
    parser = bordermap._parser()  # noqa: SLF001 - the page tells of it
    (verbs,) = _subcommands(parser)
    index = table(
        ["command", "what it is for"],
        [[f"[{name}](#{name})", cell(told)] for name, told in _helps(verbs).items()],
    )
    parts = [COMMANDS.format(index=index)]
    for name, command in verbs.choices.items():
        parts += _command(f"bordermap {name}", command, "##")
    return "\n\n".join(parts)


def _subcommands(parser: argparse.ArgumentParser) -> list[argparse._SubParsersAction]:
    return [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001


def _helps(verbs: argparse._SubParsersAction) -> dict[str, str]:
    return {action.dest: action.help or "" for action in verbs._choices_actions}  # noqa: SLF001


def _command(words: str, command: argparse.ArgumentParser, level: str) -> Iterator[str]:
    actions = [
        action
        for action in command._actions  # noqa: SLF001
        if not isinstance(action, (argparse._HelpAction, argparse._SubParsersAction))  # noqa: SLF001
    ]
    yield f"{level} {words.removeprefix('bordermap ')}"
    verbs = _subcommands(command)
    needed = [_needed(action) for action in actions if action.required]
    more = ["[OPTIONS]"] if len(needed) < len(actions) else []
    yield f"```txt\n{' '.join([words, *needed, *(['VERB'] if verbs else []), *more])}\n```"
    yield cell(command.description or "")
    if actions:
        yield table(["choice", "what it says"], [_row(command, action) for action in actions])
    for group in command._action_groups:  # noqa: SLF001
        if group.description:
            named = ", ".join(
                code(action.option_strings[0])
                for action in group._group_actions  # noqa: SLF001
                if action.option_strings
            )
            yield f"{named}: {cell(group.description)}"
    if command.epilog:
        yield cell(command.epilog)
    for verb in verbs:
        for name, inner in verb.choices.items():
            yield from _command(f"{words} {name}", inner, f"{level}#")


def _needed(action: argparse.Action) -> str:
    value = _value(action)
    return f"{action.option_strings[0]} {value}".strip() if action.option_strings else value


def _value(action: argparse.Action) -> str:
    """Say what stands for an action's value, "" where it takes none."""
    if action.nargs == 0:
        return ""
    if action.metavar is None and action.choices:
        return "|".join(map(str, action.choices))
    value = str(action.metavar or action.dest.upper())
    if action.nargs in {"+", "*"}:
        return f"{value}..."
    return f"[{value}]" if action.nargs == "?" else value


def _row(command: argparse.ArgumentParser, action: argparse.Action) -> list[str]:
    formatter = argparse.HelpFormatter(command.prog)
    told = formatter._expand_help(action) if action.help else ""  # noqa: SLF001
    names = ", ".join(map(code, action.option_strings))
    value = _value(action).replace("|", "\\|")
    return [f"{names} {code(value)}".strip(), cell(told)]


# ---- tables

HEADING: Final = re.compile(r"^## (.*)$", re.MULTILINE)
ROW: Final = re.compile(r"^\| (?P<names>[^|]*) \| (?P<meaning>.*) \|$", re.MULTILINE)
TABLES: Final = """
# Tables

The files of a collection, column by column and key by key, as the code reads them.
[Files of a collection](../../data/collections/README.md) tells of them in sentences, and of what may be left out.

*must* marks what every row, or file, must say. Of an id it is said which table must hold it; the gazetteer is the shipped
one with a collection's own places.csv.
"""

KINDS_OF_CELL: Final[Mapping[str, str]] = {
    "text": "text",
    "id": "an id",
    "ids": "ids, with ; between them,",
    "day": "a day, as 2024-12-07",
    "number": "a number",
    "url": "a web address",
    "A-F": "A to F",
    "1-3": "1 to 3",
    "1-6": "1 to 6",
}


def tables() -> str:
    """Write the tables and files of a collection, column by column."""
    told = meanings(ROOT / "data" / "collections" / "README.md")
    places = meanings(ROOT / "data" / "gazetteer" / "README.md")
    parts = [TABLES]
    written = {**model.TABLES, **model.OPTIONAL_TABLES}
    for name, columns in (written | {"claims": (*written["claims"], model.WITHHELD)}).items():
        parts += [f"## {name}.csv", _columns(f"{name}.csv", columns, told[f"{name}.csv"])]
    parts += ["## places.csv", _names("places.csv", PLACE_COLUMNS, places["places.csv"])]
    parts += [
        "## collection.toml",
        _keys("collection.toml", facts.KINDS, facts.KEYS, told["collection.toml"]),
    ]
    parts += [
        "## story.toml",
        "`title` and `title_ar` head it; each step stands under `[[step]]`.",
        _keys("story.toml", story.STEP_KEYS, story.REQUIRED, told["story.toml"]),
    ]
    parts += ["## Words", "What a cell may say, and what it means."]
    for enum in _enums():
        parts += [f"### {_heading(enum)}", inspect.getdoc(enum) or "", _words(enum)]
    return "\n\n".join(parts)


def meanings(readme: Path) -> dict[str, list[tuple[list[str], str]]]:
    """Read what the tables of a README say: by file, groups of names and what they mean.

    A table is that of the file that its heading names first, or last ("Columns of places.csv").
    """
    text = readme.read_text(encoding="utf-8")
    heads = list(HEADING.finditer(text))
    found = {}
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        files = re.findall(r"\w+\.(?:csv|toml)", head[1])
        body = text[head.end() : following.start() if following else None]
        rows = [
            (re.findall(r"\w+", row["names"]), row["meaning"])
            for row in ROW.finditer(body)
            if row["names"] not in {"column", "columns", "key"} and not row["names"].startswith("-")
        ]
        if files and rows:
            found[files[0]] = rows
    return found


def _by_name(file: str, names: Sequence[str], told: list[tuple[list[str], str]]) -> dict[str, str]:
    """Return what each name means."""
    said = {name: meaning for group, meaning in told for name in group}
    if set(said) != set(names):
        unsaid, strange = sorted(set(names) - set(said)), sorted(set(said) - set(names))
        raise SystemExit(f"{file}: its README says nothing of {unsaid}, and something of {strange}: mend it")
    return said


def _columns(file: str, columns: Sequence[Column], told: list[tuple[list[str], str]]) -> str:
    said = _by_name(file, [column.name for column in columns], told)
    rows = [
        [code(column.name), _cell_of(column), "must" if column.required else "", cell(said[column.name])]
        for column in columns
    ]
    return table(["column", "cell", "", "meaning"], rows)


def _cell_of(column: Column) -> str:
    if not isinstance(column.cell, str):
        return f"[{_heading(column.cell)}](#{_heading(column.cell).replace(' ', '-')})"
    of = {"": "", "gazetteer": " of the gazetteer"}.get(column.of, f" of {column.of}.csv")
    return KINDS_OF_CELL[column.cell] + of


def _names(file: str, names: Sequence[str], told: list[tuple[list[str], str]]) -> str:
    said = _by_name(file, names, told)
    return table(["column", "meaning"], [[code(name), cell(said[name])] for name in names])


def _keys(
    file: str, keys: Collection[str], needed: Collection[str], told: list[tuple[list[str], str]]
) -> str:
    said = _by_name(file, list(keys), told)
    rows = [[code(key), "must" if key in needed else "", cell(said[key])] for key in keys]
    return table(["key", "", "meaning"], rows)


def _enums() -> list[type[StrEnum]]:
    """List the enums of claims/model.py in their order."""
    found = [one for one in vars(model).values() if inspect.isclass(one) and issubclass(one, StrEnum)]
    return [one for one in found if one.__module__ == model.__name__]


def _heading(enum: type[StrEnum]) -> str:
    """Name an enum in words: `CountUnit` is the count unit."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", enum.__name__).lower()


def _words(enum: type[StrEnum]) -> str:
    told = _said_under(enum)
    if missing := [word.name for word in enum if word.name not in told]:
        raise SystemExit(f"{enum.__name__}: {missing} say not what they mean: write it under them")
    return table(["word", "meaning"], [[code(word) or "(empty)", cell(told[word.name])] for word in enum])


def _said_under(enum: type[StrEnum]) -> dict[str, str]:
    """Return the text that stands under each member of an enum."""
    (class_,) = ast.parse(inspect.getsource(enum)).body
    assert isinstance(class_, ast.ClassDef)
    found = {}
    for before, after in zip(class_.body, class_.body[1:], strict=False):
        if isinstance(before, ast.Assign) and isinstance(after, ast.Expr):
            found[ast.unparse(before.targets[0])] = ast.literal_eval(after.value)
    return found


# ---- exports, codes, environment, addresses


EXPORTS: Final = """
# Columns of exports

[Export](../export.md) says how each is asked for. `html` is the page, and has no columns.

{formats}

*whole*: `--whole` writes all of the collection, to be read again. Below it is said what a column holds in Python. Where a
format has no types, days are written as 2024-12-07, and what is NaT, NaN, '' or infinite there is empty.

## Rows that are events

{events}

## Rows that are claims

The columns of [claims.csv](tables.md#claimscsv), the geometry of the event, and

{claims}

## Columns of `acled`

The {count} of ACLED's codebook of 2023, in their order: {acled}; and `note`, which says that the row is not ACLED's.
[Codes of others](codes.md) says how precision is written.
"""


def exports() -> str:
    """Write the formats and the columns of their rows."""
    formats = [
        [code(name), code(kind.suffix), cell(kind.told), "yes" if kind.whole else ""]
        for name, kind in FORMATS.items()
    ]
    told = LAYER_COLUMNS | ADDED_TO_EVENTS
    events = [[code(name), cell(told[name])] for name in (*EVENT_COLUMNS, "geometry")]
    return EXPORTS.format(
        formats=table(["format", "ending", "what it is", "whole"], formats),
        events=table(["column", "what"], events),
        claims=table(
            ["column", "what"], [[code(name), cell(said)] for name, said in ADDED_TO_CLAIMS.items()]
        ),
        count=len(ACLED_COLUMNS),
        acled=", ".join(map(code, ACLED_COLUMNS)),
    )


CODES: Final = """
# Codes of others

The tables by which codes of ACLED and UCDP GED are read and written. [Crosswalks](../../data/crosswalks/README.md) says
what their columns mean and by which rules they hold; [method](../method.md#how-sure-a-place-is) says what the map makes
of them.
"""

CODE_TABLES: Final[Mapping[str, str]] = {
    "precision.csv": "How sure a place or a day is",
    "acled.csv": "ACLED's events, and what they are here",
    "acled_out.csv": "Our kinds, as ACLED would type them",
    "ucdp.csv": "UCDP's types of violence",
    "actors.csv": "Types of actors",
}


def codes() -> str:
    """Write the crosswalks to ACLED's and UCDP's codes as they are read."""
    parts = [CODES]
    for name, title in CODE_TABLES.items():
        with (CROSSWALKS / name).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        parts += [
            f"## {title}",
            f"`data/crosswalks/{name}`",
            table(head, [list(map(cell, row)) for row in rows]),
        ]
    return "\n\n".join(parts)


ENVIRONMENT: Final = """
# Environment

What the environment may say; nothing of it must be said.

{table}
"""


def environment() -> str:
    """Write the environment's variables as CONTRIBUTING has them."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"^\| environment variable \| what \|\n(?:\|.*\n)+", text, re.MULTILINE)
    return ENVIRONMENT.format(table=found.strip())


ADDRESSES: Final = """
# Addresses

What is shown stands in the address, with the same keys in the page's fragment (`map.html#day=2024-12-07&lang=ar`) and in
the dashboard's query (`?day=2024-12-07&lang=ar`), so that a link, a bookmark or an embedding shows what was meant. What is
as it was when the map opened is left out, words of a list have commas between them, and what a page does not know is
passed over. The dashboard has `collection` beside them: the name of a shipped one, a folder, or `store:` with a name.

{table}
"""


def addresses() -> str:
    """Write the keys of a page's address."""
    rows = [[code("day"), "the day that is shown, as 2024-12-07"]]
    rows += [[code(key), cell(told)] for key, told in CHOICES.items()]
    return ADDRESSES.format(table=table(["key", "what it says"], rows))


if __name__ == "__main__":
    main()
