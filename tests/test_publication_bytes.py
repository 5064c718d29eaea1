"""No byte of what is not for publication is in anything that is published; the same search finds it in what is not."""

import datetime as dt

import pytest
from canaries import border_made, found_in, numbers_in

from claims.changes import changes_between
from claims.publication.publishing import published
from claims.tables import read_with_places
from layers.exports.formats import FORMATS, Export, Rows
from layers.exports.formats import write as write_format
from layers.exports.perlayer import write_layers
from layers.frames import places_frame
from layers.notebook import Border
from layers.page import build_page

DAY = dt.date(2024, 12, 20)


@pytest.fixture(scope="module")
def border(tmp_path_factory):
    """The collection of canaries, what of its texts and numbers is not for publication."""
    return border_made(tmp_path_factory.mktemp("border") / "border")


def _surfaces(folder, tmp_path, day):
    """Give what leaves of a collection, by name: every format, all that is written otherwise, and what a notebook has."""
    collection, gazetteer = read_with_places(folder)
    if day:
        collection, gazetteer = published(collection, gazetteer, day)
    page = build_page(collection, gazetteer)
    yield "page", page.encode()
    border = Border(collection, gazetteer)
    yield "notebook", f"{border.claims.to_csv()}\n{border.events.to_csv()}".encode()
    yield "rows", repr([*gazetteer]).encode() if day else b""
    changes = changes_between(collection, collection, places_frame(gazetteer), places_frame(gazetteer))
    yield "changes", repr(changes).encode()
    for name, kind in FORMATS.items():
        for rows in [Rows.EVENTS] if kind.both else Rows:
            export = Export(collection, gazetteer, rows)
            out = tmp_path / f"{name}-{rows}{kind.suffix}"
            write_format(name, export, out)
            yield f"{name} of {rows}", out.read_bytes()
        if kind.whole not in {"", kind.module}:
            out = tmp_path / f"{name}-whole{'.zip' if kind.packed else kind.suffix}"
            write_format(name, Export(collection, gazetteer, whole=True), out)
            yield f"{name} whole", out.read_bytes()
        if kind.layered:
            out = tmp_path / f"{name}-layers"
            write_layers(name, Export(collection, gazetteer), out)
            for file in sorted(out.iterdir()):
                yield f"{name} {file.name}", file.read_bytes()


def test_nothing_that_is_withheld_is_in_anything_that_is_published(border, tmp_path):
    """Texts, days and counts, ids, and positions are searched for in all that leaves, as text, packed and as numbers."""
    folder, texts, numbers = border
    for name, content in _surfaces(folder, tmp_path, DAY):
        assert found_in(content, texts) == set(), name
        assert numbers_in(content, numbers) == set(), name


def test_the_search_finds_in_what_is_not_published(border, tmp_path):
    """Of the collection itself the same search finds all of it, in each format that holds it."""
    folder, texts, numbers = border
    found, placed = {}, {}
    for name, content in _surfaces(folder, tmp_path, None):
        found[name], placed[name] = found_in(content, texts), numbers_in(content, numbers)
    for name in ("csv whole", "geojson whole", "parquet whole", "gpkg of events"):
        assert found[name] == texts, name
        assert placed[name] == numbers, name
    for name in (
        "page",
        "notebook",
        "csv of claims",
        "geojson of events",
        "kml of claims",
        "xlsx of events",
        "fgb of claims",
        "parquet of claims",
        "acled of events",
    ):
        assert len(found[name]) > 12, name
    for name in (
        "page",
        "geojson of events",
        "kml of events",
        "fgb of events",
        "parquet of events",
        "acled of events",
    ):
        assert placed[name], name
