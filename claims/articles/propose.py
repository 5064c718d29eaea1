"""The reader: from a report's text and day of publication to the claims that it proposes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Final

from claims.articles.clauses import Clause, clauses
from claims.articles.counts import counts
from claims.articles.dates import DAY, Calendar, Span
from claims.articles.ends import places_of
from claims.articles.inflected import Form
from claims.articles.lexicon import lexicon
from claims.articles.mentions import Atlas, mentions
from claims.articles.movers import Known, Mover, actors, mover
from claims.articles.needs import has_what_it_needs
from claims.articles.placing import Placed, place_all
from claims.articles.proposals import Days, Proposal
from claims.articles.reads import Read
from claims.articles.sentences import sentences
from claims.articles.speakers import speakers
from claims.articles.standing import Standing, judge, looks_back
from claims.model import MOVEMENT_KINDS, QUOTE_WORDS, DateKind, Kind, Status
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from claims.articles.counts import Count
    from claims.articles.lexicon import Frame, Lexicon
    from geo.gazetteer import Gazetteer
    from geo.matches import Geocoder
    from geo.world import World

__all__ = ["Reader"]

RECENT: Final = 7
"""Days before publication in which a report's undated happenings are taken to lie."""

FRESH: Final = 4
"""Days before publication since when a paragraph's day holds for its later sentences too."""

AHEAD: Final = 7
"""Days from publication in which its undated plans are."""

RETROSPECT: Final = 12
"""Days by which a report's dates lie before its publication, at the median, if it tells of what is long done."""


