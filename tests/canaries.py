"""A collection in every cell of which stands what stands nowhere else, and a search of bytes that finds it however packed."""

import base64
import csv
import io
import json
import re
import sqlite3
import struct
import zipfile
import zlib
from functools import lru_cache

import numpy as np
import pyarrow.parquet as pq
from blobs_read import columns_in, parts

from claims.model import TABLES
from geo.placefiles import COLUMNS as PLACES

FACTS = """title = "The border"
title_ar = ""
about = "made up"
timezone = "Europe/Lisbon"
licence = "CC0-1.0"
citation = "nobody"
version = "1"
"""

SOURCE = {"published": "2024-12-01", "state": "ok"}
ACTOR = {"type": "civilians"}
EVENT = {"kind": "crossing"}
CLAIM = {
    "kind": "crossing",
    "status": "reported",
    "modality": "asserted",
    "reported": "2024-12-08",
    "geo_precision": "1",
    "count_qualifier": "about",
    "count_unit": "people",
    "date_kind": "on",
    "denies": "",
    "relates_to": "",
    "relation": "",
    "quote_start": "",
    "quote_end": "",
    "credibility": "",
}
ELSEWHERE = {
    "published_earliest",
    "published_latest",
    "accessed",
    "language",
    "reliability",
    "repeats",
    "parent",
}


def canary(*names):
    """Give the word of a cell, of letters that no other text holds in this order."""
    digits = f"{zlib.crc32(' '.join(names).encode()):08x}"
    return "qz" + digits.translate(str.maketrans("0123456789abcdef", "bcdfghjklmnprstv"))


def row(table, key, usual, **said):
    """Give a row whose cells are canaries but for those that are usual or said."""
    cells = {
        column.name: canary(table, key, column.name)
        for column in TABLES[table]
        if isinstance(column.cell, str) and column.cell in {"text", "id"} and column.name not in ELSEWHERE
    }
    urls = {
        name: f"https://{canary(table, key, name)}.example"
        for name in ("url", "archived_url")
        if name in cells or table == "sources"
    }
    return cells | urls | usual | said


def place(name, number, country="PT"):
    """Give a place with a position of its own."""
    cells = {column: canary("places", name, column) for column in PLACES}
    lon, lat = (-7.0 - number / 7, 39.0 - number / 11)
    numbers = {"lon": f"{lon:.5f}", "lat": f"{lat:.5f}", "radius_km": "2"}
    return (
        cells
        | {"place_id": canary("places", name, "id"), "kind": "camp", "country": country, "checked": "yes"}
        | numbers
    )


def claim(key, number, source, event, places, **said):
    """Give a claim of its own day, count and places."""
    roles = ("origin", "crossing", "destination", "place", "route")
    ends = {f"{role}_id": places.get(role, {}).get("place_id", "") for role in roles}
    unsaid = dict.fromkeys((role for role in roles if role not in places), "")
    day = f"2024-12-{number + 2:02d}"
    count = str(734561928 + 12345679 * number)
    numbers = {"count": count, "count_low": count, "count_high": count, "date_start": day, "date_end": day}
    named = {"source_id": source["source_id"], "event_id": event["event_id"]}
    return row("claims", key, CLAIM, **named, **ends, **unsaid, **numbers, **said)


def write(folder, tables, facts="", story=""):
    """Write a collection's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "collection.toml").write_text(FACTS + facts, encoding="utf-8")
    if story:
        (folder / "story.toml").write_text(story, encoding="utf-8")
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for one in rows for column in one))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def border_made(folder):
    """Write a collection of which some is marked; give its folder, and what of its texts and numbers is not for publication.

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
    folder = write(folder, tables, facts, story)
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


# ---- the search


def found_in(content, wanted):
    """Give which of the wanted texts are in bytes, packed in whatever way our formats pack: in UTF-8, UTF-16 or base64."""
    layers = _layers(content).lower()
    return {text for text in wanted if any(form in layers for form in _forms(text))}


@lru_cache(maxsize=2)
def _layers(content):
    """Give bytes and all that is packed within them, once for texts and numbers."""
    return b"\n".join(_unpacked(content))


def _forms(text):
    plain = text.lower()
    yield plain.encode()
    yield plain.encode("utf-16-le")
    yield json.dumps(plain).strip('"').encode()
    for ahead in range(0 if plain[0].isdigit() else 3):
        # Of base64 what does not depend on the letters around it; that is too little to tell days apart.
        data = b"\0" * ahead + text.encode()
        yield base64.b64encode(data)[-(-8 * ahead // 6) : 8 * len(data) // 6].lower()


def numbers_in(content, wanted):
    """Give which of the wanted numbers are in bytes: written to three decimals or as one of eight or four bytes."""
    pieces = _layers(content)
    return {
        number
        for number in wanted
        if _written(number) in pieces
        or struct.pack("<d", number) in pieces
        or struct.pack("<f", number) in pieces
    }


def _written(number):
    whole, _, part = f"{number:.6f}".partition(".")
    return f"{whole}.{part[:3]}".encode()


def _unpacked(content, depth=4):
    """Give bytes, and all that is packed within them."""
    yield content
    if depth == 0:
        return
    for inner in _inside(content):
        yield from _unpacked(inner, depth - 1)


def _inside(content):
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    elif content[:4] == b"PAR1":
        with pq.ParquetFile(io.BytesIO(content)) as file:
            yield repr(file.schema_arrow.metadata).encode()
            for column in file.read().to_pydict().values():
                yield "\n".join(map(_cell, column)).encode()
                yield b"\n".join(cell for cell in column if isinstance(cell, bytes))
                yield b"".join(struct.pack("<d", cell) for cell in column if isinstance(cell, float))
    elif content[:6] == b"SQLite":
        connection = sqlite3.connect(":memory:")
        connection.deserialize(content)
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            for cells in connection.execute(f'SELECT * FROM "{table}"'):
                yield from (cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)
        connection.close()
    elif b'<script type="text/plain"' in content:
        yield from _blobs(content.decode())
    else:
        for coded in re.findall(rb"[A-Za-z0-9+/]{64,}={0,2}", content):
            yield from _decoded(coded)


def _blobs(html):
    """Give what the blobs of a page hold: their bytes, and where its places and outlines are."""
    blobs = dict(re.findall(r'<script type="text/plain" id="bordermap-([\w-]+)">([^<]*)</script>', html))
    for name in blobs.keys() - {"basemap"}:  # which is of the world, and the same in every page
        yield from parts(blobs[name])
    columns = columns_in(blobs["columns"])
    degrees = [columns["place_lon"], columns["place_lat"]]
    degrees += [np.cumsum(columns[name]) for name in ("shape_dlon", "shape_dlat")]
    yield "\n".join(f"{one / 10_000:.6f}" for column in degrees for one in column).encode()


def _decoded(coded):
    raw = base64.b64decode(coded + b"=" * (-len(coded) % 4), validate=False)
    yield raw
    for way in (15, -15, 31):
        unpack = zlib.decompressobj(way)
        try:
            yield unpack.decompress(raw)
        except zlib.error:
            continue


def _cell(cell):
    return f"{cell:.6f}" if isinstance(cell, float) else str(cell)
