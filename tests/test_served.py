"""The dashboard as it is served: its health, its headers, the policy of its document, and its log."""

import hashlib
import http.client
import json
import re
import time
from base64 import b64encode
from urllib.parse import urlsplit

import pytest
from chromium import launch
from dashboard_browser import Dashboard
from dashboard_collection import write_collection
from dashboard_server import served
from playwright.sync_api import sync_playwright

from bench.waiting import STARTS_WITHIN_S
from claims.tables import read_with_places
from dashboard.headers import document
from layers.page import build_page

SCRIPT = re.compile(r"<script(?P<kind>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Give the file that the server writes to."""
    return tmp_path_factory.mktemp("served") / "log"


@pytest.fixture(scope="module")
def address(log):
    """Give the address of a dashboard that logs JSON."""
    folder = write_collection(log.parent / "tiny")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BORDERMAP_LOG", "json")
        with served(None, folder, log) as address:
            yield address


def asked(address, path, method="GET"):
    """Ask for a path; give the status, the headers and the body."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_healthz_is_well_once_the_collection_is_open(address):
    """It answers GET and HEAD, says nothing but that, and is kept by no cache on the way."""
    latest = time.monotonic() + STARTS_WITHIN_S
    while (answer := asked(address, "/healthz"))[0] != 200:
        assert json.loads(answer[2])["failing"]
        assert time.monotonic() < latest
    status, headers, body = asked(address, "/healthz")
    assert (status, body, headers["cache-control"]) == (200, b'{"status":"ok"}', "no-store")
    status, headers, body = asked(address, "/healthz", "HEAD")
    assert (status, body, headers["content-type"]) == (200, b"", "application/json")
    assert asked(address, "/healthz", "POST")[0] == 405


@pytest.mark.parametrize(
    "path", ["/", "/claims", "/static/none", "/healthz", "/_stcore/health", "/favicon.png"]
)
def test_every_answer_says_who_may_show_it(address, path):
    """No other site may put it into a frame, guess what it is, and no other learns from where a reader comes."""
    _, headers, _ = asked(address, path)
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_what_is_offered_for_download_is_kept_by_no_cache(address):
    """Who may have it is asked each time: neither a browser nor a proxy on the way answers in the server's stead."""
    assert asked(address, "/media/none.csv")[1]["cache-control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/", "/claims", "/any/page", "/static/none"])
def test_every_document_has_the_policy(address, path):
    """Wherever Streamlit's document is given, the policy is in it, whole, and no older one is taken for it."""
    status, headers, body = asked(address, path)
    assert (status, body) == (200, document())
    assert int(headers["content-length"]) == len(body)
    assert not {"etag", "last-modified", "content-encoding"} & headers.keys()
    assert asked(address, path, "HEAD")[2] == b""


@pytest.mark.parametrize("view", ["[0.0, 0.0, 10.0, 10.0]", "[-9.0, 37.0, -5.0, 41.0]"])
def test_the_policy_knows_each_script_of_a_page(view, tmp_path):
    """A page has the same scripts wherever its map begins, and the document that frames it lets them run."""
    facts = write_collection(tmp_path / "tiny") / "collection.toml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("[0.0, 0.0, 10.0, 10.0]", view), encoding="utf-8"
    )
    policy = document().decode()
    page = build_page(*read_with_places(facts.parent))
    scripts = [one["text"] for one in SCRIPT.finditer(page) if "type=" not in one["kind"]]
    assert len(scripts) > 50
    for script in scripts:
        digest = f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
        assert f"'{digest}'" in policy, f"headers.py does not know {digest} of {script[:200]!r}"
    assert "unsafe-inline'" not in policy.split("style-src")[0]
    assert "http" not in policy.split("Content-Security-Policy")[1].split("/>")[0].replace("http-equiv", "")


@pytest.mark.browser
def test_the_map_draws_under_the_policy_and_no_other_script_runs(address):
    """All pages work without a complaint of the browser, and a script or picture that were smuggled in are stopped."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        dashboard = Dashboard(browser.new_page(), address)
        dashboard.page.set_default_timeout(90_000)  # it looks at what is drawn, not how fast
        page = dashboard.page
        page.goto(address)
        page.frame_locator("iframe").locator("html[data-bordermap=ready]").wait_for(state="attached")
        for name in ("claims", "read", "import"):
            page.locator(f".st-key-links a[href$={name}]").click()
            page.wait_for_url(f"**/{name}*")
            dashboard.wait_for_server()
        assert dashboard.complaints == []
        stopped = page.evaluate(
            """() => new Promise((done) => {
                 const stopped = [];
                 document.addEventListener("securitypolicyviolation", (event) => {
                   stopped.push(event.effectiveDirective);
                   if (stopped.length === 3) done(stopped.sort());
                 });
                 const script = document.createElement("script");
                 script.textContent = "window.fired = 'script'";
                 document.body.append(script);
                 const picture = document.createElement("img");
                 picture.src = "http://192.0.2.1/x.png";
                 document.body.append(picture);
                 const button = document.createElement("button");
                 button.setAttribute("onclick", "window.fired = 'attribute'");
                 document.body.append(button);
                 button.click();
               })"""
        )
        assert stopped == ["img-src", "script-src-attr", "script-src-elem"]
        assert page.evaluate("window.fired ?? null") is None
        browser.close()


def test_the_log_is_json_and_names_no_reader(address, log):
    """Each line of standard error is an object with time, level, logger and message, and none an address of a reader."""
    asked(address, "/claims?day=2024-12-07")
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    told = [json.loads(line) for line in lines]
    assert all({"time", "level", "logger", "message"} <= one.keys() for one in told)
    assert {"bordermap.server", "bordermap.access"} <= {one["logger"] for one in told}
    assert not [line for line in lines if "2024-12-07" in line or "127.0.0.1:" in line]
    assert [one["path"] for one in told if one.get("path") == "/claims"]
