"""Collections and site files of which every cell and every key is hostile: what is told of their faults is all that is seen of them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from claims.facts import KINDS
from claims.model import OPTIONAL_TABLES, TABLES, WITHHELD, Publication
from claims.story import HEAD_KEYS, STEP_KEYS
from geo.placefiles import COLUMNS
from trust.hostilecollections import folder_of
from trust.hostilefields import names_of
from trust.hostiletables import delimited, in_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from trust.hostiletexts import Texts

__all__ = ["faulty_folders", "faulty_site", "site_that_names"]

_HEAD: Final = "publication"
_SITE: Final = {
    "site": ("address", "port", "url", "collections", "public", "upload_mb"),
    "reading": ("open", "people", "claims"),
    "reviewing": ("people", "claims"),
    "signin": ("client_id", "client_secret", "client_secret_file", "server_metadata_url", "cookie_secret", "cookie_secret_file", "hours"),
}  # fmt: skip
_AS: Final = {
    "reading.open": "site.open",
    "reading.people": "site.readers",
    "reading.claims": "site.readers",
    "reviewing.people": "site.reviewers",
    "reviewing.claims": "site.reviewers",
}
"""Which field of a site a key of its file is."""


def faulty_folders(folder: Path, texts: Texts) -> Iterator[Path]:
    """Write a collection for each part of which every cell, or every key, is hostile."""
    for name, columns in (TABLES | OPTIONAL_TABLES).items():
        wanted = [column.name for column in columns] + ([WITHHELD.name] if name == "claims" else [])
        made = folder_of(folder / name, texts, 1)
        _spoil(made / f"{name}.csv", name, wanted, texts)
        yield made
    made = folder_of(folder / "places", texts, 1)
    _spoil(made / "places.csv", "places", COLUMNS, texts)
    yield made
    made = folder_of(folder / "facts", texts, 1)
    (made / "collection.toml").write_text(_keys("collection", KINDS, texts), encoding="utf-8")
    yield made
    made = folder_of(folder / "publication", texts, 1)
    with (made / "collection.toml").open("a", encoding="utf-8") as file:
        file.write(f"[{_HEAD}]\n{_keys(_HEAD, names_of(Publication), texts)}")
    yield made
    made = folder_of(folder / "story", texts, 1)
    head = _keys("story", [key for key in HEAD_KEYS if key != "step"], texts)
    step = _keys("step", STEP_KEYS, texts)
    texts.fields.add("story.step")
    (made / "story.toml").write_text(f"{head}[[step]]\n{step}", encoding="utf-8")
    yield made


def faulty_site(file: Path, texts: Texts) -> Path:
    """Write a site file of which every value is hostile."""
    texts.fields.add("site.signin")
    lines = []
    for table, keys in _SITE.items():
        lines.append(f"[{table}]\n")
        for key in keys:
            field = _AS.get(f"{table}.{key}", f"{table}.{key.removesuffix('_file')}")
            lines.append(f"{key} = {in_toml(texts.in_files(field))}\n")
    file.write_text("".join(lines), encoding="utf-8")
    return file


def site_that_names(file: Path, texts: Texts, rows: int) -> Path:
    """Write a site file without faults, whose people are known by hostile claims."""
    claims = ", ".join(
        f"{in_toml(texts.in_files('site.reviewers'))} = [{in_toml(texts.in_files('site.reviewers'))}]"
        for _ in range(rows)
    )
    file.write_text(
        '[site]\nurl = "https://map.example.org"\n'
        f"[reviewing]\nclaims = {{ {claims} }}\n"
        '[signin]\nclient_id = "x"\nclient_secret = "y"\nserver_metadata_url = "https://example.org/x"\n',
        encoding="utf-8",
    )
    return file


def _spoil(file: Path, of: str, columns: Iterable[str], texts: Texts) -> None:
    """Put a text into each cell of a table's first row."""
    with file.open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read))
    spoiled = {name: texts.in_files(f"{of}.{name}") for name in columns}
    file.write_bytes(
        delimited([spoiled, *({name: row.get(name, "") for name in spoiled} for row in rows[1:])], ",")
    )


def _keys(of: str, keys: Iterable[str], texts: Texts) -> str:
    """Write keys, each with a text, and one more whose name is one."""
    known = "".join(f"{key} = {in_toml(texts.in_files(f'{of}.{key}'))}\n" for key in keys)
    return f"{known}{in_toml(texts.in_files(f'{of}.{next(iter(keys))}'))} = 1\n"
