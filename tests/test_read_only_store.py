"""A store on a disk that may only be read, or that is full, and one that another holds: read as far as it can be, and told."""

import datetime as dt
import shutil

import pytest
from disks import fill, read_only, small_disk
from stores_made import CLAIM, proposal
from streamlit.testing.v1 import AppTest

import bordermap
from claims.store import StoreError, open_store
from claims.store.setbacks import setbacks
from dashboard.words import words_in


@pytest.fixture
def folder(in_sqlite, tmp_path):
    """Give the folder of a store that Anna has taken `tiny` into."""
    with in_sqlite.copy("tiny") as address:
        (tmp_path / "kept").mkdir()
        shutil.copy(address.removeprefix("sqlite:///"), tmp_path / "kept" / "store.sqlite")
    return tmp_path / "kept"


@pytest.fixture
def disk(folder, tmp_path):
    """Give it as a disk that may only be read."""
    with read_only(tmp_path / "disk", folder) as disk:
        yield disk


def address(folder):
    """Give the address of the store in a folder."""
    return f"sqlite:///{folder / 'store.sqlite'}"


def test_a_store_that_may_only_be_read_is_read_and_audited(disk, monkeypatch, capsys, tmp_path):
    """Its collection is read, exported and checked, its audit holds, and a decision says why it cannot be written."""
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", address(disk))
    store = open_store(address(disk))
    assert store.is_read_only
    assert len(store.claims("tiny")) == 2
    with pytest.raises(StoreError, match="cannot be written to; mend its rights, or name another store"):
        store.reject("tiny", proposal(), "Ben", "no")
    store.database.close()
    assert bordermap.main(["audit"]) == 0
    assert "the audit holds: 6 rows" in capsys.readouterr().out
    assert bordermap.main(["check", "store"]) == 0
    assert bordermap.main(["store", "export", "tiny", "-o", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in disk.iterdir()) == ["store.sqlite"]


def test_what_another_writes_meanwhile_is_seen(folder, disk):
    """Where the disk may be written elsewhere, whoever only reads sees it, log and all."""
    reads, writes = open_store(address(disk)), open_store(address(folder))
    for note in ("first", "second"):
        writes.mend("tiny", "c1", writes.claim("tiny", "c1").version, {"note": note}, "Anna")
        assert reads.claim("tiny", "c1").cells["note"] == note
    writes.database.close()
    assert reads.claim("tiny", "c1").cells["note"] == "second"
    reads.database.close()


def test_a_log_that_cannot_be_taken_in_is_told(folder, tmp_path):
    """A file that was copied with the log of a process that was killed is not read without it."""
    store = open_store(address(folder))
    store.mend("tiny", "c1", 1, {"note": "x"}, "Anna")
    (tmp_path / "copied").mkdir()
    for name in ("store.sqlite", "store.sqlite-wal"):
        shutil.copy(folder / name, tmp_path / "copied" / name)
    store.database.close()
    with (
        read_only(tmp_path / "other", tmp_path / "copied") as other,
        pytest.raises(
            StoreError, match=r"holds changes in store\.sqlite-wal .*; copy both files to a folder"
        ),
    ):
        open_store(address(other))


def test_a_full_disk_keeps_what_was_acknowledged(folder, tmp_path):
    """A text that does not fit is not kept, all before it is, also by who opens it then; with room it is kept."""
    source, text = {"outlet": "A", "published": "2024-12-09"}, "x" * 200_000
    with small_disk(tmp_path / "small") as disk:
        shutil.copy(folder / "store.sqlite", disk)
        store = open_store(address(disk))
        store.accept("tiny", proposal(), CLAIM, "Anna")
        filler = fill(disk, 8192)
        with pytest.raises(StoreError, match="has no room left on its disk; make room and try again"):
            store.keep_source("tiny", source, text, "Anna")
        assert [decision.claim_id for decision in store.decisions("tiny")] == ["s1-01"]
        assert (store.texts("tiny"), store.verified().problems) == ([], ())
        store.database.close()
        fill(disk)
        with pytest.raises(StoreError, match="has no room left on its disk; make room and try again"):
            open_store(address(disk))
        filler.unlink()
        again = open_store(address(disk))
        assert again.keep_source("tiny", source, text, "Anna").new
        assert [claim.claim_id for claim in again.claims("tiny")] == ["c1", "c2", "s1-01"]
        again.database.close()


def read_page_of(language):
    """The Read page alone, as a script: AppTest cannot go to a page that is not a file."""
    import streamlit as st  # noqa: PLC0415 - Streamlit runs this function's text as a script of its own

    from claims.named import named  # noqa: PLC0415
    from dashboard import read_page  # noqa: PLC0415
    from dashboard.words import words_in  # noqa: PLC0415

    read_page.show(
        named("store:tiny"), "", st.container(horizontal=True), words_in(language), lambda *_: None
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_read_page_says_why_nothing_can_be_decided(disk, monkeypatch, language):
    """What is kept is shown, with the reason why it stays as it is."""
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", address(disk))
    app = AppTest.from_function(read_page_of, kwargs={"language": language}, default_timeout=60).run()
    assert not app.exception
    assert [one.value for one in app.info] == [words_in(language).say("storeReadOnly")]


# ---- a machine whose clock goes back


def back(hours):
    """Give the times of a machine whose clock goes back by some hours at its fourth look."""
    times = iter(
        dt.datetime(2024, 12, 3, 15, tzinfo=dt.UTC)
        + dt.timedelta(minutes=minute, hours=-hours * (minute > 2))
        for minute in range(99)
    )
    return lambda: next(times)


def test_a_machines_clock_that_goes_back_is_told_and_breaks_nothing(url, monkeypatch, capsys):
    """The rows keep their order, the chain holds, each is found on the day that the clock said, and the step back is told."""
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", url)
    store = open_store(url, now=back(30))
    for which in range(5):
        store.reject("tiny", proposal(which), "Anna", f"no {which}")
    assert [decision.reason for decision in store.decisions("tiny")] == [f"no {which}" for which in range(5)]
    assert [change.seq for change in store.changes()] == list(range(1, 12))
    assert store.verified().problems == ()
    store.database.close()
    assert bordermap.main(["audit", "tiny", "--from", "2024-12-02", "--to", "2024-12-02"]) == 0
    *told, setback, holds = capsys.readouterr().out.splitlines()
    assert [line.rsplit(" ", 1)[1] for line in told] == ["3", "4"]
    assert setback == (
        "the machine's clock went back by 1 d 5 h between row 9 (2024-12-03T15:02) and row 10 (2024-12-02T09:03, UTC): "
        "the order of the rows holds, and their days are those that it showed"
    )
    assert holds.startswith("the audit holds: 11 rows")
    assert bordermap.main(["check", "store"]) == 0
    assert "note: the store, " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (["2024-12-03T14:00", "2024-12-03T14:00", "2024-12-03T14:01"], []),
        (["2024-12-03T14:01", "2024-12-03T14:00"], ["1 min"]),
        (["2024-12-03T14:00:00.5", "2024-12-03T14:00:00.4"], ["less than a second"]),
    ],
)
def test_only_a_step_back_is_told(times, told):
    """Rows of one moment, and steps on, are as they should be."""
    found = list(setbacks(enumerate(times, 1)))
    assert len(found) == len(told)
    assert all(f"went back by {span} between" in line for span, line in zip(told, found, strict=True))
