"""The public dashboard has published editions, and nothing else of what it was given."""

import datetime as dt
from pathlib import Path

import pytest
from builds_made import built
from canaries import border_made, found_in
from publication_made import withholding
from streamlit.testing.v1 import AppTest

from claims.named import InFolder
from dashboard import downloads, shelf, titling, visitor
from dashboard.claims_page import claims_table
from dashboard.session import Reading
from dashboard.view import View
from dashboard.words import words_in
from geo.errors import BordermapError
from layers.exports.formats import Rows

APP = Path(__file__).parents[1] / "app.py"
DAY = dt.date(2024, 12, 20)
SIGN_IN = """\
site.url = "https://a.example"
[signin]
client_id = "bordermap"
client_secret = "of-the-provider"
server_metadata_url = "https://id.example.org/.well-known/openid-configuration"
"""


def app_of(folder, monkeypatch):
    """Run the dashboard of a folder as its public sees it."""
    monkeypatch.setenv("BORDERMAP_COLLECTION", str(folder))
    monkeypatch.setenv("BORDERMAP_PUBLIC", "yes")
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    return app


def test_map_claims_and_downloads_are_of_the_published_edition(tmp_path, monkeypatch):
    """What is not for publication is in none of them; the same claims without the setting have it."""
    folder, texts, _ = border_made(tmp_path / "border")
    monkeypatch.setattr(shelf, "today_in", lambda _: DAY)
    opened, whole = (shelf.opened(InFolder(folder), public=public) for public in (True, False))
    assert found_in(opened.html.encode(), texts) == set()
    mine = Reading(opened.days, View(opened.days.opening, {"mode": "sofar"}))
    for wanted in (
        downloads.Wanted("csv", shown=False, rows=Rows.CLAIMS, safe=False),
        downloads.Wanted("geojson", shown=True, rows=Rows.EVENTS, safe=False),
        downloads.Wanted("csv", shown=False, rows=Rows.EVENTS, safe=False, whole=True),
    ):
        assert found_in(downloads._made(opened, mine, wanted), texts) == set(), wanted
    table, all_of_it = (claims_table(one.collection, words_in("en")).to_csv() for one in (opened, whole))
    assert found_in(table.encode(), texts) == set()
    assert len(found_in(all_of_it.encode(), texts)) > 12


def desk_of(name):
    """A reviewers' page alone, as a script: AppTest cannot go to a page that is not a file."""
    import importlib  # noqa: PLC0415 - Streamlit runs this function's text as a script of its own

    getattr(importlib.import_module("dashboard.pages"), name)({})


@pytest.mark.parametrize("name", ["_read", "_import"])
@pytest.mark.parametrize(
    ("public", "site", "said"),
    [
        ("yes", None, "notReviewed"),
        ("", "", "notReviewed"),
        ("", SIGN_IN, "notReviewer_STRANGER"),
    ],
)
def test_a_desk_says_to_whoever_reviews_nothing_that_it_is_for_others(
    tmp_path, monkeypatch, name, public, site, said
):
    """In our words and the reader's language, by whatever address they came; nothing of the desk is there."""
    monkeypatch.setenv("BORDERMAP_PUBLIC", public)
    monkeypatch.delenv("BORDERMAP_SITE", raising=False)
    if site is not None:
        (tmp_path / "site.toml").write_text(site)
        monkeypatch.setenv("BORDERMAP_SITE", str(tmp_path / "site.toml"))
    app = AppTest.from_function(desk_of, kwargs={"name": name}, default_timeout=60)
    app.query_params["lang"] = "ar"
    app.run()
    assert [one.value for one in app.info] == [words_in("ar").say(said)]
    assert [*app.text_input, *app.text_area, *app.code, *app.exception] == []


