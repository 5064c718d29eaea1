"""What can go wrong with a build: each has its sentence, nothing is destroyed, and what is done is kept."""

import errno
import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from build_tasks import fell, fell_once, no_room
from builds_made import acled_rows, built, files_in, planned, put_csv, work_in
from foreign_rows import ACLED

import bordermap
from geo.errors import BordermapError, Fault, FaultsError, LimitedError
from layers.build import cluster
from layers.build.pieces import put_json, read_json
from layers.build.runners import Here, Pool
from layers.build.scatter import Scatter, scatter


@pytest.fixture
def inputs(tmp_path):
    """Give a folder with one small table."""
    put_csv(tmp_path / "in" / "a.csv", [ACLED])
    return tmp_path / "in"


@pytest.fixture
def out(tmp_path, inputs):
    """Give a built folder of it."""
    built(tmp_path / "out", inputs)
    return tmp_path / "out"


# ---- what stands in the way


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.txt", "mine"),
        ("manifest.json", '{"name": "an app"}'),
        ("manifest.json", "{"),
        ("deep/a.csv", "a\n"),
    ],
)
def test_a_folder_of_something_else_is_left_alone(tmp_path, inputs, name, text):
    """A folder that bordermap did not build is refused as it is, also where it has a manifest of another program's."""
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BordermapError, match="holds something that bordermap did not build; name a folder"):
        built(tmp_path / "out", inputs)
    assert path.read_text(encoding="utf-8") == text
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "out"]


@pytest.mark.parametrize("name", ["notes.txt", "events/notes.txt", "linked"])
def test_what_was_put_into_a_built_folder_is_left_alone(out, inputs, name):
    """A built folder into which something else was put is refused by its name, whether the inputs have changed or not."""
    if name == "linked":
        (out / name).symlink_to(inputs)
    else:
        (out / name).write_text("mine", encoding="utf-8")
    before = files_in(out)
    for _ in range(2):
        with pytest.raises(
            BordermapError, match=f"holds '{name}', which bordermap did not build; take it away"
        ):
            built(out, inputs)
        put_csv(inputs / "a.csv", [ACLED, ACLED | {"event_id_cnty": "PRT102"}])
    assert files_in(out) == before


def test_an_empty_folder_is_taken(tmp_path, inputs):
    """A folder with nothing in it is where the built one will be."""
    (tmp_path / "out").mkdir()
    assert built(tmp_path / "out", inputs).manifest["totals"]["claims"] == 1


def test_a_file_is_left_alone(tmp_path, inputs):
    """A file of the name is refused as it is."""
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(BordermapError, match=r"out' is a file; name a folder that is not there"):
        built(tmp_path / "out", inputs)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_the_folder_around_it_must_be_there(tmp_path, inputs):
    """No folder is made around the one that is built."""
    with pytest.raises(BordermapError, match=r"nowhere' is no folder; make it first"):
        built(tmp_path / "nowhere" / "out", inputs)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("kind", ["file", "folder", "link", "link within"])
def test_what_is_beside_it_is_left_alone(tmp_path, inputs, kind):
    """What bears the name under which a build is under way, and is none or leads elsewhere, is told and stays."""
    beside = tmp_path / ".out.building"
    (tmp_path / "theirs").mkdir()
    if kind == "link":
        beside.symlink_to(tmp_path / "theirs")
        beside /= "mine"
    elif kind != "file":
        beside.mkdir()
    if kind == "link within":
        (beside / "parts").symlink_to(tmp_path / "theirs")
        beside = beside / "parts" / "mine"
    elif kind == "folder":
        beside /= "mine"
    beside.write_text("mine", encoding="utf-8")
    with pytest.raises(BordermapError, match=r"\.out\.building' is in the way of what is built beside it"):
        built(tmp_path / "out", inputs)
    assert beside.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("stands", [True, False])
