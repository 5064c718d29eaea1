"""What a person has said and the server owes an answer: held to what comes, and given up when nothing does."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from trust.load.talk import TIMEOUT_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trust.load.tally import Tally

__all__ = ["Due", "Move"]

State = dict[str, "str | None"]


class Move(StrEnum):
    """What is answered, by the tally's name for the waits for it; coming to a page is waited for otherwise."""

    SLID = "answered"
    OPENED = "shown"
    CAME = ""


@dataclass(slots=True)
class _Sent:
    """What was sent: the state that the answer must carry, when, and what it was."""

    state: State
    at: float
    move: Move
    answered: bool = False


class Due:
    """The answers that are due to one person."""

    def __init__(self, tally: Tally, *, large: bool) -> None:
        """Owe nothing yet.

        Args:
            tally: Takes waits and what goes wrong.
            large: Whether the page of a large set asks for what it shows, and is waited for instead of the day alone.
        """
        self._tally, self._large = tally, large
        self._sent: list[_Sent] = []
        self._asked: dict[str, float] = {}
        self._running: float | None = None

    def add(self, state: State, move: Move) -> None:
        """Note what is being sent."""
        self._sent.append(_Sent(state, time.perf_counter(), move))

    def ask(self, name: str) -> None:
        """Note what a large set's page is asking."""
        self._asked[name] = time.perf_counter()

    def is_open(self) -> bool:
        """Whether something is not answered yet, nor given up."""
        return bool(self._asked) or any(not sent.answered for sent in self._sent)

    def is_past(self) -> bool:
        """Whether nothing is worth being waited for any more."""
        return not self._sent or time.perf_counter() - self._sent[-1].at > TIMEOUT_S

    def give_up(self) -> None:
        """Count what has not been answered for too long, and wait for it no more."""
        late = time.perf_counter() - TIMEOUT_S
        for sent in self._sent:
            if not sent.answered and sent.at < late:
                sent.answered = True
                self._tally.error(f"no answer within {TIMEOUT_S:.0f} s")
        for name in [name for name, at in self._asked.items() if at < late]:
            del self._asked[name]
            self._tally.error(f"no answer to what the page asked within {TIMEOUT_S:.0f} s")

    def ended(self, now: float) -> None:
        """Take it that a run has ended."""
        if self._running is not None:
            self._tally.finished.append(now - self._running)
            self._running = None

    def is_chosen(self, day: str) -> bool:
        """Whether a day is one that the person went to."""
        return any(day == sent.state["day"] for sent in self._sent)

    def answer(self, state: Mapping[str, str | None], now: float) -> None:
        """Hold an answer to what was sent: it carries the last state, or an earlier one that is still under way."""
        like = [at for at, sent in enumerate(self._sent) if sent.state == state]
        at = next((at for at in like if not self._sent[at].answered), next(iter(like), None))
        if at is None:
            self._tell_wrong(state)
            return
        due = [sent for sent in self._sent[: at + 1] if not sent.answered]
        for sent in due:
            sent.answered = True
            if sent.move and not (self._large and sent.move == Move.SLID):
                getattr(self._tally, sent.move).append(now - sent.at)
        self._tally.overtaken += max(len(due) - 1, 0)
        if due and due[-1].move == Move.SLID:
            self._running = due[-1].at
        self._sent = self._sent[at:]

    def answer_ask(self, said: Mapping[str, Any] | None, now: float) -> None:
        """Take the answer to what a large set's page asked; it is to the last ask, so earlier ones are overtaken."""
        if not said or said["id"] not in self._asked:
            return
        if "error" in said["answer"]:
            self._tally.error(f"what the page asked was not answered: {said['answer']['error']}")
        asked_at = self._asked[said["id"]]
        for name in [name for name, at in self._asked.items() if at <= asked_at]:
            self._tally.asked.append(now - self._asked.pop(name))

    def _tell_wrong(self, state: Mapping[str, str | None]) -> None:
        wanted = self._sent[-1].state if self._sent else {}
        wrong = {key: (word, wanted.get(key)) for key, word in state.items() if word != wanted.get(key)}
        said = ", ".join(f"{key} is {word!r}, not {mine!r}" for key, (word, mine) in wrong.items())
        self._tally.another_s(f"the state is another's, or was: {said}")
