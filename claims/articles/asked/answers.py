"""What a model wrote, taken apart into the cells of proposals; what is none is refused."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from claims.articles.asked.prompt import ASKED, BACKGROUND, REASON
from claims.articles.asked.refusals import Refusal, shortened
from geo.online.found import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model import Column

__all__ = ["MOST", "Answered", "answered"]

MOST: Final = 200
"""Proposals of one part of a text; a part has some two thousand words."""

LONGEST_CELL: Final = 1_000
"""Characters of a cell; a quote of 25 words has a quarter of them."""

LONGEST_REASON: Final = 200

_FENCE: Final = re.compile(r"```[\w-]*\s*\n(.*?)(?:```|\Z)", re.DOTALL)
_THOUGHT: Final = "</think>"  # what models that think aloud write before their answer ends with this


@dataclass(frozen=True, slots=True)
class Answered:
    """A proposal as a model wrote it.

    Attributes:
        number: Which of its answer, from 1.
        cells: By column of `ASKED`, as they would be written in claims.csv; what is not said is empty.
        background: Whether it is of habit or history.
        reason: Why it was proposed, cut short.
    """

    number: int
    cells: Mapping[str, str]
    background: bool
    reason: str


def answered(content: str, part: int) -> tuple[list[Answered], list[Refusal]]:
    """Take an answer apart.

    Args:
        content: What the model wrote.
        part: Which part of the text it was asked about, for the refusals.
    """
    several = _listed(content)
    if isinstance(several, str):
        return [], [Refusal(part, None, "", _shown(content), several)]
    refused: list[Refusal] = []
    if len(several) > MOST:
        why = f"has {len(several):,} proposals, of which the first {MOST} were read"
        refused.append(Refusal(part, None, "", "", why))
    found: list[Answered] = []
    for number, said in enumerate(several[:MOST], 1):
        one = _proposal(said, number, part)
        if isinstance(one, Refusal):
            refused.append(one)
        else:
            found.append(one)
    return found, refused


def _listed(content: str) -> list[Any] | str:
    """Give the proposals of an answer, or what is wrong with it."""
    text = content.rpartition(_THOUGHT)[2].strip()
    if not text:
        return "is empty"
    if not text.startswith(("{", "[")):
        # Some write a sentence before, or a fence around it.
        fenced = _FENCE.search(text)
        text = fenced[1].strip() if fenced else text[max(text.find("{"), 0) :]
    try:
        read, _ = _DECODER.raw_decode(text)
    except RecursionError:
        return "is nested without end"
    except ValueError:
        return "is no JSON, or is cut off"
    several = read.get("proposals") if isinstance(read, dict) else read
    return several if isinstance(several, list) else "is no list of proposals"


def _no_number(_written: str) -> None:
    raise ValueError


_DECODER: Final = json.JSONDecoder(parse_constant=_no_number)


def _proposal(said: Any, number: int, part: int) -> Answered | Refusal:
    """Take one proposal apart; what it says beside the fields that were asked for is passed over."""
    if not isinstance(said, dict):
        return Refusal(part, number, "", _shown(said), "is no proposal")
    cells: dict[str, str] = {}
    for column in ASKED:
        value = said.get(column.name)
        cell = _cell(value, column)
        if cell is None or len(cell) > LONGEST_CELL:
            why = "is not of its kind" if cell is None else "is too long"
            return Refusal(part, number, column.name, _shown(value), why)
        cells[column.name] = cell
    background = said.get(BACKGROUND)
    if not isinstance(background, bool | None):
        return Refusal(part, number, BACKGROUND, _shown(background), "is neither true nor false")
    reason = said.get(REASON)
    told = visible(reason[: 4 * LONGEST_REASON])[:LONGEST_REASON] if isinstance(reason, str) else ""
    return Answered(number, cells, bool(background), told)


def _shown(value: Any) -> str:
    """Give what a value is shown as; of a list or an object only that it is one, for it may be of any depth."""
    match value:
        case str():
            return shortened(visible(value[:LONGEST_CELL]))
        case list():
            return "[…]"
        case dict():
            return "{…}"
    return repr(value)


def _cell(value: Any, column: Column) -> str | None:
    """Give a value as a cell of its column would be written; None where it is of another kind."""
    if value is None:
        return ""
    if isinstance(value, str):
        # As the reading of a table does; half characters and zero bytes have no place in any file.
        return value.strip() if value.isascii() or _is_whole(value) else None
    if column.cell == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:d}" if isinstance(value, int) else f"{value:.15g}"
    return None


def _is_whole(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
