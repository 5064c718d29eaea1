"""A sheet of an XLSX workbook read as text."""

from __future__ import annotations

import re
import tempfile
import zipfile
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import python_calamine as calamine

from claims.imports.files.foreign import Format, cells_of, enough, fitting, must_be_a_header
from claims.imports.files.headers import LOOKED_AT, must_be_later, no_such_line
from claims.imports.files.sheetparts import UNCALCULATED, Looked
from claims.imports.files.written import written
from claims.imports.whole.partial import must_be_foreign_sheets
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims.imports.files.zips import Unzipped
    from claims.imports.rows import Chunk

__all__ = ["WhichSheetError", "WorkbookTable", "opened_workbook"]

_PART: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:[^/]+\.xml|_rels/[^/]+\.rels|worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)
_STRINGS: Final = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_ERRORS: Final = frozenset(
    f"#{error}"
    for error in (
        "REF!",
        "DIV/0!",
        "VALUE!",
        "NAME?",
        "NUM!",
        "NULL!",
        "N/A",
        "SPILL!",
        "CALC!",
        "FIELD!",
        "BLOCKED!",
    )
) | {UNCALCULATED}
_SAVE: Final = "save it again as .xlsx, or as CSV"


class WhichSheetError(FaultsError):
    """A workbook of which the sheet that is wanted must be said."""

    def __init__(self, faults: Sequence[Fault], sheets: Sequence[str]) -> None:
        """Keep the sheets that there are."""
        super().__init__(faults)
        self.sheets = tuple(sheets)


