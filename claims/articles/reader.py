"""The reader: from a report's text and day of publication to the claims that it proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.articles.atlas import Atlas
from claims.articles.counts import counts
from claims.articles.dates import Calendar
from claims.articles.lexicon import lexicon
from claims.articles.linked import linked
from claims.articles.mentions import mentions
from claims.articles.movers import Known, actors
from claims.articles.placing import place_all
from claims.articles.propose import Proposing
from claims.articles.reads import Read
from claims.articles.sentences import sentences

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping

    from claims.articles.proposals import Proposal
    from geo.gazetteer import Gazetteer
    from geo.matches import Geocoder
    from geo.world import World

__all__ = ["Reader"]


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
        placed = place_all(
            mentions(text, told, words, self._atlas), self._geocoder, self._atlas.knows, countries
        )
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
        return linked(text, Proposing(reads, words, known, published, outlet).all())
