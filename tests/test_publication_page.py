"""The page of a published edition says that it is one, and how much it lacks."""

# ruff: noqa: F401  # fixtures are imported, and named again as arguments

import datetime as dt

import pytest
from collections_made import ABOUT_2000, ON_THE_SEVENTH
from pages import browser, reading
from playwright.sync_api import expect
from publication_made import withholding

from claims.publication.publishing import published
from claims.tables import read_with_places
from layers.page import build_page

pytestmark = pytest.mark.browser

LANGUAGES = {
    "en": (
        "Published edition of 20 December 2024: 1 claim is not published, parts of 3 claims are withheld, no position surer than 25 km, delayed by 7 days.",
        "Published edition · 1 claim is not published, parts of 3 claims are withheld · no position surer than 25 km · delayed by 7 days",
        "Withheld from publication",
        "to within 37.5 km",
        "Title withheld: crossing, Portugal, to within 37.5 km",
        "Nothing that is published speaks of these days",
    ),
    "ar": (
        "طبعة للنشر بتاريخ 20 ديسمبر 2024: قول واحد غير منشور، حُجبت أجزاء من 3 أقوال، لا موقع أدق من 25 كم، بتأخير 7 أيام.",
        "طبعة للنشر · قول واحد غير منشور، حُجبت أجزاء من 3 أقوال · لا موقع أدق من 25 كم · بتأخير 7 أيام",
        "محجوب عن النشر",
        "37.5",
        "العنوان محجوب: عبور، البرتغال",
        "لا شيء مما نُشر يتحدث عن هذه الأيام",
    ),
}


MORE = {
    "count_text": "5,000",
    "count": "5000",
    "count_low": "5000",
    "count_high": "5000",
    "count_unit": "people",
    "count_qualifier": "exact",
}
OF_TWO = {
    **ON_THE_SEVENTH,
    "event_id": "e2",
    "origin_id": "geonames-2268339",
    "crossing_id": "geonames-2264299",
    "geo_precision": "1",
}
"""A claim that names two towns of one cell of 25 km."""


@pytest.fixture(scope="module")
def published_page(tmp_path_factory):
    """The page of an edition that lacks a claim, a quote, two outlets and all positions."""
    folder = tmp_path_factory.mktemp("published")
    several = [
        {**ON_THE_SEVENTH, "withheld": "quote"},
        {"withheld": "claim"},
        {**OF_TWO, **ABOUT_2000, "withheld": "source.outlet"},
        {**OF_TWO, **MORE, "source_id": "s2", "root": "s2", "withheld": "source.outlet"},
    ]
    written = withholding(
        folder / "c",
        several,
        "coarsen_km = 25\ndelay_days = 7",
        sources=({}, {"outlet": "The Other Test"}),
        events=({}, {"title": "They walk on Faro"}),
    )
    file = folder / "page.html"
    file.write_text(
        build_page(*published(*read_with_places(written), dt.date(2024, 12, 20))), encoding="utf-8"
    )
    return file


def test_the_page_says_what_it_lacks_in_numbers(browser, published_page):  # noqa: F811
    """In both languages, with the delay, at its head in short and at its foot in full; where a quote or an outlet is withheld, the page says so in its own words, and a circle once."""
    for language, (edition, head, withheld, circle, title, nothing) in LANGUAGES.items():
        with reading(browser) as reader:
            page = reader.open(published_page, f"#day=2024-12-07&event=e1&lang={language}").page
            expect(page.locator("#bm-about")).to_contain_text(edition)
            expect(page.locator("#bm-edition")).to_have_text(head)
            expect(page.locator(".bm-claim")).to_contain_text(withheld)
            expect(page.locator(".bm-claim blockquote")).to_have_count(0)
            page.evaluate("bordermap.app.state.set({ event: bordermap.app.data.eventNamed('e2') })")
            expect(page.locator(".bm-dispute")).to_contain_text(withheld)
            told = page.locator(".bm-facts dd").first.inner_text()
            assert told.count(circle) == 1, told
            expect(page.locator("#bm-panel h2")).to_contain_text(title)
            expect(page.locator(".bm-row b").filter(has_text=title)).to_have_count(1)
            said = page.evaluate(
                "[document.body.innerText, bordermap.captions.sources(bordermap.app.data, bordermap.app.state)]"
            )
            assert withheld in said[1]
            assert all("[withheld]" not in one and "[محجوب]" not in one for one in said)
            page.evaluate("bordermap.app.state.set({ event: -1, day: bordermap.words.dayOf('2024-12-02') })")
            expect(page.locator(".bm-empty")).to_contain_text(nothing)
