"""A folder built as a whole: what is in it, that it is told truly, and that who builds it changes nothing."""

import hashlib
import json
from collections import Counter

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from builds_made import (
    TABLE,
    acled_rows,
    built,
    claims_in,
    events_in,
    files_in,
    planned,
    put_csv,
    read_all,
    stamps_in,
)
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, make
from foreign_rows import ACLED

import bordermap
from claims.clock import days_of, strength
from claims.model import LAYERS, Mode
from claims.shipped import shipped
from claims.tables import read_with_places
from layers.build import months, plan
from layers.build.building import build
from layers.build.cluster import on_cluster
from layers.build.partition import layered
from layers.build.runners import Here, Pool
from layers.exports.rows import EVENT_COLUMNS

COLLECTIONS = next(iter(shipped().values())).parent


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Give a folder with two files of ACLED's, a faulty one between them, and a collection with an undated claim."""
    folder = tmp_path_factory.mktemp("build") / "in"
    put_csv(folder / "a.csv", acled_rows(40))
    put_csv(folder / "deep" / "b.csv", acled_rows(40, first=31))  # ten of them again
    put_csv(folder / "c.csv", [ACLED | {"event_id_cnty": "PRT900"}, ACLED | {"event_date": "Monday"}])
    make(folder / "mine", claims=[ON_THE_SEVENTH, {"event_id": "e2"}], events=[{}, {}])
    return folder


