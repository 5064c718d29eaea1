"""The sources of a collection with their texts as rows: kept, kept again from elsewhere, and mended."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from claims.store.errors import StoreError
from claims.store.kept import KeptSource
from claims.store.reviews import add_row, free_id, is_text, refuse_unknown
from claims.store.rows import find
from claims.store.schema import KEPT, SHEETS, TEXTS
from claims.store.seen import as_seen, changed_cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.store.writing import Writing

__all__ = ["Sources", "kept_source"]


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of one write in one collection."""

    writing: Writing
    name: str

    def keep(self, source: Mapping[str, str], text: str, *, language: str, repeat: bool) -> KeptSource:
        """Keep a source and its text, unless that text is there already."""
        if not is_text(text):
            raise StoreError("the text holds what is no text in UTF-8; mend it")
        digest = hashlib.sha256(text.encode()).hexdigest()
        known = self._of_text(digest)
        same = next((one for one in known if _alike(one, source)), None)
        if same is None and known and not repeat:
            same = known[0]
        source_id = same["source_id"] if same else self._add(source, digest, known)
        # A folder tells the hash of a text that it does not hold.
        if not find(self.writing.connection, TEXTS.name, self.name, source_id):
            kept = {"source_id": source_id, "sha256": digest, "content": text}
            kept["language"] = language or source.get("language", "")
            self.writing.add("kept", TEXTS.name, self.name, [kept])
        row = find(self.writing.connection, "sources", self.name, source_id)
        assert row is not None
        return kept_source(row, new=same is None)

    def mend(self, source_id: str, seen_version: int, changes: Mapping[str, str]) -> KeptSource:
        """Change cells of a source."""
        old = as_seen(self.writing.connection, "sources", self.name, source_id, seen_version)
        refuse_unknown(self.name, "sources", changes)
        differ = changed_cells(source_id, old, changes)
        if not differ.keys().isdisjoint({"source_id", "text_sha256"}):
            raise StoreError(f"{source_id} keeps its id and its text; keep another source instead")
        version = self.writing.change("mended", "sources", self.name, old, differ)
        return kept_source({**old, **differ, "version": version}, new=False)

    def _of_text(self, digest: str) -> list[dict[str, Any]]:
        """Give the sources of a text, the first of them first."""
        table = KEPT["sources"]
        wanted = select(table).where(table.c.collection == self.name, table.c.text_sha256 == digest)
        rows = self.writing.connection.execute(wanted.order_by(table.c.position)).mappings()
        return [dict(row) for row in rows]

    def _add(self, source: Mapping[str, str], digest: str, known: list[dict[str, Any]]) -> str:
        repeats = {"repeats": known[0]["source_id"]} if known else {}
        cells: dict[str, str] = {"state": "ok", **source, **repeats, "text_sha256": digest}
        if not cells.get("source_id"):
            words = f"{cells.get('outlet', '')} {cells.get('published', '')}"
            cells["source_id"] = free_id(self.writing, self.name, "sources", words, "source")
        add_row(self.writing, "kept", "sources", self.name, cells)
        return cells["source_id"]


def kept_source(row: Mapping[str, Any], *, new: bool) -> KeptSource:
    """Give a source of the database as it is kept."""
    cells = {column: row[column] for column in SHEETS["sources"]}
    return KeptSource(row["source_id"], row["version"], cells, new=new)


def _alike(row: Mapping[str, Any], source: Mapping[str, str]) -> bool:
    return all(row[column] == source.get(column, "") for column in ("outlet", "published"))
