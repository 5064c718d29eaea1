"""The rows of an input parted by events, the rows that count, and the names of all inputs."""

import pandas as pd
import pyarrow as pa
import pytest
from builds_made import TABLE, acled_rows, files_in, planned, put_csv, work_in
from collections_made import make
from foreign_rows import ACLED

from geo.errors import BordermapError
from layers.build import scatter as scattering
from layers.build.naming import gather_named, gazetteer_of, named_table
from layers.build.newest import newest
from layers.build.pieces import batch_at, put_pieces
from layers.build.rowsread import SCHEMAS_READ, tables_of
from layers.build.scatter import Scatter, parts_of, scatter

PARTS = 3


def scattered(folder, path, parts=PARTS, **said):
    """Scatter one file into parts; give what is told of it and where it was put."""
    work = work_in(folder, parts)
    (one, asked), *_ = planned(path, **said).inputs
    return scatter(Scatter(one, asked, work)), work.read(0)


def claims_of(folder, part, run=0):
    """Read the claims of a part of a run."""
    return pa.Table.from_batches(batch_at(folder / f"claims-{run:04}.arrow", [part])).to_pandas()


def test_claims_go_where_their_event_goes(tmp_path):
    """Every claim is in the part of its event, events too, and together they are all rows, each with where it came from."""
    path = put_csv(tmp_path / "a.csv", acled_rows(20))
    told, folder = scattered(tmp_path, path, context=True)
    assert (told["rows"], told["claims"], told["runs"], told["faults"]) == (20, 20, 1, [])
    parts = [claims_of(folder, part) for part in range(PARTS)]
    assert sum(len(part) > 0 for part in parts) > 1
    for number, part in enumerate(parts):
        events = pa.Table.from_batches(batch_at(folder / "events-0000.arrow", [number])).to_pandas()
        assert set(events["event_id"]) == set(part["event_id"])
    every = pd.concat(parts).sort_values("line")
    assert every["row_id"].tolist() == [f"PRT{number}" for number in range(1, 21)]
    assert every["line"].tolist() == list(range(2, 22))
    assert set(every["file"]) == {"a.csv"}
    assert set(every["dataset"]) == {"acled"}


def test_a_claim_of_no_event_has_a_part_of_its_own():
    """The part is that of the event's id, or of the claim's where there is no event; the same in any process."""
    events, claims = (pa.chunked_array([cells]) for cells in (["e1", "", "e1", ""], ["c1", "e1", "c3", "c4"]))
    parts = parts_of(events, claims, 1000)
    assert parts[0] == parts[1] == parts[2] != parts[3]
    assert parts.tolist() == [84, 84, 84, 537]


def test_many_rows_are_parted_in_runs(tmp_path, monkeypatch):
    """A worker holds a run of claims at a time, and what all of them name once."""
    path = put_csv(tmp_path / "a.csv", acled_rows(9))
    whole, folder = scattered(tmp_path, path, parts=1, context=True)
    every, names = claims_of(folder, 0), (folder / "sources.arrow").read_bytes()
    monkeypatch.setattr(scattering, "RUN", 4)
    monkeypatch.setattr(scattering, "tables_of", row_by_row)
    (folder / "done.json").unlink()
    told, _ = scattered(tmp_path, path, parts=1, context=True)
    assert told == whole | {"runs": 3}
    pd.testing.assert_frame_equal(
        pd.concat([claims_of(folder, 0, run) for run in range(3)], ignore_index=True), every
    )
    assert (folder / "sources.arrow").read_bytes() == names


def row_by_row(*given):
    """Give what is read of an input one claim at a time."""
    for tables in tables_of(*given):
        for at in range(tables["claims"].num_rows):
            yield tables | {name: tables[name].slice(at, 1) for name in ("claims", "events")}


