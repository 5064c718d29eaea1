"""What a published edition tells of an earlier version: nothing that either of them withholds."""

import csv
import datetime as dt
import io

import pytest
from publication_made import withholding

from bordermap import main
from claims.changes import changes_between
from claims.publication.publishing import published_since
from claims.tables import read_with_places
from geo.places import Place, PlaceKind
from geo.placewriting import place_row
from layers.frames import places_frame

DAY = dt.date(2024, 12, 30)
OKAPI = {"quote": "they went", "actor_text": "Jane Okapi", "actors": "walkers", "withheld": "actors"}
AUTHOR = ({"author": "Jane Okapi", "url": "https://ex.example/okapi"},)
SINCE = [
    # the earlier version's claims and the rest of it, the later one's
    (
        [{}],
        {"events": ({"title": "Jane Okapi crosses"},)},
        [{}, OKAPI],
        {"events": ({"title": "A crossing"},)},
    ),
    (
        [{}],
        {"sources": AUTHOR},
        [{}, {"quote": "they went", "withheld": "source.author;source.url"}],
        {"sources": AUTHOR},
    ),
    (
        [{}],
        {"sources": AUTHOR},
        [{"claim_id": "c2", "withheld": "source.author;source.url"}],
        {"sources": AUTHOR},
    ),
    ([{"note": "told by Okapi"}], {}, [{"note": "told"}, {"quote": "Okapi", "withheld": "claim"}], {}),
    ([{"quote": "Okapi went"}], {}, [{}, {"claim_id": "c9", "quote": "Okapi went", "withheld": "claim"}], {}),
]


def _lines(old, new):
    since = published_since(read_with_places(new), read_with_places(old), DAY)
    frames = [places_frame(places) for _, places in (since.before, since.edition)]
    return since.told(changes_between(since.before[0], since.edition[0], *frames).lines)


@pytest.mark.parametrize(("before", "parts", "now", "others"), SINCE)
def test_what_was_withheld_since_is_not_told_as_gone(tmp_path, before, parts, now, others):
    """Whatever of the earlier version repeats it, under whichever id; what changed besides is told."""
    old = withholding(tmp_path / "old", before, **parts, facts={"version": '"1"'})
    new = withholding(tmp_path / "new", now, **others, facts={"version": '"2"'})
    lines = _lines(old, new)
    assert "collection: version was '1', is now '2'" in lines
    assert "okapi" not in str(lines).lower()


def _with_place(folder, place_id, name):
    place = place_row(Place(place_id, name, "", PlaceKind.CAMP, "PT", -8.1234, 39.4321, 1.0))
    text = io.StringIO()
    rows = csv.DictWriter(text, place.keys())
    rows.writeheader()
    rows.writerow(place)
    (folder / "places.csv").write_text(text.getvalue(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("claim_id", ["c1", "c2"])
def test_a_place_that_was_named_otherwise_before_is_as_coarse_there(tmp_path, claim_id):
    """Of a place that is made coarse now, its earlier id names no exact position and no camp, whichever claim named it."""
    claim = {"place": "the camp", "geo_precision": "1"}
    old = withholding(tmp_path / "old", [{**claim, "place_id": "camp-x"}])
    section = 'coarsen_km = 25\ncoarsen_places = ["site-1"]'
    new = withholding(tmp_path / "new", [{**claim, "claim_id": claim_id, "place_id": "site-1"}], section)
    lines = _lines(_with_place(old, "camp-x", "Camp Okapi"), _with_place(new, "site-1", "Site one"))
    assert [line for line in lines if "Okapi" in line or "camp" in line] == []


def test_versions_that_withhold_nothing_are_told_in_full(tmp_path):
    """An edition of both has the lines that they have themselves."""
    old = withholding(tmp_path / "old", [{"statement_id": "s"}, {"quote": "Okapi went"}])
    new = withholding(tmp_path / "new", [{"statement_id": "s", "note": "more"}])
    assert _lines(old, new)[0] == "claim c1: note was empty, is now 'more'"


def test_the_page_tells_nothing_of_it(tmp_path):
    """The command's page lists what changed without what the later version withholds."""
    old = withholding(tmp_path / "old", *SINCE[0][:1], **SINCE[0][1], facts={"version": '"1"'})
    new = withholding(tmp_path / "new", *SINCE[0][2:3], **SINCE[0][3], facts={"version": '"2"'})
    page = tmp_path / "page.html"
    words = ["--public", "--as-of", "2024-12-30", "--since", str(old), "-o", str(page)]
    assert main(["export", "html", "--collection", str(new), *words]) == 0
    text = page.read_text(encoding="utf-8")
    assert '"changes":{"since":"1","lines":["collection: version was' in text
    assert "Okapi crosses" not in text
