"""What the rows of a target were made into when they were imported, by which a person's changes are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
import pandas as pd

from claims.imports.merging.digests import digests
from claims.imports.rows import MADE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Remade = Callable[[pd.DataFrame, str], Mapping[str, pd.DataFrame]]

__all__ = ["Bases", "bases"]


@dataclass(frozen=True, slots=True, eq=False)
class Bases:
    """What held claims and their events were made into; the ids are the index.

    Attributes:
        claims: Of those claims that are untouched or can be made again.
        events: Likewise.
        untouched: Claims that are as they were made.
        unsure: Claims that are not, and whose rows are made into something else today than they were then.
    """

    claims: pd.DataFrame
    events: pd.DataFrame
    untouched: pd.Index
    unsure: pd.Index


def bases(
    claims: pd.DataFrame, events: pd.DataFrame, imports: pd.DataFrame, published: pd.Series, remade: Remade
) -> Bases:
    """Find out what held claims were made into.

    Rows are made again as the user says of the file today, and with the days on which the held edition may have come out:
    what has the digest of what was made then is that.

    Args:
        claims: The held claims that an import brought, with their ids as index.
        events: The events that are held.
        imports: The rows that they came from, in the same order.
        published: Of each claim the ISO day on which its source came out; "" where it says none.
        remade: Makes tables again of rows, given as a frame of their cells as written, and the ISO day on which the data
            set came out, "" for the day that the user says.
    """
    own = digests(claims.reset_index(), events.reindex(claims["event_id"], fill_value=""))
    then = imports["made"]
    same = then.eq(pd.Series(own, index=then.index, dtype=object))
    untouched, rest = imports.index[same], imports[~same]
    found, apart = _remade(rest, then, "", remade)
    unmet = rest[~rest.index.isin(found["claims"].index) & rest["made"].ne("")]
    for days in (_days(unmet["row_version"]), published.reindex(unmet.index)):
        for day, ids in days[days.ne("")].groupby(days).groups.items():
            again, _ = _remade(unmet.loc[ids.difference(found["claims"].index)], then, str(day), remade)
            found = {name: pd.concat([found[name], again[name]]) for name in found}
    unsure = rest.index.difference(found["claims"].index)
    based = {name: pd.concat([found[name], apart[name][apart[name].index.isin(unsure)]]) for name in found}
    named = claims.loc[untouched, "event_id"].unique()
    return Bases(
        pd.concat([claims.loc[untouched], based["claims"]]),
        pd.concat([events[events.index.isin(named)], based["events"][~based["events"].index.isin(named)]]),
        untouched,
        unsure,
    )


def _days(versions: pd.Series) -> pd.Series:
    """Give the ISO days that versions are."""
    days = versions.str.slice(0, 10)
    return days.where(pd.to_datetime(days, format="%Y-%m-%d", errors="coerce").notna(), "")


def _remade(
    imports: pd.DataFrame, then: pd.Series, day: str, remade: Remade
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Make claims and events again of held rows: those that are as they were made then, and the others."""
    parts = [remade(cells, day) for cells in _alike(imports)]
    tables = {name: _put_together(name, parts) for name in ("claims", "events")}
    now = digests(tables["claims"], tables["events"])
    known = then.reindex(tables["claims"]["claim_id"]).eq(pd.Series(now, dtype=object).to_numpy()).to_numpy()
    keyed = {name: rows.set_index(rows.columns[0]) for name, rows in tables.items()}
    met, apart = ({name: rows[mask] for name, rows in keyed.items()} for mask in (known, ~known))
    return met, apart


def _put_together(name: str, parts: list[Mapping[str, pd.DataFrame]]) -> pd.DataFrame:
    none = pd.DataFrame(columns=list(MADE[name]), dtype=object)
    return pd.concat([none, *(part[name] for part in parts)], ignore_index=True)


def _alike(imports: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give the cells of rows, those together that have the same columns."""
    cells = [orjson.loads(row) for row in imports["row"]]
    columns = pd.Series([orjson.dumps(list(row)) for row in cells], dtype=object)
    for rows in columns.groupby(columns, sort=False).indices.values():
        yield pd.DataFrame([cells[row] for row in rows], dtype=str)
