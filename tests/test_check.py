"""`bordermap check` verifies collections, the store and built folders, says of each fault what to do, and writes nothing."""

import json
import shutil

import pytest
from collections_made import make
from disks import read_only
from imports_made import ACLED

import bordermap
from claims.store import open_store
from claims.unfinished import PENDING


def checked(capsys, *words):
    """Check something; give how it ended and the lines that it said of it."""
    code = bordermap.main(["check", *map(str, words)])
    return code, capsys.readouterr().out.splitlines()


def everything(folder):
    """Give the bytes of all files below a folder, and None of each folder."""
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def faults_in(lines):
    """Give the faults among lines."""
    return [line for line in lines if line.startswith("fault: ")]


# ---- a collection


def test_the_shipped_collections_are_whole(capsys, monkeypatch, tmp_path):
    """Without an argument each is verified, with its numbers; where there is no store, none is made."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    code, lines = checked(capsys)
    assert (code, faults_in(lines)) == (0, [])
    assert lines[0].startswith("ok: iraq-syria-2024: 5 sources, ")
    assert list(tmp_path.iterdir()) == []


def _nothing(_folder):
    pass


def _no_day(folder):
    text = (folder / "claims.csv").read_text().replace("2024-12-08", "8 December")
    (folder / "claims.csv").write_text(text)


def _cut_short(folder):
    (folder / PENDING).mkdir()
    shutil.copy(folder / "actors.csv", folder / PENDING / "actors.csv")


def _killed_inside(folder):
    (folder / ".claims.csv.abcd_123").write_text("half")


def _killed_beside(folder):
    (folder.parent / ".c.abcd_123").mkdir()


def _a_stranger(folder):
    (folder / "notes.txt").write_text("mine")
    (folder / ".notes.markdown").write_text("mine, and hidden")


FOLDERS = [
    (
        _nothing,
        None,
        "ok: c: 1 sources, 1 claims, 1 events, 1 actors, 0 hashes of texts, 2024-12-01 to 2024-12-31",
    ),
    (
        _no_day,
        "fault: c: claims.csv line 2: reported '8 December' is not a day; write it as 2024-12-07",
        None,
    ),
    (
        _cut_short,
        "fault: c: an import was cut short, and its tables are in '.replacing'; open the collection",
        "ok: c: ",
    ),
    (_killed_inside, ".claims.csv.abcd_123' was left by a process that was killed; take it away", "ok: c: "),
    (_killed_beside, ".c.abcd_123' was left by a process that was killed; take it away", "ok: c: "),
    (_a_stranger, None, "note: c: not read, since they are no files of a collection: 'notes.txt'"),
]


@pytest.mark.parametrize(("harm", "fault", "also"), FOLDERS, ids=[harm.__name__ for harm, *_ in FOLDERS])
def test_what_is_wrong_with_a_folder_is_told(tmp_path, capsys, harm, fault, also):
    """Each fault is one line that says what to do, what holds is told too, and no byte is changed."""
    folder = make(tmp_path / "c")
    harm(folder)
    before = everything(tmp_path)
    code, lines = checked(capsys, folder)
    assert code == (1 if fault else 0)
    assert len(faults_in(lines)) == code
    assert all(any(part in line for line in lines) for part in (fault, also) if part), lines
    assert everything(tmp_path) == before


def test_a_hash_that_is_none_is_told(tmp_path, capsys):
    """A source whose text_sha256 is no sha256."""
    folder = make(tmp_path / "c", sources=({"text_sha256": "abc"},))
    code, lines = checked(capsys, folder)
    assert code == 1
    assert (
        "fault: c: source s1 has the text_sha256 'abc', which is no sha256 in hexadecimal; correct or empty it"
        in lines
    )
    assert len(lines) == 1  # and it is not told to be without faults


def test_a_folder_that_may_only_be_read_is_checked(tmp_path, capsys):
    """Nothing needs to be written to look."""
    make(tmp_path / "c")
    with read_only(tmp_path / "disk", tmp_path) as disk:
        assert checked(capsys, disk / "c")[0] == 0


def test_json_has_the_same(tmp_path, capsys):
    """A list of level, what and told; what is not there is told, and ends with 1."""
    make(tmp_path / "c")
    bordermap.main(["check", str(tmp_path / "c"), "--json"])
    (finding,) = json.loads(capsys.readouterr().out)
    assert (finding["level"], finding["what"]) == ("ok", "c")
    assert bordermap.main(["check", str(tmp_path / "nowhere")]) == 1
    assert "is neither a shipped collection" in capsys.readouterr().err


# ---- the store


@pytest.fixture
def named_store(url, monkeypatch):
    """Let the environment name a store with `tiny`; give how to do something to its database."""
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", url)

    def do(*statements):
        store = open_store(url)
        with store.database.writing() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        store.database.close()

    return do


def test_a_store_is_whole(named_store, capsys):
    """Its file, its tables, its triggers, its audit and its collections are told, with numbers."""
    del named_store
    code, lines = checked(capsys, "store")
    assert (code, faults_in(lines)) == (0, [])
    assert any(
        "its triggers are there, and the audit holds: 6 rows, the last of them 6:" in line for line in lines
    ), lines
    assert any(line.startswith("ok: store:tiny: 1 sources, 2 claims, ") for line in lines)
    assert checked(capsys, "store:tiny")[1] == [line for line in lines if line.startswith("ok: store:tiny: ")]


def test_a_dropped_trigger_is_told(named_store, url, capsys):
    """Whether it is gone or, in PostgreSQL, switched off."""
    if url.startswith("sqlite"):
        named_store("drop trigger audit_no_update")
    else:
        named_store("alter table audit disable trigger audit_no_change")
    code, lines = checked(capsys, "store")
    assert code == 1
    (fault,) = faults_in(lines)
    assert "the trigger audit_no_" in fault
    assert "is gone, so that audit may be changed; find out who dropped it" in fault


STORES = [
    (
        "update claims set quote = 'all crossed'",
        "claims c1 of tiny was changed, and the audit does not say by whom; compare",
    ),
    (
        "update claims set reported = 'never' where claim_id = 'c2'",
        "claims row c2: reported 'never' is not a day",
    ),
    ("update bordermap_version set version_num = '0001'", "has tables of '0001', and this bordermap's are "),
    ("update bordermap_version set version_num = '9999'", "was written by a later bordermap"),
]


@pytest.mark.parametrize(("statement", "told"), STORES)
def test_what_is_wrong_with_a_store_is_told(named_store, capsys, statement, told):
    """Whatever was changed past it, and tables of another bordermap, which are left as they are."""
    named_store(statement)
    code, lines = checked(capsys, "store")
    assert code == 1
    assert any(told in line for line in faults_in(lines)), lines


def test_a_damaged_file_is_told(in_sqlite, monkeypatch, capsys):
    """SQLite's own look at its file finds what the audit cannot."""
    with in_sqlite.copy("tiny") as address:
        path = address.removeprefix("sqlite:///")
        with open(path, "r+b") as file:  # noqa: PTH123 - a path of SQLAlchemy's
            file.seek(4096 * 3 + 100)
            file.write(b"\xff" * 3000)
        monkeypatch.setenv("BORDERMAP_DATABASE_URL", address)
        code, lines = checked(capsys, "store")
        assert code == 1
        assert "damaged" in faults_in(lines)[0]


