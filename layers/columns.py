"""Columns of numbers as bytes: narrow, byte plane by byte plane, and each told by what is known already.

A JSON manifest stands first, behind its length in four bytes; then come the arrays, little-endian. Of each array the
manifest has its name, its type, how many numbers it has and in how many bytes each of them is written; those of int32
have a sign. Arrays of wider numbers are laid out byte by byte (all lowest bytes, then all next), which halves what
deflate leaves of them (Blosc's shuffle, https://www.blosc.org).

An array may be told by another (`Told`): as differences, of which most are 0 and cost nothing. Those go around at the
ends of the type's range. The manifest then has the other's name, by which rows, and 1 where signs stand for themselves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION_OF: Final = "version_of"
"""The column that says of which event each earlier version is."""

SIZES: Final = "n_claims"
"""The column that says how many claims each event has."""


LOOK: Final = 32
"""So many of an event's list are looked through for a number."""


class By(StrEnum):
    """Which number of the other array a number is told by."""

    ROW = "row"
    """That of the same row."""
    EVENT = "event"
    """That of the claim's event; claims of no event, which come last, are told as they are."""
    VERSION = "version"
    """Its own array's of the last version of the event, for rows of earlier versions; others are told as they are.

    Where `other` has the sizes of lists that the array is, each number of an earlier version's list is told by its place
    in the event's; one that is not there, by itself and the length of that.
    """
    BEFORE = "before"
    """Its own array's of the row before."""


@dataclass(frozen=True, slots=True)
class Told:
    """By what an array is told.

    Attributes:
        by: Which number.
        other: The name of the other array, which comes before it; "" where it is the same.
        signed: Negative numbers stand for something else than less than nothing. They are told themselves, and those
            of the other array count as 0: differences are doubled, and what is odd is a negative number's double and 1.
    """

    by: By
    other: str = ""
    signed: bool = False


def columns(
    arrays: Mapping[str, np.ndarray], told: Mapping[str, Told], known: Mapping[str, np.ndarray] | None = None
) -> bytes:
    """Lay arrays of uint8, uint16 or int32 out behind their manifest.

    Args:
        arrays: By name.
        told: Which of them are told by another.
        known: Further arrays that are told of.
    """
    manifest, parts = [], []
    everything = {**(known or {}), **arrays}
    for name, array in arrays.items():
        how = told.get(name)
        data = array if how is None else differences(array, how, everything)
        width = _width(data)
        planes = np.ascontiguousarray(data, dtype=data.dtype.newbyteorder("<")).view("uint8")
        parts.append(planes.reshape(-1, data.dtype.itemsize)[:, :width].T.tobytes())
        spelled = [] if how is None else [how.by.value, how.other, int(how.signed)]
        manifest.append([name, array.dtype.name, len(array), width, *spelled])
    head = json.dumps(manifest, separators=(",", ":")).encode()
    return len(head).to_bytes(4, "little") + head + b"".join(parts)


def differences(array: np.ndarray, told: Told, known: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return an array as differences to what it is told by."""
    other = known[told.other] if told.other else array
    if told.by is By.BEFORE:
        return np.diff(array, prepend=array.dtype.type(0))
    if told.by is By.VERSION and told.other:
        return _in_lists(array, other, known[VERSION_OF])
    if told.by is By.VERSION:
        of = known[VERSION_OF]
        events = len(array) - len(of)
        return np.append(array[:events], _less(array[events:], other[of], told))
    if told.by is By.EVENT:
        sizes = known[SIZES][: len(known[SIZES]) - len(known[VERSION_OF])]
        other = np.repeat(other[: len(sizes)], sizes)
        other = np.append(other, np.zeros(len(array) - len(other), dtype=other.dtype))
    return _less(array, other, told)


def _less(array: np.ndarray, other: np.ndarray, told: Told) -> np.ndarray:
    if not told.signed:
        less: np.ndarray = array - other.astype(array.dtype)
        return less
    return np.where(array < 0, 1 - 2 * array, 2 * (array - np.maximum(other, 0))).astype(array.dtype)


def _in_lists(array: np.ndarray, sizes: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Return lists of which those of earlier versions are told by the events' lists."""
    begins = np.cumsum(sizes) - sizes
    events = len(sizes) - len(of)
    first = begins[events] if len(of) else len(array)
    row = np.repeat(np.arange(len(of)), sizes[events:])
    length, begin = sizes[of[row]].astype(np.int64), begins[of[row]]
    later = array[first:].astype(np.int64)
    place = length + later
    for step in reversed(range(min(int(length.max(initial=0)), LOOK))):
        there = (step < length) & (array[np.minimum(begin + step, len(array) - 1)] == later)
        place[there] = step
    return np.append(array[:first], place.astype(array.dtype))


def _width(array: np.ndarray) -> int:
    """Return in how many bytes every number of an array can be told; int32 keeps its sign."""
    least, most = (int(array.min()), int(array.max())) if len(array) else (0, 0)
    sign = int(array.dtype.kind == "i")
    return (max(most, -1 - least).bit_length() + sign + 7) // 8 or 1
