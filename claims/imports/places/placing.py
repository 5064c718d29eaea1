"""Places of rows, by their coordinates, by their names, or by both: of the gazetteer, or of the collection's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from claims.imports.places.bearing import Bearing, is_meant, kilometres_to
from claims.imports.places.countries import Countries
from claims.imports.places.ownplaces import own_place, written
from claims.imports.rows import MADE, Notice
from claims.imports.uniquely import numbered
from geo.geocode import Offline
from geo.matches import How
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.imports.places.ownplaces import Own
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["Ask", "Placed", "Placer", "asks"]

AREAS: Final = frozenset({PlaceKind.DISTRICT, PlaceKind.GOVERNORATE, PlaceKind.REGION, PlaceKind.COUNTRY})

UNPLACED: Final = "it is kept as a name, without a place"

_TODO: Final = "say --countries, give its position, or put it into the collection's places.csv"

_MOST_LIKELY: Final = 3

MOST_KEPT: Final = 100_000
"""Answers that are remembered; then it begins anew, and what was told is told again."""


class Ask(NamedTuple):
    """What a row says of a place.

    Attributes:
        name: The toponym, "" for none.
        country: ISO code of the country that it lies in, "" where that is not said.
        lon: Degrees east (EPSG:4326), NaN for none.
        lat: Degrees north, likewise.
        area: The kind of place that is meant: of an area the position only stands for it.
        radius_km: How far from the position it may have been.
        within: The name of the area, where another column than the toponym's has it; "" for none.
    """

    name: str
    country: str
    lon: float
    lat: float
    area: str
    radius_km: float
    within: str


class _Answer(NamedTuple):
    place_id: str
    own: Own | None = None
    said: str = ""
    row: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where rows are.

    Attributes:
        place_ids: Of each row; "" where its place is not known. dtype object.
        places: The collection's own places among them, each once, with the columns of places.csv.
        notices: What is told of rows: that a name and a position are apart, that a name is not known.
    """

    place_ids: np.ndarray
    places: pd.DataFrame
    notices: tuple[Notice, ...]


def asks(
    name: pd.Series,
    country: np.ndarray,
    lon: np.ndarray,
    lat: np.ndarray,
    area: np.ndarray,
    radius_km: np.ndarray,
    within: pd.Series,
) -> pd.DataFrame:
    """Put together what rows say of a place, a column for each field of `Ask`."""
    columns = (name.to_numpy(), country, lon, lat, area, radius_km, within.to_numpy())
    # As objects, lest text is packed and unpacked again.
    series = (pd.Series(column, dtype=column.dtype) for column in columns)
    return pd.DataFrame(dict(zip(Ask._fields, series, strict=True)))


