import csv
import json
import math
import tomllib
from pathlib import Path

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point, Polygon, shape

from geo.gazetteer import DEFAULT_FOLDER, Gazetteer, PlaceKind
from geo.geocode import Offline
from geo.placefiles import SHAPE_FILES
from geo.toponyms import fold

SHARED = Path(__file__).parents[2] / "shared"
COLLECTION = Path(__file__).parents[1] / "data" / "collections" / "iraq-syria-2024"
WGS84 = Geod(ellps="WGS84")
GAZETTEER = Gazetteer.read()
COUNTRIES = {place.country: place for place in GAZETTEER if place.kind is PlaceKind.COUNTRY}
POINTS = {
    PlaceKind.TOWN,
    PlaceKind.BASE,
    PlaceKind.CAMP,
    PlaceKind.SITE,
    PlaceKind.DISTRICT,
    PlaceKind.GOVERNORATE,
}


def kilometres(place, lon, lat):
    """Measure from a place's point."""
    return WGS84.inv(place.lon, place.lat, lon, lat)[2] / 1000


def kilometres_outside(place, area):
    """Measure how far a place's point lies outside of an area."""
    here = Point(place.lon, place.lat)
    if area.contains(here):
        return 0
    edge = shapely.shortest_line(here, area).coords[-1]
    return kilometres(place, *edge)


def features():
    """Give every feature of the files of outlines."""
    return [
        feature
        for name in SHAPE_FILES
        for feature in json.loads((DEFAULT_FOLDER / name).read_text(encoding="utf-8"))["features"]
    ]


def positions(coordinates):
    """Give every position of a geometry's nested coordinates."""
    if isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for each in coordinates:
            yield from positions(each)


def test_250_places_are_checked():
    """At least 250 places have evidence independent of memory."""
    assert sum(place.checked for place in GAZETTEER) >= 250


def test_a_place_known_from_memory_is_unchecked():
    """A row is checked only where its source names evidence."""
    bare = [
        place.place_id
        for place in GAZETTEER
        if place.checked and (not place.source or "memory" in place.source)
    ]
    assert bare == []


def test_every_unchecked_place_says_why():
    """What is not checked carries its doubt as a note."""
    assert [place.place_id for place in GAZETTEER if not place.checked and not place.note] == []


def test_every_place_has_an_arabic_name_and_a_spelling():
    """Each place can be found by readers of both scripts."""
    arabic = [
        p.place_id for p in GAZETTEER if not any("\u0600" <= letter <= "\u06ff" for letter in p.name_ar)
    ]
    alone = [p.place_id for p in GAZETTEER if not p.aliases and p.kind is not PlaceKind.COUNTRY]
    assert (arabic, alone) == ([], [])


@pytest.mark.parametrize("kind", [PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.REGION])
def test_areas_have_an_outline(kind):
    """Every country, governorate and region has an area."""
    missing = [
        place.place_id
        for place in GAZETTEER
        if place.kind is kind and (place.geometry is None or "Polygon" not in place.geometry.geom_type)
    ]
    assert missing == []


def test_roads_and_rivers_have_a_line():
    """Every road and river has a line, the roads schematic."""
    lines = [place for place in GAZETTEER if place.kind in {PlaceKind.ROAD, PlaceKind.RIVER}]
    assert [p.place_id for p in lines if p.geometry is None or p.geometry.geom_type != "LineString"] == []
    assert [p.place_id for p in lines if p.kind is PlaceKind.ROAD and not p.schematic] == []


def test_a_place_lies_in_its_country():
    """A point lies within 3 km of its country's polygon; Natural Earth's frontier is no finer."""
    outside = {
        place.place_id: round(kilometres_outside(place, COUNTRIES[place.country].geometry), 1)
        for place in GAZETTEER
        if place.kind in POINTS and place.country in COUNTRIES
    }
    assert {place_id: km for place_id, km in outside.items() if km > 3} == {}


def test_a_crossing_lies_at_a_frontier():
    """A checked crossing lies within its radius and 3 km of the edge of its country."""
    far = {}
    for place in GAZETTEER:
        if place.kind is PlaceKind.CROSSING and place.checked:
            edge = COUNTRIES[place.country].geometry.boundary
            here = Point(place.lon, place.lat)
            km = kilometres(place, *shapely.shortest_line(here, edge).coords[-1])
            if km > place.radius_km + 3:
                far[place.place_id] = round(km, 1)
    assert far == {}


def test_a_governorate_holds_its_point():
    """The point of a governorate lies in its area or within its radius of it."""
    outside = [
        p.place_id
        for p in GAZETTEER
        if p.kind is PlaceKind.GOVERNORATE and kilometres_outside(p, p.geometry) > 5
    ]
    assert outside == []


def test_governorates_fill_their_country():
    """The governorates of a country cover it without overlap, but for slivers."""
    for country in ("SY", "IQ"):
        parts = [
            p.geometry
            for p in GAZETTEER
            if p.kind is PlaceKind.GOVERNORATE and p.country == country and not p.schematic
        ]
        whole = COUNTRIES[country].geometry
        together = shapely.union_all(parts)
        assert together.symmetric_difference(whole).area < 0.005 * whole.area
        assert math.isclose(sum(part.area for part in parts), together.area, rel_tol=1e-3)


def placed(toponym):
    """Geocode a toponym by itself, by the shipped places alone."""
    (match,) = Offline(GAZETTEER, None).geocode([toponym])
    return match


