"""The reader that asks a model: from a report's text to proposals that stand in it, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.articles.asked.answers import answered
from claims.articles.asked.checked import checked
from claims.articles.asked.making import Making
from claims.articles.asked.parts import parts
from claims.articles.asked.prompt import messages, response_format
from claims.articles.asked.tying import Tying
from claims.articles.asked.words import Words
from claims.articles.atlas import Atlas
from claims.articles.lexicon import lexicon
from claims.articles.linked import linked
from claims.articles.mentions import mentions
from claims.articles.movers import Known
from claims.articles.placing import place_all
from claims.articles.sentences import sentences

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from claims.articles.asked.asking import Asking
    from claims.articles.asked.refusals import Refusal
    from claims.articles.asked.tying import Tied
    from claims.articles.mention import Mention
    from claims.articles.placing import Placed
    from claims.articles.proposals import Proposal
    from geo.gazetteer import Gazetteer
    from geo.matches import Geocoder
    from geo.world import World

__all__ = ["ModelReader", "ModelReading"]


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What a model made of a text.

    Attributes:
        proposals: Those that hold, in the order of the text.
        refusals: What does not, in the order of the answers.
    """

    proposals: tuple[Proposal, ...]
    refusals: tuple[Refusal, ...]


class ModelReader:
    """Reads reports by a model; its places, movers and numbers are found in the text by our own tables."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        world: World,
        geocoder: Geocoder,
        known_actors: Iterable[Mapping[str, str]] = (),
    ) -> None:
        """Read with these places and actors, as `claims.articles.reader.Reader` does; whose model it is, `read` is told."""
        self._atlas = Atlas(gazetteer, world)
        self._geocoder = geocoder
        self._rows = list(known_actors)

    def read(
        self,
        asking: Asking,
        text: str,
        language: str,
        published: dt.date,
        *,
        outlet: str = "",
        countries: Collection[str] = (),
        progress: Callable[[str], None] = lambda _: None,
    ) -> ModelReading:
        """Ask the model for the claims of a text, part by part, and keep those that hold.

        Args:
            asking: Asks the model; the reader keeps neither it nor its key.
            text: The text; quotes count their characters in it.
            language: Its language, as `claims.articles.text.language_of` tells it.
            published: The day it was published.
            outlet: By whom; the first of `via`.
            countries: ISO codes of countries that it is surely about.
            progress: Is told what is asked.

        Raises:
            ModelError: The model does not answer; nothing is proposed.
        """
        words = lexicon(language)
        told = list(sentences(text, words.folded))
        named = mentions(text, told, words, self._atlas)
        tying = Tying(text, told, words, named)
        tied: list[Tied] = []
        cut = parts(text)
        for part, (start, end) in enumerate(cut, 1):
            progress(f"asking {asking.endpoint.name}: part {part} of {len(cut)}")
            content = asking.ask(messages(text[start:end], language, published, outlet), response_format())
            several, refused = answered(content, part)
            tying.refused.extend(refused)
            sound, refused = checked(several, part, published)
            tying.refused.extend(refused)
            tied += tying.tied(sound, part, Words(text, start, end))
        places = self._placed(tied, tying, countries) if tied else {}
        making = Making(tying, places, Known(self._rows, words), outlet, asking.endpoint.model)
        proposals = linked(text, making.made(tied))
        refusals = sorted(tying.refused, key=lambda one: (one.part, one.proposal or 0))
        return ModelReading(tuple(proposals), tuple(refusals))

    def _placed(
        self, tied: Sequence[Tied], tying: Tying, countries: Collection[str]
    ) -> dict[tuple[int, Mention], Placed]:
        """Place all that the proposals name together with all else that the text names."""
        wanted: list[dict[Mention, None]] = [dict.fromkeys(each) for each in tying.named]
        for one in tied:
            for number, mention in one.ends.values():
                wanted[number][mention] = None
        ordered = [sorted(each, key=lambda mention: mention.start) for each in wanted]
        placed = place_all(ordered, self._geocoder, self._atlas.knows, countries)
        return {(number, one.mention): one for number, each in enumerate(placed) for one in each}
