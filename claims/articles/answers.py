"""Sentences that say something of what was told before them: that it was not so, or was refused, or nobody moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from claims.articles.focus import BACK
from claims.articles.proposals import Proposal
from claims.articles.quoting import window
from claims.articles.speakers import speakers
from claims.articles.standing import looks_back
from claims.model import Kind, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.articles.focus import Focus
    from claims.articles.lexicon import Lexicon
    from claims.articles.placing import Placed
    from claims.articles.reads import Read
    from claims.articles.when import When

__all__ = ["Answers"]

ABSENT: Final = 3
"""Words from "no" to who is said not to have moved."""

OPENING: Final = 6
"""Words from the start of an Arabic sentence in which it answers the one before; later it answers its own."""

_ANSWERED: Final = {
    Status.DENIED: {Status.REPORTED, Status.CONFIRMED},
    Status.REJECTED: {Status.REQUESTED, Status.PLANNED, Status.REPORTED},
}


class Answers:
    """Reads such sentences of one text, where their verbs propose nothing."""

    def __init__(self, words: Lexicon, when: When, focus: Focus, outlet: str) -> None:
        """Take what is known of the days and places of the text."""
        self._words = words
        self._when = when
        self._focus = focus
        self._outlet = outlet

    def of(self, read: Read, last: Sequence[Proposal]) -> list[Proposal]:
        """Propose what a sentence answers to the claims before it, or to a place that was just named."""
        found = looks_back(read, self._words)
        if found and not (not self._words.capitals and found[1] > OPENING):
            status, at, phrase = found
            return self._answer(read, last, status, at, phrase)
        if found_at := self._absent(read):
            kind = Kind.DEPLOYMENT if self._is_armed(read) else Kind.CROSSING
            return self._alone(read, Status.DENIED, kind, *found_at)
        return []

    def _answer(
        self, read: Read, last: Sequence[Proposal], status: Status, at: int, phrase: str
    ) -> list[Proposal]:
        meant = [one for one in last if one.status in _ANSWERED[status] and not one.background]
        if not meant or read.number - meant[-1].sentence > BACK:
            return self._alone(read, status, Kind.CROSSING, at, phrase) if status == Status.DENIED else []
        start, end = window(read, 0, len(read.sentence.tokens))
        told = next(
            one for one in meant if (one.quote_start, one.why) == (meant[-1].quote_start, meant[-1].why)
        )
        return [
            replace(
                told,  # of a list of places the first
                sentence=read.number,
                status=status,
                count=None,
                quote=read.text[start:end],
                quote_start=start,
                quote_end=end,
                speakers=speakers(read, self._words),
                why=f"{phrase!r} of what was said before; {told.why}",
            )
        ]

    def _absent(self, read: Read) -> tuple[int, str] | None:
        """Tell a sentence that says of somebody that they did not: the word where, and the phrase."""
        words = read.sentence.words
        if any(span.history for span in read.spans):
            return None
        for start, stop, phrase in self._words.standing["absent"].within(words, 0, len(words)):
            near = range(stop, min(stop + ABSENT, len(words)))
            led = [at for at in near if next(self._words.prepositions.at(words, at), None)]
            near = range(stop, led[0]) if led else near  # "no contact with the army"
            owner = words[stop + 1 : stop + 2] == ("'s",)  # "no man's land"
            if start not in read.dated and not owner and not read.moving.isdisjoint(near):
                return start, phrase
        return None

    def _is_armed(self, read: Read) -> bool:
        words = read.sentence.words
        return any(next(self._words.armed.at(words, at), None) for at in range(len(words)))

    def _alone(self, read: Read, status: Status, kind: Kind, at: int, phrase: str) -> list[Proposal]:
        """Propose that nothing of the sort happened at the place that the sentence names, or that was just named."""
        place = self._place(read)
        if place is None:
            return []
        start, end = window(read, 0, len(read.sentence.tokens))
        return [
            Proposal(
                sentence=read.number,
                kind=kind,
                status=status,
                modality=Modality.ASSERTED,
                background=False,
                actors=(),
                actor_text="",
                ends={"place": place},
                days=self._when.near(read, at),
                count=None,
                speakers=speakers(read, self._words),
                via=self._outlet,
                quote=read.text[start:end],
                quote_start=start,
                quote_end=end,
                why=f"{phrase!r} of somebody; {status}",
            )
        ]

    def _place(self, read: Read) -> Placed | None:
        own = [one for one in read.places if not one.nation]
        return next(iter(own), None) or self._focus.before(read)
