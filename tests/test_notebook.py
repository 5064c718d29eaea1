"""A collection in a notebook: its frames, its days, its map and what it writes."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import datetime as dt
import html
import json
import re
import tempfile
from pathlib import Path

import nbclient
import nbformat
import pandas as pd
import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, make
from nbclient.exceptions import CellExecutionError
from pages import browser
from pandas.testing import assert_frame_equal
from traitlets.config import Config

import bordermap
from bordermap import BordermapError
from claims.model import CountQualifier, CountUnit, DateKind, Kind, Modality, Relation, Status
from claims.store import open_store
from claims.tables import read_collection
from layers.exports.formats import FORMATS
from layers.frames import COLUMNS
from layers.layers import layers_of
from layers.notebook import Border
from layers.page import build_page

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

CLAIMS = (
    {**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000},
    {
        "event_id": "e2",
        "kind": "deployment",
        "place_id": "badajoz",
        "geo_precision": "1",
        "date_start": "2024-12-07",
        "date_end": "2024-12-08",
        "date_kind": "on",
        "reported": "2024-12-09",
    },
    {"event_id": "e3", **ON_THE_SEVENTH},
)
EVENTS = ({}, {"title": "Some stay", "kind": "deployment"}, {"title": "Some cross somewhere"})


@pytest.fixture
def border(tmp_path, iberia):
    """Give a collection of a crossing, a stay of one of two days, and a crossing of which no place is known."""
    folder = make(tmp_path / "made", claims=CLAIMS, events=EVENTS)
    return Border(read_collection(folder, iberia), iberia)


# ---- opened


def test_a_collection_is_opened_by_name_folder_and_store(tmp_path, monkeypatch):
    """All three give the same claims, and say what was opened."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = make(tmp_path / "mine")
    open_store().import_folder(folder, "mine", "Tess Ter")
    by_word = bordermap.open_collection(str(folder))
    assert repr(by_word) == "<Border 'A test': 1 claims of 1 sources, 2024-12-01 to 2024-12-31>"
    for other in (folder, "store:mine"):
        assert_frame_equal(bordermap.open_collection(other).claims, by_word.claims)
    assert len(bordermap.open_collection("iraq-syria-2024").sources) == 5


def test_what_cannot_be_opened_says_why(tmp_path):
    """A name that is none and a collection with faults are told as what to mend."""
    with pytest.raises(BordermapError, match="neither a shipped collection"):
        bordermap.open_collection("nowhere")
    with pytest.raises(BordermapError, match="modality 'loud' is unknown"):
        bordermap.open_collection(make(tmp_path, claims=({"modality": "loud"},)))


# ---- frames


def test_its_frames_are_those_of_the_collection(border, iberia):
    """Tables are as they were read, and layers as they are drawn."""
    collection = border.collection
    for name in ("sources", "claims", "actors"):
        assert_frame_equal(getattr(border, name), getattr(collection, name))
    layers = border.layers
    for name, layer in layers_of(collection, iberia).items():
        assert_frame_equal(layers[name], layer)
        assert layers[name].crs == "EPSG:4326"
    assert border.facts is collection.facts


def test_events_are_told_without_how_they_are_drawn(border):
    """Each event with claims is a row with its layer, in a plain frame."""
    events = border.events
    assert events["layer"].to_dict() == {"e1": "crossings", "e3": "crossings", "e2": "deployments"}
    assert type(events) is pd.DataFrame
    assert set(COLUMNS) - set(events.columns) == {"stub_from", "stub_to", "stretch", "geometry"}
    assert events.loc["e1", "count_texts"] == "2,000 or so"


@pytest.mark.parametrize("frame", ["sources", "claims", "actors", "events"])
def test_what_is_done_to_a_frame_stays_in_it(border, frame):
    """A frame that was changed leaves the collection, and the next frame, as they were."""
    mine = getattr(border, frame)
    mine.iloc[0, 0] = "changed"
    mine["more"] = 1
    assert "changed" not in getattr(border, frame).iloc[:, 0].tolist()
    assert "more" not in getattr(border, frame)


def test_what_is_done_to_a_layer_stays_in_it(border):
    """The same holds of layers."""
    border.layers["crossings"]["title"] = "changed"
    border.on("2024-12-07")["crossings"]["title"] = "changed"
    assert "changed" not in border.layers["crossings"]["title"].tolist()


