"""From the sentences of a report, with what was found in them, to the claims that they make."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claims.articles.answers import Answers
from claims.articles.clauses import Clause, clauses
from claims.articles.ends import places_of
from claims.articles.figures import Figures
from claims.articles.focus import Focus
from claims.articles.movers import Known, Mover, mover
from claims.articles.needs import has_what_it_needs
from claims.articles.proposals import Days, Proposal
from claims.articles.quoting import quote
from claims.articles.shares import numbers_of, shares
from claims.articles.speakers import is_confirmed, speakers
from claims.articles.standing import Standing, judge
from claims.articles.when import When
from claims.model import Kind, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from claims.articles.lexicon import Frame, Lexicon
    from claims.articles.placing import Placed
    from claims.articles.reads import Read

__all__ = ["Proposing"]


class Proposing:
    """What is remembered from sentence to sentence of one text."""

    def __init__(
        self, reads: Sequence[Read], words: Lexicon, known: Known, published: dt.date, outlet: str
    ) -> None:
        """Propose from these sentences of one text, in its order."""
        self._reads = reads
        self._words = words
        self._known = known
        self._outlet = outlet
        self._when = When(reads, published)
        self._focus = Focus(reads, words)
        self._answers = Answers(words, self._when, self._focus, outlet)
        self._figures = Figures(words, self._when)
        self._last: list[Proposal] = []
        self._last_mover: Mover | None = None

    def all(self) -> Iterator[Proposal]:
        """Give every proposal."""
        for read in self._reads:
            found = [one for clause in self._meant(read) for one in self._of_clause(clause)]
            found += self._figures.of(read, found, self._last)
            found = found or self._answers.of(read, self._last)
            if found:
                self._last = found
            self._focus.note(found)
            self._when.note(read)
            yield from found

    def _meant(self, read: Read) -> Iterator[Clause]:
        """Give the clauses whose verb has what it needs, each in the first of its meanings that has."""
        for several in clauses(read, self._words):
            for clause in several:
                who = mover(clause, self._words, self._known)
                if has_what_it_needs(clause, who, self._words, self._focus.of(clause)):
                    yield clause
                    break
                if "never" in clause.trigger.frame.needs:
                    break

    def _of_clause(self, clause: Clause) -> Iterator[Proposal]:
        standing = judge(clause, self._words)
        if not standing.said or not _is_told_so(clause.trigger.frame, standing.status):
            return
        here = mover(clause, self._words, self._known)
        self._last_mover = who = here or self._last_mover
        days, history = self._when.days(clause, standing)
        if self._when.is_to_come(days) and standing.status == Status.REPORTED:
            standing = replace(standing, status=Status.PLANNED, why=days.text)
        background = standing.background or history
        if background:
            days = Days(None, None, None, days.text)
            if not places_of(clause, self._words):
                return  # of long ago, and placed by guess
        places = places_of(clause, self._words, self._focus.of(clause))
        numbers = numbers_of(clause, here)
        quoted = quote(clause, here, standing, numbers[:1])
        base = self._proposal(clause, standing, who, days, quoted, background=background)
        for ends, count in shares(places, numbers):
            yield replace(base, ends=ends, count=count, status=self._status(clause, standing, who, ends))

    def _status(
        self, clause: Clause, standing: Standing, who: Mover | None, ends: Mapping[str, Placed]
    ) -> Status:
        """Give how it is put: what is reported and a party confirms is confirmed."""
        if standing.status != Status.REPORTED:
            return standing.status
        countries = {end.place.country for end in ends.values()} | {who.nation if who else ""}
        confirmed = is_confirmed(clause.read, countries - {""}, self._words)
        return Status.CONFIRMED if confirmed else Status.REPORTED

    def _proposal(
        self,
        clause: Clause,
        standing: Standing,
        who: Mover | None,
        days: Days,
        quoted: tuple[int, int],
        *,
        background: bool,
    ) -> Proposal:
        quote_start, quote_end = quoted
        text = clause.read.text
        trigger = clause.trigger
        tokens = clause.sentence.tokens
        verb = text[tokens[trigger.start].start : tokens[trigger.end - 1].end]
        why = f"{trigger.frame.name}: {verb!r}" + (
            f"; {standing.status}: {standing.why!r}" if standing.why else ""
        )
        return Proposal(
            sentence=clause.read.number,
            kind=trigger.frame.kind,
            status=standing.status,
            modality=standing.modality,
            background=background,
            actors=who.ids if who else (),
            actor_text=who.text if who else "",
            ends={},
            days=days,
            count=None,
            speakers=speakers(clause.read, self._words),
            via=self._outlet,
            quote=text[quote_start:quote_end],
            quote_start=quote_start,
            quote_end=quote_end,
            why=why,
        )


def _is_told_so(frame: Frame, status: Status) -> bool:
    """Tell whether such a happening is a claim where it is put so: a visit that was not, a fall to come, is none."""
    if frame.kind == Kind.CONTACT:
        return status in {Status.REPORTED, Status.PLANNED}
    return frame.name != "fall" or status != Status.PLANNED
