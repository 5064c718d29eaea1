"""KML and KMZ opened: placemarks as rows of text, and XML that is made to do harm."""

import io
import zipfile

import pandas as pd
import pytest

from claims.imports.files import kml
from claims.imports.files.foreign import Format
from claims.imports.files.opened import opened_table
from claims.imports.tables.guessing import guesses
from geo.errors import FaultsError


def document(*parts, before=""):
    """Write a KML of parts, a line each."""
    lines = "\n".join(parts)
    return f'<?xml version="1.0"?>{before}\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n{lines}\n</Document></kml>'


def kmz(*files):
    """Make a KMZ of names and texts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, content in files:
            new.writestr(name, content)
    return made.getvalue()


def read(content, name="a.kml", **asked):
    """Read a text: its header, its rows, their lines, its faults."""
    faults = []
    content = content if isinstance(content, bytes) else content.encode()
    with opened_table(io.BytesIO(content), name, **asked) as table:
        chunks = list(table.chunks(faults))
        assert table.format == Format.KML
    found = [row for chunk in chunks for row in chunk.cells.to_numpy().tolist()]
    return table.header, found, [int(n) for chunk in chunks for n in chunk.lines], [str(f) for f in faults]


def refused(content, **asked):
    """Give why a text is not opened, as lines."""
    with pytest.raises(FaultsError) as error:
        read(content, **asked)
    return [str(fault) for fault in error.value.faults]


POINT = "<Point><coordinates> 44.50,33,0 </coordinates></Point>"


def test_a_placemark_is_a_row():
    """Name, times, extended data, the position and the folders are columns; numbers are as written, and so is HTML beside its words."""
    content = document(
        "<Folder><name>North</name><Folder><name>\u0639</name>",
        f'<Placemark id="p1"><name>A &amp; B</name><TimeStamp><when>2024-12-07</when></TimeStamp>{POINT}</Placemark>',
        "</Folder></Folder><Placemark><TimeSpan><begin>2024</begin><end>2025</end></TimeSpan><ExtendedData>"
        '<Data name="name"><value>x</value></Data><SchemaData><SimpleData name="n">7</SimpleData></SchemaData>'
        "</ExtendedData><description><![CDATA[<b>y</b>]]></description></Placemark>",
    )
    head = ("folder", "feature.id", "name", "when", "begin", "end", "data.name", "n", "description")
    assert read(content) == (
        (*head, "geometry.lon", "geometry.lat", "geometry.alt", "description.html"),
        [
            ["North > \u0639", "p1", "A & B", *["2024-12-07"] * 3, "", "", "", "44.50", "33", "0", ""],
            ["", "", "", "", "2024", "2025", "x", "7", "y", "", "", "", "<b>y</b>"],
        ],
        [4, 5],
        [],
    )


@pytest.mark.parametrize(
    ("times", "columns", "mapped"),
    [
        ("<TimeStamp><when>2024-12-07T10:00:00Z</when></TimeStamp>", ["when"], {"date": "when"}),
        (
            "<TimeSpan><begin>2024-12-07</begin><end>2024-12-09</end></TimeSpan>",
            ["begin", "end"],
            {"date_start": "begin", "date_end": "end"},
        ),
    ],
    ids=["moments", "spans"],
)
def test_the_name_and_the_times_of_placemarks_are_known(times, columns, mapped):
    """A placemark's name is its place, its description is quoted, and its times are its days."""
    parts = f"<Placemark><name>Elvas gate</name><description>&lt;p&gt;They crossed.</description>{times}{POINT}</Placemark>"
    header, rows, _, faults = read(document(parts))
    assert not faults
    assert rows[0][header.index("description")] == "They crossed."
    found = guesses(pd.DataFrame(rows, columns=list(header), dtype=str)).mapping().columns
    assert found == {
        "place": "name",
        "quote": "description",
        "lon": "geometry.lon",
        "lat": "geometry.lat",
        **mapped,
    }
    assert set(columns) <= set(header)


def test_spans_go_before_moments_where_a_file_has_both():
    """A moment is a span of one, so that each placemark has its days."""
    both = document(
        "<Placemark><TimeStamp><when>2024-12-07</when></TimeStamp></Placemark>",
        "<Placemark><TimeSpan><begin>2024-12-08</begin><end>2024-12-09</end></TimeSpan></Placemark>",
    )
    header, rows, _, _ = read(both)
    assert header == ("when", "begin", "end")
    assert rows == [["2024-12-07"] * 3, ["", "2024-12-08", "2024-12-09"]]
    found = guesses(pd.DataFrame(rows, columns=list(header), dtype=str)).mapping().columns
    assert found == {"date_start": "begin", "date_end": "end"}