# ---- days


@pytest.mark.parametrize(
    ("day", "choice", "strengths"),
    [
        ("2024-12-07", {}, {"e1": 1.0, "e2": 0.5, "e3": 1.0}),
        (dt.date(2024, 12, 8), {}, {"e2": 0.5}),
        (dt.datetime(2024, 12, 8, 23, 59), {}, {"e2": 0.5}),  # noqa: DTZ001 - as pandas has them
        ("2024-12-08", {"mode": "window", "window": 2}, {"e1": 1.0, "e2": 1.0, "e3": 1.0}),
        ("2024-12-09", {"mode": "window", "window": 2}, {"e2": 0.5}),
        ("2024-12-31", {"mode": "sofar"}, {"e1": 1.0, "e2": 1.0, "e3": 1.0}),
        ("2024-12-01", {"mode": "sofar"}, {}),
    ],
)
def test_a_day_has_what_the_clock_shows(border, day, choice, strengths):
    """Each layer holds the events of the day with how surely they are of it; what has no place is among them."""
    layers = border.on(day, **choice)
    assert list(layers) == list(border.layers)
    assert {key: value for layer in layers.values() for key, value in layer["strength"].items()} == strengths


def test_what_was_known_is_a_collection(border):
    """It holds the claims that had been reported by the day, says so, and opens no later than that."""
    then = border.known("2024-12-08")
    assert list(then.events.index) == ["e1", "e3"]
    assert repr(then).endswith("as known on 2024-12-08>")
    assert border.known("2024-12-03").facts.opening_day == dt.date(2024, 12, 3)
    assert len(border.events) == 3


@pytest.mark.parametrize(
    ("asked", "events", "told"),
    [
        ({"kinds": "deployment"}, ["e2"], "2024-12-01 to 2024-12-31, kinds: deployment>"),
        ({"first": "2024-12-08"}, ["e2"], "2024-12-08 to 2024-12-31>"),
        (
            {"day": "2024-12-07", "layers": ["crossings"]},
            ["e1", "e3"],
            "2024-12-07 to 2024-12-07, layers: crossings>",
        ),
    ],
)
def test_a_part_is_a_collection_and_its_file_says_so(border, tmp_path, asked, events, told):
    """What days hold and filters let pass is a border of its own, and what is exported of it tells to what it is cut."""
    part = border.shown(**asked)
    assert list(part.events.index) == events
    assert repr(part).endswith(told)
    part.export(tmp_path / "part.geojson")
    about = json.loads((tmp_path / "part.geojson").read_text(encoding="utf-8"))
    assert (about["filters"] or "") == part.filters
    assert about["days"] == (
        None if "kinds" in asked else [str(part.facts.first_day), str(part.facts.last_day)]
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda border: border.on("soon"), "'soon' is not a day; write it as 2024-12-07"),
        (lambda border: border.on("20241207"), "'20241207' is not a day"),
        (lambda border: border.on(None), "None is not a day"),
        (lambda border: border.on("2025-12-07"), "outside the collection's days, 2024-12-01 to 2024-12-31"),
        (
            lambda border: border.on("2024-12-07", "week"),
            "mode='week' is unknown; use one of day, window, sofar",
        ),
        (lambda border: border.on("2024-12-07", "window", 0), "window=0 is not a number of days"),
        (lambda border: border.on("2024-12-07", "window", 2.5), "window=2.5 is not a number of days"),
        (lambda border: border.known("soon"), "'soon' is not a day"),
        (lambda border: border.shown("2025-12-07"), "outside the collection's days"),
        (
            lambda border: border.shown(first="2024-12-08", last="2024-12-07"),
            "2024-12-08 is after 2024-12-07",
        ),
        (lambda border: border.shown("2024-12-08", last="2024-12-09"), "day goes without first and last"),
        (lambda border: border.shown(kinds=["march"]), "kinds='march' is unknown; use one of crossing,"),
        (lambda border: border.shown(colours=["red"]), "list='colours' is unknown; use one of layers,"),
        (lambda border: border.shown(sources=0), "sources=0 is not a number of sources"),
        (lambda border: border.map("2025-12-07"), "outside the collection's days"),
        (lambda border: border.map(height="tall"), "height='tall' is not a height"),
        (
            lambda border: border.export("map.doc"),
            "'map.doc' ends like no format; end it in one of .html, .geojson",
        ),
        (lambda border: border.export("map", "doc"), "format='doc' is unknown; use one of html, geojson"),
        (
            lambda border: border.export("a.geojson", rows="all"),
            "rows='all' is unknown; use one of events, claims",
        ),
        (lambda border: border.export("nowhere/a.geojson"), "name another place"),
        (lambda border: border.export("map.html", whole=True), "whole=True goes with geojson, csv,"),
        (
            lambda border: border.export("a.xlsx", rows="claims"),
            "rows='claims' goes with geojson, csv, kml, parquet, fgb; xlsx holds both",
        ),
        (lambda border: border.export("map.html", rows="claims"), "parquet, fgb; the page holds both"),
        (
            lambda border: border.export("a.geojson", formula_safe=True),
            "formula_safe=True goes with csv, acled",
        ),
        (
            lambda border: border.export("a", "csv", rows="claims", whole=True),
            "whole=True goes without rows='claims': it holds all as it is",
        ),
    ],
)
def test_what_cannot_be_done_says_what_can(border, tmp_path, monkeypatch, asked, told):
    """Each wrong word is told with those that there are, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BordermapError, match=re.escape(told)):
        asked(border)
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


# ---- the map and files


def test_the_map_is_the_page(border, iberia, tmp_path):
    """It is the page that is exported, opening on the day that is asked for, and is saved as it is."""
    assert border.map().html == build_page(border.collection, iberia)
    shown = border.map(day="2024-12-08", height=500)
    assert '"opening_day":"2024-12-08"' in shown.html
    assert repr(shown) == "<Map of 'A test', opening on 2024-12-08>"
    shown.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == shown.html


def test_a_cell_holds_the_page_in_a_frame_that_is_shut(border):
    """Nothing of the page is part of the notebook's own document, and it may not reach that."""
    cell = border.map(height=500)._repr_html_()
    frame = re.fullmatch(r'<iframe sandbox="([^"]*)" [^<>]*srcdoc="([^"]*)"[^<>]*></iframe>', cell)
    sandbox, page = frame.groups()
    assert "allow-scripts" in sandbox
    assert "same-origin" not in sandbox
    assert html.unescape(page) == border.map().html
    assert "height: 500px" in cell


