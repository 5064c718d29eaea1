"""What others have written, where Streamlit would read more than letters."""

import pandas as pd
import pytest

from dashboard.foreign import file_name, in_markdown, links, seen

NAMES = [
    ("iraq-syria-2024", "iraq-syria-2024.html"),
    ("الحدود", "الحدود.html"),
    ("![](http://x.invalid/1) [x](javascript:0)", "http-x.invalid-1-x-javascript-0.html"),
    ("../../etc/passwd", "etc-passwd.html"),
    ("a\u202egpj\n\x1b[2J", "a-gpj-2J.html"),
    ("__init__ :material/home: $x$", "__init__-material-home-x.html"),
    ("<<<>>>", "collection.html"),
    ("x" * 300, "x" * 100 + ".html"),
]


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_a_file_is_named_by_letters_digits_points_and_hyphens(words, name):
    """Whatever a folder is called, what is downloaded has a name that is no path and no Markdown."""
    assert file_name(words, ".html") == name


def test_no_sign_of_markdown_is_left_to_be_read():
    """Each sign that Markdown may read has a backslash before it, and what is hidden is shown."""
    assert in_markdown("![x](y) `z` $1 _a_\u202e") == "\\!\\[x\\]\\(y\\) \\`z\\` \\$1 \\_a\\_⟨U\\+202E⟩"
    assert in_markdown("القائم 2024") == "القائم 2024"


def test_only_web_addresses_are_links():
    """Of addresses that a table may hold those of other schemes are left out."""
    addresses = [
        "https://a.example/1",
        "HTTP://a.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " https://a",
        "www.a.example",
        "",
    ]
    assert links(pd.Series(addresses)).tolist() == [
        "https://a.example/1",
        "HTTP://a.example",
        "",
        "",
        "",
        "",
        "",
    ]


def test_a_table_is_seen_whole():
    """Texts of a table are shown by the rule, other cells stay, whatever columns are called."""
    day = pd.Timestamp("2024-12-07")
    table = pd.DataFrame({"self": ["a\u202eb", "c"], "day": [day, pd.NaT], "n": [1, 2]})
    shown = seen(table)
    assert shown["self"].tolist() == ["a⟨U+202E⟩b", "c"]
    assert shown["day"].tolist()[0] == day
    assert table["self"].tolist()[0] == "a\u202eb"
