"""Reports at scale: texts with the day on which each came out, read into the claims that they propose."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from claims.articles.reader import Reader
from claims.articles.text import LARGEST, decoded, language_of, plain_text
from claims.model import ACTORS, CLAIMS, EVENTS, SOURCES, SourceState
from geo.errors import Fault, FaultsError
from geo.gazetteer import shipped_gazetteer
from geo.geocode import Offline
from geo.placefiles import COLUMNS as PLACES
from geo.world import world

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from claims.articles.proposals import Proposal
    from claims.imports.converting import Asked

__all__ = ["LINES", "Text", "cells_of", "texts_of"]

LINES: Final = ".jsonl"
"""The ending of files with a text a line: text and published, and as they are known outlet, title, url and author."""

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
                for number, line in enumerate(file, 1):
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
    try:
        cells = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FaultsError(
            [Fault(name, number, None, None, f"cannot be read ({error})"[:300], todo)]
        ) from None
    if not isinstance(cells, dict) or not isinstance(cells.get("text"), str):
        raise FaultsError([Fault(name, number, None, None, "is no object with a text", todo)])
    written = cells.get("published")
    published = _day(str(written), name, number) if written else asked.published
    if published is None:
        why, todo = "is missing", "write the day of publication, as 2024-12-08, or say --published DAY"
        raise FaultsError([Fault(name, number, "published", None, why, todo)])
    said = {key: cells[key] if isinstance(cells.get(key), str) else "" for key in _SAID}
    said["outlet"] = said["outlet"].strip() or asked.outlet or _called(name)
    said["url"] = said["url"] if _URL.fullmatch(said["url"]) else ""
    try:
        text = plain_text(decoded(cells["text"].encode("utf-8", "surrogatepass"), name), name)
        return Text(name, number, text, language_of(text, name), published, said)
    except FaultsError as error:
        told = [Fault(name, number, "text", None, fault.why, fault.todo) for fault in error.faults]
        raise FaultsError(told) from None


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


def cells_of(texts: list[Text], asked: Asked) -> dict[str, pd.DataFrame]:
    """Read texts, and give the claims that they propose with their sources, each the event of its own, as text.

    Args:
        texts: Of one file.
        asked: Its `countries` are those that the texts are surely about.

    Returns:
        By the names of a collection's tables, frames of strings; claims with the file and the line of their text.
    """
    claims, events, sources = [], [], []
    for text in texts:
        digest = hashlib.sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest()
        source_id = f"text-{digest[:16]}"
        published = text.published.isoformat()
        sources.append(
            {"source_id": source_id, **text.said, "published": published, "language": text.language}
            | {"state": str(SourceState.OK), "text_sha256": digest}
        )
        proposals = _reader().read(
            text.text, text.language, text.published, outlet=text.said["outlet"], countries=asked.countries
        )
        for one in proposals:
            claims.append(_claim(one, source_id, published, text))
            events.append({"event_id": one.claim_id, "title": _title(one), "kind": str(one.kind)})
    own = ("file", "line", "dataset", "row_id", "row_version")
    return {
        "claims": _frame(claims, [*(column.name for column in CLAIMS), *own]),
        "events": _frame(events, [column.name for column in EVENTS]),
        "sources": _frame(sources, [column.name for column in SOURCES]),
        "actors": _frame([], [column.name for column in ACTORS]),
        "places": _frame([], list(PLACES)),
    }


@cache
def _reader() -> Reader:
    """Give the reader, made once a process."""
    gazetteer = shipped_gazetteer()
    return Reader(gazetteer, world(), Offline(gazetteer))


def _claim(one: Proposal, source_id: str, published: str, text: Text) -> dict[str, Any]:
    row = one.row() | {"source_id": source_id, "event_id": one.claim_id, "reported": published}
    row["root"] = row["root"] or text.said["outlet"]
    row["note"] = f"proposed: {one.why}"
    return row | {"file": text.file, "line": text.line, "dataset": "reports", "row_id": one.claim_id}


def _title(one: Proposal) -> str:
    """Call an event by the words that tell of it, in one line."""
    return " ".join(one.quote.split())


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return frame.map(lambda cell: "" if pd.isna(cell) else str(cell)).astype("str")
