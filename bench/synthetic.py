"""Make up any number of claims, the same ones each time, in the tables of a collection."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bench.synthetic_places import Ints, Land, at_the_border
from bench.synthetic_places import places as made_places
from bench.wording import ARABIC, Strings, ids, names, phrases, sentences

FIRST_DAY = date(2024, 1, 1)
DAYS = 365
CLAIMS_A_SOURCE = 30
ACTORS = 30
SPEAKERS = 50
LONGEST_QUOTE = 20

KINDS = ("crossing", "withdrawal", "deployment")
STATUSES = ("reported", "confirmed", "denied", "planned", "requested", "rejected")


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
    land = Land.read()
    places, areas = made_places(random, int(np.clip(claims // 4, 60, 50_000)), land)
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


def _events(
    random: np.random.Generator, claims: int, days: int, places: pd.DataFrame, land: Land
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
        ends, countries = at_the_border(places, land, kind_of_place, each)
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
            "event_id": ids("e", count),
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
    claim_id = ids("c", claims)
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
    actor = ids("a", ACTORS)[random.integers(0, ACTORS, claims)]
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
    source_ids = ids("s", count)
    return pd.DataFrame(
        {
            "source_id": source_ids,
            "outlet": names(random, count),
            "title": sentences(random, count, shortest=5, longest=9),
            "author": "",
            "url": "https://example.org/" + source_ids,
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
    actor_ids = ids("a", ACTORS)
    sides = np.array([f"side-{number % 5}" for number in range(ACTORS)], dtype=object)
    return pd.DataFrame(
        {
            "actor": actor_ids,
            "name": "Actor " + actor_ids,
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


def _day(offset: Ints) -> Strings:
    """Return the ISO day so many days after the first."""
    calendar = np.arange(DAYS + 40).astype("timedelta64[D]") + np.datetime64(FIRST_DAY)
    return calendar.astype(str).astype(object)[offset]
