"""Rows of another data set put into a collection's folder: once each, revised by newer versions, all or nothing."""

import contextlib
import csv
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from collections_made import make, narrowed
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from imports_made import folder_bytes, made, remade, row

from claims import unfinished
from claims.imports.merging import folderfaults, folders, replacing
from claims.imports.merging.fates import Fate
from claims.imports.merging.folders import into_folder
from claims.imports.merging.merge import merge
from claims.imports.rows import MADE
from claims.shipped import shipped
from claims.tables import read_with_places
from claims.unfinished import PENDING, finish, locked
from geo.errors import BordermapError, Fault, FaultsError

ROOT = Path(__file__).parents[1]
USUAL = {"remade": remade, "gazetteer": frozenset()}


def put(folder, *chunks, **more):
    """Merge chunks into a folder, and give the tally."""
    return put_from(folder, chunks, **more)


def put_from(folder, chunks, *, faults=(), **more):
    """Merge chunks as they come."""
    with into_folder(folder) as target:
        return merge(target, chunks, list(faults), file="rows.csv", **{**USUAL, **more})


def counted(tally):
    """Give the tally's numbers by the names of the fates."""
    return {fate.name: number for fate, number in tally.fates.items()}


def claims_in(folder):
    """Give the claims of a folder by their ids."""
    return read_with_places(folder)[0].claims.set_index("claim_id")


def claims_written(folder):
    """Give the rows of claims.csv, in the order of their ids."""
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.reader(file))


def by_hand(folder, table, before, after):
    """Change what stands once in a table, as a person does."""
    path = folder / f"{table}.csv"
    assert path.read_bytes().count(before.encode()) == 1
    path.write_bytes(path.read_bytes().replace(before.encode(), after.encode()))


# ---- new


def test_a_folder_that_is_not_there_is_made(tmp_path):
    """Rows into a new folder make a collection that can be read, with all that they name."""
    hostile = 'é, "quoted",\r=1\n<script>'
    tally = put(tmp_path / "new", made(row(1, words=hostile)), made(row(2, lon="-7.1", lat="38.9"), line=3))
    collection, gazetteer = read_with_places(tmp_path / "new")
    assert counted(tally) == {"NEW": 2}
    assert collection.claims["quote"].tolist() == [hostile, "some crossed"]
    assert collection.claims["place_id"].tolist() == ["", "t--7.1-38.9"]
    assert gazetteer.get("t--7.1-38.9").lat == 38.9
    assert collection.imports["claim_id"].tolist() == ["t-1", "t-2"]
    assert collection.facts.title == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_rows_join_a_collection_that_is_there(tmp_path):
    """What stood in a folder's files stays as it was, to the byte; the rows come after it."""
    folder = make(tmp_path / "c")
    (folder / "README").write_text("mine", encoding="utf-8")
    before = folder_bytes(folder)
    put(folder, made(row(1)))
    after = folder_bytes(folder)
    assert after.keys() == {*before, "imports.csv"}
    assert all(after[name].startswith(content) for name, content in before.items())
    assert claims_in(folder).index.tolist() == ["c1", "t-1"]


def test_a_last_row_without_a_line_end_is_ended(tmp_path):
    """A row that is added does not run into the last one."""
    folder = make(tmp_path / "c")
    (folder / "claims.csv").write_bytes((folder / "claims.csv").read_bytes().rstrip())
    put(folder, made(row(1)))
    assert claims_in(folder).index.tolist() == ["c1", "t-1"]


def test_columns_in_another_order_stay_so(tmp_path):
    """A table keeps the order of its columns."""
    folder = make(tmp_path / "c")
    (folder / "actors.csv").write_text(
        "side,actor,name,name_ar,type,parent,aliases\nnone,a,A,,army,,\n", "utf-8"
    )
    put(folder, made(row(1)))
    assert (folder / "actors.csv").read_text("utf-8").endswith("\nnone,walkers,walkers,,civilians,,\n")


