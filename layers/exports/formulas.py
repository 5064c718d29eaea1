"""Cells that a spreadsheet would take for a formula, marked as text and told."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import strings
from layers.exports.plain import said

__all__ = ["MARKED", "formula_safe"]

BEGINS: Final = "=+\\-@\t\r\n\x00＝＋－＠"  # noqa: RUF001 - the full-width ones are meant
"""What a formula can begin with (OWASP, CSV Injection; ASVS 1.2.10): full-width signs count where the locale has them."""

MARKED: Final = "formula_safe"
"""The column that names a row's marked columns, so that the marks can be taken away again."""


def formula_safe(table: pa.Table) -> pa.Table:
    """Return a table whose texts cannot be taken for formulas.

    That holds where cells are what the file says: where Excel's locale parts cells by `;`, it opens a file with commas
    another way, and a cell with a `;` may then be parted, and begin anew as a formula, inside. Such files are to be imported
    (Data, From Text/CSV), not opened; a workbook (xlsx) needs no marks.

    A text that begins as a formula does gets an apostrophe before it, by which spreadsheets know text. The last column,
    `MARKED`, names the columns in which that was done, separated by `;`.
    """
    marked = []
    for at, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            texts = table.column(at)
            begins = pc.fill_null(pc.match_substring_regex(texts, f"^[{BEGINS}]"), fill_value=False)
            safe = pc.if_else(begins, pc.binary_join_element_wise("'", texts, ""), texts)
            table = table.set_column(at, field, safe)
            marked.append(pc.if_else(begins, f"{field.name};", ""))
    return table.append_column(
        MARKED, said(strings(pc.utf8_rtrim(pc.binary_join_element_wise(*marked, ""), ";")))
    )
