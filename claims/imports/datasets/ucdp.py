"""Rows of the UCDP Georeferenced Event Dataset (codebook of version 24.1) made into claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.imports.checking import Checked
from claims.imports.converting import missing
from claims.imports.datasets.actors import actors
from claims.imports.datasets.chains import chains
from claims.imports.datasets.crosswalk import side_type, violence
from claims.imports.datasets.dated import days_written, iso, iso_of, last_day
from claims.imports.datasets.figures import figures, wholes
from claims.imports.datasets.located import located
from claims.imports.datasets.precision import UCDP_DATE, UCDP_WHERE, as_code, days_around, is_code
from claims.imports.making import editions, once, put_together
from claims.imports.naming import dataset_of
from claims.imports.places.placing import Placer
from claims.imports.places.positions import positions
from claims.imports.quoting import quotes
from claims.imports.uniquely import each
from claims.model import CountQualifier, CountUnit, DateKind, Kind, Status
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.imports.converting import Asked
    from claims.imports.rows import Chunk, Made, Notice
    from geo.gazetteer import Gazetteer

__all__ = ["NEEDED", "converter"]

NEEDED: Final = (
    *("id", "type_of_violence", "where_prec", "latitude", "longitude", "country"),
    *("date_prec", "date_start", "date_end", "best", "high", "low"),
)
OUTLET: Final = "UCDP GED"
TITLE: Final = "UCDP Georeferenced Event Dataset"
URL: Final = "https://ucdp.uu.se"

QUOTED: Final = ("dyad_name", "conflict_name", "where_coordinates", "date_start", "date_end", "id")
"""The cells by which a row without a headline is quoted."""

WITHIN: Final = {"3": "adm_2", "4": "adm_1", "6": "country"}
"""Where the name of the area stands for which a position stands, by where_prec."""


def converter(asked: Asked, header: Sequence[str], gazetteer: Gazetteer) -> _Ucdp:
    """Give what makes claims of UCDP's rows.

    Raises:
        FaultsError: With each needed column that is missing, and where the user does not say when the edition came out,
            for which the data set has no column.
    """
    faults = missing(asked.name, header, NEEDED, "UCDP GED's")
    if asked.published is None:
        why = "has no column that says when this edition of UCDP GED came out"
        faults.append(Fault(asked.name, 1, None, None, why, "say it with --published DAY"))
    if faults:
        raise FaultsError(faults)
    return _Ucdp(asked, gazetteer)


class _Ucdp:
    """Makes claims of UCDP's rows; all of them are context."""

    def __init__(self, asked: Asked, gazetteer: Gazetteer) -> None:
        self.left: Counter[str] = Counter()
        self._asked = asked
        self._edition = iso_of(asked.published)
        self._dataset = dataset_of(asked.dataset, "ucdp-ged")
        self._placer = Placer(gazetteer, OUTLET)

    def made(self, chunk: Chunk, faults: list[Fault]) -> Made:
        rows = Checked(self._asked.name, chunk, faults)
        kinds = each(rows.text("type_of_violence"), violence)
        todo = "write 1 (state-based), 2 (non-state) or 3 (one-sided)"
        rows.fault_where("type_of_violence", kinds == "", "is no type of UCDP's", todo)
        if not self._asked.context:
            self.left.update(pd.Series(kinds[rows.sound]).value_counts().to_dict())
            rows.only(np.zeros(len(rows), dtype=bool))
        notices = once(rows, "id", "", self.left)
        read = self._read(rows)
        read = {name: column[rows.sound] for name, column in read.items()}
        rows.only(rows.sound)
        return self._made(rows, read, notices)

    def _read(self, rows: Checked) -> dict[str, np.ndarray]:
        """Read the columns that can be wrong, and make faults of what is."""
        rows.needed("id")
        rows.needed("country")
        for column, scheme, most in (("where_prec", UCDP_WHERE, 7), ("date_prec", UCDP_DATE, 5)):
            wrong = ~is_code(scheme, rows.text(column))
            rows.fault_where(column, wrong, "is no code of UCDP's", f"write a figure from 1 to {most}")
        start, end = (self._day(rows, column) for column in ("date_start", "date_end"))
        rows.fault_where("date_end", end < start, "is before date_start", "swap or correct the days")
        country = self._placer.countries.codes(rows.text("country"))
        lon, lat = positions(rows, "longitude", "latitude", country, needed=True)
        low, best, high = (wholes(rows, column) for column in ("low", "best", "high"))
        rows.fault_where("low", low > best, "is above best", "swap or correct the numbers")
        rows.fault_where("high", high < best, "is below best", "swap or correct the numbers")
        rows.fault_where("high", high < low, "is below low", "swap or correct the numbers")
        return {
            "start": start,
            "end": end,
            "country": country,
            "lon": lon,
            "lat": lat,
            "low": low,
            "best": best,
            "high": high,
        }

    def _day(self, rows: Checked, column: str) -> np.ndarray:
        days = days_written(rows.text(column))
        rows.fault_where(column, np.isnat(days), "is not a day", "write it as 2024-12-07")
        return days

    def _made(self, rows: Checked, read: Mapping[str, np.ndarray], notices: tuple[Notice, ...]) -> Made:
        outlet, title, url = self._asked.outlet or OUTLET, self._asked.title or TITLE, self._asked.url or URL
        edition = np.full(len(rows), self._edition, dtype=object)
        source_id, sources = editions(self._dataset, outlet, title, url, edition)
        who, who_named = actors(
            [(rows.text(column), each(rows.text(column), side_type)) for column in ("side_a", "side_b")]
        )
        codes = pd.Series(each(rows.text("where_prec"), as_code), dtype=object)
        where, placed = located(
            rows,
            read,
            self._placer,
            UCDP_WHERE,
            codes,
            rows.text("where_coordinates"),
            _within(rows, codes),
        )
        claims: dict[str, Any] = {
            "source_id": source_id,
            "reported": self._reported(rows, read["start"]),
            "kind": str(Kind.OTHER),
            "status": str(Status.REPORTED),
            "speakers": rows.text("source_original").to_numpy(),
            "place": rows.text("where_coordinates").to_numpy(),
            **_when(rows, read["start"], read["end"]),
            **_deaths(rows, read),
            **chains(outlet, rows.text("source_office")),
            **who,
            **where,
            **quotes(rows.raw("source_headline"), [rows.raw(column) for column in QUOTED]),
        }
        named = {"sources": sources, "actors": who_named, "places": placed.places}
        told = (*notices, *placed.notices)
        return put_together(
            rows, self._dataset, rows.text("id"), self._edition, claims, _titles(rows), named, told
        )

    def _reported(self, rows: Checked, start: np.ndarray) -> np.ndarray:
        """Say when a row's reports were out: the last of its sources, or with the edition where that cannot be."""
        edition = np.datetime64(self._edition, "D")
        last = each(rows.text("source_date"), last_day, "datetime64[D]")
        fits = (last >= start) & (last <= edition)
        return iso(np.where(fits, last, edition))


