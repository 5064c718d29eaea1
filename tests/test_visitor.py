"""What a session's visitor may do, asked again whenever something is done: without a browser, as Streamlit runs it."""

import asyncio
import json
import logging
import time
from pathlib import Path

import pytest
from dashboard_collection import write_collection
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard import faults, visitor
from dashboard.asking import who_decides
from dashboard.faults import log_fault, without_paths
from dashboard.guard import Guard
from dashboard.logs import PlainLines
from geo.errors import BordermapError, Fault, FaultsError

APP = Path(__file__).parents[1] / "app.py"


@pytest.fixture
def options(monkeypatch):
    """Record which of Streamlit's options are set, which hold for the whole process of the tests."""
    said = {}
    monkeypatch.setattr(visitor.config, "set_option", said.__setitem__)
    return said


@pytest.fixture
def site_file(tmp_path, monkeypatch):
    """Give a site file that says nothing, which the environment names."""
    file = tmp_path / "site.toml"
    file.write_text("")
    monkeypatch.setenv("BORDERMAP_SITE", str(file))
    return file


@pytest.fixture
def app(tmp_path, monkeypatch):
    """Give the dashboard of the small collection, not run yet."""
    monkeypatch.setenv("BORDERMAP_COLLECTION", str(write_collection(tmp_path / "tiny")))
    return AppTest.from_file(str(APP), default_timeout=60)


def links(app):
    """Give what the row of controls leads to."""
    return [link.label for link in app.get("page_link")]


def test_the_user_of_this_machine_is_offered_all(app, options):
    """Without a site, on this machine's own address, nothing is closed."""
    assert links(app.run()) == ["Map", "Claims", "Read", "Import"]
    assert options == {}


def test_with_a_site_nobody_is_the_user_of_this_machine(app, options, site_file):
    """A site file closes Read and Import for who has not signed in, and a server without a guard takes no files."""
    assert site_file.exists()
    assert links(app.run()) == ["Map", "Claims"]
    assert options == {"server.maxUploadSize": 0, "client.showErrorDetails": "none"}


def test_a_server_that_listens_to_others_is_for_reading(app, options, monkeypatch):
    """Whatever started it, Streamlit's own option decides."""
    monkeypatch.setattr(visitor.st, "get_option", {"server.address": "192.0.2.1"}.get)
    assert links(app.run()) == ["Map", "Claims"]
    assert options


@pytest.mark.usefixtures("options")
def test_a_page_of_another_host_is_shown_nothing(app, monkeypatch):
    """A dashboard of this machine alone that is reached by another name says what it is, and no more."""
    monkeypatch.setattr(visitor, "_headers", lambda: {"host": "evil.example:8501"})
    app.run()
    assert "for the user of the machine" in app.info[0].value
    assert (links(app), list(app.button)) == ([], [])


@pytest.mark.usefixtures("options")
def test_a_closed_site_shows_a_stranger_nothing(app, site_file):
    """Where reading is not open, a stranger is told so and offered to sign in; no collection is named."""
    site_file.write_text(
        """
        site.url = "https://a.example"
        reading = { open = false, people = ["*"] }
        signin.client_id = "a"
        signin.client_secret = "b"
        signin.server_metadata_url = "https://id.example"
        """
    )
    app.query_params["lang"] = "ar"
    app.run()
    assert [info.value for info in app.info] == ["هذه اللوحة لمن تعرفهم. سجّل الدخول لتقرأها."]
    assert [button.key for button in app.button] == ["sign_in"]
    assert links(app) == []


@pytest.mark.usefixtures("options")
def test_a_site_file_with_faults_shows_nothing_and_tells_the_log(app, site_file, caplog):
    """Nobody is let in under rules that cannot be read, and a visitor hears neither path nor key."""
    site_file.write_text("[reading]\nopne = false\n")
    with caplog.at_level(logging.ERROR):
        app.run()
    assert "not set up" in app.error[0].value
    assert "opne" not in app.error[0].value
    assert "reading.opne is not known" in caplog.text
    assert links(app) == []


