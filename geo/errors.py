"""The faults of an input, told all at once: file, line, column, value, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from geo.unseen import plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LINES: Final = 5
"""Lines of a fault of many rows that are named."""


class BordermapError(Exception):
    """What a user can mend: shown as its sentence, without a traceback, at the edge of each surface."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel from a worker's process as it is; the usual way would ask its kind for what it was made of."""
        return _as_it_was, (type(self), self.args, self.__dict__)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one cell, row or file of an input.

    Attributes:
        file: The file as the user knows it.
        line: Line in the file, from 1; None where the whole file is meant.
        column: The column's name; None where the whole row or file is meant.
        value: The value as written; None where nothing was written.
        why: What is wrong, as the rest of a sentence ("is not a day").
        todo: What to do about it, as a command ("write it as 2024-12-07").
        lines: Where one fault is told for many rows, the lines of all of them, which may still grow; its `line` is None.
    """

    file: Path | str
    line: int | None
    column: str | None
    value: str | None
    why: str
    todo: str
    lines: Sequence[int] = field(default=(), compare=False, repr=False)

    @property
    def reason(self) -> str:
        """Say what is wrong, with the first of its lines where it is told for many."""
        if not self.lines:
            return self.why
        first = ", ".join(map(str, self.lines[:_LINES]))
        more = " and more" if len(self.lines) > _LINES else ""
        return f"({'line' if len(self.lines) == 1 else 'lines'} {first}{more}) {self.why}"

    def each(self) -> Iterator[Fault]:
        """Give it for each of its rows by itself; itself where it is told of one, or of none."""
        if not self.lines:
            yield self
        for line in self.lines:
            yield replace(self, line=line, lines=())

    def __str__(self) -> str:
        """Say it as one line, as a colleague would."""
        file = plainly(str(self.file))
        where = file if self.line is None else f"{file} line {self.line}"
        column = plainly(self.column or "")
        what = " ".join(part for part in (column, None if self.value is None else repr(self.value)) if part)
        return f"{where}: {what + ' ' if what else ''}{self.reason}; {self.todo}"


def _as_it_was(kind: type[BordermapError], args: tuple[Any, ...], held: dict[str, Any]) -> BordermapError:
    error = kind.__new__(kind, *args)
    error.__dict__ |= held
    return error


class FaultsError(BordermapError):
    """An input with faults; nothing of it was taken."""

    def __init__(self, faults: Sequence[Fault], *, done: str = "read") -> None:
        """Keep every fault; the message is one line for each, after what was not done."""
        self.faults = tuple(faults)
        count = len(self.faults)
        head = "1 fault" if count == 1 else f"{count} faults"
        super().__init__("\n".join([f"{head}, nothing was {done}:", *map(str, self.faults)]))


class OnlineError(BordermapError):
    """A question that an online geocoder did not answer; what it answered before is kept."""

    def __init__(self, service: str, toponym: str, why: str, todo: str) -> None:
        """Say which service, asked for what, and why not, as the rest of a sentence; and what to do, as a command."""
        self.service = service
        self.toponym = toponym
        super().__init__(f"{service}, asked for {toponym!r}, {why}; {todo}")


class ServiceDownError(OnlineError):
    """The service cannot be reached, does not answer in time, or has failed itself."""


class UnreadableAnswerError(OnlineError):
    """What came back is no list of places: a log-in page, half an answer, or another kind of service."""


class RefusedError(OnlineError):
    """The service does not want to answer this program, or not this question."""


class LimitedError(OnlineError):
    """The service limits how much it answers; asking again at once makes it worse."""

    def __init__(
        self, service: str, toponym: str, why: str, todo: str, *, retry_after_s: float | None
    ) -> None:
        """Keep the seconds after which to ask again; None where the service does not say."""
        self.retry_after_s = retry_after_s
        super().__init__(service, toponym, why, todo)
