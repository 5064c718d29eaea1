"""Put what was made of a file into a collection: each row once, a newer version as a revision, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.imports.merging.checks import Checks
from claims.imports.merging.digests import digests
from claims.imports.merging.fates import Fate, Fates
from claims.imports.merging.revisions import Revisions
from claims.imports.merging.spool import Spool
from claims.imports.merging.tally import Tally
from claims.imports.rows import Notice
from claims.model import ROLES
from geo.errors import FaultsError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    import numpy.typing as npt

    from claims.imports.merging.bases import Remade
    from claims.imports.merging.revisions import Tables
    from claims.imports.merging.targets import Target
    from claims.imports.rows import Made
    from geo.errors import Fault

__all__ = ["merge"]

_NAMING: Final = ["source_id", "actors", *(f"{role}_id" for role in ROLES)]
_NAMED: Final = ("sources", "actors", "places")
_HELD: Final = (Fate.REVISED, Fate.UNTIED)
_SAID: Final = {
    Fate.OLDER: "is older than what is held, which stays",
    Fate.REPEATED: "stands in the file before, and is taken once",
    Fate.OUTDATED: "stands in the file in a newer version too, which is taken",
    Fate.WITHDRAWN: "was withdrawn from the collection, and stays away",
}


def merge(
    target: Target,
    made: Iterable[Made],
    faults: list[Fault],
    *,
    file: str,
    remade: Remade,
    gazetteer: Container[str],
    check: bool = False,
) -> Tally:
    """Merge rows into a target by their claim_id.

    A row whose claim is not held is added, with what it names. One that is held with the same row of the file, read in the
    same way, changes nothing. Any other is revised, unless its version is an older one; what a person has changed since
    stays (`claims.imports.merging.revising`). A claim that somebody withdrew stays away.

    Args:
        target: The collection.
        made: What was made of the file, chunk by chunk; its claims, events and imports are of the same rows, in one order.
        faults: To which whoever makes the rows adds each fault.
        file: What faults and notices call the file.
        remade: Makes tables again of rows that were imported before, as `claims.imports.merging.bases` asks for them;
            rows that it can make nothing of are not among them.
        gazetteer: The shipped places.
        check: Find out only what would happen.

    Raises:
        FaultsError: With the faults of all rows; whoever opened the target then keeps nothing of what was added.
    """
    tally = Tally()
    with Spool() as spool, Fates() as fates:
        fates.hold(target)
        checks = Checks(file, gazetteer, fates.known)
        for one in made:
            # Text that lies in Arrow's memory is checked and written the sooner.
            tables = {name: rows.astype("str") for name, rows in one.tables.items()}
            made_of = pd.Series(digests(tables["claims"], tables["events"]), dtype="str")
            tables["imports"] = tables["imports"].assign(made=made_of.to_numpy(dtype=object)).astype("str")
            faults += checks.faults_of(tables)
            tally.tell("made", one.notices)
            fates.read(tables["imports"])
            spool.put(tables)
        faults += fates.decide(file, (tables["imports"] for tables in spool))
        _refuse(faults)
        revisions = Revisions(target, checks, remade, faults, tally)
        steps = _Steps(target, fates, revisions, tally)
        for tables in spool:
            steps.take(tables, check=check)
        _refuse(faults)
    tally.sum_up()
    return tally


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise FaultsError(sorted(faults, key=lambda fault: fault.line or 0), done="imported")


@dataclass(slots=True)
class _Steps:
    """The merging of one chunk after the other."""

    target: Target
    fates: Fates
    revisions: Revisions
    tally: Tally
    read: int = 0

    def take(self, tables: Tables, *, check: bool) -> None:
        """Merge the rows of a chunk, or only count them."""
        fate = self.fates.of(self.read, len(tables["claims"]))
        self.read += len(fate)
        self.tally.fates += Counter(map(Fate, fate.tolist()))
        self._tell(tables["imports"], fate)
        revised, new = self.revisions.of(_rows(tables, np.isin(fate, _HELD))), _rows(tables, fate == Fate.NEW)
        for claims in (new["claims"], revised["claims"]):
            self.tally.reach(pd.concat([claims["date_start"], claims["date_end"]]).unique().tolist())
        if len(fate) and not check and not self.revisions.faults:
            self._write(tables, new, revised)

    def _write(self, tables: Tables, new: Tables, revised: Tables) -> None:
        """Write rows, each after those that it names."""
        shipped = self.revisions.checks.gazetteer
        if len(new["claims"]) == len(tables["claims"]):  # as most often; what was made is what they name
            named = {name: tables[name] for name in _NAMED}
            named["places"] = _unshipped(named["places"], shipped)
        else:
            claims = pd.concat([rows["claims"][_NAMING] for rows in (new, revised)])
            named = _named(claims, tables, shipped)
        for name, rows in named.items():
            self._put(name, rows)
        if self.fates.fresh and new["events"]["event_id"].equals(new["claims"]["claim_id"]):
            # Each is new, and so is its event: none of them need be asked for.
            for name in ("events", "claims", "imports"):
                self.target.add(name, new[name])
            return
        self._put("events", new["events"])
        self._put("events", revised["events"], revise=True)
        for name in ("claims", "imports"):
            if len(new[name]):
                # A row is new because its claim is not held, so this need not be asked again.
                self.fates.keep(name, new[name]["claim_id"].tolist())
                self.target.add(name, new[name])
            self._put(name, revised[name], revise=True)

    def _put(self, name: str, rows: pd.DataFrame, *, revise: bool = False) -> None:
        """Add the rows that are not held, and leave the others or put them in the place of those."""
        if rows.empty:
            return
        ids = rows.iloc[:, 0]
        new = self.fates.new(name, ids.tolist())
        if len(new) == len(ids):  # as most often
            self.target.add(name, rows)
            return
        unheld = ids.isin(new).to_numpy()
        if unheld.any():
            self.target.add(name, rows[unheld].drop_duplicates(ids.name))
        if revise and not unheld.all():
            self.target.revise(name, rows[~unheld])

    def _tell(self, imports: pd.DataFrame, fate: npt.NDArray[Any]) -> None:
        """Tell of each row that is passed over."""
        for one, why in _SAID.items():
            rows = imports[fate == one]
            told = zip(rows["line"], rows["claim_id"], strict=True)
            notices = [
                Notice(self.revisions.checks.file, int(line or 0), f"{claim_id} {why}")
                for line, claim_id in told
            ]
            self.tally.tell(why, notices)


def _rows(tables: Tables, chosen: npt.NDArray[np.bool_]) -> dict[str, pd.DataFrame]:
    """Give the claims and imports of some rows with their events, and all that they may name."""
    if chosen.all():
        return dict(tables)
    claims, events = tables["claims"][chosen], tables["events"]
    # Rows of one id have events of one id: which of these is whose is told by their order.
    own = (
        events[chosen] if len(events) == len(chosen) else events[events["event_id"].isin(claims["event_id"])]
    )
    return {**tables, "claims": claims, "events": own, "imports": tables["imports"][chosen]}


def _unshipped(places: pd.DataFrame, shipped: Container[str]) -> pd.DataFrame:
    known = np.array([place_id in shipped for place_id in places["place_id"].tolist()], dtype=bool)
    return places[~known] if known.any() else places


def _named(claims: pd.DataFrame, tables: Tables, shipped: Container[str]) -> dict[str, pd.DataFrame]:
    """Give the sources, actors and places that claims name, with the sources and actors that these name.

    Places that are shipped are left out.
    """
    actors = pd.Series(claims["actors"].unique()).str.split(";").explode().str.strip()
    named = pd.concat([claims[f"{role}_id"] for role in ROLES]).unique().tolist()
    places = [place_id for place_id in named if place_id not in shipped]
    return {
        "sources": _with_named(tables["sources"], claims["source_id"], "repeats"),
        "actors": _with_named(tables["actors"], actors, "parent"),
        "places": tables["places"][tables["places"]["place_id"].isin(places)],
    }


def _with_named(rows: pd.DataFrame, ids: pd.Series, column: str) -> pd.DataFrame:
    """Give the rows of these ids, and those that they name in a column, however often."""
    chosen = rows.iloc[:, 0].isin(ids.unique())
    while (more := chosen | rows.iloc[:, 0].isin(rows[column][chosen].unique())).sum() > chosen.sum():
        chosen = more
    return rows[chosen]
