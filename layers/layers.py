"""All layers of a collection at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.events import events_of
from layers.context import context
from layers.crossings import crossings
from layers.deployments import deployments
from layers.frames import places_frame
from layers.withdrawals import withdrawals

if TYPE_CHECKING:
    import geopandas as gpd

    from claims.model import Collection
    from geo.gazetteer import Gazetteer


def layers_of(collection: Collection, gazetteer: Gazetteer) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers by name, in the order in which they are listed.

    Args:
        collection: With its claims.
        gazetteer: Holds every place_id of the claims.
    """
    places = places_frame(gazetteer)
    events = events_of(collection.claims, collection.events, places, collection.sources)
    layers = {
        "crossings": crossings,
        "withdrawals": withdrawals,
        "deployments": deployments,
        "context": context,
    }
    return {name: drawn(events, places, gazetteer) for name, drawn in layers.items()}
