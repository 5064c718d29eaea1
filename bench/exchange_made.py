"""Make up rows as others have them, ACLED's and a table of no one's, and write them in each format that is imported."""

import datetime as dt
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from bench.synthetic import CLAIMS_A_SOURCE, DAYS, FIRST_DAY
from bench.synthetic_places import Land
from bench.synthetic_places import places as made_places
from bench.wording import names, phrases, sentences
from claims.imports.datasets.crosswalk import rows_of
from geo.world import world

ACTORS = 200
PLACES = 5_000
"""Of which rows tell: about as many as ACLED has of a country in which there is a war."""

ONSET, COUNTED = 1_700_000_000, 0.2
"""Seconds since 1970 at which the first edition came out, and the share of rows with a number."""

MAPPED = {
    "id": "row",
    "date": "day",
    "place": "where",
    "lon": "x",
    "lat": "y",
    "country": "land",
    "count": "how_many",
    "quote": "words",
    "outlet": "outlet",
    "published": "printed",
    "actor": "who",
}
"""What the columns of `table` are, by our names."""

CONSTANTS = {"kind": "deployment", "count_unit": "people"}


def acled(count: int, seed: int = 2024, first: int = 1) -> pd.DataFrame:
    """Make up so many rows with ACLED's 31 columns (codebook of 2023), all of types that are taken; each cell is text.

    Args:
        count: How many.
        seed: Other rows come of another one, at the same places.
        first: The number of the first row, by which it is called.
    """
    random = np.random.default_rng(seed)
    of, day = _where_and_when(random, count)
    types = pd.DataFrame([row for row in rows_of("acled") if row["taken"] == "yes"]).sample(
        count, replace=True, random_state=seed
    )
    known = names(random, ACTORS)
    actor, other = (known[random.integers(0, ACTORS, count)] for _ in range(2))
    inter = random.integers(1, 9, (2, count)).astype(str).astype(object)
    outlets = phrases(random, count, max(count // 500, 20), shortest=1, longest=3)
    stamp = ONSET + random.integers(0, 50, count) * 604_800
    columns = {
        "event_id_cnty": [f"ABC{number}" for number in range(first, first + count)],
        "event_date": day,
        "year": [cell[:4] for cell in day],
        "time_precision": random.choice(["1", "2", "3"], count, p=[0.8, 0.15, 0.05]),
        "disorder_type": "Strategic developments",
        "event_type": types["event_type"].to_numpy(),
        "sub_event_type": types["sub_event_type"].to_numpy(),
        "actor1": actor,
        "assoc_actor_1": phrases(random, count, 300, shortest=1, longest=4, share=0.3),
        "inter1": inter[0],
        "actor2": np.where(random.random(count) < 0.6, other, ""),
        "assoc_actor_2": "",
        "inter2": inter[1],
        "interaction": inter[0] + inter[1],
        "civilian_targeting": "",
        "iso": random.choice(["760", "368"], count),
        "region": "Made up",
        "country": of["land"].to_numpy(),
        "admin1": of["admin1"].to_numpy(),
        "admin2": of["admin2"].to_numpy(),
        "admin3": "",
        "location": of["name"].to_numpy(),
        "latitude": of["lat"].astype(str).to_numpy(),
        "longitude": of["lon"].astype(str).to_numpy(),
        "geo_precision": of["precision"].to_numpy(),
        "source": outlets,
        "source_scale": phrases(random, count, 8, shortest=1, longest=1),
        "notes": sentences(random, count, shortest=20, longest=60),
        "fatalities": np.where(
            random.random(count) < COUNTED, random.integers(1, 90, count).astype(str), "0"
        ),
        "tags": "",
        "timestamp": stamp.astype(str),
    }
    return pd.DataFrame(columns)


def table(count: int, seed: int = 2024) -> pd.DataFrame:
    """Make up so many rows of a table of no one's: the columns of `MAPPED`; positions and numbers are such, all else text."""
    random = np.random.default_rng(seed)
    of, day = _where_and_when(random, count)
    of_outlet = random.integers(0, max(count // CLAIMS_A_SOURCE, 5), count)
    printed = np.datetime64(FIRST_DAY) + (of_outlet % DAYS)
    number = pd.array(np.where(random.random(count) < COUNTED, random.integers(1, 5_000, count), 0), "Int64")
    number[number == 0] = pd.NA
    return pd.DataFrame(
        {
            "row": [f"r{number}" for number in range(1, count + 1)],
            "day": day,
            "where": of["name"].to_numpy(),
            "x": of["lon"].to_numpy(),
            "y": of["lat"].to_numpy(),
            "land": of["country"].to_numpy(),
            "how_many": number,
            "words": sentences(random, count, shortest=10, longest=20),
            "outlet": names(random, 500)[of_outlet % 500],
            "printed": printed.astype(str),
            "who": names(random, ACTORS)[random.integers(0, ACTORS, count)],
        }
    )


def _where_and_when(random: np.random.Generator, count: int) -> tuple[pd.DataFrame, list[str]]:
    """Draw of each row a town that lies in a country, with that one's name as `land`, and an ISO day."""
    land = np.random.default_rng(PLACES)  # the same places for all rows
    towns, _ = made_places(land, PLACES, Land.read())
    towns = towns[towns["kind"].eq("town") & towns["country"].ne("")]
    called = {
        code: country.name
        for code in towns["country"].unique()
        if (country := world().get(f"country-{code.lower()}"))
    }
    towns = towns.assign(
        land=towns["country"].map(called),
        admin1=phrases(land, len(towns), 40, shortest=1, longest=2),
        admin2=phrases(land, len(towns), 200, shortest=1, longest=2),
        precision=land.choice(["1", "2", "3"], len(towns), p=[0.7, 0.25, 0.05]),
    )
    of = towns.iloc[random.integers(0, len(towns), count)].reset_index(drop=True)
    calendar = [(FIRST_DAY + dt.timedelta(days=step)).isoformat() for step in range(DAYS)]
    return of, [calendar[at] for at in random.integers(0, DAYS, count)]


def write(kind: str, count: int, path: Path) -> None:
    """Write so many made-up rows: kind is acled, csv, xlsx, parquet or geojson."""
    rows = acled(count) if kind == "acled" else table(count)
    if kind in {"acled", "csv"}:
        rows.to_csv(path, index=False)
    elif kind == "parquet":
        rows.to_parquet(path)
    elif kind == "xlsx":
        with pd.ExcelWriter(
            path, "xlsxwriter", engine_kwargs={"options": {"constant_memory": False}}
        ) as book:
            rows.to_excel(book, index=False)
    else:
        points = gpd.points_from_xy(rows["x"], rows["y"], crs="EPSG:4326")
        gpd.GeoDataFrame(rows.drop(columns=["x", "y"]), geometry=points).to_file(path, driver="GeoJSON")