@pytest.fixture(scope="module")
def out(inputs):
    """Give that folder built in this process, in several parts and stretches."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plan, "BYTES", 5_000)
        patched.setattr(months, "SLAB", 5)
        patched.setattr(months, "GROUP", 3)
        made = planned(inputs, context=True)
        assert made.parts > 3
        build(made, inputs.parent / "out", Here(), lambda _line: None)
    return inputs.parent / "out"


@pytest.fixture(scope="module")
def manifest(out):
    """Give its manifest."""
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def test_the_manifest_names_every_file_truly(out, manifest):
    """Each file but the manifest is named with its bytes, its sha256 and, of Parquet, its rows; nothing else is there or beside it."""
    files = files_in(out)
    del files["manifest.json"]
    assert {name: (told["bytes"], told["sha256"]) for name, told in manifest["files"].items()} == {
        name: (len(cells), hashlib.sha256(cells).hexdigest()) for name, cells in files.items()
    }
    rows = {name: told["rows"] for name, told in manifest["files"].items() if "rows" in told}
    assert rows == {
        name: pq.read_metadata(out / name).num_rows for name in files if name.endswith(".parquet")
    }
    assert sorted(path.name for path in out.parent.iterdir()) == ["in", "out"]


def test_the_manifest_says_what_became_of_the_inputs(inputs, manifest):
    """Each input has its rows, claims and sha256; the faulty one none, and is named as missing with its faults."""
    told = {one["name"]: (one["kind"], one["rows"], one["claims"]) for one in manifest["inputs"]}
    assert told == {
        "a.csv": ("table", 40, 40),
        "c.csv": ("table", 2, 0),
        "deep/b.csv": ("table", 40, 40),
        "mine": ("collection", 2, 2),
    }
    (first,) = (one for one in manifest["inputs"] if one["name"] == "a.csv")
    assert first["sha256"] == hashlib.sha256((inputs / "a.csv").read_bytes()).hexdigest()
    ((name, lines),) = (
        (one["name"], {fault["line"] for fault in one["faults"]}) for one in manifest["missing"]
    )
    assert (name, lines) == ("c.csv", {3})


def test_the_manifest_adds_up(out, manifest):
    """Totals and months are those of the files; rows that came again are counted and there once."""
    events, claims = events_in(out), claims_in(out)
    assert events["event_id"].is_unique
    assert claims["claim_id"].is_unique
    assert manifest["rows"] == {"repeated": 10, "older": 0, "differing": 0}
    assert (
        (manifest["totals"]["claims"], manifest["totals"]["events"]) == (len(claims), len(events)) == (72, 72)
    )
    assert manifest["totals"]["undated"] == events["shown_from"].isna().sum() == 1
    assert manifest["totals"]["unplaced"] == events["spot"].isna().sum() == 2
    for month, told in manifest["months"].items():
        held = read_all(out, f"events/*/month={month}/rows.parquet")
        assert told["layers"] == Counter(held["layer"])
        days = [held["shown_from"].min(), held["shown_until"].max()]
        assert [told["from"], told["until"]] == [None if np.isnan(day) else day for day in days]
        assert told["claims"] == len(read_all(out, f"claims/month={month}/rows.parquet"))
    assert list(manifest["months"])[-1] == "none"


def test_events_are_geoparquet(out):
    """GeoPandas reads the events of a layer and month with their CRS, and those within a box alone."""
    (path,) = out.glob("events/layer=deployments/month=2024-12/rows.parquet")
    rows = gpd.read_parquet(path)
    assert rows.crs == "EPSG:4326"
    assert rows.geometry.notna().all()
    west, south, east, north = box = (-7.2, 38.8, -7.1, 38.9)
    chosen = gpd.read_parquet(path, bbox=box)
    expected = rows[rows.geometry.x.between(west, east) & rows.geometry.y.between(south, north)]
    assert 0 < len(chosen) < len(rows)
    assert chosen["event_id"].tolist() == expected["event_id"].tolist()


def test_claims_say_which_row_they_came_from(out):
    """A claim of a table has its file and line, the first where it came again; one of a collection its folder and no line."""
    claims = claims_in(out).set_index("claim_id")
    assert claims.loc["acled-PRT35", ["file", "line", "dataset", "row_id"]].tolist() == [
        "a.csv",
        36,
        "acled",
        "PRT35",
    ]
    assert claims.loc["c1", "file"] == "mine"
    assert np.isnan(claims.loc["c1", "line"])


def test_every_day_is_counted_without_its_events(out):
    """On each day, by day, window and so far, the counts of months give as many events at each place as the clock shows."""
    events = events_in(out)
    start, end = (days_of(events[name]) for name in ("date_start", "date_end"))
    kind = events["date_kind"].fillna("").to_numpy(dtype=object)
    for day in range(*np.array(["2024-11-15", "2025-03-01"], dtype="datetime64[D]").astype(int).tolist(), 3):
        for mode, window in ((Mode.DAY, 1), (Mode.WINDOW, 7), (Mode.SO_FAR, 10_000)):
            shown = events[strength(start, end, kind, day, mode, window) > 0]
            assert counted(out, day, window) == Counter(
                zip(shown["layer"], shown["spot"].fillna(""), strict=True)
            ), (day, mode)


def counted(out, day, window):
    """Count by layer and place as the format says: what has begun by a day less what had ended before its window."""
    number = Counter()
    for until, what, sign in ((day, "begun", 1), (day - window, "ended", -1)):
        for layer, place, count in gained(out, until)[["layer", "place_id", what]].itertuples(index=False):
            number[list(LAYERS)[layer], place] += sign * count
    return +number


def gained(out, day):
    """Read what was gained and lost by a day; after the last month, all that was."""
    month = str(np.datetime64(day, "D").astype("datetime64[M]"))
    known = sorted(path.stem.removeprefix("month=") for path in out.glob("counts/*"))
    month = min(month, known[-1])
    if month < known[0]:
        return read_all(out, "counts/*").head(0)
    counts = read_all(out, f"counts/month={month}.parquet")
    return pd.concat([read_all(out, f"sofar/month={month}.parquet"), counts[counts["day"] <= day]])


def test_days_say_how_much_each_has(out):
    """A day has by layer the events shown, those that begin, the claims of those, and the claims that were reported on it."""
    events, claims, days = events_in(out), claims_in(out), read_all(out, "days.parquet")
    codes = {name: number for number, name in enumerate(LAYERS)}
    layer = events["layer"].map(codes)
    of_event = claims.merge(events[["event_id", "shown_from", "layer"]], on="event_id")
    reported = days_of(pd.to_datetime(of_event["reported"]))
    assert len(days)
    for day in range(int(days["day"].min()) - 2, int(days["day"].max()) + 2):
        told = days[days["day"] == day].set_index("layer")
        for code in codes.values():
            shown = (layer == code) & (events["shown_from"] <= day) & (events["shown_until"] >= day)
            of = of_event["layer"].map(codes) == code
            expected = [
                int(shown.sum()),
                int((shown & (events["shown_from"] == day)).sum()),
                int((of & (of_event["shown_from"] == day)).sum()),
                int((of & (reported == day)).sum()),
            ]
            found = (
                told.loc[code, ["shown", "begun", "claims", "reports"]].tolist()
                if code in told.index
                else [0] * 4
            )
            assert found == expected, (day, code)


def test_months_between_have_their_files(tmp_path):
    """A month within the days in which nothing begins or ends has its files, which say what was before it."""
    rows = [
        ACLED | {"event_id_cnty": f"PRT{day[:7]}", "event_date": day} for day in ("2024-03-05", "2023-12-30")
    ]
    built(tmp_path / "out", put_csv(tmp_path / "a.csv", rows))
    names = [f"month={month}.parquet" for month in ("2023-12", "2024-01", "2024-02", "2024-03")]
    for folder in ("counts", "sofar"):
        assert sorted(path.name for path in (tmp_path / "out" / folder).iterdir()) == names
    assert len(read_all(tmp_path / "out", "counts/month=2024-01.parquet")) == 0
    so_far = [read_all(tmp_path / "out", f"sofar/{name}")["begun"].sum() for name in names]
    assert so_far == [0, 1, 1, 1]


@pytest.mark.parametrize("what", ["undated", "nothing"])
def test_there_need_not_be_a_day(tmp_path, what):
    """Of undated claims and of a collection without any a folder is built all the same."""
    make(tmp_path / "in" / "a", claims=[{}] if what == "undated" else [], events=[{}])
    done = built(tmp_path / "out", tmp_path / "in")
    assert done.manifest["totals"]["undated"] == done.manifest["totals"]["claims"] == (what == "undated")
    days = read_all(tmp_path / "out", "days.parquet")
    assert (days["shown"].sum(), days["reports"].sum()) == (0, int(what == "undated"))


def test_shipped_collections_are_drawn_as_ever(tmp_path):
    """The shipped collections built give the rows of events that they give by themselves."""
    built(tmp_path / "out", COLLECTIONS)
    rows = events_in(tmp_path / "out").set_index("event_id")
    number = 0
    for folder in shipped().values():
        collection, gazetteer = read_with_places(folder)
        expected = layered(collection, gazetteer).to_pandas().set_index("event_id")
        columns = [*EVENT_COLUMNS[1:], "shown_from", "shown_until", "spot", "geometry"]
        pd.testing.assert_frame_equal(rows.loc[expected.index, columns], expected[columns], check_dtype=False)
        number += len(expected)
    assert len(rows) == number


# ---- who builds it


class Counted:
    """Does tasks here, and counts them; stops as the user would before a task of a number."""

    def __init__(self, stops_at=None):
        """Stop before so many tasks are done."""
        self.count, self._stops_at = 0, stops_at

    def done(self, work, tasks):
        """Do tasks one after the other."""
        for number, task in enumerate(tasks):
            if self.count == self._stops_at:
                raise KeyboardInterrupt
            self.count += 1
            yield number, work(task)


@pytest.fixture(scope="module")
def in_one_go(inputs, tmp_path_factory):
    """Give the files of the folder as this process builds it in one go, of the usual parts, and the number of tasks."""
    runner = Counted()
    folder = tmp_path_factory.mktemp("again")
    built(folder / "out", inputs, runner=runner, context=True)
    return files_in(folder / "out"), runner.count


def test_a_pool_builds_the_same(inputs, in_one_go, tmp_path):
    """Two processes build the same bytes."""
    with Pool(2) as pool:
        built(tmp_path / "out", inputs, runner=pool, context=True)
    assert files_in(tmp_path / "out") == in_one_go[0]


def test_a_cluster_builds_the_same(inputs, in_one_go, tmp_path):
    """Two workers of a scheduler that stands already, spoken to over TCP, build the same bytes."""
    distributed = pytest.importorskip("distributed")
    workers = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with (
        distributed.LocalCluster(processes=True, protocol="tcp", **workers) as there,
        on_cluster(there.scheduler_address, 1) as cluster,
    ):
        built(tmp_path / "out", inputs, runner=cluster, context=True)
    assert files_in(tmp_path / "out") == in_one_go[0]


def test_what_is_stopped_goes_on(inputs, in_one_go, tmp_path):
    """Stopped before any of its tasks there is no folder, and the same build goes on from there to the same bytes, as if in one go."""
    expected, tasks = in_one_go
    for stops_at in range(tasks):
        with pytest.raises(KeyboardInterrupt):
            built(tmp_path / "out", inputs, runner=Counted(stops_at), context=True)
        assert [path.name for path in tmp_path.iterdir()] == [".out.building"]
    told = []
    build(planned(inputs, context=True), tmp_path / "out", Counted(), told.append)
    assert told[0] == "going on with what was done before"
    assert files_in(tmp_path / "out") == expected
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# ---- the command

MAPPED = ("--map", "row=id", "--map", "printed=published", "--set", "kind=deployment")


@pytest.fixture
def here(monkeypatch, tmp_path):
    """Work in a folder of the test's own, with inputs of each sort."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    put_csv(tmp_path / "in" / "acled.csv", [ACLED])
    (tmp_path / "in" / "rows.csv").write_text(TABLE, encoding="utf-8")
    make(tmp_path / "in" / "mine", claims=[ON_THE_SEVENTH])
    return tmp_path


