"""What the readers of files say in English, in the reader's language as far as its table of sentences has it."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from dashboard.words import LANGUAGES, isolated
from geo.unseen import visible

if TYPE_CHECKING:
    from dashboard.words import Words
    from geo.errors import BordermapError, Fault

__all__ = ["error_in_words", "in_words"]

_VALUE: Final = re.compile(r"\{(\w+)\}")
_WRITTEN: Final = re.compile("`([^`]*)`")
_KEPT: Final = 4_000
"""Sentences that are remembered: a file may have a fault for each of its rows."""

_LONGEST: Final = 500
"""Characters of a sentence that is looked at: a file may put what it likes into one."""


def in_words(sentence: str, words: Words) -> str:
    """Say a sentence of a fault or of a guess in a language.

    A table `languages/sentences/LANGUAGE.json` has by the English sentence, with `{names}` for what a file or a user said in
    it, the same in its language; a piece between backticks there runs from left to right. What stands for a name is said by
    the table too where it is a sentence of it, else as it is. What the table lacks stays English, with its own direction.

    Args:
        sentence: In English, as a fault has it.
        words: The dashboard's, in the reader's language.
    """
    return _said(sentence, words.language) if sentence else ""


def error_in_words(error: BordermapError, words: Words) -> str:
    """Say an error in a language: one of faults as a line for each, any other as `in_words` does.

    Args:
        error: As readers of files raise it.
        words: The dashboard's, in the reader's language.
    """
    if not any(_sentences(words.language)):  # they are in its words already
        return visible(str(error))
    faults: tuple[Fault, ...] = getattr(error, "faults", ())
    return "\n".join(_line(fault, words) for fault in faults) or in_words(str(error), words)


def _line(fault: Fault, words: Words) -> str:
    """Say a fault as one line: where, what, why, and what to do."""
    where = isolated(str(fault.file))
    if fault.line is not None:
        where += f" {in_words(f'(line {fault.line})', words)}"
    what = [isolated(fault.column)] if fault.column else []
    what += [] if fault.value is None else [isolated(repr(fault.value))]
    return f"{where}: {' '.join([*what, in_words(fault.reason, words)])}. {in_words(fault.todo, words)}"


@lru_cache(_KEPT)
def _said(sentence: str, language: str) -> str:
    if not any(_sentences(language)):  # they are in its words already
        return visible(sentence)
    told = _told(sentence, language)
    return isolated(sentence) if told is None else told


def _told(sentence: str, language: str) -> str | None:
    plain, patterns = _sentences(language)
    if sentence in plain:
        return plain[sentence]
    for pattern, own in patterns if len(sentence) <= _LONGEST else ():
        if found := pattern.fullmatch(sentence):
            said = {
                name: _told(value, language) or isolated(value) for name, value in found.groupdict().items()
            }
            return own.format(**said)
    return None


@cache
def _sentences(language: str) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Read a language's table: the sentences without names, and the others as patterns."""
    file = LANGUAGES / "sentences" / f"{language}.json"
    table: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    table = {english: _WRITTEN.sub("\u2066\\1\u2069", own) for english, own in table.items()}
    plain = {english: own for english, own in table.items() if not _VALUE.search(english)}
    # The one that says more of a sentence itself goes first.
    named = sorted(table.keys() - plain.keys(), key=lambda english: (-len(_VALUE.sub("", english)), english))
    return plain, tuple((_pattern(english), table[english]) for english in named)


def _pattern(english: str) -> re.Pattern[str]:
    parts = _VALUE.split(english)
    written = [re.escape(part) if at % 2 == 0 else f"(?P<{part}>.+?)" for at, part in enumerate(parts)]
    return re.compile("".join(written), re.DOTALL)
