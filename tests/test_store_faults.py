"""Whatever is wrong with a database is told in one sentence, and nothing acknowledged is lost."""

import contextlib
import logging
import socket
import sys

import pytest
from stores_made import CLAIM, proposal, ticking

from claims.store import AnswerLostError, ChangedMeanwhile, StoreError, open_store, reviewer
from claims.store.address import address_of, shown
from claims.store.reviews import Review

PASSWORD = "ver1very-secret"  # noqa: S105 - so that it can be looked for


@pytest.fixture
def sqlite(in_sqlite):
    """Give a store in SQLite that Anna has taken `tiny` into, which has one connection only."""
    with in_sqlite.copy("tiny") as address:
        store = open_store(address, now=ticking(3))
        yield store
        store.database.close()


def set_pragma(store, pragma):
    """Set something of the connection that is used next."""
    with store.database.reading() as connection:
        connection.exec_driver_sql(f"pragma {pragma}")


def test_a_full_disk_loses_nothing_acknowledged(sqlite):
    """What does not fit is not written; what was acknowledged before is there, and writing goes on when there is room."""
    sqlite.accept("tiny", proposal(), CLAIM, "Anna")
    set_pragma(sqlite, "max_page_count = 1")  # SQLite takes this as: no more than there are
    with pytest.raises(StoreError, match="has no room left on its disk; make room and try again"):
        sqlite.keep_source("tiny", {"outlet": "A", "published": "2024-12-09"}, "x" * 1_000_000, "Anna")
    assert [decision.claim_id for decision in sqlite.decisions("tiny")] == ["s1-01"]
    assert (sqlite.texts("tiny"), sqlite.verified().problems) == ([], ())
    set_pragma(sqlite, "max_page_count = 1000000")
    assert sqlite.keep_source("tiny", {"outlet": "A", "published": "2024-12-09"}, "x" * 1_000_000, "Anna").new


def test_a_store_that_another_holds_is_told(store, url):
    """A writer that waits in vain says so; whoever holds the store goes on."""
    hasty = open_store(url, wait_s=0.05)
    with store.database.writing():
        with pytest.raises(StoreError, match="is held by another process; try again when that has finished"):
            hasty.reject("tiny", proposal(), "Ben", "no")
        assert len(hasty.claims("tiny")) == 2, "reading needs no turn"
    hasty.reject("tiny", proposal(), "Ben", "no")
    hasty.database.close()


def test_a_store_that_cannot_be_written_is_read(sqlite):
    """A write says so; reading goes on."""
    set_pragma(sqlite, "query_only = on")
    with pytest.raises(StoreError, match="cannot be written to; mend its rights, or name another store"):
        sqlite.mend("tiny", "c1", 1, {"note": "x"}, "Anna")
    assert sqlite.claim("tiny", "c1").version == 1


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    """Another file under the store's name is told, and stays as it is."""
    path = tmp_path / "store.sqlite"
    path.write_text(
        "a letter to my aunt, which is somewhat longer than a database's head\n" * 9, encoding="utf-8"
    )
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is no SQLite database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """A store below a file cannot be: one sentence."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=r"cannot be opened \(Not a directory\)"):
        open_store(f"sqlite:///{tmp_path}/file/deeper/store.sqlite")


def knows_no_name(*_words, **_said):
    """Answer as a network that knows no name, without asking one."""
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            f"postgresql://anna:{PASSWORD}@127.0.0.1:9/maps",
            "PostgreSQL's 'maps' on 127.0.0.1, does not answer",
        ),
        (
            f"postgresql://anna@127.0.0.1:9/maps?password={PASSWORD}",
            "PostgreSQL's 'maps' on 127.0.0.1, does not answer",
        ),
        (
            f"postgresql://anna:{PASSWORD}@nowhere.invalid:9/maps",
            "does not answer; start it or mend the address",
        ),
        (f"postgresql://anna:{PASSWORD}@127.0.0.1:nine/maps", "cannot be read; write it as postgresql://"),
        (f"mysql://anna:{PASSWORD}@127.0.0.1/maps", "is none of SQLite or PostgreSQL"),
        (f"postgresql://anna:{PASSWORD}@127.0.0.1/maps?nonsense={PASSWORD}", "failed"),
    ],
)
def test_a_password_is_never_told(address, told, caplog, monkeypatch):
    """A server that is not there, or an address that is none, is told without the password, also in the log."""
    monkeypatch.setattr(socket, "getaddrinfo", knows_no_name)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert told in str(caught.value)
    assert PASSWORD not in f"{caught.value!r} {caught.value} {caught.value.__cause__} {caplog.text}"


@pytest.mark.parametrize(
    "address", ["postgresql://bordermap@/nosuch?host={}", "postgresql://nobody@/postgres?host={}"]
)
def test_a_server_that_does_not_let_us_in_is_told_from_one_that_is_not_there(postgresql, address):
    """An unknown database or user is not blamed on the server."""
    with pytest.raises(StoreError, match="does not let us in; mend the user, the password or the name"):
        open_store(address.format(postgresql.folder))


def test_a_missing_driver_is_told(monkeypatch):
    """Without psycopg, PostgreSQL is refused with what to install."""
    for name in [name for name in sys.modules if name.split(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"install it with: pip install -e '\.\[postgresql\]'"):
        open_store("postgresql://anna@127.0.0.1/maps")


def test_without_an_address_the_store_is_in_the_users_folder(monkeypatch, tmp_path):
    """XDG_DATA_HOME says where data is kept; BORDERMAP_DATABASE_URL names another store."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert shown(address_of()) == str(tmp_path / "bordermap" / "store.sqlite")
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", "sqlite:////elsewhere/store.sqlite")
    assert shown(address_of()) == "/elsewhere/store.sqlite"