def run(*words):
    """Build `in` as the command does, in this process; give the exit code."""
    return bordermap.main(["build", "in", "-o", "out", "--workers", "1", *MAPPED, *words])


def test_the_command_builds_and_says_what(here, capsys):
    """A folder of each sort of input is built; its claims and events are said, and what is without a place."""
    assert run() == 0
    assert capsys.readouterr().out == "out: 3 claims, 3 events, 1 without a place\n"
    assert claims_in(here / "out")["file"].tolist() == ["acled.csv", "mine", "rows.csv"]


def test_built_again_nothing_changes(here, capsys):
    """Of the same inputs nothing is built again, and that is said; of one that has changed all is."""
    run()
    before = stamps_in(here / "out")
    capsys.readouterr()
    assert run() == 0
    assert capsys.readouterr().out.startswith("out: was built of the same inputs before: 3 claims")
    assert stamps_in(here / "out") == before
    put_csv(here / "in" / "acled.csv", [ACLED, ACLED | {"event_id_cnty": "PRT102"}])
    assert run() == 0
    assert capsys.readouterr().out == "out: 4 claims, 4 events, 1 without a place\n"
    assert sorted(path.name for path in here.iterdir() if path.name != "data") == ["in", "out"]


def test_rows_that_are_passed_over_are_told_with_what_takes_them(here, capsys):
    """Context that was not asked for is counted in the sum, by what it is."""
    context = {"event_id_cnty": "PRT104", "event_type": "Battles", "sub_event_type": "Armed clash"}
    put_csv(here / "in" / "acled.csv", [ACLED, ACLED | context])
    assert run() == 0
    told = capsys.readouterr().out
    assert "1 passed over (Battles: Armed clash 1; --context takes those that are context)" in told


