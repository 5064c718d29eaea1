"""Parquet and GeoParquet opened: values as text, positions as degrees, and files that are damaged."""

import datetime as dt
import decimal
import io
import json

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from claims.imports.files import parquet as parquet_files
from claims.imports.files.foreign import Format
from claims.imports.files.opened import opened_table
from geo.errors import FaultsError


def parquet(table, **options):
    """Write a table."""
    made = io.BytesIO()
    pq.write_table(table, made, **options)
    return made.getvalue()


def located(geometries, crs="OGC:CRS84"):
    """Write a GeoParquet of geometries."""
    made = io.BytesIO()
    gpd.GeoDataFrame({"a": range(len(geometries))}, geometry=geometries, crs=crs).to_parquet(made)
    return made.getvalue()


def read(content, rows=20_000):
    """Read a file from bytes: its header, its rows, their lines, its faults."""
    faults = []
    with opened_table(io.BytesIO(content), "a.parquet") as table:
        chunks = list(table.chunks(faults, rows=rows))
        assert table.format == Format.PARQUET
    found = [row for chunk in chunks for row in chunk.cells.to_numpy().tolist()]
    return table.header, found, [int(n) for chunk in chunks for n in chunk.lines], [str(f) for f in faults]


def refused(content):
    """Give why a file is not opened, as lines."""
    with pytest.raises(FaultsError) as error:
        read(content)
    return [str(fault) for fault in error.value.faults]


DAY = dt.datetime(2024, 12, 7)  # noqa: DTZ001 - a column without a zone
VALUES = [
    (["\u0639", None], ["\u0639", ""]),
    ([2000, None], ["2000", ""]),
    ([2000.0, 0.1, 1e-7, 1e20, float("nan")], ["2000", "0.1", "1e-07", "1e+20", ""]),
    (pa.array([0.1, 3], pa.float32()), ["0.1", "3"]),
    ([True, None], ["true", ""]),
    ([dt.date(2024, 12, 7), None], ["2024-12-07", ""]),
    ([DAY, DAY + dt.timedelta(hours=3)], ["2024-12-07", "2024-12-07T03:00:00"]),
    (pa.array([0], pa.timestamp("ns", "UTC")), ["1970-01-01T00:00:00+00:00"]),
    ([dt.time(1, 2)], ["01:02:00"]),
    ([decimal.Decimal("1.50")], ["1.50"]),
    ([b"\x00a", None], ["0061", ""]),
    ([[1, None], None], ["[1,null]", ""]),
    ([{"a": "\u0639", "b": [DAY]}], ['{"a":"\u0639","b":["2024-12-07"]}']),
    (pa.array(["x", "x", None]).dictionary_encode(), ["x", "x", ""]),
    (pa.nulls(1), [""]),
]  # fmt: skip


@pytest.mark.parametrize(("values", "texts"), VALUES)
def test_a_value_is_text(values, texts):
    """Values are written as Python writes them, days as ISO, what nests as JSON, nothing as empty text."""
    header, rows, lines, faults = read(parquet(pa.table({"a": values})))
    assert (header, rows, faults) == (("a",), [[text] for text in texts], [])
    assert lines == list(range(1, len(texts) + 1))


def test_rows_come_in_chunks():
    """No chunk is longer than asked, and lines go on from one to the next."""
    with opened_table(io.BytesIO(parquet(pa.table({"a": range(5)})))) as table:
        assert [chunk.lines.tolist() for chunk in table.chunks([], rows=2)] == [[1, 2], [3, 4], [5]]
        assert sum(len(chunk.cells) for chunk in table.chunks([])) == 5


def test_points_are_degrees():
    """Columns that hold points alone are two columns of degrees."""
    points = [shapely.Point(44.5, 33), None]
    assert read(located(points)) == (
        ("a", "geometry.lon", "geometry.lat"),
        [["0", "44.5", "33"], ["1", "", ""]],
        [1, 2],
        [],
    )


def test_what_is_no_point_is_geojson():
    """A column of mixed geometries keeps each: points as degrees, the rest as GeoJSON."""
    header, rows, _, faults = read(
        located([shapely.Point(1, 2, 3), shapely.LineString([(0, 0, 1), (1, 1, 1)])])
    )
    assert header == ("a", "geometry.lon", "geometry.lat", "geometry.alt", "geometry")
    assert rows[0] == ["0", "1", "2", "3", ""]
    assert rows[1][1:4] == ["", "", ""]
    assert json.loads(rows[1][4])["type"] == "LineString"
    assert faults == []


