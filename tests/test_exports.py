"""What leaves the map: GeoJSON by RFC 7946, a span of days, files put whole, and the same bytes each time."""

import dataclasses
import datetime as dt
import itertools
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.events import known_by
from claims.model import TABLES
from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind, Shape
from layers.exports.days import within_days
from layers.exports.geojson import claims_geojson, events_geojson
from layers.frames import COLUMNS

HERE = Path(__file__).parents[1]

# ---- RFC 7946, strictly

DEPTH = {"Point": 0, "LineString": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}


def faults_of_geojson(text):
    """List where a text is not a FeatureCollection as RFC 7946 wants it; no text is needed to agree with it."""
    document = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    found = []
    if document.get("type") != "FeatureCollection" or not isinstance(document.get("features"), list):
        return ["the document is no FeatureCollection"]
    if {"crs", "coordinates", "geometries", "geometry", "properties"} & document.keys():
        found.append("the document holds members of other objects, or crs")
    for feature in document["features"]:
        name = feature.get("id")
        if feature.get("type") != "Feature" or not isinstance(feature.get("properties"), dict):
            found.append(f"{name} is no Feature with properties")
        if {"crs", "coordinates", "geometries", "features"} & feature.keys() or not isinstance(name, str):
            found.append(f"{name} holds members of other objects, or a poor id")
        if "geometry" not in feature:
            found.append(f"{name} says nothing of its geometry")
        elif feature["geometry"] is not None:
            found += [f"{name}: {fault}" for fault in faults_of_geometry(feature["geometry"])]
    return found


def faults_of_geometry(geometry):
    """List what is wrong with one geometry."""
    kind = geometry.get("type")
    if kind not in DEPTH or set(geometry) != {"type", "coordinates"}:
        return [f"{kind} with {sorted(geometry)}"]
    parts = [geometry["coordinates"]]
    found = []
    for level in range(DEPTH[kind]):
        if not all(isinstance(part, list) and part for part in parts):
            found.append("an empty part")
        nested = level == DEPTH[kind] - 1
        if nested and kind.endswith("LineString"):
            found += ["a line of one position" for part in parts if len(part) < 2]
        if nested and kind.endswith("Polygon"):
            found += [fault for ring in parts for fault in faults_of_ring(ring)]
        if level == DEPTH[kind] - 2 and kind.endswith("Polygon"):
            found += [fault for polygon in parts for fault in faults_of_hands(polygon)]
        parts = [part for whole in parts for part in whole]
    return found + [fault for position in parts for fault in faults_of_position(position)]


def faults_of_position(position):
    """List what is wrong with one position: lon and lat in range and nothing else."""
    if not isinstance(position, list) or len(position) != 2:
        return [f"position {position}"]
    if not all(type(number) in {int, float} and math.isfinite(number) for number in position):
        return [f"position {position} is not of numbers"]
    lon, lat = position
    return [] if -180 <= lon <= 180 and -90 <= lat <= 90 else [f"position {position} out of range"]


def faults_of_ring(ring):
    """List what is wrong with one ring: four positions at least, the first and last the same."""
    return [] if len(ring) >= 4 and ring[0] == ring[-1] else ["a ring that is open or short"]


def faults_of_hands(polygon):
    """List the rings of a polygon that do not follow the right-hand rule."""
    turns = [sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring)) for ring in polygon]
    return ["the outer ring is clockwise"] * (turns[0] < 0) + ["a hole is not"] * sum(
        turn > 0 for turn in turns[1:]
    )


def wrapped(geometry, **more):
    """Put a geometry into a collection of one feature."""
    feature = {"type": "Feature", "id": "x", "properties": {}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **more})


SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        wrapped({"type": "Point", "coordinates": [181, 0]}),
        wrapped({"type": "Point", "coordinates": [0, "0"]}),
        wrapped({"type": "Point", "coordinates": [0]}),
        wrapped({"type": "LineString", "coordinates": [[0, 0]]}),
        wrapped({"type": "LineString", "coordinates": []}),
        wrapped({"type": "Polygon", "coordinates": [SQUARE[::-1]]}),
        wrapped({"type": "Polygon", "coordinates": [SQUARE[:-1]]}),
        wrapped({"type": "Polygon", "coordinates": [[]]}),
        wrapped({"type": "Polygon", "coordinates": [SQUARE, SQUARE]}),
        wrapped({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE[::-1]]]}),
        wrapped({"type": "Circle", "coordinates": [0, 0]}),
        wrapped({"type": "Point", "coordinates": [0, 0]}, crs={"type": "name"}),
        json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None}]}),
    ],
)
def test_the_validator_refuses_what_the_rfc_forbids(text):
    """The tests' own reading of RFC 7946 finds the faults that it is there to find."""
    assert faults_of_geojson(text)


