"""A table of a folder kept as columns, whose rows are made as they are asked for: a million of them fit into memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from claims.store.contents import Sheet
from geo.files.csvwriting import csv_pieces, row_begins

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ColumnSheet", "Rows"]

_BATCH = 10_000


class Rows(Sequence[Mapping[str, str]]):
    """The rows of a table by column."""

    def __init__(self, table: pa.Table) -> None:
        """Keep a table of columns of text without nulls."""
        self.table = table

    def __len__(self) -> int:
        """Give their number."""
        return int(self.table.num_rows)

    @overload
    def __getitem__(self, at: int) -> Mapping[str, str]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mapping[str, str]]: ...
    def __getitem__(self, at: int | slice) -> Mapping[str, str] | Sequence[Mapping[str, str]]:
        """Give one row, or some as a list."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        row: Mapping[str, str] = self.table.slice(number, 1).to_pylist()[0]
        return row

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        """Give the rows one by one."""
        for batch in self.table.to_batches(max_chunksize=_BATCH):
            yield from batch.to_pylist()


@dataclass(frozen=True, slots=True)
class ColumnSheet(Sheet):
    """A table whose rows are `Rows`."""

    rows: Rows

    @classmethod
    def of(cls, table: pa.Table) -> ColumnSheet:
        """Make one of a table of columns of text without nulls."""
        return cls(tuple(table.column_names), Rows(table))

    def written(self) -> tuple[str, list[int]]:
        """Write CSV in its plain form, and tell on which line each row begins."""
        text = b"".join(csv_pieces(self.rows.table)).decode()
        return text, row_begins(self.rows.table)
