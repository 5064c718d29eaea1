"""Signing in through a real provider: what reviewers, readers and strangers are offered, and what is refused however it is asked."""

import http.cookiejar
import os
import re
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest
from dashboard_browser import Dashboard
from dashboard_collection import write_collection
from dashboard_server import ROOT, served
from joserfc import jwt
from joserfc.jwk import OctKey
from oidc_made import CLIENT, CLIENT_SECRET, OidcMade
from playwright.sync_api import expect
from reviews_made import NAME, TEXT, kept, keys_of, store_at
from streamlit_spoken import is_said, opening, opens, said_otherwise, spoken
from websockets.exceptions import InvalidStatus

from dashboard.review.opening import desk_of

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)

COOKIE_SECRET = "sentinel-of-cookies-" + "0" * 32
VERIFIED = {"email_verified": True}
PEOPLE = {
    "rita": {"email": "Rita@example.org", **VERIFIED},
    "lee": {"email": "lee@example.org", **VERIFIED},
    "unverified": {"email": "rita@example.org", "email_verified": False},
    "wrong nonce": {"email": "rita@example.org", "nonce": "another", **VERIFIED},
    "wrong audience": {"email": "rita@example.org", "aud": "another", **VERIFIED},
    "wrong issuer": {"email": "rita@example.org", "iss": "http://127.0.0.1:9", **VERIFIED},
    "expired": {"email": "rita@example.org", "exp": 1_700_000_000, **VERIFIED},
    "without end": {"email": "rita@example.org", "exp": None, **VERIFIED},
    "wrong key": {"email": "rita@example.org", **VERIFIED},
    "no signature": {"email": "rita@example.org", **VERIFIED},
}
FORGED = {"wrong key": {"key": True}, "no signature": {"alg": "none"}}
REFUSED = [name for name in PEOPLE if name not in {"rita", "lee", "unverified"}]
NAMED = 'people = ["rita@example.org"]'


@pytest.fixture(scope="module")
def provider():
    """The provider."""
    with OidcMade(PEOPLE, FORGED) as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a store that the environment names while this module's tests run."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{folder / 'store.sqlite'}")
        yield folder


@pytest.fixture(scope="module")
def store(folder):
    """The store, with one empty collection."""
    return store_at(folder)


@pytest.fixture(scope="module")
def address(folder, store, provider):
    """The address of a dashboard for others, of which Rita is the reviewer."""
    assert NAME in store.names()
    write_collection(folder / "tiny")

    def site(address):
        file = folder / "site.toml"
        file.write_text(
            f"""
[site]
url = "{address}"
collections = ["tiny", "store:{NAME}"]
upload_mb = 1
[reviewing]
{NAMED}
[signin]
client_id = "{CLIENT}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{provider.metadata}"
cookie_secret = "{COOKIE_SECRET}"
"""
        )
        return file

    with served(ROOT / "tests" / "dashboard_faulty.py", folder / "tiny", folder / "log", site) as address:
        yield address


@pytest.fixture
def window(browser, address):
    """Open windows of browsers that know nothing of each other."""
    contexts = []

    def opened():
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}))
        return Signing(contexts[-1].new_page(), address)

    yield opened
    for context in contexts:
        context.close()


class Signing(Dashboard):
    """An open dashboard that can be signed in to.

    Attributes:
        said: What the browser has said over its websockets.
    """

    def __init__(self, page, address):
        """Keep what a new page says."""
        super().__init__(page, address)
        self.said = []

    def hear(self, frame):
        """Keep a message of the browser."""
        self.said.append(frame)

    def sign_in(self, name):
        """Sign in as one of the provider's people, as they do."""
        self.page.goto(self.address)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("link", name=name, exact=True).click()
        self.page.locator(".st-key-account").wait_for()
        return self

    def account(self):
        """Open what is said of who is signed in; give it."""
        self.page.locator(".st-key-account button").first.click()
        return self.page.locator("[data-testid=stPopoverBody]")

    def review(self, source):
        """Open the review of a text, and wait until its first proposal is looked at."""
        self.page.goto(f"{self.address}/read?collection=store:{NAME}&source={source}")
        self.page.locator(".card:not([aria-busy])").wait_for()
        return self

    def links(self):
        """What the row of controls leads to."""
        self.page.locator(".st-key-links a").first.wait_for()
        return self.page.locator(".st-key-links a").all_inner_texts()

    def cookies(self):
        """The cookies of this browser, by their names."""
        return {one["name"]: one["value"] for one in self.page.context.cookies()}


def decided(store, source):
    """Who has decided what on the text of a source."""
    (text,) = [one for one in store.texts(NAME) if one.source_id == source]
    return [(one.who, str(one.verdict)) for one in store.decisions(NAME, text.sha256)]


def fresh(store, note):
    """Keep a report of which no other test knows."""
    return kept(store, text=f"{TEXT}\n\n({note})").source_id


# ---- what is offered to whom


