"""The basemap: the shipped files, and what a view takes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geo import basemap
from geo.basemap import CRS, FOLDER, Basemap, Layer, clip, read
from geo.errors import BordermapError

if TYPE_CHECKING:
    import geopandas as gpd

VIEW = (36.0, 30.0, 46.0, 37.0)
OCEAN = (-40.0, -50.0, -30.0, -40.0)

COLUMNS = {
    "land": set(),
    "coastline": set(),
    "lakes": {"name", "rank"},
    "rivers": {"name", "name_ar", "kind", "rank"},
    "boundaries": {"country_a", "country_b", "status"},
    "disputed": {"country_a", "country_b", "status"},
    "divisions": {"country"},
    "countries": {"country", "adm0_a3", "name", "name_ar", "label_lon", "label_lat"},
    "division_areas": {"code", "name", "name_ar", "country", "adm0_a3", "rank", "label_lon", "label_lat"},
    "places": {"name", "name_ar", "country", "rank", "capital", "population", "geonames_id", "lon", "lat"},
}
LINES = ("coastline", "rivers", "boundaries", "disputed", "divisions")
DRAWN = ("land", "lakes", *LINES)


@pytest.fixture(scope="module")
def view() -> Basemap:
    """Give the view of ten by seven degrees."""
    return clip(*VIEW)


@pytest.fixture(scope="module")
def ocean() -> Basemap:
    """Give a view of nothing but water."""
    return clip(*OCEAN)


def coordinates(frame: gpd.GeoDataFrame) -> np.ndarray:
    """Give every vertex of a frame as (lon, lat)."""
    return shapely.get_coordinates(frame.geometry.to_numpy())


def test_size():
    """All files together are 12 MB at most."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 12_000_000


@pytest.mark.parametrize("layer", Layer)
def test_file(layer: Layer):
    """Every file is in EPSG:4326 within the world, with valid geometry and no coordinate finer than the grid."""
    frame = read(layer)
    at = coordinates(frame)
    assert frame.crs == CRS
    assert frame.geometry.is_valid.all()
    assert not frame.geometry.is_empty.any()
    assert (np.abs(at) <= (180, 90)).all()
    # Mending a few polygons cut between.
    assert (at * 8192 == np.round(at * 8192)).all(axis=1).mean() > 0.9999


def test_files_are_the_layers():
    """The folder holds the layers' files and nothing else of their kind."""
    assert {path.stem for path in FOLDER.glob("*.parquet")} == set(Layer)


def test_countries():
    """There are 240 ISO codes once each, every one with an Arabic name; territory without a code is kept."""
    countries = read(Layer.COUNTRIES)
    coded = countries[countries["country"] != ""]
    assert len(coded) == coded["country"].nunique() == 240
    assert (coded["name_ar"] != "").all()
    assert (countries["name"] != "").all()


def test_divisions_fill_their_country():
    """The divisions of a country make up its area, and their Arabic names are there."""
    divisions, countries = read(Layer.DIVISIONS), read(Layer.COUNTRIES).set_index("country")
    for country, number in (("IQ", 18), ("SY", 15), ("JO", 12)):
        own = divisions[divisions["country"] == country]
        assert len(own) == number
        assert (own["name_ar"] != "").all()
        areas = shapely.area(own.geometry.to_numpy())
        assert areas.sum() == pytest.approx(countries.geometry[country].area, rel=1e-6)


@pytest.mark.parametrize(
    ("pair", "status"),
    [
        (("IQ", "SY"), {"settled"}),
        (("MX", "US"), {"settled"}),
        (("IL", "SY"), {"line_of_control"}),
        (("LB", "SY"), {"indefinite"}),
        (("KP", "KR"), {"line_of_control"}),
        (("RU", "UA"), {"settled", "disputed"}),
        (("IN", "PK"), {"settled", "line_of_control"}),
        (("EH", "MA"), {"line_of_control"}),
        (("SO", "SOL"), {"disputed"}),
    ],
)
def test_status(pair: tuple[str, str], status: set[str]):
    """A boundary says whether it is settled or what it is instead."""
    lines = read(Layer.BOUNDARIES)
    lines = lines[(lines["country_a"] == pair[0]) & (lines["country_b"] == pair[1])]
    assert set(lines["status"]) == status


def test_boundaries_are_edges_of_countries():
    """A boundary between two countries runs along the edges of both, vertex by vertex."""

    def vertices(geometry: shapely.Geometry) -> set[tuple[float, float]]:
        return set(map(tuple, shapely.get_coordinates(geometry).tolist()))

    countries = read(Layer.COUNTRIES)
    keys = countries["country"].where(countries["country"] != "", countries["adm0_a3"])
    edges = {key: vertices(area) for key, area in zip(keys, countries.geometry, strict=True)}
    lines = read(Layer.BOUNDARIES)
    for one, two, line in zip(lines["country_a"], lines["country_b"], lines.geometry, strict=True):
        for country in (one, two):
            assert vertices(line) <= edges[country]


def test_river():
    """The Euphrates has one name from its springs to the sea, and passes Deir ez-Zor within two km."""
    rivers = read(Layer.RIVERS)
    rivers = rivers[rivers["name"] == "Euphrates"]
    assert shapely.distance(rivers.geometry.to_numpy(), shapely.Point(40.14, 35.34)).min() < 0.02
    west, south, east, north = rivers.total_bounds
    assert west < 38.5
    assert south < 31.2
    assert east > 47
    assert north > 38


