"""The page of the reference that tells of a collection's tables and files, and of the words in them.

What a column means is read from the READMEs of data/, which are its only home, what a word means from under it in the
code. A column or a word without a meaning, or a meaning without its column, stops the writing.
"""

import ast
import inspect
import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from claims import facts, model, story
from claims.model import Column
from geo.placefiles import COLUMNS as PLACE_COLUMNS
from scripts.reference_cells import cell, code, table

ROOT: Final = Path(__file__).parents[1]
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
