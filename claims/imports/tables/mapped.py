"""Rows of any table made into claims, by a mapping of its columns."""

from __future__ import annotations

from collections import Counter
from itertools import compress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.imports.datasets.actors import actors
from claims.imports.datasets.crosswalk import UNSPECIFIED
from claims.imports.making import once, put_together
from claims.imports.naming import dataset_of
from claims.imports.quoting import quotes
from claims.imports.tables.mappedcounts import HowMany
from claims.imports.tables.mappedplaces import ENDS, Where
from claims.imports.tables.mappedrows import MappedRows
from claims.imports.tables.mappedsources import Sources
from claims.imports.tables.mapping import TableMapping, same_cell
from claims.imports.tables.unsaid import constant_faults, unsaid
from claims.imports.tables.ways import Ways
from claims.imports.tables.whentold import When
from claims.imports.tables.worded import WordColumn
from claims.imports.uniquely import each
from claims.model import Kind, Modality, Status
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.imports.converting import Asked
    from claims.imports.rows import Chunk, Made, Notice
    from geo.gazetteer import Gazetteer

__all__ = ["EMPTY", "NOBODY", "TableConverter", "converter"]

EMPTY: Final = "a row without anything in it"
NOBODY: Final = "a row that counts nobody"

MOST_ACTORS: Final = 20
"""Actors of a row; a cell that names more holds something else."""


def converter(asked: Asked, header: Sequence[str], gazetteer: Gazetteer) -> TableConverter:
    """Give what makes claims of a table's rows.

    Raises:
        FaultsError: With each mapped column that is missing, and with what the user has to say first.
    """
    return TableConverter(asked, TableMapping.of(asked), header, gazetteer)