@pytest.mark.parametrize("name", COLUMNS)
def test_columns(view: Basemap, ocean: Basemap, name: str):
    """Each frame has its columns and EPSG:4326, in a view and in an empty ocean."""
    for frame in (getattr(view, name), getattr(ocean, name)):
        assert set(frame.columns) == COLUMNS[name] | {"geometry"}
        assert str(frame.crs) == CRS


def test_ocean_is_empty(ocean: Basemap):
    """A view of nothing but water holds nothing."""
    assert all(frame.empty for _, frame in ocean.layers())


def test_all_land():
    """Far from any shore the land fills the view and has no coastline."""
    inland = clip(41, 33, 43, 35)
    assert shapely.area(inland.land.geometry.to_numpy()).sum() == pytest.approx(3 * 3)
    assert inland.coastline.empty


def test_bounds(view: Basemap):
    """No geometry lies outside the view and its margin."""
    assert view.bounds == (33.5, 28.25, 48.5, 38.75)
    for name, frame in view.layers():
        at = coordinates(frame)
        assert len(at), name
        assert (at >= np.array(view.bounds[:2]) - 1e-9).all(), name
        assert (at <= np.array(view.bounds[2:]) + 1e-9).all(), name


def test_lines_do_not_follow_the_rectangle(view: Basemap):
    """No line runs along an edge of the rectangle that the view was cut with."""
    west, south, east, north = view.bounds
    for name in LINES:
        for line in getattr(view, name).geometry:
            x, y = np.array(line.coords).T
            for values, edge in ((x, west), (x, east), (y, south), (y, north)):
                on_edge = np.isclose(values, edge, rtol=0, atol=1e-9)
                assert not (on_edge[1:] & on_edge[:-1]).any(), name


def test_simple_parts(view: Basemap):
    """What is drawn comes as single lines and single polygons, one a row."""
    for name in DRAWN:
        assert set(getattr(view, name).geom_type) == {"LineString" if name in LINES else "Polygon"}


def test_tolerance():
    """A line moves by the tolerance at most, and keeps every vertex at tolerance 0."""
    whole, light = clip(38, 33, 42, 36, tolerance_deg=0), clip(38, 33, 42, 36, tolerance_deg=0.01)
    for name in ("rivers", "boundaries", "divisions"):
        full, few = (shapely.union_all(getattr(one, name).geometry.to_numpy()) for one in (whole, light))
        assert shapely.get_num_coordinates(few) < shapely.get_num_coordinates(full)
        assert shapely.hausdorff_distance(few, full) <= 0.02


def test_weight(view: Basemap):
    """The drawn layers of a view of ten by seven degrees are 250 KB at most as JSON of ten-thousandths of a degree."""
    numbers = sum(
        len(f"{round(value * 1e4)},")
        for name in DRAWN
        for value in coordinates(getattr(view, name)).ravel().tolist()
    )
    assert numbers <= 250_000


def test_settled_and_disputed_are_apart(view: Basemap):
    """Settled boundaries and the others are two layers."""
    assert set(view.boundaries["status"]) == {"settled"}
    assert set(view.disputed["status"]) <= {"disputed", "indefinite", "line_of_control", "lease"}
    assert len(view.disputed)


def test_labels_lie_inside(view: Basemap):
    """The point for a country's or a division's name lies in it, in view."""
    for frame in (view.countries, view.division_areas):
        points = shapely.points(frame["label_lon"], frame["label_lat"])
        assert shapely.contains(frame.geometry.to_numpy(), points).all()


def test_ranks(view: Basemap):
    """A wide view keeps the larger rivers and places only, and no divisions."""
    wide = clip(-20, 0, 60, 60)
    assert wide.rivers["rank"].max() < view.rivers["rank"].max()
    assert wide.places["rank"].max() <= 7
    assert wide.divisions.empty


def test_edge_of_the_world():
    """The margin stops where the world does."""
    assert clip(170, 80, 180, 90).bounds == (167.5, 77.5, 180.0, 90.0)


@pytest.mark.parametrize(
    ("view", "why"),
    [
        ((170, -20, -170, 0), "crosses the 180th meridian"),
        ((10, 20, 10, 30), "not a rectangle of the world"),
        ((10, 30, 20, 20), "not a rectangle of the world"),
        ((170, 0, 190, 10), "not a rectangle of the world"),
        ((0, 80, 10, 95), "not a rectangle of the world"),
        ((0, 0, float("nan"), 10), "not a rectangle"),
    ],
)
def test_refused(view: tuple[float, float, float, float], why: str):
    """A view that is no rectangle of the world is refused with what to do."""
    with pytest.raises(BordermapError, match=why):
        clip(*view)


def test_missing_file(tmp_path):
    """A missing file is named."""
    with pytest.raises(BordermapError, match=r"land\.parquet is missing"):
        read(Layer.LAND, folder=tmp_path)


def test_public_names():
    """The module's list of public names tells the truth."""
    assert len(set(basemap.__all__)) == len(basemap.__all__)
    assert all(hasattr(basemap, name) for name in basemap.__all__)


def test_the_ground_of_a_page_reaches_as_far_as_windows_show():
    """With windows a view of one town is held as wide as they are, and with the same detail as without."""
    held = clip(16.0, 47.0, 17.2, 48.2, margin=0.1, windows=(0.5, 3.0))
    west, south, east, north = held.bounds
    assert (east - west) / 1.2 > 4
    assert south < 46.9
    assert north > 48.3
    assert len(held.divisions)