def test_town_and_crossing_of_one_name_are_two_places():
    """The bare name is the town, the name with its word the crossing, a few kilometres apart."""
    town, crossing = placed("Al-Qaim").place, placed("Al-Qaim crossing").place
    assert (town.kind, crossing.kind) == (PlaceKind.TOWN, PlaceKind.CROSSING)
    assert 2 < kilometres(town, crossing.lon, crossing.lat) < 12
    assert placed("Deir ez-Zor").place.kind is PlaceKind.TOWN
    assert placed("Deir ez-Zor province").place.kind is PlaceKind.GOVERNORATE
    assert placed("قضاء القائم").place.kind is PlaceKind.DISTRICT


@pytest.mark.parametrize(
    ("toponym", "countries", "country"),
    [
        ("Sousse", (), "TN"),
        ("Samara", (), "RU"),
        ("Al Ain City", (), "AE"),
        ("Arak", ("IR",), "IR"),
        ("Arak", (), "SY"),
    ],
)
def test_a_curated_place_hides_no_other_that_bears_the_very_name(toponym, countries, country):
    """A curated name that is only like gives way to the name itself, and one elsewhere to the country asked for."""
    (match,) = Offline(GAZETTEER).geocode([toponym], countries=countries)
    assert match.place is not None
    assert match.place.country == country


def test_the_name_of_two_gates_stays_ambiguous():
    """Two crossings are called al-Walid; the name alone gives none of them."""
    match = placed("Al-Walid crossing")
    assert match.place is None
    assert {place.place_id for place in match.candidates} == {"al-waleed-tanf-crossing", "sahela-crossing"}


def test_spellings_shared_by_places_are_few_and_meant():
    """No other spelling belongs to two places, neither as written nor folded."""
    meant = {"Al-Walid crossing", "Al-Waleed crossing", "معبر الوليد", "Shahba"}
    shared = {
        spelling
        for place in GAZETTEER
        for spelling in place.spellings
        if len(GAZETTEER.spelled(fold(spelling))) > 1
    }
    assert {fold(spelling) for spelling in shared} <= {fold(spelling) for spelling in (*meant, "شهبا")}


def test_outlines_are_rfc_7946():
    """Each outline is valid, on the right-hand rule, within the world, of four decimals at most, and says its source."""
    for feature in features():
        said, geometry = feature["properties"], shape(feature["geometry"])
        assert said["source"], said
        assert isinstance(said["schematic"], bool), said
        assert geometry.is_valid, said
        for lon, lat in positions(feature["geometry"]["coordinates"]):
            assert -180 <= lon <= 180, said
            assert -90 <= lat <= 90, said
            assert round(lon, 4) == lon, said
            assert round(lat, 4) == lat, said
        for polygon in (part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, Polygon)):
            assert polygon.exterior.is_ccw, said
            assert not any(hole.is_ccw for hole in polygon.interiors), said


def test_no_outline_leaps_across_the_map():
    """An area on both sides of the 180th meridian is cut there; none of its parts goes around the globe."""
    for feature in features():
        for part in getattr(shape(feature["geometry"]), "geoms", [shape(feature["geometry"])]):
            west, _, east, _ = part.bounds
            assert east - west < 180, feature["properties"]


def test_outlines_are_small():
    """All outlines together stay under 1.5 MB."""
    assert sum((DEFAULT_FOLDER / name).stat().st_size for name in SHAPE_FILES) < 1_500_000


def test_outlines_follow_their_rules():
    """Every outline has its rule in outlines.toml, and every rule its outline."""
    rules = tomllib.loads((DEFAULT_FOLDER / "outlines.toml").read_text(encoding="utf-8"))
    assert {place_id for group in rules.values() for place_id in group} == {
        feature["properties"]["place_id"] for feature in features()
    }


def test_the_zone_is_a_geodesic_circle():
    """The 55 km zone's edge lies 55 km from the garrison wherever the frontier does not cut it."""
    garrison, zone = GAZETTEER["al-tanf-garrison"], GAZETTEER["55-km-zone-around-al-tanf"].geometry
    away = [kilometres(garrison, lon, lat) for lon, lat in zone.exterior.coords]
    assert max(away) == pytest.approx(55, abs=0.2)


def test_a_road_runs_from_its_first_to_its_last_town():
    """The Euphrates road begins at Albukamal, passes Mayadin and ends at Deir ez-Zor."""
    line = GAZETTEER["albukamal-mayadin-deir-ez-zor-road"].geometry
    ends = [(GAZETTEER[p].lon, GAZETTEER[p].lat) for p in ("albukamal", "deir-ez-zor")]
    assert [line.coords[0], line.coords[-1]] == ends
    assert line.distance(Point(GAZETTEER["al-mayadin"].lon, GAZETTEER["al-mayadin"].lat)) == 0


@pytest.mark.skipif(not COLLECTION.exists(), reason="no collection yet")
def test_every_place_of_the_collection_is_known():
    """Each place id of the collection's claims is in the gazetteer."""
    with (COLLECTION / "claims.csv").open(encoding="utf-8", newline="") as lines:
        columns = ("origin_id", "crossing_id", "destination_id", "place_id", "route_id")
        ids = {
            place_id
            for row in csv.DictReader(lines)
            for column in columns
            for place_id in row[column].split(";")
        }
    assert {place_id for place_id in ids if place_id and place_id not in GAZETTEER} == set()


REPORTS = SHARED / "benchmarks" / "reports.csv"


@pytest.mark.skipif(not REPORTS.exists(), reason="../shared is not beside the checkout")
def test_every_toponym_of_the_five_reports_is_placed_or_ambiguous():
    """A toponym of the reports lies within its tolerance of the true position, or is left ambiguous."""
    wrong = []
    with REPORTS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            match = placed(row["toponym"])
            if match.place is None:
                wrong += [] if match.candidates else [row["toponym"]]
            elif kilometres(match.place, float(row["lon"]), float(row["lat"])) > float(row["tol_km"]):
                wrong.append(row["toponym"])
    assert wrong == []
