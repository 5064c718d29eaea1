"""Asking a model one question: again where it is busy, without a format where it knows none, and clear where it fails."""

from __future__ import annotations

import json
import math
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from claims.articles.asked.endpoint import KEY, MODEL, URL, ModelError
from claims.articles.asked.posting import post
from geo.online.found import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from claims.articles.asked.endpoint import Endpoint
    from claims.articles.asked.posting import Reply

__all__ = ["LONGEST_REST_S", "REST_S", "Asking"]

LONGEST_REST_S: Final = 30.0
"""Seconds; no longer rest is kept before a busy service is asked once more, whatever it wants."""

REST_S: Final = 5.0
"""The rest where it does not say."""

_BUSY: Final = frozenset({429, 503})
_UNTAKEN: Final = frozenset({400, 422})  # how services say that they do not know a response_format
_LONGEST_SAID: Final = 160


class Asking:
    """A model that is asked question by question."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        transport: Callable[[Endpoint, bytes], Reply] = post,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Set it up; nothing is asked yet.

        Args:
            endpoint: Whom to ask.
            transport: Sends one question and gives the reply.
            sleep: Waits for seconds; for tests.
        """
        self.endpoint = endpoint
        self._transport = transport
        self._sleep = sleep
        self._knows_formats = True

    def ask(self, messages: Sequence[Mapping[str, str]], response_format: Mapping[str, Any]) -> str:
        """Ask, and give what the model wrote.

        Args:
            messages: `role` and `content` of each, as the chat completions API has them.
            response_format: The form of the answer; a service that does not take it is asked without.

        Raises:
            ModelError: There is no answer.
        """
        question = {"model": self.endpoint.model, "messages": list(messages)}
        if self._knows_formats:
            reply = self._replied(question | {"response_format": response_format})
            if reply.status not in _UNTAKEN:
                return self._written(reply)
            self._knows_formats = False
        return self._written(self._replied(question))

    def _replied(self, question: Mapping[str, Any]) -> Reply:
        """Send a question, and once more after a rest where the service is busy."""
        body = json.dumps(question).encode()
        reply = self._transport(self.endpoint, body)
        if reply.status in _BUSY:
            self._sleep(_rest_s(reply.retry_after))
            reply = self._transport(self.endpoint, body)
        return reply

    def _written(self, reply: Reply) -> str:
        """Take the model's words out of a reply."""
        if reply.status != 200:
            raise ModelError(f"{self.endpoint.name} {self._refusal(reply)}")
        answer = _json(reply.body)
        message = _message(answer)
        if message is None:
            raise ModelError(
                f"{self.endpoint.name} answered with what is no chat completion{_said(_error_of(answer))}; check {URL}, "
                "and that no log-in page stands between"
            )
        if isinstance(refused := message.get("refusal"), str) and refused:
            raise ModelError(f"{self.endpoint.name} does not want to answer{_said(refused)}; ask another")
        content = message.get("content")
        return content if isinstance(content, str) else ""

    def _refusal(self, reply: Reply) -> str:
        status = reply.status
        if status in {401, 403}:
            # What such an answer says may hold a part of the key.
            return f"does not take the key (status {status}); check {KEY}"
        said = _said(_error_of(_json(reply.body)))
        if 300 <= status < 400:
            return f"sends to another address (status {status}), where the key is not sent; give {URL} as it is now"
        if status == 404:
            return f"knows no such address or model (status {status}){said}; check {URL} and {MODEL}"
        if status in _BUSY:
            return f"is busy (status {status}, asked twice){said}; try again later"
        if status >= 500:
            return f"failed (status {status}){said}; try again later"
        return f"does not take the question (status {status}){said}; check {URL} and {MODEL}"


def _rest_s(wanted: str) -> float:
    """Give the seconds to rest by a Retry-After, which is seconds or a date (RFC 9110, 10.2.3)."""
    try:
        rest = float(wanted)
    except ValueError:
        try:
            until = parsedate_to_datetime(wanted)
            rest = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError, IndexError, OverflowError):
            rest = REST_S
    return REST_S if math.isnan(rest) else min(max(rest, 0.0), LONGEST_REST_S)


def _said(words: str) -> str:
    """Give as much of what a service said as helps."""
    shown = visible(words[: 4 * _LONGEST_SAID])[:_LONGEST_SAID]
    return f" ({shown!r})" if shown else ""


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _message(answer: Any) -> Mapping[str, Any] | None:
    """Give the message of a chat completion; None of anything else."""
    match answer:
        case {"choices": [{"message": {} as message}, *_]}:
            return message  # type: ignore[no-any-return] # JSON that was looked at
    return None


def _error_of(answer: Any) -> str:
    """Give what an error says, as OpenAI and those who copy it write it; "" of anything else."""
    match answer:
        case {"error": {"message": str(said)}} | {"error": str(said)} | {"message": str(said)}:
            return said
    return ""
