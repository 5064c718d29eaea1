"""What is read: plain text or a page's article, in a language whose words are known; or the fault that says why not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from charset_normalizer import from_bytes

from claims.articles.lexicon import FOLDER, lexicon
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LARGEST", "decoded", "language_of", "languages", "plain_text"]

LARGEST: Final = 6_000_000
"""Bytes; no report is larger."""

SAMPLE: Final = 20_000  # characters by which a language is told
COMMON: Final = 0.06
"""Share of a text's words that are its language's most common ones, at least."""

UNREADABLE: Final = 0.02
"""Share of characters that are no text, over which bytes are not a text in their encoding."""

_MARKUP: Final = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|script|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET: Final = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def languages() -> list[str]:
    """List the codes of the languages whose words are known."""
    return sorted(folder.name for folder in FOLDER.iterdir() if (folder / "frames.toml").is_file())


def decoded(content: bytes, name: Path | str) -> str:
    """Decode the bytes of a report: UTF-8, the encoding that it names, or one that makes words of it.

    Args:
        content: The bytes.
        name: What faults call it.

    Raises:
        FaultsError: With its one fault: it is empty, too large, or no text in any encoding.
    """
    if len(content) > LARGEST:
        raise _fault(
            name, f"is too large ({len(content):,} bytes, at most {LARGEST:,})", "read one report at a time"
        )
    if not content.strip():
        raise _fault(name, "is empty", "give it the text of a report")
    named = _CHARSET.search(content[:4096])
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in (*marked, "utf-8", *([named[1].decode("ascii")] if named else [])):
        try:
            text = content.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
        if _is_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    best = from_bytes(content).best()
    if best is None or not _is_text(text := str(best)):
        raise _fault(name, "is no text in any encoding that is known", "save it as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain_text(text: str, name: Path | str) -> str:
    """Give the article of an HTML page without its scripts, menus and forms; other text as it is.

    Args:
        text: What was decoded.
        name: What faults call it.

    Raises:
        FaultsError: With its one fault: nothing is left to read.
    """
    if _MARKUP.match(text):
        import trafilatura  # noqa: PLC0415 - it takes a second to load, and plain text needs none of it

        text = (
            trafilatura.extract(text, include_comments=False, include_tables=False, favor_recall=True) or ""
        )
    if not any(character.isalpha() for character in text):
        raise _fault(name, "holds no text to read", "give it the text of a report")
    return text


def language_of(text: str, name: Path | str) -> str:
    """Tell in which of the known languages a text is, by its script and its most common words.

    Args:
        text: Plain text.
        name: What faults call it.

    Raises:
        FaultsError: With its one fault: it is in none of them.
    """
    sample = text[:SAMPLE]
    letters = [character for character in sample if character.isalpha()][:2000]
    scripts = Counter(unicodedata.name(character, "").split(" ")[0] for character in letters)
    script = scripts.most_common(1)[0][0] if scripts else ""
    known = [lexicon(code) for code in languages()]
    for words in known:
        if words.script != script:
            continue
        every = [words.folded(word) for word in re.findall(r"\w+", sample)]
        if sum(word in words.common for word in every) >= COMMON * len(every):
            return words.language
    names = " and ".join(words.name for words in known)
    raise _fault(name, f"is in a language that cannot be read ({names} can)", "translate it")


def _is_text(text: str) -> bool:
    odd = sum(
        unicodedata.category(character) in {"Cc", "Co", "Cn"} and character not in "\n\r\t\f"
        for character in text[:SAMPLE]
    )
    return odd <= UNREADABLE * max(len(text[:SAMPLE]), 1)


def _fault(name: Path | str, why: str, todo: str) -> FaultsError:
    return FaultsError([Fault(name, None, None, None, why, todo)])
