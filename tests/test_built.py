"""A built folder: opening it, counting it and taking some of its events out of it."""

import datetime as dt
import itertools
import json

import pytest
from built_made import build
from collections_made import ABOUT_2000, FROM_ELVAS, collection_of, small_gazetteer

import claims.manifests
import claims.named
import layers.built.answers
import layers.built.cells
import layers.built.listed
import layers.built.selected
from claims.model import Mode
from geo.errors import BordermapError
from layers.built.answers import Ask, answer
from layers.built.cells import Cell, Seen
from layers.built.format import MANIFEST
from layers.built.listed import event_named
from layers.built.opened import BuiltSet, read_columns
from layers.shown import Shown, cut_to

WORLD = Seen((-180.0, -85.0, 180.0, 85.0), 5.0)
SEVENTH = dt.date(2024, 12, 7)


def day(first, last=None, kind="on"):
    """Give the days of a claim in December, or whatever month."""
    return {"date_start": first, "date_end": last or first, "date_kind": kind}


CLAIMS = (
    {**FROM_ELVAS, **ABOUT_2000, **day("2024-12-07"), "actors": "walkers"},
    {**FROM_ELVAS, **day("2024-12-03", "2024-12-20", "throughout"), "event_id": "e2"},
    {"place_id": "merida", "geo_precision": "1", **day("2024-12-07", "2024-12-09"), "event_id": "e3"},
    {"place_id": "merida", "geo_precision": "1", "status": "denied", **day("2024-12-07"), "event_id": "e4"},
    {
        "place_id": "merida",
        "geo_precision": "1",
        "date_end": "2024-12-10",
        "date_kind": "by",
        "event_id": "e5",
    },
    {"place_id": "spain", "geo_precision": "3", **day("2024-12-07"), "event_id": "e6"},
    {"place_id": "madrid", "geo_precision": "1", "event_id": "e7"},
    {**FROM_ELVAS, **day("2024-11-28", "2024-12-02", "throughout"), "event_id": "e8"},
)
KINDS = ("crossing", "crossing", "deployment", "deployment", "withdrawal", "crossing", "closure", "crossing")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A collection with its gazetteer, and the folder that is built of it."""
    folder = tmp_path_factory.mktemp("built")
    claims = [{"kind": kind, **claim} for kind, claim in zip(KINDS, CLAIMS, strict=True)]
    events = [{"kind": kind} for kind in KINDS]
    collection = collection_of(folder / "one", small_gazetteer(), claims=claims, events=events)
    return collection, small_gazetteer(), build(folder / "built", collection, small_gazetteer())


@pytest.fixture
def counting(monkeypatch):
    """Let no event be shown by itself."""
    monkeypatch.setattr(layers.built.answers, "MOST_SINGLE", -1)


def told(made, shown, **ask):
    """Ask for what is shown."""
    return answer(BuiltSet.open(made[2]), Ask(shown, ask.pop("seen", WORLD), **ask))


NARROWED = (
    {},
    {"status": frozenset({"reported"})},
    {"layers": frozenset({"crossings"})},
    {"kinds": frozenset({"deployment"}), "certainty": frozenset({"place"})},
    {"actors": frozenset({"walkers"})},
)


@pytest.mark.usefixtures("counting")
@pytest.mark.parametrize(
    ("date", "mode", "narrowed"),
    [*itertools.product(("2024-12-01", "2024-12-07", "2024-12-08", "2024-12-31"), Mode, NARROWED)],
)
def test_as_many_events_are_counted_as_the_map_shows(made, date, mode, narrowed):
    """On every day, in every mode and with filters, counts are those of the collection that was built."""
    shown = Shown(day=dt.date.fromisoformat(date), mode=mode, window=4, **narrowed)
    said = told(made, shown)
    assert said["inView"] + said["unplaced"] == len(cut_to(*made[:2], shown).events)


def test_totals_are_of_all_layers_with_what_is_denied(made):
    """A layer that is off is counted all the same, and so is what is denied among the rest."""
    said = told(made, Shown(day=SEVENTH, layers=frozenset({"crossings"})))
    assert said["totals"][0] == [3, 0, 0]
    assert said["totals"][2][0::2] == [2, 1]


@pytest.mark.usefixtures("counting")
def test_places_are_put_together_far_away_and_each_has_a_circle_near_by(made):
    """At a low zoom there is a hexagon for Mérida and Elvas, and at a high one each has its name."""
    shown = Shown(day=SEVENTH)
    far = told(made, shown, seen=Seen(WORLD.box, 3.0))["cells"]
    near = told(made, shown, seen=Seen(WORLD.box, 8.0))["cells"]
    assert sum(map(sum, far["n"])) == sum(map(sum, near["n"])) == 5
    assert len(far["column"]) == 1
    assert sorted(near["name"]) == ["Badajoz", "Mérida"]


@pytest.mark.usefixtures("counting")
def test_a_place_that_is_opened_tells_its_events(made):
    """Of the three events at Mérida all come along, with their claims."""
    said = told(made, Shown(day=SEVENTH), opened=Cell("merida"))
    assert (said["opened"], said["of"]) == (True, 3)
    assert {"columns", "names", "claim-columns", "texts", "claims"} == set(said["blobs"])


@pytest.mark.usefixtures("counting")
def test_what_has_no_place_can_be_opened(made):
    """The crossing of which only Spain is told is opened as what has no place."""
    said = told(made, Shown(day=SEVENTH), opened=Cell(""))
    assert (said["unplaced"], said["of"]) == (1, 1)


@pytest.mark.usefixtures("counting")
def test_what_has_no_day_can_be_opened(made):
    """The closure at Madrid, of which no day is told, is opened as what has no day; where filters let none pass, the page is told that there is none."""
    undated = Cell(None, undated=True)
    assert told(made, Shown(day=SEVENTH), opened=undated)["of"] == 1
    none = told(made, Shown(day=SEVENTH, kinds=frozenset({"crossing"})), opened=undated)
    assert (none["opened"], none["of"], none["listed"], "columns" in none["blobs"]) == (True, 0, 0, True)


@pytest.mark.parametrize(("event", "found"), [("e8", True), ("e7", True), ("e6", True), ("no-such", False)])
def test_an_event_is_found_on_its_day_on_those_shown_or_among_what_has_no_day_and_not_sought_again(
    made, monkeypatch, event, found
):
    """A link may name any; who looks around with it open, found or not, has nothing read anew."""
    built = BuiltSet.open(build(made[2].parent / event, *made[:2]))
    read = []
    monkeypatch.setattr(
        layers.built.selected, "read_columns", lambda *said: read.append(said[1]) or read_columns(*said)
    )
    span, before = (20064, 20064), (20055 if event == "e8" else None)
    told = [event_named(built, event, span, before) for _ in range(2)]
    assert [one is not None and one["event_id"].to_pylist() == [event] for one in told] == [found] * 2
    assert len(read) == len(set(read))


def test_what_has_too_many_claims_is_counted_and_of_a_place_the_first_are_listed(made, monkeypatch):
    """The page is told that claims were too many, and how many events came along."""
    monkeypatch.setattr(layers.built.answers, "MOST_CLAIMS", 2)
    monkeypatch.setattr(layers.built.listed, "MOST_CLAIMS", 2)
    said = told(made, Shown(day=SEVENTH), opened=Cell("merida"))
    assert (said["kind"], said["crowded"], said["of"], said["listed"]) == ("counts", True, 3, 2)


def test_what_is_seen_is_counted_without_the_margin_around_it(made):
    """Mérida's three events are in view; the road from Elvas is in the margin, and comes along."""
    near = Seen(WORLD.box, 9.0, (-6.4, 38.8, -6.3, 39.0))
    said, whole = told(made, Shown(day=SEVENTH), seen=near), told(made, Shown(day=SEVENTH))
    assert (said["inView"], whole["inView"]) == (3, 5)
    assert said["blobs"] == whole["blobs"]


