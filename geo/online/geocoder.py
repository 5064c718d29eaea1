"""The online geocoder: any of geopy's behind the interface of the offline one, asked slowly, and each question once.

Only `Online.geocode` reaches the network; importing this and making a geocoder do not.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.errors import BordermapError
from geo.matches import How, Match
from geo.online.answers import Answers, Question
from geo.online.asking import Service
from geo.online.choosing import choose
from geo.online.found import read_result, visible
from geo.online.nominatim import PUBLIC_DOMAIN, TIMEOUT_S, nominatim_service
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from geo.matches import Geocoder
    from geo.online.answers import Answer
    from geo.online.found import Box

__all__ = ["LONGEST_TOPONYM", "Online", "in_turn", "nominatim"]

LONGEST_TOPONYM: Final = 500
"""Characters beyond which a name is none and is not sent."""


class Online:
    """A geocoder that asks one service of geopy's, never faster than the policy, and never the same twice."""

    def __init__(
        self,
        geocoder: Any,
        answers: Answers | None = None,
        *,
        viewbox: Box | None = None,
        language: str = "en",
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Set up a geocoder; nothing is asked yet.

        Args:
            geocoder: A geocoder of `geopy.geocoders` with a synchronous adapter; `nominatim` makes the usual one.
            answers: Where answers are kept; None for the memory of this geocoder.
            viewbox: west, south, east, north in degrees, EPSG:4326: places there are preferred, others not left out.
            language: The language wanted for names, where the service lets one ask for it.
            clock: Seconds that never go back; for tests.
            sleep: Waits for seconds; for tests.

        Raises:
            BordermapError: The viewbox is not west, south, east, north.
        """
        self._service = Service(geocoder, clock=clock, sleep=sleep)
        self._answers = Answers() if answers is None else answers
        self._viewbox = None if viewbox is None else _checked(viewbox)
        self._language = language

    def geocode(self, toponyms: Sequence[str], *, countries: Collection[str] = ()) -> list[Match]:
        """Find the places of the toponyms, each by itself.

        With countries, a toponym is looked for in these, and only if it is not there, in the world. A name without a
        letter or digit, or longer than `LONGEST_TOPONYM`, is unknown without being sent.

        Args:
            toponyms: The names as written.
            countries: ISO 3166-1 alpha-2 codes of the countries the document is surely about; none for unknown.

        Returns:
            One match for each toponym, in their order: online, ambiguous, of another kind, or unknown.

        Raises:
            ServiceDownError: The service cannot be reached, or does not answer in time.
            LimitedError: The service limits us; it holds the seconds after which to ask again.
            RefusedError: The service does not want to answer.
            UnreadableAnswerError: What came back is no list of places.
            BordermapError: A country is no code, or the kept answers cannot be used.
        """
        for code in countries:
            if not re.fullmatch(r"[A-Za-z]{2}", code):
                raise BordermapError(f"country {code!r} is no code of two letters; write it as 'CH'")
        codes = tuple(sorted({code.upper() for code in countries}))
        return [self._match(toponym, codes) for toponym in toponyms]

    def _match(self, toponym: str, countries: tuple[str, ...]) -> Match:
        """Ask until an answer names a place of the kind that is meant."""
        doubt = Match(toponym, None, (), How.UNKNOWN)
        for question in self._questions(toponym, countries):
            answer = self._answer(question)
            source = self._service.source(answer.asked)
            found = [each for result in answer.results if (each := read_result(result, source=source))]
            narrowed = bool(question.countries)
            match = choose(question.toponym, found, viewbox=self._viewbox, narrowed=narrowed)
            if match is not None:
                doubt = replace(match, toponym=toponym)
                if match.how is not How.OTHER_KIND:
                    break
        return doubt

    def _questions(self, toponym: str, countries: tuple[str, ...]) -> Iterator[Question]:
        name = visible(toponym) if len(toponym) <= LONGEST_TOPONYM else ""
        if not fold(name):
            return
        if countries and self._service.limits_countries:
            yield Question(self._service.name, name, countries, self._viewbox, self._language)
        yield Question(self._service.name, name, (), self._viewbox, self._language)

    def _answer(self, question: Question) -> Answer:
        """Give the answer that is kept, or ask."""
        if answer := self._answers.get(question):
            return answer
        with self._service.pace.turn:
            # Another thread may have asked the same while this one waited.
            return self._answers.get(question) or self._answers.keep(question, self._asked(question))

    def _asked(self, question: Question) -> list[Any]:
        kept = None if self._answers.path is None else len(self._answers)
        return self._service.ask(question, kept=kept)


def _checked(viewbox: Box) -> Box:
    west, south, east, north = viewbox
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BordermapError(
            f"viewbox {viewbox!r} is not west, south, east, north in degrees; write it as (5.9, 45.8, 10.5, 47.8)"
        )
    return float(west), float(south), float(east), float(north)


def nominatim(
    user_agent: str,
    answers: Answers | None = None,
    *,
    domain: str = PUBLIC_DOMAIN,
    scheme: str = "https",
    timeout: float = TIMEOUT_S,
    viewbox: Box | None = None,
    language: str = "en",
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Online:
    """Set up the geocoder that asks a Nominatim; nothing is asked yet.

    Args:
        user_agent: Who asks, as the service's policy wants it: the application, best with an address for mail.
        answers: Where answers are kept; None for the memory of this geocoder.
        domain: The host of the service, with its port and folder where it has any.
        scheme: "https" or "http".
        timeout: Seconds to wait for an answer.
        viewbox: west, south, east, north in degrees, EPSG:4326: places there are preferred, others not left out.
        language: The language wanted for names.
        clock: Seconds that never go back; for tests.
        sleep: Waits for seconds; for tests.

    Returns:
        The geocoder.

    Raises:
        BordermapError: The user agent names nobody, or the address, the timeout or the viewbox is none.
    """
    geocoder = nominatim_service(user_agent, domain=domain, scheme=scheme, timeout=timeout)
    return Online(geocoder, answers, viewbox=viewbox, language=language, clock=clock, sleep=sleep)


class _InTurn:
    def __init__(self, first: Geocoder, then: Geocoder) -> None:
        self._first = first
        self._then = then

    def geocode(self, toponyms: Sequence[str], *, countries: Collection[str] = ()) -> list[Match]:
        matches = list(self._first.geocode(toponyms, countries=countries))
        unknown = [at for at, match in enumerate(matches) if match.how is How.UNKNOWN]
        if unknown:
            asked = self._then.geocode([toponyms[at] for at in unknown], countries=countries)
            for at, match in zip(unknown, asked, strict=True):
                matches[at] = matches[at] if match.how is How.UNKNOWN else match
        return matches


def in_turn(first: Geocoder, then: Geocoder) -> Geocoder:
    """Ask one geocoder, and another for what the first does not know at all.

    Ambiguous names and such as are known of another kind are the first's answer: the other would only guess.

    Args:
        first: The geocoder that is asked for everything, such as the gazetteer.
        then: The geocoder that is asked for the rest, such as an online one; not at all where nothing is left.

    Returns:
        A geocoder that answers in the order of the toponyms.
    """
    return _InTurn(first, then)
