"""From a text of the store to a reviewer's desk: it is read by the rules, and by a model where one is asked, its toponyms placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.articles.asked.asking import Asking
from claims.articles.asked.endpoint import ModelError
from claims.articles.asked.reader import ModelReader
from claims.articles.reader import Reader
from claims.model import Kind
from dashboard.review.actors import Actors
from dashboard.review.desk import Desk
from dashboard.review.items import items_of
from dashboard.review.whereabouts import ENDS, Whereabouts
from dashboard.words import words_in
from geo.geocode import Offline
from geo.world import world

if TYPE_CHECKING:
    import datetime as dt

    from claims.articles.asked.endpoint import Endpoint
    from claims.model import Collection
    from claims.store import KeptText, Store
    from geo.gazetteer import Gazetteer

__all__ = ["desk_of"]


def desk_of(
    store: Store,
    name: str,
    kept: KeptText,
    endpoint: Endpoint | None = None,
    read: tuple[Collection, Gazetteer] | None = None,
) -> Desk:
    """Lay out a text of a collection.

    Args:
        store: Holds the collection.
        name: The collection's.
        kept: The text.
        endpoint: A model that is asked too; what it does not answer, or not as it should, the desk notes.
        read: The collection with its places, where it has been read as it is now.

    Raises:
        BordermapError: The collection cannot be read.
    """
    collection, gazetteer = read or store.read_with_places(name)
    source = collection.sources.set_index("source_id").loc[kept.source_id]
    published: dt.date = source["published"].date()
    outlet = str(source["outlet"])
    geocoder = Offline(gazetteer)
    actors = collection.actors.fillna("").to_dict("records")
    known = (gazetteer, world(), geocoder, actors)
    row = {"source_id": kept.source_id, "outlet": outlet, "published": published.isoformat()}
    items = items_of(Reader(*known).read(kept.text, kept.language, published, outlet=outlet), row)
    notes: list[str] = []
    if endpoint:
        try:
            made = ModelReader(*known).read(
                Asking(endpoint), kept.text, kept.language, published, outlet=outlet
            )
        except ModelError as error:
            notes.append(str(error))
        else:
            items += items_of(made.proposals, row)
            notes += map(str, made.refusals)
    toponyms = [item.cells.get(role, "") for item in items for role in ENDS]
    words = words_in(kept.language)
    kinds = {str(kind): words.kind(kind) for kind in Kind}
    where = Whereabouts(gazetteer, geocoder, toponyms)
    return Desk(store, name, kept, items, where, Actors(actors, kept.language), kinds, notes)
