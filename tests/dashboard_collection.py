"""A small collection for the tests of the dashboard: three events, four claims, one source, no place on earth."""

import csv
from pathlib import Path

from claims.model import TABLES

FACTS = """\
title = "{title}"
title_ar = ""
about = "made up"
timezone = "UTC"
first_day = 2024-11-01
last_day = 2025-01-05
opening_day = 2024-12-07
view = [0.0, 0.0, 10.0, 10.0]
licence = "CC0-1.0"
citation = "nobody"
version = "1"
"""

SOURCE = {
    "source_id": "s1",
    "outlet": "The Daily Test",
    "url": "https://example.org/1",
    "published": "2024-12-08",
    "state": "ok",
}
EVENTS = [
    ("e1", "Some cross", "crossing"),
    ("e2", "Some leave", "withdrawal"),
    ("e3", "Some stay", "deployment"),
]
CLAIMS = [
    ("c1", "e1", "crossing", "2024-12-07", "2,000 or so crossed"),
    ("c2", "e1", "crossing", "2024-12-07", "more than 1,000 crossed"),
    ("c3", "e2", "withdrawal", "2024-12-06", "they left <b>Dēr</b> ${1+1}"),
    ("c4", "e3", "deployment", "2024-12-05", "they stayed in al-Baṣra"),
]


def write_collection(folder: Path, title: str = "A test") -> Path:
    """Write the collection's five files into a folder, which is made; return it."""
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(FACTS.format(title=title), encoding="utf-8")
    claims = [
        {
            "claim_id": claim,
            "source_id": "s1",
            "event_id": event,
            "kind": kind,
            "status": "reported",
            "modality": "asserted",
            "root": "The Daily Test",
            "date_start": day,
            "date_end": day,
            "date_kind": "on",
            "reported": "2024-12-08",
            "quote": quote,
        }
        for claim, event, kind, day, quote in CLAIMS
    ]
    events = [dict(zip(("event_id", "title", "kind"), event, strict=True)) for event in EVENTS]
    rows = {"sources": [SOURCE], "claims": claims, "events": events, "actors": []}
    for table, columns in TABLES.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in columns])
            writer.writeheader()
            writer.writerows(rows[table])
    return folder
