import json
import os
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo.errors import BordermapError
from geo.online.answers import Answer, Answers, Question

ZERMATT = Question("Nominatim at nominatim.example", "Zermatt", ("CH",), (5.9, 45.8, 10.5, 47.8), "en")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_an_answer_is_kept_with_its_time(tmp_path):
    """The next process finds it in the file, in a folder that is made for it."""
    path = tmp_path / "new" / "folder" / "answers.sqlite"
    with Answers(path, now=lambda: NOON) as kept:
        assert kept.get(ZERMATT) is None
        kept.keep(ZERMATT, [{"address": "Zermatt, \ud800 العربية", "raw": {"lat": 46.02}}])
    with Answers(path, now=lambda: NOON) as again:
        assert again.get(ZERMATT) == Answer(
            NOON, [{"address": "Zermatt, \ud800 العربية", "raw": {"lat": 46.02}}]
        )
        assert len(again) == 1


def test_a_new_answer_replaces_an_old_one(tmp_path):
    """A question has one answer."""
    with Answers(tmp_path / "a") as kept:
        kept.keep(ZERMATT, [])
        kept.keep(ZERMATT, [1])
        assert (kept.get(ZERMATT).results, len(kept)) == ([1], 1)


@pytest.mark.parametrize(
    "change",
    [{"service": "Photon"}, {"toponym": "Brig"}, {"countries": ()}, {"viewbox": None}, {"language": "fr"}],
)
def test_all_of_a_question_counts(tmp_path, change):
    """Another service, name, country, view or language has another answer."""
    with Answers(tmp_path / "a") as kept:
        kept.keep(ZERMATT, [1])
        assert kept.get(replace(ZERMATT, **change)) is None


@pytest.mark.parametrize("toponym", ["'; DROP TABLE answers; --", "%", "_", '"', "\n", "د\u064eير", "𒀀"])
def test_a_toponym_is_only_a_value(tmp_path, toponym):
    """Whatever the name holds, it is found again and nothing else happens."""
    question = replace(ZERMATT, toponym=toponym)
    with Answers(tmp_path / "a") as kept:
        kept.keep(ZERMATT, [1])
        kept.keep(question, [2])
        assert (kept.get(question).results, kept.get(ZERMATT).results) == ([2], [1])


def test_two_may_share_a_file(tmp_path):
    """Many that open a new file at once, and write to it, do not fall over one another."""

    def keep(number):
        with Answers(tmp_path / "a") as own:
            own.keep(replace(ZERMATT, toponym=f"Weiler {number}"), [number])

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Answers(tmp_path / "a") as kept:
        assert [kept.get(replace(ZERMATT, toponym=f"Weiler {at}")).results for at in range(12)] == [
            [at] for at in range(12)
        ]


def test_an_empty_file_is_a_new_one(tmp_path):
    """A file without a byte, as a tool that makes temporary files leaves it, is taken."""
    path = tmp_path / "a"
    path.touch()
    with Answers(path) as kept:
        kept.keep(ZERMATT, [])
    assert path.stat().st_size > 0


def other_programs(path):
    """Write the database of another program."""
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE answers (service, question, asked, results)")
    database.close()


def newer(path):
    """Write a file of answers as a later version would."""
    Answers(path).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_text("toponym,lon,lat\nZermatt,7.75,46.02\n" * 100),
        lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 4096),
        lambda path: path.write_bytes(b"\x00" * 4096),
        other_programs,
        newer,
    ],
    ids=["a table", "damaged", "zeros", "another program's", "newer"],
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path, write):
    """The error names it and says what to do; not a byte of it changes, and nothing is left beside it."""
    path = tmp_path / "a"
    write(path)
    before = path.read_bytes()
    with pytest.raises(
        BordermapError, match=r"is damaged or no file of kept answers \(.*\); delete it"
    ) as caught:
        Answers(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("results", "no JSON"),
        ("results", "{}"),
        ("results", "[" * 100_000),
        ("results", b"\xff\xfe"),
        ("asked", "yesterday"),
        ("asked", "2026-11-23"),
        ("asked", 7),
    ],
)
def test_a_damaged_row_is_told(tmp_path, column, value):
    """A row that this program never wrote is a fault of the file."""
    path = tmp_path / "a"
    with Answers(path) as kept:
        kept.keep(ZERMATT, [1])
        database = sqlite3.connect(path)
        database.execute(f"UPDATE answers SET {column} = ?", (value,))
        database.commit()
        database.close()
        with pytest.raises(BordermapError, match=r"damaged or no file of kept answers.*delete it"):
            kept.get(ZERMATT)


def test_a_file_damaged_while_open_is_told(tmp_path):
    """What goes wrong later is told as clearly as at the start."""
    path = tmp_path / "a"
    with Answers(path) as kept:
        kept.keep(ZERMATT, [1])
        path.write_bytes(b"\x07" * path.stat().st_size)
        with pytest.raises(BordermapError, match="delete it"):
            kept.get(ZERMATT)


def places_that_hold_no_file(tmp_path):
    """Give paths at which no file can be made: a folder, below a file, where only the kernel writes, no path at all."""
    (tmp_path / "file").touch()
    yield tmp_path
    yield tmp_path / "file" / "answers.sqlite"
    yield Path("no\0path")
    if Path("/proc/version").is_file():
        yield Path("/proc/answers.sqlite")


def test_a_place_that_holds_no_file_is_told(tmp_path):
    """A folder, a path below a file, a folder that nobody may write to and no path at all are each one sentence."""
    for path in places_that_hold_no_file(tmp_path):
        with pytest.raises(BordermapError, match=r"cannot be kept here|no file of kept answers"):
            Answers(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write to any file")
def test_a_file_that_may_only_be_read_is_told(tmp_path):
    """Answers are not kept in a file that cannot be written, and that is said at once."""
    path = tmp_path / "a"
    Answers(path).close()
    path.chmod(0o400)
    with pytest.raises(BordermapError, match="cannot be kept here"):
        Answers(path)


def test_a_write_that_fails_is_told(tmp_path):
    """A file that became read-only while it was open, or a full disk, is one sentence."""
    with Answers(tmp_path / "a") as kept:
        kept._file.execute("PRAGMA query_only = 1")
        with pytest.raises(BordermapError, match="cannot be kept here"):
            kept.keep(ZERMATT, [])


def test_the_key_of_a_question_is_readable():
    """Whoever opens the file sees what was asked."""
    assert json.loads(ZERMATT.key) == ["Zermatt", ["CH"], [5.9, 45.8, 10.5, 47.8], "en"]