def test_nothing_is_moved_or_taken_away_through_a_link_beside_it(tmp_path, inputs, stands):
    """Whether or not the folder stands there already, what a link beside it leads to is as it was."""
    theirs = tmp_path / "theirs"
    (theirs / "old").mkdir(parents=True)
    (theirs / "plan.json").write_text("{}", encoding="utf-8")
    if stands:
        built(tmp_path / "out", inputs)
    (tmp_path / ".out.building").symlink_to(theirs)
    with pytest.raises(BordermapError, match="in the way"):
        built(tmp_path / "out", inputs)
    assert sorted(path.name for path in theirs.iterdir()) == ["old", "plan.json"]
    assert (tmp_path / "out").exists() == stands


# ---- what was stopped at an awkward moment


def test_what_was_left_of_another_plan_is_taken_away(tmp_path, inputs):
    """What was done of other inputs is no part of the folder, and not there afterwards."""
    work = work_in(tmp_path)
    (work.out / "events").mkdir(parents=True)
    (work.out / "events" / "old.parquet").write_bytes(b"old")
    built(tmp_path / "out", inputs)
    assert not (tmp_path / "out" / "events" / "old.parquet").exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "out"]


def test_stopped_while_it_was_cleared_away(tmp_path, inputs, out):
    """What is left beside a folder that was put in its place is taken away the next time, whatever of it is left."""
    before = files_in(out)
    for left in ("read/000000", "gone-aside-x"):
        (tmp_path / ".out.building" / left).mkdir(parents=True)
        assert built(out, inputs).before
        assert files_in(out) == before
        assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "out"]


def test_stopped_between_the_old_folder_and_the_new(tmp_path, inputs, out):
    """The folder that was to be replaced is in its place again, and is replaced when the new one is whole."""
    before = files_in(out)
    work = work_in(tmp_path)
    out.rename(work.old)
    assert built(out, inputs).before
    assert files_in(out) == before


def test_a_folder_that_cannot_be_put_in_place(tmp_path, inputs, out, monkeypatch):
    """Where the new folder cannot be put in its place the old one stands there still, and the same build ends it later."""
    before = files_in(out)
    put_csv(inputs / "a.csv", [ACLED, ACLED | {"event_id_cnty": "PRT102"}])
    rename = Path.rename

    def refused(path, target):
        if (path.name, target) == ("out", out):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refused)
        with pytest.raises(BordermapError, match=r"cannot be put in place \(Device or resource busy\)"):
            built(out, inputs)
    assert files_in(out) == before
    assert built(out, inputs).manifest["totals"]["claims"] == 2
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "out"]


def test_a_worker_that_comes_too_late_writes_nothing(tmp_path, inputs):
    """A task of a build that has ended, or of another plan than the one under way, fails with a sentence and leaves nothing."""
    work = work_in(tmp_path, mark="first")
    (one, asked), *_ = planned(inputs).inputs
    work_in(tmp_path, mark="second")
    before = sorted(path.name for path in work.folder.iterdir())
    with pytest.raises(BordermapError, match="cannot be written"):
        scatter(Scatter(one, asked, work))
    assert sorted(path.name for path in work.folder.iterdir()) == before
    shutil.rmtree(work.folder)
    with pytest.raises(BordermapError, match="cannot be written"):
        scatter(Scatter(one, asked, work))
    assert not work.folder.exists()


# ---- the disk


@pytest.mark.parametrize("runner", [Here(), Pool(2)], ids=["here", "pool"])
def test_a_full_disk_is_told_from_any_process(tmp_path, runner):
    """What a task cannot write is told with its path and what to do, and nothing half-written is left."""
    work = work_in(tmp_path)
    with pytest.raises(BordermapError, match=r"/a' cannot be written \(No space left on device\); make room"):
        list(runner.done(no_room, [(work, "a")]))
    assert list(work.aside.iterdir()) == []
    assert not (work.folder / "a").exists()


