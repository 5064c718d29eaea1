"""Lists of texts as bytes: each different text once, cut at its spaces into words that are numbered.

Words are numbered by how often they occur, and the texts are their numbers in a prefix code (`layers.prefixcodes`), so
that a frequent word is a few bits long. All words that occur once share one number: they are told in the order in which
they come. A hundred thousand quotes become half of what they are as deflated JSON, and one is read without the others.

Lists may share their different texts (a `family`), as those of an event's ends do. Which text a row has may be told by a
column of the page, where that mostly decides it: a place is mostly written in one way. A number that a text says and
that a column has as well ("some 2000") is told by the column: the word for it is the column's name in a list.

The first part of a blob is columns ({family}_size: how many words each different text has; {name}_row: which of them a
row is) behind their length in four bytes, then JSON: `words`, the words, those that occur once last; `families`, by
list; `codes`, how many codes there are of each length; `once`, the number that those words share, -1 where there is
none. The second part is the numbers' bits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import strings
from layers.columns import By, Told, columns
from layers.prefixcodes import coded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts.

    Attributes:
        texts: One a row.
        family: Lists of one family share their different texts; "" for a list by itself.
        told: By what the rows are told.
        keys: Of each row a number from -1 on that mostly decides its text, where `told` tells it by that.
        numbers: Columns of the page with a row for each text, whose numbers stand in the texts.
    """

    texts: Sequence[str] | pd.Series | pa.Array
    family: str = ""
    told: Told = field(default=Told(By.BEFORE))
    keys: np.ndarray | None = None
    numbers: tuple[str, ...] = ()


MARK: Final = "\x00"
"""Begins a word that stands for a column's number, while texts are packed."""


def texts(
    lists: Mapping[str, Texts | Sequence[str] | pd.Series], known: Mapping[str, np.ndarray]
) -> tuple[bytes, bytes]:
    """Return the two parts of a blob of texts.

    Args:
        lists: By name.
        known: The columns of the page that they are told by.
    """
    whole = {name: texts if isinstance(texts, Texts) else Texts(texts) for name, texts in lists.items()}
    told = {f"{name}_row": texts.told for name, texts in whole.items()}
    families = {name: texts.family or name for name, texts in whole.items()}
    written = _told_by_numbers(whole, known)
    different: list[pa.Array] = []
    rows: dict[str, np.ndarray] = {}
    for family in dict.fromkeys(families.values()):
        own = [name for name in whole if families[name] == family]
        uniques, codes = _family([written[name] for name in own], [whole[name].keys for name in own])
        different.append(uniques)
        rows |= dict(zip(own, codes, strict=True))
    said = _numbered(pa.concat_arrays(different))
    bits, codes_of_size = coded(said.numbers, said.frequencies)
    parted = np.split(said.sizes, np.cumsum([len(uniques) for uniques in different])[:-1])
    arrays = {
        f"{family}_size": _narrowest(part)
        for family, part in zip(dict.fromkeys(families.values()), parted, strict=True)
    } | {f"{name}_row": row.astype("int32") for name, row in rows.items()}
    packed = columns(arrays, told, known)
    head = {
        "words": _spelled(said.words),
        "families": families,
        "codes": codes_of_size,
        "once": said.once,
    }
    told_of = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return len(packed).to_bytes(4, "little") + packed + told_of, bits


def _told_by_numbers(lists: Mapping[str, Texts], known: Mapping[str, np.ndarray]) -> dict[str, pa.Array]:
    """Return the texts, with marks in place of numbers that columns have; none where a text holds the mark itself."""
    plain = {name: strings(texts.texts) for name, texts in lists.items()}
    if any(pc.any(pc.match_substring(array, MARK)).as_py() for array in plain.values()):
        return plain
    return {name: _marked(array, lists[name].numbers, known) for name, array in plain.items()}


def _marked(texts: pa.Array, names: tuple[str, ...], known: Mapping[str, np.ndarray]) -> pa.Array:
    if not names:
        return texts
    cut = pc.split_pattern(texts, " ")
    row, words = pc.list_parent_indices(cut), cut.flatten()
    for name in names:
        number = pa.array(known[name], mask=known[name] < 0).cast(pa.string())
        said = pc.fill_null(pc.equal(words, number.take(row)), fill_value=False)
        words = pc.if_else(said, MARK + name, words)
    return pc.binary_join(pa.ListArray.from_arrays(cut.offsets, words), " ")


