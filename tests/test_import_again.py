"""A file imported again, read otherwise than before: what nobody changed follows it, what a person changed stays."""

import datetime as dt
import io
from functools import partialmethod

import pytest
from imports_made import ACLED
from stores_made import ticking

from claims.imports import rowsleft
from claims.imports.converting import Asked, DateOrder
from claims.imports.files.delimited import DelimitedTable
from claims.imports.files.opened import opened_table
from claims.imports.leaving import leaving_lines
from claims.imports.merging import tally
from claims.imports.merging.folders import into_folder
from claims.imports.running import import_table
from claims.imports.understanding import understood
from claims.store import open_store
from claims.store.merging import into_store
from claims.tables import read_with_places
from geo.errors import FaultsError
from geo.gazetteer import Gazetteer

UNDATED = "\n".join(
    line.removesuffix(",timestamp").removesuffix(",1733700000") for line in ACLED.splitlines()
)
OLD, NEW = dt.date(2024, 12, 10), dt.date(2024, 12, 20)
CROSSING = {"kind": "crossing"}
TABLE = "id,date,source\n1,07/08/2024,Daily\n"


@pytest.fixture(scope="module")
def gazetteer():
    """Read the shipped places once."""
    return Gazetteer.read()


@pytest.fixture
def folder(tmp_path):
    """Name a folder that is not there yet."""
    return tmp_path / "c"


def put(target, text, gazetteer, *, leave="", **asked):
    """Import a text, and give the tally."""
    with opened_table(io.BytesIO(text.encode()), "rows.csv") as table:
        how = understood(table, Asked("rows.csv", **asked)).asked
        return import_table(table, how, target, gazetteer, leaving_lines(leave))


def into(folder, text, gazetteer, **asked):
    """Import a text into a folder."""
    with into_folder(folder) as target:
        return put(target, text, gazetteer, **asked)


def told(done):
    """Give what is told of rows."""
    return [notice.said for notice in done.notices]


def edit(folder, before, after):
    """Change what stands once in the claims, as a person does."""
    path = folder / "claims.csv"
    assert path.read_text("utf-8").count(before) == 1
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")


def claims(folder):
    """Give the claims of a folder."""
    return read_with_places(folder)[0].claims


def test_another_edition_is_taken_whole(folder, gazetteer):
    """Rows of an edition of another day are of that edition's source, and nobody is said to have changed them."""
    into(folder, UNDATED, gazetteer, published=OLD)
    done = into(folder, UNDATED, gazetteer, published=NEW)
    assert set(claims(folder)["source_id"].str.slice(-10)) == {"2024-12-20"}
    assert {fate.name for fate in done.fates} == {"REVISED"}
    assert not any("by hand" in said for said in told(done))


def test_a_change_by_hand_outlives_another_edition(folder, gazetteer):
    """Of a claim that a person changed one cell of, that cell alone stays as it is."""
    into(folder, UNDATED, gazetteer, published=OLD)
    edit(folder, "set up a base", "set up two bases")
    done = into(folder, UNDATED.replace("1,National", "2,National"), gazetteer, published=NEW)
    claim = claims(folder).iloc[0]
    assert "two bases" in claim["quote"]
    assert (claim["source_id"][-10:], claim["geo_precision"]) == ("2024-12-20", 1)
    (kept,) = [said for said in told(done) if "by hand" in said]
    assert kept.startswith("acled-POR1 keeps what was changed by hand (quote ")
    assert "source_id" not in kept