def test_a_hostile_title_stays_text(tmp_path, iberia):
    """A title that is HTML opens no tag in the notebook's document."""
    title = '"><img src=x onerror=alert(1)>'
    folder = make(tmp_path, facts={"title": json.dumps(title)})
    cell = Border(read_collection(folder, iberia), iberia).map()._repr_html_()
    assert re.fullmatch(r"<iframe [^<>]*></iframe>", cell)


@pytest.mark.browser
def test_a_cell_shows_marks_and_asks_nothing_of_the_network(border, browser, tmp_path):
    """In a document as a notebook's, the framed page draws the day's events and opens none of its own requests."""
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!doctype html><title>cell</title>{border.map()._repr_html_()}", encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 760})
    page = context.new_page()
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(cell.as_uri())
    frame = page.frames[1]
    frame.wait_for_selector("html[data-bordermap=ready]")
    assert sum(frame.evaluate("Object.values(bordermap.app.drawn())")) == 2
    assert frame.evaluate("globalThis.origin") == "null"
    assert (requests, complaints) == ([cell.as_uri()], [])
    context.close()


def test_a_file_is_written_by_its_ending_or_its_format(border, tmp_path):
    """The ending says which format, unless that is said; rows are those that are asked for."""
    border.export(tmp_path / "a.geojson")
    border.export(str(tmp_path / "b.JSON"), format="geojson", rows="claims")
    border.export(tmp_path / "c.HTML")
    first, second = (
        json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("a.geojson", "b.JSON")
    )
    assert [row["properties"]["event_id"] for row in first["features"]] == ["e1", "e3", "e2"]
    assert {row["properties"]["claim_id"] for row in second["features"]} == {"c1", "c2", "c3"}
    assert (tmp_path / "c.HTML").read_text(encoding="utf-8") == border.map().html


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(border, tmp_path, name):
    """What the command line exports is exported here, too."""
    border.export(tmp_path / f"file{FORMATS[name].suffix}", name)
    assert (tmp_path / f"file{FORMATS[name].suffix}").stat().st_size > 0


