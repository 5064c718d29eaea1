"""What a model proposed and the text holds, made into proposals, each once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.articles.asked.refusals import Refusal
from claims.articles.proposals import Days, Proposal
from claims.articles.sentences import sentences
from claims.model import DateKind, Kind, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.articles.asked.tying import Tied, Tying
    from claims.articles.mention import Mention
    from claims.articles.movers import Known
    from claims.articles.placing import Placed

__all__ = ["Making"]


@dataclass(frozen=True, slots=True)
class Making:
    """What is the same for all proposals of a text.

    Attributes:
        tying: The text; what is refused is added to its refusals.
        places: By sentence and mention, the places that are known.
        known: The collection's actors.
        outlet: Who published the text; "" where that is not known.
        model: The model's name.
    """

    tying: Tying
    places: Mapping[tuple[int, Mention], Placed]
    known: Known
    outlet: str
    model: str

    def made(self, tied: Sequence[Tied]) -> list[Proposal]:
        """Make proposals in the order of the text; one that says what another does is merged with it."""
        found: dict[tuple[object, ...], Proposal] = {}
        for one in sorted(tied, key=lambda one: one.start):
            proposal = self._proposal(one)
            same = _sameness(proposal)
            if same in found:
                why = "is proposed already"
                self.tying.refused.append(Refusal(one.part, one.answered.number, "", "", why))
            else:
                found[same] = proposal
        return list(found.values())

    def _proposal(self, one: Tied) -> Proposal:
        cells = one.answered.cells
        reason = one.answered.reason
        return Proposal(
            sentence=one.sentence,
            kind=Kind(cells["kind"]),
            status=Status(cells["status"]),
            modality=Modality(cells["modality"]),
            background=one.answered.background,
            actors=self._ids(one.words["actor_text"]),
            actor_text=one.words["actor_text"],
            ends=self._ends(one),
            days=_days(one),
            count=one.count,
            speakers=one.words["speakers"],
            via=self._via(one.words["via"]),
            quote=self.tying.text[one.start : one.end],
            quote_start=one.start,
            quote_end=one.end,
            why=f"model {self.model}" + (f": {reason}" if reason else ""),
        )

    def _via(self, told: str) -> str:
        """Give the chain: the outlet, and through whom it was told where that is another."""
        through = "" if told.casefold() == self.outlet.casefold() else told
        return " > ".join(filter(None, (self.outlet, through)))

    def _ends(self, one: Tied) -> dict[str, Placed]:
        """Give the places that are known; the others are told."""
        ends: dict[str, Placed] = {}
        for role, named in one.ends.items():
            if placed := self.places.get(named):
                ends[role] = placed
            else:
                why = "is no place that is known"
                refusal = Refusal(one.part, one.answered.number, role, named[1].text, why, whole=False)
                self.tying.refused.append(refusal)
        return ends

    def _ids(self, text: str) -> tuple[str, ...]:
        """Give the ids of the collection's actors that some words name."""
        told = sentences(text, self.tying.lexicon.folded)
        words = [word for sentence in told for word in sentence.words]
        named = self.known.phrases.within(words, 0, len(words))
        return tuple(dict.fromkeys(actor for _, _, actor in named))


def _days(one: Tied) -> Days:
    cells = one.answered.cells
    low, high = (
        dt.date.fromisoformat(cells[name]) if cells[name] else None for name in ("date_start", "date_end")
    )
    return Days(
        low, high, DateKind(cells["date_kind"]) if cells["date_kind"] else None, one.words["date_text"]
    )


def _sameness(one: Proposal) -> tuple[object, ...]:
    """Give what two proposals of one claim have in common, whatever words they quote of its sentence."""
    places = tuple(sorted((role, end.place.place_id) for role, end in one.ends.items()))
    days = (one.days.low, one.days.high)
    number = one.count and (one.count.count, one.count.low, one.count.high, one.count.unit)
    who = one.actors or one.actor_text.casefold()
    return one.sentence, one.kind, one.status, one.background, who, places, days, number