def test_a_change_by_hand_outlives_another_edition_in_the_store(tmp_path, gazetteer):
    """The store keeps likewise what a person mended, and nothing else."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite", now=ticking())
    with into_store(store, "c", "Anna") as target:
        put(target, UNDATED, gazetteer, published=OLD)
    store.mend("c", "acled-POR1", 1, {"credibility": "2"}, "Ben")
    with into_store(store, "c", "Anna") as target:
        put(target, UNDATED, gazetteer, published=NEW)
    claim = store.claim("c", "acled-POR1").cells
    store.database.close()
    assert (claim["credibility"], claim["source_id"][-10:]) == ("2", "2024-12-20")


def test_another_order_of_days_is_applied(folder, gazetteer):
    """The same rows read with days in another order are revised, which is told, and not said to be changed by hand."""
    into(folder, TABLE, gazetteer, published=NEW, constants=CROSSING, dates=DateOrder.MDY)
    done = into(folder, TABLE, gazetteer, published=NEW, constants=CROSSING, dates=DateOrder.DMY)
    assert claims(folder)["date_start"].dt.strftime("%Y-%m-%d").tolist() == ["2024-08-07"]
    assert any("read otherwise than before (" in said for said in told(done))
    assert not any("by hand" in said for said in told(done))


def test_of_a_row_whose_making_nobody_knows_what_differs_stays(folder, gazetteer):
    """Where no digest was kept, held cells that differ from both readings stay, and it is said why."""
    into(folder, TABLE, gazetteer, published=NEW, constants=CROSSING, dates=DateOrder.MDY)
    path = folder / "imports.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1].rsplit(",", 1)[0] + ","]) + "\n", "utf-8")
    done = into(folder, TABLE, gazetteer, published=NEW, constants=CROSSING, dates=DateOrder.DMY)
    assert claims(folder)["date_start"].dt.strftime("%Y-%m-%d").tolist() == ["2024-07-08"]
    assert any("by hand or read otherwise before (date_start " in said for said in told(done))


RAGGED = TABLE + "a,b\n" * 1500 + "2,07/09/2024,Daily\n"


def test_rows_after_many_that_are_left_are_imported(folder, gazetteer):
    """However many rows that cannot be read are left, those after them are taken in."""
    done = into(
        folder, RAGGED, gazetteer, leave="3-1502", published=NEW, constants=CROSSING, dates=DateOrder.DMY
    )
    assert (done.left, len(claims(folder))) == (1500, 2)


def test_what_was_not_read_cannot_be_left(folder, gazetteer):
    """That a file was read no further is a fault of no line, and leaving all faults so far does not hide it."""
    with pytest.raises(FaultsError, match="what follows them was not read") as error:
        into(folder, RAGGED, gazetteer, leave="3", published=NEW, constants=CROSSING, dates=DateOrder.DMY)
    (unread,) = [fault for fault in error.value.faults if "not read" in fault.why]
    assert unread.line is None


def test_of_two_versions_by_day_the_newer_is_taken(folder, gazetteer):
    """Versions that are days tell the newer of two rows of one id, in one chunk of a file as between two files."""
    text = "id,version,date,source\n1,2024-12-02,2024-08-08,Daily\n1,2024-12-01,2024-08-07,Daily\n"
    into(folder, text, gazetteer, published=NEW, constants=CROSSING, mapping={"version": "version"})
    assert claims(folder)["date_start"].dt.strftime("%Y-%m-%d").tolist() == ["2024-08-08"]


def test_of_many_notices_of_one_sort_the_last_are_counted(folder, gazetteer, monkeypatch):
    """After the first of a sort the others are counted, so that memory does not grow with the file."""
    monkeypatch.setattr(tally, "MOST_TOLD", 2)
    text = TABLE + "".join(f"{number},07/08/2024,Daily\n" for number in range(2, 7))
    into(folder, text, gazetteer, published=NEW, constants=CROSSING, dates=DateOrder.MDY)
    again = into(folder, text, gazetteer, published=NEW, constants=CROSSING, dates=DateOrder.DMY)
    otherwise = [said for said in told(again) if "read otherwise" in said]
    assert len(otherwise) == 3
    assert otherwise[-1].endswith("; likewise of 3 more rows")


def test_after_many_faults_a_file_is_read_no_further(folder, gazetteer, monkeypatch):
    """Where rows can be read and say what cannot be, the faults of a chunk are told, and that this was not all."""
    monkeypatch.setattr(rowsleft, "MOST_FAULTS", 3)
    monkeypatch.setattr(DelimitedTable, "chunks", partialmethod(DelimitedTable.chunks, rows=4))
    text = TABLE + "".join(f"{number},day {number},Daily\n" for number in range(2, 12))
    with pytest.raises(FaultsError, match="has over 3 faults, and was read to line 8") as error:
        into(folder, text, gazetteer, published=NEW, constants=CROSSING, dates=DateOrder.DMY)
    assert {fault.line for fault in error.value.faults} == {None, *range(3, 9)}
