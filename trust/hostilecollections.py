"""Collections that hold a hostile text in every text of theirs: in memory, with ids too, and as a folder may hold it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.model import OPTIONAL_TABLES, TABLES
from claims.story import Step, Story
from geo.gazetteer import Gazetteer
from trust.hostiletables import delimited, in_toml

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from collections_made import (
    ABOUT_2000,
    FROM_ELVAS,
    ON_THE_SEVENTH,
    collection_of,
    make,
    small_gazetteer,
    write_table,
)  # type: ignore[import-not-found]

if TYPE_CHECKING:
    import pandas as pd

    from claims.model import Collection, Facts
    from geo.places import Place
    from trust.hostiletexts import Texts

__all__ = ["PER_EVENT", "collection_in_memory", "folder_of"]

PER_EVENT: Final = 30
"""Texts that an event has at least, with its two claims and its source."""

_ALL: Final = TABLES | OPTIONAL_TABLES
_CHECKED: Final = frozenset({("actors", "type"), ("actors", "side"), ("sides", "side"), ("imports", "row")})
"""Columns of text of which a folder may not hold any: their cells are held against others, or are JSON."""

_FACTS: Final = (
    "title",
    "title_ar",
    "about",
    "about_ar",
    "licence",
    "licence_ar",
    "citation",
    "citation_ar",
    "version",
)
_PLACE: Final = ("name", "name_ar", "source", "note")
_STEPS: Final = 3
_STEP: Final = ("headline", "headline_ar", "text", "text_ar")

STAYING: Final = {
    "kind": "deployment",
    "place_id": "badajoz",
    "geo_precision": "2",
    "date_start": "2024-12-01",
    "date_end": "2024-12-20",
    "date_kind": "throughout",
}
ADDRESSES: Final = (
    "https://example.org/a",
    "http://example.org/b?<script>",
    "https://example.org/c?x=%22onmouseover%3d",
)


def _rows(events: int) -> dict[str, Any]:
    """Give a crossing of two claims and a source for each event but the last two, which are a deployment and a withdrawal of no day."""
    crossing = {**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "crossing_id": "caia", "actors": "walkers"}
    claims = [
        {**crossing, "event_id": f"e{at}", "source_id": f"s{at}", "root": f"root {number}"}
        for at in range(1, events + 1)
        for number in (1, 2)
    ]
    staying = {**STAYING, "event_id": f"e{events + 1}", "actors": "a2"}
    left = {"event_id": f"e{events + 2}", "kind": "withdrawal", "origin_id": "madrid", "geo_precision": "1"}
    return {
        "sources": [{"url": ADDRESSES[at % len(ADDRESSES)]} for at in range(events)],
        "actors": [{}, {"name": "Riders"}],
        "events": [
            *({"title": f"Event {at}"} for at in range(1, events + 1)),
            {"kind": "deployment"},
            {"kind": "withdrawal"},
        ],
        "claims": [*claims, staying, left],
    }


# ---- in memory


def collection_in_memory(
    folder: Path, texts: Texts, events: int, *, ids: bool = True
) -> tuple[Collection, Gazetteer]:
    """Make a collection and its gazetteer with a payload in every text of both, in its facts and its story, and in every id.

    Args:
        folder: Where it is written before, without payloads.
        texts: The payloads.
        events: How many crossings, of two claims each.
        ids: Whether ids, and the time zone, have payloads too, which no file may hold.
    """
    calm: Collection = collection_of(
        folder, small_gazetteer(), sides=({"side": "none", "name": "Nobody"},), **_rows(events)
    )
    names = _Names(texts if ids else None)
    tables = {name: _poisoned(getattr(calm, name), name, texts, names) for name in _ALL}
    tables["sides"]["side"] = tables["actors"]["side"].iloc[0]
    collection = dataclasses.replace(
        calm, facts=_facts(calm.facts, texts, ids=ids), story=_story(texts, names), **tables
    )
    places = [_place(place, texts, names) for place in small_gazetteer()]
    return collection, Gazetteer({place.place_id: place for place in places})


class _Names:
    """Ids with a payload after each, the same for the same wherever it stands."""

    def __init__(self, texts: Texts | None) -> None:
        self._texts = texts
        self._known: dict[str, str] = {}

    def of(self, name: str, field: str) -> str:
        if not name or self._texts is None:
            return name
        self._texts.fields.add(field)
        if name not in self._known:
            self._known[name] = name + self._texts.of_utf8(field).replace(";", ",")
        return self._known[name]


def _poisoned(table: pd.DataFrame, name: str, texts: Texts, names: _Names) -> pd.DataFrame:
    made = table.copy()
    for column in _ALL[name]:
        field = f"{name}.{column.name}"
        if column.cell == "text":
            made[column.name] = [texts.of_utf8(field) for _ in range(len(made))]
        elif column.cell == "url":  # some that lead to the web stay
            made[column.name] = [
                cell if at % 3 == 0 else texts.of_utf8(field) for at, cell in enumerate(made[column.name])
            ]
        elif column.cell in {"id", "ids"}:
            made[column.name] = [
                ";".join(names.of(part, field) for part in cell.split(";")) for cell in made[column.name]
            ]
    return made


def _facts(facts: Facts, texts: Texts, *, ids: bool) -> Facts:
    names = (*_FACTS, "timezone") if ids else _FACTS
    return dataclasses.replace(facts, **{name: texts.of_utf8(f"collection.{name}") for name in names})


def _story(texts: Texts, names: _Names) -> Story:
    steps = tuple(
        Step(
            day=dt.date(2024, 12, 7),
            event=names.of("e1", "step.event"),
            **{name: texts.of_utf8(f"step.{name}") for name in _STEP},
        )
        for _ in range(_STEPS)
    )
    return Story(texts.of_utf8("story.title"), texts.of_utf8("story.title_ar"), steps)


def _place(place: Place, texts: Texts, names: _Names) -> Place:
    return dataclasses.replace(
        place,
        place_id=names.of(place.place_id, "places.place_id"),
        aliases=(texts.of_utf8("places.aliases"),),
        **{name: texts.of_utf8(f"places.{name}") for name in (*_PLACE, "geonames_id")},
    )


# ---- in a folder


def folder_of(folder: Path, texts: Texts, events: int) -> Path:
    """Write a collection with a payload in every text that a folder may hold; give the folder."""
    rows = _rows(events)
    for table, columns in TABLES.items():
        held = [one for one in columns if (table, one.name) not in _CHECKED]
        rows[table] = [{**row, **_cells(table, held, texts)} for row in rows[table]]
    facts = {name: in_toml(texts.in_files(f"collection.{name}")) for name in _FACTS}
    side = {"side": "none", "name": texts.in_files("sides.name"), "name_ar": texts.in_files("sides.name_ar")}
    made: Path = make(folder, facts=facts, sides=(side,), **rows)
    row = {
        "claim_id": "c1",
        "row": json.dumps({texts.in_files("imports.row"): texts.in_files("imports.row")}),
    }
    write_table(
        made / "imports.csv",
        [
            row
            | {
                name: texts.in_files(f"imports.{name}")
                for name in ("dataset", "row_id", "row_version", "file", "made")
            }
        ],
    )
    (made / "places.csv").write_bytes(delimited(_places(texts), ","))
    (made / "story.toml").write_text(_told(texts), encoding="utf-8")
    return made


def _cells(table: str, columns: list[Any], texts: Texts) -> dict[str, str]:
    cells = {
        one.name: texts.in_files(f"{table}.{one.name}", without=";" if one.name == "aliases" else "")
        for one in columns
        if one.cell == "text"
    }
    addresses = {
        one.name: "https://example.org/" + "".join(texts.in_files(f"{table}.{one.name}").split())
        for one in columns
        if one.cell == "url"
    }
    return cells | addresses


def _places(texts: Texts) -> list[dict[str, Any]]:
    named = {"elvas", "badajoz", "caia", "madrid"}
    return [
        {
            **{
                name: getattr(place, name)
                for name in ("place_id", "kind", "country", "lon", "lat", "radius_km")
            },
            **{name: texts.in_files(f"places.{name}") for name in _PLACE},
            "aliases": texts.in_files("places.aliases", without=";"),
            "geonames_id": "",
            "checked": "no",
        }
        for place in small_gazetteer()
        if place.place_id in named
    ]


def _told(texts: Texts) -> str:
    head = [f"{name} = {in_toml(texts.in_files(f'story.{name}'))}\n" for name in ("title", "title_ar")]
    steps = [
        "[[step]]\nday = 2024-12-07\nevent = 'e1'\n"
        + "".join(f"{name} = {in_toml(texts.in_files(f'step.{name}'))}\n" for name in _STEP)
        for _ in range(_STEPS)
    ]
    return "".join([*head, *steps])
