"""Files that appear whole or not at all."""

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from geo.errors import BordermapError
from geo.files.wholefiles import WholeFile, put_whole, whole_file


def test_a_file_stands_when_all_of_it_is_written(tmp_path):
    """Until the block ends what stood there stands; line ends are kept, and the rights are those of any new file."""
    path, other = tmp_path / "out.csv", tmp_path / "other"
    path.write_text("old")
    other.touch()
    with whole_file(path) as file:
        file.write("né\r\n")
        file.write("w\n")
        assert path.read_text() == "old"
    assert path.read_bytes() == "né\r\nw\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)
    assert sorted(tmp_path.iterdir()) == [other, path]


def test_a_file_hands_on_its_rights(tmp_path):
    """A file that only its owner may read is still so when it is written anew."""
    path = tmp_path / "private.csv"
    path.write_text("old")
    path.chmod(0o600)
    put_whole(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("stood", [True, False])
def test_a_link_stays_one(tmp_path, stood):
    """What a link leads to is written or made, in the folder where it is."""
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "real.csv", tmp_path / "link.csv"
    if stood:
        target.write_text("old")
    link.symlink_to(target)
    put_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("stood", [True, False])
def test_nothing_is_left_of_what_was_not_finished(tmp_path, stood):
    """An error within the block goes on its way and leaves the folder as it was."""
    path = tmp_path / "out.csv"
    if stood:
        path.write_text("old")

    def broken():
        with whole_file(path) as file:
            file.write("new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert [found.read_text() for found in tmp_path.iterdir()] == ["old"] * stood


@pytest.mark.parametrize("name", ["nowhere/out.csv", ".", "x" * 300])
def test_a_place_that_takes_no_file_is_told_at_once(tmp_path, name):
    """A folder that is missing, a folder itself, or a name too long is told before the block begins."""
    with pytest.raises(BordermapError, match="; name a"), whole_file(tmp_path / name):
        pytest.fail("the block began")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_by_the_name_of_the_file(tmp_path):
    """What cannot be written is told as a sentence."""

    class Full:
        def write(self, _text):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(
        BordermapError, match=r"out\.csv' cannot be written \(No space left on device\); free some and"
    ):
        WholeFile(tmp_path / "out.csv", Full()).write("a")


def test_a_pipe_is_written_to(tmp_path):
    """What is no file is not replaced by one."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    read = []
    reader = threading.Thread(target=lambda: read.append(path.read_text()))
    reader.start()
    with whole_file(path) as file:
        file.write("a\n")
    reader.join()
    assert read == ["a\n"]
    assert stat.S_ISFIFO(path.stat().st_mode)


# ---- whole or not at all


class FullDisk:
    """A file that takes a little and then no more."""

    def __init__(self, file):
        """Wrap the real file."""
        self.file = file

    def close(self):
        """Close the real file."""
        self.file.close()

    def write(self, text):
        """Write half and fail as a full disk does."""
        self.file.write(text[: len(text) // 2])
        raise OSError(28, "No space left on device")


def test_a_file_is_put_whole(tmp_path):
    """The text stands in UTF-8 with its own line ends, readable as other files, with nothing beside it."""
    path = tmp_path / "out.txt"
    put_whole(path, "old\n")
    put_whole(path, "é\nب\n")
    assert path.read_bytes() == "é\nب\n".encode()
    assert [found.name for found in tmp_path.iterdir()] == ["out.txt"]
    other = tmp_path / "other.txt"
    other.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


@pytest.mark.parametrize("old", [None, "old"])
@pytest.mark.parametrize("fails", ["writing", "replacing"])
def test_a_failed_writing_leaves_things_as_they_were(tmp_path, monkeypatch, old, fails):
    """When the disk is full or the last step fails, there is no half file, none aside, and the old one stays."""
    path = tmp_path / "out.txt"
    if old:
        path.write_text(old)
    if fails == "writing":
        opened = Path.open
        monkeypatch.setattr(Path, "open", lambda *given, **more: FullDisk(opened(*given, **more)))
    else:
        monkeypatch.setattr(
            Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Not permitted"))
        )
    with pytest.raises(BordermapError, match=r"out\.txt' cannot be written"):
        put_whole(path, "new" * 1000)
    monkeypatch.undo()
    assert [found.name for found in tmp_path.iterdir()] == (["out.txt"] if old else [])
    assert not old or path.read_text() == old


def test_being_stopped_leaves_nothing_aside(tmp_path, monkeypatch):
    """Control-C in the middle leaves no file."""
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        put_whole(tmp_path / "out.txt", "new")
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_is_told(tmp_path):
    """A folder that is not there, or one in the file's place, is one sentence."""
    for path in (tmp_path / "nowhere" / "out.txt", tmp_path):
        with pytest.raises(BordermapError, match=r"cannot be written|is a folder"):
            put_whole(path, "new")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    """What is no file, such as /dev/stdout, stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    put_whole(pipe, "new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_full_device_is_told():
    """A device without room is one sentence, told once though it fails again when it is closed."""
    if not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    with pytest.raises(BordermapError, match=r"cannot be written \(No space left"):
        put_whole(Path("/dev/full"), "new")
