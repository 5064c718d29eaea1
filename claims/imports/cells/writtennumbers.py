"""One number as a cell of another table writes it: about, more than, as a range, in digits of any script or in words."""
# ruff: noqa: RUF001 - signs and spaces of all kinds are its business

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from claims.articles.counts import counts, number_at, range_of
from claims.articles.lexicon import FOLDER, lexicon
from claims.articles.sentences import sentences
from claims.imports.cells.countwords import worded
from claims.imports.cells.foreignwords import around_ranges, says_nothing
from claims.model import CountQualifier
from claims.tables import MOST

__all__ = ["CountRead", "count_of", "degrees_of", "western"]


@dataclass(frozen=True, slots=True)
class CountRead:
    """What one cell says.

    Attributes:
        count: The number said; NaN where none is.
        low: The least that is meant; NaN for an open end, or where nothing is said.
        high: The most that is meant; likewise.
        qualifier: How it is meant; "" where nothing is said.
        unit: What it counts, where the cell says so; "" where it does not.
        why: What is wrong with it; "" where nothing is.
        todo: What to do then.
        asked: Whether it must be asked what parts its decimals.
    """

    count: float = math.nan
    low: float = math.nan
    high: float = math.nan
    qualifier: str = ""
    unit: str = ""
    why: str = ""
    todo: str = ""
    asked: bool = False


_SPACES: Final = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
_NUMBER: Final = r"\d[\d.,]*"
_ABOUT: Final = re.compile(rf"(?:[~≈±]|c\.|ca\.?|approx\.?)\s*({_NUMBER})")
_LEAST: Final = re.compile(rf"(?:>|≥|>=)\s*({_NUMBER})|({_NUMBER})\s*\+")
_MOST: Final = re.compile(rf"(<|≤|<=)\s*({_NUMBER})")
_PLAIN: Final = re.compile(_NUMBER)
_LONGEST: Final = 100  # characters of a number in words
_POWER: Final = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d+")


class _AskedError(Exception):
    """What parts the decimals of a number must be asked."""


def count_of(cell: str, decimal: str = "") -> CountRead:
    """Read one cell.

    "About" means within a tenth, "more than" the number itself and up, as in reports (claims/articles/counts.py).

    Args:
        cell: As written.
        decimal: What parts decimals; where "" and a number could be read both ways ("2.000"), it is asked.
    """
    if says_nothing(cell):
        return CountRead()
    text = _SPACES.sub("", western(" ".join(cell.split())))
    try:
        read = (
            _in_signs(text, decimal)
            or _range(text, decimal)
            or _in_words(text, decimal)
            or _between_words(text, decimal)
        )
    except _AskedError:
        return CountRead(asked=True)
    if read is None:
        return _wrong_number(text)
    return read if read.why else _checked(read)


def western(text: str) -> str:
    """Write digits and the decimal and thousands signs of any script as 0 to 9, a point and a comma."""
    if text.isascii():
        return text
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    return digits.replace("٫", ".").replace("٬", ",").replace("−", "-")


def degrees_of(cell: str) -> str:
    """Write degrees with a point; what is no plain number is given back as it is.

    A comma in degrees parts decimals: no degrees have thousands.
    """
    text = western(cell.strip()).replace("°", "").strip()
    return text.replace(",", ".") if re.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d+)?", text) else cell.strip()


def _in_signs(text: str, decimal: str) -> CountRead | None:
    """Read a number in digits, with a sign before or behind it that says how it is meant."""
    if _PLAIN.fullmatch(text):
        return _meant(_value(text, decimal), CountQualifier.EXACT)
    if found := _ABOUT.fullmatch(text):
        return _meant(_value(found[1], decimal), CountQualifier.ABOUT)
    if found := _LEAST.fullmatch(text):
        return _meant(_value(found[1] or found[2], decimal), CountQualifier.AT_LEAST)
    if found := _MOST.fullmatch(text):
        return _meant(_value(found[2], decimal), CountQualifier.AT_MOST, under=found[1] == "<")
    return None


def _meant(value: float | None, qualifier: CountQualifier, *, under: bool = False) -> CountRead | None:
    if value is None:
        return None
    low, high = range_of(value, qualifier, under=under)
    said = math.nan if under else value
    return CountRead(said, _number(low), _number(high), str(qualifier))


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _range(text: str, decimal: str) -> CountRead | None:
    """Read two numbers as a range, of which no number is said to be the right one."""
    found = _range_pattern().fullmatch(text)
    if found is None:
        return None
    low, high = _value(found[1], decimal), _value(found[2], decimal)
    if low is None or high is None:
        return None
    if low > high:
        return CountRead(why="has its higher number first", todo="write the lower number first")
    return CountRead(math.nan, low, high, str(CountQualifier.VAGUE))