def test_a_file_that_is_no_database_any_more_is_told_with_what_to_do(tmp_path, monkeypatch, capsys):
    """A store that was written over is told to be restored, as docs/faults.md says."""
    (tmp_path / "store.sqlite").write_bytes(b"x" * 4096)
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    code, lines = checked(capsys, "store")
    assert code == 1
    assert "damaged one; restore a backup onto it (bordermap restore BACKUP --replace OLD)" in lines[0]


def test_a_store_that_is_not_there_is_not_made(tmp_path, monkeypatch, capsys):
    """A file that is missing is told."""
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{tmp_path}/none/store.sqlite")
    code, lines = checked(capsys, "store")
    assert code == 1
    assert "is not there; name the one that is meant" in faults_in(lines)[0]
    assert list(tmp_path.iterdir()) == []


def test_a_text_with_another_hash_is_told(named_store, url, capsys):
    """The text and its source must tell of the same."""
    store = open_store(url)
    kept = store.keep_source("tiny", {"outlet": "A", "published": "2024-12-09"}, "Some crossed.", "Anna")
    store.database.close()
    assert (
        "ok: store:tiny: 1 texts, each with the hash that its source has" in checked(capsys, "store:tiny")[1]
    )
    named_store(f"update sources set text_sha256 = '{'0' * 64}' where source_id = '{kept.source_id}'")
    code, lines = checked(capsys, "store:tiny")
    assert code == 1
    assert f"the text of source {kept.source_id} has another hash than the source says" in faults_in(lines)[0]


