"""The actors that rows name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.imports.naming import ids_of
from claims.imports.rows import MADE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SIDE", "actors"]

SIDE: Final = "unassigned"
"""The side of an actor until a person has said whose it is."""


def actors(named: Sequence[tuple[pd.Series, np.ndarray]]) -> tuple[dict[str, np.ndarray], pd.DataFrame]:
    """Give the actors of rows.

    Args:
        named: Columns of names, "" for none, each with the types of the actors in it.

    Returns:
        The columns actors (ids parted by `;`, each once) and actor_text (the names as written) of claims.csv, dtype
        object; and the rows of actors.csv, each actor once.
    """
    count = len(named[0][0])
    ids, text = np.full(count, "", dtype=object), np.full(count, "", dtype=object)
    frames = []
    earlier: list[np.ndarray] = []
    for names, types in named:
        own = ids_of(names)
        new = own != ""
        text = _joined(text, np.where(new, names.to_numpy(), ""), "; ")
        for column in earlier:
            new &= own != column
        ids = _joined(ids, np.where(new, own, ""), ";")
        earlier.append(own)
        said = pd.DataFrame({"actor": own, "name": names.to_numpy(), "type": types})
        frames.append(said[new].drop_duplicates("actor"))
    found = pd.concat(frames).drop_duplicates("actor").assign(side=SIDE)
    frame = found.reindex(columns=list(MADE["actors"]), fill_value="").astype(str).reset_index(drop=True)
    return {"actors": ids, "actor_text": text}, frame


def _joined(first: np.ndarray, second: np.ndarray, between: str) -> np.ndarray:
    both = (first != "") & (second != "")
    joined: np.ndarray = np.where(both, first + between + second, np.where(first != "", first, second))
    return joined
