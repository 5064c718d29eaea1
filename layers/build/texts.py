"""The texts of a file with the day on which each came out: one a line, or the file itself, whose name says its day."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, Final

from claims.articles.text import LARGEST, decoded, language_of, plain_text
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from claims.imports.converting import Asked

__all__ = ["LINES", "Text", "texts_of"]

LINES: Final = ".jsonl"
"""The ending of files with a text a line: text and published, and as they are known outlet, title, url and author."""

LONGEST: Final = 6 * LARGEST + (1 << 16)
"""Bytes of a line: JSON may write six for each of its text."""

_DAY: Final = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_URL: Final = re.compile(r"https?://\S+")
_SAID: Final = ("outlet", "title", "author", "url")


@dataclass(frozen=True, slots=True)
class Text:
    """One text.

    Attributes:
        file: What faults call its file.
        line: Its line there; None where the file is the text.
        text: As it is to be read.
        language: Its language.
        published: The day on which it came out.
        said: outlet, title, author and url, "" for what is not known.
    """

    file: str
    line: int | None
    text: str
    language: str
    published: dt.date
    said: Mapping[str, str]


def texts_of(path: Path, name: str, asked: Asked, faults: list[Fault]) -> Iterator[Text]:
    """Give the texts of a file: one a line of `LINES`, or the file itself, whose name says its day.

    Args:
        path: Where it is.
        name: What faults call it.
        asked: Its `published` and `outlet` hold for texts that do not say their own.
        faults: Where faults are put; each is of one text, and the others are read.
    """
    try:
        if path.suffix.lower() == LINES:
            with path.open("rb") as file:
                for number, line in enumerate(_lines(file), 1):
                    if line.strip():
                        yield from _read(lambda one=line, at=number: _of_line(one, name, at, asked), faults)
        else:
            yield from _read(lambda: _of_file(path, name, asked), faults)
    except OSError as error:
        faults.append(
            Fault(
                name,
                None,
                None,
                None,
                f"cannot be read ({error.strerror})",
                "let it be one that you may read",
            )
        )


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Give the lines of a file, of one that is too long its beginning."""
    while line := file.readline(LONGEST):
        yield line
        while _is_cut(line) and (line := file.readline(LONGEST)):
            pass


def _is_cut(line: bytes) -> bool:
    return len(line) == LONGEST and not line.endswith(b"\n")


def _read(make: Any, faults: list[Fault]) -> Iterator[Text]:
    try:
        yield make()
    except FaultsError as error:
        faults += error.faults


def _of_file(path: Path, name: str, asked: Asked) -> Text:
    with path.open("rb") as file:
        text = plain_text(decoded(file.read(LARGEST + 1), name), name)
    day = _DAY.search(PurePath(name).name)
    published = _day(day[0], name, None) if day else asked.published
    if published is None:
        todo = "begin its name with it, as 2024-12-08-outlet.txt, or say --published DAY"
        raise FaultsError([Fault(name, None, None, None, "says no day of publication", todo)])
    said = dict.fromkeys(_SAID, "") | {"outlet": asked.outlet or _called(name)}
    return Text(name, None, text, language_of(text, name), published, said)


def _of_line(line: bytes, name: str, number: int, asked: Asked) -> Text:
    todo = 'write an object a line, as {"text": "...", "published": "2024-12-08"}'
    if _is_cut(line):
        why = f"is too large (over {LONGEST:,} bytes)"
        raise FaultsError([Fault(name, number, None, None, why, "write a report a line")])
    try:
        cells = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FaultsError(
            [Fault(name, number, None, None, f"cannot be read ({error})"[:300], todo)]
        ) from None
    if not isinstance(cells, dict) or not isinstance(cells.get("text"), str):
        raise FaultsError([Fault(name, number, None, None, "is no object with a text", todo)])
    _must_be_whole(cells, name, number)
    written = cells.get("published")
    published = _day(str(written), name, number) if written else asked.published
    if published is None:
        why, todo = "is missing", "write the day of publication, as 2024-12-08, or say --published DAY"
        raise FaultsError([Fault(name, number, "published", None, why, todo)])
    said = {key: cells[key] if isinstance(cells.get(key), str) else "" for key in _SAID}
    said["outlet"] = said["outlet"].strip() or asked.outlet or _called(name)
    said["url"] = said["url"] if _URL.fullmatch(said["url"]) else ""
    try:
        text = plain_text(decoded(cells["text"].encode(), name), name)
        return Text(name, number, text, language_of(text, name), published, said)
    except FaultsError as error:
        told = [Fault(name, number, "text", None, fault.why, fault.todo) for fault in error.faults]
        raise FaultsError(told) from None


def _must_be_whole(cells: dict[str, Any], name: str, number: int) -> None:
    """Refuse texts with half of a character, a surrogate without its other: no file can hold them."""
    said = {key: cells[key] for key in ("text", *_SAID) if isinstance(cells.get(key), str)}
    cut = [key for key, cell in said.items() if any("\ud800" <= letter <= "\udfff" for letter in cell)]
    if cut:
        todo = "write the whole of it"
        raise FaultsError([Fault(name, number, key, None, "holds half of a character", todo) for key in cut])


def _called(name: str) -> str:
    """Give what a file is called besides its day: its outlet, as far as one can tell."""
    stem = PurePath(name).stem
    return _DAY.sub("", stem).strip(" _-.") or stem


def _day(written: str, name: str, line: int | None) -> dt.date:
    try:
        if _DAY.fullmatch(written):
            return dt.date.fromisoformat(written)
    except ValueError:
        pass
    raise FaultsError([Fault(name, line, "published", written, "is not a day", "write it as 2024-12-08")])