@pytest.fixture
def mounted(tmp_path):
    """Give what mounts a file system of some kilobytes, where that is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(*options):
        done = subprocess.run(  # noqa: S603 - our own
            ["mount", "-t", "tmpfs", "-o", ",".join(options), "none", folder],  # noqa: S607
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("no file system may be mounted here")
        return folder

    yield mount
    subprocess.run(["umount", folder], capture_output=True, check=False)  # noqa: S603, S607


def run(*words):
    """Run the command in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bordermap", "build", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_disk_that_is_full(mounted, tmp_path):
    """On a disk without room the build ends with one sentence, and goes on from there when there is room."""
    folder = mounted("size=256k")
    put_csv(tmp_path / "in" / "a.csv", acled_rows(300))
    put_csv(tmp_path / "in" / "b.csv", acled_rows(300, first=301))
    ended = run(tmp_path / "in", "-o", folder / "out", "--context", "--workers", 2)
    assert (ended.returncode, ended.stdout) == (1, "")
    *_, last = ended.stderr.splitlines()
    assert "cannot be written (No space left on device); make room" in last
    assert "Traceback" not in ended.stderr
    assert not (folder / "out").exists()
    subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)  # noqa: S603, S607
    assert run(tmp_path / "in", "-o", folder / "out", "--context", "--workers", 2).returncode == 0
    assert [path.name for path in folder.iterdir()] == ["out"]


def test_a_folder_that_may_not_be_written(mounted, inputs):
    """Where nothing may be written that is said, and nothing is there."""
    folder = mounted("ro")
    with pytest.raises(BordermapError, match=r"\.out\.building' cannot be made \(Read-only file system\)"):
        built(folder / "out", inputs)


def test_json_is_there_whole_or_not(tmp_path):
    """What is put in place is what was written, and what is not there is None."""
    work = work_in(tmp_path)
    put_json(work.month("2024-12"), {"a": "é"}, work.aside)
    assert read_json(work.month("2024-12")) == {"a": "é"}
    assert read_json(work.month("2025-01")) is None


# ---- the processes


def test_a_lost_worker_is_replaced(tmp_path):
    """Tasks that a lost worker had are done again, and those that were done are not given twice."""
    with Pool(2) as pool:
        assert sorted(pool.done(fell_once, [tmp_path / "a", tmp_path])) == [(0, "done"), (1, "done")]
        assert list(pool.done(str, [1])) == [(0, "1")]


def test_workers_that_are_always_lost_end_it(monkeypatch):
    """Where workers are lost again and again and nothing is done, that is told instead of tried for ever."""
    monkeypatch.setattr("layers.build.runners.LOST_IN_A_ROW", 1)
    with Pool(1) as pool, pytest.raises(BordermapError, match="2 workers were lost one after the other"):
        list(pool.done(fell, [0]))


@pytest.mark.parametrize(
    "error",
    [
        BordermapError("a sentence"),
        FaultsError([Fault("a.csv", 2, None, None, "is wrong", "mend it")]),
        LimitedError("it", "Elvas", "is busy", "wait", retry_after_s=3),
    ],
)
def test_an_error_comes_from_another_process_as_it_is(error):
    """Every error of ours is the same after it was sent from a worker."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


# ---- the cluster


@pytest.fixture
def local():
    """Give what begins a scheduler in this process, with workers as asked for."""
    distributed = pytest.importorskip("distributed")
    begun = []

    def begin(workers):
        begun.append(
            distributed.LocalCluster(
                n_workers=workers, processes=False, protocol="tcp", dashboard_address="127.0.0.1:0"
            )
        )
        return begun[-1].scheduler_address

    yield begin
    for one in begun:
        one.close()


def other_versions():
    """Give other versions each time."""
    return {"pandas": str(time.monotonic_ns())}


def no_bordermap():
    """Fail as where bordermap is not installed."""
    raise ModuleNotFoundError("No module named 'layers'")


def told_of(address):
    """Give what is told of a cluster that cannot be used."""
    with pytest.raises(BordermapError) as told, cluster.on_cluster(address, 2):
        pass
    assert "\n" not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "http://127.0.0.1:1", "tcp://"])
def test_no_scheduler_is_told(address, monkeypatch):
    """Where there is no scheduler, or the address is none, that is said with what to do."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "WAIT_S", 1)
    told = told_of(address)
    assert told.startswith(f"there is no scheduler at {address!r} (")
    assert told.endswith("begin one with `dask scheduler`, or leave --scheduler out")


