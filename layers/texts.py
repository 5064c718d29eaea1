"""Lists of texts as bytes: each different text once, cut at its spaces into words that are numbered.

Words are numbered by how often they occur, and the texts are their numbers in a prefix code (`layers.prefixcodes`), so
that a frequent word is a few bits long. All words that occur once share one number: they are told in the order in which
they come. A hundred thousand quotes become half of what they are as deflated JSON, and one is read without the others.

What the page knows already is told by that. Lists may share their different texts (a *family*), as those of an event's
ends do. Which text a row has may be told by a column, where that mostly decides it: a place is mostly written in one
way. A word may stand for something that is known (a *mark*): the number of a column in the same row ("some 2000"), the
text of another list in the same row, the outlet of the claim's source, or the name of the place by whose number the text
is told.

The first part of a blob is columns ({family}_size: how many words each different text has; {family}_stop: 1 where a full stop follows; {list}_row: which of them a
row is; {list}_parts: of how many texts, joined by `JOINT`, a row is made) behind their length in four bytes, then JSON:
`lists`, the family of each; `counted`, of lists of ids what comes before their numbers and of how many digits those are ({list}_number);
`packs`, of each family its `words`, those that occur once last and marks as lists of their
kind and name, `codes`, how many codes there are of each length, `once`, the number of those that occur once, -1 where
there are none, and `bytes`, the length of its bits. The bits are the second part, one family's after another's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import strings
from layers.columns import By, Told, columns
from layers.prefixcodes import coded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

COUNTED: Final = r"^(?P<head>.*[^0-9]|)(?P<number>[0-9]{1,9})$"
"""An id that ends in a number."""

JOINT: Final = " / "
"""Between the texts of which a text is made."""

MARK: Final = "\x00"
"""Begins a word that stands for something known, while texts are packed."""

NUMBER: Final = "number"
"""The mark of a column's number in the same row."""

SAME: Final = "same"
"""The mark of another list's text in the same row."""

OUTLET: Final = "outlet"
"""The mark of the outlet of the claim's source."""

PLACE: Final = "place"
"""The mark of the name of the place by whose number the text is told."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts.

    Attributes:
        texts: One a row.
        family: Lists of one family share their different texts; "" for a list by itself.
        told: By what the rows are told; None for the row before where that is shorter.
        keys: Of each row a number from -1 on that mostly decides its text, where `told` tells it by that.
        names: The name of each key, which its text mostly is.
        numbers: Columns of the page with a row for each text, whose numbers stand in the texts.
        likely: Texts that rows may have, with the words, marks among them, in which they are told then.
        joined: Texts are made of others, joined by `JOINT`.
        counted: Texts may all be one word and a number of so many digits, as the ids of large collections are.
    """

    texts: Sequence[str] | pd.Series | pa.Array
    family: str = ""
    told: Told | None = None
    keys: np.ndarray | None = None
    names: pa.Array | None = None
    numbers: tuple[str, ...] = ()
    likely: tuple[tuple[pa.Array, str], ...] = ()
    joined: bool = False
    counted: bool = False


def mark(kind: str, name: str = "") -> str:
    """Return the word that stands for something known."""
    return f"{MARK}{kind}:{name}"


