"""A small server on this machine that answers like an OpenAI-compatible model, line by line as a test wrote it."""
# ruff: noqa: RUF001 - quotes of all kinds are its business

import json
from dataclasses import dataclass, field

from answering import Answering

KEY = "sk-sentinel-0123456789"

TEXT = (
    "On Saturday 2,000 soldiers crossed into Chad. Officials in Chad ruled out sending troops to Libya.\n"
    "“It’s  quiet now,” a guard told the Sahel Agency. For years smugglers have crossed from Libya into Niger."
)
"""A report; it is published on Friday 12 May 2023."""


def claim(**more):
    """Make the proposal of the first sentence of TEXT, as a model should write it; a field is changed by naming it."""
    return {
        "kind": "crossing",
        "status": "reported",
        "modality": "asserted",
        "background": False,
        "actor_text": "soldiers",
        "speakers": "",
        "via": "",
        "origin": "",
        "crossing": "",
        "destination": "Chad",
        "place": "",
        "date_start": "2023-05-06",
        "date_end": "2023-05-06",
        "date_kind": "on",
        "date_text": "On Saturday",
        "count_text": "2,000",
        "count": 2000,
        "count_qualifier": "exact",
        "count_low": 2000,
        "count_high": 2000,
        "count_unit": "people",
        "quote": "2,000 soldiers crossed into Chad",
        "reason": "it says so",
    } | more


def bare(quote, **more):
    """Make a proposal of a quote and nothing else that need not be there."""
    return {
        "kind": "crossing",
        "status": "reported",
        "modality": "asserted",
        "background": False,
        "quote": quote,
    } | more


def completion(content, **more):
    """Wrap what a model writes as the chat completions API does."""
    message = {"role": "assistant", "content": content} | more
    return {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
    }


def proposing(*proposals):
    """Answer with proposals, as a model with a schema does."""
    return Reply(completion(json.dumps({"proposals": list(proposals)}, ensure_ascii=False)))


@dataclass
class Reply:
    """What the server does with one request: answer, hang up (`drop`), stop midway (`cut`), or never answer (`hang`)."""

    body: object = field(default_factory=lambda: completion('{"proposals": []}'))
    status: int = 200
    headers: dict = field(default_factory=dict)
    drop: bool = False
    cut: bool = False
    hang: bool = False

    @property
    def content(self):
        """Give the body as bytes: bytes as they are, anything else as JSON."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Asked:
    """One request as it came in."""

    path: str
    headers: dict
    body: dict


class ModelMade(Answering):
    """The server, with its replies in their order, and what it was asked."""

    def __init__(self, *replies):
        """Start to listen on a free port; the last reply is given again and again."""
        self.replies = list(replies) or [Reply()]
        self.asked = []
        super().__init__()
        self.url = f"http://{self.host}/v1"

    def answer(self, handler):
        """Answer one request with the next reply."""
        length = int(handler.headers.get("Content-Length", 0))
        body = json.loads(handler.rfile.read(length) or "{}")
        self.asked.append(Asked(handler.path, dict(handler.headers), body))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if not self.begin_reply(handler, reply):
            return
        length = len(reply.content) + (1000 if reply.cut else 0)
        given = {"Content-Type": "application/json", "Content-Length": str(length)} | reply.headers
        for name, value in given.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(reply.content)

    @property
    def environment(self):
        """Give the variables that name it."""
        return {"BORDERMAP_MODEL_URL": self.url, "BORDERMAP_MODEL": "atlas-1", "BORDERMAP_MODEL_KEY": KEY}
