"""Refuse a title of a collection that repeats what is withheld: a collection must be called something."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from claims.publication.costs import iso_of, secrets_of
from claims.publication.echoes import Echoes
from geo.errors import BordermapError

if TYPE_CHECKING:
    import datetime as dt

    from claims.model import Collection, Publication
    from claims.publication.reasons import Reasons
    from geo.gazetteer import Gazetteer

__all__ = ["TitleError", "refuse_titles"]

_TITLES: Final = ("title", "title_ar")


class TitleError(BordermapError):
    """A title repeats what is not for publication.

    Attributes:
        why: What it repeats and what to do, as the rest of a sentence.
    """

    def __init__(self, name: str, why: str) -> None:
        """Say which of the titles in collection.toml it is, and why."""
        self.why = why
        super().__init__(f"collection.toml: {name} {why}")


def refuse_titles(
    collection: Collection, gazetteer: Gazetteer, publication: Publication, day: dt.date, echoes: Echoes
) -> None:
    """Refuse a title that repeats what is withheld, whoever publishes may see all; what is merely delayed is no secret.

    Args:
        collection: Whole.
        gazetteer: Holds every place_id.
        publication: What is said of the collection.
        day: On which it is published.
        echoes: Of all that the edition lacks.

    Raises:
        TitleError: It names the word, and the row and the column that are withheld.
    """
    titles = {name: getattr(collection.facts, name) for name in _TITLES}
    if not any(map(echoes.is_in, titles.values())):
        return
    texts, days, reasons = _secrets(collection, gazetteer, publication, day)
    for name, title in titles.items():
        if not Echoes(texts, days).is_in(title):
            continue
        alone = [(one, Echoes([one])) for one in texts] + [(one, Echoes([], [one])) for one in days]
        word = next(one for one, echo in alone if echo.is_in(title))
        raise TitleError(
            name,
            f"repeats {word!r}, which is not for publication ({reasons.where(iso_of(word, texts))}); write another, or "
            "withhold it no more",
        )


def _secrets(
    collection: Collection, gazetteer: Gazetteer, publication: Publication, day: dt.date
) -> tuple[list[str], list[str], Reasons]:
    """Give what is withheld for good, as `secrets_of` does: what an edition without a delay lacks."""
    return secrets_of(collection, gazetteer, dataclasses.replace(publication, delay_days=0), day)[1:]
