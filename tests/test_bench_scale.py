"""The bench of builds: ours and the peer's groups are those of the files, and a folder that differs is seen."""

import pytest

from bench import scale, scale_work
from bench.table import table
from layers.build.pieces import read_json


@pytest.fixture
def inputs(tmp_path, monkeypatch):
    """Make up a few hundred rows in three files."""
    monkeypatch.setattr(scale, "OUT", tmp_path)
    monkeypatch.setattr(scale, "apart", lambda work, *given, **_bounds: work(*given))
    return scale._inputs(250, 100)


def test_inputs_are_so_many_rows(inputs):
    """Files hold as many rows as asked for together, each with an id of its own, and are made once for all sizes."""
    assert [path.name for path in sorted(inputs.iterdir())] == ["0000-100.csv", "0001-100.csv", "0002-50.csv"]
    assert len(list((inputs.parent / "made").iterdir())) == 3
    scale._inputs(200, 100)
    assert len(list((inputs.parent / "made").iterdir())) == 3


def test_groups_are_those_of_the_files(inputs, tmp_path):
    """Ours and plain GeoPandas's have the events by place, day and kind that the files have, and what is lost is counted."""
    cost = scale_work.ours(inputs, tmp_path / "out", "one process")
    assert min(cost.seconds, cost.peak_mb, cost.disk_mb) > 0
    assert read_json(tmp_path / "out" / "manifest.json")["totals"]["claims"] == 250
    scale_work.peer(inputs, tmp_path / "peer")
    groups, differ = scale_work.compared(inputs, tmp_path / "out")
    assert groups > 100
    assert differ == 0
    assert scale_work.compared(inputs, tmp_path / "peer") == (groups, 0)
    lost = max((tmp_path / "out").glob("events/*/*/rows.parquet"), key=lambda path: path.stat().st_size)
    lost.unlink()
    assert scale_work.compared(inputs, tmp_path / "out")[1] > 0


def test_a_peer_that_fails_is_told_in_words():
    """Where plain GeoPandas takes more than it was given, that stands in the place of its figures."""
    cost = scale_work.Cost(10, 400, 5)
    text = table(list(scale._ways_rows(1000, "one process", cost, "took over 8 GB", 3, 0)))
    assert "took over 8 GB" in text
    assert "MISSED" not in text
    slow = table(list(scale._ways_rows(1000, "one process", cost, scale_work.Cost(2, 1_600, 5), 3, 1)))
    assert slow.count("MISSED") == 2