def texts(
    lists: Mapping[str, Texts | Sequence[str] | pd.Series], known: Mapping[str, np.ndarray]
) -> tuple[bytes, bytes]:
    """Return the two parts of a blob of texts.

    Args:
        lists: By name.
        known: The columns of the page that they are told by.
    """
    whole = {name: texts if isinstance(texts, Texts) else Texts(texts) for name, texts in lists.items()}
    plain = {name: strings(texts.texts) for name, texts in whole.items()}
    marked = not any(pc.any(pc.match_substring(array, MARK)).as_py() for array in plain.values())
    counted = {name: _counted(plain[name]) for name, texts in whole.items() if texts.counted}
    ids = {name: found for name, found in counted.items() if found is not None}
    families = {name: texts.family or name for name, texts in whole.items() if name not in ids}
    arrays = {f"{name}_number": numbers for name, (_, _, numbers) in ids.items()}
    told = dict.fromkeys(arrays, Told(By.BEFORE))
    packs: dict[str, Any] = {}
    bits = []
    for family in dict.fromkeys(families.values()):
        own = {name: texts for name, texts in whole.items() if families.get(name) == family}
        cells = {name: _cells(texts, plain[name], known, marked=marked) for name, texts in own.items()}
        different, rows = _family(list(own.values()), [array for array, _ in cells.values()], marked=marked)
        stops, different = _without_stops(different)
        arrays[f"{family}_stop"] = stops
        arrays[f"{family}_size"], packs[family], packed = _packed(different, marked=marked)
        bits.append(packed)
        for (name, texts), row in zip(own.items(), rows, strict=True):
            if texts.joined:
                arrays[f"{name}_parts"] = _narrowest(cells[name][1])
            arrays[f"{name}_row"] = row.astype("int32")
            if texts.told or _goes_on(row):
                told[f"{name}_row"] = texts.told or Told(By.BEFORE)
    heads = {name: [head, width] for name, (head, width, _) in ids.items()}
    told_of = {"lists": families, "packs": packs, "counted": heads}
    head = json.dumps(told_of, ensure_ascii=False, separators=(",", ":")).encode()
    laid_out = columns(arrays, told, known)
    return len(laid_out).to_bytes(4, "little") + laid_out + head, b"".join(bits)


def _counted(plain: pa.Array) -> tuple[str, int, np.ndarray] | None:
    """Return ids as what they all begin with, the width of the number that follows, and the numbers; None for others."""
    parts = pc.extract_regex(plain, COUNTED)
    heads, digits = pc.struct_field(parts, "head"), pc.struct_field(parts, "number")
    widths = pc.utf8_length(digits).unique().to_pylist()
    if parts.null_count or len(widths) != 1 or len(heads.unique()) != 1:
        return None
    return str(heads[0]), int(widths[0]), pc.cast(digits, pa.int32()).to_numpy()


def _cells(
    texts: Texts, plain: pa.Array, known: Mapping[str, np.ndarray], *, marked: bool
) -> tuple[pa.Array, np.ndarray]:
    """Return a list's texts as they are packed, its parts one by one where they are joined, and how many each row has."""
    row = np.arange(len(plain))
    sizes = np.ones(len(plain), dtype=np.int64)
    cells = plain
    if texts.joined:
        parts = pc.split_pattern(plain, JOINT)
        row, cells = pc.list_parent_indices(parts).to_numpy(), parts.flatten()
        sizes = pc.list_value_length(parts).to_numpy(zero_copy_only=False)
    if marked:
        for likely, words in texts.likely:
            cells = pc.if_else(pc.equal(cells, likely), words, cells)
        if texts.numbers:
            cells = _numbers_marked(cells, row, texts.numbers, known)
    return cells, sizes


def _numbers_marked(
    cells: pa.Array, row: np.ndarray, names: tuple[str, ...], known: Mapping[str, np.ndarray]
) -> pa.Array:
    """Put marks in place of numbers that columns have in the same row."""
    cut = pc.split_pattern(cells, " ")
    of, words = row[pc.list_parent_indices(cut).to_numpy()], cut.flatten()
    for name in names:
        number = pa.array(known[name], mask=known[name] < 0).cast(pa.string())
        said = pc.fill_null(pc.equal(words, number.take(pa.array(of))), fill_value=False)
        words = pc.if_else(said, mark(NUMBER, name), words)
    return pc.binary_join(pa.ListArray.from_arrays(cut.offsets, words), " ")