def test_columns_that_were_left_out_come_with_the_first_row(tmp_path):
    """A table that lacks columns gets them, empty in its own rows, once a row is added; the claims there stay as they were."""
    folder = narrowed(make(tmp_path / "c"))
    before = claims_in(folder)
    put(folder, made(row(1)))
    header = (folder / "claims.csv").read_text("utf-8").splitlines()[0].split(",")
    assert sorted(header) == sorted(MADE["claims"])
    assert claims_in(folder).loc[["c1"]].equals(before)
    assert claims_in(folder).index.tolist() == ["c1", "t-1"]
    assert counted(put(folder, made(row(1)))) == {"UNCHANGED": 1}


def test_a_table_that_gets_no_rows_stays_as_it_is(tmp_path):
    """What a table leaves out stays out where nothing is put into it."""
    folder = narrowed(make(tmp_path / "c"))
    put(folder, made(row(1)))
    narrowed(folder)
    before = folder_bytes(folder)
    put(folder, made(row(1)))
    assert folder_bytes(folder) == before


# ---- again


def test_the_same_rows_again_change_nothing(tmp_path):
    """Importing again leaves every file as it is, to the byte and to the moment it was written."""
    put(tmp_path / "c", made(row(1), row(2)))
    before = [(path.name, path.stat().st_mtime_ns) for path in sorted((tmp_path / "c").iterdir())]
    tally = put(tmp_path / "c", made(row(2)), made(row(1)))
    assert counted(tally) == {"UNCHANGED": 2}
    assert [(path.name, path.stat().st_mtime_ns) for path in sorted((tmp_path / "c").iterdir())] == before


def test_a_claim_that_was_taken_out_comes_again(tmp_path):
    """A folder whose claim and its row were taken out gets them again; nothing told otherwise."""
    put(tmp_path / "c", made(row(1), row(2)))
    for table in ("claims", "imports"):
        path = tmp_path / "c" / f"{table}.csv"
        path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    assert counted(put(tmp_path / "c", made(row(1), row(2)))) == {"UNCHANGED": 1, "NEW": 1}
    assert claims_in(tmp_path / "c").index.tolist() == ["t-1", "t-2"]


VERSIONS = {
    "a number": ("9", "10", "REVISED"),
    "an older number": ("10", "9", "OLDER"),
    "a day": ("2024-09-30", "2024-10-01", "REVISED"),
    "an older day": ("2024-10-01", "2024-09-30", "OLDER"),
    "an older hour": ("2024-10-01T12:00:00Z", "2024-10-01T11:00:00Z", "OLDER"),
    "none": ("", "", "REVISED"),
    "equal ones": ("5", "5", "REVISED"),
    "words": ("second", "first", "REVISED"),
    "two sorts": ("2024-10-01", "9", "REVISED"),
}


@pytest.mark.parametrize(("held", "now", "fate"), VERSIONS.values(), ids=VERSIONS)
def test_a_newer_version_of_a_row_revises_it(tmp_path, held, now, fate):
    """Another row of the same id is a revision, unless numbers or days say that it is an older one."""
    put(tmp_path / "c", made(row(1, version=held)))
    tally = put(tmp_path / "c", made(row(1, version=now, count="30")))
    assert counted(tally) == {fate: 1}
    assert claims_in(tmp_path / "c")["count"].tolist() == [30.0 if fate == "REVISED" else 20.0]
    assert bool(tally.notices) == (fate == "OLDER")


def test_a_revision_stands_where_the_row_stood(tmp_path):
    """A revised row is replaced in its place, and the rows around it stay as they are."""
    put(tmp_path / "c", made(row(1), row(2, words="a, b"), row(3)))
    before = (tmp_path / "c" / "claims.csv").read_text("utf-8").splitlines()
    put(tmp_path / "c", made(row(2, words="a, b", count="30"), row(4)))
    after = (tmp_path / "c" / "claims.csv").read_text("utf-8").splitlines()
    assert [one == other for one, other in zip(before, after, strict=False)] == [True, True, False, True]
    assert [line.split(",")[0] for line in after[1:]] == ["t-1", "t-2", "t-3", "t-4"]


