"""Source text in XML whose readers take some of it for HTML: every letter is shown, and nothing of it does anything.

Google Earth renders the description of a placemark as HTML, and puts values of the placemark where `$[name]` stands. So
what is written as a description is escaped as HTML, its dollars too, and XML escapes the whole again. What is a name is
no HTML by the standard, but some render it: its angle brackets are written as single quotation marks that look alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import strings

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LINE", "as_html", "as_name", "xml_safe"]

FORBIDDEN: Final = r"[^\t\n\r\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]"
"""What XML 1.0 has no way to write (section 2.2)."""

LINE: Final = "<br/>"
"""Between the lines of a description."""

_HTML: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"), ("$", "&#36;"))
_NAME: Final = (("<", "‹"), (">", "›"))  # noqa: RUF001 - they are meant to look alike


def xml_safe(texts: pa.Array | pd.Series) -> pa.Array:
    """Return texts with U+FFFD for what XML cannot hold."""
    return pc.replace_substring_regex(strings(texts), FORBIDDEN, "\ufffd")


def as_html(texts: pa.Array | pd.Series) -> pa.Array:
    """Return texts as HTML that shows them letter by letter; XML has still to escape it."""
    safe = xml_safe(texts)
    for letter, escaped in _HTML:
        safe = pc.replace_substring(safe, letter, escaped)
    return pc.replace_substring_regex(safe, r"\r\n|\r|\n", LINE)


def as_name(texts: pa.Array | pd.Series) -> pa.Array:
    """Return texts as names that are no HTML, whoever reads them."""
    safe = xml_safe(texts)
    for letter, alike in _NAME:
        safe = pc.replace_substring(safe, letter, alike)
    return safe
