"""Files for importers, made by the thousand: whole ones, and ones that are damaged or made to do harm."""

import csv
import io
import json
import os
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import shapely
import xlsxwriter
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

ASKED = int(os.environ.get("BORDERMAP_FUZZ", "0"))
"""How many inputs an importer gets where that is asked for; a few otherwise, the same each time."""

FUZZED = settings(
    max_examples=ASKED or 200,
    derandomize=not ASKED,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

ROWS_FUZZED = settings(FUZZED, max_examples=ASKED or 60, suppress_health_check=[HealthCheck.too_slow])
"""For rows of which whole collections are made, each of which is written and read: that takes long on a busy machine."""

HOSTILE = (
    "", " ", "\0", "\ufeff", "\u202e", "\u0639\u0627\u0646\u0629", "\U0001f6a7", "=1+1", "@SUM(A1)", "<script>", "${x}", "../../x", "1e400", "-0",
    "NaN", "2024-12-07", "07/12/2024", '"', '""', "'", ";", ",", "\t", "\n", "\r", "\r\n", "\\", "&e;", "]]>", "{", "[", "null", "0x10",
)  # fmt: skip
"""Cells that readers trip over."""


def cells():
    """Give texts of cells."""
    return st.sampled_from(HOSTILE) | st.text(max_size=12)


def rows():
    """Give rows of a table, its header first; they need not be of one length."""
    return st.lists(st.lists(cells(), max_size=5), max_size=6)


def values():
    """Give values of JSON."""
    plain = st.none() | st.booleans() | st.integers() | st.floats() | cells()
    return st.recursive(
        plain,
        lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(cells(), deeper, max_size=3),
        max_leaves=8,
    )


# ---- whole files


def csv_of(table, delimiter):
    """Write rows as CSV."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(table)
    return made.getvalue().encode("utf-8", "surrogatepass")


def xlsx_of(table):
    """Write rows as a workbook."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for line, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    book.close()
    return made.getvalue()


def parquet_of(columns):
    """Write columns as Parquet, the last of them points."""
    points = [shapely.to_wkb(shapely.Point(1, 2))] * 2
    geo = {
        "version": "1.1.0",
        "primary_column": "g",
        "columns": {"g": {"encoding": "WKB", "geometry_types": []}},
    }
    table = pa.table({**columns, "g": points}).replace_schema_metadata({"geo": json.dumps(geo)})
    made = io.BytesIO()
    pq.write_table(table, made)
    return made.getvalue()


def zip_of(parts):
    """Pack parts into an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def parts_of(archive):
    """Unpack an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


WORKBOOK = xlsx_of([["id", "place", "day"], [1, "\u0639", 45633.5], [2, 'x "y"', True]])
GEOJSON = json.dumps(
    {"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 1, "properties": {"a": "x", "b": [1, {"c": None}]}, "geometry": {"type": "Point", "coordinates": [1, 2.5]}},
        {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}},
    ]}
).encode()  # fmt: skip
KML = (
    b'<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>f</name>'
    b'<Placemark id="a"><name>x</name><TimeStamp><when>2024</when></TimeStamp><Point><coordinates>1,2,3</coordinates></Point>'
    b'<ExtendedData><Data name="d"><value>v</value></Data></ExtendedData></Placemark></Folder><Placemark><Polygon>'
    b"<outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    b"</Placemark></Document></kml>"
)
SAMPLES = {
    "csv": 'id,place,day\r\n1,"x ""y"", z",2024-12-07\r\n2,"\u0639\n",\r\n'.encode(),
    "tsv": b"id\tplace\n1\tx\n2\ty\n",
    "xlsx": WORKBOOK,
    "parquet": parquet_of({"a": ["x", None], "b": [1.5, 2], "c": [[1], None], "d": [{"e": "f"}, None]}),
    "geojson": GEOJSON,
    "kml": KML,
    "kmz": zip_of({"doc.kml": KML, "files/a.png": b"x"}),
}
"""A whole file of each kind, by its ending."""


# ---- damaged files


@st.composite
def damaged(draw, content, *, most=4, words=()):
    """Change a file's bytes at some places: others put in their stead, put in, left out, repeated, or cut off."""
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, len(content)))
        to = min(len(content), at + draw(st.sampled_from([0, 1, 1, 2, 4, 8, 40])))
        new = draw(st.binary(max_size=4) | st.sampled_from(words or [b"\xff", b"\0", b"\xff\xff\xff\x7f"]))
        change = draw(st.sampled_from(["put", "repeat", "cut"]))
        if change == "put":
            content = content[:at] + new + content[to:]
        elif change == "repeat":
            content = content[:to] + content[at:to] * draw(st.integers(1, 5)) + content[to:]
        elif draw(st.integers(0, 3)) == 0:
            content = content[:at]
    return content