def test_what_is_stopped_says_how_to_go_on(here, capsys, monkeypatch):
    """Stopped by the user the command ends with 130, and says that it can be gone on with."""

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("layers.build.building.build", stopped)
    assert run() == 130
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == "stopped before out was whole; the same command goes on from what is done"
    assert not (here / "out").exists()


def test_a_file_that_was_lost_is_built_again(here):
    """Where a file of the folder is missing or shorter, the folder is built again."""
    run()
    before = files_in(here / "out")
    (here / "out" / "days.parquet").unlink()
    (here / "out" / "sources.parquet").write_bytes(b"short")
    assert run() == 0
    assert files_in(here / "out") == before


def test_a_faulty_input_is_missing_and_told(here, capsys):
    """It ends with 1 and each fault; the other inputs are there, and faults.csv and the manifest say what is missing, the next time too."""
    put_csv(here / "in" / "bad.csv", [ACLED | {"event_date": "=Monday"}])
    for said in ("out: 3 claims", "out: was built of the same inputs before: 3 claims"):
        assert run() == 1
        told = capsys.readouterr()
        assert told.out.startswith(said)
        assert (
            "not all is there: an input with a fault is missing, and a report with one; mend them" in told.err
        )
        assert "bad.csv line 2: event_date '=Monday' is not a day" in told.err
    assert "fault,bad.csv,2,event_date,'=Monday," in (here / "out" / "faults.csv").read_text(encoding="utf-8")
    put_csv(here / "in" / "bad.csv", [ACLED | {"event_id_cnty": "PRT103"}])
    assert run() == 0
    assert not (here / "out" / "faults.csv").exists()


@pytest.mark.parametrize(
    "words", [["--workers", "0"], ["--workers", "many"], ["--timezone", "Mars/Olympus"], ["--from", "nobody"]]
)
def test_wrong_usage_is_told(here, words):
    """What cannot be meant ends with 2 before anything is done."""
    with pytest.raises(SystemExit) as stopped:
        run(*words)
    assert stopped.value.code == 2
    assert not (here / "out").exists()


def test_the_folder_says_what_it_is(here):
    """collection.toml has the title, terms and zone that are said, and days and view as the events have them."""
    make(
        here / "in" / "mine", claims=[{**ON_THE_SEVENTH, **FROM_ELVAS, "origin_id": "", "destination_id": ""}]
    )
    assert run("--called", "Two borders", "--licence", "CC0-1.0", "--timezone", "Europe/Lisbon") == 0
    text = (here / "out" / "collection.toml").read_text(encoding="utf-8")
    for line in (
        'title = "Two borders"',
        'licence = "CC0-1.0"',
        'timezone = "Europe/Lisbon"',
        "first_day = 2024-12-07",
    ):
        assert line in text
