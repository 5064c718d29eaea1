"""Strings that break programs, in every text field of a collection: read, mapped and exported word for word."""

import json
import re

import pytest
from blobs_read import columns_in, json_in, texts_in
from collections_made import ON_THE_SEVENTH, collection_of

from claims.model import QUOTE_WORDS, TABLES
from geo.basemap import clip
from layers.carried.names import CLAIM_TEXTS
from layers.exports.geojson import claims_geojson, events_geojson
from layers.history import history_of
from layers.page import build_page
from layers.payload import payload

TEXTS = {
    name: [column.name for column in columns if column.cell == "text"] for name, columns in TABLES.items()
}


def toml(text):
    """Write a text as TOML's basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def quoted(text):
    """Cut a text to what a claim may quote."""
    return text if len(text.split()) <= QUOTE_WORDS else " ".join(text.split()[:QUOTE_WORDS])


def cells(table, text):
    """Put a text into every text field of a row; where nothing is left of it, into those that may be empty."""
    required = {column.name for column in TABLES[table] if column.required}
    said = {name: text.strip() for name in TEXTS[table]}
    if "quote" in said:
        said["quote"] = quoted(said["quote"])
    return {name: said[name] for name in said if said[name] or name not in required}


@pytest.fixture(scope="module")
def naughty(bad_inputs):
    """Give the strings."""
    strings = json.loads((bad_inputs / "strings" / "naughty.json").read_text(encoding="utf-8"))
    assert len(strings) == 515
    return strings


@pytest.fixture(scope="module")
def hostile(naughty, tmp_path_factory, iberia):
    """Give a collection that holds each string in every text field of every table, and all of them in its facts."""
    numbers = range(1, len(naughty) + 1)
    rows = {
        "sources": [{"source_id": f"s{number}"} for number in numbers],
        "events": [{"event_id": f"e{number}"} for number in numbers],
        "actors": [{"actor": f"a{number}"} for number in numbers],
        "claims": [
            {
                "claim_id": f"c{number}",
                "source_id": f"s{number}",
                "event_id": f"e{number}",
                "actors": f"a{number}",
                "crossing_id": "caia",
                "geo_precision": "1",
                **ON_THE_SEVENTH,
            }
            for number in numbers
        ],
    }
    rows = {
        table: [{**row, **cells(table, text)} for row, text in zip(rows[table], naughty, strict=True)]
        for table in rows
    }
    everything = toml(" ".join(naughty))
    facts = dict.fromkeys(("title", "title_ar", "about", "licence", "citation", "version"), everything)
    return collection_of(tmp_path_factory.mktemp("hostile"), iberia, facts=facts, **rows)


def test_every_string_is_read_as_it_was_written(hostile, naughty):
    """Each text field of each table holds its string, and the facts hold all of them."""
    for table, frame in (("sources", hostile.sources), ("events", hostile.events), ("actors", hostile.actors), ("claims", hostile.claims)):  # fmt: skip
        for column in TEXTS[table]:
            wanted = [cells(table, text).get(column) for text in naughty]
            found = frame[column].tolist()
            assert [
                one for one, other in zip(wanted, found, strict=True) if one is not None and one != other
            ] == []
    assert hostile.facts.title == " ".join(naughty)


def test_every_string_is_in_the_geojson(hostile, iberia):
    """What is parsed from the GeoJSON of events and of claims is what was read, letter for letter."""
    events = json.loads(events_geojson(hostile, iberia))
    assert events["title"] == hostile.facts.title
    said = {feature["id"]: feature["properties"] for feature in events["features"]}
    for event in hostile.events.itertuples():
        assert said[event.event_id]["title"] == event.title
        assert (said[event.event_id]["title_ar"] or "") == event.title_ar
    claims = [claim for properties in said.values() for claim in properties["claims"]]
    rows = [feature["properties"] for feature in json.loads(claims_geojson(hostile, iberia))["features"]]
    for written in (sorted(claims, key=lambda claim: int(claim["claim_id"][1:])), rows):
        for column in TEXTS["claims"]:
            assert [claim[column] or "" for claim in written] == hostile.claims[column].tolist()


def test_every_string_is_in_the_pages_blobs(hostile, iberia):
    """What the page unpacks is what was read, letter for letter."""
    blobs = payload(hostile, history_of(hostile, iberia))
    columns = columns_in(blobs["columns"], blobs["claim-columns"])
    texts = texts_in(blobs["texts"], columns)
    outlets = json_in(blobs["names"])["source"]["outlet"]
    claims = texts_in(blobs["claims"], columns, outlets, texts["place_name"])
    names = json_in(blobs["names"])
    assert sorted(texts["title"]) == sorted(hostile.events["title"])
    for column in set(CLAIM_TEXTS):
        assert sorted(claims[column]) == sorted(hostile.claims[column])
    for column in ("outlet", "title", "author"):
        assert names["source"][column] == hostile.sources[column].tolist()
    assert names["actor"]["name"] == hostile.actors["name"].tolist()


def skeleton(html):
    """List the elements of a page and the events to which they answer, script and style text aside."""
    html = re.sub(r"(<(script|style)\b[^>]*>).*?(</\2>)", r"\1\3", html, flags=re.DOTALL)
    html = re.sub(r'content="default-src[^"]*"', "", html)
    return re.findall(r"<[^>]*>", html)


def test_no_string_becomes_part_of_the_page(hostile, tmp_path, iberia):
    """The page of the hostile collection has the same elements as that of a harmless one; its facts are JSON."""
    page, calm = build_page(hostile, iberia), build_page(collection_of(tmp_path, iberia), iberia)
    assert skeleton(page) == skeleton(calm)
    facts = json.loads(re.search(r'id="bordermap-facts">(.*?)</script>', page, re.DOTALL)[1])
    assert facts["title"] == hostile.facts.title
    assert facts["about"] == hostile.facts.about


def test_the_skeleton_would_show_what_got_through():
    """The comparison of elements sees an element and a handler that one page has and the other has not."""
    calm = "<p>x</p><script>a</script>"
    assert skeleton("<p>x<img src=x onerror=y></p><script>a</script>") != skeleton(calm)
    assert skeleton("<p>x</p><script>a</script><script>b</script>") != skeleton(calm)
    assert skeleton("<p>y</p><script>b</script>") == skeleton(calm)


def test_a_view_without_land_makes_a_page(tmp_path, iberia):
    """A collection whose view lies in the open sea is drawn, if only as water."""
    facts = {"view": "[-35.0, 37.0, -33.0, 38.0]"}
    assert clip(-35.0, 37.0, -33.0, 38.0, margin=0.0).land.empty
    assert "bordermap-basemap" in build_page(collection_of(tmp_path, iberia, facts=facts), iberia)
