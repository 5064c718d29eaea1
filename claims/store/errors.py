"""What can go wrong with the store, each told in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import BordermapError, FaultsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.errors import Fault

__all__ = ["AnswerLostError", "ChangedMeanwhile", "Differing", "NotKeptError", "StoreError", "TooNewError"]


class StoreError(BordermapError):
    """The store cannot do what it was asked to; nothing was written, but for what `AnswerLostError` says."""


class AnswerLostError(StoreError):
    """The database went away before it said whether something was written: only a look tells.

    Whoever writes the same again writes it once: a decision, a version, a text or a name that is there is refused, or known.
    """


class TooNewError(StoreError):
    """A later bordermap has written the store."""


class NotKeptError(FaultsError, StoreError):
    """Rows with faults; none of them was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep every fault; the message is one line for each."""
        super().__init__(faults, done="written")


@dataclass(frozen=True, slots=True)
class Differing:
    """One field that somebody else has changed: its column, and its cell before and after."""

    column: str
    before: str
    after: str

    def __str__(self) -> str:
        """Say it in a few words."""
        return f"{self.column} {self.before or '(empty)'} -> {self.after or '(empty)'}"


class ChangedMeanwhile(StoreError):  # noqa: N818 - nobody has erred
    """Somebody else has changed, withdrawn or decided it since it was read; nothing was overwritten.

    Attributes:
        what: The claim's id, or what else has been decided.
        who: Whoever did.
        when: ISO time in UTC.
        verb: What they did: mended, withdrawn, accepted, rejected.
        fields: What differs from what was seen.
    """

    def __init__(self, what: str, who: str, when: str, verb: str, fields: Sequence[Differing] = ()) -> None:
        """Keep who did what when."""
        self.what, self.who, self.when, self.verb, self.fields = what, who, when, verb, tuple(fields)
        differing = f" ({'; '.join(map(str, fields))})" if fields else ""
        super().__init__(
            f"{what} was {verb} by {who} at {when[:16].replace('T', ' ')} UTC{differing}; look at it again"
        )
