"""The page of a large set: the same page without its events, which it asks its host for."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from claims.model import LAYERS
from geo.gazetteer import shipped_gazetteer
from layers.blobs import columns_blob
from layers.built.answers import MOST_SINGLE
from layers.built.cells import UNIT
from layers.built.counts import EPOCH
from layers.built.listed import MOST_CLAIMS
from layers.built.small import actors_of, empty_collection
from layers.page import composed
from layers.told import facts_told

if TYPE_CHECKING:
    from layers.built.opened import BuiltSet

__all__ = ["build_large_page", "days_told"]


def build_large_page(built: BuiltSet) -> str:
    """Build the page of a built folder: one HTML document, the same bytes each time.

    Raises:
        BordermapError: The folder is damaged, or its view cannot be drawn.
    """
    collection = empty_collection(built)
    large: dict[str, Any] = {
        "totals": asdict(built.totals),
        "single": MOST_SINGLE,
        "claims": MOST_CLAIMS,
        "unit": UNIT,
    }
    large["actors"] = actors_of(built) is not None  # whether they are offered as filters
    told: dict[str, Any] = facts_told(collection) | {"large": large}
    return composed(collection, shipped_gazetteer(), told, {"days": columns_blob(days_told(built))})


def days_told(built: BuiltSet) -> dict[str, np.ndarray]:
    """Give by day from the collection's first to its last, day after day: `shown` of each layer, and the claims `reported`."""
    facts, days = built.facts, built.days
    first, last = ((day - EPOCH).days for day in (facts.first_day, facts.last_day))
    count = last - first + 1
    within = (days["day"] >= first) & (days["day"] <= last)
    at = days["day"][within] - first
    shown = np.zeros((count, len(LAYERS)))
    np.add.at(shown, (at, days["layer"][within]), days["shown"][within])
    reported = np.bincount(at, weights=days["reports"][within], minlength=count)
    return {"shown": shown.ravel().astype("int32"), "reported": reported.astype("int32")}
