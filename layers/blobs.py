"""How data travels in the page: columns of numbers, lists of texts, and JSON, each one blob of letters.

No character of a source stands in the HTML as itself. engine/blobs.js reads what is written here; the two change
together.

A blob is bytes written as letters: the length of the first part in four bytes, that part deflated, and the second part
as it is, because it is packed already. What the parts hold is told in `layers.columns` and
`layers.texts`.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.columns import columns
from layers.texts import texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from layers.columns import Told
    from layers.texts import Texts

SMALL: Final = 1 << 17
"""Below this many bytes the slowest and best deflate costs nothing that is felt."""

LETTERS: Final = "".join(chr(code) for code in range(ord("!"), ord("~") + 1) if chr(code) not in '<"\\')
"""The digits of 91, in ASCII's order: all that is seen but what ends a script, and what JSON would write as two.

As 91 x 91 is just over 2 to the 13th, 13 bits are two of them, as in basE91 (https://base91.sourceforge.net)."""

AT_A_TIME: Final = 1 << 14
"""So many groups of 13 bytes are written in one go: what that takes stays in a processor's memory."""

_DIGITS: Final = np.frombuffer(LETTERS.encode(), dtype="uint8")
_PAIRS: Final = np.stack(np.divmod(np.arange(1 << 13), len(LETTERS)), axis=1)
_WRITTEN: Final = _DIGITS[_PAIRS].view("uint16").ravel()


def letters(data: bytes) -> str:
    """Write bytes as letters, each 13 bits, the highest first, as two; at the end 0 is put behind what is left over."""
    count = (8 * len(data) + 12) // 13
    groups = np.frombuffer(data + bytes(-len(data) % 13), dtype="uint8").reshape(-1, 13)
    written = np.empty((len(groups), 8), dtype="uint16")
    for begin in range(0, len(groups), AT_A_TIME):
        some = slice(begin, begin + AT_A_TIME)
        padded = np.pad(groups[some], ((0, 0), (0, 1))).astype("uint32")
        for number in range(8):
            byte, bit = divmod(13 * number, 8)
            window = padded[:, byte] << 16 | padded[:, byte + 1] << 8 | padded[:, byte + 2]
            written[some, number] = _WRITTEN[window >> (11 - bit) & 8191]
    return written.tobytes()[: 2 * count].decode("ascii")


def blob(data: bytes, packed: bytes = b"") -> str:
    """Return a blob; the same bytes give the same one with one zlib.

    Args:
        data: To deflate. Short recurrences are passed over (`zlib.Z_FILTERED`): among numbers they are chance.
        packed: What is packed already.
    """
    level = 9 if len(data) < SMALL else 5
    packing = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_FILTERED)
    deflated = packing.compress(data) + packing.flush()
    return letters(len(deflated).to_bytes(4, "little") + deflated + packed)


def json_blob(value: object) -> str:
    """Return a JSON value as a blob."""
    return blob(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())


def columns_blob(
    arrays: Mapping[str, np.ndarray],
    told: Mapping[str, Told] | None = None,
    known: Mapping[str, np.ndarray] | None = None,
) -> str:
    """Return arrays of uint8, uint16 or int32 as a blob.

    Args:
        arrays: By name.
        told: Which of them are told by another.
        known: Columns of a blob that is read before, by which they may be told.
    """
    return blob(columns(arrays, told or {}, known))


def texts_blob(
    lists: Mapping[str, Texts | Sequence[str] | pd.Series], known: Mapping[str, np.ndarray] | None = None
) -> str:
    """Return lists of texts as a blob.

    Args:
        lists: By name.
        known: The columns of the page that lists are told by.
    """
    return blob(*texts(lists, known or {}))
