"""The rows of a collection that a newer version of what they came from revises."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.imports.merging.bases import bases
from claims.imports.merging.revising import revise
from claims.imports.rows import Notice
from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.imports.merging.bases import Bases, Remade
    from claims.imports.merging.checks import Checks
    from claims.imports.merging.tally import Tally
    from claims.imports.merging.targets import Target

    Tables = Mapping[str, pd.DataFrame]

__all__ = ["Revisions"]

_KEPT: Final = "keeps what was changed by hand ({}: the file says what is in brackets)"
_UNSURE: Final = (
    "keeps what its row is not read as today, changed by hand or read otherwise before ({}: the file says what is in "
    "brackets)"
)
_OTHERWISE: Final = "is of the same row, and read otherwise than before ({}: what is in brackets was held)"
_LOST: Final = "is new all over, for what was held cannot be made again ({}: what is in brackets was held)"
_TOGETHER: Final = "{}, together with what was changed by hand"


@dataclass(frozen=True, slots=True)
class Revisions:
    """What revises the rows of a target.

    Attributes:
        target: Which holds them.
        checks: What they are held to; they know the file.
        remade: Makes tables again of rows that were imported before.
        faults: To which faults are added.
        tally: To which it is added what is told of single rows.
    """

    target: Target
    checks: Checks
    remade: Remade
    faults: list[Fault]
    tally: Tally

    def of(self, rows: Tables) -> dict[str, pd.DataFrame]:
        """Give the claims, events and imports that are not yet as they shall be.

        Args:
            rows: The newer version, of claims that the target holds; with all that it names.
        """
        if rows["claims"].empty:
            return dict(rows)
        new, lines = _keyed(rows["claims"]), _keyed(rows["imports"])["line"]
        held, imports = (self.target.held(name, new.index.tolist()) for name in ("claims", "imports"))
        base = self._bases(held.loc[imports.index], imports)
        claims = revise(held, base.claims, new)
        self._refuse_others(new[~new.index.isin(imports.index)], held, lines)
        self._tell(_KEPT, _but(claims.kept, base.unsure), lines)
        self._tell(_UNSURE, _only(claims.kept, base.unsure), lines)
        again = imports.index[imports["row"].eq(_keyed(rows["imports"])["row"].reindex(imports.index))]
        self._tell(_OTHERWISE, _only(claims.taken, again), lines)
        self._tell(_LOST, claims.lost, lines)
        events = self._events(claims.rows, base.events, _keyed(rows["events"].drop_duplicates("event_id")))
        now = self._of_their_kind(claims.rows, held, events, lines)
        self._check(
            {
                **rows,
                "claims": now.reset_index(names="claim_id"),
                "events": events.reset_index(names="event_id"),
            }
        )
        differ = now.ne(held.loc[now.index, now.columns]).any(axis="columns")
        return {
            **rows,
            "claims": now[differ].reset_index(names="claim_id"),
            "events": events.reset_index(names="event_id"),
        }

    def _bases(self, claims: pd.DataFrame, imports: pd.DataFrame) -> Bases:
        """Find out what held claims and their events were made into."""
        sources = self.target.held("sources", claims["source_id"].unique().tolist())
        published = claims["source_id"].map(sources["published"]).fillna("")
        events = self.target.held("events", claims["event_id"].unique().tolist())
        return bases(claims, events, imports, published, self.remade)

    def _refuse_others(self, untied: pd.DataFrame, held: pd.DataFrame, lines: pd.Series) -> None:
        """Refuse rows whose claim is held and came from nowhere, unless it says what the row says."""
        same = held.loc[untied.index, untied.columns].eq(untied).all(axis="columns")
        why = "is the id of a claim that no import brought"
        todo = "give that claim another id, or leave the row out"
        for claim_id in untied.index[~same.to_numpy(dtype=bool)]:
            self.faults.append(
                Fault(self.checks.file, _line(lines[claim_id]), "id", str(claim_id), why, todo)
            )

    def _events(self, claims: pd.DataFrame, base: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
        """Give the events of the claims that are new or that nothing else is told of, as they shall be."""
        named = new[new.index.isin(claims["event_id"])]
        held = self.target.held("events", named.index.tolist())
        shared = self.target.shared(held.index.tolist())
        rows = revise(held, base, named[named.index.isin(held.index) & ~named.index.isin(shared)]).rows
        differ = rows.ne(held.loc[rows.index, rows.columns]).any(axis="columns")
        return pd.concat([rows[differ], named[~named.index.isin(held.index)]])

    def _of_their_kind(
        self, claims: pd.DataFrame, held: pd.DataFrame, events: pd.DataFrame, lines: pd.Series
    ) -> pd.DataFrame:
        """Leave a claim its kind where it was put to an event of that kind."""
        others = self.target.held(
            "events", claims.loc[~claims["event_id"].isin(events.index), "event_id"].tolist()
        )
        kinds = (
            claims["event_id"].map(others["kind"])
            if len(others)
            else pd.Series(None, claims.index, dtype=object)
        )
        apart = (kinds.notna() & kinds.ne(claims["kind"])).to_numpy(dtype=bool)
        notices = []
        for claim_id, cells in claims[apart].iterrows():
            said = (
                f"{claim_id} is {cells['kind']} in the file now, and stays {held['kind'][claim_id]} as the event "
                f"{cells['event_id']} that it was put to; part them if that is wrong"
            )
            notices.append(Notice(self.checks.file, _line(lines[claim_id]), said))
        self.tally.tell("kind", notices)
        return claims.assign(kind=claims["kind"].mask(apart, held["kind"].reindex(claims.index)))

    def _tell(self, said: str, cells: Mapping[str, str], lines: pd.Series) -> None:
        notices = [
            Notice(self.checks.file, _line(lines[claim_id]), f"{claim_id} {said.format(told)}")
            for claim_id, told in cells.items()
        ]
        self.tally.tell(said, notices)

    def _check(self, revised: Tables) -> None:
        """Look whether new cells and those that stay go together."""
        found = self.checks.faults_of(revised)
        self.faults.extend(
            dataclasses.replace(
                fault, why=_TOGETHER.format(fault.why), todo=f"{fault.todo} there, or leave the row out"
            )
            for fault in found
        )


def _only(cells: Mapping[str, str], ids: pd.Index) -> dict[str, str]:
    chosen = set(ids)
    return {claim_id: told for claim_id, told in cells.items() if claim_id in chosen}


def _but(cells: Mapping[str, str], ids: pd.Index) -> dict[str, str]:
    left = set(ids)
    return {claim_id: told for claim_id, told in cells.items() if claim_id not in left}


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.set_index(rows.columns[0])


def _line(cell: str) -> int:
    return int(cell or 0)
