"""What an edition says of itself, and what whoever publishes it should know besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.publication.columns import STAND_IN
from claims.publication.withholding import due_days, unpublished_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model import Collection, Edition

__all__ = ["edition_in_words", "lacking"]


def edition_in_words(edition: Edition) -> str:
    """Say what a published edition is and how much it lacks, never what."""
    said = [f"{_number(edition.claims)} not published", f"parts of {_number(edition.parts)} withheld"]
    if edition.coarsen_km is not None:
        said.append(f"no position surer than {edition.coarsen_km:g} km")
    if edition.delay_days:
        said.append(f"delayed by {edition.delay_days} day{'s' * (edition.delay_days > 1)}")
    return f"published edition of {edition.day}: {', '.join(said)}"


def _number(claims: int) -> str:
    return f"{claims} claim{'s' * (claims != 1)}"


def lacking(whole: Collection, made: Collection) -> Iterator[str]:
    """Say what a publisher should know of an edition: how much it lacks of quotes, titles and the story.

    Args:
        whole: What it was made of.
        made: The edition.
    """
    assert made.edition is not None, "it is an edition"
    yield edition_in_words(made.edition)
    publication = whole.facts.publication
    if publication and publication.delay_days and made.claims.empty:
        due = due_days(whole, publication)[~unpublished_of(whole, publication, due_by=None)]
        if len(due):
            yield f"nothing is published before {due.min().date()}: delay_days = {publication.delay_days}"
    for what, table, column in (("quotes", "claims", "quote"), ("titles of events", "events", "title")):
        cells = getattr(made, table)[column]
        if withheld := int(cells.eq(STAND_IN).sum()):
            yield f"{withheld} of {len(cells)} {what} withheld"
    if whole.story is not None:
        steps = 0 if made.story is None else len(made.story.steps)
        if not steps:
            yield "left out: the story, which tells of what is not published"
        elif steps < len(whole.story.steps):
            yield f"left out: {len(whole.story.steps) - steps} of {len(whole.story.steps)} steps of the story"
