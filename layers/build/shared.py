"""Ids that a collection shares with another input though their rows differ: what one of them says of it is not in the set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from layers.build.inputs import InputKind
from layers.build.settling import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np

    from layers.build.inputs import Input

__all__ = ["MOST_SHARED", "Shared"]

MOST_SHARED: Final = 20
"""Ids that are named; of more it is told how many there are."""

_CAME: Final = ("file", "line", "row_version")

Note = dict[str, Any]


class Shared:
    """Ids that several inputs give to rows of theirs, which a set takes for those of one thing."""

    def __init__(self) -> None:
        """Begin with none."""
        self._notes: list[Note] = []
        self._count = 0

    def told(self) -> dict[str, Any]:
        """Give how many there are, and `MOST_SHARED` of them: the table, the id, and the names of the inputs."""
        return {"count": self._count, "some": self._notes}

    def add(self, told: dict[str, Any]) -> None:
        """Add those that were told elsewhere."""
        self._notes = (self._notes + told["some"])[:MOST_SHARED]
        self._count += told["count"]

    def see_named(self, table: str, rows: pa.Table, owner: np.ndarray, inputs: Sequence[Input]) -> None:
        """Look at rows of what claims name, of which the first column is the id.

        Args:
            table: Its name.
            rows: Of all inputs.
            owner: Of each row the number of its input among them.
            inputs: The inputs.
        """
        ids = rows.column(0).to_pandas()
        again = ids.duplicated(keep=False).to_numpy()
        some = rows.filter(pa.array(again)).to_pandas()
        cells = pd.util.hash_pandas_object(some, index=False).to_numpy()
        known = pd.DataFrame({"id": ids[again].to_numpy(), "of": owner[again], "cells": cells})
        kinds = [one.kind is InputKind.COLLECTION for one in inputs]
        known["mine"] = [kinds[at] for at in known["of"]]
        known["file"] = [inputs[at].name for at in known["of"]]
        self._see(table, known)

    def see_claims(self, claims: pa.Table) -> None:
        """Look at rows of claims before one of each is chosen; those of a data set's rows are meant to be the same."""
        mine = pc.unique(claims["claim_id"].filter(pc.equal(claims["dataset"], "")))
        held = claims.filter(pc.is_in(claims["claim_id"], value_set=mine))
        again = held["claim_id"].to_pandas().duplicated(keep=False).to_numpy()
        if not again.any():
            return
        some = held.filter(pa.array(again)).to_pandas()
        cells = pd.util.hash_pandas_object(some.drop(columns=list(_CAME)), index=False).to_numpy()
        known = pd.DataFrame({"id": some["claim_id"], "cells": cells, "file": some["file"]})
        known["mine"] = some["dataset"].eq("")
        self._see("claims", known)

    def see_taken(self, rows: pd.DataFrame) -> None:
        """Look at the claims that `layers.build.settling.settled` has taken away."""
        mine = rows[rows["dataset"].eq("") & rows["file"].ne(rows["file_kept"])]
        self._add(
            "claims", zip(mine["claim_id"], zip(mine["file_kept"], mine["file"], strict=True), strict=True)
        )

    def see_events(self, claims: pa.Table, events: pa.Table) -> None:
        """Look at events whose rows differ: their claims are of one input, but where two collections have their id.

        Args:
            claims: Those that count.
            events: The rows of all inputs.
        """
        rows = events.to_pandas().drop_duplicates()["event_id"]
        differ = pa.array(rows[rows.duplicated()].unique(), pa.large_string())
        known = claims.select(["event_id", "claim_id", "file"])
        known = known.filter(pc.and_(grouped(known), pc.is_in(known["event_id"], value_set=differ)))
        files = known.select(["event_id", "file"]).to_pandas().drop_duplicates()
        self._add("events", _by_id(files.rename(columns={"event_id": "id"})))

    def _see(self, table: str, known: pd.DataFrame) -> None:
        """Add the ids whose rows differ, where any is a collection's own."""
        by = known.groupby("id", sort=False)
        wanted = by["cells"].transform("nunique").gt(1) & by["mine"].transform("any")
        self._add(table, _by_id(known.loc[wanted, ["id", "file"]].drop_duplicates()))

    def _add(self, table: str, found: Iterable[tuple[str, Sequence[str]]]) -> None:
        notes = [{"table": table, "id": one, "inputs": list(files)} for one, files in found]
        self.add({"count": len(notes), "some": notes[:MOST_SHARED]})


def _by_id(known: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Give the ids that are of several files, with these."""
    again = known[known["id"].duplicated(keep=False)]
    return [(str(one), files.tolist()) for one, files in again.groupby("id", sort=False)["file"]]
