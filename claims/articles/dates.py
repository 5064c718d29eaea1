"""Days and intervals that a sentence names, resolved from the day of publication."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dateparser.date import DateDataParser

from claims.articles.datewords import DateWords
from claims.model import DateKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.articles.lexicon import Lexicon
    from claims.articles.sentences import Sentence

__all__ = ["DAY", "Calendar", "Span", "moved"]

DAY: Final = dt.timedelta(days=1)
AHEAD: Final = dt.timedelta(days=45)
"""A day without a year lies no farther after publication, else it is one of the year before."""

HISTORY: Final = dt.timedelta(days=75)
"""A year or month that ended longer before publication than this is history."""

_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()
_YEAR: Final = re.compile(r"(?:19|20)\d\ds?")
_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Span:
    """A day or interval as a sentence says it.

    Attributes:
        start: The number of its first word in the sentence.
        end: The number of the word after the last.
        low: The first day; None where it is open.
        high: The last day; None where it is open.
        kind: How the interval is meant.
        text: Its words.
        exact: Whether it names a day.
        history: Whether it lies long before publication.
        weekday: Whether it is a day of the week alone, which of a plan is the next.
    """

    start: int
    end: int
    low: dt.date | None
    high: dt.date | None
    kind: DateKind
    text: str
    exact: bool = False
    history: bool = False
    weekday: bool = False


class Calendar:
    """Reads the dates of one text, in the order of its sentences."""

    def __init__(self, published: dt.date, lexicon: Lexicon) -> None:
        """Resolve from the day of publication."""
        self._published = published
        self._said = DateWords.of(lexicon)
        self.last: dt.date | None = None

    def spans(self, sentence: Sentence) -> list[Span]:
        """Find the days and intervals of a sentence; those said by way of another take the last that was named."""
        found: list[Span] = []
        at = 0
        while at < len(sentence.words):
            if named := next(self._said.named.at(sentence.words, at), None):
                at = named[0] + 1  # "the accord of 2005" is called by its year
                continue
            read = self._at(sentence, at)
            if read is None:
                at += 1
                continue
            found.append(read)
            if read.exact and read.low and not read.history:
                self.last = read.low
            at = read.end
        return found

    def _at(self, sentence: Sentence, start: int) -> Span | None:
        """Read the date that begins at a word, with the words before it that say how it is meant."""
        words = sentence.words
        for stop, said in self._said.leads.at(words, start):
            if stop < len(words) and (read := self._bare(words, stop)):
                return self._span(sentence, start, read, said)
        read = self._bare(words, start)
        return self._span(sentence, start, read, "") if read else None

    def _span(self, sentence: Sentence, start: int, read: _Read, lead: str) -> Span:
        low: dt.date | None = read.low
        high, kind = read.high, DateKind.ON
        if lead == "by":
            low, kind = None, DateKind.BY
        elif lead == "since":
            high, kind = (high, DateKind.ON) if read.closed else (self._published, DateKind.SINCE)
        elif lead == "after":
            low, high = read.high, max(self._published, read.high)
        written = sentence.written(start, read.end)
        lasts = lead == "since" and read.high - read.low < HISTORY / 2  # "since November" comes up to today
        old = read.vague and not lasts and self._published - read.high > HISTORY
        far = self._published - read.low > 5 * HISTORY
        return Span(
            start,
            read.end,
            low,
            high,
            kind,
            written,
            exact=read.low == read.high,
            history=old or far,
            weekday=read.weekday,
        )

    def _bare(self, words: Sequence[str], at: int) -> _Read | None:
        for reader in (
            self._between,
            self._absolute,
            self._relative,
            self._weekday,
            self._counted,
            self._monthly,
        ):
            if read := reader(words, at):
                return read
        return None

    def _between(self, words: Sequence[str], at: int) -> _Read | None:
        """Read "between Thursday and Saturday"; the "and" may be written with the second day."""
        for stop, _ in self._said.between.at(words, at):
            first = self._bare(words, stop) if stop < len(words) else None
            if first is None or first.end >= len(words):
                return None
            until = first.end + (words[first.end] in self._said.joins)
            second = self._bare(words, until) if until < len(words) else None
            if second and first.low <= second.high:
                return _Read(first.low, second.high, second.end, closed=True)
        return None

    def _absolute(self, words: Sequence[str], at: int) -> _Read | None:
        """Read a day with its month: 7 December, December 7 2024, 3-5 May, 2024-12-07, 12/7/24."""
        if _ISO.fullmatch(words[at]):
            return self._read_day(words[at], at + 1)
        if at + 4 < len(words) and words[at + 1] == "-" and _ISO.fullmatch("".join(words[at : at + 5])):
            return self._read_day("".join(words[at : at + 5]), at + 5)
        if at + 4 < len(words) and words[at + 1] == words[at + 3] == "/":
            return self._slashed(words, at)
        return self._day_and_month(words, at) or self._month_and_day(words, at)

    def _day_and_month(self, words: Sequence[str], at: int) -> _Read | None:
        """Read a day behind which its month stands, in digits or words."""
        day = _DAY.fullmatch(words[at])
        if day:
            return self._day_first(words, int(day[1]), at + 1) if 1 <= int(day[1]) <= 31 else None
        read = (self._day_first(words, number, stop) for stop, number in self._said.day_names.at(words, at))
        return next(filter(None, read), None)

    def _month_and_day(self, words: Sequence[str], at: int) -> _Read | None:
        """Read a month behind which its day stands."""
        for named, month in self._said.months.at(words, at):
            stop = named
            after = _DAY.fullmatch(words[stop]) if stop < len(words) else None
            if after is None and stop + 1 < len(words) and words[stop] == ".":
                stop += 1
                after = _DAY.fullmatch(words[stop])
            if after and 1 <= int(after[1]) <= 31:
                end = stop + 1
                until = _DAY.fullmatch(words[end + 1]) if end + 1 < len(words) else None
                last = int(after[1])
                if until and words[end] in self._said.joins and 1 <= int(until[1]) <= 31:
                    last, end = int(until[1]), end + 2
                year, end = _year(words, end)
                return self._days(month, int(after[1]), last, year, end)
        return None

    def _day_first(self, words: Sequence[str], first: int, stop: int) -> _Read | None:
        """Read the month behind a day, or behind two."""
        last = first
        if (
            stop + 1 < len(words)
            and words[stop] in self._said.joins
            and (until := _DAY.fullmatch(words[stop + 1]))
        ):
            last, stop = int(until[1]), stop + 2
        if stop < len(words) and words[stop] in self._said.linking:
            stop += 1
        for named, month in self._said.months.at(words, stop) if stop < len(words) else ():
            year, end = _year(words, self._twice_named(words, named))
            return self._days(month, first, last, year, end)
        return None

    def _twice_named(self, words: Sequence[str], stop: int) -> int:
        """Give the word after a month that is named in two calendars, as in the Arab east: "tammuz/july"."""
        if stop + 1 < len(words) and words[stop] == "/":
            return next((end for end, _ in self._said.months.at(words, stop + 1)), stop)
        return stop

    def _slashed(self, words: Sequence[str], at: int) -> _Read | None:
        """Read 12/7/24: month first unless that is none."""
        parts = [words[at], words[at + 2], words[at + 4]]
        if not all(part.isdecimal() and len(part) <= 4 for part in parts):
            return None
        one, two, year = (int(part) for part in parts)
        month, day = (one, two) if one <= 12 and not self._said.day_first else (two, one)
        return self._days(month, day, day, year + 2000 if year < 100 else year, at + 5)

    def _days(self, month: int, first: int, last: int, year: int | None, end: int) -> _Read | None:
        wanted = year or self._published.year
        try:
            low, high = dt.date(wanted, month, first), dt.date(wanted, month, last)
            if year is None and low - self._published > AHEAD:
                low, high = low.replace(year=wanted - 1), high.replace(year=wanted - 1)
        except ValueError:
            return None
        return _Read(low, high, end, closed=first != last) if low <= high else None

    def _read_day(self, text: str, end: int) -> _Read | None:
        day = _parsed(text, self._said.language, self._published)
        return _Read(day, day, end) if day else None

    def _weekday(self, words: Sequence[str], at: int) -> _Read | None:
        """Read "Saturday", "last Saturday", "next Saturday"; alone it is the last one, the day of publication included."""
        which = ""
        for stop, said in self._said.which.at(words, at):
            which, at = said, stop
            break
        for stop, _ in self._said.weekend.at(words, at) if at < len(words) else ():
            back = (self._published.weekday() + 1) % 7 - (7 if which == "coming" else 0)
            return _Read(moved(self._published, -back - 1), moved(self._published, -back), stop)
        for stop, number in self._said.weekdays.at(words, at) if at < len(words) else ():
            for after, said in self._said.which.at(words, stop) if stop < len(words) and not which else ():
                which, stop = said, after  # noqa: PLW2901 - in Arabic it stands behind
                break
            back = (self._published.weekday() - number) % 7
            if which == "previous" and back == 0:
                back = 7
            if which == "coming":
                back -= 7
            day = moved(self._published, -back)
            return _Read(day, day, stop, weekday=not which)
        return None

    def _relative(self, words: Sequence[str], at: int) -> _Read | None:
        """Read what the table lists."""
        for stop, (sort, first, last) in self._said.spans.at(words, at):
            if sort == "after":
                if self.last is None:
                    return None
                day = moved(self.last, first)
                return _Read(day, day, stop)
            low, high = _shifted(self._published, sort, first, last)
            return _Read(low, high, stop)
        return None

    def _counted(self, words: Sequence[str], at: int) -> _Read | None:
        """Read "two days later", "three weeks ago", "over the past ten days"."""
        past = next(self._said.past.at(words, at), None)
        ahead = words[at] if words[at] in self._said.ago | self._said.later else ""
        start = past[0] if past else at + bool(ahead)
        if start + 1 >= len(words):
            return None
        number = self._said.number(words[start])
        unit = self._said.units.get(words[start + 1])
        if number is None or unit is None:
            return None
        end = start + 2
        if past:
            low = moved(self._published, -number * unit)
            return _Read(low, self._published, end, vague=unit * number > HISTORY.days)
        word = ahead or (words[end] if end < len(words) else "")
        end += not ahead
        if word in self._said.ago:
            text = "" if ahead else " ".join(words[at:end])
            day = text and _parsed(text, self._said.language, self._published)
            day = day or moved(self._published, -number * unit)
            return _Read(moved(day, -(unit // 7)), min(moved(day, unit // 7), self._published), end)
        if word in self._said.later and (self.last or word not in self._said.after):
            day = moved(self.last or moved(self._published, -4), number * unit)
            return _Read(day, day, end)
        return None

    def _monthly(self, words: Sequence[str], at: int) -> _Read | None:
        """Read "early December", "November 2017", "in 2014"."""
        part = ""
        for stop, said in self._said.parts.at(words, at):
            part, at = said, stop
            break
        if at >= len(words):
            return None
        for stop, month in self._said.months.at(words, at):
            year, end = _year(words, self._twice_named(words, stop))
            if year is None and not part and stop - at == 1 and words[at] in self._said.doubtful:
                continue
            wanted = year or self._published.year
            ahead = dt.date(wanted, month, 1) - self._published
            if year is None and ahead > (AHEAD if part else 0 * DAY):
                wanted = max(wanted - 1, dt.MINYEAR)
            low, high = _part(dt.date(wanted, month, 1), calendar.monthrange(wanted, month)[1], part)
            return _Read(low, high, end, vague=True)
        if _YEAR.fullmatch(words[at]):
            year = int(words[at][:4])
            high = dt.date(year + (9 if words[at].endswith("s") else 0), 12, 31)
            return _Read(dt.date(year, 1, 1), high, at + 1, vague=True, closed=True)
        return None


@dataclass(frozen=True, slots=True)
class _Read:
    """First and last day, the word after the expression, and how exact it is."""

    low: dt.date
    high: dt.date
    end: int
    vague: bool = False
    closed: bool = False
    weekday: bool = False


@lru_cache(maxsize=4096)
def _parsed(text: str, language: str, published: dt.date) -> dt.date | None:
    """Let dateparser read a day, from the day of publication back."""
    found = _parser(language, published).get_date_data(text)
    return found.date_obj.date() if found.date_obj else None


@lru_cache(maxsize=16)
def _parser(language: str, published: dt.date) -> DateDataParser:
    settings: dict[str, Any] = {
        "RELATIVE_BASE": dt.datetime.combine(published, dt.time(12)),
        "PREFER_DATES_FROM": "past",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=[language], settings=settings)


def _year(words: Sequence[str], at: int) -> tuple[int | None, int]:
    """Read a year that may follow, behind a comma or not."""
    for skip in (0, 1):
        if skip and (at >= len(words) or words[at] not in {",", "،", "من", "."}):
            break
        if at + skip < len(words) and re.fullmatch(r"(?:19|20)\d\d", words[at + skip]):
            return int(words[at + skip]), at + skip + 1
    return None, at


def moved(day: dt.date, days: int) -> dt.date:
    """Give the day so many days on; the first or last of the calendar where it has no such day."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, _FIRST), _LAST))


def _shifted(published: dt.date, sort: str, first: int, last: int) -> tuple[dt.date, dt.date]:
    """Give the days that a table's entry means."""
    if sort == "days":
        return moved(published, first), moved(published, last)
    if sort == "weeks":
        monday = 7 * first - published.weekday()
        if first == 0:
            return moved(published, monday - 1), published
        return moved(published, monday), moved(published, monday + 6)
    number = published.year * 12 + published.month - 1 + first
    number = min(max(number, dt.MINYEAR * 12), dt.MAXYEAR * 12 + 11)
    begin = dt.date(number // 12, number % 12 + 1, 1)
    end = begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
    return begin, min(end, published) if first == 0 else end


def _part(begin: dt.date, days: int, part: str) -> tuple[dt.date, dt.date]:
    """Give the third of a month that is meant."""
    thirds = {"early": (1, 10), "middle": (11, 20), "late": (21, days)}
    first, last = thirds.get(part, (1, days))
    return begin.replace(day=first), begin.replace(day=last)
