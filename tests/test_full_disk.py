"""A disk that is full: one sentence says so, what stood there stands still, nothing is left beside it, and with room it works."""

import errno
import gc
import subprocess
import sys
import tempfile

import pytest
from collections_made import make
from disks import fill, read_only, small_disk
from imports_made import ACLED, folder_bytes

import bordermap
from geo.errors import BordermapError
from geo.files.temporary import kept_aside, refused_told, temporary_folder
from layers.exports.formats import FORMATS

TOLD = "free some"


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    """Give a collection whose exports are some pages long."""
    claims = [{"note": "".join(map(str, range(at * 900, at * 900 + 900)))} for at in range(20)]
    return make(tmp_path_factory.mktemp("collection") / "c", claims=claims)


@pytest.fixture
def disk(tmp_path):
    """Give a small disk."""
    with small_disk(tmp_path / "disk") as disk:
        yield disk


def ended(capsys, *words):
    """Run a command; give how it ended and the last line that it said."""
    code = bordermap.main([str(word) for word in words])
    said = capsys.readouterr().err.strip().splitlines()
    return code, said[-1] if said else ""


def names(folder):
    """List what stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


# The library of workbooks leaves files open that it could not fill.
_LEFT = pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
EXPORTS = [
    pytest.param([name], marks=[_LEFT] if name == "xlsx" else [], id=name) for name in ("html", *FORMATS)
] + [pytest.param(words, id=" ".join(words)) for words in (["csv", "--per-layer"], ["parquet", "--whole"])]


@pytest.mark.parametrize("words", EXPORTS)
def test_an_export_that_does_not_fit_leaves_the_old_file(disk, collection, capsys, words):
    """In every format: told with the file's name, the old one whole, nothing beside it; and written once there is room."""
    several = len(words) > 1
    out = disk / ("out" if several else "out.file")
    if not several:
        out.write_bytes(b"old")
    filler = fill(disk)
    before = names(disk)
    asked = ["export", *words, "--collection", collection, "-o", out]
    code, said = ended(capsys, *asked)
    gc.collect()
    assert (code, names(disk)) == (1, before)
    assert f"{str(out)[:-1]}" in said
    assert TOLD in said
    assert several or out.read_bytes() == b"old"
    filler.unlink()
    assert ended(capsys, *asked)[0] == 0
    assert any(out.iterdir()) if several else out.read_bytes() != b"old"


@pytest.mark.parametrize("left", [0, 4096, 12288])
@pytest.mark.parametrize("there", [True, False])
def test_an_import_that_does_not_fit_changes_nothing(disk, tmp_path, capsys, left, there):
    """The folder is as it was, or is not there; with room the same import works."""
    (tmp_path / "acled.csv").write_text(ACLED, encoding="utf-8")
    folder = disk / "c"
    if there:
        make(folder)
    before = folder_bytes(folder) if there else {}
    filler = fill(disk, left)
    beside = names(disk)
    words = ["import", tmp_path / "acled.csv", "--into", folder]
    code, said = ended(capsys, *words)
    assert (code, names(disk)) == (1, beside)
    assert (folder_bytes(folder) if there else {}) == before
    assert "cannot be written (No space left on device); free some and do it again" in said
    filler.unlink()
    assert ended(capsys, *words)[0] == 0


@pytest.mark.parametrize("left", [0, 4096])
def test_a_new_collection_that_does_not_fit_is_not_begun(disk, capsys, monkeypatch, left):
    """Neither where it shall stand nor where files for the time being go is a full disk a crash."""
    fill(disk, left)
    assert ended(capsys, "new", "mine", "--in", disk)[0] == 1
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    code, said = ended(capsys, "new", "mine", "--in", disk)
    assert (code, names(disk)) == (1, ["filler"])
    assert TOLD in said


def test_files_for_the_time_being_that_do_not_fit_are_told_with_their_folder(disk, monkeypatch):
    """Also where the system does not say which file it was, as of one that was open already."""
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    fill(disk, 4096)
    with (
        pytest.raises(BordermapError, match=rf"^a file for the time being in '{disk}' cannot be written"),
        temporary_folder() as folder,
    ):
        (folder / "large").write_bytes(bytes(100_000))
    with (
        pytest.raises(BordermapError, match=rf"^the rows cannot be kept aside in '{disk}' \(No space left"),
        kept_aside("the rows"),
        tempfile.TemporaryFile() as file,
    ):
        file.write(bytes(100_000))


def test_an_output_that_does_not_fit_is_told_as_such(disk, capfd):
    """What is printed into a file on a full disk is not called a file for the time being."""
    fill(disk)
    code = (
        "import os, sys; sys.stdout = open(1, 'w', buffering=1, closefd=False)\n"
        "from geo.files.temporary import refused_told\n"
        "with refused_told(): print('x' * 9_000)"
    )
    with (disk / "out").open("w") as out:
        subprocess.run([sys.executable, "-c", code], stdout=out, check=False)  # noqa: S603 - our own words
    assert "standard output cannot be written (No space left on device); free some" in capfd.readouterr().err


def test_a_build_that_does_not_fit_goes_on_when_there_is_room(disk, tmp_path, capsys):
    """What stood there stands still; the second run ends well."""
    (tmp_path / "acled.csv").write_text(ACLED, encoding="utf-8")
    words = ["build", tmp_path / "acled.csv", "-o", disk / "built", "--workers", "1"]
    filler = fill(disk, 16384)
    code, said = ended(capsys, *words)
    assert code == 1
    assert "No space left on device" in said
    assert not (disk / "built").exists()
    filler.unlink()
    assert ended(capsys, *words)[0] == 0
    assert names(disk) == ["built"]


def test_only_a_disk_that_refuses_is_told():
    """Other errors of the system go on their way: they may be ours."""
    with pytest.raises(FileNotFoundError), refused_told():
        raise FileNotFoundError(errno.ENOENT, "gone")
    with pytest.raises(BordermapError, match="free some and do it again, or let TMPDIR name"), refused_told():
        raise OSError(errno.ENOSPC, "full")


def test_a_machine_without_a_folder_for_the_time_being_is_told(monkeypatch):
    """Where no folder can be written to, TMPDIR is asked for."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", list)
    with pytest.raises(BordermapError, match="let TMPDIR name a folder with room"), temporary_folder():
        pytest.fail("there is none")


# ---- a disk that may only be read

REFUSED = [
    ["export", "geojson", "--collection", "c", "-o", "out.geojson"],
    ["export", "gpkg", "--collection", "c", "-o", "out.gpkg"],
    ["import", "acled.csv", "--into", "c"],
    ["import", "acled.csv", "--into", "n"],
    ["new", "mine"],
    ["build", "acled.csv", "-o", "built", "--workers", "1"],
]


@pytest.mark.parametrize("words", REFUSED, ids=lambda words: " ".join(words[:2]))
def test_what_cannot_be_written_is_told_and_what_is_there_is_read(tmp_path, monkeypatch, capsys, words):
    """One sentence names the place and the reason; the collection there is read as ever."""
    make(tmp_path / "here" / "c")
    (tmp_path / "here" / "acled.csv").write_text(ACLED, encoding="utf-8")
    with read_only(tmp_path / "disk", tmp_path / "here") as disk:
        monkeypatch.chdir(disk)
        code, said = ended(capsys, *words)
        assert code == 1
        assert "(Read-only file system); " in said
        assert names(disk) == ["acled.csv", "c"]
        assert ended(capsys, "export", "csv", "--collection", "c", "-o", tmp_path / "out.csv")[0] == 0
        monkeypatch.chdir(tmp_path)
