"""How data travels in the page: columns of numbers, lists of texts, and JSON, each one deflated blob in base64.

No character of a source stands in the HTML as itself. engine/blobs.js reads what is written here; the
two change together.

Columns: a JSON manifest of name, type, offset and length behind its length in four bytes, then the
arrays, little-endian. Arrays of wider numbers are laid out byte by byte (all lowest bytes, then all
next), which halves what deflate leaves of them (Blosc's shuffle, https://www.blosc.org).

Texts: each text is cut at its spaces; words are numbered by how often they occur and written as their
numbers, seven bits a byte, the highest bit set on all but the last byte; 0 ends a text. A hundred
thousand quotes become half of what they are as deflated JSON, and one is read without the others.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SMALL: Final = 1 << 21
"""Below this many bytes the slowest and best deflate costs nothing that is felt."""


def blob(data: bytes) -> str:
    """Return bytes deflated and in base64; the same bytes give the same text with one zlib."""
    return base64.b64encode(zlib.compress(data, 9 if len(data) < SMALL else 6)).decode("ascii")


def json_blob(value: object) -> str:
    """Return a JSON value as a blob."""
    return blob(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())


def columns_blob(arrays: Mapping[str, np.ndarray]) -> str:
    """Return arrays of uint8, uint16 or int32 as a blob."""
    return blob(columns(arrays))


def columns(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Lay arrays out behind their manifest."""
    manifest, parts, offset = [], [], 0
    for name, array in arrays.items():
        width = array.dtype.itemsize
        data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        planes = data.view("uint8").reshape(-1, width).T.tobytes()
        manifest.append([name, array.dtype.name, offset, len(array)])
        parts.append(planes)
        offset += len(planes)
    head = json.dumps(manifest, separators=(",", ":")).encode()
    return len(head).to_bytes(4, "little") + head + b"".join(parts)


def texts_blob(lists: Mapping[str, Sequence[str]]) -> str:
    """Return lists of texts as a blob: columns that number the words of each list, and the words.

    Texts that recur in a list are written once: {name}_row holds each row's text.
    """
    encoded = {name: pa.array(texts, pa.string()).dictionary_encode() for name, texts in lists.items()}
    uniques = pa.concat_arrays([array.dictionary for array in encoded.values()])
    words_of = pc.split_pattern(uniques, " ")
    sizes = pc.list_value_length(words_of).to_numpy(zero_copy_only=False)
    cut = words_of.flatten().dictionary_encode()
    codes, words = cut.indices.to_numpy(), cut.dictionary.to_pylist()
    order = np.argsort(-np.bincount(codes, minlength=len(words)), kind="stable")
    number = np.empty(len(words), dtype=np.int64)
    number[order] = np.arange(1, len(words) + 1)  # 0 ends a text
    # An empty text is no words rather than one empty word.
    empty = pc.equal(uniques, "").to_numpy(zero_copy_only=False)
    stream, sizes = _numbered(number[codes], np.repeat(np.arange(len(sizes)), sizes), empty)
    arrays: dict[str, np.ndarray] = {"stream": stream}
    begin = 0
    for name, array in encoded.items():
        end = begin + len(array.dictionary)
        arrays[f"{name}_row"] = _narrowest(array.indices.to_numpy())
        arrays[f"{name}_size"] = _narrowest(sizes[begin:end])
        begin = end
    said = json.dumps([words[at] for at in order], ensure_ascii=False, separators=(",", ":")).encode()
    packed = columns(arrays)
    return blob(len(packed).to_bytes(4, "little") + packed + said)


def _numbered(numbers: np.ndarray, text_of: np.ndarray, empty: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Write the words' numbers of each text and a closing 0; return the bytes and how many each text has.

    Args:
        numbers: The words' numbers, text after text.
        text_of: Which text each word is of.
        empty: Whether each text is empty; the word of an empty text is passed over.
    """
    kept = ~empty[text_of]
    ends = np.arange(len(empty))
    numbers = np.concatenate([numbers[kept], np.zeros(len(ends), dtype=np.int64)])
    text_of = np.concatenate([text_of[kept], ends])
    order = np.argsort(text_of, kind="stable")
    numbers, text_of = numbers[order], text_of[order]
    width = 1 + (numbers >= 1 << 7).astype(np.int64) + (numbers >= 1 << 14) + (numbers >= 1 << 21)
    begins = np.concatenate([[0], np.cumsum(width)])
    stream = np.zeros(begins[-1], dtype=np.uint8)
    for byte in range(4):
        has = width > byte
        more = (width[has] > byte + 1).astype(np.uint8) << 7
        stream[begins[:-1][has] + byte] = ((numbers[has] >> (7 * byte)) & 127).astype(np.uint8) | more
    return stream, np.bincount(text_of, weights=width, minlength=len(ends)).astype(np.int64)


def _narrowest(numbers: np.ndarray) -> np.ndarray:
    """Return whole numbers from 0 in the narrowest type that the engine reads."""
    most = numbers.max(initial=0)
    return numbers.astype("uint8" if most < 1 << 8 else "uint16" if most < 1 << 16 else "int32")
