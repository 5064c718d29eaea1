"""The places of a published edition: those that claims name, with circles in the stead of what is not told so surely."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.model import ROLES
from claims.publication.columns import STAND_IN, STAND_IN_AR
from claims.publication.known import widened
from geo.coarse import coarse, is_surer
from geo.gazetteer import Gazetteer, PlaceKind, shipped_gazetteer
from geo.phrasing.relations import spelled
from geo.world import PREFIXES, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from claims.model import Publication
    from claims.publication.echoes import Echoes
    from geo.places import Place

__all__ = ["Coarsened", "coarsened", "published_places", "texts_telling"]

NEAR_KM: Final = 25.0
"""Within so many km a claim is of what is near (geo_precision 2; UCDP's where_prec 2), farther off of a region (3)."""

_ROUTE: Final = "route"


@dataclass(frozen=True, slots=True)
class Coarsened:
    """What becomes of the places of claims.

    Attributes:
        claims: With the ids of circles in the stead of theirs.
        places: The circles, by their ids.
        withheld: The places that they stand for.
        rows: Whether each claim names one of those.
    """

    claims: pd.DataFrame
    places: Mapping[str, Place] = field(default_factory=dict)
    withheld: tuple[Place, ...] = ()
    rows: pd.Series = field(default_factory=lambda: pd.Series(dtype=bool))


def coarsened(claims: pd.DataFrame, gazetteer: Gazetteer, publication: Publication) -> Coarsened:
    """Put circles in the stead of places that are surer than is published; a route that is one goes.

    Args:
        claims: `Collection.claims`.
        gazetteer: Holds every place_id.
        publication: Says how sure is published, and of which places.
    """
    none = pd.Series(data=False, index=claims.index)
    if publication.coarsen_km is None:
        return Coarsened(claims, rows=none)
    ids = pd.unique(pd.concat([claims[f"{role}_id"] for role in ROLES]))
    named = [gazetteer[place_id] for place_id in ids if place_id]
    hidden = {place.place_id: place for place in named if _is_hidden(place, gazetteer, publication)}
    if not hidden:
        return Coarsened(claims, rows=none)
    circles = {
        place_id: coarse(
            place, publication.coarsen_km, _country(place, gazetteer), _distance(place, publication)
        )
        for place_id, place in hidden.items()
    }
    becomes = {place_id: circle.place_id for place_id, circle in circles.items()}
    touched, moved, widest = none, claims, pd.Series(data=0.0, index=claims.index)
    for role in ROLES:
        column = f"{role}_id"
        rows = claims[column].isin(hidden)
        ids = claims[column].where(~rows, "" if role == _ROUTE else claims[column].map(becomes))
        moved = moved.assign(**{column: ids})
        if not publication.names_kept or role == _ROUTE:
            moved = moved.assign(**{role: moved[role].mask(rows, "")})
        touched |= rows
        radii = claims[column].map({place_id: circle.radius_km for place_id, circle in circles.items()})
        widest = widest.where(~rows, widest.combine(radii.fillna(0.0), max))
    placed = moved[[f"{role}_id" for role in ROLES]].ne("").any(axis="columns")
    least = widest.map(lambda km: 2.0 if km <= NEAR_KM else 3.0)
    precision = claims["geo_precision"].where(~touched, claims["geo_precision"].clip(lower=least))
    moved = moved.assign(geo_precision=precision.where(placed))
    shown = {circle.place_id: circle for place_id, circle in circles.items()}
    return Coarsened(moved, shown, tuple(hidden.values()), touched)


def _is_hidden(place: Place, gazetteer: Gazetteer, publication: Publication) -> bool:
    """Tell whether a place is told more surely than is published, or is told by one that is."""
    phrase = spelled(place.place_id)
    bases = [base for name in phrase.names if (base := gazetteer.get(name))] if phrase else []
    if any(_is_hidden(base, gazetteer, publication) for base in bases):
        return True
    chosen = publication.coarsen_places
    assert publication.coarsen_km is not None
    if chosen is not None:
        return place.place_id in chosen
    return place.kind is not PlaceKind.COUNTRY and is_surer(place, publication.coarsen_km)


def _distance(place: Place, publication: Publication) -> float:
    """Give by how many km a place is made coarse."""
    assert publication.coarsen_km is not None
    at = (place.lon, place.lat, place.country)
    return widened(*at, publication.coarsen_km, publication.coarsen_known)


def _country(place: Place, gazetteer: Gazetteer) -> tuple[str, str]:
    """Give the name of a place's country, and that in Arabic; its code where nothing is called so."""
    if not place.country:
        return "", ""
    listed = (one for one in gazetteer if one.kind is PlaceKind.COUNTRY and one.country == place.country)
    found = next(listed, None) or gazetteer.get(f"country-{place.country.lower()}")
    return (found.name, found.name_ar) if found else (place.country, place.country)


def texts_telling(place: Place) -> list[str]:
    """Give the texts that tell a place: its spellings, its ids, and its position to a hundredth of a degree."""
    degrees = [
        text for value in (place.lon, place.lat) if len(text := _cut(value).replace("-", "")) > len("0.00")
    ]
    return [
        *place.spellings,
        *([] if ":" in place.place_id else [place.place_id]),
        place.geonames_id,
        *degrees,
    ]


def _cut(value: float) -> str:
    """Write a degree to a hundredth, without rounding: it is the beginning of how it is written more exactly."""
    whole, _, part = f"{value:.6f}".partition(".")
    return f"{whole}.{part[:2]}"


def published_places(
    gazetteer: Gazetteer,
    found: Coarsened,
    columns: Iterable[str],
    echoes: Echoes,
    neutral: Callable[[str], str],
) -> tuple[Gazetteer, list[Place], dict[str, str]]:
    """Give the places of the edition, those of them that it brings itself, and the new ids of those whose id tells too much.

    A place that is shipped stays on the map whether or not claims name it: a gap would tell more than a name.

    Args:
        gazetteer: Of the collection.
        found: Of its claims.
        columns: Of places.csv, that are withheld of the places that the collection brings.
        echoes: Of what is withheld.
        neutral: Gives an id that tells nothing in the stead of one.
    """
    shipped, withheld = {place.place_id: place for place in shipped_gazetteer()}, frozenset(columns)
    listed = {place.place_id: place for place in gazetteer if shipped.get(place.place_id) == place}
    held: dict[str, Place] = {}
    ids: dict[str, str] = {}
    named = (found.places.get(place_id) or gazetteer[place_id] for place_id in _named(found.claims))
    # By what is published of them, for the order of the claims that name them tells of those.
    for place in sorted(named, key=lambda one: (one.country, one.kind, one.lon, one.lat)):
        place_id = place.place_id
        if place_id in shipped or (place_id.startswith(PREFIXES) and place == world().get(place_id)):
            held[place_id] = place
            continue
        if place_id not in found.places and echoes.is_in(place_id):
            ids[place_id] = neutral(place_id)
        cleaned = _without(place, withheld, echoes)
        held[ids.get(place_id, place_id)] = replace(cleaned, place_id=ids.get(place_id, place_id))
    brought = [place for place_id, place in held.items() if place_id not in listed and ":" not in place_id]
    own = [
        place
        for place in brought
        if not place.place_id.startswith(PREFIXES) or place != world().get(place.place_id)
    ]
    return Gazetteer(listed | held), own, ids


def _named(claims: pd.DataFrame) -> list[str]:
    """List the places that claims name, and those by which phrases among them are told."""
    ids = [
        place_id for place_id in pd.unique(pd.concat([claims[f"{role}_id"] for role in ROLES])) if place_id
    ]
    phrases = [phrase for place_id in ids if (phrase := spelled(place_id))]
    return list(dict.fromkeys([*ids, *(name for phrase in phrases for name in phrase.names)]))


def _without(place: Place, columns: frozenset[str], echoes: Echoes) -> Place:
    """Give a place of the collection's own without what is withheld of it."""

    def kept(column: str, text: str) -> str:
        return "" if column in columns or echoes.is_in(text) else text

    named = not (echoes.is_in(place.name) or echoes.is_in(place.name_ar))
    source = kept("source", place.source)
    return replace(
        place,
        name=place.name if named else STAND_IN,
        name_ar=kept("name_ar", place.name_ar) if named else STAND_IN_AR,
        aliases=() if "aliases" in columns else tuple(filter(partial(kept, "aliases"), place.aliases)),
        geonames_id=kept("geonames_id", place.geonames_id),
        source=source,
        checked=place.checked and bool(source),
        note=kept("note", place.note),
    )
