"""Keep made-up collections in build/bench, each made once for the code that makes it."""

import datetime as dt
import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.feather

from bench import ours, synthetic, synthetic_places
from bench.apart import apart
from claims.model import TABLES, Collection
from geo.gazetteer import Gazetteer

ROOT = Path(__file__).parents[1]

DAYS = 60
"""Over which the claims of a page are made up."""

CALENDAR = [synthetic.FIRST_DAY + dt.timedelta(days=step) for step in range(DAYS)]
"""The days that each page is stepped through, one after the other, as a reader plays them."""


def made_up(claims: int, root: Path) -> "MadeUp":
    """Return so many made-up claims over `DAYS` days, made where they are not kept in a folder of root yet."""
    folder = root / f"made-up-{claims}-{_key()}"
    if not folder.is_dir():
        for older in root.glob(f"made-up-{claims}-*"):
            shutil.rmtree(older)
        apart(make, claims, folder)  # what making them takes is given back when its process ends
    return MadeUp(folder)


@cache
def _key() -> str:
    """Return a few letters that change with the code that makes up the claims and reads them."""
    bench = [
        ROOT / "bench" / f"{name}.py"
        for name in ("synthetic", "synthetic_places", "wording", "ours", "made_up")
    ]
    files = [*bench, *sorted((ROOT / "claims").glob("*.py")), synthetic_places.COUNTRIES]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def make(claims: int, folder: Path) -> None:
    """Make up claims, read them by the rules of every collection, and write what was read; whole or not at all."""
    tables = synthetic.tables(claims, days=DAYS)
    read = ours.collection(tables, ours.gazetteer(tables.places, tables.areas), days=DAYS)
    half = folder.with_name(f"{folder.name}-half")
    half.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        getattr(read, name).to_feather(half / f"{name}.feather")
    tables.places.to_feather(half / "places.feather")
    ours.truth(tables).hull.reset_index().to_feather(half / "days.feather")
    (half / "areas.json").write_text(json.dumps(tables.areas))
    half.rename(folder)


@dataclass(frozen=True)
class MadeUp:
    """One made-up collection, read from its folder as far as it is asked for."""

    folder: Path

    @property
    def places(self) -> pd.DataFrame:
        """The gazetteer's columns."""
        return pd.read_feather(self.folder / "places.feather")

    def gazetteer(self) -> Gazetteer:
        """Read the places."""
        return ours.gazetteer(self.places, json.loads((self.folder / "areas.json").read_text()))

    def collection(self) -> Collection:
        """Read the tables; their page opens on the day with the most events, so that it has marks at any size."""
        frames = {name: pd.read_feather(self.folder / f"{name}.feather") for name in TABLES}
        facts = ours.facts(DAYS, max(CALENDAR, key=self.truth.on))
        return Collection(folder=Path("made-up"), facts=facts, **frames)

    @cached_property
    def truth(self) -> ours.EventDays:
        """Which events are on the map on which day."""
        return ours.EventDays(pd.read_feather(self.folder / "days.feather"))

    @cached_property
    def known_on(self) -> dict[dt.date, int]:
        """How many events are on the map of each day of `CALENDAR` by what was reported by then."""
        columns = ["event_id", "status", "date_start", "date_end", "reported"]
        claims = pd.read_feather(self.folder / "claims.feather", columns=columns)
        return {
            day: ours.truth_of(claims[claims["reported"] <= pd.Timestamp(day)]).on(day) for day in CALENDAR
        }

    def fault_in(self, shown: list[str]) -> str:
        """Hold the texts that a panel shows of its claims against the quotes of one event; empty where they are right."""
        columns = ["event_id", "quote"]
        claims = pyarrow.feather.read_table(self.folder / "claims.feather", columns=columns)
        said = {quote for text in shown for quote in re.findall(r"(?:[a-z]+ )+[a-z]+\.", text)}
        found = claims.filter(pc.is_in(claims["quote"], pa.array(sorted(said), claims["quote"].type)))
        events = found["event_id"].unique()
        if len(events) != 1:
            return f"claims of {len(events)} events are shown"
        told = claims.filter(pc.equal(claims["event_id"], events[0]))
        if found.num_rows == told.num_rows == len(shown):
            return ""
        return f"{len(shown)} claims and {found.num_rows} quotes are shown of an event of {told.num_rows}"
