"""CSV and its like read as text: many rows at once where a file is well formed, row by row to name what is not."""

from __future__ import annotations

import io
import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from claims.imports.files.blocks import Laid, laid_out
from claims.imports.files.encoded import LONGEST_LINE, lines_of, unreadable
from claims.imports.files.foreign import Format, cells_of, enough, fitting, must_be_a_header
from claims.imports.files.headers import no_such_line, text_must_begin_later
from claims.imports.rows import Chunk
from geo.errors import Fault, FaultsError
from geo.files.csvfiles import Rows

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

__all__ = ["DelimitedTable"]

_BLOCK: Final = (
    LONGEST_LINE  # so that a block without a whole row holds a line that is too long, or an open quote
)
_START: Final = 1 << 16  # bytes that show whether the first line is a title
_DELIMITERS: Final = ",;\t|"
_QUOTED: Final = re.compile(rb'"[^"]*"?')


class DelimitedTable:
    """A file of text cells (RFC 4180), with comma, semicolon, tab or upright bar between them.

    Which of those it is, the header says, by having most of it; blank lines are no rows. A block of some megabytes is held
    at a time.

    Attributes:
        name: What faults call it.
        format: TSV where tabs stand between cells, else CSV.
        delimiter: What stands between them.
        header: Its columns.
        sheets: None.
    """

    sheets: tuple[str, ...] = ()

    def __init__(self, file: BinaryIO, name: str, begins: int = 0, header: int = 0) -> None:
        """Read the header.

        Args:
            file: Its bytes in UTF-8; they can be sought in.
            name: What faults call it.
            begins: Where its text begins.
            header: The line that names its columns, from 1; 0 for the first that is not blank.

        Raises:
            FaultsError: It is empty, is no text, or its header cannot be used.
        """
        self.name = name
        self._file, self._begins = file, begins
        self._line = 1
        if header:
            self._pass_lines(header)
        else:
            self._pass_blank_lines()
            self._refuse_a_title()
        self._file.seek(self._begins)
        self.delimiter = _delimiter(self._file.readline(_BLOCK))
        self.format = Format.TSV if self.delimiter == "\t" else Format.CSV
        self.header = self._read_header()

    def chunks(self, faults: list[Fault], *, rows: int = 20_000) -> Iterator[Chunk]:
        """Give its rows, as `ForeignTable` says."""
        at, line = self._begins, self._line
        while not enough(faults, self.name, line):
            self._file.seek(at)
            block = self._file.read(_BLOCK)
            if not block:
                return
            laid = laid_out(block, self.delimiter, last=len(block) < _BLOCK)
            if laid is None:
                self._file.seek(at)
                yield from self._row_by_row(lines_of(self._file, self.name, line), line, faults, rows)
                return
            whole = block[: laid.length]
            table = self._at_once(whole, laid)
            if table is not None:
                yield from _slices(table, line + laid.begins, rows)
            else:
                lines = lines_of(io.BytesIO(whole), self.name, line)
                broken = yield from self._row_by_row(lines, line, faults, rows)
                if broken:
                    return
            at += laid.length
            line += laid.lines

    def _pass_blank_lines(self) -> None:
        self._file.seek(self._begins)
        start = self._file.read(_BLOCK)
        blank = start[: len(start) - len(start.lstrip(b"\r\n"))]
        self._begins += len(blank)
        self._line += len(blank.splitlines())

    def _pass_lines(self, header: int) -> None:
        """Move to the line that is said to be the header."""
        self._file.seek(self._begins)
        lines = lines_of(self._file, self.name)
        passed = sum(len(line.encode("utf-8", "surrogateescape")) for line in islice(lines, header - 1))
        if not next(lines, "").strip("\r\n"):
            raise FaultsError([no_such_line(self.name, header)])
        self._begins += passed
        self._line = header

    def _refuse_a_title(self) -> None:
        """Raise FaultsError where the first line is plainly no header, whatever stands between the cells of later ones."""
        self._file.seek(self._begins)
        usual = _delimiter(self._file.readline(_BLOCK))
        self._file.seek(self._begins)
        start = self._file.read(_START)
        lines = list(io.StringIO(start.decode("utf-8", "surrogateescape"), newline=""))
        whole = lines if len(start) < _START else lines[:-1]
        marks = [usual, *_DELIMITERS.replace(usual, "")]
        if later := text_must_begin_later(self.name, whole, marks, self._line):
            raise FaultsError([later])

    def _read_header(self) -> tuple[str, ...]:
        """Read the header, and move to where the first row begins."""
        self._file.seek(self._begins)
        lines: list[str] = []
        faults: list[Fault] = []
        taken = _kept(lines_of(self._file, self.name, self._line), lines)
        header = Rows(taken, self.name, faults, delimiter=self.delimiter, line=self._line).header
        if not header and not faults:
            todo = "begin it with a line that names its columns"
            faults.append(Fault(self.name, None, None, None, "is empty", todo))
        if faults:
            raise FaultsError(faults)
        found = must_be_a_header(self.name, header, self._line)
        self._begins += sum(len(line.encode("utf-8", "surrogateescape")) for line in lines)
        self._line += len(lines)
        return found

    def _at_once(self, block: bytes, laid: Laid) -> pa.Table | None:
        """Read whole rows; None where one of them has a fault."""
        if b"\0" in block:
            return None
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(block),
                read_options=arrow_csv.ReadOptions(column_names=self.header, block_size=2 * _BLOCK),
                parse_options=arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(self.header, pa.string()),
                    strings_can_be_null=False,
                    null_values=[],
                ),
            )
        except pa.ArrowInvalid:
            return None
        return table if table.num_rows == len(laid.begins) else None

    def _row_by_row(
        self, lines: Iterable[str], line: int, faults: list[Fault], most: int
    ) -> Generator[Chunk, None, bool]:
        """Read rows one by one and name what is wrong with each; tell whether the rest could not be read."""
        bounded = _until_enough(lines, self.name, faults, line)
        rows = Rows(
            bounded,
            self.name,
            faults,
            delimiter=self.delimiter,
            header=self.header,
            line=line,
            rows_may_go=True,
        )
        readable = self._readable(rows, faults)
        fit = fitting(self.header, self.name, most)
        while taken := list(islice(readable, fit)):
            numbers, cells = zip(*taken, strict=True)
            yield cells_of(self.header, cells, numbers)
        return rows.broken

    def _readable(
        self, rows: Iterable[tuple[int, list[str]]], faults: list[Fault]
    ) -> Iterator[tuple[int, list[str]]]:
        for line, cells in rows:
            fault = unreadable(self.name, line, self.header, cells)
            if fault is None:
                yield line, cells
            else:
                faults.append(fault)


def _kept(lines: Iterable[str], kept: list[str]) -> Iterator[str]:
    for line in lines:
        kept.append(line)
        yield line


def _until_enough(lines: Iterable[str], name: str, faults: list[Fault], line: int) -> Iterator[str]:
    for number, text in enumerate(lines, line):
        if enough(faults, name, number):
            raise FaultsError([])
        yield text


def _slices(table: pa.Table, lines: np.ndarray, most: int) -> Iterator[Chunk]:
    """Part a table into chunks of about one size, so that none is of a few rows."""
    count = -(-len(lines) // most)
    bounds = np.linspace(0, len(lines), count + 1, dtype=int)
    for start, end in pairwise(bounds.tolist()):
        yield Chunk(table.slice(start, end - start).to_pandas(), lines[start:end])


def _delimiter(first: bytes) -> str:
    """Give what stands most often between the cells of a line; a comma where nothing does."""
    unquoted = _QUOTED.sub(b"", first)
    return max(_DELIMITERS, key=lambda mark: unquoted.count(mark.encode()))
