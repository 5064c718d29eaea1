"""The names of many documents, kept on disk so that each document's are decided together wherever they stand."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Self

from geo.files.temporary import kept_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Documents"]

# What SQLite may hold of its file in memory, and sort there before it sorts on disk.
_CACHE_KIB: Final = 8192


class Documents:
    """Rows of names, each of a document: answered document by document, given back in the order of the rows.

    They lie in a nameless file of SQLite's, in the folder that TMPDIR names, and are sorted there; memory holds the rows
    of one document at a time. The file is gone when the `with` block ends.
    """

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._file = sqlite3.connect("", isolation_level=None)
        # The file dies with this object: nothing of it need ever be undone or mended.
        self._file.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE_KIB};"
            "CREATE TABLE names (row INTEGER PRIMARY KEY, document TEXT, toponym TEXT);"
            "CREATE TABLE answers (row INTEGER, answer TEXT); BEGIN"
        )

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of the file."""
        self._file.close()

    def keep(self, names: Iterable[tuple[str, str]]) -> int:
        """Keep rows of a document and a toponym, and give their number; a row of the document "" stands alone.

        Raises:
            BordermapError: There is no room on disk.
        """
        kept = "INSERT INTO names (document, toponym) VALUES (nullif(?, ''), ?)"
        with kept_aside("the names"):
            return self._file.executemany(kept, names).rowcount

    def decide(
        self,
        decided: Callable[[Sequence[str]], Iterable[str]],
        watched: Callable[[Iterable[Any]], Iterable[Any]] = iter,
    ) -> None:
        """Have each document's toponyms answered.

        Args:
            decided: Gives the answers for the toponyms of one document's rows, in their order.
            watched: Hands the rows on as they are taken, one by one, to whoever watches them.

        Raises:
            BordermapError: There is no room on disk.
        """
        with kept_aside("the names"):
            named = self._file.execute("SELECT document, row, toponym FROM names ORDER BY document, row")
            answers = _answered(watched(named), decided)
            self._file.executemany("INSERT INTO answers VALUES (?, ?)", answers)

    def answers(self) -> Iterator[str]:
        """Give the answer for each row, in the order of the rows.

        Raises:
            BordermapError: There is no room on disk.
        """
        with kept_aside("the names"):
            for (answer,) in self._file.execute("SELECT answer FROM answers ORDER BY row"):
                yield answer


def _answered(
    named: Iterable[tuple[str | None, int, str]], decided: Callable[[Sequence[str]], Iterable[str]]
) -> Iterator[tuple[int, str]]:
    """Give each row's number and answer, document by document."""
    for _, rows in groupby(named, key=_whole):
        numbers, toponyms = zip(*((row, toponym) for _, row, toponym in rows), strict=True)
        yield from zip(numbers, decided(toponyms), strict=True)


def _whole(row: tuple[str | None, int, str]) -> str | int:
    """Tell rows of one document by its name, and a row that stands alone by its number."""
    document, number, _ = row
    return number if document is None else document
