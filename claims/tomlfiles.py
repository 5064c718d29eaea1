"""Read a TOML file of a collection, and say on which line a key stands."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from geo.errors import Fault, FaultsError
from geo.files.textfiles import read_text
from geo.unseen import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["as_written", "line_of", "lines_of_tables", "read_toml"]

AT: Final = re.compile(
    r"(?P<why>.*) \(at (line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL
)
"""How tomllib says where it stopped."""
_KEY: Final = re.compile(r"\s*(?P<key>[A-Za-z0-9_.-]+)\s*=")
"""A line that sets a key."""


def read_toml(path: Path, faults: list[Fault]) -> tuple[dict[str, Any], str] | None:
    """Give what a file holds, and its text; None where it cannot be read, with the fault in the list."""
    text = ""
    try:
        text = read_text(path, path.name)
        return tomllib.loads(text), text
    except FaultsError as error:
        faults += error.faults
    except tomllib.TOMLDecodeError as error:
        faults.append(_unparsed(path, text, str(error)))
    except RecursionError:
        faults.append(Fault(path.name, None, None, None, "nests too deeply", "write it plainly"))
    return None


def _unparsed(path: Path, text: str, said: str) -> Fault:
    """Give the fault that the parser tells of, at its line; what never ends is told at the last."""
    line, why = None, said
    if at := AT.fullmatch(said):
        line = int(at["line"] or len(text.splitlines()) or 1)
        why = f"{at['why']}, column {at['column']}" if at["column"] else f"{at['why']}, to the file's end"
    if (
        line
        and said.startswith("Cannot overwrite a value")
        and (key := _KEY.match(text.splitlines()[line - 1]))
    ):
        return Fault(path.name, line, key["key"], None, "is there twice", "keep one of them")
    return Fault(path.name, line, None, None, f"is not TOML ({why})", "mend it")


class _Bare(str):
    """What a fault tells without quotation marks, for it is no text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def as_written(value: object, most: int | None = None) -> str:
    """Give a value for a fault that tells it: a text, which the fault puts between quotation marks, or all else as TOML writes it.

    Args:
        value: Of a key.
        most: So many characters of it are told at most; None for all.
    """
    return value[:most] if isinstance(value, str) else _Bare(plainly(_toml(value))[:most])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_toml(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value) if isinstance(value, (dt.date, dt.time)) else repr(value)


def line_of(key: str, text: str, lines: Iterable[int] | None = None) -> int | None:
    """Give the first line, from 1, that sets a key or heads its table, among some lines or in all of a text; None where none does."""
    written = text.splitlines()
    for number in range(1, len(written) + 1) if lines is None else lines:
        if written[number - 1].split("=")[0].strip(" \t\"'[]") == key:
            return number
    return None


def lines_of_tables(name: str, text: str) -> list[range]:
    """Give the lines of each `[[name]]` of a text, from its header to the line before the next."""
    written = text.splitlines()
    heads = [
        number
        for number, line in enumerate(written, start=1)
        if "".join(line.split("#")[0].split()) == f"[[{name}]]"
    ]
    ends = [*heads[1:], len(written) + 1]
    return [range(head, end) for head, end in zip(heads, ends, strict=False)]
