"""What a claim of a row quotes: the beginning of the row's text, or its own cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.imports.datasets.figures import figures
from claims.model import QUOTE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["quotes"]


def quotes(texts: Sequence[str], cells: Sequence[Sequence[str]]) -> dict[str, np.ndarray]:
    """Quote rows word for word, at most 25 words each.

    Args:
        texts: Of each row its text as the file has it; it may be blank.
        cells: Columns of the rows, by which one without a text is quoted, one after the other; one cell of each row is
            not blank.

    Returns:
        The columns quote, quote_start and quote_end of claims.csv; the latter two tell characters of the text, and are
        empty where there is none. dtype object.
    """
    begins, ends = zip(*map(_span, texts), strict=True) if len(texts) else ((), ())
    told = [text[begin:end] for text, begin, end in zip(texts, begins, ends, strict=True)]
    quote = np.array(told, dtype=object)
    blank = quote == ""
    start, end = (np.where(blank, "", figures(np.array(spots, dtype=np.int64))) for spots in (begins, ends))
    for row in map(int, np.flatnonzero(blank)):
        joined = ", ".join(filter(None, (column[row].strip() for column in cells)))
        quote[row] = joined[slice(*_span(joined))]
    return {"quote": quote, "quote_start": start, "quote_end": end}


def _span(text: str) -> tuple[int, int]:
    """Give where the first words of a text stand in it."""
    rest = text.lstrip()
    kept, start = rest, len(text) - len(rest)
    # Of all that parts words only the space is printable: few spaces are few words.
    if rest.count(" ") >= QUOTE_WORDS or not rest.isprintable():
        words = rest.split(None, QUOTE_WORDS)
        kept = rest if len(words) <= QUOTE_WORDS else rest[: -len(words[-1])]
    return start, start + len(kept.rstrip())