def _family(
    lists: Sequence[Texts], cells: Sequence[pa.Array], *, marked: bool
) -> tuple[pa.Array, list[np.ndarray]]:
    """Return the different texts of some lists, and of each list which of them its rows are."""
    encoded = pa.concat_arrays(cells).dictionary_encode()
    uniques, codes = encoded.dictionary, encoded.indices.to_numpy()
    if any(texts.keys is not None for texts in lists):
        keys = [
            np.full(len(array), -1) if texts.keys is None else texts.keys
            for texts, array in zip(lists, cells, strict=True)
        ]
        uniques, codes = _by_key(uniques, codes, np.concatenate(keys) + 1)
        names = next((texts.names for texts in lists if texts.names is not None), None)
        if marked and names is not None:
            uniques = _names_marked(uniques, names)
    return uniques, np.split(codes, np.cumsum([len(array) for array in cells])[:-1])


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


def _names_marked(uniques: pa.Array, names: pa.Array) -> pa.Array:
    """Put a mark in place of a key's text that is its name; key -1 has none."""
    count = max(0, min(len(names), len(uniques) - 1))  # a page without claims has no texts
    own = uniques.slice(1, count)
    named = pc.if_else(pc.equal(own, names.slice(0, count)), mark(PLACE), own)
    return pa.concat_arrays([uniques.slice(0, 1), named, uniques.slice(1 + count)])


def _goes_on(rows: np.ndarray) -> bool:
    """Say whether most rows have the text after the one that the row before has, as where each has its own."""
    return bool(np.count_nonzero(np.diff(rows) == 1) > len(rows) / 2)


def _without_stops(different: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """Return which texts end in a full stop, and the texts without those: no word is another at the end of a sentence."""
    stops = pc.ends_with(different, ".")
    cut = pc.if_else(stops, pc.utf8_slice_codeunits(different, 0, -1), different)
    return stops.to_numpy(zero_copy_only=False).astype("uint8"), cut


def _packed(different: pa.Array, *, marked: bool) -> tuple[np.ndarray, dict[str, Any], bytes]:
    """Return how many words each text has, what must be known to read their numbers, and the bits of those."""
    cut = pc.split_pattern(different, " ")
    # An empty text is no words rather than one empty word.
    said = pc.not_equal(different, "").to_numpy(zero_copy_only=False)
    sizes = pc.list_value_length(cut).to_numpy(zero_copy_only=False)
    encoded = cut.flatten().dictionary_encode()
    codes = encoded.indices.to_numpy()
    if not said.all():
        codes = codes[np.repeat(said, sizes)]
    tally = np.bincount(codes, minlength=len(encoded.dictionary))
    order = np.argsort(-tally, kind="stable")
    often, alone = np.count_nonzero(tally > 1), np.count_nonzero(tally == 1)
    frequencies = tally[order[:often]]
    number = np.arange(often)
    once = -1
    if alone:
        once = int(np.searchsorted(-frequencies, -alone, side="right"))
        number[once:] += 1
        frequencies = np.insert(frequencies, once, alone)
    number_of = np.full(len(order), once, dtype="int32")
    number_of[order[:often]] = number
    bits, of_size = coded(number_of[codes], frequencies)
    words = encoded.dictionary.take(pa.array(order[: often + alone]))
    return (
        _narrowest(sizes * said),
        {
            "words": _spelled(words) if marked else words.to_pylist(),
            "codes": of_size,
            "once": once,
            "bytes": len(bits),
        },
        bits,
    )


def _spelled(words: pa.Array) -> list[str | list[str]]:
    """Return words as they stand in JSON: marks as lists of their kind and name."""
    spelled: list[Any] = words.to_pylist()
    for at in np.flatnonzero(pc.starts_with(words, MARK).to_numpy(zero_copy_only=False)).tolist():
        spelled[at] = spelled[at][len(MARK) :].split(":")
    return spelled


def _narrowest(numbers: np.ndarray) -> np.ndarray:
    """Return whole numbers from 0 in the narrowest type that the engine reads."""
    most = numbers.max(initial=0)
    return numbers.astype("uint8" if most < 1 << 8 else "uint16" if most < 1 << 16 else "int32")
