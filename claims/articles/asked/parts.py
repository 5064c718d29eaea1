"""A long text cut into parts of whole paragraphs, as large as one question may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST", "parts"]

LONGEST: Final = 12_000
"""Characters of a part: some three thousand tokens, which leaves room for the answer in the smallest models."""

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


def parts(text: str, longest: int = LONGEST) -> list[tuple[int, int]]:
    """Give where the parts of a text begin and end, in characters; blank ones are left out.

    A line is a paragraph; one that is longer than a part is cut between sentences or words.
    """
    found: list[tuple[int, int]] = []
    for start, end in _pieces(text, longest):
        if found and end - found[-1][0] <= longest and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [(start, end) for start, end in found if text[start:end].strip()]


def _pieces(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Give the lines of a text, those that are too long in pieces."""
    for line in _LINE.finditer(text):
        start, end = line.span()
        while end - start > longest:
            cut = _cut(text, start, start + longest)
            yield start, cut
            start = cut
        yield start, end


def _cut(text: str, start: int, end: int) -> int:
    """Give where to cut before an end: behind the last sentence of the second half, else the last word."""
    half = (start + end) // 2
    for gap in (r"[.!?؟]\s+", r"\s+"):
        stops = [one.end() for one in re.compile(gap).finditer(text, half, end)]
        if stops:
            return stops[-1]
    return end