class WorkbookTable:
    """A sheet, whose first row that is not blank, or the one that is said, is its header; blank rows are no rows.

    Formulas are read as the values that were kept of them. The whole sheet is in memory.

    Attributes:
        name: What faults call the workbook.
        format: XLSX.
        header: Its columns.
        sheets: All sheets of the workbook.
        sheet: The one that is read.
    """

    format = Format.XLSX

    def __init__(self, book: calamine.CalamineWorkbook, name: str, sheet: str, header: int = 0) -> None:
        """Read the header.

        Args:
            book: The workbook, looked through.
            name: What faults call it.
            sheet: Which sheet; may be empty where there is one.
            header: The row that names its columns, from 1; 0 for the first that is not blank.

        Raises:
            FaultsError: It must be said which sheet, the sheet cannot be read, or its header cannot be used.
        """
        self.name = name
        self.sheets = tuple(
            found.name for found in book.sheets_metadata if found.typ == calamine.SheetTypeEnum.WorkSheet
        )
        self.sheet = self._chosen(book, sheet)
        with _told(name, self.sheet):
            self._sheet = book.get_sheet_by_name(self.sheet)
        self._begins, columns = self._found(header)
        while columns and not columns[-1].strip():
            columns.pop()
        if not columns:
            todo = "choose a sheet whose first row names its columns"
            raise FaultsError([Fault(name, None, None, self.sheet, "is an empty sheet", todo)])
        bad = [cell for cell in columns if cell in _ERRORS]
        if bad:
            raise FaultsError([Fault(name, self._begins, None, *_error(cell)) for cell in bad])
        self.header = must_be_a_header(name, columns, self._begins)

    def chunks(self, faults: list[Fault], *, rows: int = 20_000) -> Iterator[Chunk]:
        """Give its rows, as `ForeignTable` says."""
        whole = self._whole(faults)
        fit = fitting(self.header, self.name, rows)
        while taken := list(islice(whole, fit)):
            lines, cells = zip(*taken, strict=True)
            yield cells_of(self.header, cells, lines)

    def _found(self, header: int) -> tuple[int, list[str]]:
        """Find the row of the header, and its number."""
        if header:
            found = next(((line, cells) for line, cells in self._rows() if line >= header), (0, []))
            if found[0] != header:
                raise FaultsError([no_such_line(self.name, header)])
            return found
        first = list(islice(self._rows(), LOOKED_AT))
        if later := must_be_later(self.name, first):
            raise FaultsError([later])
        return first[0] if first else (0, [])

    def _whole(self, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
        """Give the rows that have no fault."""
        width = len(self.header)
        for line, cells in self._rows():
            if line <= self._begins:
                continue
            if enough(faults, self.name, line):
                return
            found = [*self._errors(line, cells), *self._outside(line, cells[width:])]
            faults += found
            if not found:
                yield line, cells[:width] + [""] * (width - len(cells))

    def _errors(self, line: int, cells: Sequence[str]) -> Iterator[Fault]:
        if _ERRORS.isdisjoint(cells):
            return
        for column, cell in zip(self.header, cells, strict=False):
            if cell in _ERRORS:
                yield Fault(self.name, line, column, *_error(cell))

    def _outside(self, line: int, cells: Sequence[str]) -> Iterator[Fault]:
        if any(cells):
            value = next(filter(None, cells))
            todo = "name its column in the header, or empty it"
            yield Fault(self.name, line, None, value, "stands in a column without a name", todo)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give each row that is not blank with its number in the sheet, from 1."""
        with _told(self.name, self.sheet):
            for line, cells in enumerate(self._sheet.iter_rows(), 1):
                texts = [cell if type(cell) is str else written(cell) for cell in cells]
                if any(texts):
                    yield line, texts

    def _chosen(self, book: calamine.CalamineWorkbook, sheet: str) -> str:
        if sheet in self.sheets or (not sheet and len(self.sheets) == 1):
            return sheet or self.sheets[0]
        if not sheet:
            must_be_foreign_sheets(self.name, self.sheets)
        hidden = {
            found.name for found in book.sheets_metadata if found.visible != calamine.SheetVisibleEnum.Visible
        }
        named = ", ".join(f"{found!r}{' (hidden)' if found in hidden else ''}" for found in self.sheets)
        why = "is no sheet of it" if sheet else f"has {len(self.sheets)} sheets"
        todo = f"say which sheet: {named}" if self.sheets else "save it with a sheet that holds the table"
        raise WhichSheetError([Fault(self.name, None, None, sheet or None, why, todo)], self.sheets)


def _error(cell: str) -> tuple[str | None, str, str]:
    """Say of an error its value, why it is wrong and what to do."""
    if cell == UNCALCULATED:
        return (
            None,
            "has a formula that was never calculated",
            "open the workbook in a spreadsheet and save it",
        )
    return cell, "is an error", "mend the formula, or put a value in its place"


@contextmanager
def opened_workbook(archive: Unzipped, name: str, sheet: str, header: int = 0) -> Iterator[WorkbookTable]:
    """Open a workbook while the `with` block lasts.

    Its reader sees a copy of the parts that it needs, as they were judged, not the archive: what an archive says of itself
    in one place may differ from what it says in another.

    Args:
        archive: It, as `claims.imports.files.zips.opened_zip` opens it.
        name: What faults call it.
        sheet: Which sheet; may be empty where there is one.
        header: The row that names its columns, from 1; 0 for the first that is not blank.

    Raises:
        FaultsError: It cannot be unpacked, is no workbook, or the sheet or its header cannot be used.
    """
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        _copy(archive, copy, name)
        with _told(name, ""):
            book = calamine.CalamineWorkbook.from_path(copy.name)
        with book:
            yield WorkbookTable(book, name, sheet, header)


def _copy(archive: Unzipped, copy: Any, name: str) -> None:
    looked = Looked(name)
    parts = [part for part in archive.names if _PART.fullmatch(part)]
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as kept:
        # The texts come first: how long they are says how much the sheets hold.
        for part in sorted(parts, key=lambda part: not _STRINGS.fullmatch(part)):
            blocks = archive.blocks(part)
            if _STRINGS.fullmatch(part):
                blocks = looked.strings(blocks)
            # Which parts are sheets, the workbook says, and it may name any.
            _write(kept, part, looked.cells(part, blocks))
    copy.flush()


def _write(archive: zipfile.ZipFile, part: str, blocks: Iterable[bytes]) -> None:
    with archive.open(part, "w", force_zip64=True) as file:
        for block in blocks:
            file.write(block)


@contextmanager
def _told(name: str, sheet: str) -> Iterator[None]:
    """Make a fault of what the reader of workbooks raises."""
    try:
        yield
    except calamine.CalamineError as error:
        raise FaultsError([_unread(name, sheet, error)]) from None
    except BaseException as error:
        # What Rust gives up on is no Exception, and has no name to import.
        if type(error).__name__ != "PanicException":
            raise
        raise FaultsError([_unread(name, sheet, error)]) from None


def _unread(name: str, sheet: str, error: BaseException) -> Fault:
    return Fault(name, None, None, sheet or None, f"cannot be read as a workbook ({error})", _SAVE)
