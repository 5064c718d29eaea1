"""Make up the places of a made-up collection: towns over a view, some regions, and the two countries that it lies in."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from bench.wording import Strings, ids, names

COUNTRIES = Path(__file__).parents[1] / "data" / "basemap" / "countries.parquet"


VIEW = (38.0, 31.0, 48.0, 38.0)
"""West, south, east, north of where the claims lie: a land border runs through it."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Land:
    """The countries of the view, the one with most of it first."""

    code: list[str]
    area: list[shapely.Geometry]

    @classmethod
    def read(cls) -> "Land":
        """Clip the basemap's countries to the view; a coarse outline will do here."""
        view = shapely.box(*VIEW)
        found = gpd.read_parquet(COUNTRIES).clip(view)
        found = found.assign(geometry=found.simplify(0.01))
        found = found.iloc[np.argsort(-shapely.area(found.geometry.to_numpy()))]
        return cls(found.country.tolist(), found.geometry.tolist())

    def of(self, lon: Floats, lat: Floats) -> Strings:
        """Return the country code of each position, empty on none."""
        code = np.full(len(lon), "", dtype=object)
        for name, area in zip(self.code, self.area, strict=True):
            shapely.prepare(area)
            code[shapely.contains_xy(area, lon, lat)] = name
        return code


def places(
    random: np.random.Generator, count: int, land: Land
) -> tuple[pd.DataFrame, dict[str, list[tuple[float, float]]]]:
    """Scatter towns over the view, each at a position of its own, and forty regions; then the two main countries."""
    west, south, east, north = VIEW
    regions = 40
    lon = np.sort(random.uniform(west, east, count + regions)).round(4)
    lat = random.uniform(south, north, count + regions).round(4)
    region = np.zeros(count + regions, dtype=bool)
    region[random.choice(count + regions, regions, replace=False)] = True
    place_id = ids("p", count + regions)
    towns = pd.DataFrame(
        {
            "place_id": place_id,
            "name": names(random, count + regions),
            "kind": np.where(region, "region", "town").astype(object),
            "country": land.of(lon, lat),
            "lon": lon,
            "lat": lat,
            "radius_km": np.where(region, 30, random.choice([0.5, 2, 5, 10], count + regions)),
        }
    )
    countries = pd.DataFrame(
        {
            "place_id": ["country-1", "country-2"],
            "name": ["Country 1", "Country 2"],
            "kind": "country",
            "country": land.code[:2],
            "lon": shapely.get_x(shapely.point_on_surface(land.area[:2])),
            "lat": shapely.get_y(shapely.point_on_surface(land.area[:2])),
            "radius_km": 300.0,
        }
    )
    frame = pd.concat([towns, countries], ignore_index=True)
    unsaid = dict.fromkeys(("name_ar", "aliases", "geonames_id", "note"), "")
    frame = frame.assign(source="made up", checked="no", **unsaid)
    around = np.linspace(0, 2 * np.pi, 13)[:-1]
    areas = {
        str(one): [
            (round(x + 0.3 * float(np.cos(turn)), 4), round(y + 0.25 * float(np.sin(turn)), 4))
            for turn in around
        ]
        for one, x, y in zip(place_id[region], lon[region], lat[region], strict=True)
    }
    return frame[list(COLUMNS)], areas


def at_the_border(made: pd.DataFrame, land: Land, kind: str, each: int) -> tuple[Ints, Ints]:
    """Return the rows of the places of each main country that are nearest to the other, and the other's row."""
    rows, others = [], []
    for own, other in ((0, 1), (1, 0)):
        inside = np.flatnonzero((made.country == land.code[own]) & (made.kind == kind))
        away = shapely.distance(land.area[other], shapely.points(made.lon[inside], made.lat[inside]))
        near = inside[np.argsort(away)[:each]]
        rows.append(near)
        others.append(np.full(len(near), len(made) - 2 + other))
    return np.concatenate(rows), np.concatenate(others)


COLUMNS = (
    "place_id",
    "name",
    "name_ar",
    "kind",
    "country",
    "lon",
    "lat",
    "radius_km",
    "aliases",
    "geonames_id",
    "source",
    "checked",
    "note",
)
