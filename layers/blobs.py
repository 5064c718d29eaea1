"""How data travels in the page: columns of numbers, lists of texts, and JSON, each one deflated blob in base64.

No character of a source stands in the HTML as itself. engine/blobs.js reads what is written here; the
two change together.

Columns: a JSON manifest of name, type, offset and length behind its length in four bytes, then the
arrays, little-endian. Arrays of wider numbers are laid out byte by byte (all lowest bytes, then all
next), which halves what deflate leaves of them (Blosc's shuffle, https://www.blosc.org).

Texts: each text is cut at its spaces; words are numbered by how often they occur, and texts are columns
of those numbers. A hundred thousand quotes become half of what they are as deflated JSON, and one is
read without the others.
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

    import pandas as pd

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


def texts_blob(lists: Mapping[str, Sequence[str] | pd.Series]) -> str:
    """Return lists of texts as a blob: columns of word numbers and the words.

    `numbers` holds the words' numbers text after text; {name}_size how many each of a list's different
    texts has; {name}_row which of them a row is, as its difference to the row before (modulo the type's
    range): rows of one event say the same, and zeros cost nothing.
    """
    encoded = {name: _strings(texts).dictionary_encode() for name, texts in lists.items()}
    uniques = pa.concat_arrays([array.dictionary for array in encoded.values()])
    words_of = pc.split_pattern(uniques, " ")
    # An empty text is no words rather than one empty word.
    sizes = pc.list_value_length(words_of).to_numpy(zero_copy_only=False)
    said = ~pc.equal(uniques, "").to_numpy(zero_copy_only=False)
    cut = words_of.flatten().dictionary_encode()
    codes = cut.indices.to_numpy()[np.repeat(said, sizes)]
    words = cut.dictionary.to_pylist()
    order = np.argsort(-np.bincount(codes, minlength=len(words)), kind="stable")
    number = np.empty(len(words), dtype=np.int64)
    number[order] = np.arange(len(words))
    arrays: dict[str, np.ndarray] = {"numbers": _narrowest(number[codes])}
    begin = 0
    for name, array in encoded.items():
        end = begin + len(array.dictionary)
        rows = _narrowest(array.indices.to_numpy())
        arrays[f"{name}_row"] = np.diff(rows, prepend=rows.dtype.type(0))
        arrays[f"{name}_size"] = _narrowest((sizes * said)[begin:end])
        begin = end
    packed = columns(arrays)
    told = json.dumps([words[at] for at in order], ensure_ascii=False, separators=(",", ":")).encode()
    return blob(len(packed).to_bytes(4, "little") + packed + told)


def _strings(texts: Sequence[str] | pd.Series) -> pa.Array:
    array = pa.array(texts, from_pandas=True)
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return whole.cast(pa.string())


def _narrowest(numbers: np.ndarray) -> np.ndarray:
    """Return whole numbers from 0 in the narrowest type that the engine reads."""
    most = numbers.max(initial=0)
    return numbers.astype("uint8" if most < 1 << 8 else "uint16" if most < 1 << 16 else "int32")
