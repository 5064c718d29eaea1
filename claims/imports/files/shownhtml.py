"""The words of a piece of HTML, as a browser would show them."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

__all__ = ["shown_words"]

_MARKUP: Final = re.compile(
    r"</?[A-Za-z][^<>]{0,2000}>|<!--|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});"
)
_UNSEEN: Final = frozenset({"head", "script", "style", "template", "title"})
_IN_LINE: Final = frozenset(
    {
        "a",
        "abbr",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
    }
)
"""Elements whose words stand in the line of those around them; any other begins a line."""

_CELLS: Final = frozenset({"td", "th"})


def shown_words(html: str) -> str:
    """Give the words of HTML: paragraphs, rows of tables and the like a line each, scripts and styles left out.

    Nothing is fetched, and no tag is left; what is cut short is read as far as it goes. What is no HTML is as it was.

    Args:
        html: A part of a page, or text with some tags in it.
    """
    if not _MARKUP.search(html):
        return html
    shown = _Shown()
    parser = etree.HTMLParser(target=shown, no_network=True, remove_comments=True, remove_pis=True)
    parser.feed(f"<div>{html}</div>")
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(shown.parts).splitlines())
    return "\n".join(filter(None, lines))


class _Shown:
    """Gathers what is shown of the elements that a parser meets."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._unseen = 0

    def start(self, tag: str, attributes: object) -> None:  # noqa: ARG002 - what lxml calls
        """Begin an element."""
        self._unseen += tag in _UNSEEN
        self._part(tag)

    def end(self, tag: str) -> None:
        """End it."""
        self._unseen -= tag in _UNSEEN
        self._part(tag)

    def data(self, text: str) -> None:
        """Take text."""
        if not self._unseen:
            # A line end in HTML is a blank.
            self.parts.append(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text)

    def close(self) -> None:
        """End all."""

    def _part(self, tag: str) -> None:
        if tag not in _IN_LINE:
            self.parts.append(" " if tag in _CELLS else "\n")
