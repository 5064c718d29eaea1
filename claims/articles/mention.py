"""Some words of a sentence that name a place."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Some words of a sentence that name a place.

    Attributes:
        start: The first word's number in its sentence.
        end: The number of the word after the last.
        text: The words as written; of "the border" and the like too.
        core: The name alone, without the words that say a part or a kind.
        nation: Whether it is a nation's adjective or people ("Peruvian"), which tells of a country but names no place.
        border: Whether it names a border by its countries.
        said: Of a place without a name, which sort it is ("border", "town"); "" where it has one.
    """

    start: int
    end: int
    text: str
    core: str
    nation: bool = False
    said: str = ""
    border: bool = False
