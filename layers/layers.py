"""All layers of a collection at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.events import events_of
from claims.versions import versions_of
from layers.context import context
from layers.crossings import crossings
from layers.deployments import deployments
from layers.frames import places_frame
from layers.withdrawals import withdrawals

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from claims.model import Collection
    from geo.gazetteer import Gazetteer


def layers_of(collection: Collection, gazetteer: Gazetteer) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers by name, in the order in which they are listed.

    Args:
        collection: With its claims.
        gazetteer: Holds every place_id of the claims.
    """
    places = places_frame(gazetteer)
    return _drawn(events_of(collection.claims, collection.events, places), places, gazetteer)


def versions_drawn(collection: Collection, gazetteer: Gazetteer) -> dict[str, gpd.GeoDataFrame]:
    """Return all versions of the layers' events, drawn as `layers_of` draws the last ones.

    Returns:
        The layers by name, with the columns of `layers.frames.COLUMNS` and after them event_id, known_from and
        last, from `claims.versions.versions_of`; not indexed by event_id, because an event has as many rows as
        versions.
    """
    places = places_frame(gazetteer)
    versions = versions_of(collection.claims, collection.events, places).frame()
    heads = versions[["event_id", "known_from", "last"]]
    drawn = _drawn(versions, places, gazetteer)
    return {name: layer.assign(**heads.loc[layer.index]) for name, layer in drawn.items()}


def _drawn(events: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, gpd.GeoDataFrame]:
    return {
        "crossings": crossings(events, places, gazetteer),
        "withdrawals": withdrawals(events, places, gazetteer),
        "deployments": deployments(events, places),
        "context": context(events, places),
    }
