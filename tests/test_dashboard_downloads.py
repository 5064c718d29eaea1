"""What can be taken along from the dashboard: asked as far as it matters, and made when it is asked for."""

import csv
import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from dashboard_collection import write_collection
from streamlit.testing.v1 import AppTest

from claims.imports.whole.ours import read_ours
from claims.tables import read_collection
from dashboard import downloads
from dashboard.downloads import Wanted
from dashboard.view import View
from geo.errors import BordermapError
from geo.gazetteer import Gazetteer
from layers.exports.formats import FORMATS, Rows

APP = Path(__file__).parents[1] / "app.py"


@pytest.fixture
def app(tmp_path, monkeypatch):
    """The dashboard of the small collection, which makes no export before it is asked for one."""
    monkeypatch.setenv("BORDERMAP_COLLECTION", str(write_collection(tmp_path / "tiny")))
    monkeypatch.setattr(downloads, "write", lambda *_: pytest.fail("an export was made"))
    return AppTest.from_file(str(APP), default_timeout=60)


def asked(app):
    """Give the keys of what is asked besides the format."""
    return {each.key for each in (*app.radio, *app.checkbox) if each.key and each.key.startswith("download")}


@pytest.mark.parametrize("form", ["html", *FORMATS])
def test_each_format_asks_what_matters_for_it(app, form):
    """The page asks nothing; a format asks how much, what a row is unless it holds both, and of cells where it has some."""
    app.run().selectbox(key="download_format").select(form).run()
    kind = FORMATS.get(form)
    wanted = set() if kind is None else {"download_extent"}
    wanted |= {"download_rows"} if kind and not kind.both else set()
    wanted |= {"download_safe"} if kind and kind.cells else set()
    assert asked(app) == wanted
    assert not app.exception


def test_every_format_can_be_chosen_by_its_name(app):
    """The names of all formats stand behind the page."""
    box = app.run().selectbox(key="download_format")
    assert box.options == ["The map as one HTML file", *(kind.name for kind in FORMATS.values())]


@pytest.mark.parametrize("form", FORMATS)
def test_the_whole_is_offered_where_it_is_more(app, form):
    """Tables and files to be read again are a choice where everything is not that already, and ask nothing more."""
    extent = app.run().selectbox(key="download_format").select(form).run().radio(key="download_extent")
    more = "The whole collection, to be read again"
    assert (more in extent.options) == (form in {"csv", "geojson", "parquet"})
    if more in extent.options:
        extent.set_value("whole").run()
        assert asked(app) == {"download_extent"}


def test_what_cannot_be_made_is_told(app, monkeypatch):
    """Where a file cannot be made the reader is told why, and no download is offered."""

    def refuse(*_):
        raise BordermapError("a cell is too long; shorten it")

    monkeypatch.setattr(downloads, "write", refuse)
    app.run().selectbox(key="download_format").select("xlsx").run()
    app.button(key="download_make").click().run()
    assert "a cell is too long; shorten it" in [code.value for code in app.code]
    assert not app.exception
    assert not app.get("download_button")


def test_a_file_is_offered_when_it_was_made(app, monkeypatch):
    """The download comes up by a click that makes the file, and goes where something else is chosen."""
    monkeypatch.setattr(downloads, "write", lambda _form, _export, out: out.write_bytes(b"made"))
    app.run().selectbox(key="download_format").select("kml").run()
    assert not app.get("download_button")
    app.button(key="download_make").click().run()
    assert len(app.get("download_button")) == 1
    app.radio(key="download_extent").set_value("shown").run()
    assert not app.get("download_button")


@pytest.fixture
def opened(tmp_path):
    """The small collection as the dashboard holds it, but for its page."""
    gazetteer = Gazetteer.read()
    collection = read_collection(write_collection(tmp_path / "tiny"), gazetteer)
    return SimpleNamespace(collection=collection, gazetteer=gazetteer)


def made(opened, wanted, **choices):
    """Make what is wanted by a reader who looks at 7 December."""
    mine = SimpleNamespace(view=View(dt.date(2024, 12, 7), choices))
    return downloads._made(opened, mine, wanted).decode("utf-8-sig")


def test_all_or_what_is_shown_is_made(opened):
    """All events, or those that the page's filters leave of its days, which the file says."""
    everything = json.loads(made(opened, Wanted("geojson", shown=False, rows=Rows.EVENTS, safe=False)))
    assert [feature["id"] for feature in everything["features"]] == ["e1", "e2", "e3"]
    assert (everything["days"], everything["filters"]) == (None, None)
    wanted = Wanted("geojson", shown=True, rows=Rows.EVENTS, safe=False)
    part = json.loads(made(opened, wanted, mode="sofar", layers="withdrawals"))
    assert [feature["id"] for feature in part["features"]] == ["e2"]
    assert (part["days"], part["filters"]) == (["2024-11-01", "2024-12-07"], "layers: withdrawals")


def test_rows_and_marks_are_as_wanted(opened):
    """Claims have a row each where they are wanted, with the column of marks where that is."""
    text = made(opened, Wanted("csv", shown=False, rows=Rows.CLAIMS, safe=True))
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["claim_id"] for row in rows] == ["c1", "c2", "c3", "c4"]
    assert "formula_safe" in rows[0]


@pytest.mark.parametrize("form", ["csv", "geojson", "parquet"])
def test_the_whole_collection_can_be_read_again(opened, tmp_path, form):
    """What is taken along whole is a collection to the reader of such."""
    wanted = Wanted(form, shown=False, rows=Rows.EVENTS, safe=False, whole=True)
    path = tmp_path / wanted.name("tiny")
    path.write_bytes(downloads._made(opened, SimpleNamespace(), wanted))
    assert len(read_ours(path).sheets["claims"].rows) == 4


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (Wanted("csv", shown=False, rows=Rows.EVENTS, safe=False, whole=True), "tiny-whole.zip"),
        (Wanted("geojson", shown=False, rows=Rows.EVENTS, safe=False, whole=True), "tiny-whole.geojson"),
        (Wanted("csv", shown=False, rows=Rows.CLAIMS, safe=True), "tiny-claims.csv"),
        (Wanted("geojson", shown=True, rows=Rows.EVENTS, safe=False), "tiny-events-shown.geojson"),
        (Wanted("xlsx", shown=True, rows=Rows.EVENTS, safe=False), "tiny-shown.xlsx"),
    ],
)
def test_a_file_is_named_by_what_it_holds(wanted, name):
    """Rows stand in the name where they were asked, and so does that it is a part."""
    assert wanted.name("tiny") == name
