"""`bordermap export` in every format: filters, folders of layers, and what is wrong usage."""

import csv
import json

import pytest
from collections_made import ON_THE_SEVENTH, make

from bordermap import main
from claims.model import LAYERS, Kind, Status
from claims.story import CERTAINTY_WORDS, DISPUTE_WORDS
from layers.exports.formats import FORMATS

EVENTS = ({}, {"kind": "deployment"})
CLAIMS = (
    ON_THE_SEVENTH,
    {"event_id": "e2", "kind": "deployment", "actors": "walkers", "root": "another"},
    {"event_id": "e2", "kind": "deployment"},
    {"event_id": ""},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a crossing on a day, a deployment without one, and a claim of no event."""
    return make(tmp_path_factory.mktemp("command") / "mine", claims=CLAIMS, events=EVENTS)


@pytest.fixture
def run(capsys, folder):
    """Run the command line on that folder; give exit code, output and errors."""

    def run(*words):
        try:
            code = main(["export", *map(str, words), "--collection", str(folder)])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def events_of(path):
    """Read the events of a GeoJSON file."""
    return [feature["id"] for feature in json.loads(path.read_text(encoding="utf-8"))["features"]]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(run, tmp_path, name):
    """Each format that there is writes a file, and nothing beside it."""
    out = tmp_path / f"out{FORMATS[name].suffix}"
    assert run(name, "-o", out) == (0, "", "")
    assert out.stat().st_size
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("filters", "events", "told"),
    [
        (["--kind", "crossing"], ["e1"], "kinds: crossing"),
        (["--layer", "deployments,context"], ["e2"], "layers: context, deployments"),
        (["--sources", "2"], ["e2"], "independent sources: at least 2"),
        (["--actor", "walkers"], ["e2"], "actors: walkers"),
        (["--side", "none", "--status", "reported"], ["e2"], "status: reported; sides: none"),
        (["--disputed", "undisputed", "--certainty", "unplaced"], ["e1", "e2"], "certainty: unplaced; disputed: undisputed"),
        (["--status", "denied"], [], "status: denied"),
    ],
)  # fmt: skip
def test_filters_leave_what_passes_and_are_told_in_the_file(run, tmp_path, filters, events, told):
    """Only events that pass are written; the file says the filters, and standard error what they leave out."""
    out = tmp_path / "out.geojson"
    code, _, err = run("geojson", *filters, "-o", out)
    assert code == 0
    assert err.startswith("left out, as filters are of events: 1 claims of no event\n")
    assert events_of(out) == events
    assert json.loads(out.read_text(encoding="utf-8"))["filters"] == told
    assert ("no event passes" in err) == (not events)


def test_a_file_for_each_layer_stands_in_a_folder(run, tmp_path):
    """Layers with events have a file each, called as the layer, and so have claims of no event."""
    code, _, _ = run("csv", "--per-layer", "--rows", "claims", "-o", tmp_path / "layers")
    assert code == 0
    files = sorted((tmp_path / "layers").iterdir())
    assert [path.name for path in files] == ["crossings.csv", "deployments.csv", "no-event.csv"]
    rows = {path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in files}
    assert {name: [row["claim_id"] for row in read] for name, read in rows.items()} == {
        "crossings": ["c1"],
        "deployments": ["c2", "c3"],
        "no-event": ["c4"],
    }
    assert rows["crossings"][0]["filters"] == "layer: crossings"
    assert rows["no-event"][0]["filters"] == "claims of no event"
    code, _, err = run("csv", "--per-layer", "-o", tmp_path / "layers")
    assert (code, "is there already" in err) == (1, True)


def test_a_table_is_safe_in_a_spreadsheet_on_request(run, tmp_path):
    """--formula-safe adds the column that says which cells are marked."""
    assert run("csv", "--formula-safe", "-o", tmp_path / "out.csv")[0] == 0
    assert "formula_safe" in (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["geojson", "--kind", "crossing,march"], "--kind 'march' is unknown; name of crossing, withdrawal,"),
        (["geojson", "--actor", "nobody"], "--actor 'nobody' is unknown; name of walkers"),
        (["geojson", "--sources", "0"], "'0' is not a number of sources; write 1 or more"),
        (["geojson", "--sources", "many"], "'many' is not a number of sources"),
        (["html", "--kind", "crossing"], "--kind goes with other formats than html"),
        (["html", "--sources", "2"], "--sources goes with other formats than html"),
        (["xlsx", "--rows", "events", "--rows", "claims"], "--rows claims goes with geojson, csv"),
        (["geojson", "--formula-safe"], "--formula-safe goes with csv"),
        (["html", "--per-layer"], "--per-layer goes with geojson, csv"),
        (["kml", "--whole"], "--whole goes with "),
        (["csv", "--whole", "--per-layer"], "--whole goes without --per-layer: it holds all as it is"),
        (["geojson", "--day", "2024-12-07", "--to", "2024-12-08"], "--day goes without"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_written(run, tmp_path, words, told):
    """An unknown word lists the known ones, and a choice that a format has not names those that have it."""
    code, out, err = run(*words, "-o", tmp_path / "x")
    assert (code, out) == (2, "")
    assert told in err
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_word(run):
    """Each word by which can be filtered, and each format, stands in the help."""
    code, out, _ = run("--help")
    assert code == 0
    said = " ".join(out.split())
    for words in (LAYERS, map(str, Kind), map(str, Status), CERTAINTY_WORDS, DISPUTE_WORDS):
        assert f"of: {', '.join(words)}" in said
    assert all(kind.told in said for kind in FORMATS.values())


def test_a_device_is_written_as_it_comes(run):
    """GeoJSON and CSV go to a device where one is named."""
    assert run("geojson", "-o", "/dev/null")[0] == 0
    assert run("csv", "-o", "/dev/null")[0] == 0
