"""What /healthz means: each part is looked at, and one that fails is named and nothing more."""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import bordermap
from dashboard.health import Health, Part, room, store
from geo.errors import BordermapError


def fails():
    """Fail as a store does that is not there."""
    raise BordermapError("the store, /secret/path, cannot be opened")


def asked(health, times=1):
    """Ask some times, and give the last answer: its status and what it says."""

    async def ask():
        for _ in range(times):
            answer = await health.answer(None)
        return answer.status_code, json.loads(answer.body)

    return asyncio.run(ask())


WELL = {"status": "ok"}
ANSWERS = [
    ({}, (200, WELL)),
    ({"store": Part(lambda: None)}, (200, WELL)),
    ({"store": Part(fails)}, (503, {"status": "failing", "failing": ["store"]})),
    ({"room": Part(lambda: None), "store": Part(fails)}, (503, {"status": "failing", "failing": ["store"]})),
]


@pytest.mark.parametrize(("parts", "said"), ANSWERS)
def test_a_part_that_fails_is_named_without_its_reason(parts, said):
    """Visitors learn which part it is, and no path or text of an error."""
    assert asked(Health(parts)) == said


def test_parts_are_looked_at_once_a_second_however_many_ask():
    """A hundred questions are one look."""
    looks = []
    assert asked(Health({"store": Part(lambda: looks.append(1))}), times=100) == (200, WELL)
    assert len(looks) == 1


def test_a_part_is_looked_at_anew_when_its_answer_is_old():
    """What was well and fails now is told, and what is mended is well again."""
    broken = []
    health = Health({"store": Part(lambda: fails() if broken else None, every_s=0)})
    assert asked(health)[0] == 200
    broken.append(1)
    assert asked(health)[0] == 503
    broken.clear()
    assert asked(health)[0] == 200


@pytest.mark.parametrize(("may_be_slow", "status"), [(False, 503), (True, 200)])
def test_a_part_that_hangs_is_waited_for_briefly_and_asked_once(may_be_slow, status):
    """A store that does not answer in time fails; a collection that is opened anew is as it was before."""
    go, looks = threading.Event(), []

    def look():
        looks.append(1)
        if len(looks) > 1:
            go.wait(20)

    async def ask():
        health = Health({"part": Part(look, every_s=0, may_be_slow=may_be_slow)}, deadline_s=0.05)
        first = await health.answer(None)
        later = [(await health.answer(None)).status_code for _ in range(3)]
        go.set()
        await asyncio.gather(*(task for task, _ in health._under_way()))
        return first.status_code, later

    assert asyncio.run(ask()) == (200, [status] * 3)
    assert len(looks) == 2


def test_a_part_that_is_not_done_yet_is_not_well():
    """Until the first collection is open the dashboard is not ready."""
    go = threading.Event()

    async def ask():
        health = Health(
            {"collection": Part(lambda: go.wait(20), every_s=30, may_be_slow=True)}, deadline_s=0.05
        )
        first = (await health.answer(None)).status_code
        go.set()
        await asyncio.gather(*(task for task, _ in health._under_way()))
        return first, (await health.answer(None)).status_code

    assert asyncio.run(ask()) == (503, 200)


def test_what_a_user_can_mend_is_told_without_a_traceback(caplog):
    """A collection that cannot be shown is a sentence in the log; a fault of ours has where it came from."""

    def look():
        raise errors.pop()

    errors = [ZeroDivisionError("ours"), BordermapError("build it anew")]
    for _ in range(2):
        asked(Health({"collection": Part(look)}))
    told = [(one.getMessage(), bool(one.exc_info)) for one in caplog.records if "fails" in one.getMessage()]
    assert told == [("collection fails: build it anew", False), ("collection fails", True)]


def test_the_store_and_its_room_are_looked_at(tmp_path, monkeypatch):
    """A store that cannot be opened fails; where there is none, there is nothing to ask; a full disk has no room."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    store()
    room()
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", "postgresql://nobody@/nowhere?host=/nowhere")
    room()
    with pytest.raises(BordermapError, match="does not answer"):
        store()
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{tmp_path}/store.sqlite")
    monkeypatch.setattr("dashboard.health.LEAST", 2**62)
    with pytest.raises(OSError, match="MiB left"):
        room()
    monkeypatch.setattr("claims.store.sqlitefiles.os.access", lambda *_: False)
    with pytest.raises(PermissionError):
        room()


COMMAND = [
    (200, b'{"status":"ok"}', 0, "ok"),
    (503, b'{"status":"failing","failing":["store","\\u001b[2J"]}', 1, "failing: store, ⟨U+001B⟩[2J; the"),
    (404, b"<html>", 1, "is no dashboard of bordermap"),
    (503, b"[]", 1, "is no dashboard of bordermap"),
    (None, b"", 1, "nothing answers on port"),
]


@pytest.mark.parametrize(("status", "body", "code", "said"), COMMAND)
def test_the_command_asks_and_ends_as_the_answer_is(status, body, code, said, capsys):
    """0 where the dashboard is well, 1 with the parts that fail, or where nothing answers."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        port = server.server_port
        answering = threading.Thread(target=server.handle_request)
        if status:
            answering.start()
        else:
            server.server_close()
        assert bordermap.main(["health", "--port", str(port)]) == code
        if status:
            answering.join()
    assert said in "".join(capsys.readouterr())


def test_a_start_is_no_warning(caplog, monkeypatch):
    """What is opened for the first time fails and is not warned of for a minute; that it is well again is no warning."""
    caplog.set_level("INFO")
    go = threading.Event()

    async def ask():
        part = Part(lambda: go.wait(20), every_s=30, may_be_slow=True)
        health = Health({"collection": part}, deadline_s=0.05)
        assert (await health.answer(None)).status_code == 503
        assert caplog.records == []
        monkeypatch.setattr("dashboard.health.STARTS_S", 0.0)
        await health.answer(None)
        go.set()
        await asyncio.gather(*(task for task, _ in health._under_way()))
        assert (await health.answer(None)).status_code == 200

    asyncio.run(ask())
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "failing: collection"),
        ("INFO", "failing: nothing any more"),
    ]
