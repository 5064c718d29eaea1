"""Rows of ACLED (codebook of 2023; older exports too) made into claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.imports.checking import Checked
from claims.imports.converting import canonical, missing
from claims.imports.datasets.actors import actors
from claims.imports.datasets.chains import chains
from claims.imports.datasets.crosswalk import acled_meaning, actor_type
from claims.imports.datasets.dated import days_of_seconds, days_written, iso, iso_of
from claims.imports.datasets.figures import figures, wholes
from claims.imports.datasets.located import located
from claims.imports.datasets.precision import ACLED_GEO, ACLED_TIME, days_around, is_code
from claims.imports.making import editions, once, put_together
from claims.imports.naming import dataset_of
from claims.imports.places.placing import Placer
from claims.imports.places.positions import positions
from claims.imports.quoting import quotes
from claims.imports.uniquely import each
from claims.model import CountQualifier, CountUnit, DateKind
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.imports.converting import Asked
    from claims.imports.rows import Chunk, Made, Notice
    from geo.gazetteer import Gazetteer

__all__ = ["NEEDED", "converter"]

NEEDED: Final = (
    *("event_id_cnty", "event_date", "event_type", "sub_event_type"),
    *("country", "location", "latitude", "longitude"),
)
OUTLET: Final = "ACLED"
TITLE: Final = "Armed Conflict Location & Event Data"
URL: Final = "https://acleddata.com"

QUOTED: Final = ("event_type", "sub_event_type", "actor1", "actor2", "location", "event_date")
"""The cells by which a row without notes is quoted."""

_BETWEEN: Final = "\x1f"


def converter(asked: Asked, header: Sequence[str], gazetteer: Gazetteer) -> _Acled:
    """Give what makes claims of ACLED's rows.

    Raises:
        FaultsError: With each needed column that is missing, and where neither a column (timestamp) nor the user says
            when the export was made.
    """
    faults = missing(asked.name, header, NEEDED, "ACLED's")
    if asked.published is None and "timestamp" not in map(canonical, header):
        why = "has no column timestamp, so nothing says when its rows came out"
        faults.append(Fault(asked.name, 1, None, None, why, "say when you exported it, with --published DAY"))
    if faults:
        raise FaultsError(faults)
    return _Acled(asked, gazetteer)


class _Acled:
    """Makes claims of ACLED's rows."""

    def __init__(self, asked: Asked, gazetteer: Gazetteer) -> None:
        self.left: Counter[str] = Counter()
        self._asked = asked
        self._dataset = dataset_of(asked.dataset, "acled")
        self._placer = Placer(gazetteer, OUTLET)

    def made(self, chunk: Chunk, faults: list[Fault]) -> Made:
        rows = Checked(self._asked.name, chunk, faults)
        self._leave_context(rows)
        notices = once(rows, "event_id_cnty", "timestamp", self.left)
        read = self._read(rows)
        read = {name: column[rows.sound] for name, column in read.items()}
        rows.only(rows.sound)
        return self._made(rows, read, notices)

    def _leave_context(self, rows: Checked) -> None:
        """Let the rows go that are no movement, posture or change, unless they were asked for, and count them."""
        for column in ("event_type", "sub_event_type"):
            rows.needed(column)
        if self._asked.context:
            return
        types = rows.text("event_type") + _BETWEEN + rows.text("sub_event_type")
        taken = each(types, lambda both: acled_meaning(*both.split(_BETWEEN, 1)).taken, "bool")
        go = ~taken & rows.sound
        for both, count in types[go].value_counts().items():
            self.left[str(both).replace(_BETWEEN, ": ")] += count
        rows.only(~go)

    def _read(self, rows: Checked) -> dict[str, np.ndarray]:
        """Read the columns that can be wrong, and make faults of what is."""
        rows.needed("event_id_cnty")
        rows.needed("country")
        for column, scheme in (("geo_precision", ACLED_GEO), ("time_precision", ACLED_TIME)):
            wrong = ~is_code(scheme, rows.text(column))
            rows.fault_where(column, wrong, "is no code of ACLED's", "write 1, 2 or 3")
        day = days_written(rows.text("event_date"))
        todo = "write it as 2024-12-07 or 07 December 2024"
        rows.fault_where("event_date", np.isnat(day), "is not a day in a form of ACLED's", todo)
        country = self._placer.countries.codes(rows.text("country"))
        lon, lat = positions(rows, "longitude", "latitude", country, needed=True)
        return {
            "day": day,
            "edition": self._edition(rows),
            "country": country,
            "lon": lon,
            "lat": lat,
            "deaths": wholes(rows, "fatalities"),
        }

    def _edition(self, rows: Checked) -> np.ndarray:
        """Say as of which day each row is: its timestamp's in UTC, or the one that the user says."""
        written = rows.text("timestamp")
        days = days_of_seconds(written)
        wrong = np.isnat(days) & (written.ne("").to_numpy() | (self._asked.published is None))
        todo = "write seconds since 1970, or empty it and say --published DAY"
        rows.fault_where("timestamp", wrong, "does not tell when the row came out", todo)
        asked = np.datetime64(iso_of(self._asked.published) or "NaT", "D")
        return np.where(np.isnat(days), asked, days)

    def _made(self, rows: Checked, read: Mapping[str, np.ndarray], notices: tuple[Notice, ...]) -> Made:
        edition = iso(read["edition"])
        outlet, title, url = self._asked.outlet or OUTLET, self._asked.title or TITLE, self._asked.url or URL
        source_id, sources = editions(self._dataset, outlet, title, url, edition)
        who, who_named = actors(
            [
                (rows.text(f"actor{number}"), each(rows.text(f"inter{number}"), actor_type))
                for number in (1, 2)
            ]
        )
        where, placed = located(
            rows,
            read,
            self._placer,
            ACLED_GEO,
            rows.text("geo_precision"),
            rows.text("location"),
            rows.text("admin1"),
        )
        location = rows.text("location")
        said = rows.text("sub_event_type")
        claims: dict[str, Any] = {
            "source_id": source_id,
            "reported": edition,
            "place": location.to_numpy(),
            **_meaning(rows),
            **_when(rows, read["day"]),
            **_deaths(rows, read["deaths"]),
            **chains(outlet, rows.text("source")),
            **who,
            **where,
            **quotes(rows.raw("notes"), [rows.raw(column) for column in QUOTED]),
        }
        titles = np.where(location != "", said + ", " + location, said)
        named = {"sources": sources, "actors": who_named, "places": placed.places}
        versions = rows.text("timestamp").where(rows.text("timestamp").ne(""), pd.Series(edition))
        told = (*notices, *placed.notices)
        ids = rows.text("event_id_cnty")
        return put_together(rows, self._dataset, ids, versions, claims, titles, named, told)