class Reader:
    """Reads reports by the words of data/language; the gazetteers are read once."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        world: World,
        geocoder: Geocoder,
        known_actors: Iterable[Mapping[str, str]] = (),
    ) -> None:
        """Read with these places, and the rows of an actors.csv whose names are then told by their ids."""
        self._atlas = Atlas(gazetteer, world)
        self._geocoder = geocoder
        self._rows = list(known_actors)
        self._known: dict[str, Known] = {}

    def read(
        self,
        text: str,
        language: str,
        published: dt.date,
        *,
        outlet: str = "",
        countries: Collection[str] = (),
    ) -> list[Proposal]:
        """Propose the claims of a text, in its order.

        Args:
            text: The text; quotes count their characters in it.
            language: Its language, as `claims.articles.text.language_of` tells it.
            published: The day it was published.
            outlet: By whom; told as `via`.
            countries: ISO codes of countries that it is surely about.
        """
        words = lexicon(language)
        known = self._known.setdefault(language, Known(self._rows, words))
        told = list(sentences(text, words.folded))
        placed = place_all(mentions(text, told, words, self._atlas), self._geocoder, countries)
        calendar = Calendar(published, words)
        reads = []
        for number, (sentence, places) in enumerate(zip(told, placed, strict=True)):
            spans = calendar.spans(sentence)
            taken = {at for span in spans for at in range(span.start, span.end)}
            taken |= {
                at for one in places for at in range(one.mention.start, one.mention.end) if not one.nation
            }
            nations = {at for one in places for at in range(one.mention.start, one.mention.end) if one.nation}
            reads.append(
                Read(
                    number,
                    sentence,
                    places,
                    spans,
                    counts(sentence, words, taken, nations),
                    actors(sentence, words, known),
                    text,
                )
            )
        return list(_Proposing(reads, words, known, published, outlet).all())


class _Proposing:
    """What is remembered from sentence to sentence of one text."""

    def __init__(
        self, reads: Sequence[Read], words: Lexicon, known: Known, published: dt.date, outlet: str
    ) -> None:
        self._reads = reads
        self._words = words
        self._known = known
        self._published = published
        self._outlet = outlet
        self._retrospect = _is_retrospect(reads, published)
        self._last: list[Proposal] = []
        self._last_days: Days | None = None
        self._last_mover: Mover | None = None

    def all(self) -> Iterator[Proposal]:
        for read in self._reads:
            found = [one for clause in self._meant(read) for one in self._of_clause(clause)]
            found += self._elliptic(read, found)
            if not found and (back := self._looking_back(read)):
                found = back
            if found:
                self._last = found
            self._note_days(read)
            yield from found

    def _meant(self, read: Read) -> Iterator[Clause]:
        """Give the clauses whose verb has what it needs, each in the first of its meanings that has."""
        for several in clauses(read, self._words):
            for clause in several:
                who = mover(clause, self._words, self._known)
                if has_what_it_needs(clause, who, self._words, self._just_named(clause)):
                    yield clause
                    break
                if "never" in clause.trigger.frame.needs:
                    break

    def _just_named(self, clause: Clause) -> Placed | None:
        """Give the place that a preposition set last before a clause in its sentence, else one of the last claim."""
        words = clause.sentence.words
        if self._names_an_unknown(clause):
            return None
        for placed in reversed(clause.read.places):
            at = placed.mention.start
            if placed.nation or at >= clause.trigger.start or placed.place.kind == PlaceKind.COUNTRY:
                continue
            owner = words[placed.mention.end : placed.mention.end + 1] == ("'s",)
            led = any(
                next(self._words.prepositions.at(words, one), None) for one in range(max(at - 2, 0), at)
            )
            if owner or led:
                return placed
        if self._last and clause.read.number - self._last[-1].sentence <= _BACK:
            ends = [end for end in self._last[-1].ends.values() if end.place.kind != PlaceKind.COUNTRY]
            return next(iter(ends), None)
        return None

    def _names_an_unknown(self, clause: Clause) -> bool:
        """Tell a clause that names a place of its own which no gazetteer knows."""
        words, tokens = clause.sentence.words, clause.sentence.tokens
        known = clause.read.placed | clause.read.moving | clause.read.dated
        return self._words.capitals and any(
            tokens[at].text[:1].isupper()
            and at not in known
            and next(self._words.prepositions.at(words, at - 1), None)
            for at in range(max(clause.left, 1), clause.right)
        )

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
                roles = self._words.prepositions.at(read.sentence.words, count.end)
                for end, role in roles:
                    if end <= start:
                        quote_start, quote_end = _window(read, count.start, placed.mention.end)
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
        days, history = self._days(clause, standing)
        background = standing.background or history
        if background:
            days = Days(None, None, None, days.text)
            if not places_of(clause, self._words):
                return  # of long ago, and placed by guess
        places = places_of(clause, self._words, self._just_named(clause))
        numbers = _numbers(clause, here)
        quoted = _quote(clause, here)
        base = self._proposal(clause, standing, who, days, quoted, background=background)
        for ends, count in _distributed(places, numbers):
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

    # ---- days

    def _days(self, clause: Clause, standing: Standing) -> tuple[Days, bool]:
        """Give when it happened, and whether that is history."""
        spans = clause.read.spans
        if spans:
            span = min(spans, key=lambda one: _distance(clause, one))
            inside = clause.left <= span.start < clause.right
            if inside or not (span.history and len(spans) == 1) or span.start < clause.left:
                return Days(span.low, span.high, span.kind, span.text), span.history
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
            return Days(low - DAY, self._last_days.high + 2 * DAY, DateKind.ON, ""), False
        now = clause.trigger.form in {Form.BASE, Form.PRESENT}
        back = 1 if now else RECENT
        return Days(self._published - back * DAY, self._published, DateKind.ON, ""), False

    def _is_recent(self, days: Days) -> bool:
        return days.high is not None and days.high >= self._published - FRESH * DAY

    def _ahead(self) -> Days:
        return Days(self._published, self._published + AHEAD * DAY, DateKind.ON, "")

    def _continues(self, read: Read) -> bool:
        """Tell whether a sentence goes on with the paragraph whose day was told."""
        before = self._reads[read.number - 1] if read.number else None
        return before is not None and before.sentence.paragraph == read.sentence.paragraph

    def _note_days(self, read: Read) -> None:
        """Keep the last day that was told; a new paragraph starts without one, unless the report looks back."""
        spans = [span for span in read.spans if not span.history]
        if spans:
            self._last_days = Days(spans[-1].low, spans[-1].high, spans[-1].kind, "")
        elif not self._continues(read) and not self._retrospect:
            self._last_days = None

    # ---- "This was denied."

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
        if not meant or read.number - meant[0].sentence > _BACK:
            return []
        start, end = _window(read, 0, len(read.sentence.tokens))
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


_BACK: Final = 3  # sentences over which "this was denied" looks back


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
    return not own, not inside, abs(span.start - clause.trigger.start)


def _is_told_so(frame: Frame, status: Status) -> bool:
    """Tell whether such a happening is a claim where it is put so: a visit that was not, a fall to come, is none."""
    if frame.kind == Kind.CONTACT:
        return status == Status.REPORTED
    return frame.name != "fall" or status != Status.PLANNED


def _numbers(clause: Clause, who: Mover | None) -> list[Count]:
    """Give the counts of a clause: those with the mover, else those within it."""
    found = [one for one in clause.read.counts if clause.left <= one.start < clause.right]
    if who:
        own = [one for one in clause.read.counts if one.start < who.end and one.end > who.start]
        return own + [one for one in found if one not in own]
    return found


def _distributed(
    places: Sequence[tuple[str, Placed]], numbers: Sequence[Count]
) -> Iterator[tuple[dict[str, Placed], Count | None]]:
    """Give the ends and count of each claim that a clause makes: one a place, with its own number where it has one."""
    by_role: dict[str, list[Placed]] = {}
    for role, placed in places:
        by_role.setdefault(role, []).append(placed)
    leading = next(
        (role for role in ("place", "crossing", "origin", "destination") if len(by_role.get(role, ())) > 1),
        None,
    )
    fixed = {role: several[0] for role, several in by_role.items() if role != leading}
    if leading is None:
        yield fixed, numbers[0] if numbers else None
        return
    several = by_role[leading]
    own = {
        placed: [one for one in numbers if last <= one.start < placed.mention.start]
        for last, placed in zip([0, *(p.mention.end for p in several)], several, strict=False)
    }
    shared = sum(bool(counted) for counted in own.values()) < 2
    for placed in several:
        count = (numbers[0] if numbers else None) if shared else (own[placed][-1] if own[placed] else None)
        yield fixed | {leading: placed}, count


def _quote(clause: Clause, who: Mover | None) -> tuple[int, int]:
    """Give where the clause's own words stand in the text, at most 25 of them."""
    first = clause.inner
    if who and clause.inner <= who.start < clause.trigger.start:
        first = who.start
    first = max(first, clause.trigger.end - QUOTE_WORDS + 4)
    last = max([clause.right, *(placed.mention.end for _, placed in clause.roles)])
    return _window(clause.read, min(first, clause.trigger.start), last)


def _window(read: Read, first: int, last: int) -> tuple[int, int]:
    tokens = read.sentence.tokens
    while first < last - 1 and not tokens[first].text[0].isalnum():
        first += 1
    start, end = tokens[first].start, tokens[min(last, len(tokens)) - 1].end
    words = 0
    for token in tokens[first:last]:
        words += token.start == start or read.text[token.start - 1].isspace()
        if words > QUOTE_WORDS:
            break
        end = token.end
    return start, end