def _family(
    texts: Sequence[pa.Array], keys: Sequence[np.ndarray | None]
) -> tuple[pa.Array, list[np.ndarray]]:
    """Return the different texts of some lists, and of each list which of them its rows are."""
    encoded = pa.concat_arrays(texts).dictionary_encode()
    uniques, codes = encoded.dictionary, encoded.indices.to_numpy()
    if any(key is not None for key in keys):
        given = [
            np.full(len(array), -1) if key is None else key for array, key in zip(texts, keys, strict=True)
        ]
        uniques, codes = _by_key(uniques, codes, np.concatenate(given) + 1)
    return uniques, np.split(codes, np.cumsum([len(array) for array in texts])[:-1])


def _by_key(uniques: pa.Array, codes: np.ndarray, keys: np.ndarray) -> tuple[pa.Array, np.ndarray]:
    """Put each key's commonest text at the key's own place, and all that is no key's behind them."""
    pairs, often = np.unique(keys.astype(np.int64) * max(len(uniques), 1) + codes, return_counts=True)
    key, code = np.divmod(pairs, max(len(uniques), 1))
    commonest = np.lexsort((-often, key))
    commonest = commonest[np.diff(key[commonest], prepend=-1) > 0]
    place = np.full(keys.max(initial=-1) + 1, -1)
    place[key[commonest]] = code[commonest]
    at = np.full(len(uniques), -1)
    at[place[place >= 0]] = np.flatnonzero(place >= 0)
    others = np.flatnonzero(at < 0)
    at[others] = len(place) + np.arange(len(others))
    ordered = uniques.take(pa.array(np.append(place, others), mask=np.append(place < 0, others < 0)))
    return pc.fill_null(ordered, ""), np.where(place[keys] == codes, keys, at[codes])


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Texts as the numbers of their words.

    Attributes:
        words: Those that occur several times, most frequent first; then those that occur once, as they come.
        numbers: The texts' words one after another; all words that occur once have one number.
        frequencies: How often each number occurs, most frequent first.
        once: The number of the words that occur once, -1 where there are none.
        sizes: How many words each text has.
    """

    words: pa.Array
    numbers: np.ndarray
    frequencies: np.ndarray
    once: int
    sizes: np.ndarray


def _numbered(uniques: pa.Array) -> _Numbered:
    cut = pc.split_pattern(uniques, " ")
    # An empty text is no words rather than one empty word.
    said = pc.not_equal(uniques, "").to_numpy(zero_copy_only=False)
    sizes = pc.list_value_length(cut).to_numpy(zero_copy_only=False)
    encoded = cut.flatten().dictionary_encode()
    codes = encoded.indices.to_numpy()[np.repeat(said, sizes)]
    tally = np.bincount(codes, minlength=len(encoded.dictionary))
    order = np.argsort(-tally, kind="stable")
    often, alone = np.count_nonzero(tally > 1), np.count_nonzero(tally == 1)
    words = encoded.dictionary.take(pa.array(order[: often + alone]))
    frequencies = tally[order[:often]]
    number = np.arange(often)
    once = -1
    if alone:
        once = int(np.searchsorted(-frequencies, -alone, side="right"))
        number[once:] += 1
        frequencies = np.insert(frequencies, once, alone)
    number_of = np.full(len(order), once)
    number_of[order[:often]] = number
    return _Numbered(words, number_of[codes], frequencies, once, sizes * said)


def _spelled(words: pa.Array) -> list[str | list[str]]:
    """Return words as they stand in JSON: a column's name in a list where its number is meant."""
    spelled: list[str | list[str]] = words.to_pylist()
    for at in np.flatnonzero(pc.starts_with(words, MARK).to_numpy(zero_copy_only=False)).tolist():
        spelled[at] = [str(spelled[at])[len(MARK) :]]
    return spelled


def _narrowest(numbers: np.ndarray) -> np.ndarray:
    """Return whole numbers from 0 in the narrowest type that the engine reads."""
    most = numbers.max(initial=0)
    return numbers.astype("uint8" if most < 1 << 8 else "uint16" if most < 1 << 16 else "int32")