@cache
def _range_pattern() -> re.Pattern[str]:
    between, before = around_ranges()
    return re.compile(
        rf"(?:(?:{before})\s+)?({_NUMBER})\s*(?:[-–—‑]|\s(?:{between})\s)\s*({_NUMBER})", re.IGNORECASE
    )


def _value(text: str, decimal: str) -> float | None:
    """Read digits with points and commas among them; None where they stand as in no number.

    Raises:
        _AskedError: They could be read both ways.
    """
    signs = re.findall("[.,]", text)
    if not signs:
        return float(text)
    last = signs[-1]
    grouped = re.fullmatch(rf"\d{{1,3}}(?:\{last}\d{{3}})+", text)
    parted = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})*|\d+)([.,])(\d+)", text)
    if decimal:
        return _as_said(text, decimal)
    if len(set(signs)) == 2 or not grouped:
        # Of two signs the last parts decimals; one sign with other than three digits behind it parts them too.
        return _as_said(text, last) if parted else None
    if len(signs) == 1 and last == ".":
        raise _AskedError
    return float(text.replace(last, ""))


def _as_said(text: str, decimal: str) -> float | None:
    thousands = "," if decimal == "." else "."
    shape = rf"(?:\d+|\d{{1,3}}(?:\{thousands}\d{{3}})+)(?:\{decimal}\d+)?"
    if not re.fullmatch(shape, text):
        return None
    return float(text.replace(thousands, "").replace(decimal, "."))


def _in_words(text: str, decimal: str) -> CountRead | None:
    """Read words about a number, or a number in words, in the languages of data/language: "about 300", "dozens of families"."""
    plainly = _plain_digits(text, decimal) if any(map(str.isalpha, text)) else None
    if plainly is None or len(text) > _LONGEST:
        return None
    for language in _languages():
        words = lexicon(language)
        sentence = next(sentences(plainly, words.folded), None)
        if sentence is None:
            return None
        whole = len(sentence.words)
        if (found := next(iter(counts(sentence, words)), None)) and (found.start, found.end) == (0, whole):
            return _read(found.count, found.low, found.high, found.qualifier, str(found.unit))
        number = number_at(sentence.words, 0, words)
        if number and number.stop == whole:
            return _read(number.count, number.low, number.high, number.qualifier)
    return None


def _between_words(text: str, decimal: str) -> CountRead | None:
    """Read a number in digits that words of further languages say the meaning and the unit of: "más de 20 personas"."""
    found = worded(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    read = _meant(_value(found.digits, decimal), found.qualifier, under=found.under)
    return None if read is None else replace(read, unit=found.unit)


def _plain_digits(text: str, decimal: str) -> str | None:
    """Write the numbers among words as a report would, with nothing but decimals after a point; None where one is none."""
    parts, end = [], 0
    for found in re.finditer(_NUMBER, text):
        digits = found[0].rstrip(".,")
        value = _value(digits, decimal)
        if value is None:
            return None
        parts += [text[end : found.start()], f"{value:.15g}", found[0][len(digits) :]]
        end = found.end()
    return "".join([*parts, text[end:]])


@cache
def _languages() -> tuple[str, ...]:
    """List the languages whose words are known, English first."""
    found = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    return tuple(sorted(found, key=lambda language: language != "en"))


def _read(
    count: float | None, low: float | None, high: float | None, qualifier: CountQualifier, unit: str = ""
) -> CountRead:
    return CountRead(_number(count), _number(low), _number(high), str(qualifier), unit)


def _checked(read: CountRead) -> CountRead:
    """Refuse what counts nobody: halves, and more than can be."""
    said = [value for value in (read.count, read.low, read.high) if not math.isnan(value)]
    if min(said) < 0:
        return CountRead(why="is below nothing", todo="correct it")
    if max(said) > MOST:
        return CountRead(why="is more than can be", todo=f"write at most {MOST}")
    if any(value != round(value) for value in said):
        return CountRead(why="is no whole number", todo="write how many, as 2000")
    return read


def _wrong_number(text: str) -> CountRead:
    if _POWER.fullmatch(text):
        return CountRead(
            why="is written with a power of ten, whose digits are lost", todo="write it out, as 1500"
        )
    if re.fullmatch(rf"-\s*{_NUMBER}", text):
        return CountRead(why="is below nothing", todo="correct it")
    return CountRead(why="is not a number", todo="write digits, as 2000, 100-200, ~200 or >1000")
