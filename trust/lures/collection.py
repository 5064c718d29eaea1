"""A collection to show and export, with an address in each cell of text and in its facts."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from claims.model import TABLES
from claims.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from trust.lures.addresses import Lures

__all__ = ["collection"]

_KEPT: Final = frozenset({"language", "text_sha256", "side", "type"})
"""Columns of text whose words must be of a list."""


def collection(lures: Lures) -> Path:
    """Write a collection: a shipped one with an address in every cell of text, and in its facts."""
    shown = shipped()
    source = next(iter(shown[name] for name in sorted(shown, reverse=True)))
    folder = lures.folder / "lured"
    folder.mkdir()
    for table, columns in TABLES.items():
        loose = {one.name for one in columns if one.cell == "text"} - _KEPT
        urls = {one.name for one in columns if one.cell == "url"}
        with (source / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = [_lured(lures, table, row, loose, urls) for row in csv.DictReader(file)]
        _write(folder / f"{table}.csv", rows)
    for path in source.iterdir():
        if not (folder / path.name).exists() and path.name != "story.toml":
            (folder / path.name).write_bytes(path.read_bytes())
    facts = (source / "collection.toml").read_text(encoding="utf-8")
    lines = [
        line
        for line in facts.splitlines()
        if not line.startswith(("title", "about", "licence", "citation", "url"))
    ]
    told = [
        f'{key} = "{lures.address(f"collection.toml: {key}")}"'
        for key in ("title", "title_ar", "about", "licence", "citation", "url")
    ]
    (folder / "collection.toml").write_text("\n".join([*told, *lines]) + "\n", encoding="utf-8")
    return folder


def _lured(
    lures: Lures, table: str, row: Mapping[str, str], loose: set[str], urls: set[str]
) -> dict[str, str]:
    return {
        column: lures.address(f"{table}.csv: {column}")
        if column in urls or (column in loose and cell)
        else cell
        for column, cell in row.items()
    }


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