def refused(path="/", kind="http", **headers):
    """Ask a guard; give the status or code with which it refuses, None where it lets through."""
    said = []

    async def behind(_scope, _receive, _send):
        """Be what is guarded."""

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        said.append(message)

    scope = {"type": kind, "method": "GET", "path": path}
    scope["headers"] = [(name.encode(), value.encode()) for name, value in headers.items()]
    guarded = visitor.GUARDED.is_set()
    asyncio.run(Guard(behind)(scope, receive, send))
    if not guarded:
        visitor.GUARDED.clear()
    return (said[0].get("status") or said[0]["code"]) if said else None


@pytest.mark.parametrize(
    ("site", "referer", "status"),
    [
        ("cross-site", "http://a.example/", 403),
        ("same-site", "http://a.example/", 403),
        ("same-origin", None, None),
        ("none", None, None),
        (None, None, 403),
        (None, "http://a.example/claims?day=2024-12-07", None),
        (None, "https://a.example", None),
        (None, "http://evil.example/http://a.example/", 403),
        (None, "http://evil@a.example/", 403),
        (None, "http://a.example.evil.example/", 403),
    ],
)
def test_no_page_of_another_host_signs_anybody_out(site, referer, status):
    """A link or a picture elsewhere does nothing, nor where a browser tells of no site over plain http; the dashboard's own button does."""
    told = {"sec-fetch-site": site, "referer": referer}
    headers = {name: value for name, value in told.items() if value}
    assert refused("/auth/logout", host="a.example", **headers) == status


NAMED = [
    ("a.example", None, None, None),
    ("A.example:443", "https://a.example", None, None),
    ("localhost:8501", "https://a.example", None, None),
    ("127.0.0.1:8501", None, None, None),
    ("evil.example", None, 421, 1008),
    ("evil.example", "http://evil.example", 421, 1008),
    ("evil.example", "https://a.example", 421, 1008),
    ("192.0.2.1", None, 421, 1008),
    ("a.example", "https://evil.example", None, 1008),
    ("", None, 421, 1008),
    ("a.example#.evil", None, 421, 1008),
    ("a.example/x", None, 421, 1008),
    ("a.example?x", None, 421, 1008),
    ("evil@a.example", None, 421, 1008),
    ("evil:a@a.example:443", None, 421, 1008),
    ("a.example:443x", None, 421, 1008),
    ("[::1]:8501", None, None, None),
    ("[a.example]", None, 421, 1008),
]


@pytest.mark.parametrize(("host", "origin", "status", "code"), NAMED)
def test_a_site_answers_under_its_own_name_alone(site_file, host, origin, status, code):
    """A name that somebody makes mean this server opens nothing; without an address in the file any name may."""
    headers = {"host": host} | ({"origin": origin} if origin else {})
    site_file.write_text('site.url = "https://a.example"')
    assert refused(**headers) == status
    assert refused(kind="websocket", **headers) == code
    assert refused("/healthz", **headers) is None
    site_file.write_text("# nothing is said")
    visitor.site.__globals__["_followed"].cache_clear()
    assert refused(**headers) is None


CLOSED = """
    site.url = "https://a.example"
    reading = { open = false, people = ["lee@example.org"] }
    signin.client_id = "a"
    signin.client_secret = "b"
    signin.server_metadata_url = "https://id.example"
"""
MEDIA = [("lee@example.org", 0, None), ("eve@example.org", 0, 403), ("lee@example.org", 13, 403)]


@pytest.mark.parametrize(("email", "hours", "status"), MEDIA)
def test_a_download_of_a_closed_site_is_for_readers(site_file, monkeypatch, email, hours, status):
    """Who knows its address and has no cookie of somebody who may read, or an old or a forged one, is given nothing."""
    monkeypatch.setattr(starlette_websocket, "get_cookie_secret", lambda: "0" * 32)
    site_file.write_text(CLOSED)
    said = {"is_logged_in": True, "origin": "https://a.example", "email": email, "email_verified": True}
    said |= {"sub": "1", "iss": "https://id.example", "iat": time.time() - hours * 3600}
    signed = create_signed_value("0" * 32, "_streamlit_user", json.dumps(said)).decode()
    forged = create_signed_value("1" * 32, "_streamlit_user", json.dumps(said)).decode()
    assert refused("/media/ab.csv", host="a.example", cookie=f"x=1; _streamlit_user={signed}") == status
    assert refused("/media/ab.csv", host="a.example", cookie=f"_streamlit_user={forged}") == 403
    assert refused("/media/ab.csv", host="a.example") == 403
    for path in ("/", "/static/media/font.woff2"):
        assert refused(path, host="a.example") is None


