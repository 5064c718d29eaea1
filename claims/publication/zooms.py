"""Whether a view of the map points at a place that is not published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from claims.derived import Places
    from claims.model import Collection

__all__ = ["View", "pointing"]

View = tuple[float, float, float, float]
"""West, south, east, north in degrees (EPSG:4326)."""


def pointing(
    collection: Collection, places: Places, claims: pd.DataFrame, published: Places
) -> Callable[[View], bool]:
    """Give what tells whether a view points at what is not published, for no published position lies in it.

    Where all places are published that claims name, no view does. A name without a position is one that nobody placed: the
    view may do so.

    Args:
        collection: Whole.
        places: Its places.
        claims: Of the edition.
        published: Its places.
    """
    shown = _positions(claims, published)
    names = {name for role in ROLES for name in collection.claims[role].unique()}
    lacking = names - {name for role in ROLES for name in claims[role].unique()} - {""}
    if not lacking and _positions(collection.claims, places) <= shown:
        return lambda _: False

    def points(view: View) -> bool:
        west, south, east, north = view
        return not any(west <= lon <= east and south <= lat <= north for lon, lat in shown)

    return points


def _positions(claims: pd.DataFrame, places: Places) -> set[tuple[float, float]]:
    """Give the longitude and latitude of all places that claims name."""
    ids = {one for role in ROLES for one in claims[f"{role}_id"].unique() if one}
    return {(place.lon, place.lat) for one in ids if (place := places.get(one))}
