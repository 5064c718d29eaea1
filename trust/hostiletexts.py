"""Hands out hostile texts one after the other, and keeps in which fields each was put and whether it was seen there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.unseen import plainly, visible
from trust.payloads import payloads

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

__all__ = ["MANY", "Texts", "without_halves"]

MANY: Final = 200
"""Texts of which each format is tried, in both languages, and not some of them."""

_CONTROL: Final = 60

_LONGEST: Final = 24
"""Words of a quote."""


def without_halves(text: str) -> str:
    """Return a text that UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()


class Texts:
    """Payloads one after the other, and from the first again when all are used.

    Attributes:
        texts: All.
        fields: In which a text was put, by the names of `trust.hostilefields.FIELDS`.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Take them."""
        self.texts = list(texts)
        self.fields: set[str] = set()
        self._used = 0
        self._put: dict[int, set[str]] = {}

    @classmethod
    def of_control(cls) -> Texts:
        """Give those that a surface is made unsafe with: some of each way, whatever else is tried."""
        return cls(text for *_, text in payloads(_CONTROL))

    @property
    def are_many(self) -> bool:
        """Whether all is tried, and not some of it."""
        return len(self.texts) >= MANY

    @property
    def placed(self) -> int:
        """How many have been put somewhere."""
        return min(self._used, len(self.texts))

    @property
    def left(self) -> int:
        """How many have not."""
        return len(self.texts) - self.placed

    def next(self, field: str) -> str:
        """Give the next one for a field."""
        return self._given(field, self._raw())

    def of_utf8(self, field: str) -> str:
        """Give the next one without halves of letters."""
        return self._given(field, without_halves(self._raw()))

    def in_files(self, field: str, *, without: str = "") -> str:
        """Give the next one as a CSV file may hold it: no NUL, no half letters, no spaces around it, not too long for a quote, and not nothing.

        Args:
            field: For which.
            without: Letters that may not be there, as those that part the items of a list.
        """
        text = without_halves(self._raw()).replace("\0", "").replace("\r", " ")
        text = " ".join(
            "".join(letter for letter in text if letter not in without).strip().split(" ")[:_LONGEST]
        )
        return self._given(field, text or "x")

    def shown(self, said: AbstractSet[str]) -> tuple[int, int]:
        """Count those that were seen letter by letter, and of them those that hide something, which is shown by its number.

        Args:
            said: What documents and commands said, a text of theirs each.
        """
        everything = "\n".join(said)
        shown = [form for forms in self._put.values() if (form := _seen(forms, said, everything)) is not None]
        return len(shown), sum(visible(form) != form for form in shown)

    def _raw(self) -> str:
        self._used += 1
        return self.texts[(self._used - 1) % len(self.texts)]

    def _given(self, field: str, text: str) -> str:
        self.fields.add(field)
        self._put.setdefault((self._used - 1) % len(self.texts), set()).add(text)
        return text


def _seen(forms: AbstractSet[str], said: AbstractSet[str], everything: str) -> str | None:
    """Give one of the forms of a text that is among what was said, or a part of it."""
    for form in forms:
        told = visible(form)
        if told in said or told in everything or plainly(form) in everything:
            return form
    return None