def test_the_validator_takes_the_good_examples(bad_inputs):
    """FeatureCollections that check-geojson accepts pass, but for bounding boxes and third ordinates, which we never write."""
    good = bad_inputs / "geojson" / "good" / "good-featurecollection.geojson"
    document = json.loads(good.read_text(encoding="utf-8"))
    for number, feature in enumerate(document["features"]):
        feature["id"] = str(number)
    assert faults_of_geojson(json.dumps(document)) == []


@pytest.mark.parametrize("write", [events_geojson, claims_geojson])
def test_the_shipped_collection_is_sound_geojson(real, gazetteer, write):
    """Events and claims of the real collection are RFC 7946: WGS84, right-hand rule, no crs."""
    assert faults_of_geojson(write(real, gazetteer)) == []


SHAPES = [
    # an outline, and the kind of geometry that is written of it
    (shapely.Polygon(SQUARE[::-1]), "Polygon"),
    (shapely.Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]]), "Polygon"),
    (
        shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.Polygon([(5, 5), (5, 6), (6, 6)])]),
        "MultiPolygon",
    ),
    (shapely.LineString([(3, 0), (0, 0), (3, 0)]), "LineString"),
    (shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]), "MultiLineString"),
    (shapely.LineString([(1, 1), (1.000001, 1.000001)]), "LineString"),
    (shapely.box(1, 1, 1.000001, 1.000001), "Polygon"),
]


@pytest.mark.parametrize(("outline", "kind"), SHAPES)
def test_an_outline_of_any_kind_is_written_sound(tmp_path, outline, kind):
    """Clockwise rings are turned, holes too, and what is smaller than the rounding is kept."""
    drawn = Shape("drawn", schematic=True, geojson=outline.__geo_interface__)
    place = Place("there", "There", "", PlaceKind.REGION, "", 0, 0, 100, shape=drawn)
    claims = ({"kind": "deployment", "place_id": "there", "geo_precision": "3"},)
    gazetteer = Gazetteer({"there": place})
    text = events_geojson(
        collection_of(tmp_path, gazetteer, claims=claims, events=({"kind": "deployment"},)), gazetteer
    )
    assert faults_of_geojson(text) == []
    assert json.loads(text)["features"][0]["geometry"]["type"] == kind


def test_positions_are_rounded_to_a_metre_and_keep_their_direction(tmp_path, iberia):
    """A movement's line begins at its origin, in hundred-thousandths of a degree."""
    claims = ({"origin_id": "badajoz", "destination_id": "portugal", "geo_precision": "2"},)
    (feature,) = json.loads(events_geojson(collection_of(tmp_path, iberia, claims=claims), iberia))[
        "features"
    ]
    points = feature["geometry"]["coordinates"]
    assert points[0] == [-6.97, 38.879]
    assert all(len(str(number).partition(".")[2]) <= 5 for point in points for number in point)


# ---- what a feature says

TWO_CLAIMS = (
    {**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "actors": "walkers", "note": ""},
    {**ON_THE_SEVENTH, "source_id": "s2", "root": "x", "count_text": "more than 1,000", "count": "1000",
     "count_qualifier": "at_least", "count_low": "1000", "count_unit": "people"},
)  # fmt: skip
TWO_SOURCES = ({}, {"outlet": "Another Test", "url": "https://example.org/2"})


