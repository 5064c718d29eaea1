"""A page of a hundred thousand claims, as a reader opens it from disk."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import pytest
from pages import browser, reading
from playwright.sync_api import expect

from bench import ours, synthetic
from layers.page import build_page

pytestmark = pytest.mark.browser

CLAIMS = 100_000
DAYS = 60


def test_a_page_of_a_hundred_thousand_claims_opens_without_a_request(browser, tmp_path):
    """It comes up from disk, asks for nothing but its own file, and opens an event of the day to its claims."""
    tables = synthetic.tables(CLAIMS, days=DAYS)
    places = ours.gazetteer(tables.places, tables.areas)
    file = tmp_path / "map.html"
    file.write_text(build_page(ours.collection(tables, places, days=DAYS), places), encoding="utf-8")
    with reading(browser) as opened:
        opened.page.context.set_default_timeout(60_000)
        opened.open(file)
        opened.page.evaluate(
            "bordermap.app.state.set({ event: bordermap.app.data.eventOf(bordermap.app.state.shown[0]) })"
        )
        expect(opened.page.locator("#bm-panel .bm-claim").first).to_be_visible()
        assert opened.requests == [file.as_uri()]
        assert opened.complaints == []
