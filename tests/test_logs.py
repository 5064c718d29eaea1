"""The server's log: a line a happening, and no text that ends a line or steers a terminal."""

import asyncio
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from stores_made import proposal

from claims.store import open_store
from dashboard.access_log import AccessLog
from dashboard.logs import JsonLines, PlainLines

ROOT = Path(__file__).parents[1]
HOSTILE = "name\n2026-11-30T00:00:00Z critical bordermap: forged\x1b[2J\u202e\u2028\x00\ud800"


def record(message, **more):
    """Give a record of the log."""
    return logging.getLogger().makeRecord(
        "bordermap.test", logging.INFO, "", 0, message, (), None, extra=more
    )


def test_json_is_one_ascii_line():
    """Whatever a text holds, it is one line of ASCII that gives the text back."""
    line = JsonLines().format(record(HOSTILE, session="ab12", status=200))
    assert line.isascii()
    assert line.isprintable()
    said = json.loads(line)
    assert (said["message"], said["session"], said["status"]) == (HOSTILE, "ab12", 200)
    assert said["time"].endswith("Z")
    assert (said["level"], said["logger"]) == ("info", "bordermap.test")


def test_plain_words_are_one_line_of_what_can_be_seen():
    """Line ends, escapes and marks of direction are shown by their numbers; letters of any script stay."""
    line = PlainLines().format(record(f"{HOSTILE} عبر", session="ab12"))
    assert line.isprintable()
    assert "name⟨U+000A⟩2026-" in line
    assert "⟨U+001B⟩[2J⟨U+202E⟩⟨U+2028⟩⟨U+0000⟩⟨U+D800⟩ عبر session=ab12" in line


def test_no_value_can_be_taken_for_another_field():
    """A path or a message with blanks, quotation marks or an equals sign is told as a text between quotation marks."""
    line = PlainLines().format(record("asked", path='/a" status=200', status=404, collection="plain-2024"))
    assert line.endswith(r'asked path="/a\" status=200" status=404 collection=plain-2024')
    assert PlainLines().format(record("no row=7 there", row=8)).endswith('"no row=7 there" row=8')


def test_a_traceback_cannot_be_taken_for_another_line():
    """In JSON it is one text; in plain words each of its lines begins with a space."""
    failed = record("failed")
    failed.exc_info = (ValueError, ValueError(HOSTILE), None)
    assert json.loads(JsonLines().format(failed))["exception"].startswith("ValueError")
    first, *others = PlainLines().format(failed).split("\n")
    assert first.endswith("failed")
    assert all(line.startswith("  ") for line in others)
    assert "forged" in "".join(others)


SAYS = """
import logging, sys, threading, warnings
from dashboard import logs
logs.set_up(session=lambda: "")
logging.getLogger("uvicorn.error").warning("theirs")
logging.getLogger("uvicorn.error").info('127.0.0.1:1 - "WebSocket"')
logging.getLogger("bordermap.x").info("ours", extra={"row": 7})
warnings.warn("careful")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start(); thread.join()
raise SystemError("at last")
"""


@pytest.mark.parametrize("form", ["json", "plain", ""])
def test_all_that_a_process_says_takes_one_form(form):
    """Libraries' logs, warnings, and what nobody caught in any thread, each once; without a form no more than warnings."""
    said = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", SAYS],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "BORDERMAP_LOG": form},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert said.stdout == ""
    lines = [line for line in said.stderr.splitlines() if not line.startswith(" ")]
    if form == "json":
        told = [json.loads(line) for line in lines]
        names = [one["logger"] for one in told]
        assert [one["exception"].splitlines()[-1] for one in told if "exception" in one] == [
            "ZeroDivisionError: division by zero",
            "SystemError: at last",
        ]
        assert told[1]["row"] == 7
    else:
        names = [line.split()[2].rstrip(":") for line in lines]
    ours = ["bordermap.x"] if form else []
    assert names == ["uvicorn.error", *ours, "py.warnings", "bordermap", "bordermap"]


def test_a_request_is_told_without_who_asked_and_what_for(caplog):
    """Neither the reader's address nor the query is told, nor what would let others ask for an upload."""

    async def answers(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 204})

    async def send(_message):
        """Take what is sent."""

    scope = {
        "type": "http",
        "method": "PUT",
        "path": "/_stcore/upload_file/0123-secret/4567",
        "query_string": b"day=2024-12-07&q=name",
        "client": ("192.0.2.1", 5),
    }
    with caplog.at_level(logging.INFO, "bordermap.access"):
        asyncio.run(AccessLog(answers)(scope, None, send))
        asyncio.run(AccessLog(answers)(scope | {"path": "/healthz"}, None, send))
    (told,) = caplog.records
    assert (told.method, told.path, told.status) == ("PUT", "/_stcore/upload_file", 204)
    written = JsonLines().format(told)
    assert not [word for word in ("secret", "4567", "2024-12-07", "192.0.2.1") if word in written]


def test_a_decision_is_told_by_its_number_in_the_audit(in_sqlite, caplog):
    """The log says that something was written and which row tells of it, and no word of the claim."""
    with in_sqlite.copy("tiny") as address, caplog.at_level(logging.INFO, "bordermap.store"):
        store = open_store(address)
        store.reject("tiny", proposal(), "Ben", reason="a reason")
        last, _ = store.verified().last
        store.database.close()
    (told,) = caplog.records
    assert (told.getMessage(), told.collection, told.row) == ("written", "tiny", last)
    assert "reason" not in JsonLines().format(told)
