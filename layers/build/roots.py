"""What stands in the stead of withheld roots, counted on through all inputs, so that independence is counted as before."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from claims.publication.columns import STAND_IN
from geo.files.csvwriting import TEXT
from layers.build.pieces import put_json, read_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from layers.build.inputs import Input
    from layers.build.work import Work

__all__ = ["counted_on", "of_input", "put_roots"]

_NEUTRAL: Final = re.compile(rf"{re.escape(STAND_IN)} \d+")


def of_input(
    claims: pd.DataFrame, published: pd.DataFrame, number: int
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Tell the neutral roots of one input from those of others.

    Args:
        claims: Of the input, as they were read.
        published: Those that are built; a row has the index that it has among the claims, for its id may be another.
        number: The input's.

    Returns:
        The published claims with roots that no other input has; and of each of these, in the order of the rows, a hash of the
        root that it stands for, or itself where that is withheld from the input too.
    """
    found = [root for root in published["root"].unique() if _NEUTRAL.fullmatch(root)]
    own = {root: f"{STAND_IN} {number}.{nth}" for nth, root in enumerate(found, start=1)}
    if not own:
        return published, {}
    first = published["root"][published["root"].isin(found)].drop_duplicates()
    stood = dict(zip(first, claims["root"].reindex(first.index), strict=True))
    known = {
        new: new if root == stood[root] else hashlib.sha256(str(stood[root]).encode()).hexdigest()
        for root, new in own.items()
    }
    return published.assign(root=_renamed(published["root"], own)), known


def put_roots(work: Work, inputs: Iterable[Input]) -> None:
    """Number what stands for roots in the order of inputs: what stands for one root has one number, whichever inputs withhold it."""
    numbers: dict[str, str] = {}
    roots: dict[str, str] = {}
    for given in inputs:
        for root, key in (read_json(work.read(given.number) / "roots.json") or {}).items():
            roots[root] = numbers.setdefault(key, f"{STAND_IN} {len(numbers) + 1}")
    put_json(work.named / "roots.json", roots, work.aside)


def counted_on(claims: pa.Table, work: Work) -> pa.Table:
    """Give claims of all inputs with the numbers of their neutral roots that `put_roots` gave."""
    roots: Mapping[str, str] = read_json(work.named / "roots.json") or {}
    if not roots:
        return claims
    numbered = pa.array(_renamed(claims["root"].to_pandas(), roots), TEXT)
    return claims.set_column(claims.column_names.index("root"), "root", numbered)


def _renamed(roots: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return roots.mask(roots.isin(list(names)), roots.map(names))
