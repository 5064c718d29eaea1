"""The page's blobs, read in Python as engine/blobs.js reads them."""

import json
import zlib

import numpy as np

from layers.blobs import LETTERS


def parts(blob):
    """Give a blob's two parts as bytes."""
    pairs = [
        LETTERS.index(one) * 91 + LETTERS.index(other)
        for one, other in zip(blob[::2], blob[1::2], strict=True)
    ]
    bits = "".join(f"{pair:013b}" for pair in pairs)
    data = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))
    size = int.from_bytes(data[:4], "little")
    return zlib.decompress(data[4 : 4 + size]), data[4 + size :]


def json_in(blob):
    """Give a blob's JSON value."""
    return json.loads(parts(blob)[0])


def columns_in(*blobs):
    """Give the columns of blobs by name, each told by those before."""
    found = {}
    for blob in blobs:
        found |= unpacked(parts(blob)[0], found)
    return found


def unpacked(data, known):
    """Read columns from their byte planes and undo what they are told by."""
    head = int.from_bytes(data[:4], "little")
    found, begin = {}, 4 + head
    for name, kind, length, width, *told in json.loads(data[4 : 4 + head]):
        planes = np.frombuffer(data[begin : begin + width * length], dtype="uint8").reshape(width, length)
        begin += width * length
        found[name] = _widened(planes, kind)
        if told:
            _undo(found[name], *told, {**known, **found})
    return found


def _widened(planes, kind):
    whole = np.zeros((np.dtype(kind).itemsize, planes.shape[1]), dtype="uint8")
    whole[: len(planes)] = planes
    if kind == "int32":
        whole[len(planes) :] = np.where(planes[-1] > 127, 255, 0)  # a sign goes on to the left
    return np.ascontiguousarray(whole.T).view(np.dtype(kind).newbyteorder("<")).ravel().astype(kind)


def _undo(array, by, other, signed, known):
    of, sizes = known.get("version_of"), known.get("n_claims")
    if by == "before":
        array[:] = array.cumsum(dtype=array.dtype)
        return
    if by == "version" and other:
        _undo_lists(array, known[other].tolist(), of)
        return
    rows = slice(None)
    if by == "version":
        rows = slice(len(array) - len(of), None)
        base = array[of]
    elif by == "row":
        base = known[other]
    else:
        sizes = sizes[: len(sizes) - len(of)]
        base = np.repeat(known[other][: len(sizes)], sizes)
        base = np.append(base, np.zeros(len(array) - len(base), dtype=base.dtype))
    if signed:
        half = array[rows] >> 1
        array[rows] = np.where(array[rows] & 1, -half, half + np.maximum(base, 0))
    else:
        array[rows] += base.astype(array.dtype)


def _undo_lists(array, sizes, of):
    ends = np.cumsum(sizes).tolist()
    for row, event in enumerate(of.tolist(), start=len(sizes) - len(of)):
        own = array[ends[event] - sizes[event] : ends[event]]
        for at in range(ends[row] - sizes[row], ends[row]):
            array[at] = own[array[at]] if array[at] < len(own) else array[at] - len(own)


def numbers_in(bits, codes, total):
    """Read numbers from a canonical prefix code, bit by bit."""
    stream = "".join(f"{byte:08b}" for byte in bits)
    table, code, number = {}, 0, 0
    for size, count in enumerate(codes, start=1):
        code *= 2
        for _ in range(count):
            table[f"{code:0{size}b}"] = number
            code, number = code + 1, number + 1
    found, at = [], 0
    while len(found) < total:
        end = at + 1
        while stream[at:end] not in table:
            end += 1
        found.append(table[stream[at:end]])
        at = end
    return found


def texts_in(blob, known=None, outlets=(), names=()):
    """Read lists of texts, each put together from its words.

    `known` are the page's columns, `outlets` and `names` those of its sources and places, by which texts are told.
    """
    known = known or {}
    data, bits = parts(blob)
    packed = int.from_bytes(data[:4], "little")
    arrays, head = unpacked(data[4 : 4 + packed], known), json.loads(data[4 + packed :])
    said = {}
    for family, pack in head["packs"].items():
        said[family] = _family(arrays[f"{family}_size"].tolist(), pack, bits[: pack["bytes"]])
        bits = bits[pack["bytes"] :]
    found = {
        name: [f"{start}{number:0{width}}" for number in arrays[f"{name}_number"].tolist()]
        for name, (start, width) in head["counted"].items()
    }

    def meant(kind, name, row, text):
        if kind == "number":
            return str(known[name][row])
        if kind == "same":
            return found[name][row]
        return outlets[known["claim_source"][row]] if kind == "outlet" else names[text - 1]

    for name, family in head["lists"].items():
        texts = arrays[f"{name}_row"].tolist()
        sizes = arrays[f"{name}_parts"].tolist() if f"{name}_parts" in arrays else [1] * len(texts)
        written = []
        for row in (row for row, size in enumerate(sizes) for _ in range(size)):
            text = texts[len(written)]
            words = [w if isinstance(w, str) else meant(*w, row, text) for w in said[family][text]]
            written.append(" ".join(words) + "." * int(arrays[f"{family}_stop"][text]))
        ends = np.cumsum(sizes).tolist()
        found[name] = [" / ".join(written[end - size : end]) for size, end in zip(sizes, ends, strict=True)]
    return found


def _family(sizes, pack, bits):
    numbers = numbers_in(bits, pack["codes"], sum(sizes))
    alone = sum(pack["codes"]) - 1
    for at, number in enumerate(numbers):
        if number == pack["once"]:
            numbers[at], alone = alone, alone + 1
        elif number > pack["once"] >= 0:
            numbers[at] -= 1
    words = [pack["words"][number] for number in numbers]
    ends = np.cumsum(sizes).tolist()
    return [words[end - size : end] for size, end in zip(sizes, ends, strict=True)]
