"""Files that appear whole or not at all."""

import errno
import os
import stat
import threading

import pytest

from geo.errors import BordermapError
from geo.files.wholefiles import WholeFile, whole_file


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
        BordermapError, match=r"out\.csv' cannot be written \(No space left on device\); name"
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
