"""Where the sentences of a text name a place, and how they name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.articles.beside import Beside
from claims.articles.capitals import Capitals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.articles.atlas import Atlas
    from claims.articles.lexicon import Lexicon
    from claims.articles.mention import Mention
    from claims.articles.sentences import Sentence

__all__ = ["mentions"]


def mentions(text: str, told: Sequence[Sentence], lexicon: Lexicon, atlas: Atlas) -> list[list[Mention]]:
    """Find the places that each sentence names, in their order.

    Args:
        text: The whole text.
        told: Its sentences.
        lexicon: The words of its language.
        atlas: What is known of names.
    """
    finder = Capitals(text, lexicon, atlas) if lexicon.capitals else Beside(text, lexicon, atlas)
    return finder.without_people([finder.find(sentence) for sentence in told])