def test_a_revision_takes_its_event_along(tmp_path):
    """The event that is a claim's alone follows its kind and title."""
    put(tmp_path / "c", made(row(1)))
    put(tmp_path / "c", made(row(1, kind="withdrawal", words="some left")))
    events = read_with_places(tmp_path / "c")[0].events
    assert events[["title", "kind"]].to_numpy().tolist() == [["some left", "withdrawal"]]


def test_what_a_revision_names_comes_with_it(tmp_path):
    """A source that only the newer version names is added; one that nothing taken names is not."""
    put(tmp_path / "c", made(row(1), row(2)))
    put(tmp_path / "c", made(row(1, paper="Other"), row(2)))
    put(tmp_path / "c", made(row(1, paper="Other"), row(2), row(3, version="1", paper="Third")), check=True)
    sources = read_with_places(tmp_path / "c")[0].sources
    assert sources["source_id"].tolist() == ["paper-The-Daily-Test", "paper-Other"]


# ---- by hand


def test_what_a_person_changed_stays(tmp_path):
    """A cell that was changed by hand is kept and told; the others are revised."""
    put(tmp_path / "c", made(row(1)))
    by_hand(tmp_path / "c", "claims", "reported,asserted", "confirmed,asserted")
    tally = put(tmp_path / "c", made(row(1, count="30")))
    claim = claims_in(tmp_path / "c").loc["t-1"]
    assert (claim["status"], claim["count"]) == ("confirmed", 30)
    (notice,) = tally.notices
    assert (notice.line, notice.said) == (
        2,
        "t-1 keeps what was changed by hand (status 'confirmed' ('reported'): the file says what is in brackets)",
    )


def test_an_actor_that_a_person_put_in_stays(tmp_path):
    """A claim keeps the actor that a person gave it, though the file that revises the claim has no row of that actor."""
    put(tmp_path / "c", made(row(1), row(2, who="riders")))
    by_hand(tmp_path / "c", "claims", "reported,asserted,walkers,", "reported,asserted,riders,")
    put(tmp_path / "c", made(row(1, count="30")))
    assert claims_in(tmp_path / "c").loc["t-1", ["actors", "count"]].tolist() == ["riders", 30]


def test_a_source_that_a_person_put_in_stays(tmp_path):
    """A claim keeps the source that a person gave it, likewise."""
    put(tmp_path / "c", made(row(1), row(2, paper="Other")))
    by_hand(tmp_path / "c", "claims", "t-1,paper-The-Daily-Test,", "t-1,paper-Other,")
    put(tmp_path / "c", made(row(1, count="30")))
    assert claims_in(tmp_path / "c").loc["t-1", ["source_id", "count"]].tolist() == ["paper-Other", 30]


def test_a_change_by_hand_that_the_file_makes_too_is_no_conflict(tmp_path):
    """Where the newer version says what a person wrote, nothing is told."""
    put(tmp_path / "c", made(row(1)))
    by_hand(tmp_path / "c", "claims", ",some crossed,", ",some walked,")
    assert put(tmp_path / "c", made(row(1, words="some walked"))).notices == []


def test_a_claim_that_was_put_to_another_event_stays_there(tmp_path):
    """Who joins claims to one event keeps that; a kind that no longer fits is told and not taken."""
    put(tmp_path / "c", made(row(1), row(2)))
    by_hand(tmp_path / "c", "claims", "t-2,paper-The-Daily-Test,t-2", "t-2,paper-The-Daily-Test,t-1")
    tally = put(tmp_path / "c", made(row(2, kind="withdrawal"), row(1, kind="withdrawal")))
    claims = claims_in(tmp_path / "c")
    assert claims["event_id"].tolist() == ["t-1", "t-1"]
    assert claims["kind"].tolist() == ["crossing", "crossing"]
    assert ["stays crossing as the event t-1" in notice.said for notice in tally.notices] == [
        False,
        True,
        True,
    ]


def test_cells_that_no_longer_go_together_are_a_fault(tmp_path):
    """A newer version that contradicts what was changed by hand is refused, and the folder stays as it is."""
    put(tmp_path / "c", made(row(1)))
    by_hand(tmp_path / "c", "claims", "2024-12-07,2024-12-07,on", "2024-12-07,2024-12-08,on")
    before = folder_bytes(tmp_path / "c")
    with pytest.raises(FaultsError, match="is before date_start, together with what was changed by hand"):
        put(tmp_path / "c", made(row(1, day="2024-12-20")))
    assert folder_bytes(tmp_path / "c") == before


