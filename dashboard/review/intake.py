"""What a reviewer hands in: a report's text and what is known of it; nothing that is missing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.articles.text import decoded, language_of, plain_text

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Intake"]

PASTED: Final = "the text"
"""What faults call a text that came without a file."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A report as it is handed in.

    Attributes:
        outlet: Who published it.
        title: Its headline.
        url: Where it stands.
        published: On which day; None where nobody has said.
        pasted: Its text.
        file: A file's name and bytes, which count where there is no text; None without.
    """

    outlet: str
    title: str
    url: str
    published: dt.date | None
    pasted: str
    file: tuple[str, bytes] | None = None

    @property
    def handed(self) -> bool:
        """Whether there is any text."""
        return bool(self.pasted.strip() or self.file)

    def text(self) -> tuple[str, str]:
        """Give the article's plain text, and its language.

        Raises:
            FaultsError: It is empty, too large, no text, or in a language that cannot be read.
        """
        name, content = (PASTED, self.pasted.encode()) if self.pasted.strip() or not self.file else self.file
        text = plain_text(decoded(content, name), name).strip()
        return text, language_of(text, name)

    def source(self, language: str) -> dict[str, str]:
        """Give the cells of sources.csv.

        Args:
            language: The text's.
        """
        return {
            "outlet": self.outlet.strip(),
            "title": self.title.strip(),
            "url": self.url.strip(),
            "published": self.published.isoformat() if self.published else "",
            "language": language,
            "state": "ok",
        }