def test_who_decides_is_never_guessed(monkeypatch):
    """The name that is given, else the environment's, else the login's; without any, it is asked for."""
    monkeypatch.setenv("BORDERMAP_REVIEWER", "Ben")
    assert (reviewer("Anna"), reviewer(" ")) == ("Anna", "Ben")
    monkeypatch.delenv("BORDERMAP_REVIEWER")
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    assert reviewer() == "login"

    def nobody():
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    with pytest.raises(StoreError, match="it is not known who decides"):
        reviewer()


# ---- PostgreSQL goes away


@pytest.fixture
def in_pg(in_postgresql):
    """Give a store in PostgreSQL that Anna has taken `tiny` into, and how to send away whoever writes to it."""
    with in_postgresql.copy("tiny") as address:
        store, other = open_store(address, now=ticking(3)), open_store(address)

        def send_away(connection):
            pid = connection.exec_driver_sql("select pg_backend_pid()").scalar()
            with other.database.reading() as there:
                there.exec_driver_sql(f"select pg_terminate_backend({pid}, 5000)")

        yield store, send_away
        store.database.close()
        other.database.close()


def test_a_write_that_is_cut_off_before_its_end_was_not_written(in_pg):
    """That is said; the same decision succeeds next, with the store that was open."""
    store, send_away = in_pg

    def cut_off():
        with store.writing("tiny", "Anna") as writing:
            send_away(writing.connection)
            Review(writing, "tiny").reject(proposal(), reason="no", seen="")

    with pytest.raises(StoreError, match="went away, and nothing was written; do it again when") as told:
        cut_off()
    assert not isinstance(told.value, AnswerLostError)
    assert store.decisions("tiny") == []
    assert store.reject("tiny", proposal(), "Anna", "no").verdict == "rejected"


def test_a_write_whose_answer_is_lost_is_told_as_unknown(in_pg):
    """Nobody knows what became of it; whoever does the same again writes it once."""
    store, send_away = in_pg

    def cut_off():
        with store.writing("tiny", "Anna") as writing:
            Review(writing, "tiny").reject(proposal(), reason="no", seen="")
            send_away(writing.connection)

    with pytest.raises(AnswerLostError, match="before it said whether this was written; look whether"):
        cut_off()
    with contextlib.suppress(ChangedMeanwhile):
        store.reject("tiny", proposal(), "Anna", "no")
    assert len(store.decisions("tiny")) == 1


def test_a_read_that_is_cut_off_is_told(in_pg):
    """Reading goes on when the server answers."""
    store, send_away = in_pg

    def cut_off():
        with store.database.reading() as connection:
            send_away(connection)
            connection.exec_driver_sql("select 1")

    with pytest.raises(StoreError, match="went away while it was read; try again when it answers"):
        cut_off()
    assert len(store.claims("tiny")) == 2
