"""Who signs in or out comes back to the page that they went from, and to no other address."""

import asyncio
from http.cookies import SimpleCookie

import pytest

from dashboard.returning import Returning

HOST = "map.example.org"
PAGE = "/claims?collection=x&day=2024-12-08&lang=ar"


def answered(path, location, **headers):
    """Give where an answer of Streamlit's leads once it has gone through, and the cookie that it sets."""

    async def behind(_scope, _receive, send):
        await send(
            {"type": "http.response.start", "status": 302, "headers": [(b"location", location.encode())]}
        )

    async def send(message):
        sent.extend(message["headers"])

    sent = []
    told = [(name.encode(), value.encode()) for name, value in {"host": HOST, **headers}.items()]
    asyncio.run(Returning(behind)({"type": "http", "path": path, "headers": told}, None, send))
    found = dict(sent)
    return found[b"location"].decode(), SimpleCookie(found.get(b"set-cookie", b"").decode())


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout"])
def test_the_page_is_kept_until_the_return(path):
    """The way to the provider is Streamlit's; the cookie of it leads back, and is gone then."""
    location, cookie = answered(path, "https://provider.example/authorize", referer=f"https://{HOST}{PAGE}")
    kept = cookie["bordermap_from"]
    assert location == "https://provider.example/authorize"
    assert (kept["path"], kept["httponly"], kept["samesite"]) == ("/oauth2callback", True, "Lax")
    assert kept["secure"] is True
    location, cookie = answered("/oauth2callback", "/", cookie=f"bordermap_from={kept.value}")
    assert (location, cookie["bordermap_from"].value) == (PAGE, "")


def test_who_is_led_to_no_provider_stays_on_the_page():
    """A provider without an address for signing out is not gone to."""
    location, _ = answered("/auth/logout", "/", referer=f"https://{HOST}{PAGE}")
    assert location == PAGE


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://evil.example/claims",
        f"https://{HOST}//evil.example/",
        f"https://{HOST}/\\evil.example",
        f"https://{HOST}/a/b",
        f"https://{HOST}/claims?{'x' * 2_000}",
        "https://[/",
    ],
)
def test_no_other_address_is_kept(referer):
    """A page of another host, what a browser could take for another host, and what is too long are not."""
    assert not answered("/auth/login", "https://provider.example/", referer=referer)[1]


@pytest.mark.parametrize(
    "kept", ["//evil.example", "https://evil.example", "/%5Cevil.example", "/x%0d%0aa: b", "/%C3%A9", ""]
)
def test_a_cookie_of_somebody_else_leads_nowhere_else(kept):
    """What is in the cookie is held to the same rule: at worst one is on the first page."""
    assert answered("/oauth2callback", "/", cookie=f"bordermap_from={kept}")[0] == "/"


def test_another_request_goes_through_as_it_is():
    """Only signing in and out leads anywhere."""
    location, cookie = answered("/", "/", referer=f"https://{HOST}{PAGE}", cookie="bordermap_from=/claims")
    assert (location, len(cookie)) == ("/", 0)
