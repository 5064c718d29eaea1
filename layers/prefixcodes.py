"""Numbers as a stream of bits in which the frequent ones are short: a canonical prefix code (Huffman's).

Numbers are given in the order of how frequent they are, so that their codes need no table: of each length the codes
are counted up from where the shorter ones end, and how many there are of each length is all that a reader must know.
"""

from __future__ import annotations

import heapq
from typing import Final

import numpy as np

LONGEST: Final = 24
"""Bits of the longest code, so that a reader holds one in 32 bits wherever it begins in a byte."""


AT_A_TIME: Final = 1 << 18
"""So many numbers are packed in one go: what that takes stays in a processor's memory."""


def code_sizes(frequencies: np.ndarray) -> np.ndarray:
    """Return the length of each number's code, in bits.

    Args:
        frequencies: How often each number occurs, once at least; most frequent first.
    """
    if len(frequencies) < 2:
        return np.ones(len(frequencies), dtype=np.int64)
    sizes = _depths(frequencies)
    while sizes.max() > LONGEST:
        frequencies = (frequencies + 1) // 2
        sizes = _depths(frequencies)
    return np.sort(sizes)


def _depths(frequencies: np.ndarray) -> np.ndarray:
    """Return the depth of each number in Huffman's tree; of two nodes that weigh the same the one made first is joined."""
    count = len(frequencies)
    heap = [(weight, node) for node, weight in enumerate(frequencies.tolist())]
    heapq.heapify(heap)
    above = [0] * (2 * count - 1)
    for joined in range(count, 2 * count - 1):
        (lighter, one), (heavier, other) = heapq.heappop(heap), heapq.heappop(heap)
        above[one] = above[other] = joined
        heapq.heappush(heap, (lighter + heavier, joined))
    depth = [0] * (2 * count - 1)
    for node in range(2 * count - 3, -1, -1):
        depth[node] = depth[above[node]] + 1
    return np.array(depth[:count])


def coded(numbers: np.ndarray, frequencies: np.ndarray) -> tuple[bytes, list[int]]:
    """Return numbers as bits, the highest of each byte first, and how many codes of each length there are, from 1 on.

    Args:
        numbers: From 0, in the order of how frequent they are.
        frequencies: How often each occurs; most frequent first.
    """
    sizes = code_sizes(frequencies)
    of_size = np.bincount(sizes, minlength=1)[1:]
    # A code is the one before it and 1, with as many 0 behind it as it is longer.
    width = np.left_shift(1, LONGEST - sizes)
    heads = (np.cumsum(width) - width).astype("uint64")
    return _bits(numbers, heads, sizes), of_size.tolist()


def _bits(numbers: np.ndarray, heads: np.ndarray, sizes: np.ndarray) -> bytes:
    """Put codes, each at the head of `LONGEST` bits, one after another; a part of the numbers at a time."""
    total = int(np.bincount(numbers, minlength=len(sizes)) @ sizes) if len(numbers) else 0
    words = np.zeros((total >> 5) + 2, dtype="uint64")
    begin = 0
    for start in range(0, len(numbers), AT_A_TIME):
        some = numbers[start : start + AT_A_TIME]
        ends = begin + np.cumsum(sizes[some])
        at = ends - sizes[some]
        begin = int(ends[-1])
        # Each code lies in a word of 32 bits and the next.
        spread = heads[some] << (64 - LONGEST - (at & 31)).astype("uint64")
        word = at >> 5
        firsts = np.flatnonzero(np.diff(word, prepend=-1))
        words[word[firsts]] |= np.add.reduceat(spread >> np.uint64(32), firsts)
        words[word[firsts] + 1] |= np.add.reduceat(spread & np.uint64(0xFFFFFFFF), firsts)
    return words.astype(">u4").tobytes()[: (total + 7) // 8]
