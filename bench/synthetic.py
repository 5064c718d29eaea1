"""Make up any number of claims, the same ones each time, in the tables of a collection."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from bench.wording import ARABIC, Strings, names, phrases, sentences

COUNTRIES = Path(__file__).parents[1] / "data" / "basemap" / "countries.parquet"

VIEW = (38.0, 31.0, 48.0, 38.0)
"""West, south, east, north of where the claims lie: a land border runs through it."""

FIRST_DAY = date(2024, 1, 1)
DAYS = 365
CLAIMS_A_SOURCE = 30
ACTORS = 30
SPEAKERS = 50
LONGEST_QUOTE = 20

KINDS = ("crossing", "withdrawal", "deployment")
STATUSES = ("reported", "confirmed", "denied", "planned", "requested", "rejected")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Tables:
    """The tables of one made-up collection, with the column names of design.md and every cell as text.

    `places` has the gazetteer's columns; `areas` maps a region's place_id to its ring of lon, lat positions.
    """

    sources: pd.DataFrame
    claims: pd.DataFrame
    events: pd.DataFrame
    actors: pd.DataFrame
    places: pd.DataFrame
    areas: dict[str, list[tuple[float, float]]]


def tables(claims: int, *, days: int = DAYS, seed: int = 2024) -> Tables:
    """Make up a collection of so many claims; the same arguments give the same tables.

    Shares are those of the shipped collection: about thirty claims a source, a third of what stays is in an area, a
    third of the movements has an end of which only the country or an area is known, a fifth of the claims gives a
    number, and all but the coder's notes is told in words, the titles in Arabic too. About two claims tell of one event.
    Each claim has a quote of its own of 10 to 20 words, drawn from a vocabulary with the frequencies of natural text
    (Zipf): deflate brings them to 38 % of their bytes, as it does real reports.

    Args:
        claims: How many; at least 1.
        days: Over how many days from `FIRST_DAY` on, at most a year.
        seed: Of the random numbers.
    """
    random = np.random.default_rng(seed)
    land = _Land.read()
    places, areas = _places(random, int(np.clip(claims // 4, 60, 50_000)), land)
    events = _events(random, claims, days, places, land)
    return Tables(
        sources=(sources := _sources(random, claims, days)),
        claims=_claims(random, claims, days, events, places, sources),
        events=pd.DataFrame(
            {
                "event_id": events.event_id,
                "title": sentences(random, len(events), shortest=5, longest=8),
                "title_ar": sentences(random, len(events), shortest=4, longest=7, syllables=ARABIC),
                "kind": events.kind,
                "note": "",
            }
        ),
        actors=_actors(),
        places=places,
        areas=areas,
    )


@dataclass(frozen=True)
class _Land:
    """The countries of the view, the one with most of it first."""

    code: list[str]
    area: list[shapely.Geometry]

    @classmethod
    def read(cls) -> "_Land":
        """Clip the basemap's countries to the view; a coarse outline will do here."""
        view = shapely.box(*VIEW)
        found = gpd.read_parquet(COUNTRIES).clip(view)
        found = found.assign(geometry=found.simplify(0.01))
        found = found.iloc[np.argsort(-shapely.area(found.geometry.to_numpy()))]
        return cls(found.country.tolist(), found.geometry.tolist())

    def of(self, lon: Floats, lat: Floats) -> Strings:
        """Return the country code of each position, empty on none."""
        code = np.full(len(lon), "", dtype=object)
        for name, area in zip(self.code, self.area, strict=True):
            shapely.prepare(area)
            code[shapely.contains_xy(area, lon, lat)] = name
        return code


