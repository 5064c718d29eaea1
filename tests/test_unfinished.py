"""Tables that an import left half-way in a folder of another's: only what an import makes is put in place, and through no link."""

import pytest
from collections_made import make
from imports_made import folder_bytes

from claims.tables import read_with_places
from claims.unfinished import PENDING, finish
from geo.errors import BordermapError


@pytest.fixture
def mine(tmp_path):
    """Give a folder of the user's with a file that nobody else shall change."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "claims.csv").write_text("mine")
    return folder


@pytest.fixture
def folder(tmp_path):
    """Give a collection in which an import was cut short, its actors still to come."""
    folder = make(tmp_path / "c")
    (folder / PENDING).mkdir()
    (folder / PENDING / "actors.csv").write_bytes((folder / "actors.csv").read_bytes() + b"\n")
    return folder


def _name_of_no_table(folder, mine):
    (folder / PENDING / "notes").write_text("theirs")
    (folder / "notes").symlink_to(mine / "claims.csv")
    return folder / PENDING / "notes"


def _table_that_is_a_link(folder, mine):
    (folder / PENDING / "claims.csv").write_text("theirs")
    (folder / "claims.csv").unlink()
    (folder / "claims.csv").symlink_to(mine / "claims.csv")
    return folder / "claims.csv"


def _link_to_nothing(folder, mine):
    (folder / PENDING / "imports.csv").write_text("theirs")
    (folder / "imports.csv").symlink_to(mine / "imports.csv")
    return folder / "imports.csv"


def _new_table_that_is_a_link(folder, mine):
    (folder / PENDING / "claims.csv").symlink_to(mine / "claims.csv")
    return folder / PENDING / "claims.csv"


def _new_table_that_is_a_folder(folder, _mine):
    (folder / PENDING / "claims.csv").mkdir()
    return folder / PENDING / "claims.csv"


def _link_to_a_folder(folder, mine):
    (folder / PENDING / "actors.csv").unlink()
    (folder / PENDING).rmdir()
    (folder / PENDING).symlink_to(mine)
    return folder / PENDING


HARMFUL = [
    _name_of_no_table,
    _table_that_is_a_link,
    _link_to_nothing,
    _new_table_that_is_a_link,
    _new_table_that_is_a_folder,
    _link_to_a_folder,
]


@pytest.mark.parametrize("harm", HARMFUL)
def test_what_no_import_leaves_is_refused(folder, mine, harm):
    """What is no new table, or leads elsewhere, is named; no file of the user's is changed or taken, and no table replaced."""
    named, before = harm(folder, mine), (folder / "actors.csv").read_bytes()
    for read in (read_with_places, finish):
        with pytest.raises(BordermapError, match="no table") as error:
            read(folder)
        assert repr(str(named)) in str(error.value)
    assert folder_bytes(mine) == {"claims.csv": b"mine"}
    assert (folder / "actors.csv").read_bytes() == before


def test_what_an_import_leaves_is_put_in_place(folder):
    """A new table stands where the old one did, and nothing is left of the import."""
    new = (folder / PENDING / "actors.csv").read_bytes()
    finish(folder)
    assert (folder / "actors.csv").read_bytes() == new
    assert not (folder / PENDING).exists()
