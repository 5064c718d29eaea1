"""A mapping as the command line says it: --map theirs=ours, --set ours=word, --value ours:theirs=our word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.imports.tables.mapping import NOTHING, OURS, WORDS, TableMapping, nearest, same_cell
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["mapping_of"]


def mapping_of(
    maps: Iterable[str] = (), sets: Iterable[str] = (), values: Iterable[str] = ()
) -> TableMapping:
    """Read a mapping as the command line says it.

    Args:
        maps: Each "theirs=ours": a column of the table, and what of `OURS` it is, or `nothing`.
        sets: Each "ours=word": what holds for every row.
        values: Each "ours:their word=our word", of the names of `WORDS`.

    Raises:
        FaultsError: With each that cannot be read, and each part of a claim that is said twice.
    """
    faults: list[Fault] = []
    columns: dict[str, str] = {}
    unused: list[str] = []
    for said, theirs, ours in _parted(maps, "--map", "theirs=ours", faults, last=True):
        if ours == NOTHING:
            unused.append(theirs)
        elif _is_ours(ours, "--map", said, faults) and _is_new(ours, columns, "--map", said, faults):
            columns[ours] = theirs
    constants: dict[str, str] = {}
    for said, ours, word in _parted(sets, "--set", "ours=word", faults):
        known = {**columns, **constants}
        named = _is_ours(ours, "--set", said, faults) and _is_new(ours, known, "--set", said, faults)
        if named and _is_word(ours, word, "--set", said, faults):
            constants[ours] = word
    meanings = _meanings(values, faults)
    mapping = TableMapping(columns, constants, meanings, tuple(unused))
    faults += mapping.together("--map")
    if faults:
        raise FaultsError(faults, done="imported")
    return mapping


def _meanings(values: Iterable[str], faults: list[Fault]) -> dict[str, dict[str, str]]:
    """Read what the words of a table mean."""
    found: dict[str, dict[str, str]] = {}
    for said, cell, word in _parted(values, "--value", "ours:their word=our word", faults, last=True):
        ours, colon, theirs = cell.partition(":")
        if not colon or ours not in WORDS:
            todo = f"begin it with one of {', '.join(f'{name}:' for name in WORDS)}"
            faults.append(Fault("--value", None, None, said, "is of no column of words", todo))
        elif _is_word(ours, word, "--value", said, faults):
            found.setdefault(ours, {})[same_cell(theirs)] = word
    return found


def _parted(
    said: Iterable[str], option: str, form: str, faults: list[Fault], *, last: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Part each at an equals sign: the first, or the last where what stands before may hold one."""
    for one in said:
        left, sign, right = one.rpartition("=") if last else one.partition("=")
        if sign and left.strip() and right.strip():
            yield one, left.strip(), right.strip()
        else:
            faults.append(Fault(option, None, None, one, "is cut short", f"write it as {form}"))


def _is_ours(ours: str, option: str, said: str, faults: list[Fault]) -> bool:
    if ours in OURS:
        return True
    near = nearest(ours, tuple(OURS))
    todo = f"write {near}" if near else f"use one of {', '.join(OURS)}"
    faults.append(Fault(option, None, None, said, f"names {ours!r}, which is no part of a claim", todo))
    return False


def _is_new(ours: str, known: Mapping[str, str], option: str, said: str, faults: list[Fault]) -> bool:
    if ours not in known:
        return True
    faults.append(Fault(option, None, None, said, f"says {ours} a second time", "keep one of them"))
    return False


def _is_word(ours: str, word: str, option: str, said: str, faults: list[Fault]) -> bool:
    words = [str(one) for one in WORDS[ours]] if ours in WORDS else []
    if not words or word in words:
        return True
    faults.append(Fault(option, None, None, said, f"is no {ours}", f"use one of {', '.join(words)}"))
    return False
