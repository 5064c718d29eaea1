"""A whole store in one file, and a store from such a file, of SQLite and PostgreSQL."""

import datetime as dt
import sqlite3

import pytest
from sqlalchemy import select, text
from stores_made import CLAIM, proposal, ticking

import bordermap
from claims.store import AnswerLostError, StoreError, TooNewError, backupfile, open_store
from claims.store import backup as backups
from claims.store.address import address_of
from claims.store.backup import back_up, restore
from claims.store.backupfile import BackupError
from claims.store.chain import FIRST
from claims.store.database import Database
from claims.store.schema import METADATA
from claims.store.upgrade import REVISIONS, revision_of, upgrade
from claims.store.writing import Writing
from geo.errors import BordermapError

SOURCE = {"outlet": "The Paper", "published": "2024-12-08", "language": "ar"}


def rows_of(url):
    """Give every row of every table, by table."""
    database = Database(address_of(url))
    with database.reading() as connection:
        found = {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in METADATA.tables.items()
        }
    database.close()
    return found


MADE = set()
"""The kinds of databases that have `full` already."""


def fill(address):
    """Put texts into a store, decisions of each sort, and take something from its map."""
    store = open_store(address, now=ticking(3))
    store.keep_source("tiny", SOURCE, "عبر 40 جندياً.\n\ttabs, “quotes”, 𝄞", "Anna")
    kept = store.accept("tiny", proposal(), CLAIM, "Ben", event_title="Some cross")
    store.reject("tiny", proposal(1), "Ben", reason="twice")
    store.withdraw("tiny", kept.claim_id, 1, "Anna", reason="no source")
    store.database.close()


