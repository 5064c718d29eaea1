"""What the page of a large set asks of the dashboard, and the dashboard's pages around such a set."""

import csv
import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from built_made import build
from collections_made import FROM_ELVAS, collection_of, small_gazetteer
from streamlit.testing.v1 import AppTest

from claims.model import Mode
from claims.named import InFolder
from dashboard import bridge, largedownloads, map_page
from dashboard.asked import WORLD, answered, ask_of
from dashboard.sentences import in_words
from dashboard.session import Reading
from dashboard.shelf import OpenedLarge
from dashboard.view import LONGEST_LIST, Days, View
from dashboard.words import words_in
from geo.errors import BordermapError
from layers.built.cells import Cell
from layers.built.opened import BuiltSet
from layers.exports.formats import Rows

APP = Path(__file__).parents[1] / "app.py"
ENGLISH, ARABIC = words_in("en"), words_in("ar")
SEVENTH = {"date_start": "2024-12-07", "date_end": "2024-12-07", "date_kind": "on"}
DAYS = Days(dt.date(2024, 12, 1), dt.date(2024, 12, 31), dt.date(2024, 12, 7))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder that is built of two crossings, one on the day on which the map opens."""
    folder = tmp_path_factory.mktemp("asked")
    claims = [
        {**FROM_ELVAS, **SEVENTH, "actors": "walkers"},
        {**FROM_ELVAS, "event_id": "e2", "date_kind": ""},
    ]
    collection = collection_of(folder / "one", small_gazetteer(), claims=claims, events=[{}, {}])
    return build(folder / "built", collection, small_gazetteer())


def test_an_ask_is_read_as_the_page_writes_it(folder):
    """Day, mode, filters, what is seen and what is opened become what is looked for."""
    said = {
        "state": {"day": "2024-12-09", "mode": "sofar", "layers": "crossings", "actors": "walkers"},
        "box": [-8, 38, -6, 39],
        "zoom": 7.25,
        "opened": {"hexagon": [4, -3, 7]},
        "event": "e1",
        "eventDay": 20064,
    }
    ask = ask_of(BuiltSet.open(folder), said, DAYS)
    assert (ask.shown.day, ask.shown.mode) == (dt.date(2024, 12, 9), Mode.SO_FAR)
    assert (ask.shown.layers, ask.shown.actors) == ({"crossings"}, {"walkers"})
    assert (ask.seen.box, ask.seen.zoom) == ((-8, 38, -6, 39), 7.25)
    assert (ask.opened, ask.event, ask.event_day) == (Cell(None, (4, -3, 7)), "e1", 20064)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"state": "no", "box": "no", "zoom": "no", "opened": "no", "event": 7, "eventDay": "no"},
        {"box": [1, 2, 3], "opened": {"hexagon": [1, 2]}, "event": "x" * 5000},
        {"box": [1, 2, 3, float("nan")], "zoom": float("inf"), "opened": {"hexagon": [1, 2, 10**400]}},
        {"box": [True, 2, 3, 4], "zoom": -3, "opened": {"place": "x" * 5000}, "state": {"day": "2999-99-99"}},
    ],
)
def test_what_an_ask_cannot_mean_is_not_asked(folder, said):
    """A frame may say anything: the whole world is counted on the opening day, and nothing is opened."""
    ask = ask_of(BuiltSet.open(folder), said, DAYS)
    assert (ask.shown.day, ask.seen.box, ask.opened, ask.event) == (DAYS.opening, WORLD, None, "")
    assert answered(BuiltSet.open(folder), said, DAYS, ENGLISH)["inView"] == 1


def test_a_file_that_is_damaged_is_told_in_the_answer(folder, tmp_path):
    """The page shows the sentence in place of counts."""
    built = build(tmp_path / "built", *small(tmp_path))
    opened = BuiltSet.open(built)
    for file in built.glob("counts/*"):
        file.write_bytes(b"PAR1")
    said = answered(opened, {}, DAYS, ENGLISH)["error"]
    assert said.startswith("'built' is damaged: ")
    assert said.endswith("; build it anew")
    assert "ابنِه من جديد" in answered(opened, {}, DAYS, ARABIC)["error"]
    assert folder != built


def test_filters_that_name_too_much_are_refused_and_not_left_out(folder):
    """Without them all would be counted, under a filter that the page shows."""
    said = answered(BuiltSet.open(folder), {"state": {"actors": "x" * (LONGEST_LIST + 1)}}, DAYS, ARABIC)
    assert said == {"error": "تسمّي التصفية فاعلين أو أطرافا أكثر مما يُبحث عنه؛ اختر أقل"}


def test_a_folder_that_was_built_anew_is_told(folder):
    """What is held of the old one is not mixed with what lies there now."""
    built = BuiltSet.open(folder)
    now, before = OpenedLarge(built, "", "", DAYS, InFolder(folder).stamp()), OpenedLarge(built, "", "", DAYS)
    assert "error" not in map_page._answered(now, ENGLISH, {})
    assert "built anew" in map_page._answered(before, ENGLISH, {})["error"]


def test_a_fault_of_ours_is_answered_and_raised(monkeypatch):
    """The page has a sentence, and does not ask again; the dashboard shows the fault once."""
    given = []

    def component(*, data, on_asked_change, **_):
        given.append(data)
        if len(given) == 1:
            on_asked_change()

    state = {"asks": {"asked": {"key": "page", "id": "7", "ask": {}}}}
    monkeypatch.setattr(bridge, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(bridge, "_asks", component)
    with pytest.raises(ZeroDivisionError):
        bridge.asks("page", lambda _: 1 / 0, ENGLISH)
    bridge.asks("page", lambda _: {}, ENGLISH)
    assert given[1]["id"] == "7"
    assert "fault of bordermap" in given[1]["answer"]["error"]


def small(folder):
    """Give a collection of one undated crossing, with its gazetteer."""
    return collection_of(folder / "one", small_gazetteer()), small_gazetteer()


def test_what_the_map_shows_is_handed_out(folder):
    """As CSV, on the opening day: the one event with a day."""
    built = BuiltSet.open(folder)
    mine = Reading(DAYS, View(DAYS.opening))
    made = largedownloads._made(OpenedLarge(built, "", "", DAYS), mine, "csv", Rows.EVENTS, safe=False)
    assert [row["event_id"] for row in csv.DictReader(made.decode().splitlines())] == ["e1"]


def test_as_many_claims_are_handed_out_as_events(folder, monkeypatch):
    """Where a row is a claim, claims are counted."""
    monkeypatch.setattr(largedownloads, "MOST_DOWNLOADED", 0)
    opened = OpenedLarge(BuiltSet.open(folder), "", "", DAYS)
    with pytest.raises(BordermapError, match="these are 1 claims, and up to 0") as told:
        largedownloads._made(opened, Reading(DAYS, View(DAYS.opening)), "csv", Rows.CLAIMS, safe=False)
    assert "الأقوال" in in_words(str(told.value), ARABIC)


def test_the_map_of_a_large_set_offers_what_is_written_in_parts(folder, monkeypatch):
    """Its downloads are the formats that hold any number of rows."""
    monkeypatch.setenv("BORDERMAP_COLLECTION", str(folder))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert app.selectbox(key="large_format").options == ["CSV", "GeoParquet", "GeoJSON"]


@pytest.mark.parametrize("page", ["claims", "read", "import"])
def test_other_pages_say_that_they_have_nothing_of_a_large_set(folder, monkeypatch, page):
    """They lead to the map, and show no error."""
    monkeypatch.setenv("BORDERMAP_COLLECTION", str(folder))
    script = f"from dashboard import pages\npages._{page}({{}})"
    app = AppTest.from_string(script, default_timeout=60).run()
    assert not app.exception
    assert "large set" in app.info[0].value