class Placer:
    """Finds the places of rows; what is alike is looked up once, and told once."""

    def __init__(self, gazetteer: Gazetteer, evidence: str, about: tuple[str, ...] = ()) -> None:
        """Begin with a gazetteer.

        Args:
            gazetteer: The places known so far, beside the world's.
            evidence: What an own place has as its source, as the data set's name.
            about: ISO codes of the countries in which names are looked for where a row does not say one.
        """
        self._about = about
        self.countries = Countries(gazetteer)
        self._bearing = Bearing(gazetteer)
        self._geocoder = Offline(gazetteer)
        self._evidence = evidence
        self._answers: dict[Ask, _Answer] = {}
        self._told: set[str] = set()

    def placed(self, asked: pd.DataFrame, file: str, lines: np.ndarray) -> Placed:
        """Find the place of each row.

        A position goes before a name. It is that of a place of the gazetteer which bears the name and within whose
        radius, with `radius_km`, it lies; else of a place of the collection's own. A name alone is geocoded; where it is
        not known, or several places bear it, the row has no place.

        Args:
            asked: A column for each field of `Ask`, as `asks` makes it.
            file: What notices call the file.
            lines: Of each row, where a person finds it.
        """
        number, first = numbered(*(asked[name].to_numpy() for name in Ask._fields))
        columns = (asked[name].to_numpy()[first].tolist() for name in Ask._fields)
        uniques = [_comparable(ask) for ask in map(Ask._make, zip(*columns, strict=True))]
        if len(self._answers) > MOST_KEPT:
            self._answers.clear()
            self._told.clear()
        self._answer([ask for ask in uniques if ask not in self._answers])
        answers = [self._answers[ask] for ask in uniques]
        ids = np.array([answer.place_id for answer in answers] + [""], dtype=object)
        own = {answer.place_id: answer.row for answer in answers if answer.row}
        notices = self._notices(answers, file, lines[first])
        frame = pd.DataFrame(list(own.values()), columns=list(MADE["places"]), dtype=object)
        return Placed(ids[number], frame, notices)

    def _notices(self, answers: list[_Answer], file: str, lines: np.ndarray) -> tuple[Notice, ...]:
        told = []
        for answer, line in zip(answers, lines, strict=True):
            if answer.said and answer.said not in self._told:
                self._told.add(answer.said)
                told.append(Notice(file, int(line), answer.said))
        return tuple(told)

    def _answer(self, asked: list[Ask]) -> None:
        found = dict(zip(asked, map(self._one, asked), strict=True))
        for ask, own in written({ask: answer.own for ask, answer in found.items() if answer.own}).items():
            said = "; ".join(filter(None, (found[ask].said, own.said)))
            found[ask] = _Answer(found[ask].place_id, said=said, row=own.row)
        self._answers |= found

    def _one(self, ask: Ask) -> _Answer:
        if np.isnan(ask.lon) or np.isnan(ask.lat):
            return self._by_name(ask)
        return self._in_area(ask) if ask.area in AREAS else self._at_point(ask)

    def _at_point(self, ask: Ask) -> _Answer:
        near = self._bearing.point_near(ask.name, ask.lon, ask.lat, ask.radius_km)
        if near:
            return _Answer(near.place_id)
        own = own_place(
            ask.name, ask.country, ask.lon, ask.lat, PlaceKind(ask.area), ask.radius_km, self._evidence
        )
        apart = self._bearing.nearest_point(ask.name, ask.country, self._about, ask.lon, ask.lat)
        said = ""
        if apart:
            km = kilometres_to(apart, ask.lon, ask.lat)
            said = (
                f"{ask.name!r} is at {ask.lon:g}, {ask.lat:g} here and at {apart.lon:g}, {apart.lat:g} in the "
                f"gazetteer ({apart.place_id}), {km:.0f} km apart; the position here is taken"
            )
        return _Answer(own.place_id, own, said)

    def _in_area(self, ask: Ask) -> _Answer:
        name = ask.within or ask.name
        if ask.area == PlaceKind.COUNTRY:
            found = self.countries.place(ask.country)
            if found is None:
                # The middle of a country is where nothing was.
                return _Answer("", said=f"{name!r} is no country that is known; {UNPLACED}")
        else:
            found = self._bearing.area_near(
                name, ask.country, ask.lon, ask.lat, PlaceKind(ask.area), ask.radius_km
            )
        if found:
            return _Answer(found.place_id)
        own = own_place(name, ask.country, ask.lon, ask.lat, PlaceKind.REGION, ask.radius_km, self._evidence)
        return _Answer(own.place_id, own)

    def _by_name(self, ask: Ask) -> _Answer:
        if not ask.name:
            return _Answer("")
        countries = (ask.country,) if ask.country else self._about
        match = self._geocoder.geocode([ask.name], countries=countries)[0]
        if match.place and is_meant(match.place, match.how, ask.name):
            return _Answer(match.place.place_id)
        if match.place:
            why = f"is in the gazetteer only as {match.place.name!r}"
        elif match.how in {How.AMBIGUOUS, How.UNLIKELY} and match.candidates:
            why = f"may be any of several places ({_likely(match.candidates)})"
        else:
            why = "is not in the gazetteer"
        return _Answer("", said=f"{ask.name!r} {why}; {UNPLACED} ({_TODO})")


def _likely(candidates: Sequence[Place]) -> str:
    """Name the likeliest places with their countries, those that are called alike once with how many they are."""
    called = Counter(
        f"{place.name} ({place.country})" if place.country else place.name for place in candidates
    )
    told = [f"{number} x {name}" if number > 1 else name for name, number in called.items()]
    return ", ".join([*told[:_MOST_LIKELY], *(["..."] if len(told) > _MOST_LIKELY else [])])


def _comparable(ask: Ask) -> Ask:
    """Make two asks without a position the same: NaN is not itself, but this one object of it is."""
    return ask if ask.lon == ask.lon and ask.lat == ask.lat else ask._replace(lon=np.nan, lat=np.nan)
