"""What others have written, where Streamlit would read more than letters."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from dashboard.foreign import file_name, in_markdown, links, seen

DASHBOARD = Path(__file__).parents[1] / "dashboard"

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


READS_MARKDOWN = frozenset(
    [
        "button",
        "caption",
        "checkbox",
        "download_button",
        "error",
        "expander",
        "file_uploader",
        "header",
        "info",
        "markdown",
        "metric",
        "multiselect",
        "number_input",
        "page_link",
        "popover",
        "radio",
        "selectbox",
        "slider",
        "spinner",
        "subheader",
        "success",
        "text_area",
        "text_input",
        "title",
        "toast",
        "warning",
        "date_input",
    ]
)
"""Streamlit's calls that read the label, or what they show, as Markdown."""
NUMBERS = frozenset({"n", "count", "most", "found", "all", "later", "number"})
"""Values of the words of the dashboard that are numbers."""
OURS = {("mapped.py", "what"), ("asking.py", "what"), ("claims_page.py", "day")}
"""Values that are words of the dashboard themselves, or an ISO day."""


def labels(path):
    """Give what a module of the dashboard lets Streamlit read as Markdown: labels, texts and help."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in READS_MARKDOWN
        ):
            yield from node.args[:1]
            yield from (keyword.value for keyword in node.keywords if keyword.arg in {"label", "help"})


def foreign_values(path):
    """Give the values in such labels that may be foreign."""
    for label in labels(path):
        for call in ast.walk(label):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "say"
            ):
                for keyword in call.keywords:
                    yield keyword.arg, keyword.value


@pytest.mark.parametrize("path", sorted(DASHBOARD.rglob("*.py")), ids=lambda path: path.name)
def test_no_label_has_a_foreign_text(path):
    """What Streamlit reads as Markdown is the dashboard's own words; a foreign text in them went through `in_markdown`."""
    for name, value in foreign_values(path):
        safe = (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Name)
            and value.func.id == "in_markdown"
        )
        assert safe or name in NUMBERS or (path.name, name) in OURS, name


def test_labels_with_values_are_found():
    """The look at labels finds the buttons that name a file."""
    found = [name for name, _ in foreign_values(DASHBOARD / "downloads.py")]
    assert found == ["file", "file"]
