"""What is no input by itself: a file of a collection, whose rows and texts say what its folder withholds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claims.imports.whole.partial import must_be_foreign
from claims.model import WITHHELD
from geo.errors import BordermapError, Fault, FaultsError
from layers.build.inputs import InputKind, is_collection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.imports.converting import Asked
    from claims.imports.files.foreign import ForeignTable
    from layers.build.inputs import Input

__all__ = ["must_be_anothers", "must_lie_apart"]


def must_lie_apart(inputs: Iterable[Input]) -> None:
    """Hold tables and reports to lie in no collection's folder, whatever leads to them: its edition is made of the whole of it.

    Raises:
        BordermapError: One does.
    """
    is_one = cache(is_collection)
    for one in inputs:
        if one.kind is InputKind.COLLECTION:
            continue
        for path, name in one.files:
            folders = (*path.parents, *path.resolve().parents)
            if whose := next(filter(is_one, folders), None):
                raise BordermapError(
                    f"{name!r} is of the collection {str(whose)!r}, which may withhold what it says: nothing is published of it "
                    "alone; name the folder, or put the file elsewhere if it is none of the collection's"
                )


def must_be_anothers(table: ForeignTable, asked: Asked, *, public: bool) -> None:
    """Hold a table to be another program's: one of bordermap's own is known by its columns.

    Args:
        table: The table.
        asked: What is said of it; it may be anything where its scheme is said and all is built.
        public: Whether it is published.

    Raises:
        FaultsError: With its one fault.
    """
    if public or asked.scheme is None:
        must_be_foreign(table)
    if public and WITHHELD.name in {column.strip().lower() for column in table.header}:
        todo = "build the collection that it is of, or take the column and what it marks away"
        why = "says of rows that they are not for publication, which is heeded of collections alone"
        raise FaultsError([Fault(table.name, None, WITHHELD.name, None, why, todo)], done="built")