def _places(
    random: np.random.Generator, count: int, land: _Land
) -> tuple[pd.DataFrame, dict[str, list[tuple[float, float]]]]:
    """Scatter towns over the view, each at a position of its own, and forty regions; then the two main countries."""
    west, south, east, north = VIEW
    regions = 40
    lon = np.sort(random.uniform(west, east, count + regions)).round(4)
    lat = random.uniform(south, north, count + regions).round(4)
    region = np.zeros(count + regions, dtype=bool)
    region[random.choice(count + regions, regions, replace=False)] = True
    place_id = _ids("p", count + regions)
    towns = pd.DataFrame(
        {
            "place_id": place_id,
            "name": names(random, count + regions),
            "kind": np.where(region, "region", "town").astype(object),
            "country": land.of(lon, lat),
            "lon": lon,
            "lat": lat,
            "radius_km": np.where(region, 30, random.choice([0.5, 2, 5, 10], count + regions)),
        }
    )
    countries = pd.DataFrame(
        {
            "place_id": ["country-1", "country-2"],
            "name": ["Country 1", "Country 2"],
            "kind": "country",
            "country": land.code[:2],
            "lon": shapely.get_x(shapely.point_on_surface(land.area[:2])),
            "lat": shapely.get_y(shapely.point_on_surface(land.area[:2])),
            "radius_km": 300.0,
        }
    )
    frame = pd.concat([towns, countries], ignore_index=True)
    unsaid = dict.fromkeys(("name_ar", "aliases", "geonames_id", "note"), "")
    frame = frame.assign(source="made up", checked="no", **unsaid)
    around = np.linspace(0, 2 * np.pi, 13)[:-1]
    areas = {
        str(one): [
            (round(x + 0.3 * float(np.cos(turn)), 4), round(y + 0.25 * float(np.sin(turn)), 4))
            for turn in around
        ]
        for one, x, y in zip(place_id[region], lon[region], lat[region], strict=True)
    }
    return frame[list(_PLACES)], areas


def _at_the_border(places: pd.DataFrame, land: _Land, kind: str, each: int) -> tuple[Ints, Ints]:
    """Return the rows of the places of each main country that are nearest to the other, and the other's row."""
    rows, others = [], []
    for own, other in ((0, 1), (1, 0)):
        inside = np.flatnonzero((places.country == land.code[own]) & (places.kind == kind))
        away = shapely.distance(land.area[other], shapely.points(places.lon[inside], places.lat[inside]))
        near = inside[np.argsort(away)[:each]]
        rows.append(near)
        others.append(np.full(len(near), len(places) - 2 + other))
    return np.concatenate(rows), np.concatenate(others)


