"""What the dashboard says of itself, in the language that the reader has chosen in the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.model import Kind, Status
from geo.unseen import visible
from layers.parts import languages

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIRST", "LANGUAGES", "Words", "isolated", "words_in"]

LANGUAGES: Final = Path(__file__).parent / "languages"
FIRST: Final = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        language: As the address says it.
        table: The dashboard's own words.
        page: The page's table of the same language (layers/engine/languages), for what both say.
    """

    language: str
    table: Mapping[str, str]
    page: Mapping[str, Any]

    @property
    def direction(self) -> str:
        """The direction in which the language is written: ltr or rtl."""
        return str(self.page["direction"])

    @property
    def locale(self) -> str:
        """The BCP 47 locale by which numbers are written, and a slider runs."""
        return str(self.page["locale"])

    def say(self, key: str, **values: object) -> str:
        """Return what stands under a key, with values put in."""
        return self.table[key].format(**values)

    def own(self, column: str) -> str:
        """Return the column in which a collection says something in this language."""
        return column + str(self.page["names"])

    def kind(self, kind: str) -> str:
        """Return the page's word for a claim's kind."""
        return str(self.page["kinds"][list(Kind).index(Kind(kind))])

    def status(self, status: str) -> str:
        """Return the page's word for a claim's status."""
        return str(self.page["statuses"][list(Status).index(Status(status))])


def isolated(text: str) -> str:
    """Return a text that is seen whole (geo/unseen.py), and whose direction is its own, whatever stands around it (Unicode 15, UAX 9)."""
    return f"\u2068{visible(text)}\u2069"


@cache
def words_in(language: str) -> Words:
    """Return the words of a language; English where the dashboard has no table of it, and for what its table lacks."""
    pages = {table["language"]: table for table in languages()}
    if language not in pages or not (LANGUAGES / f"{language}.json").is_file():
        language = FIRST
    return Words(language, _table(FIRST) | _table(language), pages[FIRST] | pages[language])


def _table(language: str) -> dict[str, str]:
    table: dict[str, str] = json.loads((LANGUAGES / f"{language}.json").read_text(encoding="utf-8"))
    return table
