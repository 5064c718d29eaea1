"""Tables of a collection in Parquet: the same cells, checks and faults as of CSV."""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, make

from claims.store.contents import Contents
from claims.tables import read_collection
from claims.typedtables import table_of
from geo.errors import FaultsError

CLAIM = {**FROM_ELVAS, **ON_THE_SEVENTH, **ABOUT_2000}


@pytest.fixture
def folder(tmp_path, iberia):
    """Give a collection whose claims are a Parquet file, and the claims as they are in CSV."""
    made = make(tmp_path / "one", claims=[CLAIM, {"note": "مئة"}])
    claims = read_collection(made, iberia).claims
    pq.write_table(table_of(claims, "claims"), made / "claims.parquet")
    (made / "claims.csv").unlink()
    return made, claims


def change(folder, column, cells):
    """Put other cells into a column of the claims."""
    table = pq.read_table(folder / "claims.parquet")
    held = dict(zip(table.column_names, table.columns, strict=True)) | {column: cells}
    pq.write_table(pa.table(held), folder / "claims.parquet")


def faults(folder, gazetteer):
    """Give the faults of a folder as lines."""
    with pytest.raises(FaultsError) as error:
        read_collection(folder, gazetteer)
    return [str(fault) for fault in error.value.faults]


def test_typed_columns_are_read_as_csv_is(folder, iberia):
    """Days, numbers and nulls become the columns that CSV becomes."""
    made, claims = folder
    pd.testing.assert_frame_equal(read_collection(made, iberia).claims, claims)


TYPES = {
    "days with a time at midnight": ("reported", [dt.datetime(2024, 12, 8)] * 2),  # noqa: DTZ001 - as pandas writes
    "whole numbers": ("count", pa.array([2000, None], pa.int32())),
    "a dictionary": ("kind", pa.array(["crossing", "crossing"]).dictionary_encode()),
    "no number for null": ("count", [2000.0, float("nan")]),
    "nothing at all": ("credibility", pa.nulls(2)),
}


@pytest.mark.parametrize("case", TYPES)
def test_other_programs_types_are_read(folder, iberia, case):
    """What another program writes for the same cells is read as the same."""
    made, claims = folder
    change(made, *TYPES[case])
    pd.testing.assert_frame_equal(read_collection(made, iberia).claims, claims)


FAULTS = {
    "a word": ("kind", ["flight", "crossing"], "claims.parquet line 1: kind 'flight' is unknown"),
    "an id": ("denies", [None, "c9"], "claims.parquet line 2: denies 'c9' is not in claims.parquet"),
    "a time": ("reported", [dt.datetime(2024, 12, 8, 6)] * 2, "line 1: reported '2024-12-08 06:00:00.000000' is not a day"),  # noqa: DTZ001
    "a list": ("note", [["a"], []], "claims.parquet: note holds list"),
    "a boolean": ("note", [True, False], "claims.parquet: note holds bool"),
    "a byte 00": ("note", ["a\0", ""], "claims.parquet line 1: note holds a byte that is none of text (00)"),
    "a long cell": ("note", ["", "x" * 200_000], "claims.parquet line 2: note has over 131072 letters"),
    "text that is no text": (
        "note",
        pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")]),
        "claims.parquet: is no Parquet file that can be read",
    ),
    "another column": ("mood", ["a", "b"], "claims.parquet line 1: mood is an unknown column"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_names_file_row_and_column(folder, iberia, case):
    """What CSV would be refused for is refused, by the row's number."""
    column, cells, said = FAULTS[case]
    change(folder[0], column, cells)
    assert any(said in fault for fault in faults(folder[0], iberia))


def test_two_files_of_one_table_are_a_fault(folder, iberia):
    """It cannot be known which of the two is meant."""
    (folder[0] / "claims.csv").write_text("claim_id\n")
    assert "claims.parquet: stands beside claims.csv, which is the same table; keep one of them" in faults(
        folder[0], iberia
    )


@pytest.mark.parametrize("bytes_", [b"", b"PAR1", b"claim_id,source_id\n", b"PAR1" + b"\xff" * 40 + b"PAR1"])
def test_what_is_no_parquet_is_a_fault(folder, iberia, bytes_):
    """A file that is cut, empty or another is told so."""
    (folder[0] / "claims.parquet").write_bytes(bytes_)
    assert "is no Parquet file that can be read" in faults(folder[0], iberia)[0]


def test_the_store_takes_its_rows(folder):
    """A folder's contents have the rows of its Parquet files as those of CSV."""
    contents = Contents.read(folder[0])
    assert [row["claim_id"] for row in contents.sheets["claims"].rows] == ["c1", "c2"]
    assert contents.sheets["claims"].rows[0]["count"] == "2000"
    assert contents.files == {}
