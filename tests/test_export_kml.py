"""KML that leaves: folders, days and colours as Google Earth knows them, and text that does nothing there."""

import html
import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of
from lxml import etree

from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind, Shape
from layers.exports import kml, rowparts
from layers.exports.formats import Export, Rows, write
from layers.exports.kml import NAMESPACE

K = f"{{{NAMESPACE}}}"


def written(folder, export):
    """Write KML and read it as XML."""
    write("kml", export, folder / "out.kml")
    return etree.parse(folder / "out.kml").getroot()


def marks_of(root):
    """Give the placemarks."""
    return root.findall(f".//{K}Placemark")


def data_of(mark):
    """Give what a placemark says column by column."""
    return {each.get("name"): each[0].text for each in mark.find(f"{K}ExtendedData")}


def test_a_layer_is_a_folder_and_an_event_a_placemark(tmp_path, iberia):
    """Name, days, style, columns and geometry of an event stand in a placemark in its layer's folder."""
    claims = (
        {**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000},
        {
            "event_id": "e2",
            "kind": "deployment",
            "status": "planned",
            "place_id": "elvas",
            "geo_precision": "1",
        },
    )
    collection = collection_of(tmp_path, iberia, claims=claims, events=({}, {"kind": "deployment"}))
    root = written(tmp_path, Export(collection, iberia, filters="kinds: crossing"))
    folders = {each.findtext(f"{K}name"): marks_of(each) for each in root.iter(f"{K}Folder")}
    assert list(folders) == ["crossings", "deployments"]
    (crossing,), (deployment,) = folders.values()
    assert crossing.findtext(f"{K}name") == "Some cross"
    assert [day.text for day in crossing.find(f"{K}TimeSpan")] == ["2024-12-07", "2024-12-07"]
    assert crossing.findtext(f"{K}LineString/{K}coordinates") == "-7.163,38.881 -6.97,38.879"
    assert crossing.findtext(f"{K}styleUrl") == "#crossings"
    said = data_of(crossing)
    assert (said["count_low"], said["count_open"], said["claim_count"]) == ("1800", "false", "1")
    assert "title_ar" not in said
    assert "“some crossed” — The Daily Test, 2024-12-08, reported, 2,000 or so" in crossing.findtext(
        f"{K}description"
    )
    assert deployment.find(f"{K}TimeSpan") is None
    assert deployment.findtext(f"{K}styleUrl") == "#deployments-unmade"
    document = root.find(f"{K}Document")
    assert data_of(document)["digest"] == collection.digest
    assert data_of(document)["filters"] == "kinds: crossing"
    styles = {each.get("id"): each.findtext(f"{K}LineStyle/{K}color") for each in root.iter(f"{K}Style")}
    assert (styles["crossings"], styles["withdrawals-unmade"]) == ("ff005ed5", "80b27200")


def test_how_sure_a_place_is_and_what_is_disputed_is_seen_and_told(tmp_path, iberia):
    """What is only known by its sides is drawn lighter, and the description says so and on what reports conflict."""
    between = {"origin_id": "portugal", "destination_id": "spain", "geo_precision": "3", **ON_THE_SEVENTH}
    claims = (between, {**between, "status": "denied"})
    root = written(tmp_path, Export(collection_of(tmp_path, iberia, claims=claims), iberia))
    (mark,) = marks_of(root)
    assert mark.findtext(f"{K}styleUrl") == "#crossings-unsure"
    assert "place: side, disputed occurrence: conflicts" in mark.findtext(f"{K}description")


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ({"date_end": "2024-12-20", "date_kind": "by"}, ["2024-12-13", "2024-12-20"]),
        ({"date_start": "2024-12-01", "date_kind": "since"}, ["2024-12-01", "2024-12-08"]),
        (
            {"date_start": "2024-12-01", "date_end": "2024-12-03", "date_kind": "throughout"},
            ["2024-12-01", "2024-12-03"],
        ),
    ],
)
@pytest.mark.parametrize("rows", Rows)
def test_a_span_is_what_the_maps_clock_shows(tmp_path, iberia, said, span, rows):
    """By a last day it begins a week before, and since a day it lasts until the report."""
    root = written(tmp_path, Export(collection_of(tmp_path, iberia, claims=(said,)), iberia, rows=rows))
    assert [day.text for day in marks_of(root)[0].find(f"{K}TimeSpan")] == span


def test_claims_are_placemarks_where_claims_are_asked_for(tmp_path, iberia):
    """A claim is named by its event, or by its id where it has none, and stands in a folder of those then."""
    collection = collection_of(tmp_path, iberia, claims=(FROM_ELVAS, {"event_id": ""}))
    root = written(tmp_path, Export(collection, iberia, rows=Rows.CLAIMS))
    assert [each.findtext(f"{K}name") for each in root.iter(f"{K}Folder")] == [
        "crossings",
        "claims of no event",
    ]
    assert [mark.findtext(f"{K}name") for mark in marks_of(root)] == ["Some cross", "c2"]


