"""Hostile texts in a dashboard for others: in its published edition, in faults that its reviewers see, and in the names of who signs in."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch
from urllib.parse import urlencode

from playwright.sync_api import Error

from trust.hostilecollections import PER_EVENT, folder_of
from trust.hostiledashboard import FOLDER, look_at_map
from trust.hostiledesks import go, rest
from trust.hostilefaults import faulty_folders
from trust.hostilepages import break_down
from trust.hostiletables import in_toml
from trust.window import Noted, Tried, unsafe_window, window

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dashboard_server import ROOT, served  # type: ignore[import-not-found]
from oidc_made import CLIENT, CLIENT_SECRET, OidcMade  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from trust.hostiletexts import Texts
    from trust.window import Watched

__all__ = ["site"]

_GROUP: Final = "editors"
_SECRET: Final = "0" * 64
_FEW, _MANY = 1, 8
"""People who sign in, where few texts are tried and where many are."""


def site(browser: Browser, texts: Texts, folder: Path) -> Tried:
    """The published map as strangers see it; then reviewers of hostile names sign in, and look at collections full of faults."""
    made = folder_of(folder / FOLDER, texts, len(texts.texts) // PER_EVENT + 1)
    faulty = list(itertools.islice(faulty_folders(folder / "faulty", texts), None if texts.are_many else 1))
    people = _people(texts, _MANY if texts.are_many else _FEW)
    with OidcMade(people) as provider:

        def site_file(address: str) -> Path:
            return _written(folder / "site.toml", address, provider, [made, *faulty])

        with (
            patch.dict(os.environ, {"BORDERMAP_LOG": "plain"}),
            served(ROOT / "tests" / "dashboard_faulty.py", made, folder / "log", site_file) as address,
        ):
            seen: list[Noted] = [_as_a_stranger(browser, address)]
            seen += [_as_a_reviewer(browser, address, provider, name, faulty) for name in people]
            with unsafe_window(browser, address) as control:
                with contextlib.suppress(Error):  # what it is full of may have broken it
                    control.page.goto(address)
                    control.page.locator("iframe").wait_for(state="attached")
                    break_down(control, control.page.frames[1])
                control.look()
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    return Tried([*seen, Noted.of_text(log)], [control])


def _people(texts: Texts, number: int) -> dict[str, dict[str, Any]]:
    """Give people all of whose claims are hostile, but the group by which they are reviewers."""
    names = iter(lambda: texts.in_files("person.subject", without="\n\t"), "")
    printable = (name for name in names if name.isprintable())  # whoever is called otherwise does not get in
    return {
        f"person{at}": {
            "sub": next(printable),
            "email": texts.in_files("person.email"),
            "email_verified": True,
            "name": texts.in_files("person.claims"),
            "picture": texts.in_files("person.claims"),
            "groups": [_GROUP, texts.in_files("person.claims")],
        }
        for at in range(number)
    }


def _written(file: Path, address: str, provider: Any, collections: Sequence[Path]) -> Path:
    file.write_text(
        f"""
[site]
url = "{address}"
collections = [{", ".join(in_toml(str(one)) for one in collections)}]
[reviewing]
claims = {{ groups = ["{_GROUP}"] }}
[signin]
client_id = "{CLIENT}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{provider.metadata}"
cookie_secret = "{_SECRET}"
""",
        encoding="utf-8",
    )
    return file


def _as_a_stranger(browser: Browser, address: str) -> Watched:
    """Look at the published map."""
    with window(browser, address) as watched:
        go(watched, address)
        look_at_map(watched)
    return watched


def _as_a_reviewer(
    browser: Browser, address: str, provider: Any, name: str, faulty: Sequence[Path]
) -> Watched:
    """Sign in, and look at who one is, at the desks, and at what is wrong with collections."""
    with window(browser, address, provider.issuer) as watched:
        page = watched.page
        go(watched, f"{address}/claims")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name=name, exact=True).click()
        page.locator(".st-key-account button").first.click()
        page.locator("[data-testid=stPopoverBody]").wait_for()
        rest(page)
        watched.look()
        for folder in faulty if name == "person0" else ():
            go(watched, f"{address}/?{urlencode({'collection': folder.name})}")
            watched.look()
        go(watched, f"{address}/read")
        watched.look()
    return watched