def _events(
    random: np.random.Generator, claims: int, days: int, places: pd.DataFrame, land: _Land
) -> pd.DataFrame:
    """Draw events until their sizes add up to the number of claims.

    The ends of a movement lie in reach of each other; of every third only the country it came from is known, and of
    half of those only the area near the border that it came to.
    """
    sizes = random.geometric(0.5, claims)
    count = int(np.searchsorted(np.cumsum(sizes), claims)) + 1
    sizes = sizes[:count]
    sizes[-1] -= int(sizes.sum()) - claims
    kind = random.choice(KINDS, count, p=[0.45, 0.2, 0.35])
    stays = kind == "deployment"
    last = len(places) - 3  # the last two are countries
    origin = random.integers(0, last, count, endpoint=True)
    reach = max(len(places) // 10, 2)  # places are sorted by longitude: a tenth of them is a degree
    destination = np.clip(origin + random.integers(1, reach, count) * random.choice([-1, 1], count), 0, last)
    crossing = np.where(random.random(count) < 0.2, np.clip(origin + 1, 0, last), -1)
    vague = ~stays & (random.random(count) < 1 / 3)
    for kind_of_place, each, chosen in (
        ("town", 100, vague),
        ("region", 5, vague & (random.random(count) < 0.5)),
    ):
        ends, countries = _at_the_border(places, land, kind_of_place, each)
        drawn = random.integers(0, len(ends), count)
        origin = np.where(chosen, countries[drawn], origin)
        destination = np.where(chosen, ends[drawn], destination)
    regions = np.flatnonzero(places.kind == "region")
    in_area = stays & (random.random(count) < 1 / 3)
    destination = np.where(in_area, regions[random.integers(0, len(regions), count)], destination)
    start = random.integers(0, days, count)
    length = np.where(stays, random.integers(1, 3, count, endpoint=True), 1)
    length = np.where(~stays & (random.random(count) < 0.1), 2, length)
    shares = random.random(count)
    date_kind = np.where(
        stays, np.where(shares < 0.5, "throughout", "since"), np.where(shares < 0.03, "by", "on")
    ).astype(object)
    return pd.DataFrame(
        {
            "event_id": _ids("e", count),
            "size": sizes,
            "kind": kind.astype(object),
            "origin": origin,
            "crossing": np.where(vague, -1, crossing),
            "destination": destination,
            "start": start,
            "end": np.minimum(start + length, days) - 1,
            "date_kind": date_kind,
            "count": (10 ** random.uniform(1, 3.5, count)).astype(int),
        }
    )


def _claims(
    random: np.random.Generator,
    claims: int,
    days: int,
    events: pd.DataFrame,
    places: pd.DataFrame,
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """Let every event be told by its claims: most agree, some deny, some give another number or day."""
    of = events.loc[events.index.repeat(events["size"])].reset_index(drop=True)
    first = ~of.event_id.duplicated().to_numpy()
    claim_id = _ids("c", claims)
    stays = (of.kind == "deployment").to_numpy()
    source = random.integers(0, len(sources), claims)
    status = random.choice(STATUSES, claims, p=[0.8, 0.08, 0.06, 0.03, 0.02, 0.01]).astype(object)
    status[first & (status == "denied")] = "reported"  # a denial follows what it denies
    denied = status == "denied"
    shift = np.where(random.random(claims) < 0.1, 1, 0)
    start, end = (np.minimum(of[edge].to_numpy() + shift, days - 1) for edge in ("start", "end"))
    by = (of.date_kind == "by").to_numpy()
    counted = random.random(claims) < 0.2
    number = np.maximum(1, of["count"].to_numpy() * random.choice([1, 1, 1, 1.2, 2], claims)).astype(int)
    open_end = random.random(claims) < 0.3
    name, place_id = places.name.to_numpy(object), places.place_id.to_numpy(object)
    ends = {
        "origin": np.where(stays, -1, of.origin),
        "crossing": np.where(stays, -1, of.crossing),
        "destination": np.where(stays, -1, of.destination),
        "place": np.where(stays, of.destination, -1),
    }
    reported = _day(end + random.integers(0, 3, claims, endpoint=True))
    actor = _ids("a", ACTORS)[random.integers(0, ACTORS, claims)]
    outlet = sources.source_id.to_numpy(object)[source]
    known = sentences(random, SPEAKERS, shortest=2, longest=4)
    speakers = known[
        (source * 7 + random.integers(0, 10, claims)) % SPEAKERS
    ]  # ten of them speak in a source
    digits = number.astype(str).astype(object)
    columns: dict[str, Strings | str] = {
        "claim_id": claim_id,
        "source_id": outlet,
        "event_id": of.event_id.to_numpy(object),
        "statement_id": claim_id,
        "kind": of.kind.to_numpy(object),
        "status": status,
        "modality": np.where(random.random(claims) < 0.2, "hedged", "asserted").astype(object),
        "actors": actor,
        "actor_text": phrases(random, claims, 110, shortest=3, longest=6, share=0.92),
        "speakers": speakers,
        "via": sources.outlet.to_numpy(object)[source] + " > " + speakers,
        "root": outlet,
        "denies": np.where(denied, np.roll(claim_id, 1), ""),
        "relates_to": "",
        "relation": "",
        **{end: _pick(name, chosen) for end, chosen in ends.items()},
        "route": "",
        **{f"{end}_id": _pick(place_id, chosen) for end, chosen in ends.items()},
        "route_id": "",
        "geo_precision": random.choice(["1", "2", "3"], claims, p=[0.6, 0.3, 0.1]).astype(object),
        "date_start": np.where(by, "", _day(start)),
        "date_end": _day(end),
        "date_kind": of.date_kind.to_numpy(object),
        "date_text": phrases(random, claims, 75, shortest=2, longest=5, share=0.72),
        "reported": reported,
        "count_text": np.where(counted, "some " + digits, ""),
        "count": np.where(counted, digits, ""),
        "count_qualifier": np.where(counted, np.where(open_end, "at_least", "exact"), ""),
        "count_low": np.where(counted, digits, ""),
        "count_high": np.where(counted & ~open_end, digits, ""),
        "count_unit": np.where(counted, "people", ""),
        "quote": sentences(random, claims, shortest=10, longest=LONGEST_QUOTE),
        "quote_start": "",
        "quote_end": "",
        "credibility": "",
        "note": "",
    }
    order = [*_UP_TO_ENDS, *ends, "route", *(f"{end}_id" for end in ends), "route_id", *_AFTER_ENDS]
    return pd.DataFrame({column: columns[column] for column in order})


_PLACES = (
    "place_id",
    "name",
    "name_ar",
    "kind",
    "country",
    "lon",
    "lat",
    "radius_km",
    "aliases",
    "geonames_id",
    "source",
    "checked",
    "note",
)
_UP_TO_ENDS = (
    "claim_id",
    "source_id",
    "event_id",
    "statement_id",
    "kind",
    "status",
    "modality",
    "actors",
    "actor_text",
    "speakers",
    "via",
    "root",
    "denies",
    "relates_to",
    "relation",
)
_AFTER_ENDS = (
    "geo_precision",
    "date_start",
    "date_end",
    "date_kind",
    "date_text",
    "reported",
    "count_text",
    "count",
    "count_qualifier",
    "count_low",
    "count_high",
    "count_unit",
    "quote",
    "quote_start",
    "quote_end",
    "credibility",
    "note",
)


def _sources(random: np.random.Generator, claims: int, days: int) -> pd.DataFrame:
    """Make up the outlets, each with one publication."""
    count = int(np.clip(claims // CLAIMS_A_SOURCE, 5, 20_000))
    ids = _ids("s", count)
    return pd.DataFrame(
        {
            "source_id": ids,
            "outlet": names(random, count),
            "title": sentences(random, count, shortest=5, longest=9),
            "author": "",
            "url": "https://example.org/" + ids,
            "archived_url": "",
            "accessed": "",
            "published": _day(random.integers(0, days, count)),
            "published_earliest": "",
            "published_latest": "",
            "language": "en",
            "reliability": "",
            "repeats": "",
            "state": "ok",
            "text_sha256": "",
            "note": "",
        }
    )


def _actors() -> pd.DataFrame:
    """Make up the actors, on five sides."""
    ids = _ids("a", ACTORS)
    sides = np.array([f"side-{number % 5}" for number in range(ACTORS)], dtype=object)
    return pd.DataFrame(
        {
            "actor": ids,
            "name": "Actor " + ids,
            "name_ar": "",
            "type": "militia",
            "parent": "",
            "side": sides,
            "aliases": "",
        }
    )


def _pick(values: Strings, chosen: NDArray[np.int64]) -> Strings:
    """Take the chosen values; -1 chooses an empty cell."""
    return np.where(chosen < 0, "", values[chosen])


def _ids(letter: str, count: int) -> Strings:
    """Number from 1, as wide as the widest."""
    width = len(str(count))
    return np.array([f"{letter}{number:0{width}}" for number in range(1, count + 1)], dtype=object)


def _day(offset: Ints) -> Strings:
    """Return the ISO day so many days after the first."""
    calendar = np.arange(DAYS + 40).astype("timedelta64[D]") + np.datetime64(FIRST_DAY)
    return calendar.astype(str).astype(object)[offset]
