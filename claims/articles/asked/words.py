"""Where the words that a model quotes stand in the text, whatever quotation marks and spaces it writes."""
# ruff: noqa: RUF001 - quotes of all kinds are its business

from __future__ import annotations

import re
from typing import Final

__all__ = ["Words"]

_SAME: Final = str.maketrans({**dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚′`", "'")})
_SPACES: Final = re.compile(r"\s+")
_CLITICS: Final = (
    r"(?<=\b[وفبل])|(?<=\b[وف][بل])"  # Arabic letters that are written with the word behind them
)


class Words:
    """A part of a text in which words are looked for."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Look from one place in the text to another, in characters."""
        pieces: list[str] = []
        self._at: list[int] = []
        for one in re.finditer(r"\s+|\S", text[start:end]):
            pieces.append(" " if one[0].isspace() else one[0].translate(_SAME))
            self._at.append(start + one.start())
        self._flat = "".join(pieces)
        self._text = text

    def spans(self, said: str, *, any_case: bool = False) -> list[tuple[int, int]]:
        """Give where whole words stand as said, from and to, in characters of the whole text.

        Args:
            said: The words.
            any_case: Whether capitals do not count.
        """
        flat = _SPACES.sub(" ", said).strip().translate(_SAME)
        if not any(character.isalnum() for character in flat):
            return []
        found = self._found(flat, any_case=any_case)
        bare = flat.strip("\"'")
        return found or (self._found(bare, any_case=any_case) if bare != flat else [])

    def _found(self, flat: str, *, any_case: bool) -> list[tuple[int, int]]:
        begins = rf"(?:(?<!\w)|{_CLITICS})" if flat[0].isalnum() else ""
        ends = r"(?!\w)" if flat[-1].isalnum() else ""
        pattern = re.compile(begins + re.escape(flat) + ends, re.IGNORECASE if any_case else re.NOFLAG)
        return [(self._at[one.start()], self._at[one.end() - 1] + 1) for one in pattern.finditer(self._flat)]