def test_a_scheduler_without_workers_is_told(local, monkeypatch):
    """A scheduler that has nobody to do the work is told, not waited for."""
    monkeypatch.setattr(cluster, "WAIT_S", 1)
    address = local(0)
    assert (
        told_of(address)
        == f"the scheduler at {address!r} has no worker; begin one with `dask worker {address}`"
    )


def test_a_worker_of_another_version_is_told(local, monkeypatch):
    """A worker that has another version of anything is named with both."""
    monkeypatch.setattr(cluster, "versions", other_versions)
    told = told_of(local(1))
    assert "has pandas " in told
    assert told.endswith("is here; install the same checkout and the same lock there")


def test_a_worker_without_bordermap_is_told(local, monkeypatch):
    """A worker that cannot do the work at all is told with its reason."""
    monkeypatch.setattr(cluster, "versions", no_bordermap)
    assert "cannot do bordermap's work (No module named 'layers'); install this checkout there" in told_of(
        local(1)
    )


@pytest.mark.parametrize(("fails", "begins"), [(2, True), (100, False)])
def test_a_worker_that_is_lost_at_the_beginning(monkeypatch, fails, begins):
    """A cluster of this machine is begun again where one of its workers is lost before it is up, and not for ever."""
    distributed = pytest.importorskip("distributed")
    begun = []

    def begin(**_said):
        begun.append(1)
        if len(begun) <= fails:
            raise RuntimeError("Nanny failed to start.")
        return "a cluster"

    monkeypatch.setattr(distributed, "LocalCluster", begin)
    if begins:
        assert cluster._begun(2) == "a cluster"
    else:
        assert told_of("local").startswith(
            "workers are lost before they have begun; look whether memory is short"
        )
        assert len(begun) == cluster.BEGINNINGS


class Lost:
    """A client whose scheduler is lost: what it hands out never comes."""

    def submit(self, *_task, **_said):
        """Give what stands for the result."""
        return self

    def result(self):
        """Tell that it will not come, as Dask does."""
        raise CancelledError("scheduler-connection-lost")


def test_a_scheduler_that_is_lost_is_told(monkeypatch):
    """Where the scheduler goes while it has the tasks, that is said, and that what is done is kept."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "as_completed", list)
    with pytest.raises(BordermapError, match="the scheduler is not there any more; begin it again"):
        list(cluster.Cluster(Lost()).done(str, [1]))


def test_the_code_and_the_places_are_a_version():
    """What workers are asked for tells other code and other places apart."""
    told = cluster.versions()
    assert set(told) == {
        "Python",
        "bordermap",
        "numpy",
        "pandas",
        "pyarrow",
        "shapely",
        "geopandas",
        "distributed",
    }
    assert len(told["bordermap"]) == 12


def test_without_dask_it_is_said(monkeypatch):
    """Where Dask is not installed, --scheduler says how it is."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert told_of("local").startswith(
        "--scheduler needs Dask, which is not installed; install requirements-cluster.txt"
    )


def test_a_cluster_that_is_not_there_leaves_nothing(inputs, tmp_path, monkeypatch, capsys):
    """The command ends with 1 and the sentence before it has made anything."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "WAIT_S", 1)
    words = ["build", str(inputs), "-o", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:1"]
    assert bordermap.main(words) == 1
    assert "there is no scheduler at" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_the_manifest_is_last(out):
    """No file of a built folder was put there after its manifest, and no other folder has one."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {"plan", "files"} <= manifest.keys()
    written = max(path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file())
    assert (out / "manifest.json").stat().st_mtime_ns == written
