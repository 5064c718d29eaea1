"""What the page is told of a collection beside its events: its days, its words, its version and hash, its story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from claims.clock import LONGEST_WINDOW, WINDOW_DAYS
from claims.model import LAYERS, SHOWN_LAYERS

if TYPE_CHECKING:
    from claims.changes import Changes
    from claims.model import Collection, Edition
    from claims.story import Step, Story

__all__ = ["DIGEST_DIGITS", "SHOWN", "edition_told", "facts_told", "story_told"]

SHOWN: Final = {name: name in SHOWN_LAYERS for name in LAYERS}
"""Which layers are on when the page opens."""

DIGEST_DIGITS: Final = 12
"""Of the digest, those that a reader is shown: two versions alike in them are not to be met with."""


def facts_told(collection: Collection, changes: Changes | None = None) -> dict[str, Any]:
    """Return as JSON knows it what the page must know of a collection before anything is unpacked.

    Args:
        collection: Whole or cut.
        changes: What changed in it since an earlier version, where the page is to say so.
    """
    facts = collection.facts
    days = {name: getattr(facts, name).isoformat() for name in ("first_day", "opening_day", "last_day")}
    west, south, east, north = facts.view
    return {
        "name": collection.name,
        **{
            name: getattr(facts, name)
            for name in (
                *("title", "title_ar", "about", "about_ar", "timezone"),
                *("licence", "licence_ar", "citation", "citation_ar", "version"),
            )
        },
        **days,
        "view": {"west": west, "south": south, "east": east, "north": north},
        **{
            name: day.date().isoformat() if day is not pd.NaT else ""
            for name, day in _reports(collection).items()
        },
        "layers_shown": list(SHOWN.values()),
        "window": {"opening": WINDOW_DAYS, "longest": LONGEST_WINDOW},
        **edition_told(collection, changes),
    }


def _reports(collection: Collection) -> dict[str, pd.Timestamp]:
    reported = collection.claims["reported"]
    return {"first_reported": reported.min(), "last_reported": reported.max()}


def edition_told(collection: Collection, changes: Changes | None = None) -> dict[str, Any]:
    """Return as JSON knows it which edition of a collection this is, how it is cut, and its story.

    Args:
        collection: Whole or cut.
        changes: What changed in it since an earlier version, where the page is to say so.
    """
    facts = collection.facts
    return {
        "digest": collection.digest[:DIGEST_DIGITS],
        "url": facts.url,
        "locales": dict(facts.locales),
        "cut_to": None if collection.days is None else [day.isoformat() for day in collection.days],
        "known_by": None if collection.known is None else collection.known.isoformat(),
        "story": None if collection.story is None else story_told(collection.story),
        "published": None if collection.edition is None else _published(collection.edition),
        "changes": None if changes is None else {"since": changes.since, "lines": list(changes.lines)},
    }


def _published(edition: Edition) -> dict[str, Any]:
    """Return what a published edition lacks, in numbers."""
    numbers = {name: getattr(edition, name) for name in ("claims", "parts", "coarsen_km", "delay_days")}
    return {"day": edition.day.isoformat(), **numbers}


def story_told(story: Story) -> dict[str, Any]:
    """Return a story as the page reads it: each step's words, and its choice as the page's address writes it."""
    return {
        "title": story.title,
        "title_ar": story.title_ar,
        "steps": [
            {
                **{name: getattr(step, name) for name in ("headline", "headline_ar", "text", "text_ar")},
                "choice": _choice(step),
                "view": None if step.view is None else list(step.view),
            }
            for step in story.steps
        ],
    }


def _choice(step: Step) -> dict[str, str]:
    """Return the keys and words of engine/address.js; what a step leaves as the map opens has no key."""
    choice = {"day": step.day.isoformat(), "mode": str(step.mode)}
    if step.window is not None:
        choice["window"] = str(step.window)
    if step.known is not None:
        choice["known"] = str(step.known)
    if step.sources is not None:
        choice["sources"] = str(step.sources)
    lists = ("layers", "kinds", "status", "certainty", "disputed", "actors", "sides")
    choice |= {name: ",".join(words) for name in lists if (words := getattr(step, name))}
    return choice | ({"event": step.event} if step.event else {})