def test_what_cannot_be_made_again_is_told(tmp_path):
    """Where a changed claim's row makes nothing today, the new version is taken and the cells that it replaces are told."""
    put(tmp_path / "c", made(row(1)))
    by_hand(tmp_path / "c", "claims", "reported,asserted", "confirmed,asserted")
    tally = put(tmp_path / "c", made(row(1, count="30")), remade=lambda _cells, _published: made().tables)
    assert claims_in(tmp_path / "c")["count"].tolist() == [30]
    assert "count '30' ('20')" in tally.notices[0].said


def test_a_claim_that_has_the_id_of_a_row_by_chance_is_not_overwritten(tmp_path):
    """A claim that no import brought is refused to be taken for a row of its id."""
    folder = make(tmp_path / "c", claims=({"claim_id": "t-1"},))
    with pytest.raises(FaultsError, match="line 2: id 't-1' is the id of a claim that no import brought"):
        put(folder, made(row(1)))


# ---- within a file


TWICE = {
    "the same row": ([row(1), row(1)], {"NEW": 1, "REPEATED": 1}),
    "two versions": ([row(1, version="1", count="5"), row(1, version="2")], {"NEW": 1, "OUTDATED": 1}),
    "two versions, the newer first": (
        [row(1, version="2"), row(1, version="1", count="5")],
        {"NEW": 1, "OUTDATED": 1},
    ),
    "the newest twice": (
        [row(1, version="1", count="5"), row(1, version="2"), row(1, version="2")],
        {"NEW": 1, "OUTDATED": 1, "REPEATED": 1},
    ),
}


@pytest.mark.parametrize("apart", [False, True], ids=["in one chunk", "in two"])
@pytest.mark.parametrize(("rows", "fates"), TWICE.values(), ids=TWICE)
def test_an_id_that_stands_twice_is_taken_once(tmp_path, rows, fates, apart):
    """Of the same row once, of versions the newest; the rest is told."""
    chunks = [made(cells, line=line) for line, cells in enumerate(rows, start=2)] if apart else [made(*rows)]
    tally = put(tmp_path / "c", *chunks)
    assert counted(tally) == fates
    assert len(tally.notices) == len(rows) - 1
    assert claims_in(tmp_path / "c")["count"].tolist() == [20]


UNDECIDED = {
    "no versions": ("", ""),
    "the same version": ("3", "3"),
    "versions of two sorts": ("3", "2024-01-01"),
}


@pytest.mark.parametrize(("one", "other"), UNDECIDED.values(), ids=UNDECIDED)
def test_two_rows_of_one_id_without_an_order_are_a_fault(tmp_path, one, other):
    """Different rows of one id that no version orders are refused, with both lines."""
    with pytest.raises(FaultsError, match=r"rows\.csv line 3: id 't-1' stands on line 2 too") as told:
        put(tmp_path / "c", made(row(1, version=one), row(1, version=other, count="5")))
    assert len(told.value.faults) == 1
    assert not (tmp_path / "c").exists()


# ---- nothing


def test_with_a_fault_nothing_is_imported(tmp_path):
    """A fault of whoever made the rows refuses all of them, in the order of the lines."""
    fault = Fault("rows.csv", 1, "day", "x", "is not a day", "write it as 2024-12-07")
    with pytest.raises(FaultsError, match="2 faults, nothing was imported") as told:
        put(tmp_path / "c", made(row(1, lon="200", lat="1")), faults=[fault])
    assert [fault.line for fault in told.value.faults] == [1, 2]
    assert list(tmp_path.iterdir()) == []


BAD = {
    "a claim": ({"kind": "flight"}, "line 2: claims: kind 'flight' is unknown"),
    "an event": ({"words": ""}, "events: title is empty"),
    "a place": ({"lon": "200", "lat": "1"}, "line 2: places: lon '200' is not between"),
    "what is named": ({"who": "a;b"}, "line 2: actors: actor 'a;b' is not an id"),
}


