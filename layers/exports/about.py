"""What each file that leaves says of itself: what it is of, under which terms, which edition, and how it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from claims.publication.sentences import edition_in_words
from layers.exports.formats import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.exports.formats import Export

__all__ = ["MADE", "about", "about_texts", "edition_in_words"]

MADE: Final[Mapping[Rows, str]] = {
    Rows.EVENTS: "events as bordermap computes them from their claims, a row an event",
    Rows.CLAIMS: "claims as their sources made them, a row a claim, drawn where bordermap draws their event",
}
"""How the rows came about."""


def about(export: Export) -> dict[str, Any]:
    """Return what an export says of itself, as JSON knows it; null for what there is not.

    Returns:
        title, citation, licence, version; digest, the sha256 of the collection's files; first_day and last_day, its own
        days (ISO), as far as it is cut to some these; days, the first and last that it is cut to; known, the day by which its claims were reported; filters, by what else it is cut, in words; url,
        where the collection's map is published; made, how the rows came about; of a published edition, `edition`, in a
        sentence what it lacks.
    """
    collection, facts = export.collection, export.collection.facts
    return {
        "title": facts.title,
        "citation": facts.citation,
        "licence": facts.licence,
        "version": facts.version,
        "digest": collection.digest or None,
        "first_day": facts.first_day.isoformat(),
        "last_day": facts.last_day.isoformat(),
        "days": None if collection.days is None else [day.isoformat() for day in collection.days],
        "known": None if collection.known is None else collection.known.isoformat(),
        "filters": export.filters or None,
        "url": facts.url or None,
        "made": MADE[export.rows],
        **({} if collection.edition is None else {"edition": edition_in_words(collection.edition)}),
    }


def about_texts(export: Export) -> dict[str, str]:
    """Return the same as texts, "" for what there is not; days as an interval of ISO 8601, 2024-12-05/2024-12-08."""
    said = about(export)
    said["days"] = "/".join(said["days"] or ())
    return {name: value or "" for name, value in said.items()}