LINE = "<LineString><coordinates>0,0 1,1</coordinates></LineString>"
RING = "<LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>"
GEOMETRIES = [
    (LINE, '{"type":"LineString","coordinates":[[0.0,0.0],[1.0,1.0]]}'),
    (f"<Polygon><outerBoundaryIs>{RING}</outerBoundaryIs></Polygon>",
     '{"type":"Polygon","coordinates":[[[0.0,0.0],[1.0,0.0],[1.0,1.0],[0.0,0.0]]]}'),
    (f"<MultiGeometry>{LINE}</MultiGeometry>",
     '{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[[0.0,0.0],[1.0,1.0]]}]}'),
    ("<Model><Link/></Model>", '<Model xmlns="http://www.opengis.net/kml/2.2"><Link/></Model>'),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "text"), GEOMETRIES)
def test_what_is_no_point_is_kept_as_text(xml, text):
    """Lines, areas and several are GeoJSON; what GeoJSON has not is its XML."""
    assert read(document(f"<Placemark>{xml}</Placemark>")) == (("geometry",), [[text]], [3], [])


WRONG = [
    (
        "<Point><coordinates>44.5</coordinates></Point>",
        "Point '44.5' is no position; write it as lon,lat or lon,lat,alt",
    ),
    ("<Point><coordinates>1,2 3,4</coordinates></Point>", "Point '1,2 3,4' is no position"),
    ("<Point><coordinates>1,nan</coordinates></Point>", "Point '1,nan' is no position"),
    (
        "<LineString><coordinates>0,0 x,1</coordinates></LineString>",
        "LineString 'x,1' has what is no position",
    ),
    ('<ExtendedData><Data name="a"/><Data name="a"/></ExtendedData>', "a '' stands twice; keep one of them"),
    (
        "<ExtendedData><Data><value>x</value></Data></ExtendedData>",
        "ExtendedData 'x' has no name; name each datum",
    ),
]


@pytest.mark.parametrize(("xml", "why"), WRONG)
def test_a_placemark_with_a_fault_is_told_and_the_others_are_read(xml, why):
    """What is wrong with a placemark is told with its line."""
    good = f"<Placemark><name>x</name>{POINT}</Placemark>"
    _, rows, lines, (fault,) = read(document(f"<Placemark>{xml}</Placemark>", good))
    assert (len(rows), lines) == (1, [4])
    assert fault.startswith(f"a.kml line 3: {why}")


ENTITY = '<!DOCTYPE kml [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE kml [<!ENTITY a 'xxxxxxxxxx'>" + "".join(
    f"<!ENTITY {name} '{f'&{last};' * 10}'>" for last, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    "before", [ENTITY, LAUGHS, "<!DOCTYPE kml>", '<!DOCTYPE kml SYSTEM "http://192.0.2.1/x">']
)
def test_a_document_type_is_refused(before):
    """No entity is put in, and nothing is fetched."""
    name = "&i;" if "ENTITY i" in before else "x"
    said = refused(document(f"<Placemark><name>{name}</name></Placemark>", before=before))
    assert said == [
        "a.kml line 1: has a document type, which KML has not; take out the lines of <!DOCTYPE ...>"
    ]


BROKEN = [
    (document("<Placemark>"), "is not XML ("),
    (document("<Placemark><name>&e;</name></Placemark>"), "is not XML (Entity 'e' not defined"),
    ("<gpx/>", "line 1: 'gpx' is XML, but no KML"),
    (document("<a>" * 5000 + "</a>" * 5000), "is not XML ("),
    (document(f"<Placemark><name>{'x' * 10_100_000}</name></Placemark>"), "is not XML ("),
    ("a,b\n", "is no KML, though its name ends so"),
]


@pytest.mark.parametrize(("content", "why"), BROKEN, ids=[why for _, why in BROKEN])
def test_a_text_that_cannot_be_read_is_refused(content, why):
    """What is no KML is told in one line."""
    (said,) = refused(content)
    assert why in said


def test_what_stands_between_placemarks_does_not_fill_memory(monkeypatch):
    """Much without the end of a placemark is refused; many placemarks are not."""
    monkeypatch.setattr(kml, "_LONGEST", 100_000)
    assert len(read(document(*[f"<Placemark><name>{'x' * 1000}</name></Placemark>"] * 300))[1]) == 300
    todo = "save it with its placemarks alone"
    assert refused(document("<a/>" * 30_000)) == [
        f"a.kml: has over 100,000 bytes without the end of a placemark; {todo}"
    ]


def test_a_kmz_is_read_as_its_kml():
    """The one KML in it is read, whatever else lies beside it."""
    text = document("<Placemark><name>x</name></Placemark>")
    assert read(kmz(("doc.kml", text), ("files/a.png", "")), name="a.kmz")[:2] == (("name",), [["x"]])
    assert refused(kmz(("a.kml", text), ("b.kml", text))) == [
        "a.kml: holds 2 KML files: 'a.kml', 'b.kml'; save the one that has the table as KML"
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_kml_is_read_in_any_encoding(encoding):
    """XML says what it is in, by its mark or in its first line; what is asked for is used instead."""
    text = document("<Placemark><name>\u00e9</name></Placemark>")
    asked = {"encoding": "latin-1"} if encoding == "latin-1" else {}
    assert read(text.encode(encoding), **asked)[1] == [["\u00e9"]]