@pytest.mark.parametrize(("cells", "why"), BAD.values(), ids=BAD)
def test_what_a_collection_could_not_hold_is_told_at_its_line(tmp_path, cells, why):
    """Rows that the collection's own checks refuse are faults of the file that they came from."""
    with pytest.raises(FaultsError) as told:
        put(tmp_path / "c", made(row(1, **cells)))
    assert why in str(told.value)


def test_a_check_writes_nothing(tmp_path):
    """A dry run counts what would happen, and makes no folder."""
    assert counted(put(tmp_path / "c", made(row(1)), check=True)) == {"NEW": 1}
    assert list(tmp_path.iterdir()) == []


def test_no_rows_make_no_folder(tmp_path):
    """Nothing to import leaves nothing behind."""
    put(tmp_path / "c", made())
    assert list(tmp_path.iterdir()) == []


def test_a_shipped_collection_is_never_written_to():
    """What comes with bordermap stays as it is."""
    folder = next(iter(shipped().values()))
    with pytest.raises(BordermapError, match="comes with bordermap"), into_folder(folder):
        pass


def test_a_folder_of_something_else_is_refused(tmp_path):
    """A folder with files and no collection.toml is left alone."""
    (tmp_path / "letters.txt").touch()
    with pytest.raises(BordermapError, match=r"holds no collection\.toml"):
        put(tmp_path, made(row(1)))


def test_tables_with_another_header_are_refused(tmp_path):
    """A folder whose tables cannot be read gets nothing."""
    folder = make(tmp_path / "c")
    (folder / "events.csv").write_text("event_id,name\n", encoding="utf-8")
    with pytest.raises(FaultsError, match=r"events.csv line 1: name is an unknown column"):
        put(folder, made(row(1)))


def test_a_folder_that_somebody_else_changed_meanwhile_is_left(tmp_path):
    """Rows that were merged with what no longer stands there are not put there."""
    folder = make(tmp_path / "c")

    def chunks():
        yield made(row(1))
        (folder / "sources.csv").write_bytes((folder / "sources.csv").read_bytes() + b"\n")

    with pytest.raises(BordermapError, match="was changed meanwhile; import again"):
        put_from(folder, chunks())
    assert claims_in(folder).index.tolist() == ["c1"]


# ---- what stops it


class _DiskError(OSError):
    """A disk that fails."""

    def __init__(self):
        """Fail as a disk does."""
        super().__init__(5, "Input/output error")


def _stopped_at(monkeypatch, name, at, *modules):
    """Let the nth call of a function of these modules fail, as a disk would."""
    calls, right = [], getattr(modules[0], name)

    def failing(*words):
        calls.append(words)
        if len(calls) == at:
            raise _DiskError
        return right(*words)

    for module in modules:
        monkeypatch.setattr(module, name, failing)


