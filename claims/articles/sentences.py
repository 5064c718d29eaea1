"""Paragraphs, sentences and words of a text, each with its place in it."""
# ruff: noqa: RUF001 - quotes and dashes of all kinds are its business

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Sentence", "Token", "sentences"]

LONGEST: Final = 3000
"""Characters of a sentence; what goes on longer is a list or a table."""

# An abbreviation of initials, a number, "n't" and what it negates, a word with hyphens and apostrophes, what is cut
# short after one, or any sign.
_MARKS: Final = (
    "\u0300-\u036f\u0640\u064b-\u0652\u0670"  # vowel signs and accents that stand behind their letter
)
_TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,:٫٬]\d+)*(?:s\b|st\b|nd\b|rd\b|th\b)?(?!\w)"
    r"|\w+?(?=n['’]t\b)|n['’]t\b"
    rf"|\w[\w{_MARKS}]*(?:[-‑]\w+|['’‘](?!(?:s|ll|re|ve|d|m)\b)\w+)*"
    r"|['’](?:s|ll|re|ve|d|m)\b|[^\w\s]"
)
_END: Final = re.compile(r"[.!?؟…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\Wa-z_])")
_CUT_SHORT: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Capt|Brig|Adm|St|Mt|Ft|No|Sen|Rep|Gov|Prof|vs|incl|approx|est|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:[A-Z]\.)*[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign.

    Attributes:
        text: As written.
        word: In the form in which tables list it.
        start: Where it begins in the text, in characters.
        end: Where it ends.
    """

    text: str
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text.

    Attributes:
        start: Where it begins in the text, in characters.
        end: Where it ends.
        paragraph: The number of its paragraph, from 0.
        tokens: Its words and signs.
        words: The same as tables list them.
        text: All of it as written.
    """

    start: int
    end: int
    paragraph: int
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    text: str

    def written(self, start: int, end: int) -> str:
        """Give some of its words as they stand in it: from a word's number to that of the word after the last."""
        return self.text[self.tokens[start].start - self.start : self.tokens[end - 1].end - self.start]


def sentences(text: str, folded: Callable[[str], str]) -> Iterator[Sentence]:
    """Go through the sentences of a text; a line is a paragraph.

    Args:
        text: The text.
        folded: Gives the form of a word in which tables list it.
    """
    number = 0
    for line in re.finditer(r"[^\n]+", text):
        if not line[0].strip():
            continue
        for start, end in _spans(line[0]):
            tokens = tuple(
                Token(
                    found[0],
                    folded(found[0]),
                    line.start() + start + found.start(),
                    line.start() + start + found.end(),
                )
                for found in _TOKEN.finditer(line[0][start:end])
            )
            if tokens:
                words = tuple(token.word for token in tokens)
                first, last = tokens[0].start, tokens[-1].end
                yield Sentence(first, last, number, tokens, words, text[first:last])
        number += 1


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Give where the sentences of a line begin and end; one without end is cut between words."""
    start = 0
    for stop in [*_END.finditer(line), None]:
        end = stop.end() if stop else len(line)
        if stop and _CUT_SHORT.search(line[max(start, stop.start() - 12) : stop.start() + 1]):
            continue
        while end - start > LONGEST:
            cut = line.rfind(" ", start + 1, start + LONGEST) + 1 or start + LONGEST
            yield start, cut
            start = cut
        yield start, end
        start = end