def test_done_is_only_told_again(tmp_path):
    """What was scattered once is not read again, and what was begun is put in the same place with the same bytes."""
    path = put_csv(tmp_path / "a.csv", acled_rows(9))
    told, folder = scattered(tmp_path, path, context=True)
    before = files_in(folder)
    (folder / "done.json").unlink()
    (folder / "claims-0000.arrow").write_bytes(b"half")
    assert scattered(tmp_path, path, context=True)[0] == told
    assert files_in(folder) == before
    path.unlink()
    path.write_bytes(b"not read")
    assert scattered(tmp_path, path, context=True)[0] == told


def test_one_fault_leaves_the_input_out(tmp_path):
    """An input with a fault has no claims and no runs, and each of its faults is told with its file and line."""
    rows = [ACLED, ACLED | {"event_date": "Monday"}, ACLED | {"latitude": "95"}]
    told, _ = scattered(tmp_path, put_csv(tmp_path / "a.csv", rows))
    assert (told["rows"], told["claims"], told["runs"]) == (3, 0, 0)
    assert {(one["file"], one["line"]) for one in told["faults"]} == {("a.csv", 3), ("a.csv", 4)}


@pytest.mark.parametrize("cells", [b"", b"\x00\xff", b"%PDF-1.4", b"PK\x03\x04", b'"never closed'])
def test_a_file_that_is_none_is_a_fault(tmp_path, cells):
    """What cannot be opened is missing with its sentence, and stops nobody."""
    (tmp_path / "a.csv").write_bytes(cells)
    told, _ = scattered(tmp_path, tmp_path / "a.csv")
    assert told["runs"] == 0
    assert told["faults"][0]["file"] == "a.csv"


def test_a_collection_brings_its_places_and_rows(tmp_path):
    """Claims of a collection come with the row of another data set that they came from, and without a line."""
    make(tmp_path / "mine", claims=[{}, {}])
    told, folder = scattered(tmp_path, tmp_path / "mine", parts=1)
    assert (told["rows"], told["claims"]) == (2, 2)
    claims = claims_of(folder, 0)
    assert claims["file"].tolist() == ["mine", "mine"]
    assert claims["line"].isna().all()
    assert claims["row_id"].tolist() == ["", ""]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_an_input_that_has_gone_meanwhile_stops_the_build(tmp_path, kind):
    """What was there when the build began and is not there now is told as that, and not kept as a fault of it."""
    path = put_csv(tmp_path / "a.csv", [ACLED]) if kind == "file" else make(tmp_path / "a")
    work = work_in(tmp_path)
    (one, asked), *_ = planned(path).inputs
    path.rename(tmp_path / "moved")
    with pytest.raises(
        BordermapError, match=r"/a.*cannot be read \(No such file or directory\); put it back"
    ):
        scatter(Scatter(one, asked, work))
    assert not (work.read(0) / "done.json").exists()
    (tmp_path / "moved").rename(path)
    assert scatter(Scatter(one, asked, work))["faults"] == []


# ---- which row counts


def claims(*rows):
    """Give claims of which only the id, the edition and the quote are said, in their order."""
    cells = [dict.fromkeys(SCHEMAS_READ["claims"].names) for _ in rows]
    for line, (row, (claim, version, quote)) in enumerate(zip(cells, rows, strict=True), 2):
        row |= {
            "claim_id": claim,
            "event_id": claim,
            "row_version": version,
            "quote": quote,
            "line": line,
            "file": "a",
        }
    return pa.Table.from_pylist(cells, schema=SCHEMAS_READ["claims"])


def events(*titles):
    """Give events of which only the title is said, all of one id."""
    cells = [
        dict.fromkeys(SCHEMAS_READ["events"].names) | {"event_id": "c", "title": title} for title in titles
    ]
    return pa.Table.from_pylist(cells, schema=SCHEMAS_READ["events"])