@pytest.mark.parametrize("at", range(1, 5))
def test_a_disk_that_fails_while_rows_are_gathered_leaves_what_stood_there(tmp_path, monkeypatch, at):
    """An error before the first table is replaced changes no byte, and leaves nothing beside the folder."""
    folder = make(tmp_path / "c")
    before = folder_bytes(folder)
    _stopped_at(monkeypatch, "csv_rows", at, folders)
    with pytest.raises(BordermapError, match="cannot be written"):
        put(folder, made(row(1, paper="New", who="others", lon="-7.1", lat="38.9")))
    assert folder_bytes(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["c"]


CHANGED = made(
    row(1, count="30"), row(2, paper="New", who="others", lon="-7.1", lat="38.9"), row(3, kind="deployment")
)


@pytest.mark.parametrize("at", range(1, 7))
def test_a_table_that_cannot_be_replaced_leaves_all_as_they_were(tmp_path, monkeypatch, at):
    """Whichever table fails, a revised kind among the rest, no byte is changed, and the same import does it later."""
    folder = make(tmp_path / "c")
    put(folder, made(row(1), row(3)))
    before = folder_bytes(folder)
    with monkeypatch.context() as patched:
        _stopped_at(patched, "put_in_place", at, replacing)
        with pytest.raises(BordermapError, match="cannot be written"):
            put(folder, CHANGED)
    assert folder_bytes(folder) == before
    assert not (folder / PENDING).exists()
    assert put(folder, CHANGED).fates[Fate.NEW] == 1


KILLED = """
import os, sys
from pathlib import Path

from test_import_merging import CHANGED, put

from claims.imports.merging import replacing

calls, right = [], replacing.put_in_place

def dying(*words):
    calls.append(words)
    if len(calls) == int(sys.argv[2]):
        os._exit(9)
    right(*words)

replacing.put_in_place = dying
put(Path(sys.argv[1]), CHANGED)
"""


def test_what_lies_there_before_any_table_is_what_the_next_reader_ends(tmp_path, monkeypatch):
    """Before each of its tables, a revised kind among them, the folder is one that reads as it shall be."""
    folder, right, left = make(tmp_path / "whole"), replacing.put_in_place, []
    put(folder, made(row(1), row(3)))

    def watched(*words):
        left.append(shutil.copytree(folder, tmp_path / f"left-{len(left)}"))
        right(*words)

    monkeypatch.setattr(replacing, "put_in_place", watched)
    put(folder, CHANGED)
    assert len(left) == 6
    for one in left:
        assert (one / PENDING).is_dir()
        read_with_places(one)
        assert folder_bytes(one) == folder_bytes(folder)
        assert not (one / PENDING).exists()


def test_a_kill_leaves_what_the_next_reader_ends(tmp_path):
    """A process that is gone before its third table loses nothing: the folder reads as it shall be."""
    at = 3
    for name in ("whole", "killed"):
        put(make(tmp_path / name), made(row(1), row(3)))
    put(tmp_path / "whole", CHANGED)
    path = os.pathsep.join([*map(str, (ROOT, ROOT / "tests"))])
    words = [sys.executable, "-c", KILLED, str(tmp_path / "killed"), str(at)]
    run = subprocess.run(words, env={**os.environ, "PYTHONPATH": path}, check=False)  # noqa: S603 - the code above
    assert run.returncode == 9
    assert (tmp_path / "killed" / PENDING).is_dir()
    read_with_places(tmp_path / "killed")
    assert folder_bytes(tmp_path / "killed") == folder_bytes(tmp_path / "whole")
    assert not (tmp_path / "killed" / PENDING).exists()
    assert put(tmp_path / "killed", CHANGED).fates[Fate.UNCHANGED] == 3


def test_tables_that_another_process_puts_in_place_are_waited_for(tmp_path):
    """A reader that finds new tables goes on when they are no longer held by who replaces them, and not before."""
    folder = make(tmp_path / "c")
    pending = folder / PENDING
    pending.mkdir()
    began = threading.Event()

    def read():
        began.set()
        finish(folder)

    with locked(pending):
        reader = threading.Thread(target=read)
        reader.start()
        began.wait()
        (pending / "note.csv").write_text("a", encoding="utf-8")
        pending.replace(tmp_path / "back")
    reader.join()
    assert not (folder / "note.csv").exists()


def test_what_cannot_be_ended_is_told(tmp_path, monkeypatch):
    """A folder that cannot be written to says what stands in the way of reading it."""
    folder = make(tmp_path / "c")
    (folder / PENDING).mkdir()
    (folder / PENDING / "events.csv").write_bytes((folder / "events.csv").read_bytes())
    _stopped_at(monkeypatch, "put_in_place", 1, unfinished)
    with pytest.raises(BordermapError, match="was cut short, and cannot be ended"):
        read_with_places(folder)


@pytest.mark.parametrize("count", range(1, 6))
def test_a_kill_between_two_tables_leaves_a_collection_that_the_same_import_completes(tmp_path, count):
    """After however many tables were replaced, the collection can be read, and importing again ends it."""
    chunk = made(row(1, count="30"), row(2, paper="New", who="others", lon="-7.1", lat="38.9"))
    for name in ("whole", "killed"):
        put(make(tmp_path / name), made(row(1)))
    put(tmp_path / "whole", chunk)
    for table in [*MADE][:count]:
        file = tmp_path / "whole" / f"{table}.csv"
        (tmp_path / "killed" / file.name).write_bytes(file.read_bytes())
    read_with_places(tmp_path / "killed")
    put(tmp_path / "killed", chunk)
    assert folder_bytes(tmp_path / "killed") == folder_bytes(tmp_path / "whole")


def test_rights_of_a_table_stay(tmp_path):
    """A table keeps who may read it."""
    folder = make(tmp_path / "c")
    (folder / "claims.csv").chmod(0o600)
    put(folder, made(row(1)))
    assert (folder / "claims.csv").stat().st_mode & 0o777 == 0o600
    assert claims_in(folder).index.tolist() == ["c1", "t-1"]


def test_nothing_is_imported_through_a_link(tmp_path):
    """Where a table leads out of the folder, what it leads to stays as it is, and so does the folder."""
    folder, elsewhere = make(tmp_path / "c"), tmp_path / "elsewhere.csv"
    (folder / "events.csv").rename(elsewhere)
    (folder / "events.csv").symlink_to(elsewhere)
    before = folder_bytes(folder)
    with pytest.raises(BordermapError, match=r"events\.csv' is a link, .*put the table itself there"):
        put(folder, made(row(1)))
    assert (folder_bytes(folder), elsewhere.read_bytes()) == (before, before["events.csv"])
    assert (folder / "events.csv").is_symlink()


# ---- any rows

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ROWS = st.dictionaries(
    st.integers(1, 9),
    st.fixed_dictionaries(
        {
            "count": st.sampled_from(["", "5", "20"]),
            "words": TEXT.map(lambda text: f"w{text}w"),
            "paper": st.sampled_from(["One", "Two"]),
            "kind": st.sampled_from(["crossing", "withdrawal", "other"]),
            "lon": st.sampled_from(["", "-7.1"]),
        }
    ),
    max_size=6,
)


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""No shrinking: an example writes files, and is small as it is."""


def chunks_of(rows, size):
    """Part rows into chunks."""
    whole = [row(number, **{**cells, "lat": cells["lon"] and "38.9"}) for number, cells in rows.items()]
    parts = [whole[first : first + size] for first in range(0, len(whole), size)]
    return [made(*part, line=2 + size * number) for number, part in enumerate(parts)]


@pytest.mark.usefixtures("few_places")
@settings(max_examples=6, deadline=None, phases=PHASES)
@given(rows=ROWS, later=ROWS, size=st.integers(1, 4))
def test_any_rows_are_held_once_and_revised_once(tmp_path_factory, rows, later, size):
    """Twice is as once, in any order of chunks, and a later edition adds and revises what differs and nothing else."""
    tmp_path = tmp_path_factory.mktemp("any")
    put(tmp_path / "a", *chunks_of(rows, size))
    put(tmp_path / "b", *reversed(chunks_of(rows, size)))
    if not rows:
        assert not (tmp_path / "a").exists()
        return
    once = folder_bytes(tmp_path / "a")
    assert counted(put(tmp_path / "a", *chunks_of(rows, 6))) == {"UNCHANGED": len(rows)}
    assert folder_bytes(tmp_path / "a") == once
    assert claims_written(tmp_path / "a") == claims_written(tmp_path / "b")
    tally = put(tmp_path / "a", *chunks_of(later, size))
    both = rows.keys() & later.keys()
    assert tally.fates[Fate.NEW] == len(later.keys() - rows.keys())
    assert tally.fates[Fate.REVISED] == sum(rows[key] != later[key] for key in both)
    assert tally.notices == []
    put(tmp_path / "c", *chunks_of(rows | later, size))
    assert claims_written(tmp_path / "a") == claims_written(tmp_path / "c")
    assert len(claims_in(tmp_path / "a")) == len(rows | later)


@pytest.mark.usefixtures("few_places")
@settings(max_examples=6, deadline=None, phases=PHASES)
@given(rows=ROWS.filter(bool), later=ROWS.filter(bool), at=st.integers(1, 12))
def test_a_disk_that_fails_at_any_moment_leaves_a_collection(tmp_path_factory, rows, later, at):
    """Whenever the disk fails, each file is an old or a new one, and the same import completes them."""
    tmp_path = tmp_path_factory.mktemp("fails")
    whole, stopped = (tmp_path / name / "c" for name in ("whole", "stopped"))
    whole.parent.mkdir()
    put(whole, *chunks_of(rows, 3))
    shutil.copytree(whole, stopped)
    put(whole, *chunks_of(later, 3))
    before, after = folder_bytes(stopped), folder_bytes(whole)
    with pytest.MonkeyPatch.context() as patched, contextlib.suppress(BordermapError):
        _stopped_at(patched, "settle", at, folders, replacing)
        put(stopped, *chunks_of(later, 3))
    for name, content in folder_bytes(stopped).items():
        assert content in {before.get(name), after.get(name)}
    put(stopped, *chunks_of(later, 3))
    assert folder_bytes(stopped) == after
    assert [path.name for path in stopped.parent.iterdir()] == ["c"]


BROKEN = {"no TOML": b"title = ", "no text": b'title = "\xff"', "no facts": b'title = "a"\n'}


@pytest.mark.parametrize("facts", BROKEN.values(), ids=BROKEN)
def test_a_folder_whose_facts_cannot_be_read_is_refused(tmp_path, facts):
    """What is wrong with collection.toml is told before anything is written."""
    folder = make(tmp_path / "c")
    (folder / "collection.toml").write_bytes(facts)
    before = folder_bytes(folder)
    with pytest.raises(FaultsError, match=r"collection\.toml"):
        put(folder, made(row(1)))
    assert folder_bytes(folder) == before


@pytest.mark.parametrize("table", ["imports", "places", "claims"])
def test_a_folder_with_tables_in_parquet_is_refused(tmp_path, table):
    """No CSV is put beside a table in Parquet; it is said what to do."""
    folder = make(tmp_path / "c")
    (folder / f"{table}.csv").unlink(missing_ok=True)
    (folder / f"{table}.parquet").write_bytes(b"PAR1")
    before = folder_bytes(folder)
    with pytest.raises(
        BordermapError, match=r"has tables in Parquet .*make them CSV, or import into the store"
    ):
        put(folder, made(row(1)))
    assert folder_bytes(folder) == before


def test_a_folder_that_is_begun_has_the_title_that_is_said(tmp_path):
    """Whoever begins a collection in a folder may say what it is called."""
    with into_folder(tmp_path / "c", 'Rows of "all"') as target:
        merge(target, [made(row(1))], [], file="rows.csv", **USUAL)
    assert read_with_places(tmp_path / "c")[0].facts.title == 'Rows of "all"'


# ---- a folder that is not sound


@pytest.mark.parametrize("largest", [folderfaults.LARGEST_READ, 0])
@pytest.mark.parametrize("version", ["some crossed", "many crossed"])
def test_an_import_into_a_folder_with_faults_tells_them(tmp_path, monkeypatch, largest, version):
    """A claim that was deleted without the row that it came from is told, whether the same row comes or a newer one."""
    monkeypatch.setattr(folderfaults, "LARGEST_READ", largest)
    folder = make(tmp_path / "c")
    put(folder, made(row(1)))
    claims = folder / "claims.csv"
    claims.write_text("".join(claims.read_text().splitlines(keepends=True)[:-1]))
    before = folder_bytes(folder)
    with pytest.raises(FaultsError) as error:
        put(folder, made(row(1, words=version)))
    (fault,) = error.value.faults
    assert (fault.file, fault.line, fault.column, fault.value) == ("imports.csv", 2, "claim_id", "t-1")
    assert "delete this row too" in fault.todo
    assert str(error.value).startswith("1 fault, nothing was imported")
    assert folder_bytes(folder) == before


def test_a_row_whose_claim_and_import_were_deleted_is_taken_in_anew(tmp_path):
    """As the fault of a claim that alone was deleted says."""
    folder = make(tmp_path / "c")
    put(folder, made(row(1)))
    for name in ("claims.csv", "imports.csv"):
        lines = (folder / name).read_text().splitlines(keepends=True)
        (folder / name).write_text("".join(lines[:-1]))
    assert counted(put(folder, made(row(1)))) == {"NEW": 1}
    assert "t-1" in claims_in(folder).index
