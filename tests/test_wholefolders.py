"""Folders that appear whole or not at all."""

import pytest

from geo.errors import BordermapError
from geo.files.wholefolders import whole_folder


def test_a_folder_appears_with_its_files(tmp_path):
    """What was put aside stands in the folder at the end, which others may read as any of the user's."""
    usual = tmp_path / "usual"
    usual.mkdir()
    for out in (tmp_path / "new", usual):
        with whole_folder(out) as aside:
            (aside / "a.txt").write_text("a")
            assert not list(out.glob("*"))
        assert [path.name for path in out.iterdir()] == ["a.txt"]
    assert (tmp_path / "new").stat().st_mode == tmp_path.joinpath("usual").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "usual"]


def test_an_error_leaves_nothing_behind(tmp_path):
    """Where the block ends with an error, there is no folder and nothing aside."""
    with pytest.raises(ValueError, match="1"), whole_folder(tmp_path / "new") as aside:
        raise ValueError((aside / "a.txt").write_text("a"))
    assert not list(tmp_path.iterdir())


def test_what_stands_there_is_not_overwritten(tmp_path):
    """A file, or a folder that holds something, stays as it is."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept").write_text("kept")
    for out in (tmp_path / "full", tmp_path / "full" / "kept"):
        with pytest.raises(BordermapError, match="is there already"), whole_folder(out):
            pytest.fail("it was opened")
    with pytest.raises(BordermapError, match="cannot be written"), whole_folder(tmp_path / "no" / "new"):
        pytest.fail("it was opened")
    assert (tmp_path / "full" / "kept").read_text() == "kept"
