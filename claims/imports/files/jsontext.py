"""JSON read value by value from text of any length, with the line of each."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["JsonText"]

_PIECE: Final = 1 << 20
_LONGEST: Final = 1 << 26  # characters of one value
_AT_THE_END: Final = (
    16  # characters before the end of what was read, where an error may be that the rest is not
)
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_MEND: Final = "save it again as JSON"


class JsonText:
    """A text, and how far it was read; what was read is let go.

    Attributes:
        odd: What JSON has not but a reader may pass over, met since it was emptied: keys that stand twice, NaN.
    """

    def __init__(self, file: BinaryIO, name: str, begins: int = 0) -> None:
        """Begin at the start.

        Args:
            file: Its bytes in UTF-8; they can be sought in.
            name: What faults call it.
            begins: Where the text begins.
        """
        file.seek(begins)
        self._file, self._name = file, name
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._ended = "", 0, False
        self._line, self._counted = 1, 0
        self.odd: list[str] = []
        self._json = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=self._constant)

    @property
    def line(self) -> int:
        """The line on which it stands."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def mark(self) -> str:
        """Give the next character that is no space, without passing it; "" at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr] # it matches nothing too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_PIECE):
                return ""

    def take(self, marks: str) -> str:
        """Pass the next character that is no space, which must be one of some.

        Raises:
            FaultsError: It is another.
        """
        found = self.mark()
        if not found or found not in marks:
            raise self.fault(f"is not JSON (where {' or '.join(marks)} should stand)", found)
        self._at += 1
        return found

    def value(self) -> Any:
        """Read a value whole.

        Raises:
            FaultsError: There is none, or it is too long or too deep.
        """
        self.mark()
        size = _PIECE
        while True:
            self.odd.clear()
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                unfinished = error.msg.startswith("Unterminated") or error.pos + _AT_THE_END > len(self._text)
                if unfinished and self._more(size):
                    size *= 2
                    continue
                self._at = min(error.pos, len(self._text))
                raise self.fault(f"is not JSON ({error.msg})", self._text[self._at : self._at + 20]) from None
            except RecursionError:
                raise self.fault("nests deeper than is read") from None
            except ValueError as error:  # a number of more digits than Python takes
                raise self.fault(f"is not read ({error})") from None
            # A number at the very end may go on in what was not read yet.
            if end < len(self._text) or not self._more(size):
                self._at = end
                return value

    def members(self) -> Iterator[str]:
        """Give the key of each member of an object; whoever takes one reads its value before the next.

        Raises:
            FaultsError: It is no object, or its end is missing.
        """
        self.take("{")
        if self.mark() == "}":
            self._at += 1
            return
        while True:
            if self.mark() != '"':
                raise self.fault("is not JSON (where a key should stand)", self.mark())
            key = self.value()
            self.take(":")
            yield key
            if self.take(",}") == "}":
                return

    def items(self) -> Iterator[None]:
        """Stand before each item of an array; whoever goes through it reads each.

        Raises:
            FaultsError: It is no array, or its end is missing.
        """
        self.take("[")
        if self.mark() == "]":
            self._at += 1
            return
        while True:
            self.mark()
            yield
            if self.take(",]") == "]":
                return

    def fault(self, why: str, value: str | None = None) -> FaultsError:
        """Give what to raise where it stands."""
        return FaultsError([Fault(self._name, self.line, None, value or None, why, _MEND)])

    def _more(self, size: int) -> bool:
        """Read on, letting go of what was read; tell whether there was more."""
        if self._ended:
            return False
        if len(self._text) - self._at > _LONGEST:
            raise self.fault(f"holds a value of over {_LONGEST:,} characters")
        piece = self._file.read(size)
        try:
            more = self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            line = self.line + self._text.count("\n", self._at) + error.object[: error.start].count(b"\n")
            bad = error.object[error.start : error.end].hex(" ")
            todo = "save it as UTF-8, or say the encoding that it is in, as --encoding cp1256"
            raise FaultsError([Fault(self._name, line, None, bad, "is not UTF-8", todo)]) from None
        self._ended = not piece
        self._line = self.line
        self._text, self._at, self._counted = self._text[self._at :] + more, 0, 0
        return bool(piece)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            times = Counter(key for key, _ in pairs)
            self.odd += [f"has {key!r} twice" for key in made if times[key] > 1]
        return made

    def _constant(self, name: str) -> None:
        self.odd.append(f"has {name}, which is no JSON")
