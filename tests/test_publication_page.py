"""The page of a published edition says that it is one, and how much it lacks."""

# ruff: noqa: F401  # fixtures are imported, and named again as arguments

import datetime as dt

import pytest
from collections_made import ON_THE_SEVENTH
from pages import browser, reading
from playwright.sync_api import expect
from publication_made import withholding

from claims.publication.publishing import published
from claims.tables import read_with_places
from layers.page import build_page

pytestmark = pytest.mark.browser

LANGUAGES = {
    "en": (
        "Published edition of 20 December 2024: 1 claim is not published, parts of 1 claim are withheld, delayed by 7 days.",
        "Published edition · delayed by 7 days",
        "Withheld from publication",
    ),
    "ar": (
        "طبعة للنشر بتاريخ 20 ديسمبر 2024: قول واحد غير منشور، حُجبت أجزاء من قول واحد، بتأخير 7 أيام.",
        "طبعة للنشر · بتأخير 7 أيام",
        "محجوب عن النشر",
    ),
}


def test_the_page_says_what_it_lacks_in_numbers(browser, tmp_path):  # noqa: F811
    """In both languages, with the delay, at its head in short and at its foot in full; where a quote is withheld its card says so in the stead of a quote."""
    claims = [{**ON_THE_SEVENTH, "withheld": "quote"}, {"withheld": "claim"}]
    folder = withholding(tmp_path / "c", claims, "delay_days = 7")
    file = tmp_path / "page.html"
    file.write_text(
        build_page(*published(*read_with_places(folder), dt.date(2024, 12, 20))), encoding="utf-8"
    )
    for language, (edition, told, withheld) in LANGUAGES.items():
        with reading(browser) as reader:
            page = reader.open(file, f"#day=2024-12-07&event=e1&lang={language}").page
            expect(page.locator("#bm-about")).to_contain_text(edition)
            expect(page.locator("#bm-edition")).to_have_text(told)
            expect(page.locator(".bm-claim")).to_contain_text(withheld)
            expect(page.locator(".bm-claim blockquote")).to_have_count(0)