def test_a_stranger_reads_and_sees_nothing_of_what_reviewers_do(window):
    """Who has not signed in is shown map and claims, a way to sign in, and neither Read nor Import, by whatever address."""
    stranger = window()
    for page in ("read", "import"):
        stranger.page.goto(f"{stranger.address}/{page}?collection=store:{NAME}")
        assert stranger.links() == ["Map", "Claims"]
        stranger.page.locator(".st-key-sign_in").wait_for()
        expect(stranger.page.locator("[data-testid=stAlert]")).to_contain_text("This page is for reviewers")
        assert stranger.page.locator("input[type=file], textarea, input[aria-label='Your name']").count() == 0
        assert not re.search(r"\bRead\b|Import", stranger.page.inner_text("body"))
    stranger.page.goto(f"{stranger.address}/?lang=ar")
    expect(stranger.page.get_by_role("button", name="تسجيل الدخول")).to_be_visible()


def test_one_who_has_signed_in_and_is_no_reviewer_is_told_so(window):
    """The account says who is signed in and that they read; the reviewers' page says what to do."""
    lee = window().sign_in("lee")
    assert lee.links() == ["Map", "Claims"]
    expect(lee.account()).to_contain_text(re.compile("lee@example.org.*You may read here", re.DOTALL))
    lee.page.goto(f"{lee.address}/read")
    expect(lee.page.locator("[data-testid=stAlert]")).to_contain_text(
        "Ask whoever runs this dashboard to name you as a reviewer"
    )
    assert lee.page.locator("textarea, input[type=file]").count() == 0


def test_who_signs_in_or_out_is_on_the_page_again_that_they_came_from(window):
    """The language, the collection and the day are there as before."""
    lee = window()
    page = f"{lee.address}/?day=2024-12-08&lang=ar"
    lee.page.goto(page)
    lee.page.get_by_role("button", name="تسجيل الدخول").click()
    lee.page.get_by_role("link", name="lee", exact=True).click()
    lee.page.locator(".st-key-account").wait_for()
    expect(lee.page).to_have_url(re.compile(r"/\?.*day=2024-12-08.*lang=ar"))
    lee.account().get_by_role("button", name="تسجيل الخروج").click()
    expect(lee.page.get_by_role("button", name="تسجيل الدخول")).to_be_visible()
    expect(lee.page).to_have_url(re.compile(r"/\?.*day=2024-12-08.*lang=ar"))


def test_an_address_that_is_not_verified_makes_no_reviewer(window):
    """Who writes a reviewer's address into their account, without the provider's check, reads."""
    one = window().sign_in("unverified")
    assert one.links() == ["Map", "Claims"]
    expect(one.account()).to_contain_text("unverified at 127.0.0.1")


@pytest.fixture
def rita(window, store):
    """Rita, who reviews a text of her own in a browser, with what her browser says."""
    rita = window()
    rita.source = fresh(store, f"of {time.monotonic_ns()}")
    rita.page.on("websocket", lambda socket: socket.on("framesent", rita.hear))
    return rita.sign_in("rita").review(rita.source)


def reject(rita):
    """Reject the open proposal by keys, and wait until the store has said so."""
    rita.page.keyboard.press("r")
    rita.page.keyboard.press("Enter")
    expect(rita.page.locator(".row").first).to_have_attribute("data-verdict", "rejected")


def test_a_reviewer_decides_under_the_address_of_the_sign_in(rita, store):
    """No name is typed: the audit has the verified address; and the same, once signed out, is not done any more."""
    assert rita.links() == ["Map", "Claims", "Read", "Import"]
    assert rita.page.locator(".st-key-reviewer input").count() == 0
    reject(rita)
    assert decided(store, rita.source) == [("Rita@example.org", "rejected")]
    copied = rita.cookies()
    other = Signing(rita.page.context.new_page(), rita.address)
    other.page.goto(other.address)
    other.account().get_by_role("button", name="Sign out").click()
    expect(other.page.get_by_role("button", name="Sign in")).to_be_visible()
    rita.page.keyboard.press("j")
    rita.page.keyboard.press("r")
    rita.page.keyboard.press("Enter")
    expect(rita.page.locator("[data-testid=stAlert]")).to_contain_text("Your sign-in has ended")
    assert len(decided(store, rita.source)) == 1
    with spoken(rita.address, copied) as again:  # a copy of the cookie opens nothing either
        again.say(opening("import"))
        assert again.upload()[0] == 403


def test_what_a_reviewers_browser_has_said_is_worth_nothing_from_another(rita, store, window):
    """The very messages of a decision write for Rita; from a stranger and from a reader they write nothing."""
    reject(rita)
    first = next(frame for frame in rita.said if opens(frame, f"source={rita.source}"))
    heard = next(frame for frame in rita.said if is_said(frame, "reject"))
    (text,) = [one for one in store.texts(NAME) if one.source_id == rita.source]
    other = keys_of(desk_of(store, NAME, text))[1]
    lee = window().sign_in("lee")
    for number, (cookies, count) in enumerate([({}, 1), (lee.cookies(), 1), (rita.cookies(), 2)], start=1):
        with spoken(rita.address, cookies) as session:
            session.say(first)
            with suppress(TimeoutError):  # to who has no such page nothing comes at all
                session.say(said_otherwise(heard, key=other, n=number), within=5)
            session.say(first)  # so what was said before it is done or dropped
        assert len(decided(store, rita.source)) == count, number