@pytest.fixture
def full(databases):
    """Give the address of a store in which much has happened."""
    if databases not in MADE:
        fill(databases._made("full", "tiny"))
        MADE.add(databases)
    with databases.copy("full") as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request, tmp_path):
    """Give the address of another, empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/else/store.sqlite"
        return
    running = request.getfixturevalue("postgresql")
    yield running.make_database("elsewhere")
    running.drop_database("elsewhere")


def test_a_store_comes_back_whole_in_any_database(full, elsewhere, tmp_path):
    """Every row of every table is the same, the audit holds with the same last hash, and reviewers go on from there."""
    kept = back_up(tmp_path / "backup", full, now=ticking())
    restored = restore(tmp_path / "backup", elsewhere)
    assert rows_of(elsewhere) == rows_of(full)
    assert {name: one.rows for name, one in restored.sums.items()} == {
        name: len(rows) for name, rows in rows_of(full).items()
    }
    assert (kept.taken, kept.last) == (restored.taken, restored.last)
    store = open_store(elsewhere, now=ticking(30))
    assert store.verified().problems == ()
    assert store.verified().last == kept.last
    assert store.texts("tiny")[0].text.startswith("عبر")
    store.accept("tiny", proposal(2), CLAIM, "Ben", event_title="More cross")
    assert store.verified().problems == ()
    # The database itself still guards the audit.
    with pytest.raises(BordermapError, match="only grows"), store.database.writing() as connection:
        connection.execute(METADATA.tables["audit"].delete())
    store.database.close()


def test_a_backup_is_of_one_moment(full, tmp_path, monkeypatch):
    """What reviewers decide while a backup is written does not wait for it, and is not in it."""
    store = open_store(full, now=ticking(30))
    before, copied = rows_of(full), backups.kept_in

    def meanwhile(aside, source, *more):
        revision_of(source, "")  # the moment is that of the first look
        store.reject("tiny", proposal(7), "Ben")
        return copied(aside, source, *more)

    monkeypatch.setattr(backups, "kept_in", meanwhile)
    back_up(tmp_path / "backup", full)
    store.database.close()
    restore(tmp_path / "backup", f"sqlite:///{tmp_path}/other.sqlite")
    assert rows_of(f"sqlite:///{tmp_path}/other.sqlite") == before != rows_of(full)


def test_a_store_is_not_overwritten_unasked(full, empty, tmp_path):
    """A store that holds something is refused; where it is to be replaced, what it held is kept and can come back."""
    address = empty.database.url.render_as_string(hide_password=False)
    back_up(tmp_path / "empty", address)
    back_up(tmp_path / "backup", full)
    before = rows_of(full)
    with pytest.raises(StoreError, match="is not empty"):
        restore(tmp_path / "empty", full)
    assert rows_of(full) == before
    restore(tmp_path / "empty", full, replaced=tmp_path / "old")
    assert rows_of(full) == rows_of(address) != before
    restore(tmp_path / "old", full)
    assert rows_of(full) == before
    with pytest.raises(BordermapError, match="is there already"):
        restore(tmp_path / "empty", full, replaced=tmp_path / "old")
    assert rows_of(full) == before


def test_what_is_not_the_stores_stays_where_it_is_replaced(full, empty, tmp_path):
    """A table of somebody else in the same schema is there after a restore as before."""
    back_up(tmp_path / "empty", empty.database.url.render_as_string(hide_password=False))
    database = Database(address_of(full))
    with database.writing() as connection:
        connection.execute(text("create table theirs (cell text)"))
        connection.execute(text("insert into theirs values ('kept')"))
    restore(tmp_path / "empty", full, replaced=tmp_path / "old")
    with database.reading() as connection:
        assert connection.execute(text("select cell from theirs")).scalar() == "kept"
    database.close()


def test_a_restore_that_fails_leaves_the_store_as_it_was(full, empty, tmp_path, monkeypatch):
    """Where the disk gives back something else than was written all is as before, so that the same can be done again."""
    back_up(tmp_path / "empty", empty.database.url.render_as_string(hide_password=False))
    before, sum_of = rows_of(full), backups.sum_of
    monkeypatch.setattr(backups, "sum_of", lambda *of: sum_of(*of) + ([{}] if of[1].name == "head" else []))
    with pytest.raises(StoreError, match=r"does not hold what was written into it \(head\)"):
        restore(tmp_path / "empty", full, replaced=tmp_path / "old")
    assert rows_of(full) == before
    monkeypatch.setattr(backups, "sum_of", sum_of)
    restore(tmp_path / "empty", full, replaced=tmp_path / "old")
    assert (tmp_path / "old").exists()


@pytest.fixture
def small(in_sqlite, tmp_path):
    """Give the address of a store in SQLite that holds `tiny`, and its backup."""
    with in_sqlite.copy("tiny") as address:
        back_up(tmp_path / "backup", address)
        yield address, tmp_path / "backup"


@pytest.mark.parametrize("error", [AnswerLostError("gone"), KeyboardInterrupt()])
def test_what_was_kept_stays_where_nobody_knows_whether_it_was_replaced(small, tmp_path, monkeypatch, error):
    """A database that goes away, or is left, before it answers may hold the backup by then: what it held before is not taken away."""
    monkeypatch.setattr(backups, "_must_be", lambda *_: (_ for _ in ()).throw(error))
    with pytest.raises(type(error)):
        restore(small[1], small[0], replaced=tmp_path / "old")
    assert (tmp_path / "old").exists()


def changed(file, sql):
    """Change a database past the store."""
    with sqlite3.connect(file) as connection:
        connection.execute(sql)
    connection.close()


DAMAGE = [
    ("update claims set quote = 'another'", r"is not what was written \(claims\)"),
    ("drop table texts", r"is not what was written \(texts\)"),
    ("create table more (cell text)", r"is not what was written \(more\)"),
    ("update backup_tables set rows = rows + 1 where table_name = 'events'", r"\(events\)"),
    ("update bordermap_version set version_num = '9999'", "was written by a later bordermap"),
    ("drop table backup", "is no backup of a store"),
]


@pytest.mark.parametrize(("sql", "why"), DAMAGE)
def test_a_changed_backup_is_refused(small, sql, why, tmp_path):
    """What is not as it was written is told, and no store is made of it."""
    changed(small[1], sql)
    with pytest.raises((BackupError, TooNewError), match=why):
        restore(small[1], f"sqlite:///{tmp_path}/new/store.sqlite")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("bytes_left", [0, 90, 5_000, 60_000])
def test_a_cut_backup_is_refused(small, bytes_left, tmp_path):
    """A file that was copied in part is no backup, wherever it ends."""
    (tmp_path / "cut").write_bytes(small[1].read_bytes()[:bytes_left])
    with pytest.raises(BackupError, match=r"'.*cut' "):
        restore(tmp_path / "cut", f"sqlite:///{tmp_path}/new/store.sqlite")


def test_a_store_with_a_broken_audit_replaces_no_good_backup(small):
    """It is told what does not hold, and the file that was there stays; only when asked for is it kept as it is."""
    address, file = small
    good = file.read_bytes()
    changed(address.removeprefix("sqlite:///"), "update claims set quote = 'another'")
    with pytest.raises(StoreError, match=r"(?s)does not hold.*claims c1 of tiny was changed"):
        back_up(file, address)
    assert file.read_bytes() == good
    assert len(back_up(file, address, damaged=True).problems) == 2
    fresh = f"sqlite:///{file.parent}/new.sqlite"
    with pytest.raises(StoreError, match="the audit of the backup"):
        restore(file, fresh)
    restore(file, fresh, damaged=True)
    assert rows_of(fresh) == rows_of(address)


def test_a_store_of_an_earlier_bordermap_is_kept_as_it_is_and_restored_as_of_today(tmp_path):
    """A backup before an upgrade does not upgrade, and can be restored after it."""
    old, new = f"sqlite:///{tmp_path}/old.sqlite", f"sqlite:///{tmp_path}/new.sqlite"
    database = Database(address_of(old))
    with database.writing() as connection:
        upgrade(connection, REVISIONS[0])
        writing = Writing(connection, "Anna", "2024-12-03T14:02:00+00:00")
        writing.add("created", "collections", "mine", [{"facts": "title = 'Mine'", "headers": "{}"}])
    back_up(tmp_path / "backup", old)
    with database.reading() as connection:
        assert revision_of(connection, "") == REVISIONS[0]
    database.close()
    backup = restore(tmp_path / "backup", new)
    assert backup.last[0] == 1
    store = open_store(new)
    assert store.names() == ["mine"]
    assert store.verified() == store.verified(backup.last)
    store.database.close()


def test_of_an_older_backup_the_copy_is_verified_that_is_read(tmp_path, monkeypatch):
    """What changes in the file before it is copied is found, whenever that happens."""
    database = Database(address_of(f"sqlite:///{tmp_path}/old.sqlite"))
    with database.writing() as connection:
        upgrade(connection, REVISIONS[0])
    database.close()
    back_up(tmp_path / "backup", f"sqlite:///{tmp_path}/old.sqlite")
    copied = backupfile.shutil.copyfile

    def late(file, copy):
        changed(file, "update head set seq = 7")
        return copied(file, copy)

    monkeypatch.setattr(backupfile.shutil, "copyfile", late)
    with pytest.raises(BackupError, match=r"is not what was written \(head\)"):
        restore(tmp_path / "backup", f"sqlite:///{tmp_path}/new.sqlite")


def test_a_backup_is_its_owners_alone_and_written_whole(small, tmp_path):
    """The texts of sources are in it, so nobody else may read it; nothing else is left beside it."""
    assert small[1].stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"backup"}
    small[1].chmod(0o644)
    back_up(small[1], small[0])
    assert small[1].stat().st_mode & 0o777 == 0o600


NOTHING = [
    ("nowhere/store.sqlite", "there is no store at"),
    ("empty.sqlite", "there is no store at"),
    ("other.sqlite", "holds something else than a store"),
]


@pytest.mark.parametrize(("name", "why"), NOTHING)
def test_what_is_no_store_is_not_kept(name, why, tmp_path):
    """Where there is no store, none is made, and it is said."""
    (tmp_path / "empty.sqlite").touch()
    changed(tmp_path / "other.sqlite", "create table more (cell text)")
    with pytest.raises(StoreError, match=why):
        back_up(tmp_path / "backup", f"sqlite:///{tmp_path}/{name}")
    assert not (tmp_path / "backup").exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_store_is_not_overwritten_by_its_backup(small):
    """The file of the store itself is refused."""
    address, _ = small
    with pytest.raises(StoreError, match="is the store itself"):
        back_up(small[1].parent.joinpath(address.removeprefix("sqlite:///")), address)


def test_the_commands_keep_and_restore(small, tmp_path, monkeypatch, capsys):
    """Each is one command, which tells what was kept and the row to note."""
    address, _ = small
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", address)
    assert bordermap.main(["backup", "-o", str(tmp_path / "mine")]) == 0
    told = capsys.readouterr().out
    assert told.startswith("kept: 1 collection, ")
    assert ", 2 claims, 0 texts, 0 decisions; the last row of the audit is " in told
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{tmp_path}/new.sqlite")
    assert bordermap.main(["restore", str(tmp_path / "mine")]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"restored from {dt.datetime.now(dt.UTC).year}-")
    assert bordermap.main(["restore", str(tmp_path / "mine")]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert bordermap.main(["restore", str(tmp_path / "mine"), "--replace", str(tmp_path / "old")]) == 0
    number, digest = told.strip().rpartition(" ")[2].split(":")
    assert digest != FIRST
    assert bordermap.main(["audit", "--noted", f"{number}:{digest}"]) == 0


@pytest.mark.parametrize(
    "harm", [lambda whole: whole[: len(whole) // 2], lambda _: b"no database at all" * 99]
)
def test_a_damaged_store_is_replaced_and_its_files_kept_as_they_are(small, harm, tmp_path):
    """Without --replace it is said how; with it the files are moved, and moved back where nothing can be restored."""
    file, old = tmp_path / "store.sqlite", tmp_path / "old"
    address = f"sqlite:///{file}"
    restore(small[1], address)
    harmed = harm(file.read_bytes())
    file.write_bytes(harmed)
    log = file.with_name("store.sqlite-wal")
    log.write_bytes(b"a log")
    with pytest.raises(StoreError, match="is damaged; name with --replace a file"):
        restore(small[1], address)
    with pytest.raises(StoreError, match="is there already"):
        restore(small[1], address, replaced=small[1])
    with pytest.raises(BordermapError, match="cannot be moved"):
        restore(small[1], address, replaced=tmp_path / "nowhere" / "old")
    assert (file.read_bytes(), log.read_bytes()) == (harmed, b"a log")
    restore(small[1], address, replaced=old)
    assert (old.read_bytes(), old.with_name("old-wal").read_bytes()) == (harmed, b"a log")
    assert rows_of(address) == rows_of(small[0])


def test_a_damaged_store_is_moved_back_where_the_restore_fails(small, tmp_path, monkeypatch):
    """What was there is there again, and nothing stands where it was to be kept."""
    file = tmp_path / "store.sqlite"
    file.write_bytes(b"no database")
    monkeypatch.setattr(backups, "_must_be", lambda *_: (_ for _ in ()).throw(StoreError("not so")))
    with pytest.raises(StoreError, match="not so"):
        restore(small[1], f"sqlite:///{file}", replaced=tmp_path / "old")
    assert file.read_bytes() == b"no database"
    assert {path.name for path in tmp_path.iterdir()} == {"backup", "store.sqlite"}


def test_a_file_that_is_no_backup_is_not_overwritten(small, tmp_path):
    """Another file stays as it is; one without a byte, and a backup, are replaced."""
    (tmp_path / "letter").write_text("to my aunt")
    with pytest.raises(StoreError, match="is there, and is no backup of a store"):
        back_up(tmp_path / "letter", small[0])
    assert (tmp_path / "letter").read_text() == "to my aunt"
    (tmp_path / "new").touch()
    assert back_up(tmp_path / "new", small[0]).last == back_up(tmp_path / "new", small[0]).last


def test_a_backup_of_a_store_without_a_trigger_notes_it(small, tmp_path, monkeypatch, capsys):
    """The backup is taken, and what check says of the trigger is said on standard error."""
    changed(small[0].removeprefix("sqlite:///"), "drop trigger audit_no_update")
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", small[0])
    assert bordermap.main(["backup", "-o", str(tmp_path / "mine")]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("kept: ")
    assert told.err.startswith("note: the trigger audit_no_update is gone, so that audit may be changed; ")


def test_a_folder_and_a_backup_that_is_cut_short_are_told(small, tmp_path):
    """Each for what it is."""
    with pytest.raises(BackupError, match="is a folder; name a file that bordermap backup wrote"):
        restore(tmp_path)
    (tmp_path / "cut").write_bytes(small[1].read_bytes()[:60_000])
    with pytest.raises(BackupError, match="is damaged or cut short; take another one"):
        restore(tmp_path / "cut", f"sqlite:///{tmp_path}/new.sqlite")
