"""What keeps builds of one folder from each other and from what others have put there, and what ends one in a sentence."""

import itertools
import json
import os

import pytest
from builds_made import built, files_in, planned, put_csv, work_in
from collections_made import make
from foreign_rows import ACLED

import bordermap
from claims.imports.converting import Asked
from claims.manifests import is_built
from claims.named import InFolder
from geo.errors import BordermapError, FaultsError
from layers.build import version
from layers.build.alone import alone
from layers.build.cluster import BEGINNINGS, _begun, on_cluster
from layers.build.pieces import batch_at, put_json
from layers.build.plan import unheard_in
from layers.build.standing import begin
from layers.build.version import done_alike, versions


@pytest.fixture
def inputs(tmp_path):
    """Give a folder with one small table."""
    put_csv(tmp_path / "in" / "a.csv", [ACLED])
    return tmp_path / "in"


def test_a_second_build_of_a_folder_is_refused(tmp_path, inputs):
    """While one build of a folder is at work another is told so and touches nothing; afterwards nothing is left of that."""
    out = tmp_path / "out"
    with alone(out):
        with pytest.raises(
            BordermapError, match=r"another build of .*out' is at work; wait until it has ended"
        ):
            built(out, inputs)
        with alone(tmp_path / "other"):
            pass
        assert sorted(one.name for one in tmp_path.iterdir()) == [".out.building.lock", "in"]
    assert built(out, inputs).manifest["totals"]["claims"] == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "out"]


def test_somebodys_own_file_bears_no_lock_away(tmp_path):
    """A file of the lock's name that holds something is there afterwards as it was."""
    file = tmp_path / ".out.building.lock"
    file.write_text("mine", encoding="utf-8")
    with alone(tmp_path / "out"):
        pass
    assert file.read_text(encoding="utf-8") == "mine"


def test_nothing_sound_leaves_what_stands_there(tmp_path, inputs):
    """Where no input is without faults nothing is built: they are told, and the folder that was built before stands still."""
    built(tmp_path / "out", inputs)
    before = files_in(tmp_path / "out")
    put_csv(inputs / "a.csv", [ACLED | {"event_date": "Monday"}])
    (inputs / "texts.jsonl").write_text("[]\n", encoding="utf-8")
    with pytest.raises(FaultsError, match="'Monday' is not a day"):
        built(tmp_path / "out", inputs)
    assert files_in(tmp_path / "out") == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "out"]


def test_a_report_that_proposes_nothing_is_without_faults(tmp_path):
    """Beside a report with a fault one that was read is enough for a folder, though nothing is proposed of it."""
    fine = (
        "The weather was fine on that day, and the people of the town sat in the sun until the evening came."
    )
    lines = [json.dumps({"text": text, "published": "2024-12-08"}) for text in (fine, " ")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    manifest = built(tmp_path / "out", tmp_path / "a.jsonl").manifest
    assert (manifest["totals"]["claims"], len(manifest["missing"])) == (0, 1)


def test_what_was_half_taken_away_is_not_gone_on_with(tmp_path):
    """A build that was stopped while it cleared the place begins anew where it cannot write into what is left."""
    work = work_in(tmp_path)
    put_json(work.read(0) / "done.json", {}, work.aside)
    work.aside.rename(work.folder / f"gone-{work.aside.name}")
    told = []
    begin(work, "made", told.append)
    assert (told, work.aside.is_dir(), work.read(0).exists()) == ([], True, False)


def test_what_was_written_into_a_built_folder_stays(tmp_path, inputs):
    """A collection.toml that somebody has changed is not replaced, but told with what to do."""
    built(tmp_path / "out", inputs)
    facts = tmp_path / "out" / "collection.toml"
    text = facts.read_text(encoding="utf-8").replace('about = ""', 'about = "of mine"')
    facts.write_text(text, encoding="utf-8")
    put_csv(inputs / "a.csv", [ACLED, ACLED | {"event_id_cnty": "PRT102"}])
    with pytest.raises(BordermapError, match=r"collection.toml' was changed since it was built"):
        built(tmp_path / "out", inputs)
    assert facts.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["o" * 250, "o" * 300])
def test_a_name_that_no_disk_takes_is_told(tmp_path, inputs, name):
    """A name that is too long for what is built beside it, or for itself, is told in one sentence."""
    with pytest.raises(
        BordermapError, match=r"(cannot be built there|cannot be made) \(File name too long\)"
    ):
        built(tmp_path / name, inputs)
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


MANIFESTS = [
    ({"format": 1, "bordermap": "0.1", "plan": "x", "files": {}, "missing": []}, True),
    ({"format": 1}, False),
    ({"name": "an app"}, False),
    ([], False),
    (None, False),
]


