"""What the page is told of a collection beside its events: its version and hash, its story, what has changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from claims.changes import Changes
    from claims.model import Collection
    from claims.story import Step, Story

__all__ = ["DIGEST_DIGITS", "edition_told", "story_told"]

DIGEST_DIGITS: Final = 12
"""Of the digest, those that a reader is shown: two versions alike in them are not to be met with."""


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
        "known_by": None if collection.known is None else collection.known.isoformat(),
        "story": None if collection.story is None else story_told(collection.story),
        "changes": None if changes is None else {"since": changes.since, "lines": list(changes.lines)},
    }


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