def _meaning(rows: Checked) -> dict[str, np.ndarray]:
    """Give kind and status."""
    types = rows.text("event_type") + _BETWEEN + rows.text("sub_event_type")
    return {
        "kind": each(types, lambda both: str(acled_meaning(*both.split(_BETWEEN, 1)).kind)),
        "status": each(types, lambda both: str(acled_meaning(*both.split(_BETWEEN, 1)).status)),
    }


def _when(rows: Checked, day: np.ndarray) -> dict[str, Any]:
    """Give the days: on one of those that the code for the time makes as likely as the one that is written."""
    around = days_around(ACLED_TIME, rows.text("time_precision")).astype("timedelta64[D]")
    return {
        "date_start": iso(day - around),
        "date_end": iso(day + around),
        "date_kind": str(DateKind.ON),
        "date_text": rows.text("event_date").to_numpy(),
    }


def _deaths(rows: Checked, deaths: np.ndarray) -> dict[str, np.ndarray]:
    """Give the number of deaths: of those that were reported ACLED's is the lowest; 0 is that none was (codebook)."""
    some = deaths > 0
    number = np.where(some, figures(deaths), "")
    return {
        "count_text": np.where(some, rows.text("fatalities"), ""),
        "count": number,
        "count_low": number,
        "count_qualifier": np.where(some, str(CountQualifier.AT_LEAST), ""),
        "count_unit": np.where(some, str(CountUnit.DEATHS), ""),
    }