@pytest.mark.parametrize(("manifest", "known"), MANIFESTS)
def test_a_built_folder_is_known_by_its_manifest_alone(tmp_path, manifest, known):
    """A collection beside which another program keeps a manifest is a collection, and is read and built as one."""
    make(tmp_path / "in" / "mine")
    if manifest is not None:
        (tmp_path / "in" / "mine" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert is_built(tmp_path / "in" / "mine") == InFolder(tmp_path / "in" / "mine").is_built == known
    if not known:
        assert InFolder(tmp_path / "in" / "mine").read()[0].facts.title == "A test"


def test_a_piece_that_is_not_there_is_told(tmp_path):
    """What a worker cannot find where another has put it is told with its path, and that all must see the folder."""
    work = work_in(tmp_path)
    with pytest.raises(BordermapError, match=r"x.arrow' cannot be read .* every worker must see the folder"):
        batch_at(work.part(0) / "x.arrow", [0])
    work.aside.rmdir()
    with pytest.raises(BordermapError, match=r"cannot be written .*; every worker must see the folder"):
        put_json(work.month("2024-12"), {}, work.aside)


# ---- who does it


def test_a_worker_that_came_later_is_asked_too():
    """A task is done where the code, the data and the libraries are those of who hands it out, and refused elsewhere."""
    assert done_alike(versions(), str, 1) == "1"
    with pytest.raises(
        BordermapError, match=r"a worker that came later has pandas .* where 0 is here; install"
    ):
        done_alike(versions() | {"pandas": "0"}, str, 1)


@pytest.mark.parametrize(
    "name",
    ["geo/a.py", "data/crosswalks/a.toml", "data/language/en/a.csv", "data/gazetteer/a", "data/basemap/a"],
)
def test_what_the_work_follows_from_is_in_the_digest(tmp_path, monkeypatch, name):
    """Other code, other words, other crosswalks, other places and other borders give another digest."""
    monkeypatch.setattr(version, "_BASE", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    seen = set()
    for text in ("one", "other"):
        path.write_text(text, encoding="utf-8")
        version.digest.cache_clear()
        seen.add(version.digest())
    version.digest.cache_clear()
    assert len(seen) == 2


def raiser(errors):
    """Give what raises one error after the other."""
    left = itertools.chain(errors, itertools.repeat(errors[-1]))

    def begin(*_words, **_said):
        raise next(left)

    return begin


BEGINNING = [
    (
        OSError("[Errno 24] Too many open files"),
        "no cluster can be begun on this machine ([Errno 24] Too many",
    ),
    (TimeoutError(), "no cluster can be begun on this machine (it does not answer); leave --scheduler out"),
    (AssertionError(), "Dask does not begin here in time; look whether the machine is busy"),
    (RuntimeError("Nanny failed"), "workers are lost before they have begun"),
]


@pytest.mark.parametrize(("error", "said"), BEGINNING)
def test_a_cluster_that_does_not_begin_is_told(monkeypatch, error, said):
    """Whatever Dask raises at its beginning is one sentence, after some tries."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "LocalCluster", raiser([error] * BEGINNINGS))
    with pytest.raises(BordermapError) as told:
        _begun(2)
    assert str(told.value).startswith(said)


OPENING = [
    (
        TypeError("TLS expects a context\nmany more words"),
        "there is no scheduler at 'tls://h:1' (TLS expects a context)",
    ),
    (OSError(), "there is no scheduler at 'tls://h:1' (it does not answer)"),
    (AssertionError(), "Dask does not begin here in time"),
]


@pytest.mark.parametrize(("error", "said"), OPENING)
def test_a_client_that_does_not_open_is_told(monkeypatch, error, said):
    """Whatever Dask raises of an address is one sentence."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "Client", raiser([error]))
    with pytest.raises(BordermapError) as told, on_cluster("tls://h:1", 2):
        pass
    assert str(told.value).startswith(said)
    assert "\n" not in str(told.value)


def test_what_has_not_opened_is_freed_at_once(monkeypatch):
    """A client that was begun and failed is not there any more when that is told: freed later, it may wait for itself."""
    distributed = pytest.importorskip("distributed")
    freed = []

    class Never:
        def __init__(self, *_words, **_said):
            self.round = self
            raise OSError

        def __del__(self):
            freed.append(self.round is self)

    monkeypatch.setattr(distributed, "Client", Never)
    with pytest.raises(BordermapError), on_cluster("tcp://h:1", 2):
        pass
    assert freed == [True]


# ---- the command


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--dates", "dmy"], 2), (["--map", "notes=quote"], 2), ([], 0), (["--outlet", "Wire"], 2)],
)
@pytest.mark.usefixtures("inputs")
def test_what_no_input_has_a_use_for_is_refused(tmp_path, monkeypatch, capsys, words, code):
    """An option that is of no use for any of the inputs ends with 2 and says so, as an import does; how each is read is told."""
    monkeypatch.chdir(tmp_path)
    try:
        ended = bordermap.main(["build", "in", "-o", "out", "--workers", "1", *words])
    except SystemExit as stopped:
        ended = stopped.code
    assert ended == code
    told = capsys.readouterr().err
    assert "a.csv is read as acled" in told
    assert ("leave " in told) == bool(code)
    assert (tmp_path / "out").exists() != bool(code)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"mapping": {"a": "b"}}, "--map is said of tables, and no input is one; leave it out"),
        ({"outlet": "Wire"}, ""),
        ({}, ""),
    ],
)
def test_what_is_said_of_tables_is_refused_where_there_is_none(tmp_path, said, told):
    """Reports hear who published them, and nothing of columns."""
    (tmp_path / "2024-12-08-a.txt").write_text("On Saturday soldiers crossed.", encoding="utf-8")
    plan = planned(tmp_path / "2024-12-08-a.txt")
    assert unheard_in(plan, Asked("", **said)) == told


def test_a_name_of_bytes_is_told_by_their_numbers(tmp_path, inputs):
    """A file whose name is no UTF-8 is read, and called by the number of that byte; a folder is not built under such a name."""
    put_csv(inputs / os.fsdecode(b"\xe9.csv"), [ACLED])
    manifest = built(tmp_path / "out", inputs).manifest
    assert [one["name"] for one in manifest["inputs"]] == ["a.csv", "\\xe9.csv"]
    with pytest.raises(BordermapError, match="is no text in UTF-8, which its files need"):
        built(tmp_path / os.fsdecode(b"\xe9"), inputs)
