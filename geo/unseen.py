"""Letters that are not seen, or that steer what is, shown by their numbers in Unicode: `visible` for texts, `plainly` for lines.

The page has the same rule (layers/engine/unseen.js), and tests/unseen_cases.json holds both to it. What is shown so: controls,
marks of direction (UAX 9), what Unicode calls default ignorable (UAX 44), separators of lines, tags, blanks that are no
spaces, and halves of letters. What stands where its script or an emoji asks for it is left alone: joiners between letters of
scripts that join (UAX 31, 2.3), signs that choose a letter's variant, the tags of three flags.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["plainly", "visible"]

_HIDDEN: Final = (
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINING: Final = (
    "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff\u0710-\u077f\u07ca-\u07f5\u0840-\u085b\u0860-\u086a"
    "\u0870-\u0887\u0889-\u088e\u0898-\u08e1\u08e3-\u0963\u0971-\u0dff\u0f40-\u0fbc\u1000-\u109f\u1780-\u17b3\u17b6-\u17d3\u1820-\u18aa"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010ac0-\U00010ae6\U00011000-\U00011fff\U0001e900-\U0001e943"
)
_VIRAMA: Final = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u103a\u17d2"
_EMOJI: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MONGOLIAN: Final = "\u1820-\u18aa"
_HEBREW_MARK: Final = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"

_RIGHTLY: Final = "|".join(
    (
        "\r\n",
        f"[{_JOINING}][\u200c\u200d](?=[{_JOINING}])",
        f"[{_VIRAMA}][\u200c\u200d]",
        "\u0647\u200d",  # heh as it stands for the era
        f"[{_EMOJI}][\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?\u200d(?=[{_EMOJI}])",
        f"[0-9#*{_EMOJI}][\ufe0e\ufe0f]",
        "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f",
        f"[{_HAN}][\ufe00-\ufe02\U000e0100-\U000e01ef]",
        "[\u1000-\u109f\u2200-\u22ff\u2a00-\u2aff\uaa60-\uaa7f]\ufe00",
        f"[{_MONGOLIAN}](?:[\u180b-\u180d\u180f]|\u180e(?=[{_MONGOLIAN}]))",
        f"[{_HEBREW_MARK}]\u034f(?=[{_HEBREW_MARK}])",
    )
)

_ANY: Final = re.compile(f"[{_HIDDEN}]")
_EACH: Final = re.compile(f"{_RIGHTLY}|([{_HIDDEN}])")
_ENDS: Final = re.compile("[\t\n\r]")


def visible(text: str) -> str:
    """Return a text whose every letter is seen: what is hidden, or would turn the way it runs, as ⟨U+202E⟩; tabs and line feeds stay."""
    return _EACH.sub(_numbered, text) if _ANY.search(text) else text


def plainly(line: str) -> str:
    """Return a text as one line that steers no terminal: as `visible`, and its tabs and ends of lines by their numbers too."""
    return _ENDS.sub(lambda found: _number(found[0]), visible(line))


def _numbered(found: re.Match[str]) -> str:
    return _number(found[1]) if found[1] else found[0]


def _number(letter: str) -> str:
    return f"⟨U+{ord(letter):04X}⟩"