def test_positions_in_another_reference_system_are_refused():
    """Metres are not taken for degrees."""
    todo = "bring it to longitude and latitude in degrees (OGC:CRS84) first"
    assert refused(located([shapely.Point(1, 2)], "EPSG:3857")) == [
        f"a.parquet: geometry is in another reference system; {todo}"
    ]


def test_a_geometry_that_cannot_be_read_is_a_fault_of_its_row():
    """The other rows are read."""
    good = shapely.to_wkb(shapely.Point(1, 2))
    geo = {
        "version": "1.1.0",
        "primary_column": "g",
        "columns": {"g": {"encoding": "WKB", "geometry_types": ["Point"]}},
    }
    table = pa.table({"g": [good, b"\x01junk", good]}).replace_schema_metadata({"geo": json.dumps(geo)})
    _, rows, lines, faults = read(parquet(table))
    todo = "write it as WKB without nested collections"
    assert (rows, lines) == ([["1", "2"], ["1", "2"]], [1, 3])
    assert faults == [f"a.parquet line 2: g is no geometry that can be read; {todo}"]


@pytest.mark.parametrize(
    "geo",
    [
        "junk",
        "[]",
        '{"columns": 3}',
        '{"columns": {"a": 3}}',
        '{"columns":{"a":{"encoding":"WKB","crs":[1]}}}',
        "[" * 100_000,
    ],
)
def test_geo_metadata_that_is_none_is_told(geo):
    """What stands where GeoParquet keeps its metadata must be that."""
    table = pa.table({"a": [b"x"]}).replace_schema_metadata({"geo": geo})
    assert refused(parquet(table)) == [
        "a.parquet: has geo metadata that is none; write it again, or save it as CSV"
    ]


def test_text_that_is_none_is_a_fault_of_its_row():
    """Bytes that are no UTF-8 in a column of text are told, and the other rows are read."""
    texts = pa.StringArray.from_buffers(
        3, pa.array([0, 1, 2, 3], pa.int32()).buffers()[1], pa.py_buffer(b"a\xe9\x00")
    )
    _, rows, lines, faults = read(parquet(pa.table({"a": texts})))
    assert (rows, lines) == ([["a"]], [1])
    assert [fault.partition(";")[0] for fault in faults] == [
        "a.parquet line 2: a 'e9' is not UTF-8",
        "a.parquet line 3: a '00' is no byte of text",
    ]


def test_columns_of_one_name_are_refused():
    """A name that stands twice is told with its positions."""
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], ["a", "a"])
    todo = "give each column a name of its own"
    assert refused(parquet(table)) == [f"a.parquet line 1: 'a' is the name of columns 1 and 2; {todo}"]


WHOLE = parquet(pa.table({"a": ["x" * 50] * 100}))


@pytest.mark.parametrize("content", [WHOLE[:-1], WHOLE[:100], b"PAR1", b"PAR1" + b"\xff" * 60 + b"PAR1"])
def test_a_damaged_file_is_a_fault(content):
    """A file without its end, or with a footer that is none, is told in one line."""
    (said,) = refused(content)
    assert said.startswith("a.parquet: cannot be read as Parquet (")


def test_a_damaged_page_is_a_fault():
    """What is found broken only while rows are read is put among the faults."""
    content = bytearray(WHOLE)
    content[4:40] = b"\xff" * 36
    (said,) = read(bytes(content))[3]
    assert said.startswith("a.parquet: cannot be read as Parquet (")


def test_a_text_that_stands_in_every_row_is_counted_as_often(monkeypatch):
    """A long text is stored once; what all rows have of it must fit into memory."""
    monkeypatch.setattr(parquet_files, "_MOST_TEXT", 50_000)
    content = parquet(pa.table({"a": ["x" * 1000] * 100}))
    todo = "leave out the column that has most"
    assert read(content)[3] == [f"a.parquet: has 100,000 bytes of text in 100 rows, over 50,000; {todo}"]
    assert len(read(content, rows=20)[1]) == 100
