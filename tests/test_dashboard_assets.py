"""Streamlit's own files go out compressed once, from memory, with what caches must know of them."""

import asyncio
import gzip
from pathlib import Path

import pytest
import streamlit
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from dashboard import assets
from dashboard.assets import Assets

STATIC = Path(streamlit.__file__).parent / "static"
SCRIPT = min((STATIC / "static" / "js").glob("*.js"), key=lambda path: path.stat().st_size)
FONT = min((STATIC / "static" / "media").glob("*.woff2"), key=lambda path: path.stat().st_size)


@pytest.fixture
def server():
    """The files as a dashboard gives them, before Streamlit as it gives them itself."""
    return Assets(create_streamlit_static_handler(str(STATIC), None))


def asked(server, path, *, method="GET", **headers):
    """Ask for a file; give the status, the headers and the body."""
    heard = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        heard.append(message)

    said = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": b"",
        "headers": said,
    }
    asyncio.run(server(scope, receive, send))
    start, *rest = heard
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], told, b"".join(message.get("body", b"") for message in rest)


def at(path):
    """Give the address of a file."""
    return f"/{path.relative_to(STATIC).as_posix()}"


def test_a_script_goes_out_compressed_and_is_the_same(server):
    """Unpacked it is the file, and all but its length and version is said of it as Streamlit says it; of both forms, that they vary."""
    status, headers, body = asked(server, at(SCRIPT), accept_encoding="gzip, deflate, br")
    plain_status, plain, plain_body = asked(server, at(SCRIPT))
    assert (status, plain_status) == (200, 200)
    assert gzip.decompress(body) == plain_body == SCRIPT.read_bytes()
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(body)
    for name in ("cache-control", "content-type", "vary"):
        assert headers[name] == plain[name]
    assert headers["vary"] == "Accept-Encoding"
    assert "immutable" in headers["cache-control"]
    assert headers["etag"] != plain["etag"]


def test_a_file_is_compressed_once(server, monkeypatch):
    """Whoever asks after the first is given what the first was given; a version that is known is not sent again."""
    first = asked(server, at(SCRIPT), accept_encoding="gzip")
    monkeypatch.setattr(assets, "_made", lambda _: pytest.fail("it was read again"))
    assert asked(server, at(SCRIPT), accept_encoding="gzip") == first
    status, headers, body = asked(server, at(SCRIPT), accept_encoding="gzip", if_none_match=first[1]["etag"])
    assert (status, body) == (304, b"")
    assert headers["vary"] == "Accept-Encoding"


def test_a_font_goes_out_as_it_is(server):
    """What is compressed as it is gains nothing: the file itself, from memory, which does not vary."""
    status, headers, body = asked(server, at(FONT), accept_encoding="gzip")
    assert (status, body) == (200, FONT.read_bytes())
    assert not {"content-encoding", "vary"} & headers.keys()


@pytest.mark.parametrize(
    "headers",
    [
        {"accept_encoding": "gzip;q=0"},
        {"accept_encoding": "br"},
        {"accept_encoding": "gzip", "range": "bytes=0-9"},
    ],
)
def test_who_takes_no_gzip_or_wants_a_part_is_answered_by_streamlit(server, headers):
    """They get the file's own bytes."""
    _, told, body = asked(server, at(SCRIPT), **headers)
    assert "content-encoding" not in told
    assert SCRIPT.read_bytes().startswith(body)


@pytest.mark.parametrize(
    "path", ["/", "/static/js/", "/static/../index.html", "/static/js/no.js", "/media/one.js"]
)
def test_nothing_else_is_answered_here(path):
    """A path that names none of the files goes to Streamlit as it is."""
    asked_for = []

    async def other(scope, _receive, send):
        asked_for.append(scope["path"])
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    assert asked(Assets(other), path, accept_encoding="gzip")[0] == 404
    assert asked_for == [path]
