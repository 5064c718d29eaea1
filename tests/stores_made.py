"""Stores for tests, each in a database of its own."""

import datetime as dt
import itertools

from collections_made import make

from claims.store import open_store

CLAIM = {
    "source_id": "s1",
    "kind": "crossing",
    "status": "reported",
    "modality": "asserted",
    "root": "The Daily Test",
    "reported": "2024-12-08",
    "quote": "some crossed",
}
"""The cells that a claim must have."""


def proposal(which=0, sha256="ab" * 32):
    """Give a proposal as a reader of texts makes it."""
    return {"text_sha256": sha256, "quote_start": 4, "quote_end": 16, "kind": "crossing", "which": which}


def ticking(minute=2):
    """Give a clock that begins on 3 December 2024, 14:02 UTC or another minute, and goes on by a minute whenever it is looked at."""
    begun = dt.datetime(2024, 12, 3, 14, minute, tzinfo=dt.UTC)
    minutes = itertools.count()
    return lambda: begun + dt.timedelta(minutes=next(minutes))


def fill(url, folder):
    """Make a store that holds one collection, `tiny`, of two claims of one event, taken in by Anna."""
    store = open_store(url, now=ticking())
    store.import_folder(make(folder / "tiny", claims=({}, {})), "tiny", "Anna")
    store.database.close()
