"""Prefix codes: short where numbers are frequent, told apart by how many codes there are of each length."""

import numpy as np
import pytest
from blobs_read import numbers_in

from layers.prefixcodes import LONGEST, code_sizes, coded


def packed(numbers):
    """Pack numbers that are in the order of how frequent they are."""
    return coded(
        np.array(numbers, dtype=np.int64), np.bincount(numbers) if numbers else np.array([], dtype=np.int64)
    )


@pytest.mark.parametrize(
    "numbers",
    [
        [],
        [0],
        [0, 0, 0],
        [0, 1],
        [0, 1, 0, 2, 0, 1],
        [n for n in range(300) for _ in range(300 - n)],
        list(range(999)),
    ],
    ids=["none", "one", "the same", "two", "few", "many", "each once"],
)
def test_numbers_come_back(numbers):
    """What is packed is read again from the bits and the counts alone."""
    bits, codes = packed(numbers)
    assert numbers_in(bits, codes, len(numbers)) == numbers


def test_parts_are_packed_one_after_another(monkeypatch):
    """Whatever is packed in one go, the bits are the same."""
    numbers = [n for n in range(40) for _ in range(40 - n)] * 3
    whole = packed(sorted(numbers))
    monkeypatch.setattr("layers.prefixcodes.AT_A_TIME", 7)
    assert packed(sorted(numbers)) == whole


def test_frequent_numbers_are_short():
    """Codes are as long as Huffman's: of 8, 4, 2, 1 and 1 in sixteen they have 1, 2, 3, 4 and 4 bits."""
    assert code_sizes(np.array([8, 4, 2, 1, 1])).tolist() == [1, 2, 3, 4, 4]


def test_no_code_is_longer_than_a_reader_holds():
    """Frequencies that would make codes of forty bits make codes of the longest length, which still can be told apart."""
    fibonacci = [1, 1]
    while len(fibonacci) < 40:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    sizes = code_sizes(np.array(fibonacci[::-1]))
    assert sizes.max() <= LONGEST
    assert np.all(np.diff(sizes) >= 0)
    assert sum(2.0**-size for size in sizes.tolist()) <= 1
