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
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["LINE", "as_html", "as_name", "as_xml", "xml_safe"]

FORBIDDEN: Final = r"[^\t\n\r\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]"
"""What XML 1.0 has no way to write (section 2.2)."""

_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\r"))
_NO_LETTERS: Final = ("\ufffe".encode(), "\uffff".encode())
"""The same as bytes of UTF-8, which has no surrogates."""

LINE: Final = "<br/>"
"""Between the lines of a description."""

_HTML: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"), ("$", "&#36;"))
_XML: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_NAME: Final = (("<", "‹"), (">", "›"))  # noqa: RUF001 - they are meant to look alike


def xml_safe(texts: pa.Array | pd.Series) -> pa.Array:
    """Return texts with U+FFFD for what XML cannot hold."""
    array = strings(texts)
    held = _held(array)
    if len(held.translate(None, _CONTROLS)) == len(held) and not any(each in held for each in _NO_LETTERS):
        return array
    return pc.replace_substring_regex(array, FORBIDDEN, "\ufffd")


def as_html(texts: pa.Array | pd.Series) -> pa.Array:
    """Return texts as HTML that shows them letter by letter; XML has still to escape it."""
    safe = _replaced(xml_safe(texts), _HTML)
    if not any(end in _held(safe) for end in (b"\r", b"\n")):
        return safe
    return pc.replace_substring_regex(safe, r"\r\n|\r|\n", LINE)


def as_name(texts: pa.Array | pd.Series) -> pa.Array:
    """Return texts as names that are no HTML, whoever reads them; XML has still to escape them."""
    return _replaced(xml_safe(texts), _NAME)


def as_xml(texts: pa.Array | pd.Series) -> pa.Array:
    """Return texts that XML can hold (`xml_safe`) as what stands between two tags."""
    return _replaced(strings(texts), _XML)


def _replaced(texts: pa.Array, pairs: Iterable[tuple[str, str]]) -> pa.Array:
    """Put one text in place of another, one after the other; most columns have none of them, which their bytes tell at once."""
    held = _held(texts)
    for letter, other in pairs:
        if letter.encode() in held:
            texts = pc.replace_substring(texts, letter, other)
    return texts


def _held(texts: pa.Array) -> bytes:
    """Give the bytes of texts (`pa.string()`), one after the other."""
    _, offsets, letters = texts.buffers()
    if letters is None or not len(texts):
        return b""
    bounds = memoryview(offsets).cast("i")
    return bytes(memoryview(letters)[bounds[texts.offset] : bounds[texts.offset + len(texts)]])
