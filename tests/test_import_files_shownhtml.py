"""The words of HTML as they are shown."""

import pytest

from claims.imports.files.shownhtml import shown_words


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>y</b>", "y"),
        ("A &amp; B", "A & B"),
        ("One<br>two<br/>three <a href='https://a.example'>link</a>.", "One\ntwo\nthree link."),
        ("<p>a\n b</p><p>\u0639</p>", "a b\n\u0639"),
        (
            "<table><tr><td>Day</td><td>7 Dec</td></tr><tr><th>People</th><td>300</td></tr></table>",
            "Day 7 Dec\nPeople 300",
        ),
        ("x<script>alert(1)</script><style>b{}</style><!-- y -->", "x"),
        ("a</div></div>b<i>", "a\nb"),
        ("&lt;b&gt;", "<b>"),
        ("<img src=x onerror=alert(1)>", ""),
        ("", ""),
    ],
)
def test_html_is_its_words(html, words):
    """Tags go, what is not shown goes, and what stands in a line of its own does so."""
    assert shown_words(html) == words


@pytest.mark.parametrize("text", ["5 < 6 and 7 > 3", "R&D", "a\n\n b", "cut <b short", "<", "&"])
def test_text_without_tags_is_as_it_was(text):
    """What only looks like HTML a little is text."""
    assert shown_words(text) == text


@pytest.mark.parametrize("part", ["<", "<b>", "<!--", "&", "<a b=", "<div>", "</"])
def test_what_is_made_to_do_harm_is_read(part):
    """Half a million pieces of tags take no longer than their length, and raise nothing."""
    assert len(shown_words(f"{part * 500_000}x")) <= len(part) * 500_000 + 1