def _within(rows: Checked, codes: pd.Series) -> pd.Series:
    """Give the area that a row means by its code, "" where it means none."""
    within = np.full(len(rows), "", dtype=object)
    for code, column in WITHIN.items():
        within = np.where(codes.eq(code), rows.text(column), within)
    return pd.Series(within)


def _titles(rows: Checked) -> np.ndarray:
    kind = each(rows.text("type_of_violence"), violence)
    dyad, place = rows.text("dyad_name").to_numpy(), rows.text("where_coordinates").to_numpy()
    titled: np.ndarray = np.where(dyad != "", kind + ": " + dyad, kind)
    return np.where(place != "", titled + ", " + place, titled)


def _when(rows: Checked, start: np.ndarray, end: np.ndarray) -> dict[str, Any]:
    """Give the days: all of them where they are known, else one of them, of as many as the code says around a day alone."""
    around = np.where(start == end, days_around(UCDP_DATE, rows.text("date_prec")), 0).astype(
        "timedelta64[D]"
    )
    known = each(rows.text("date_prec"), lambda code: as_code(code) == "1", "bool") & (start < end)
    first, last = rows.text("date_start").to_numpy(), rows.text("date_end").to_numpy()
    return {
        "date_start": iso(start - around),
        "date_end": iso(end + around),
        "date_kind": np.where(known, str(DateKind.THROUGHOUT), str(DateKind.ON)),
        "date_text": np.where(first == last, first, first + " to " + last),
    }


def _deaths(rows: Checked, read: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Give the number of deaths: UCDP's best estimate, and its lowest and highest; nothing where all are 0 or unsaid."""
    low, best, high = (read[column] for column in ("low", "best", "high"))
    some = (low > 0) | (best > 0) | (high > 0)
    same = (low == best) & (best == high)
    text = "best " + rows.text("best") + ", low " + rows.text("low") + ", high " + rows.text("high")
    qualifier = np.where(same, str(CountQualifier.EXACT), str(CountQualifier.ABOUT))
    return {
        "count_text": np.where(some, text, ""),
        "count": np.where(some, figures(best), ""),
        "count_low": np.where(some, figures(low), ""),
        "count_high": np.where(some, figures(high), ""),
        "count_qualifier": np.where(some, qualifier, ""),
        "count_unit": np.where(some, str(CountUnit.DEATHS), ""),
    }
