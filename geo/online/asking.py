"""Asking a geocoder of geopy's one question: at its pace, again after a time-out, and with a clear word where it fails."""

from __future__ import annotations

import inspect
import time
from typing import TYPE_CHECKING, Any, Final

from geopy import exc  # type: ignore[import-untyped]
from geopy.adapters import BaseSyncAdapter  # type: ignore[import-untyped]
from geopy.geocoders import Nominatim  # type: ignore[import-untyped]

from geo.errors import LimitedError, OnlineError, RefusedError, ServiceDownError, UnreadableAnswerError
from geo.online.found import visible
from geo.online.pace import pace_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from geo.online.answers import Question

__all__ = ["LONGEST_WAIT_S", "PAUSES_S", "UNTOLD_REST_S", "Service"]

PAUSES_S: Final = (2.0, 8.0)
"""Seconds before each further try after a time-out; then the service counts as down."""

LONGEST_WAIT_S: Final = 30.0
"""A service that limits us and wants no more than these seconds of rest is asked once more after them."""

UNTOLD_REST_S: Final = 60.0
"""For this long a service that limits us, and does not say for how long, is not asked again by this process."""

_MOST_RESULTS: Final = 10
_DEEPEST: Final = 6
# As much of what the service said as helps; it may be a whole page.
_LONGEST_SAID: Final = 120

