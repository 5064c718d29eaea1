"""Make the published edition of a collection: one that simply lacks what is not for publication.

Everything that is drawn, computed or written is made of it, so that no surface has to know what it must not show.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from claims.digest import STORY, digest_of_tables
from claims.model import OPTIONAL_TABLES, TABLES, Edition, Publication
from claims.publication.alike import withheld_alike
from claims.publication.asof import refuse_day, today_in
from claims.publication.echoes import Echoes
from claims.publication.own import withhold_own
from claims.publication.sought import ids_unpublished, withheld_texts
from claims.publication.titles import refuse_titles
from claims.publication.traces import remove_traces, rename_ids
from claims.publication.withholding import (
    coarsen_positions,
    drop_unnamed,
    unpublished_of,
    withhold_cells,
    without_claims,
)
from claims.publication.words import published_facts, published_story
from claims.publication.zooms import pointing
from claims.typedtables import HEADERS, as_text, table_of
from claims.writtenfacts import facts_text
from claims.writtenstory import story_text
from geo.files.csvwriting import TEXT, csv_pieces
from geo.placewriting import outline_of, place_row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from claims.model import Collection
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["Since", "published", "published_since", "today_in"]

_NOTHING: Final = Publication()


def published(
    collection: Collection, gazetteer: Gazetteer, day: dt.date, name: str = ""
) -> tuple[Collection, Gazetteer]:
    """Give the edition that is published on a day; a published edition stays as it is.

    What its column `withheld` and the section [publication] of collection.toml name is taken out, and so is every text that
    repeats it (`claims.publication.echoes`), what only it names, and ids that spell it. docs/publishing.md tells of all.

    Args:
        collection: Whole, as it was read.
        gazetteer: Holds every place_id.
        day: On which it is published: what is delayed longer is not in it.
        name: By which its neutral ids are told from those of other collections; its own where it is not said.

    Returns:
        The edition, whose `edition` says how much it lacks, and its places.

    Raises:
        BordermapError: The title of the collection repeats what is not for publication, or no edition can be of that day.
    """
    if collection.edition is not None:
        return collection, gazetteer
    made = _made(collection, gazetteer, day, name or collection.name)
    return made.collection, made.gazetteer


@dataclasses.dataclass(frozen=True, slots=True)
class _Made:
    """An edition, its places, and what is in no text that leaves."""

    collection: Collection
    gazetteer: Gazetteer
    echoes: Echoes


def _made(collection: Collection, gazetteer: Gazetteer, day: dt.date, name: str) -> _Made:
    publication = collection.facts.publication or _NOTHING
    gone = unpublished_of(collection, publication, day)
    refuse_day(collection, gone, day)
    tables = without_claims(collection, publication, gone)
    before = set(tables.frames["claims"]["claim_id"])
    withhold_cells(tables, collection, publication)
    found = coarsen_positions(tables, gazetteer, publication)
    texts, days = withheld_texts(tables, collection, gazetteer, gone, found, publication)
    echoes = Echoes(texts, days)
    refuse_titles(collection, gazetteer, publication, day, echoes)
    tables.withhold_echoes(echoes)
    withhold_own(tables, collection, gazetteer)
    drop_unnamed(tables)
    named = Echoes(texts, [*days, *ids_unpublished(tables, collection)])
    tables.withhold_named_ids(named)
    remove_traces(tables, collection, publication, echoes)
    places, own, ids = rename_ids(tables, collection, gazetteer, found, publication, echoes, named, name)
    km, coarse = publication.coarsen_km, bool(found.withheld)
    points = pointing(collection, gazetteer, tables.frames["claims"], places)
    facts = published_facts(collection, tables.frames, places, named, day, km, points, coarse=coarse)
    story = published_story(collection.story, facts, tables.frames, named, ids, km, points, coarse=coarse)
    made = dataclasses.replace(
        collection,
        facts=facts,
        story=story,
        withheld={},
        edition=Edition(
            day, int(gone.sum()), len(tables.lacking & before), publication.coarsen_km, publication.delay_days
        ),
        **tables.frames,
    )
    return _Made(_with_files(made, own), places, named)


@dataclasses.dataclass(frozen=True, slots=True)
class Since:
    """The published edition of a collection beside that of an earlier version of it.

    Attributes:
        edition: The later one, with its places.
        before: The earlier one, likewise, without what the later version withholds either (`claims.publication.alike`).
    """

    edition: tuple[Collection, Gazetteer]
    before: tuple[Collection, Gazetteer]
    _echoes: Echoes

    def told(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Give the lines of what changed that do not repeat what either version withholds."""
        return tuple(line for line in lines if not self._echoes.is_in(line))


def published_since(
    later: tuple[Collection, Gazetteer], earlier: tuple[Collection, Gazetteer], day: dt.date
) -> Since:
    """Give the published edition of a collection and of an earlier version, for telling what changed.

    Args:
        later: Whole, with its places.
        earlier: Likewise.
        day: On which they are published.

    Raises:
        BordermapError: As `published` does.
    """
    new, old = later[0], earlier[0]
    if new.edition is not None:
        return Since(later, published(*earlier, day), Echoes(()))
    made = _made(*later, day, new.name)
    return Since(
        (made.collection, made.gazetteer),
        published(withheld_alike(old, new, earlier[1], later[1]), earlier[1], day),
        made.echoes,
    )


def _with_files(collection: Collection, own: list[Place]) -> Collection:
    """Give the edition with the files that its folder holds, and their digest."""
    files = {"collection.toml": facts_text(collection.facts).encode()}
    if collection.story is not None:
        files[STORY] = story_text(collection.story).encode()
    if own:
        rows = [place_row(place) for place in own]
        table = pa.table({name: pa.array([row[name] for row in rows], TEXT) for name in HEADERS["places"]})
        files["places.csv"] = b"".join(csv_pieces(table))
    if outlines := [outline_of(place) for place in own if place.shape is not None]:
        outlined = {"type": "FeatureCollection", "features": outlines}
        files["areas.geojson"] = json.dumps(outlined, ensure_ascii=False).encode()
    tables = {}
    for name in TABLES | OPTIONAL_TABLES:
        frame = getattr(collection, name)
        if name in TABLES or len(frame):
            typed = table_of(frame, name)
            tables[name] = pa.table([as_text(column) for column in typed.columns], names=typed.column_names)
    return dataclasses.replace(collection, files=files, digest=digest_of_tables(tables, files))