@pytest.mark.usefixtures("counting")
def test_no_more_hexagons_are_told_than_a_screen_holds(made, monkeypatch):
    """A frame that asks for the whole world at the closest zoom has them of a lower one."""
    monkeypatch.setattr(layers.built.cells, "MOST_CIRCLES", 0)
    monkeypatch.setattr(layers.built.cells, "MOST_HEXAGONS", 1)
    cells = told(made, Shown(day=SEVENTH), seen=Seen(WORLD.box, 24.0))["cells"]
    assert (len(cells["x"]), sum(map(sum, cells["n"]))) == (1, 5)
    assert cells["zoom"] < 24


def test_few_events_are_shown_by_themselves_with_the_one_that_is_opened(made, monkeypatch):
    """Where few are in view they come as events; one that is opened elsewhere comes along."""
    here = Seen((-6.4, 38.8, -6.3, 39.0), 9.0)
    monkeypatch.setattr(layers.built.answers, "LISTED", 0)  # what has no place stays apart
    alone = told(made, Shown(day=SEVENTH), seen=here)
    beside = told(made, Shown(day=SEVENTH), seen=here, event="e1")
    assert alone["kind"] == beside["kind"] == "events"
    assert (alone["inView"], alone["apart"]) == (3, 1)
    assert len(beside["blobs"]["texts"]) > len(alone["blobs"]["texts"])


def reformat(folder):
    """Make a folder one of another format."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps({**manifest, "format": 99}), encoding="utf-8")


def unlist(folder):
    """Take the actors out of a folder's manifest."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["files"]["actors.parquet"]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_what_only_countries_are_known_of_comes_along_with_few_events(made):
    """The crossing of which only Spain is told is among the events, for the list or for an arrow across the border."""
    here = Seen((-6.4, 38.8, -6.3, 39.0), 9.0)
    few, all_of_it = told(made, Shown(day=SEVENTH), seen=here), told(made, Shown(day=SEVENTH))
    assert few["unplaced"] == 1
    assert few["apart"] == all_of_it["apart"] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda folder: (folder / MANIFEST).unlink(), "its build has not ended"),
        (lambda folder: (folder / MANIFEST).write_text("{"), "damaged: manifest.json"),
        (lambda folder: (folder / MANIFEST).write_text('{"a": 1}'), "none of a built folder"),
        (reformat, "is of format 99"),
        (unlist, "lacks or misspells 'actors.parquet'"),
        (lambda folder: (folder / "days.parquet").write_bytes(b"PAR1"), "days.parquet cannot be read"),
        (lambda folder: (folder / "days.parquet").unlink(), "days.parquet is not there"),
    ],
)
def test_a_folder_that_cannot_be_shown_says_why(made, tmp_path, change, said):
    """One that is unfinished, damaged or of another format is refused in a sentence."""
    folder = build(tmp_path / "built", *made[:2])
    change(folder)
    with pytest.raises(BordermapError, match=said):
        BuiltSet.open(folder)


def test_a_built_folder_is_known_by_the_file_that_its_build_writes_last(made):
    """Who looks for collections knows the manifest by the name that the format gives it."""
    assert claims.manifests.MANIFEST == MANIFEST
    assert claims.named.InFolder(made[2]).is_built
