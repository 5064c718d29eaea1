"""What a phrase becomes: an area or a line told by other places, and never a point that looks exact."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import shapely
from shapely import Point

from geo.frontier import country_of
from geo.phrasing import shapes
from geo.phrasing.drawing import draw
from geo.phrasing.relations import FARTHEST_KM, Phrase, Relation, kilometres, place_id, spelled, table
from geo.places import Place, PlaceKind, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.phrasing.bases import Drawn

__all__ = ["derive", "from_id"]

_PAIRS: Final = frozenset({Relation.BETWEEN, Relation.ROUTE, Relation.BORDER, Relation.BORDER_SIDE})
_AREAS: Final = frozenset({PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.DISTRICT, PlaceKind.REGION})
_SAMPLES: Final = 64  # points of an outline of which the country is asked


def derive(phrase: Phrase, places: Sequence[Place]) -> Place | None:
    """Make the place that a phrase tells by others.

    Args:
        phrase: From `geo.phrases.parse`.
        places: The places of its names, in their order; of a border the two countries, also where it names fewer.

    Returns:
        A region, or the line of a way, with an outline marked schematic, an id that spells the phrase, and a radius as
        other places have; its country is "" where it may lie in several. None where the phrase makes no sense of these
        places, as the bank of a town, and of places that are themselves derived.
    """
    # Reports say "northern" this and that over and over. Places compare without their outlines, so these are told apart.
    return _derived(replace(phrase, names=()), tuple(places), tuple(id(place.shape) for place in places))


@lru_cache(maxsize=1024)
def _derived(phrase: Phrase, places: tuple[Place, ...], _: tuple[int, ...]) -> Place | None:
    bases = list({place.place_id: place for place in places}.values())
    count = 2 if phrase.relation in _PAIRS else 1
    if len(bases) != count or any(mark in base.place_id for base in bases for mark in ":;"):
        return None
    if phrase.distance_km is not None and not 0 < phrase.distance_km <= FARTHEST_KM:
        return None
    if phrase.relation is Relation.BORDER:
        bases.sort(key=lambda base: base.place_id)
    phrase = _settled(phrase, bases[0])
    drawn = draw(phrase, bases)
    outline = None if drawn is None else shapes.on_globe(drawn.outline)
    return None if drawn is None or outline is None else _place(phrase, bases, drawn, outline)


def from_id(derived_id: str, get: Callable[[str], Place | None]) -> Place | None:
    """Make the place again that `derive` made.

    Args:
        derived_id: Its id.
        get: Gives the place of an id that the gazetteer lists, or None.

    Returns:
        The same place; None where the id spells none, or names a place that is not there.
    """
    phrase = spelled(derived_id)
    if phrase is None:
        return None
    known = [base for base in map(get, phrase.names) if base is not None]
    derived = derive(phrase, known) if len(known) == len(phrase.names) else None
    return derived if derived is not None and derived.place_id == derived_id else None


def _settled(phrase: Phrase, base: Place) -> Phrase:
    """Decide what a phrase means that says one thing of a town and another of an area, a river or a road."""
    relation = phrase.relation
    if relation is Relation.SIDE:
        by_kind = {PlaceKind.RIVER: Relation.BANK, PlaceKind.ROAD: Relation.OF}
        relation = by_kind.get(base.kind, Relation.PART)
    elif relation is Relation.TOWARDS:
        relation = Relation.PART if base.kind in _AREAS else Relation.OF
    elif relation is Relation.OF and base.kind is PlaceKind.COUNTRY:
        # What lies outside of a country is told by the countries there.
        relation = Relation.PART
    return replace(phrase, relation=relation)


def _place(phrase: Phrase, bases: Sequence[Place], drawn: Drawn, outline: BaseGeometry) -> Place:
    rule = f"derived: {drawn.rule}"
    middle = drawn.wanted or shapely.centroid(drawn.outline)
    wanted = Point((middle.x + 180) % 360 - 180, middle.y)
    point = shapes.inner_point(outline, wanted)
    return Place(
        place_id=place_id(phrase, [base.place_id for base in bases]),
        name=_name(phrase, bases, "en"),
        name_ar=_name(phrase, bases, "ar"),
        kind=drawn.kind,
        country=_country(bases, drawn, outline),
        lon=round(point.x, shapes.DECIMALS),
        lat=round(point.y, shapes.DECIMALS),
        radius_km=max(round(drawn.size_km or shapes.size_km(outline), 1), 0.1),
        source=rule,
        shape=Shape(rule, schematic=True, geojson=shapes.geojson(outline)),
    )


def _name(phrase: Phrase, bases: Sequence[Place], language: str) -> str:
    """Say a phrase with the names that the bases have in a language; "" where one has none."""
    said = table()[language]
    names = [base.name_ar if language == "ar" else _within_a_sentence(base, phrase) for base in bases]
    towards = phrase.direction
    anywhere = f"{phrase.relation}_anywhere"
    template = said["names"][anywhere if towards is None and anywhere in said["names"] else phrase.relation]
    if not all(names):
        return ""
    name = str(
        template.format(
            **dict(zip("ab", names, strict=False)),
            **{kind: said[f"{kind}s"].get(towards, "") for kind in ("point", "adjective", "feminine")},
            km="" if phrase.distance_km is None else kilometres(phrase.distance_km),
        )
    )
    return name[0].upper() + name[1:]


def _within_a_sentence(base: Place, phrase: Phrase) -> str:
    """Write a name as in a sentence: its Arabic article small, an article before a river or a road."""
    article, hyphen, _ = base.name.partition("-")
    if hyphen and article.lower() in table()["en"]["articles"]:
        return base.name[0].lower() + base.name[1:]
    if base.kind in {PlaceKind.RIVER, PlaceKind.ROAD} and phrase.relation is not Relation.PART:
        return f"the {base.name}"
    return base.name


def _country(bases: Sequence[Place], drawn: Drawn, outline: BaseGeometry) -> str:
    """Give the country that the whole outline lies in, or ""; the sea before a shore is no other country."""
    if drawn.within:
        return bases[0].country
    codes = {base.country for base in bases}
    if len(codes) > 1 or "" in codes:
        return ""
    at = shapely.get_coordinates(outline)
    sampled = at[:: max(len(at) // _SAMPLES, 1)]
    met = {country_of(float(lon), float(lat)) for lon, lat in sampled}
    return codes.pop() if met <= {*codes, ""} else ""
