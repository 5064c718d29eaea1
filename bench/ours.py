"""Take made-up claims into a collection and a gazetteer of bordermap's own, and count what its page must draw."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pandas as pd
from shapely.geometry import Polygon, mapping

from bench.synthetic import DAYS, FIRST_DAY, Tables
from bench.synthetic_places import VIEW
from claims.checks import check_tables
from claims.model import TABLES, Collection, Facts, Mode
from claims.tables import Table, typed
from geo.errors import Fault, FaultsError
from geo.gazetteer import Gazetteer, Place, PlaceKind, Shape
from layers.page import build_page

MARGIN = 0.5
"""Degrees around the made-up places that the page's view holds too, so that every mark is in it whole."""


def gazetteer(made_up: pd.DataFrame, areas: dict[str, list[tuple[float, float]]]) -> Gazetteer:
    """Make a gazetteer of the made-up places and the rings of their regions."""
    places = {}
    for row in made_up.itertuples(index=False):
        ring = areas.get(str(row.place_id))
        places[str(row.place_id)] = Place(
            place_id=str(row.place_id),
            name=str(row.name),
            name_ar="",
            kind=PlaceKind(str(row.kind)),
            country=str(row.country),
            lon=float(row.lon),
            lat=float(row.lat),
            radius_km=float(row.radius_km),
            shape=Shape("made up", schematic=True, geojson=mapping(Polygon(ring))) if ring else None,
        )
    return Gazetteer(places)


def collection(tables: Tables, places: Gazetteer, *, days: int = DAYS) -> Collection:
    """Parse and check the made-up tables by the rules of every collection.

    Raises:
        FaultsError: The made-up tables break a rule, so that the bench must be mended.
    """
    faults: list[Fault] = []
    read = {
        name: Table(f"{name}.csv", getattr(tables, name), np.arange(len(getattr(tables, name))) + 2, faults)
        for name in TABLES
    }
    frames = {name: typed(table, TABLES[name]) for name, table in read.items()}
    check_tables(frames, read, places)
    if faults:
        raise FaultsError(faults)
    return Collection(folder=Path("made-up"), facts=facts(days), **frames)


def facts(days: int, opening_day: dt.date = FIRST_DAY) -> Facts:
    """Say what a made-up collection over so many days is, all its places in the view."""
    west, south, east, north = VIEW
    return Facts(
        title="Made-up claims",
        title_ar="",
        about="Made up for the bench.",
        timezone="UTC",
        first_day=FIRST_DAY,
        last_day=FIRST_DAY + dt.timedelta(days=days - 1),
        opening_day=opening_day,
        view=(west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN),
        licence="CC0-1.0",
        citation="",
        version="1",
    )


COUNT = "() => Object.values(window.bordermap.app.drawn()).reduce((sum, marks) => sum + marks, 0)"
"""JavaScript that counts the events that have a mark on our map."""

FIRST = "() => document.documentElement.dataset.bordermap !== undefined"
"""JavaScript that is true once our page says that its first marks are painted; whether they are, `INK` tells."""

INK = """
() => {
  const surfaces = [...document.querySelectorAll(".leaflet-container canvas")];
  const width = Math.max(...surfaces.map((surface) => surface.width));
  const height = Math.max(...surfaces.map((surface) => surface.height));
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  for (const surface of surfaces) copy.drawImage(surface, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  let ink = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 100) ink += 1;  // the ground is paler than any mark
  }
  return ink;
}
"""
"""JavaScript that counts the pixels that our marks cover, whatever the page says of itself."""

SET_DAY = "(day) => window.bordermap.app.setDay(day)"

PREPARE = """
async () => {
  const rest = () => new Promise((done) => setTimeout(done, 50));
  while (document.documentElement.dataset.bordermap !== "ready") await rest();  // claims and basemap are unpacked
}
"""

OPEN = """
async (day) => {
  while (!window.bordermap?.app?.state) await new Promise((done) => requestAnimationFrame(done));
  const { state } = window.bordermap.app;
  if (day) window.bordermap.app.setDay(day);
  state.set({ event: state.shown[0] });
}
"""
"""JavaScript that opens the first event shown, on a day or on the one that the page is on, once it can be."""

CLOSE = "() => window.bordermap.app.state.set({ event: -1 })"

OPENED = """
() => [...document.querySelectorAll("#bm-panel .bm-claim")].filter((claim) => claim.getClientRects().length)
"""
"""JavaScript that finds what the panel shows of an event's claims."""


def enter(mode: Mode) -> str:
    """Return JavaScript that goes to a mode."""
    return f"() => window.bordermap.app.state.set({{ mode: '{mode}' }})"


ENTER_THEN = "() => window.bordermap.app.state.set({ mode: 'day', known: 'day' })"
"""JavaScript that goes to single days, each as known on that day."""


def build(made_up: Collection, places: Gazetteer, target: Path) -> None:
    """Write our page of a collection."""
    target.write_text(build_page(made_up, places), encoding="utf-8")


def truth(tables: Tables) -> "EventDays":
    """Say of every event on which days it is on the map, straight from the tables and design.md's rules."""
    return truth_of(tables.claims)


def truth_of(claims: pd.DataFrame) -> "EventDays":
    """Say likewise of some claims: of event_id, status, date_start and date_end."""
    level = claims.status.map(
        {"confirmed": 3, "reported": 3, "planned": 2, "requested": 2, "rejected": 2, "denied": 1}
    )
    told = claims[level == level.groupby(claims.event_id).transform("max")]
    hull = pd.DataFrame(
        {
            "first": pd.to_datetime(told.date_start.where(told.date_start != "", None))
            .groupby(told.event_id)
            .min(),
            "last": pd.to_datetime(told.date_end).groupby(told.event_id).max(),
        }
    )
    # `by` has no first day: it is full on its last day and faint in the week before, shown on both.
    hull["first"] = hull["first"].fillna(hull["last"] - pd.Timedelta(days=7))
    return EventDays(hull)


class EventDays:
    """The days of each event, both ends shown."""

    def __init__(self, hull: pd.DataFrame) -> None:
        """Keep one row an event: first and last day."""
        self.hull = hull

    def on(self, day: dt.date) -> int:
        """Count the events that the map of a day must show."""
        when = pd.Timestamp(day)
        return int(((self.hull["first"] <= when) & (when <= self.hull["last"])).sum())

    def so_far(self, day: dt.date) -> int:
        """Count the events that the map of all days to a day must show: none ends before the first day."""
        return int((self.hull["first"] <= pd.Timestamp(day)).sum())


def write(tables: Tables, folder: Path, *, last_day: dt.date) -> None:
    """Write the made-up tables as a collection's folder, with their places in its folder `gazetteer`."""
    places = folder / "gazetteer"
    places.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        getattr(tables, name).to_csv(folder / f"{name}.csv", index=False)
    tables.places.to_csv(places / "places.csv", index=False)
    features = [
        {
            "type": "Feature",
            "geometry": mapping(Polygon(ring)),
            "properties": {"place_id": place_id, "source": "made up", "schematic": True},
        }
        for place_id, ring in tables.areas.items()
    ]
    (places / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (folder / "collection.toml").write_text(
        f"""title = "Made-up claims"
title_ar = ""
about = "Made up for the bench."
timezone = "UTC"
first_day = {FIRST_DAY}
last_day = {last_day}
opening_day = {FIRST_DAY}
view = {list(VIEW)}
licence = "CC0-1.0"
citation = ""
version = "1"
"""
    )
