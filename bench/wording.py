"""Make up words, names, phrases and sentences that pack as natural text does."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Strings = NDArray[np.object_]

VOCABULARY = 4000

LATIN = tuple(
    consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in ("a", "e", "i", "o", "u", "ar")
)
ARABIC = tuple(
    chr(consonant) + vowel
    for consonant in range(0x0628, 0x063B)
    for vowel in ("", "\u0627", "\u064a", "\u0648")
)


def words(random: np.random.Generator, count: int, syllables: tuple[str, ...] = LATIN) -> Strings:
    """Make up words; as in natural text the frequent ones, which come first, are short."""
    known = np.array(syllables, dtype=object)
    drawn = known[random.integers(0, len(known), (count, 4))]
    length = 1 + np.minimum(3, (np.log10(np.arange(1, count + 1)) * 0.95).astype(int))
    return np.array(["".join(row[:n]) for row, n in zip(drawn, length, strict=True)], dtype=object)


def names(random: np.random.Generator, count: int) -> Strings:
    """Make up names of three syllables and a number, so that no two are alike."""
    known = np.array(LATIN, dtype=object)
    drawn = known[random.integers(0, len(known), (count, 3))]
    stems = drawn[:, 0] + drawn[:, 1] + drawn[:, 2]
    return np.array([f"{stem.capitalize()} {number}" for number, stem in enumerate(stems, 1)], dtype=object)


def phrases(
    random: np.random.Generator, count: int, different: int, *, shortest: int, longest: int, share: float = 1
) -> Strings:
    """Draw from so many different phrases, as what recurs in reports; but a share is left empty."""
    pool = sentences(random, different, shortest=shortest, longest=longest)
    drawn = pool[random.integers(0, different, count)]
    return np.where(random.random(count) < share, drawn, "")


def sentences(
    random: np.random.Generator,
    count: int,
    *,
    shortest: int,
    longest: int,
    syllables: tuple[str, ...] = LATIN,
) -> Strings:
    """Make up sentences whose words have the frequencies of natural text (Zipf's law)."""
    known = pa.array(words(np.random.default_rng(7), VOCABULARY, syllables), pa.string())
    weight = 1 / (np.arange(VOCABULARY) + 2.7)  # Mandelbrot's shift: no word is a tenth of all
    cumulated = np.cumsum(weight / weight.sum())
    length = random.integers(shortest, longest, count, endpoint=True)
    columns = []
    for position in range(longest):
        drawn = np.minimum(np.searchsorted(cumulated, random.random(count)), VOCABULARY - 1)
        columns.append(known.take(pa.array(drawn, mask=position >= length)))
    joined = pc.binary_join_element_wise(*columns, " ", null_handling="skip")
    made: Strings = pc.binary_join_element_wise(joined, "", ".").to_numpy(zero_copy_only=False)
    return made


def ids(letter: str, count: int) -> Strings:
    """Number from 1, as wide as the widest."""
    width = len(str(count))
    return np.array([f"{letter}{number:0{width}}" for number in range(1, count + 1)], dtype=object)
