"""Where the rows of a folder's tables stand, and what shall stand there instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from claims.imports.merging.scratch import json_of, room, scratch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.imports.merging.records import Span

__all__ = ["Spans"]

# CROSS JOIN keeps SQLite from going through all rows for each id that is asked for.
_TABLES: Final = """
CREATE TABLE spans (name TEXT, id TEXT, begins INTEGER, ends INTEGER, PRIMARY KEY (name, id)) WITHOUT ROWID;
CREATE TABLE told (event_id TEXT PRIMARY KEY, claims INTEGER) WITHOUT ROWID;
CREATE TABLE edits (name TEXT, begins INTEGER, ends INTEGER, line TEXT, PRIMARY KEY (name, begins)) WITHOUT ROWID;
"""


class Spans:
    """The bytes of each row of the tables of one folder, by the row's id; on disk, as `scratch` says."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._file = scratch(_TABLES)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of the file."""
        self._file.close()

    def keep(self, name: str, ids: Sequence[str], event_ids: Sequence[str], spans: Sequence[Span]) -> None:
        """Keep where rows of a table stand, and of which events they are; "" for none."""
        rows = ((name, one, *span) for one, span in zip(ids, spans, strict=True))
        events = ((event_id,) for event_id in event_ids if event_id)
        with room():
            self._file.executemany("INSERT OR IGNORE INTO spans VALUES (?, ?, ?, ?)", rows)
            self._file.executemany(
                "INSERT INTO told VALUES (?, 1) ON CONFLICT DO UPDATE SET claims = claims + 1", events
            )

    def of(self, name: str, ids: Sequence[str]) -> list[Span]:
        """Give where those of these rows stand that are there, in the order of their file."""
        asked = "SELECT begins, ends FROM json_each(?) CROSS JOIN spans ON spans.name = ? AND spans.id = value ORDER BY begins"
        return self._file.execute(asked, (json_of(set(ids)), name)).fetchall()

    def shared(self, event_ids: Sequence[str]) -> set[str]:
        """Give those of these events that two claims or more are of."""
        asked = "SELECT event_id FROM json_each(?) CROSS JOIN told ON event_id = value WHERE claims > 1"
        return {one for (one,) in self._file.execute(asked, (json_of(event_ids),))}

    def edit(self, name: str, ids: Sequence[str], lines: Sequence[str]) -> None:
        """Keep what shall stand in the place of rows."""
        told = (
            "INSERT OR REPLACE INTO edits SELECT name, begins, ends, ? FROM spans WHERE name = ? AND id = ?"
        )
        with room():
            self._file.executemany(told, ((line, name, one) for one, line in zip(ids, lines, strict=True)))

    def edits(self, name: str) -> Iterator[tuple[Span, str]]:
        """Give what shall stand in the place of what, in the order of the file."""
        asked = "SELECT begins, ends, line FROM edits WHERE name = ? ORDER BY begins"
        for begins, ends, line in self._file.execute(asked, (name,)):
            yield (begins, ends), line