# What geopy's geocoders raise over an answer of the wrong shape, for they take their services at their word.
_MISREAD: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Service:
    """A geocoder of geopy's that is asked no faster than its policy, whoever in the process asks.

    Attributes:
        name: What errors and kept answers call it ("Nominatim at nominatim.openstreetmap.org").
        pace: Held (`pace.turn`) by whoever is about to ask.
        limits_countries: True where it can be asked for some countries only.
    """

    def __init__(
        self,
        geocoder: Any,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Set up a service; nothing is asked yet.

        Args:
            geocoder: A geocoder of `geopy.geocoders` with a synchronous adapter.
            clock: Seconds that never go back; for tests.
            sleep: Waits for seconds; for tests.
        """
        if not isinstance(geocoder.adapter, BaseSyncAdapter):
            raise TypeError(f"{geocoder!r} is asynchronous")
        domain = getattr(geocoder, "domain", "")
        self.name = " at ".join(filter(None, (type(geocoder).__name__, domain)))
        self.pace = pace_of(_host(domain) or self.name)
        self._is_nominatim = isinstance(geocoder, Nominatim)
        # Of what Nominatim can be asked, each other geocoder of geopy's knows a part.
        self._takes = inspect.signature(geocoder.geocode).parameters.keys()
        self.limits_countries = "country_codes" in self._takes
        self._geocoder = geocoder
        self._clock = clock
        self._sleep = sleep

    def source(self, asked: datetime) -> str:
        """Say where a place is from that was asked for on a day."""
        told = f"{self.name}, asked {asked.date().isoformat()}"
        return f"OpenStreetMap by {told}, ODbL" if self._is_nominatim else told

    def ask(self, question: Question, *, kept: int | None) -> list[Any]:
        """Ask, again after a time-out, and once more where the service wants a short rest.

        Args:
            question: What to ask; its service is this one.
            kept: How many answers are kept and not asked again, for the errors; None where none outlive the process.

        Returns:
            What was found, the best first: `address`, `lat`, `lon`, and `raw` as the service told it.

        Raises:
            OnlineError: There is no answer; its kind says why.
        """
        if (rest_s := self.pace.closed_s(self._clock)) > 0:
            raise _limited(self.name, question.toponym, rest_s, kept)
        pauses = iter(PAUSES_S)
        rested = False
        while True:
            self.pace.wait(self._clock, self._sleep)
            try:
                return self._found(question)
            except exc.GeopyError as error:
                if isinstance(error, exc.GeocoderTimedOut):
                    pause_s = next(pauses, None)
                else:
                    pause_s = None if rested else _short_rest(error)
                    rested = True
                if pause_s is None:
                    self._leave_alone(error)
                    raise _refusal(error, self.name, question.toponym, kept) from error
                self._sleep(pause_s)

    def _leave_alone(self, error: exc.GeopyError) -> None:
        if isinstance(error, exc.GeocoderRateLimited):
            self.pace.close(self._clock, UNTOLD_REST_S if error.retry_after is None else error.retry_after)

    def _found(self, question: Question) -> list[Any]:
        """Send one request; lat before lon only here, as geopy wants it."""
        west, south, east, north = question.viewbox or (0.0, 0.0, 0.0, 0.0)
        wishes = {
            "limit": _MOST_RESULTS,
            "language": question.language or False,
            "country_codes": [code.lower() for code in question.countries] or None,
            "viewbox": [(south, west), (north, east)] if question.viewbox else None,
            "addressdetails": True,
            "namedetails": True,
        }
        taken = {key: wish for key, wish in wishes.items() if key in self._takes}
        try:
            locations = self._geocoder.geocode(question.toponym, exactly_one=False, **taken) or []
        except exc.GeopyError:
            raise
        except _MISREAD as error:
            raise exc.GeocoderParseError(f"{type(error).__name__}: {error}") from error
        several = locations if isinstance(locations, list) else [locations]
        return [
            {"address": each.address, "lat": each.latitude, "lon": each.longitude, "raw": _json(each.raw)}
            for each in several[:_MOST_RESULTS]
        ]


def _host(domain: str) -> str:
    """Give the host of an address, with its port, in the one way of the many in which it may be written."""
    return domain.split("/", maxsplit=1)[0].lower().removesuffix(":443").rstrip(".")


def _short_rest(error: exc.GeopyError) -> float | None:
    """Give the seconds of rest that a service wants, where it tells them and they are few."""
    rest_s = error.retry_after if isinstance(error, exc.GeocoderRateLimited) else None
    return rest_s if rest_s is not None and rest_s <= LONGEST_WAIT_S else None


def _json(value: Any, deepest: int = _DEEPEST) -> Any:
    """Bring what a service told to what JSON holds, and no deeper than any place is told."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if deepest and isinstance(value, dict):
        return {str(key): _json(each, deepest - 1) for key, each in value.items()}
    if deepest and isinstance(value, (list, tuple)):
        return [_json(each, deepest - 1) for each in value]
    return None


def _limited(service: str, toponym: str, rest_s: float | None, kept: int | None) -> LimitedError:
    again = _again("in some minutes" if rest_s is None else f"in {rest_s:.0f} seconds", kept)
    return LimitedError(service, toponym, "limits how much it answers", again, retry_after_s=rest_s)


def _refusal(error: exc.GeopyError, service: str, toponym: str, kept: int | None) -> OnlineError:
    """Say why there is no answer."""
    said = visible(str(error)[: 4 * _LONGEST_SAID])[:_LONGEST_SAID]
    match error:
        case exc.GeocoderTimedOut():
            why = f"did not answer in time, {len(PAUSES_S) + 1} times"
            return ServiceDownError(service, toponym, why, _again("later", kept))
        case exc.GeocoderQuotaExceeded():
            return _limited(service, toponym, getattr(error, "retry_after", None), kept)
        case exc.GeocoderInsufficientPrivileges() | exc.GeocoderAuthenticationFailure():
            why = f"does not want to answer this program ({said!r})"
            todo = (
                "read its usage policy, say who asks as the user agent, and check its key where it needs one"
            )
            return RefusedError(service, toponym, why, todo)
        case _ if isinstance(error, exc.GeocoderQueryError) or _is_our_fault(error):
            todo = "check its address, the viewbox and the countries, or leave out the name"
            return RefusedError(service, toponym, f"does not take the question ({said!r})", todo)
        case exc.GeocoderParseError():
            todo = "check its address, and that no log-in page stands between"
            why = f"answers with what is no list of places ({said!r})"
            return UnreadableAnswerError(service, toponym, why, todo)
        case _:
            return ServiceDownError(service, toponym, f"failed ({said!r})", _again("later", kept))


def _is_our_fault(error: exc.GeopyError) -> bool:
    """Tell whether the HTTP status says so: 4xx, of which geopy tells only some apart (RFC 9110, 15.5)."""
    status = getattr(error.__cause__, "status_code", 0)
    return isinstance(status, int) and 400 <= status < 500


def _again(when: str, kept: int | None) -> str:
    if not kept:
        return f"try again {when}"
    answers = "the 1 answer that is kept is" if kept == 1 else f"the {kept} answers that are kept are"
    return f"try again {when}, {answers} not asked for again"
