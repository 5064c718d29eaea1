"""From the sentences of a report, with what was found in them, to the claims that they make."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from claims.articles.clauses import Clause, clauses
from claims.articles.ends import places_of
from claims.articles.focus import BACK, Focus
from claims.articles.movers import Known, Mover, mover
from claims.articles.needs import has_what_it_needs
from claims.articles.proposals import Days, Proposal
from claims.articles.quoting import quote, window
from claims.articles.shares import numbers_of, shares
from claims.articles.speakers import speakers
from claims.articles.standing import Standing, judge, looks_back
from claims.articles.when import When
from claims.model import MOVEMENT_KINDS, Kind, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from claims.articles.lexicon import Frame, Lexicon
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
        self._last: list[Proposal] = []
        self._last_mover: Mover | None = None

    def all(self) -> Iterator[Proposal]:
        """Give every proposal."""
        for read in self._reads:
            found = [one for clause in self._meant(read) for one in self._of_clause(clause)]
            found += self._elliptic(read, found)
            if not found and (back := self._looking_back(read)):
                found = back
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

    def _elliptic(self, read: Read, found: Sequence[Proposal]) -> Iterator[Proposal]:
        """Propose what a number with a place adds to a movement just told: "3,200 came at Lima, 600 at Ica"."""
        base = next((one for one in (*reversed(found), *self._last) if one.kind in MOVEMENT_KINDS), None)
        if base is None or read.number - base.sentence > 1 or base.background:
            return
        told = {end.mention.start for one in found for end in one.ends.values()}
        for count in read.counts:
            for placed in read.places:
                start = placed.mention.start
                if placed.nation or start in told or not count.end < start <= count.end + 2:
                    continue
                if read.sentence.words[placed.mention.end : placed.mention.end + 1] not in _ENDS:
                    continue  # "30 vehicles from Lima drove": the number has a verb of its own
                roles = self._words.prepositions.at(read.sentence.words, count.end)
                for end, role in roles:
                    if end <= start:
                        quote_start, quote_end = window(read, count.start, placed.mention.end)
                        yield replace(
                            base,
                            sentence=read.number,
                            ends={role: placed},
                            count=count,
                            quote=read.text[quote_start:quote_end],
                            quote_start=quote_start,
                            quote_end=quote_end,
                            why=f"a number and a place more; {base.why}",
                        )
                        break

    def _of_clause(self, clause: Clause) -> Iterator[Proposal]:
        standing = judge(clause, self._words)
        if not standing.said or not _is_told_so(clause.trigger.frame, standing.status):
            return
        here = mover(clause, self._words, self._known)
        self._last_mover = who = here or self._last_mover
        days, history = self._when.days(clause, standing)
        background = standing.background or history
        if background:
            days = Days(None, None, None, days.text)
            if not places_of(clause, self._words):
                return  # of long ago, and placed by guess
        places = places_of(clause, self._words, self._focus.of(clause))
        numbers = numbers_of(clause, here)
        quoted = quote(clause, here)
        base = self._proposal(clause, standing, who, days, quoted, background=background)
        for ends, count in shares(places, numbers):
            yield replace(base, ends=ends, count=count)

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

    def _looking_back(self, read: Read) -> list[Proposal]:
        """Propose of a sentence that denies or refuses what was just said the same claims, denied or refused."""
        found = looks_back(read, self._words)
        if found is None:
            return []
        status, _, phrase = found
        wanted = {
            Status.DENIED: {Status.REPORTED, Status.CONFIRMED},
            Status.REJECTED: {Status.REQUESTED, Status.PLANNED},
        }
        meant = [one for one in self._last if one.status in wanted[status] or status == Status.REJECTED]
        if not meant or read.number - meant[0].sentence > BACK:
            return []
        start, end = window(read, 0, len(read.sentence.tokens))
        return [
            replace(
                meant[-1],
                sentence=read.number,
                status=status,
                count=None,
                quote=read.text[start:end],
                quote_start=start,
                quote_end=end,
                speakers=speakers(read, self._words),
                why=f"{phrase!r} of what was said before; {meant[-1].why}",
            )
        ]


_ENDS: Final = frozenset((sign,) for sign in (*",.;:)", "and")) | {()}


def _is_told_so(frame: Frame, status: Status) -> bool:
    """Tell whether such a happening is a claim where it is put so: a visit that was not, a fall to come, is none."""
    if frame.kind == Kind.CONTACT:
        return status == Status.REPORTED
    return frame.name != "fall" or status != Status.PLANNED