class TableConverter:
    """Makes claims of the rows of a table.

    Attributes:
        dataset: What rows are counted to.
        outlet: Who published all rows; "" where a column says it.
        left: How many rows were passed over so far, by what they are.
    """

    def __init__(
        self,
        asked: Asked,
        mapping: TableMapping,
        header: Sequence[str],
        gazetteer: Gazetteer,
        *,
        flow: bool = False,
    ) -> None:
        """Make claims of rows by a mapping.

        Args:
            asked: What the user says of the file.
            mapping: What the parts of a claim are made of.
            header: The table's columns.
            gazetteer: The places known so far.
            flow: Whether the rows are counts of flows: of a period all days are meant, and a count of 0 is no crossing.

        Raises:
            FaultsError: With each mapped column that is missing, and with what the user has to say first.
        """
        faults = unsaid(asked, mapping, header) or constant_faults(asked, mapping, gazetteer)
        if faults:
            raise FaultsError(faults, done="imported")
        self.left: Counter[str] = Counter()
        # Two equal counts of a flow are two groups of people.
        self._seen: Counter[str] | None = Counter() if flow else None
        self._asked, self._mapping, self._flow = asked, mapping, flow
        self._none = frozenset(map(same_cell, asked.none))
        self.dataset = dataset_of(asked.dataset, PurePath(asked.name).stem or asked.name)
        self.outlet = "" if "outlet" in mapping.columns else mapping.constants.get("outlet", asked.outlet)
        self._when = When(asked, mapping, throughout=flow)
        self._many = HowMany(asked, mapping)
        self._where = Where(asked, mapping, gazetteer, asked.outlet or asked.name)
        self._sources = Sources(asked, mapping)
        self._ways = Ways(asked, mapping, self._where.code) if mapping.says("direction") else None
        self._words = {
            ours: WordColumn(ours, mapping.columns.get(ours, f"--set {ours}"), mapping.meanings.get(ours, {}))
            for ours in ("kind", "status", "modality")
        }

    def made(self, chunk: Chunk, faults: list[Fault]) -> Made:
        """Make claims of the rows without a fault; each other row is a fault, under one of a column, or in `left`."""
        rows = MappedRows(self._asked.name, chunk, faults, self._mapping, self._seen, none=self._none)
        self._leave(rows)
        notices: list[Notice] = list(once(rows, "id", "version", self.left))
        rows.needed("id")
        kinds = rows.text("kind_meant").to_numpy()
        countries = self._where.countries(rows, notices)
        said: dict[str, dict[str, np.ndarray]] = {
            "words": {
                "status": self._words["status"].read(rows, otherwise=str(Status.REPORTED)),
                "modality": self._words["modality"].read(rows, otherwise=str(Modality.ASSERTED)),
            },
            "when": self._when.read(rows, kinds, notices),
            "many": self._many.read(rows),
            "where": self._where.read(rows, countries),
            "source": self._sources.read(rows, notices),
            "ways": self._ways.read(rows, countries) if self._ways else {},
            "kinds": {"kind": kinds},
        }
        many = each(rows.text("actor"), lambda cell: cell.count(";") >= MOST_ACTORS, "bool")
        rows.fault_where(
            "actor", many, f"names over {MOST_ACTORS} actors", "part them by ;, or map another column"
        )
        self._leave_nobody(rows, said["many"])
        sound = rows.sound
        said = {part: {name: cells[sound] for name, cells in of.items()} for part, of in said.items()}
        rows.only(sound)
        return self._made(rows, said, notices)

    def _leave(self, rows: MappedRows) -> None:
        """Let go of empty rows, and of those that are no movement, posture or change unless they are asked for."""
        empty = np.ones(len(rows), dtype=bool)
        for cells in rows.columns:
            empty[empty] = [not cell.strip() for cell in compress(cells, empty)]
            if not empty.any():  # as most often after the first column
                break
        self.left[EMPTY] += int(empty.sum())
        rows.only(~empty)
        kinds = self._words["kind"].read(rows)
        rows.put("kind_meant", kinds)
        if not self._asked.context:
            other = (kinds == Kind.OTHER) & rows.sound
            self.left.update(rows.text("kind")[other].value_counts().to_dict())
            rows.only(~other)
        self.left += Counter()  # without what was counted as 0

    def _leave_nobody(self, rows: MappedRows, many: dict[str, np.ndarray]) -> None:
        """Let go of the rows of a flow that count nobody: they tell that nothing crossed."""
        if not self._flow or "count" not in many:
            return
        nobody = (many["count"] == "0") & rows.sound
        if nobody.any():
            self.left[NOBODY] += int(nobody.sum())
            rows.mark(nobody)

    def _made(self, rows: MappedRows, said: dict[str, dict[str, np.ndarray]], notices: list[Notice]) -> Made:
        kinds = said["kinds"]["kind"]
        where, own, told = self._where.placed(rows, kinds, said["where"])
        if self._ways:
            self._where.headed(where, said["ways"])
        source, sources = self._sources.made(said["source"])
        who, named = actors(_named(rows.text("actor")))
        claims: dict[str, Any] = {
            "kind": kinds,
            **said["words"],
            **said["when"],
            **said["many"],
            **source,
            **where,
            **who,
            **{name: rows.text(name).to_numpy() for name in ("route", "speakers", "note")},
            **quotes(rows.raw("quote"), rows.columns),
        }
        tables = {"sources": sources, "actors": named, "places": own}
        ids, versions = rows.text("id"), rows.text("version")
        return put_together(
            rows, self.dataset, ids, versions, claims, _titles(kinds, where), tables, [*notices, *told]
        )


def _named(cells: pd.Series) -> list[tuple[pd.Series, np.ndarray]]:
    """Give the actors of rows, a column for the first of each row, the second ..., all of no type that is known."""
    codes, different = pd.factorize(cells)
    parted = [[name.strip() for name in cell.split(";")] for cell in different]
    types = np.full(len(cells), UNSPECIFIED, dtype=object)
    columns = []
    for at in range(max(map(len, parted), default=1)):
        names = np.array([parts[at] if at < len(parts) else "" for parts in parted] or [""], dtype=object)
        columns.append(pd.Series(names[codes], dtype=object))
    return [(column, types) for column in columns]


def _titles(kinds: np.ndarray, where: dict[str, np.ndarray]) -> np.ndarray:
    """Call events by what happened and where."""
    named = {kind: str(kind).replace("_", " ").capitalize() for kind in map(str, Kind)}
    titles: np.ndarray = np.array([named[kind] for kind in kinds], dtype=object)
    ends = (where["origin"] != "") & (where["destination"] != "")
    place = np.where(ends, where["origin"] + " to " + where["destination"], "")
    for end in ENDS:
        place = np.where(place == "", where[end], place)
    return np.where(place != "", titles + ", " + place, titles)