@st.composite
def repacked(draw, archive, words):
    """Change the parts of an archive, or their names, and pack them again."""
    parts = parts_of(archive)
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = draw(damaged(parts[name], words=words))
    if draw(st.integers(0, 9)) == 0:
        parts[f"x{draw(cells())}"] = parts.pop(name)  # zipfile writes no file without a name
    return zip_of(parts)


JSON_WORDS = [
    b'"type"',
    b"null",
    b"[",
    b"{",
    b"}",
    b"]",
    b",",
    b'"features"',
    b"NaN",
    b"1e999",
    b'"\\ud800"',
    b"[[[[",
    b"-",
]
XML_WORDS = [
    b"<Placemark>", b"</Placemark>", b"<!DOCTYPE x>", b"&e;", b"&lt;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<a/>", b"1,2", b' r="XFD1"',
    b' t="e"', b' t="s"', b"<v>99999999</v>", b"<name>", b"<coordinates>", b"<MultiGeometry>", b"</kml>", b"<x:y>", b"<?x?>",
]  # fmt: skip


def features():
    """Write GeoJSON of any values in the places of features, properties and coordinates."""
    kinds = st.sampled_from(["Point", "LineString", "Polygon", "GeometryCollection", "x"])
    number = st.integers(-200, 200) | st.floats() | st.none()
    coordinates = st.recursive(
        st.lists(number, max_size=4), lambda deeper: st.lists(deeper, max_size=4), max_leaves=6
    )
    geometry = st.fixed_dictionaries({"type": kinds, "coordinates": coordinates}) | values()
    feature = st.fixed_dictionaries(
        {
            "type": st.just("Feature"),
            "properties": st.dictionaries(cells(), values(), max_size=4),
            "geometry": geometry,
        },
        optional={"id": values(), "bbox": values(), "x": values()},
    )
    whole = st.fixed_dictionaries(
        {"type": st.just("FeatureCollection"), "features": st.lists(feature | values(), max_size=4)},
        optional={"bbox": values(), "properties": values()},
    )
    return (whole | feature | geometry).map(lambda value: json.dumps(value).encode())


def tables():
    """Write Parquet of columns of many types, with names of any text."""
    kinds = [
        st.lists(cells(), min_size=2, max_size=2),
        st.lists(st.floats() | st.none(), min_size=2, max_size=2),
        st.lists(st.datetimes() | st.none(), min_size=2, max_size=2),
        st.lists(st.dates() | st.none(), min_size=2, max_size=2),
        st.lists(st.binary(max_size=4) | st.none(), min_size=2, max_size=2),
        st.lists(st.lists(st.integers(-9, 9), max_size=2) | st.none(), min_size=2, max_size=2),
    ]
    names = cells().filter(lambda name: name != "g" and name.isprintable())
    return st.dictionaries(names, st.one_of(kinds), max_size=4).map(parquet_of)


def in_encodings(content):
    """Give bytes as they are, or their text in another encoding."""
    marks = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1256"])
    return marks.map(lambda name: content.decode("utf-8", "replace").encode(name, "replace"))


def written_rows(write):
    """Give rows as a format writes them; what it refuses to write is left out of its cells."""
    clean = st.lists(st.lists(cells().map(lambda text: text.replace("\0", "")), max_size=5), max_size=6)
    return clean.map(write)


FILES = {
    "csv": damaged(SAMPLES["csv"]) | rows().flatmap(lambda table: st.sampled_from(",;|").map(lambda mark: csv_of(table, mark)))
    | st.binary(max_size=60) | damaged(SAMPLES["csv"]).flatmap(in_encodings),
    "tsv": damaged(SAMPLES["tsv"]) | rows().map(lambda table: csv_of(table, "\t")),
    "xlsx": damaged(WORKBOOK) | repacked(WORKBOOK, XML_WORDS) | written_rows(xlsx_of),
    "parquet": damaged(SAMPLES["parquet"], most=2) | tables(),
    "geojson": damaged(GEOJSON, words=JSON_WORDS) | features() | damaged(GEOJSON).flatmap(in_encodings),
    "kml": damaged(KML, words=XML_WORDS) | damaged(KML) | damaged(KML).flatmap(in_encodings),
    "kmz": damaged(SAMPLES["kmz"]) | repacked(SAMPLES["kmz"], XML_WORDS),
}  # fmt: skip
"""Files to read, by the ending of their name."""
