"""How sure places and days are: ACLED's codes and UCDP's in ours and ours in theirs, by data/crosswalks/precision.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.imports.datasets.crosswalk import rows_of
from claims.imports.uniquely import each
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

__all__ = [
    "ACLED_GEO",
    "ACLED_TIME",
    "UCDP_DATE",
    "UCDP_WHERE",
    "Precise",
    "as_code",
    "days_around",
    "is_code",
    "places",
    "precise",
    "to_acled_geo",
    "to_acled_time",
    "to_ucdp_date",
    "to_ucdp_where",
]

ACLED_GEO: Final = "acled_geo"
ACLED_TIME: Final = "acled_time"
UCDP_WHERE: Final = "ucdp_where"
UCDP_DATE: Final = "ucdp_date"


@dataclass(frozen=True, slots=True)
class Precise:
    """What a code for how sure a place is means here.

    Attributes:
        geo_precision: Ours (ACLED's of 2023): 1 the place itself, 2 near it or in part of it, 3 a region.
        area: The kind of place that is meant.
        radius_km: How far from the position it may have been.
    """

    geo_precision: int
    area: PlaceKind
    radius_km: float


def precise(scheme: str, code: str) -> Precise:
    """Say what a code of `ACLED_GEO` or `UCDP_WHERE` means; "" where none is given. KeyError: it is no code."""
    return _places()[scheme, code]


def places(scheme: str, codes: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Say what many codes mean.

    Args:
        scheme: `ACLED_GEO` or `UCDP_WHERE`.
        codes: Text, "" where none is given; all of them codes (`is_code`).

    Returns:
        geo_precision ("1" to "3"; dtype object), the kind of place (words of `PlaceKind`; object), radius_km (float64).
    """
    return (
        each(codes, lambda code: str(precise(scheme, as_code(code)).geo_precision)),
        each(codes, lambda code: str(precise(scheme, as_code(code)).area)),
        each(codes, lambda code: precise(scheme, as_code(code)).radius_km, "float64"),
    )


def days_around(scheme: str, codes: pd.Series) -> np.ndarray:
    """Say how many days before and after the one that is written are as likely, by codes of `ACLED_TIME`; int64."""
    return each(codes, lambda code: _days()[scheme, as_code(code)], "int64")


def is_code(scheme: str, cells: pd.Series) -> np.ndarray:
    """Tell which cells are codes of a scheme, or empty; bool."""
    known = {code for of, code in (*_places(), *_days()) if of == scheme}
    return each(cells, lambda cell: as_code(cell) in known, "bool")


def as_code(cell: str) -> str:
    """Write a code as the codebook does: programs with no whole numbers beside empty cells write 1 as 1.0."""
    return cell.removesuffix(".0")


def to_acled_geo(geo_precision: Iterable[object], kinds: Sequence[str]) -> np.ndarray:
    """Give ACLED's geo_precision of events of ours.

    Args:
        geo_precision: Ours, 1 to 3; whatever else stands for none.
        kinds: Of each event's place its `PlaceKind`; "" for none, and for what a phrase tells around a place.

    Returns:
        "1" to "3", "" where there is none; dtype object.
    """
    return _back("acled", geo_precision, kinds)


def to_ucdp_where(geo_precision: Iterable[object], kinds: Sequence[str]) -> np.ndarray:
    """Give UCDP's where_prec of events of ours, "1" to "6" or "", as `to_acled_geo` takes them."""
    return _back("ucdp", geo_precision, kinds)


def to_acled_time(days: Iterable[float]) -> np.ndarray:
    """Give ACLED's time_precision by how many days are possible (a day alone is 1).

    Returns:
        "1" to "3"; "" where no day is known (NaN) and for more than a month, for which ACLED has no code; dtype object.
    """
    return _time("acled", days)


def to_ucdp_date(days: Iterable[float]) -> np.ndarray:
    """Give UCDP's date_prec, "1" to "5" or "", by how many days are possible, likewise."""
    return _time("ucdp", days)


def _back(theirs: str, geo_precision: Iterable[object], kinds: Sequence[str]) -> np.ndarray:
    codes = {row["code"]: row[theirs] for row in _table("ours_geo")}
    found = np.array([codes.get(as_code(str(code)), "") for code in geo_precision], dtype=object)
    # What lies in an area is no surer than the area, whatever the code says.
    of_kind = np.array([codes.get(kind, "") for kind in kinds], dtype=object)
    given: np.ndarray = np.where((found != "") & (of_kind > found), of_kind, found)
    return given


def _time(theirs: str, days: Iterable[float]) -> np.ndarray:
    rows = [row for row in _table("ours_days") if row[theirs]]
    most = np.array([float(row["days"]) for row in rows])
    codes = np.array([row[theirs] for row in rows] + [""], dtype=object)
    possible = np.asarray(list(days), dtype=float)
    at = np.where(np.isnan(possible) | (possible < 1), len(rows), np.searchsorted(most, possible))
    given: np.ndarray = codes[at]
    return given


def _table(scheme: str) -> list[dict[str, str]]:
    return [row for row in _rows() if row["scheme"] == scheme]


@cache
def _rows() -> list[dict[str, str]]:
    return rows_of("precision")


@cache
def _places() -> Mapping[tuple[str, str], Precise]:
    return {
        (row["scheme"], row["code"]): Precise(
            int(row["geo_precision"]), PlaceKind(row["area"]), float(row["radius_km"])
        )
        for row in _rows()
        if row["radius_km"]
    }


@cache
def _days() -> Mapping[tuple[str, str], int]:
    return {(row["scheme"], row["code"]): int(row["days"]) for row in _rows() if row["date_kind"]}