@pytest.mark.parametrize("rows", Rows)
def test_a_layer_is_one_folder_however_many_parts_it_is_made_in(tmp_path, monkeypatch, iberia, rows):
    """Rows that are made a few at a time stand in the file as those that are made at once."""
    claims = (
        {**FROM_ELVAS, **ON_THE_SEVENTH},
        {"event_id": "e2", "kind": "deployment", "place_id": "elvas", "geo_precision": "1"},
        {"event_id": ""},
        {"event_id": "e3", **FROM_ELVAS},
    )
    collection = collection_of(tmp_path, iberia, claims=claims, events=({}, {"kind": "deployment"}, {}))
    whole = etree.tostring(written(tmp_path, Export(collection, iberia, rows=rows)))
    monkeypatch.setattr(rowparts, "ROWS", 1)
    monkeypatch.setattr(kml, "CHUNK", 1)
    assert etree.tostring(written(tmp_path, Export(collection, iberia, rows=rows))) == whole


def test_an_area_with_a_hole_keeps_it(tmp_path):
    """A polygon has its outer edge and its inner ones, and several are put together."""
    outline = shapely.MultiPolygon(
        [shapely.Polygon([(0, 0), (9, 0), (9, 9)], [[(5, 1), (6, 1), (6, 2)]]), shapely.box(20, 20, 21, 21)]
    )
    drawn = Shape("drawn", schematic=True, geojson=outline.__geo_interface__)
    gazetteer = Gazetteer(
        {"there": Place("there", "There", "", PlaceKind.REGION, "", 0, 0, 100, shape=drawn)}
    )
    claims = ({"kind": "deployment", "place_id": "there", "geo_precision": "3"},)
    collection = collection_of(tmp_path, gazetteer, claims=claims, events=({"kind": "deployment"},))
    (mark,) = marks_of(written(tmp_path, Export(collection, gazetteer)))
    edges = [edge.tag.removeprefix(K) for edge in mark.findall(f"{K}MultiGeometry/{K}Polygon/*")[1:]]
    assert sorted(edges) == ["innerBoundaryIs", "outerBoundaryIs", "outerBoundaryIs", "tessellate"]
    assert gpd.read_file(tmp_path / "out.kml").geometry[0].equals(outline)


def test_hostile_text_is_shown_and_does_nothing(tmp_path, iberia, bad_inputs):
    """Names are no HTML, a description read as HTML is the text again, dollars stand for nothing, and columns are as they were."""
    strings = json.loads((bad_inputs / "strings" / "naughty.json").read_text(encoding="utf-8"))
    strings += ["$[quote]", "<b>x</b>", "&lt;b&gt;", "]]>", "a\x00b\x0bc\ufffe"]
    many = ({},) * len(strings)
    collection = collection_of(tmp_path, iberia, claims=many, events=many)
    collection.events["title"] = pd.Series(strings, dtype="str")
    collection.claims["event_id"] = collection.events["event_id"]
    collection.claims["quote"] = pd.Series(strings, dtype="str")
    sound = [text.translate(dict.fromkeys(FORBIDDEN, 65533)) for text in strings]
    marks = marks_of(written(tmp_path, Export(collection, iberia)))
    titles = [data_of(mark).get("title", "") for mark in marks]
    assert titles == sound
    for mark, text in zip(marks, sound, strict=True):
        name, says = mark.findtext(f"{K}name"), mark.findtext(f"{K}description")
        assert not set("<>") & set(name)
        assert "$" not in says
        shown = html.unescape(says.replace("<br/>", "\n"))
        assert "“" + text.replace("\r\n", "\n").replace("\r", "\n") + "” — " in shown
        assert "<" not in says.replace("<br/>", "")


FORBIDDEN = [*range(9), 0xB, 0xC, *range(0xE, 0x20), 0xFFFE, 0xFFFF]
"""What XML 1.0 cannot write."""


def test_every_balloon_shows_the_description_alone(tmp_path, iberia):
    """No style lets Google Earth put a name or a column into the HTML of a balloon."""
    root = written(tmp_path, Export(collection_of(tmp_path, iberia), iberia))
    assert {each.text for each in root.iterfind(f".//{K}BalloonStyle/{K}text")} == {"$[description]"}
    ids = {each.get("id") for each in root.iter(f"{K}Style")}
    assert {each.text.removeprefix("#") for each in root.iter(f"{K}styleUrl")} <= ids


def test_geopandas_opens_it(tmp_path, real, gazetteer):
    """GDAL reads every event of the real collection from its layer's folder."""
    write("kml", Export(real, gazetteer), tmp_path / "out.kml")
    found = pd.concat(
        gpd.read_file(tmp_path / "out.kml", layer=name)
        for name in ("crossings", "withdrawals", "deployments", "context")
    )
    assert len(found) == len(real.events)
