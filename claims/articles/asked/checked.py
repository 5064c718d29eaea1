"""A model's proposals held to the rules of claims.csv, by the same checks as its rows, and to the day of publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.articles.asked.refusals import Refusal, shortened
from claims.checks import check_tables
from claims.model import CLAIMS, Status
from claims.tables import Table, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.articles.asked.answers import Answered

__all__ = ["checked"]

LONG_AGO: Final = dt.timedelta(days=3660)
"""Time before publication of which no report tells a day that is not history."""

AHEAD: Final = dt.timedelta(days=366)
"""Time after publication in which plans, requests and what is denied of them lie."""

AFTER: Final = dt.timedelta(days=1)
"""The same of what has happened: the day of publication may be another where it happened."""

_HAPPENED: Final = frozenset({Status.REPORTED, Status.CONFIRMED})
_DATES: Final = ("date_start", "date_end", "date_kind")


def checked(
    several: Sequence[Answered], part: int, published: dt.date
) -> tuple[list[Answered], list[Refusal]]:
    """Give the proposals that could be rows of claims.csv, background without its days, and refuse the others.

    Args:
        several: Of one answer.
        part: Which part of the text it is about, for the refusals.
        published: The day the report was published.
    """
    dateless = [
        replace(one, cells={**one.cells, **dict.fromkeys(_DATES, "")}) if one.background else one
        for one in several
    ]
    refused = [
        Refusal(part, fault.line, fault.column or "", shortened(fault.value or ""), fault.why)
        for fault in (_table(dateless, published).faults if dateless else ())
    ]
    faulty = {one.proposal for one in refused}
    sound: list[Answered] = []
    for one in dateless:
        if one.number in faulty:
            continue
        if implausible := _implausible(one, published):
            column, why = implausible
            refused.append(Refusal(part, one.number, column, one.cells[column], why))
        else:
            sound.append(one)
    return sound, sorted(refused, key=lambda one: one.proposal or 0)


def _table(several: Sequence[Answered], published: dt.date) -> Table:
    """Read and check the proposals as the rows of a claims.csv, with what is needed there and not asked for."""
    rows = [
        {
            **one.cells,
            "claim_id": f"proposal-{one.number}",
            "source_id": "report",
            "root": "report",
            "reported": published.isoformat(),
        }
        for one in several
    ]
    cells = pd.DataFrame(rows, columns=[column.name for column in CLAIMS], dtype=str).fillna("")
    table = Table("answer", cells, np.array([one.number for one in several], dtype=np.int64), [])
    check_tables({"claims": typed(table, CLAIMS)}, {"claims": table}, frozenset())
    return table


def _implausible(one: Answered, published: dt.date) -> tuple[str, str] | None:
    """Give the column of a day that the report cannot mean, and why."""
    latest = AFTER if one.cells["status"] in _HAPPENED else AHEAD
    for column in ("date_start", "date_end"):
        if not one.cells[column]:
            continue
        after = dt.date.fromisoformat(one.cells[column]) - published
        if after > latest:
            return column, "is too long after the day of publication"
        if after < -LONG_AGO:
            return column, "is too long before the day of publication to be no history"
    return None