def test_the_public_finds_no_desk_and_no_faults(tmp_path, monkeypatch):
    """Read and Import are not there, and a fault, which tells a cell, is not shown."""
    app = app_of(withholding(tmp_path / "c", [{}]), monkeypatch)
    assert [link.label for link in app.main.get("page_link")] == ["Map", "Claims"]
    faulty = app_of(withholding(tmp_path / "d", [{"withheld": "secret-word"}]), monkeypatch)
    assert list(faulty.code) == []
    assert [error.value for error in faulty.error] == [words_in("en").say("notPublic")]
    assert "secret-word" not in faulty.text[-1].value
    monkeypatch.setenv("BORDERMAP_PUBLIC", "no")
    (told,) = AppTest.from_file(str(APP), default_timeout=60).run().code
    assert "secret-word" in told.value


@pytest.mark.parametrize(
    ("site", "address", "published"),
    [
        ("", "127.0.0.1", True),
        ("site.public = false", "127.0.0.1", False),
        (None, "192.0.2.1", True),
        (None, "127.0.0.1", False),
    ],
)
def test_whoever_is_not_at_home_is_shown_what_is_published(tmp_path, monkeypatch, site, address, published):
    """With a site, unless it says otherwise, and without one where the dashboard listens to others; the user sees all."""
    monkeypatch.setattr(visitor.st, "get_option", {"server.address": address}.get)
    monkeypatch.delenv("BORDERMAP_SITE", raising=False)
    if site is not None:
        (tmp_path / "site.toml").write_text(site)
        monkeypatch.setenv("BORDERMAP_SITE", str(tmp_path / "site.toml"))
    assert visitor.visitor().published is published


def test_a_built_folder_is_published_if_it_is_an_edition(tmp_path):
    """What was built whole is refused with what to do; an edition is shown."""
    withholding(tmp_path / "in" / "c", [{}, {"withheld": "claim"}])
    for name, day in (("whole", None), ("edition", dt.date(2024, 12, 20))):
        built(tmp_path / name, tmp_path / "in", day=day)
    with pytest.raises(BordermapError, match="build it anew with bordermap build --public"):
        shelf.opened_large(InFolder(tmp_path / "whole"), public=True)
    opened = shelf.opened_large(InFolder(tmp_path / "edition"), public=True)
    assert (opened.built.edition.day, opened.built.edition.claims) == (dt.date(2024, 12, 20), 1)


def test_the_box_of_collections_tells_no_title_before_its_edition(tmp_path, monkeypatch):
    """A title may repeat what is withheld; of a collection that cannot be published its name alone is told."""
    monkeypatch.setenv("BORDERMAP_PUBLIC", "yes")
    words, told = words_in("en"), {"title": '"Operation Dawn"'}
    fine = InFolder(withholding(tmp_path / "fine", [{}], facts=told))
    secret = [{"note": "Operation Dawn", "withheld": "note"}]
    not_so = InFolder(withholding(tmp_path / "not-so", secret, facts=told))
    assert [shelf.title(one, words) for one in (fine, not_so)] == ["fine", "not-so"]
    shelf.opened(fine, public=True)
    with pytest.raises(BordermapError, match="which is not for publication"):
        shelf.opened(not_so, public=True)
    assert [shelf.title(one, words) for one in (fine, not_so)] == ["Operation Dawn", "not-so"]


def test_the_public_s_list_has_titles_as_soon_as_there_are_editions(tmp_path, monkeypatch):
    """They are made beside the sessions; what cannot be published goes by its name, and is tried once."""
    monkeypatch.setenv("BORDERMAP_PUBLIC", "yes")
    words, told = words_in("en"), {"title": '"Operation Dawn"'}
    secret = [{"note": "Operation Dawn", "withheld": "note"}]
    listed = [
        InFolder(withholding(tmp_path / name, rows, facts=told))
        for name, rows in (("fine", [{}]), ("not-so", secret))
    ]
    made = []
    monkeypatch.setattr(
        titling.shelf,
        "opened",
        lambda one, *, public, do=shelf.opened: made.append(one) or do(one, public=public),
    )
    maker = titling._Maker()
    for _ in range(2):
        maker.have_made(listed)
        if maker._thread:
            maker._thread.join()
    assert [shelf.title(one, words) for one in listed] == ["Operation Dawn", "not-so"]
    assert made == listed
