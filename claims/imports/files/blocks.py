"""Where the rows of delimited text begin and end, found for millions of bytes at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

__all__ = ["Laid", "laid_out"]

_QUOTE, _NEWLINE, _RETURN = b'"\n\r'
_EDGES: Final = (_NEWLINE, _RETURN, _QUOTE)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """How the beginning of a block is laid out.

    Attributes:
        length: How many of its bytes are whole rows.
        lines: How many line ends those have, the ones in cells among them.
        begins: Of each row that is not blank, how many line ends stand before it.
    """

    length: int
    lines: int
    begins: np.ndarray


def laid_out(block: bytes, delimiter: str, *, last: bool) -> Laid | None:
    r"""Find the whole rows with which a block begins; lines end in \n, \r\n or \r.

    Args:
        block: Bytes from where a row begins, in an encoding that has ASCII's bytes for ASCII's characters alone.
        delimiter: What stands between cells.
        last: Whether the file ends where the block does.

    Returns:
        None where it does not hold a whole row, or where a quote stands otherwise than RFC 4180 has it: then only reading
        byte after byte says what is a row.
    """
    text = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(text == _QUOTE)
    ends = _line_ends(text)
    if not last and len(ends) and ends[-1] == len(text) - 1 and text[-1] == _RETURN:
        ends = ends[:-1]  # the \n of this \r may stand in the next block
    row_ends = ends[np.searchsorted(quotes, ends) % 2 == 0] if len(quotes) else ends
    if last:
        length = len(text)
    elif len(row_ends):
        length = int(row_ends[-1]) + 1
    else:
        return None
    quotes = quotes[: np.searchsorted(quotes, length)]
    if len(quotes) % 2 or not _well_placed(text[:length], quotes, ord(delimiter)):
        return None
    starts = np.concatenate([[0], row_ends + 1])
    starts = starts[starts < length]
    starts = starts[~_blank(text, starts)]
    return Laid(length, int(np.searchsorted(ends, length)), np.searchsorted(ends, starts))


def _line_ends(text: np.ndarray) -> np.ndarray:
    """Give where lines end: the last byte of each line end."""
    newlines = np.flatnonzero(text == _NEWLINE)
    returns = np.flatnonzero(text == _RETURN)
    if not len(returns):
        return newlines
    after = text[np.minimum(returns + 1, len(text) - 1)]
    alone = returns[after != _NEWLINE]
    return np.sort(np.concatenate([newlines, alone])) if len(alone) else newlines


def _well_placed(text: np.ndarray, quotes: np.ndarray, delimiter: int) -> bool:
    """Tell whether each quote opens a cell, closes one, or is one of two that stand for one."""
    edges = np.zeros(256, dtype=bool)
    edges[[*_EDGES, delimiter]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before = edges[text[opening - 1]] | (opening == 0)
    after = edges[text[np.minimum(closing + 1, len(text) - 1)]] | (closing == len(text) - 1)
    return bool(before.all() and after.all())


def _blank(text: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return np.isin(text[starts], (_NEWLINE, _RETURN))
