"""The XML of a workbook, looked through as it is unpacked: what would fill memory, and which cells are errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MOST_CELLS", "UNCALCULATED", "Looked"]

MOST_CELLS: Final = 1 << 25
"""Cells of a sheet from its first to its last corner, as many as 1,048,576 rows of 32: a gigabyte for what reads them."""

UNCALCULATED: Final = "#UNCALCULATED!"
"""What is put into a cell whose formula has no value; the reader of sheets would give it as an empty one."""

_MOST_TEXT: Final = 4 << 30  # bytes of text in the cells of a sheet
_LONGEST_TAG: Final = 1 << 20
_ERROR: Final = re.compile(rb"""(<(?:\w+:)?c\s(?:[^<>]*\s)?t=)(["'])e\2""")
_CELL: Final = re.compile(rb"<(?:[^<>\s/:]+:)?c[\s>/]")
# A formula whose value is the empty text says that it is text (t="str").
_NO_VALUE: Final = re.compile(
    rb"""(<(\w+:)?c(?:\s+(?!t=)[\w:]+=(?:"[^"<>]*"|'[^'<>]*'))*)\s*>(<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))"""
    rb"""\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_VALUE: Final = rb"\1 t='str'>\3<\2v>" + UNCALCULATED.encode() + rb"</\2v></\2c>"
_STRING_END: Final = re.compile(rb"</(?:\w+:)?si>")
_FORBIDDEN: Final = (b"<!DOCTYPE", b"<!ENTITY", b"\0")
_LETTERS, _DIGITS = 3, 7


class Looked:
    """What was seen of the parts of a workbook.

    A reader of sheets makes room for all cells between the first and the last corner, and for a text in each cell that
    names it: little XML can ask for more memory than there is. So cells are counted before it sees them.
    """

    def __init__(self, name: str) -> None:
        """Take what faults call the workbook."""
        self._name = name
        self._lengths: np.ndarray = np.zeros(0, dtype=np.int64)

    def strings(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Hand the shared texts on, keeping how long each is; they come before the sheets that name them."""
        ends, at = [0], 0
        for block in _cut(blocks):
            ends += [at + match.end() for match in _STRING_END.finditer(block)]
            at += len(block)
            yield block
        self._lengths = np.diff(np.array(ends, dtype=np.int64))

    def cells(self, part: str, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Hand a part on, the errors and missing values in its cells made text: the reader of sheets has no word for them.

        Raises:
            FaultsError: It asks for more cells or text than may be, or has what no workbook has.
        """
        for block in _by_rows(self._looked(part, blocks)):
            yield _NO_VALUE.sub(_VALUE, block) if b"f>" in block or b"<f" in block else block

    def _looked(self, part: str, blocks: Iterable[bytes]) -> Iterator[bytes]:
        columns = rows = text = 0
        for block in _cut(blocks):
            if any(mark in block for mark in _FORBIDDEN):
                raise self._fault(part, "has a document type, entities, or bytes that are no text")
            found, across, down = _corners(block)
            if found < sum(1 for _ in _CELL.finditer(block)):
                raise self._fault(part, 'has cells without a plain reference such as r="A1"')
            columns, rows = max(columns, across), max(rows, down)
            if columns * rows > MOST_CELLS:
                raise self._fault(part, f"has {rows:,} rows of {columns:,} cells, over {MOST_CELLS:,} in all")
            text += self._text(block)
            if text > _MOST_TEXT:
                raise self._fault(part, f"has over {_MOST_TEXT:,} bytes of text")
            errors = b't="e"' in block or b"t='e'" in block
            yield _ERROR.sub(rb"\1\2str\2", block) if errors else block

    def _text(self, block: bytes) -> int:
        """Give how much shared text a block's cells name at most: a number may be one, or a text's."""
        if not len(self._lengths):
            return 0
        text = np.frombuffer(block + bytes(_DIGITS), np.uint8)
        starts = _found(text, b"<v>") + 3
        numbers = _number(text, starts)
        known = numbers[numbers < len(self._lengths)]
        unusual = block.count(b"<v") - len(starts)
        return int(self._lengths[known].sum()) + unusual * int(self._lengths.max())

    def _fault(self, part: str, why: str) -> FaultsError:
        todo = "save the table alone in a new workbook, or as CSV"
        return FaultsError([Fault(self._name, None, None, part, why, todo)])


def _cut(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut blocks where a tag begins, so that none is in two."""
    rest = b""
    for block in blocks:
        joined = rest + block
        cut = max(joined.rfind(b"<"), 0) if len(joined) < _LONGEST_TAG + len(block) else len(joined)
        rest = joined[cut:]
        yield joined[:cut]
    yield rest


def _by_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut blocks where a row ends, so that no cell is in two."""
    rest = b""
    for block in blocks:
        joined = rest + block
        cut = joined.rfind(b"</row>") + 1
        rest = joined[cut:] if len(joined) - cut < _LONGEST_TAG else b""
        yield joined[: len(joined) - len(rest)]
    yield rest


def _corners(block: bytes) -> tuple[int, int, int]:
    """Give how many cells of a block say where they are, and the largest of their columns and rows."""
    text = np.frombuffer(block + bytes(_LETTERS + _DIGITS + 1), np.uint8)
    at = _found(text, b'r="')
    at = at[np.isin(text[at - 1], np.frombuffer(b" \t\r\n", np.uint8))] + 3
    column = np.zeros(len(at), dtype=np.int64)
    inside = np.ones(len(at), dtype=bool)
    digits = at.copy()
    for place in range(_LETTERS):
        letter = text[at + place].astype(np.int64) - ord("A") + 1
        inside &= (letter >= 1) & (letter <= 26)
        column = np.where(inside, column * 26 + letter, column)
        digits += inside
    row = _number(text, digits)
    cells = column > 0
    if not cells.any():
        return 0, 0, int(row.max(initial=0))
    return int(cells.sum()), int(column.max()), int(row.max())


def _number(text: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Read the whole numbers that begin at places, up to seven digits of each."""
    number = np.zeros(len(at), dtype=np.int64)
    inside = np.ones(len(at), dtype=bool)
    for place in range(_DIGITS):
        digit = text[np.minimum(at + place, len(text) - 1)].astype(np.int64) - ord("0")
        inside &= (digit >= 0) & (digit <= 9)
        number = np.where(inside, number * 10 + digit, number)
    return number


def _found(text: np.ndarray, mark: bytes) -> np.ndarray:
    """Give where three bytes stand one after the other."""
    first, second, third = mark
    found: np.ndarray = np.flatnonzero((text[:-2] == first) & (text[1:-1] == second) & (text[2:] == third))
    return found
