"""The days of a clause: its own, those of its paragraph, or what a report of its sort means by none."""

from __future__ import annotations

import datetime as dt
from statistics import median
from typing import TYPE_CHECKING, Final

from claims.articles.dates import DAY, Span, moved
from claims.articles.inflected import Form
from claims.articles.proposals import Days
from claims.model import DateKind, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.articles.clauses import Clause
    from claims.articles.reads import Read
    from claims.articles.standing import Standing

__all__ = ["When"]

RECENT: Final = 7
"""Days before publication in which a report's undated happenings are taken to lie."""

FRESH: Final = 4
"""Days before publication since when a paragraph's day holds for its later sentences too."""

AHEAD: Final = 7
"""Days from publication in which its undated plans are."""

RETROSPECT: Final = 12
"""Days by which a report's dates lie before its publication, at the median, if it tells of what is long done."""

_PARTED: Final = 5
"""Words that a comma between a date and a verb behind it counts for."""


class When:
    """What is remembered of the days of one text."""

    def __init__(self, reads: Sequence[Read], published: dt.date) -> None:
        """Tell whether the text looks back on what is long done."""
        self._reads = reads
        self._published = published
        self._retrospect = _is_retrospect(reads, published)
        self._last_days: Days | None = None

    def days(self, clause: Clause, standing: Standing) -> tuple[Days, bool]:
        """Give when it happened, and whether that is history."""
        spans = clause.read.spans
        if spans:
            span = min(spans, key=lambda one: _distance(clause, one))
            inside = clause.left <= span.start < clause.right
            if inside or not (span.history and len(spans) == 1) or span.start < clause.left:
                return self._put(span, standing), span.history
        if standing.status in {Status.PLANNED, Status.REQUESTED}:
            return self._ahead(), False
        if (
            self._last_days
            and self._continues(clause.read)
            and (self._retrospect or self._is_recent(self._last_days))
        ):
            return self._last_days, False
        if self._retrospect and self._last_days and self._last_days.high:
            low = self._last_days.low or self._last_days.high
            return Days(moved(low, -1), moved(self._last_days.high, 2), DateKind.ON, ""), False
        now = clause.trigger.form in {Form.BASE, Form.PRESENT}
        back = 1 if now else RECENT
        return Days(moved(self._published, -back), self._published, DateKind.ON, ""), False

    def is_to_come(self, days: Days) -> bool:
        """Tell days that all lie after publication: what is told of them as done is a plan."""
        return days.low is not None and days.low > self._published

    def _put(self, span: Span, standing: Standing) -> Days:
        """Give the days of a date: of a plan, a day of the week is the next one."""
        if span.weekday and span.low and span.low < self._published and standing.status == Status.PLANNED:
            day = moved(span.low, 7)
            return Days(day, day if span.high == span.low else moved(day, AHEAD), DateKind.ON, span.text)
        return Days(span.low, span.high, span.kind, span.text)

    def near(self, read: Read, at: int) -> Days:
        """Give the day that stands nearest to a word of a sentence, else what an undated happening of it means."""
        spans = [span for span in read.spans if not span.history]
        if spans:
            span = min(spans, key=lambda one: abs(one.start - at))
            return Days(span.low, span.high, span.kind, span.text)
        if self._last_days and self._continues(read):
            return self._last_days
        return Days(moved(self._published, -RECENT), self._published, DateKind.ON, "")

    def _is_recent(self, days: Days) -> bool:
        return days.high is not None and self._published - days.high <= FRESH * DAY

    def _ahead(self) -> Days:
        return Days(self._published, moved(self._published, AHEAD), DateKind.ON, "")

    def _continues(self, read: Read) -> bool:
        """Tell whether a sentence goes on with the paragraph whose day was told."""
        before = self._reads[read.number - 1] if read.number else None
        return before is not None and before.sentence.paragraph == read.sentence.paragraph

    def note(self, read: Read) -> None:
        """Keep the last day that was told; a new paragraph starts without one, unless the report looks back."""
        spans = [span for span in read.spans if not span.history]
        if spans:
            self._last_days = Days(spans[-1].low, spans[-1].high, spans[-1].kind, "")
        elif not self._continues(read) and not self._retrospect:
            self._last_days = None


def _is_retrospect(reads: Sequence[Read], published: dt.date) -> bool:
    days = [
        span.high for read in reads for span in read.spans if span.exact and span.high and not span.history
    ]
    return (
        bool(days)
        and (published - dt.date.fromordinal(int(median(day.toordinal() for day in days)))).days > RETROSPECT
    )


def _distance(clause: Clause, span: Span) -> tuple[bool, bool, int]:
    """Tell how far a date is from a verb: one of its own words first, then one of its clause, then the nearest."""
    own = clause.inner <= span.start < clause.right
    inside = clause.left <= span.start < clause.right
    behind = span.start - clause.trigger.end
    if behind >= 0:
        return not own, not inside, behind
    commas = clause.sentence.words[span.end : clause.trigger.start].count(",")
    parted = _PARTED * (commas + (clause.inner > clause.left))  # it may be of the verb before
    return not own, not inside, clause.trigger.start - span.start + parted
