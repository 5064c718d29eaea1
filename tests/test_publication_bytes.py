"""No byte of what is not for publication is in anything that is published; the same search finds it in what is not."""

import datetime as dt

import pytest
from canaries import ACTOR, EVENT, SOURCE, canary, claim, found_in, numbers_in, place, row, write

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
MARKED = "the minister said so"


@pytest.fixture(scope="module")
def border(tmp_path_factory):
    """A collection of which some is marked, and what of its texts and numbers is not for publication.

    Of its claims `open` has no mark, `shut` is withheld, `leak` is of a withheld source, `late` is delayed, and `part` lacks some
    of its cells; the place of `part` is coarsened. All else that is told of them stands where it is to be found too.
    """
    sources = {key: row("sources", key, SOURCE) for key in ("open", "shut", "leak", "late", "part")}
    events = {key: row("events", key, EVENT) for key in ("open", "shut", "leak", "late", "part")}
    actors = {key: row("actors", key, ACTOR) for key in ("open", "shut", "part")}
    places = {key: place(key, number) for number, key in enumerate(("open", "shut", "part", "end"), start=1)}
    quote, camp = canary("claims", "part", "quote"), places["part"]
    events["open"]["title"] += f" ({quote.upper()}!)"
    sources["open"]["note"] += f" as {camp['name']} knows"
    events["open"]["note"] += f" {sources['leak']['author']}"
    claims = [
        claim(
            "open",
            1,
            sources["open"],
            events["open"],
            {"origin": places["open"]},
            actors=actors["open"]["actor"],
        ),
        claim(
            "shut",
            2,
            sources["shut"],
            events["shut"],
            {"place": places["shut"]},
            actors=actors["shut"]["actor"],
            withheld="claim",
        ),
        claim(
            "leak",
            3,
            sources["leak"],
            events["leak"],
            {"origin": places["end"]},
            actors=actors["open"]["actor"],
        ),
        claim(
            "late",
            4,
            sources["late"],
            events["late"],
            {"origin": places["end"]},
            actors=actors["open"]["actor"],
            reported="2024-12-17",
        ),
        claim(
            "part",
            5,
            sources["part"],
            events["part"],
            {"origin": camp, "destination": places["open"]},
            actors=actors["part"]["actor"],
            withheld="quote;actors;source.author;source.url",
        ),
    ]
    claims[0] |= {"denies": claims[1]["claim_id"], "note": f"of {camp['aliases']}"}
    claims[4] |= {"quote_start": "718281828", "quote_end": "718281899"}
    imports = [
        {
            "claim_id": one["claim_id"],
            "dataset": "made",
            "row_id": canary("row", one["claim_id"]),
            "file": "a.csv",
            "row": f'{{"notes": "{canary("cell", one["claim_id"])}"}}',
        }
        for one in (claims[0], claims[4])
    ]
    facts = f"""
[publication]
withheld = ["sources.note", "events.note"]
sources = ["{sources["leak"]["source_id"]}"]
coarsen_km = 25
coarsen_places = ["{camp["place_id"]}"]
delay_days = 7
"""
    steps = [("open", quote), ("open", "steps"), ("shut", "steps")]
    story = 'title = "A story"\n' + "".join(
        f'[[step]]\nheadline = "{text}"\ntext = "told"\nday = {next(one["date_start"] for one in claims if one["event_id"] == events[key]["event_id"])}\nevent = "{events[key]["event_id"]}"\n'
        for key, text in steps
    )
    tables = {
        "sources": list(sources.values()),
        "claims": [{"withheld": ""} | one for one in claims],
        "events": list(events.values()),
        "actors": list(actors.values()),
        "places": list(places.values()),
        "imports": imports,
    }
    folder = write(tmp_path_factory.mktemp("border") / "border", tables, facts, story)
    return folder, *_withheld(sources, events, actors, places, claims, imports)


def _withheld(sources, events, actors, places, claims, imports):
    """Give the texts and the numbers that are not for publication."""
    gone = [*claims[1:4]]
    texts = {text for one in gone for text in one.values() if text.startswith("qz")}
    texts |= {
        text
        for key in ("shut", "leak", "late")
        for one in (sources, events)
        for text in one[key].values()
        if "qz" in text
    }
    texts |= {text for text in places["shut"].values() if text.startswith("qz")}
    texts |= {text for text in places["part"].values() if text.startswith("qz")}
    texts |= {
        text
        for key in ("shut", "part")
        for name, text in actors[key].items()
        if text.startswith("qz") and name != "side"
    }
    part = claims[4]
    texts |= {part[name] for name in ("quote", "actor_text", "origin", "quote_start", "quote_end")}
    texts |= {sources["part"][name] for name in ("author", "url", "archived_url", "text_sha256")}
    texts |= {one["note"].split()[0] for table in (sources, events) for one in table.values()}
    texts |= {imports[1]["row_id"], canary("cell", part["claim_id"]), part["claim_id"]}
    texts -= {text for name, text in claims[2].items() if name == "actors"}
    numbers = {float(places[key][axis]) for key in ("shut", "part", "end") for axis in ("lon", "lat")}
    days_and_counts = {cell for one in gone for cell in (one["count"], one["date_start"])}
    return texts | days_and_counts, numbers


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
        for rows in Rows:
            export = Export(collection, gazetteer, rows)
            out = tmp_path / f"{name}-{rows}{kind.suffix}"
            write_format(name, export, out)
            yield f"{name} of {rows}", out.read_bytes()
        if kind.whole:
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