def test_a_feature_is_an_event_with_its_claims(tmp_path, iberia):
    """Each event is one feature: its columns in plain JSON, and every claim with its outlet and link."""
    collection = collection_of(tmp_path, iberia, claims=TWO_CLAIMS, sources=TWO_SOURCES)
    (feature,) = json.loads(events_geojson(collection, iberia))["features"]
    said = feature["properties"]
    assert feature["id"] == said["event_id"] == "e1"
    assert set(COLUMNS) - {"geometry", "stretch"} <= said.keys()
    assert (said["layer"], said["kind"], said["status"]) == ("crossings", "crossing", "reported")
    assert (said["date_start"], said["date_end"], said["date_kind"]) == ("2024-12-07", "2024-12-07", "on")
    assert (said["count_low"], said["count_high"], said["count_open"]) == (1000, None, True)
    assert said["count_texts"] == "2,000 or so / more than 1,000"
    assert (said["actors"], said["claim_count"], said["roots"]) == (["walkers"], 2, 2)
    assert (said["crossing_id"], said["title_ar"], said["radius_km"]) == (None, None, None)
    assert [claim["claim_id"] for claim in said["claims"]] == ["c1", "c2"]
    assert [claim["outlet"] for claim in said["claims"]] == ["The Daily Test", "Another Test"]
    assert [claim["url"] for claim in said["claims"]] == [None, "https://example.org/2"]
    assert [claim["count"] for claim in said["claims"]] == [2000, 1000]
    assert said["claims"][1]["count_high"] is None
    assert set(said["claims"][0]) == {column.name for column in TABLES["claims"]} - {"event_id"} | {
        "outlet",
        "url",
        "source_state",
    }


def test_an_unplaced_event_is_a_feature_without_geometry(tmp_path, iberia):
    """What has no place below a country is exported all the same."""
    claims = ({"origin_id": "portugal", "geo_precision": "3"},)
    (feature,) = json.loads(events_geojson(collection_of(tmp_path, iberia, claims=claims), iberia))[
        "features"
    ]
    assert feature["geometry"] is None


def test_a_claim_is_a_feature_with_its_events_geometry(tmp_path, iberia):
    """Rows of claims hold the claims' columns; one of no event has no geometry."""
    collection = collection_of(tmp_path, iberia, claims=(*TWO_CLAIMS, {"event_id": ""}), sources=TWO_SOURCES)
    one, two, alone = json.loads(claims_geojson(collection, iberia))["features"]
    assert one["geometry"] == two["geometry"] != alone["geometry"]
    assert alone["geometry"] is None
    assert set(one["properties"]) - {column.name for column in TABLES["claims"]} == {
        "outlet",
        "url",
        "source_state",
    }
    assert (two["properties"]["outlet"], two["properties"]["url"]) == (
        "Another Test",
        "https://example.org/2",
    )
    assert (one["properties"]["reported"], alone["properties"]["event_id"]) == ("2024-12-08", None)


@pytest.mark.parametrize("write", [events_geojson, claims_geojson])
def test_only_the_events_asked_for_are_written(tmp_path, iberia, write):
    """A part of the events can be asked for, as the page shows them."""
    collection = collection_of(tmp_path, iberia, events=({}, {}), claims=({}, {"event_id": "e2"}))
    kept = json.loads(write(collection, iberia, event_ids={"e2"}))["features"]
    assert [feature["properties"]["event_id"] for feature in kept] == ["e2"]


def test_geopandas_opens_it_with_one_row_an_event(tmp_path, real, gazetteer):
    """GeoPandas reads every event as one row of EPSG:4326, and its claims with it."""
    path = tmp_path / "events.geojson"
    path.write_text(events_geojson(real, gazetteer), encoding="utf-8", newline="")
    frame = gpd.read_file(path)
    assert frame.crs == "EPSG:4326"
    assert sorted(frame["event_id"]) == sorted(real.events["event_id"])
    (row,) = frame[frame["event_id"].eq("soldiers-cross-at-al-qaim")].to_dict("records")
    claims = row["claims"] if isinstance(row["claims"], list) else json.loads(row["claims"])
    assert {"2,000 or so", "More than 1,000"} <= {claim["count_text"] for claim in claims}
    counted = frame["claims"].map(lambda cell: len(cell if isinstance(cell, list) else json.loads(cell)))
    assert (counted == frame["claim_count"]).all()


# ---- a span of days

EVENTS = tuple({"event_id": f"e{number}"} for number in range(1, 6))
DATED = (
    {"event_id": "e1", **ON_THE_SEVENTH},
    {"event_id": "e2", "date_start": "2024-12-05", "date_end": "2024-12-06", "date_kind": "throughout"},
    {"event_id": "e3", "date_start": "2024-12-08", "date_kind": "since", "reported": "2024-12-10"},
    {"event_id": "e4", "date_end": "2024-12-20", "date_kind": "by"},
    {"event_id": "e5"},
)


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [(7, 7, "e1"), (6, 7, "e1 e2"), (1, 4, ""), (10, 10, "e3"), (11, 11, ""), (13, 13, "e4"), (12, 12, ""), (1, 31, "e1 e2 e3 e4")],
)  # fmt: skip
def test_a_span_of_days_keeps_what_the_clock_shows(tmp_path, iberia, first, last, kept):
    """The events of the days are kept, the undated are counted, and the collection's days become these."""
    collection = collection_of(tmp_path, iberia, events=EVENTS, claims=DATED)
    days = dt.date(2024, 12, first), dt.date(2024, 12, last)
    part, undated = within_days(collection, iberia, *days)
    assert list(part.events["event_id"]) == kept.split()
    assert set(part.claims["event_id"]) == set(kept.split())
    assert undated == 1
    assert (part.facts.first_day, part.facts.last_day) == days
    assert part.facts.first_day <= part.facts.opening_day <= part.facts.last_day