@pytest.mark.parametrize("name", [name for name, kind in FORMATS.items() if kind.whole])
def test_a_collection_is_written_whole(border, tmp_path, name):
    """Where a format holds all of a collection, all of it is asked for by one word."""
    border.export(tmp_path / "whole", name, whole=True)
    assert (tmp_path / "whole").exists()


def test_cells_are_made_safe_on_request(tmp_path, iberia):
    """A quote that begins as a formula is marked as text where that is asked for, and left as it is where not."""
    folder = make(tmp_path / "made", claims=({"quote": "=1+1"},))
    border = Border(read_collection(folder, iberia), iberia)
    border.export(tmp_path / "plain.csv", rows="claims")
    border.export(tmp_path / "safe.csv", rows="claims", formula_safe=True)
    for name, quote in (("plain.csv", "=1+1"), ("safe.csv", "'=1+1")):
        assert pd.read_csv(tmp_path / name)["quote"].tolist() == [quote]


# ---- what is written about it


def test_the_columns_of_layers_are_told():
    """docs/python.md lists each column of a layer with what it is."""
    rows = re.findall(
        r"^\| (\w+) \| (.*) \|$", (DOCS / "python.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert dict(rows[1:]) == COLUMNS


@pytest.mark.parametrize("words", [Kind, Status, Modality, DateKind, CountQualifier, CountUnit, Relation])
def test_the_words_of_claims_are_told(words):
    """The reference of tables gives each word that a column may hold in a row of its own, with what it means."""
    text = (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (\S.*) \|$", text.partition("## Words")[2], re.MULTILINE))
    assert set(map(str, words)) <= set(told)


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("README.md", set()),
        ("docs/python.md", {"map.html", "events.geojson", "claims.geojson", "crossings.csv"}),
    ],
)
def test_the_snippets_run(tmp_path, monkeypatch, name, files):
    """What a document shows in Python runs from top to bottom, and writes the files that it names."""
    monkeypatch.chdir(tmp_path)
    snippets = re.findall(
        r"^```python\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    names = {}
    for snippet in snippets:
        exec(snippet, names)  # noqa: S102 - our own words
    assert "border" in names
    assert {path.name for path in tmp_path.iterdir()} == files


def test_the_example_is_committed_without_outputs():
    """The notebook in docs/ is a notebook, and holds no output that would grow old."""
    cells = nbformat.read(DOCS / "example.ipynb", as_version=4)["cells"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells if "outputs" in cell)


@pytest.fixture
def shut_kernel(tmp_path, monkeypatch):
    """Let a notebook's kernel find this checkout, keep its files to itself, and reach no host, as tests do."""
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    startup = tmp_path / "IPYTHONDIR" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    shut = "import pytest_socket\npytest_socket.socket_allow_hosts(['127.0.0.1', '::1'], allow_unix_socket=True)\n"
    (startup / "shut.py").write_text(shut, encoding="utf-8")
    # The path of a Unix socket is at most 107 bytes long, and a test's folder may be longer.
    with tempfile.TemporaryDirectory(prefix="ipc") as runtime:
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", runtime)
        yield Config({"KernelManager": {"transport": "ipc", "ip": f"{runtime}/kernel"}})


def run(notebook, folder, config):
    """Run a notebook in a folder as Jupyter would; list what its cells show."""
    resources = {"metadata": {"path": str(folder)}}
    nbclient.NotebookClient(notebook, timeout=120, resources=resources, config=config).execute()
    return [output for cell in notebook["cells"] for output in cell.get("outputs", ())]


def test_the_example_runs(tmp_path, shut_kernel):
    """Run as Jupyter runs it, without a network, each cell ends well, and the map is among what is shown."""
    work = tmp_path / "work"
    work.mkdir()
    outputs = run(nbformat.read(DOCS / "example.ipynb", as_version=4), work, shut_kernel)
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    assert any("srcdoc" in output["data"].get("text/html", "") for output in outputs)
    assert {path.name for path in work.iterdir()} == {"events.geojson", "map.html"}


def test_the_network_is_shut_in_notebooks_too(tmp_path, shut_kernel):
    """A cell that would reach another host fails before a packet leaves."""
    ask = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=5)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(ask)])
    with pytest.raises(CellExecutionError, match="SocketConnectBlockedError"):
        run(notebook, tmp_path, shut_kernel)
