"""What is asked when it is switched on: a Nominatim and a model, which name addresses in all that they say."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

from trust.surfaces.watch import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["UNKNOWN", "answering"]

UNKNOWN: Final = "Qwxyz Vbnmq"
"""A name that the Nominatim knows, and no gazetteer has."""


class _Service(BaseHTTPRequestHandler):
    """Answers as Nominatim, and as a model, and sends on whoever asks for that."""

    def do_GET(self) -> None:
        """Answer a question for places."""
        if "moved" in self.path:
            self._answer(302, b"", {"Location": f"http://l-moved.{CONTROL}/search"})
            return
        place = {
            "place_id": 1,
            "licence": "http://l-licence.lure.example/",
            "osm_type": "node",
            "osm_id": 1,
            "lat": "46.0",
            "lon": "7.7",
            "class": "place",
            "type": "village",
            "place_rank": 19,
            "importance": 0.5,
            "addresstype": "village",
            "name": UNKNOWN,
            "display_name": f"{UNKNOWN}, http://l-name.lure.example/",
            "icon": "http://l-icon.lure.example/x.png",
            "address": {"village": UNKNOWN, "country_code": "ch"},
            "namedetails": {"name": UNKNOWN},
            "boundingbox": ["45.9", "46.1", "7.6", "7.8"],
        }
        self._answer(200, json.dumps([place]).encode())

    def do_POST(self) -> None:
        """Answer a question for proposals."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = json.dumps({"proposals": [], "see": "http://l-model.lure.example/"})
        message = {"role": "assistant", "content": content, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        self._answer(200, json.dumps({"object": "chat.completion", "choices": [choice]}).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        given = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def answering(address: str) -> Iterator[str]:
    """Answer on an address while the `with` block lasts; give it with its port."""
    service = ThreadingHTTPServer((address, 0), _Service)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    try:
        yield f"{address}:{service.server_address[1]}"
    finally:
        service.shutdown()
        service.server_close()
