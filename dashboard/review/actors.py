"""Whom the words for who moves name: the collection's actors, as a reviewer writes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.articles.lexicon import lexicon
from claims.articles.movers import Known
from claims.articles.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Actors"]


class Actors:
    """The actors of a collection, by the names that a text in one language gives them."""

    def __init__(self, rows: Sequence[Mapping[str, str]], language: str) -> None:
        """Take the rows of actors.csv, and the text's language."""
        self._words = lexicon(language)
        self._known = Known(rows, self._words)
        self._names = {row["actor"]: {"name": row["name"], "name_ar": row["name_ar"]} for row in rows}

    def ids(self, text: str) -> str:
        """Give the ids of the actors that some words name, as they are written in claims.csv."""
        found: dict[str, None] = {}
        for sentence in sentences(text, self._words.folded):
            at = 0
            while at < len(sentence.words):
                named = list(self._known.phrases.at(sentence.words, at))
                end = max((end for end, _ in named), default=at + 1)
                found |= dict.fromkeys(actor for stop, actor in named if stop == end)
                at = end
        return ";".join(found)

    def names(self, ids: Iterable[str]) -> list[dict[str, str]]:
        """Give the names of ids in both languages; an id that the collection does not know is its own name."""
        return [self._names.get(actor, {"name": actor, "name_ar": ""}) for actor in ids]