def test_who_is_taken_out_of_the_file_reviews_no_more(rita, store, folder):
    """The site file is read again: the next thing that a former reviewer does is not done."""
    file = folder / "site.toml"
    before = file.read_text()
    file.write_text(before.replace(NAMED, 'people = ["nobody@example.org"]'))
    os.utime(file, ns=(time.time_ns(), time.time_ns()))
    try:
        rita.page.keyboard.press("r")
        rita.page.keyboard.press("Enter")
        expect(rita.page.locator("[data-testid=stAlert]")).to_contain_text("This page is for reviewers")
        assert decided(store, rita.source) == []
    finally:
        file.write_text(before)


# ---- without a browser


def cookies_of(address, name):
    """Sign in without a browser, by the steps that it takes; give the cookies at the end."""
    key = OctKey.import_key(COOKIE_SECRET)
    token = jwt.encode({"alg": "HS256"}, {"provider": "default", "exp": int(time.time()) + 60}, key)
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(jar), urllib.request.ProxyHandler({})
    )
    with browser.open(f"{address}/auth/login?provider={token}") as page:
        links = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', page.read().decode()))
        base = page.url
    link = next(link for link, whose in links.items() if whose == name)
    browser.open(urllib.request.urljoin(base, link.replace("&amp;", "&"))).close()
    return {cookie.name: cookie.value for cookie in jar}


@pytest.mark.parametrize("name", REFUSED)
def test_a_token_that_is_not_right_signs_nobody_in(address, name):
    """Another's nonce, audience, issuer or key, a token that is over or unsigned: Streamlit sets no cookie."""
    assert [cookie for cookie in cookies_of(address, name) if cookie.startswith("_streamlit_user")] == []


def test_a_file_is_taken_from_a_reviewer_alone_and_within_the_limit(address):
    """Streamlit's endpoint takes a file of a reviewer's session; of another's session, a reader's, and a large one it does not."""
    rita, lee = cookies_of(address, "rita"), cookies_of(address, "lee")
    with spoken(address, rita) as one, spoken(address, lee) as two, spoken(address) as three:
        for session in (one, two, three):
            session.say(opening("import"))
        assert one.upload()[0] == 204
        assert [session.upload()[0] for session in (two, three)] == [403, 403]
        assert three.upload("no-such-session")[0] == 403
        status, said = one.upload(content=b"x" * 1_200_000)
        assert (status, "large" in said) == (413, True)


def fetched(address, cookies, **headers):
    """Ask for a download that is not there; give the status."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    asked = urllib.request.Request(f"{address}/media/none.csv", headers={"Cookie": cookie, **headers})  # noqa: S310 - ours
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked)
    told.value.close()
    return told.value.code


def test_a_download_of_a_closed_site_is_looked_for_for_readers_alone(address, folder):
    """Streamlit's cookie of a reader opens it, of somebody else or of nobody none; under another name nothing is answered."""
    file = folder / "site.toml"
    before = file.read_text()
    lee, other = cookies_of(address, "lee"), cookies_of(address, "unverified")
    assert fetched(address, {}) == 404
    assert fetched(address, {}, Host="evil.example") == 421
    file.write_text(f'{before}[reading]\nopen = false\npeople = ["lee@example.org"]\n')
    os.utime(file, ns=(time.time_ns(), time.time_ns()))
    try:
        assert [fetched(address, one) for one in (lee, other, {})] == [404, 403, 403]
    finally:
        file.write_text(before)


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:1", "null"])
def test_no_page_of_another_host_opens_a_session(address, origin):
    """A websocket of another page is refused, also of one on this machine, whatever cookies come along."""
    with pytest.raises(InvalidStatus), spoken(address, cookies_of(address, "rita"), origin=origin):
        pass


def test_a_fault_of_ours_is_a_number_to_a_visitor_and_a_traceback_in_the_log(window, folder):
    """Neither the exception nor a path of the server is shown; the log has both under the number."""
    stranger = window()
    stranger.page.goto(f"{stranger.address}/claims")
    stranger.page.locator(".st-key-words input").fill("break")
    stranger.page.keyboard.press("Enter")
    told = stranger.page.get_by_role("alert").filter(has_text="not your doing")
    expect(told).to_be_visible()
    number = re.search(r"number: ([0-9a-f]{8})", told.inner_text())[1]
    shown = stranger.page.content()
    assert [
        word for word in ("ZeroDivision", "sentinel", "/srv", "Traceback", str(ROOT)) if word in shown
    ] == []
    log = (folder / "log").read_text()
    assert f"fault {number}" in log
    assert "ZeroDivisionError: sentinel of /srv/bordermap/secret.csv" in log


def test_no_secret_is_in_the_log_or_in_a_page(address, folder):
    """Whatever went on before: neither the provider's secret nor that of the cookies was written."""
    with spoken(address) as session:
        shown = session.say(opening("map"))
    for secret in (CLIENT_SECRET, COOKIE_SECRET):
        assert secret not in (folder / "log").read_text()
        assert secret not in shown
