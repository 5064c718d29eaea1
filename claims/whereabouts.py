"""Which of the places that claims say is an event's, and which of them do not meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.plane import KM_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

OUTLINE_KM: Final = 3.0
"""How far an outline may be off: the accuracy of Natural Earth 1:10m, of which most of them are made."""

AREA: Final = {1: 0.0, 2: 25.0, 3: 0.0}
"""Least radius in km of a claim's place by geo_precision: UCDP's where_prec 2 is "within 25 km"
(UCDP GED Codebook); a region (3) brings its own radius."""


def _areas(claims: pd.DataFrame, column: str, places: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that name a place in a column, with its lon, lat, radius_km and geometry."""
    named = claims.loc[claims[column].ne(""), ["event", "root", column, "geo_precision"]]
    areas = named.join(places[["lon", "lat", "radius_km", "geometry"]], on=column)
    least = areas["geo_precision"].map(AREA).fillna(0.0)
    areas["radius_km"] = areas["radius_km"].clip(lower=least)
    return areas


def most_precise(claims: pd.DataFrame, column: str, places: pd.DataFrame) -> pd.Series:
    """Return each event's most precise place that no independent source conflicts with."""
    areas = _areas(claims, column, places)
    areas = areas.sort_values(["geo_precision", "radius_km"], kind="stable")
    best = areas.drop_duplicates("event").set_index("event")[column]
    for event, group in _several(areas, column):
        best[event] = _uncontested(group, column)
    return best


def _several(areas: pd.DataFrame, column: str) -> Iterator[tuple[int, pd.DataFrame]]:
    """Give the areas of each event that has several places, the only ones that can be apart."""
    places = areas.groupby("event")[column].transform("nunique")
    yield from areas[places > 1].groupby("event")


def _uncontested(areas: pd.DataFrame, column: str) -> str:
    """Of one event's areas, most precise first: the first that no other root's area fails to meet."""
    for _, area in areas.iterrows():
        others = areas[areas["root"].ne(area["root"])]
        if _meet(area, others).all():
            return str(area[column])
    return str(areas[column].iloc[0])


def places_apart(claims: pd.DataFrame, column: str, places: pd.DataFrame) -> list[tuple[int, str]]:
    """Return the event and place_id of each place in a column that does not meet another of its event."""
    areas = _areas(claims, column, places).sort_values(["geo_precision", "radius_km"], kind="stable")
    return [
        (event, str(area[column]))
        for event, group in _several(areas.drop_duplicates(["event", column]), column)
        for _, area in group.iterrows()
        if not _meet(area, group).all()
    ]


def _meet(area: pd.Series, others: pd.DataFrame) -> pd.Series:
    """Say which areas an area touches: circles around points, and outlines where places have them."""
    lon, lat = np.radians(float(area["lon"])), np.radians(float(area["lat"]))
    lons, lats = np.radians(others["lon"].astype(float)), np.radians(others["lat"].astype(float))
    # Between centres, in km on the sphere (haversine).
    half = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    distance = 12742.0 * np.arcsin(np.sqrt(half.clip(upper=1.0)))
    meets = distance <= others["radius_km"] + float(area["radius_km"])
    for row, other in others.iterrows():
        if not _is_point(area) or not _is_point(other):
            meets[row] = _outlines_meet(area, other)
    return meets


def _is_point(area: pd.Series) -> bool:
    return bool(area["geometry"].geom_type == "Point")


def _outlines_meet(one: pd.Series, other: pd.Series) -> bool:
    """Say whether two places touch of which one has an outline at least.

    A degree is taken to be as short as it is east to west at the higher latitude: where in doubt, they meet.
    """
    top = max(abs(float(place["lat"])) for place in (one, other))
    gap = float(one["geometry"].distance(other["geometry"])) * KM_PER_DEGREE * np.cos(np.radians(top))
    reach = sum(float(place["radius_km"]) if _is_point(place) else OUTLINE_KM for place in (one, other))
    return bool(gap <= reach)