def faulty():
    """Meet a fault of ours, as `on_script_error` takes it."""
    import streamlit as st  # noqa: PLC0415 - Streamlit runs this function's text as a script of its own

    from dashboard import faults  # noqa: PLC0415

    st.session_state["taken"] = faults.take(ZeroDivisionError("of /srv/secret.csv"))


@pytest.mark.usefixtures("options")
def test_a_fault_is_a_number_to_a_visitor_and_whole_to_the_user(monkeypatch, site_file, caplog):
    """A visitor is shown the number under which the log has the traceback; the user sees it as Streamlit shows it."""
    app = AppTest.from_function(faulty).run()
    assert app.session_state["taken"] is True
    number = app.error[0].value.split("number: ")[1].rstrip(".")
    assert f"fault {number}" in caplog.text
    assert "ZeroDivisionError: of /srv/secret.csv" in caplog.text
    assert "/srv" not in app.error[0].value
    assert site_file.exists()
    monkeypatch.delenv("BORDERMAP_SITE")
    assert AppTest.from_function(faulty).run().session_state["taken"] is False


def test_the_same_fault_of_a_collection_is_logged_once_a_minute(monkeypatch, caplog):
    """Met again it has its number and makes no line; another one, one after a minute, and each fault of ours do."""
    now = [100.0]
    monkeypatch.setattr(faults.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(faults, "_lately", faults._Lately())
    with caplog.at_level(logging.ERROR):
        numbers = [log_fault(BordermapError("claims.csv is odd")) for _ in range(3)]
        numbers.append(log_fault(BordermapError("events.csv is odd")))
        now[0] = 161.0
        numbers.append(log_fault(BordermapError("claims.csv is odd")))
        numbers += [log_fault(ValueError("ours")) for _ in range(2)]
    assert len({*numbers[:3]}) == 1
    assert [one.fault for one in caplog.records] == numbers[2:]


def test_what_a_user_can_mend_is_logged_a_fault_a_record_and_without_a_traceback(monkeypatch, caplog):
    """Each is a line by itself, under the one number, and what a source wrote ends none."""
    monkeypatch.setattr(faults, "_lately", faults._Lately())
    two = [Fault("claims.csv", line, "count", "1\n2", "is no number", "mend it") for line in (2, 3)]
    with caplog.at_level(logging.ERROR):
        number = log_fault(FaultsError(two))
    head, *told = [PlainLines().format(one) for one in caplog.records]
    assert f"fault {number}: 2 faults, nothing was read: fault={number}" in head
    assert [line.split(": ", 1)[1] for line in told] == [
        rf"claims.csv line {line}: count '1\n2' is no number; mend it fault={number}" for line in (2, 3)
    ]


def test_who_may_not_review_is_nobody_who_decides(monkeypatch):
    """Where a page of reviewers is run all the same, it stops at the question of who decides."""
    monkeypatch.setattr(visitor.st, "get_option", {"server.address": "192.0.2.1"}.get)
    with pytest.raises(visitor.NotAllowedError):
        who_decides(None, None)


PATHS = [
    ("/srv/data/tiny/claims.csv line 3: 'x' is no day", "claims.csv line 3: 'x' is no day"),
    ("'/srv/a b/tiny' is not there", "'tiny' is not there"),
    ("see https://example.org/a/b.html", "see https://example.org/a/b.html"),
    ("sqlite:////var/lib/store.sqlite cannot be read", "store.sqlite cannot be read"),
    ("write it as 2024/12/07, and/or not", "write it as 2024/12/07, and/or not"),
]


@pytest.mark.parametrize(("said", "without"), PATHS)
def test_a_visitor_reads_names_of_files_without_their_paths(said, without):
    """Paths of the server become names; addresses of the web, days and what else has a stroke stay."""
    assert without_paths(said) == without