# ---- a built folder


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    """Build a folder of a few rows."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "acled.csv").write_text(ACLED, encoding="utf-8")
    assert (
        bordermap.main(["build", str(folder / "acled.csv"), "-o", str(folder / "out"), "--workers", "1"]) == 0
    )
    return folder / "out"


def _gone(folder):
    (folder / "days.parquet").unlink()


def _changed(folder):
    path = next(folder.glob("events/*/*/rows.parquet"))
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(bytes(content))


def _longer(folder):
    with (folder / "sources.parquet").open("ab") as file:
        file.write(b"x")


def _stray(folder):
    (folder / "mine.txt").write_text("mine")


def _miscounted(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["totals"]["claims"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _of_another_format(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))


BUILT = [
    (_nothing, None),
    (_gone, "days.parquet is not there; build it anew"),
    (_changed, "rows.parquet was changed since it was built; build it anew"),
    (_longer, "sources.parquet has "),
    (_stray, "'mine.txt' is none of what was built; take it away"),
    (_miscounted, "claims and the whole "),
    (_of_another_format, "is of format 99, and this bordermap reads 1; build it anew"),
]


@pytest.mark.parametrize(("harm", "told"), BUILT, ids=[harm.__name__ for harm, _ in BUILT])
def test_what_is_wrong_with_a_built_folder_is_told(built_once, tmp_path, capsys, harm, told):
    """Each file is held to its bytes, hash and rows, the sums to the files, and what was not built is named."""
    folder = tmp_path / "out"
    shutil.copytree(built_once, folder)
    harm(folder)
    code, lines = checked(capsys, folder)
    assert code == (1 if told else 0)
    assert not told or any(told in line for line in faults_in(lines)), lines
    assert told or lines[0].startswith("ok: out: ")


@pytest.mark.parametrize("manifest", [None, "{}", "{"])
def test_a_built_folder_without_its_manifest_is_told_for_what_it_is(built_once, tmp_path, capsys, manifest):
    """It is no collection that lacks its tables."""
    folder = tmp_path / "out"
    shutil.copytree(built_once, folder)
    (folder / "manifest.json").unlink()
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest)
    assert checked(capsys, folder) == (
        1,
        ["fault: out: a built folder whose manifest is missing or damaged; build it anew"],
    )


@pytest.mark.parametrize("name", ["days.parquet", "collection.toml"])
def test_a_file_that_is_gone_from_a_built_folder_is_told_once(built_once, tmp_path, capsys, name):
    """Not also as what keeps the folder from being opened."""
    folder = tmp_path / "out"
    shutil.copytree(built_once, folder)
    (folder / name).unlink()
    assert faults_in(checked(capsys, folder)[1]) == [f"fault: out: {name} is not there; build it anew"]


def test_a_wrong_name_is_no_fault_of_the_store(named_store, capsys):
    """It is told as what was asked for wrongly."""
    del named_store
    assert bordermap.main(["check", "store:nope"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("the store has no collection 'nope'; bordermap store list names")