# ---- the same bytes

WRITE = """\
import hashlib, sys
from pathlib import Path
from claims.tables import read_collection
from geo.gazetteer import Gazetteer
from layers.exports.geojson import claims_geojson, events_geojson
from layers.page import build_page
gazetteer = Gazetteer.read()
collection = read_collection(Path(sys.argv[1]), gazetteer)
for write in (build_page, events_geojson, claims_geojson):
    print(hashlib.sha256(write(collection, gazetteer).encode()).hexdigest())
"""


def test_a_file_is_the_same_bytes_each_time():
    """Two processes whose sets and dicts of strings are ordered differently write the same page and GeoJSON."""
    folder = HERE / "data" / "collections" / "iraq-syria-2024"
    processes = [
        subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", WRITE, folder],
            cwd=HERE,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    one, other = (process.communicate(timeout=300)[0].split() for process in processes)
    assert len(one) == 3
    assert one == other


def test_the_title_cannot_end_the_document(tmp_path, iberia):
    """Facts of the collection stand in the document as JSON text, whatever they hold."""
    collection = collection_of(tmp_path, iberia)
    odd = dataclasses.replace(collection, facts=dataclasses.replace(collection.facts, title='"}\n</script>'))
    assert json.loads(events_geojson(odd, iberia))["title"] == '"}\n</script>'


# ---- which edition it is


@pytest.mark.parametrize("write", [events_geojson, claims_geojson])
def test_geojson_says_which_edition_it_is_and_how_it_is_cut(tmp_path, iberia, write):
    """Title, citation, licence, version and hash stand in the document, and the days and the known day it was cut to."""
    whole = collection_of(tmp_path, iberia, claims=({**ON_THE_SEVENTH, **FROM_ELVAS},))
    document = json.loads(write(whole, iberia))
    said = [document[name] for name in ("title", "citation", "licence", "version", "digest", "days", "known")]
    assert said == ["A test", "nobody", "CC0-1.0", "1", whole.digest, None, None]
    assert len(whole.digest) == 64
    day = dt.date(2024, 12, 8)
    cut, _ = within_days(known_by(whole, day), iberia, dt.date(2024, 12, 5), day)
    document = json.loads(write(cut, iberia))
    assert faults_of_geojson(write(cut, iberia)) == []
    said = [document[name] for name in ("digest", "days", "known")]
    assert said == [whole.digest, ["2024-12-05", "2024-12-08"], "2024-12-08"]


def test_claims_say_whether_their_source_stands(tmp_path, iberia):
    """A claim of a corrected or retracted source says so, in the rows of claims and in those of events."""
    sources = ({}, {"state": "retracted"}, {"state": "corrected"})
    claims = ({}, {"source_id": "s2"}, {"source_id": "s3"})
    collection = collection_of(tmp_path, iberia, sources=sources, claims=claims)
    rows = json.loads(claims_geojson(collection, iberia))["features"]
    assert [row["properties"]["source_state"] for row in rows] == ["ok", "retracted", "corrected"]
    (event,) = json.loads(events_geojson(collection, iberia))["features"]
    states = [claim["source_state"] for claim in event["properties"]["claims"]]
    assert states == ["ok", "retracted", "corrected"]


def test_a_repost_is_no_independent_source(tmp_path, iberia):
    """What a source and its repost say from one root are two sources and one independent source."""
    sources = ({}, {"repeats": "s1"})
    claims = ({**ON_THE_SEVENTH, "root": "s1"}, {**ON_THE_SEVENTH, "root": "s1", "source_id": "s2"})
    collection = collection_of(tmp_path, iberia, sources=sources, claims=claims)
    (event,) = json.loads(events_geojson(collection, iberia))["features"]
    assert (event["properties"]["sources"], event["properties"]["roots"]) == (2, 1)
