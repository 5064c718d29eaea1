"""Whole valid collections for hypothesis: any script, any day, any link, places on both sides of the 180th meridian.

A collection's files are text without the byte 00, which their reader refuses, and UTF-8, which has no lone surrogates;
cells are read without the blanks around them. So none of these stands in a cell here: the collection cannot hold them.
"""

import json

from collections_made import FACTS
from hypothesis import strategies as st

from claims.model import (
    ACTORS,
    CLAIMS,
    EVENTS,
    IMPORTS,
    MOVEMENT_KINDS,
    SIDES,
    SOURCES,
    CountQualifier,
    CountUnit,
    DateKind,
    Kind,
    Modality,
    Relation,
    SourceState,
    Status,
)
from geo.placefiles import COLUMNS as PLACES

HARD = (
    "مئة مقاتل",
    "חמישים",
    "一千人",
    "👩‍👩‍👧‍👦 🇵🇹",
    "e\u0301 n\u0303",
    "a\u200bb\u200f\u202ec\ufeffd",
    'said "so", and\nso;\r\nagain',
    "lone\rreturn",
    "tab\there",
    "=1+1",
    "'; DROP TABLE claims; --",
    "</script><b>",
    "null",
    "NaN",
    "1.0",
    "2024-12-07",
    "\\u0000 \\n",
    "\x01\x1b[0m\x7f\x85",
    "\u2028\u2029",
    "\U0010ffff\ufffe",
)
"""Cells that one format or another is known to break."""

OWN_PLACES = """\
place_id,name,name_ar,kind,country,lon,lat,radius_km,aliases,geonames_id,source,checked,note
elvas,Elvas,,town,PT,-7.163,38.881,3,,,,no,
badajoz,Badajoz,,town,ES,-6.97,38.879,5,,,,no,
"""
"""The ends of `FROM_ELVAS` as a collection brings them."""

_letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WORDS = st.one_of(st.sampled_from(HARD), st.text(_letters, max_size=12))
SAID = st.builds("{}{}".format, st.sampled_from("aعא漢é"), WORDS)
"""Text that is not empty, whatever counts as blank."""

STEMS = st.sampled_from(["c", "ع", "ק", "漢", "é", "🚶", "x/../y", "=a", "null", "-"])
DAYS = st.dates().map(str)
NUMBERS = st.one_of(st.just(""), st.integers(0, 2_000_000_000).map(str), st.floats(0, 2e9).map(repr))


def ids(stem, count):
    """Give so many ids."""
    return [f"{stem}{number}" for number in range(count)]


def maybe(strategy):
    """Give an empty cell or one of a strategy."""
    return st.one_of(st.just(""), strategy)


def one_of(words):
    """Give one of the words of an enum, or of other values, as text."""
    return st.sampled_from([str(word) for word in words])


@st.composite
def collections(draw):
    """Give the files of a collection's folder, by name."""
    stem = draw(STEMS)
    sources = ids(f"{stem}s", draw(st.integers(1, 3)))
    actors = ids(f"{stem}a", draw(st.integers(0, 3)))
    events = {event: draw(one_of(Kind)) for event in ids(f"{stem}e", draw(st.integers(0, 3)))}
    claims = ids(f"{stem}c", draw(st.integers(0, 5)))
    places = ids("pl-", draw(st.integers(0, 3)))
    tables = {
        "sources": (SOURCES, [draw(_source(source, sources)) for source in sources]),
        "actors": (ACTORS, [draw(_actor(actor, actors)) for actor in actors]),
        "events": (EVENTS, [draw(_event(*event)) for event in events.items()]),
        "claims": (
            CLAIMS,
            [draw(_claim(claim, claims, sources, actors, events, places)) for claim in claims],
        ),
    }
    sides = sorted({row["side"] for row in tables["actors"][1]})
    if draw(st.booleans()):
        tables["sides"] = (
            SIDES,
            [{"side": side, "name": draw(SAID), "name_ar": draw(WORDS)} for side in sides],
        )
    if draw(st.booleans()):
        tables["imports"] = (IMPORTS, [draw(_import(claim)) for claim in claims if draw(st.booleans())])
    files = {
        f"{name}.csv": table([column.name for column in columns], rows)
        for name, (columns, rows) in tables.items()
    }
    files["collection.toml"] = draw(_facts())
    if draw(st.booleans()):
        files["story.toml"] = draw(_story())
    if places:
        rows = [draw(_place(place)) for place in places]
        files["places.csv"] = table(PLACES, rows)
        files["areas.geojson"] = json.dumps({"type": "FeatureCollection", "features": [_outline(places[0])]})
    return files


def table(columns, rows):
    """Write CSV of rows, of which each says what it says; quotes stand around all cells, as some programs write."""
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)