@pytest.mark.parametrize(
    ("rows", "line", "counted"),
    [
        ([("1", "a")], 2, (0, 0, 0)),
        ([("1", "a"), ("1", "a")], 2, (1, 0, 0)),
        ([("1", "a"), ("2", "b")], 3, (0, 1, 0)),
        ([("2", "b"), ("1", "a")], 2, (0, 1, 0)),
        ([("1", "a"), ("1", "b")], 3, (0, 0, 1)),
        ([("", "a"), ("", "b")], 3, (0, 0, 1)),
        ([("1", "a"), ("2", "a")], 2, (1, 0, 0)),
        ([("10", "b"), ("9", "a")], 2, (0, 1, 0)),
        ([("2024-01-02", "b"), ("2024-01-01", "a")], 2, (0, 1, 0)),
        ([("1", "a"), ("2", "b"), ("2", "b")], 3, (1, 1, 0)),
        ([("1", "a"), ("3", "c"), ("2", "b")], 3, (0, 2, 0)),
        ([("1", "a"), ("1", "b"), ("1", "a")], 2, (1, 0, 1)),
    ],
)
def test_the_newest_edition_counts(rows, line, counted):
    """Of a claim's rows the newest edition stays, of equal ones the first, of others of one edition the last; each is counted."""
    kept, titled, told = newest(claims(*[("c", *row) for row in rows]), events(*[quote for _, quote in rows]))
    assert kept["line"].to_pylist() == [line]
    assert titled["title"].to_pylist() == [rows[line - 2][1]]
    assert tuple(told.values()) == counted


def test_other_claims_stay_as_they_are():
    """Claims that come once stay beside those that come again, in their order."""
    kept, _, told = newest(
        claims(("a", "", "x"), ("c", "1", "y"), ("c", "1", "y"), ("b", "", "z")), events("t")
    )
    assert kept["claim_id"].to_pylist() == ["a", "c", "b"]
    assert told["repeated"] == 1


# ---- what all inputs name


def test_names_are_put_together_once(tmp_path):
    """A source of two inputs is there once, as the first has it, and one that has another row there is counted."""
    make(tmp_path / "in" / "a", sources=[{"title": "as it was"}])
    make(tmp_path / "in" / "b", sources=[{"title": "otherwise"}, {}])
    work = work_in(tmp_path)
    inputs = planned(tmp_path / "in").inputs
    for one, asked in inputs:
        scatter(Scatter(one, asked, work))
    told = gather_named(work, [one for one, _ in inputs])
    shared = told.pop("shared")
    assert told == {"sources": 2, "actors": 1, "places": 0, "differing": 1}
    assert shared == {"count": 1, "some": [{"table": "sources", "id": "s1", "inputs": ["a", "b"]}]}
    assert named_table(work, "sources").to_pandas().set_index("source_id")["title"].to_dict() == {
        "s1": "as it was",
        "s2": "",
    }


def test_another_build_of_the_folder_has_its_own_places(tmp_path):
    """A process that outlives a build, as a cluster's worker, draws the next one of the same folder with that one's places."""
    for mark, place in (("first", "Hereabouts"), ("second", "Thereabouts")):
        (tmp_path / "a.csv").write_text(TABLE.replace("Elvas", place), encoding="utf-8")
        work = work_in(tmp_path, mark=mark)
        (one, asked), *_ = planned(
            tmp_path / "a.csv", mapping={"published": "printed"}, constants={"kind": "deployment"}
        ).inputs
        assert scatter(Scatter(one, asked, work))["faults"] == []
        gather_named(work, [one])
        assert [spot.name for spot in gazetteer_of(work) if "abouts" in spot.name] == [place]


def test_pieces_are_read_by_their_numbers(tmp_path):
    """Tables that were put one behind the other, empty ones too, are read each by its number."""
    work = work_in(tmp_path)
    schema = pa.schema([("a", pa.int64())])
    tables = [pa.table({"a": cells}, schema) for cells in ([1, 2], [], [3])]
    put_pieces(work.part(0) / "x.arrow", schema, tables, work.aside)
    read = batch_at(work.part(0) / "x.arrow", [2, 1, 0])
    assert [batch.column(0).to_pylist() for batch in read] == [[3], [], [1, 2]]
    assert list(work.aside.iterdir()) == []