def write(files, folder):
    """Write the files into a folder; give it."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return folder


@st.composite
def _facts(draw):
    said = {
        key: json.dumps(draw(WORDS), ensure_ascii=False).replace("\x7f", "\\u007f")
        for key in ("about", "title", "version")
    }
    optional = {"url": '"https://example.org/é"', "locales": '{ ar = "ar-SY" }'}
    said |= {key: value for key, value in optional.items() if draw(st.booleans())}
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = [f"{key} = {value}" for key, value in (FACTS | said).items()]
    return end.join(["# written by hand ع", *lines, "", ""])


@st.composite
def _story(draw):
    title, text = (json.dumps(draw(SAID), ensure_ascii=False).replace("\x7f", "\\u007f") for _ in "12")
    return f'title = {title}\n\n[[step]]  # the first\nheadline = "One"\ntext = {text}\nday = 2024-12-07\n'


@st.composite
def _source(draw, source, sources):
    best = draw(DAYS)
    return {
        "source_id": source,
        "outlet": draw(SAID),
        "title": draw(WORDS),
        "author": draw(WORDS),
        "url": draw(maybe(st.just("https://example.org/ع?a=1,2;b='\"<é>"))),
        "accessed": draw(maybe(DAYS)),
        "published": best,
        "published_earliest": draw(maybe(st.just(best))),
        "published_latest": draw(maybe(st.just(best))),
        "language": draw(WORDS),
        "reliability": draw(maybe(one_of("ABCDEF"))),
        "repeats": draw(maybe(one_of(sources))),
        "state": draw(one_of(SourceState)),
        "text_sha256": draw(maybe(st.just("0" * 64))),
        "note": draw(WORDS),
    }


@st.composite
def _actor(draw, actor, actors):
    return {
        "actor": actor,
        "name": draw(SAID),
        "name_ar": draw(WORDS),
        "type": draw(SAID),
        "parent": draw(maybe(one_of(actors))),
        "side": draw(one_of(["none", "ours", "أحد"])),
        "aliases": draw(WORDS),
    }


@st.composite
def _event(draw, event, kind):
    return {
        "event_id": event,
        "title": draw(SAID),
        "title_ar": draw(WORDS),
        "kind": kind,
        "note": draw(WORDS),
    }


@st.composite
def _claim(draw, claim, claims, sources, actors, events, places):
    event = draw(maybe(one_of(events))) if events else ""
    kind = events[event] if event else draw(one_of(Kind))
    others = [other for other in claims if other != claim]
    related = draw(maybe(one_of(others))) if others else ""
    return {
        "claim_id": claim,
        "source_id": draw(one_of(sources)),
        "event_id": event,
        "statement_id": draw(maybe(one_of(["st1", "st2"]))),
        "kind": kind,
        "status": draw(one_of(Status)),
        "modality": draw(one_of(Modality)),
        "actors": ";".join(draw(st.lists(one_of(actors), unique=True))) if actors else "",
        "speakers": draw(WORDS),
        "via": draw(WORDS),
        "root": draw(SAID),
        "denies": ";".join(draw(st.lists(one_of(claims), unique=True))),
        "relates_to": related,
        "relation": draw(one_of(Relation)) if related else "",
        "quote": draw(SAID),
        "quote_start": draw(maybe(st.just("0"))),
        "quote_end": draw(maybe(st.just("12"))),
        "credibility": draw(maybe(one_of(range(1, 7)))),
        "note": draw(WORDS),
        "reported": draw(DAYS),
        **draw(_where(kind, places)),
        **draw(_when()),
        **draw(_many()),
    }


@st.composite
def _where(draw, kind, places):
    roles = ("origin", "crossing", "destination") if kind in MOVEMENT_KINDS else ("place", "route")
    named = {role: draw(WORDS) for role in roles}
    placed = {f"{role}_id": draw(maybe(one_of(places))) for role in roles} if places else {}
    precision = draw(one_of("123")) if any(placed.values()) else ""
    return {**named, **placed, "geo_precision": precision}


@st.composite
def _when(draw):
    kind = draw(maybe(one_of(DateKind)))
    start, end = sorted([draw(DAYS), draw(DAYS)])
    if kind == DateKind.SINCE:
        end = draw(maybe(st.just(end)))
    if kind == DateKind.BY:
        start = draw(maybe(st.just(start)))
    days = {"date_start": start, "date_end": end} if kind else {}
    return {"date_kind": kind, "date_text": draw(WORDS), **days}


@st.composite
def _many(draw):
    numbers = sorted((draw(NUMBERS) for _ in range(3)), key=lambda number: float(number or 0))
    low, count, high = numbers
    if not any(numbers):
        return {"count_text": draw(WORDS)}
    words = {"count_text": draw(SAID), "count_unit": draw(one_of(CountUnit))}
    return {
        **words,
        "count_qualifier": draw(one_of(CountQualifier)),
        "count_low": low,
        "count": count,
        "count_high": high,
    }


@st.composite
def _import(draw, claim):
    said = {name: draw(SAID) for name in ("dataset", "row_id", "file", "row")}
    return {"claim_id": claim, "row_version": draw(WORDS), "line": draw(maybe(st.just("7"))), **said}


@st.composite
def _place(draw, place):
    lon = draw(st.sampled_from(["180", "-180", "179.5", "-179.75", "0"]))
    return {
        "place_id": place,
        "name": draw(SAID),
        "name_ar": draw(WORDS),
        "kind": draw(one_of(["town", "crossing", "region", "site"])),
        "lon": lon if place.endswith(("1", "2")) else draw(st.sampled_from(["180", "-180"])),
        "lat": draw(st.sampled_from(["0", "-0.5", "0.25"])),
        "radius_km": draw(st.sampled_from(["0", "12.5", "300"])),
        "aliases": draw(st.sampled_from(["", "one;two", "ع"])),
        "source": draw(WORDS),
        "checked": "no",
        "note": draw(WORDS),
    }


def _outline(place):
    """Give an area on both sides of the 180th meridian."""
    halves = [
        [[west, -1.0], [east, -1.0], [east, 1.0], [west, 1.0], [west, -1.0]]
        for west, east in ((179.0, 180.0), (-180.0, -179.0))
    ]
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": [[half] for half in halves]},
        "properties": {"place_id": place, "source": "made up ع", "schematic": True},
    }
