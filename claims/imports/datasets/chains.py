"""The chain by which a row came to be told: the data set, and the sources that it lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.imports.uniquely import each

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["chains"]


def chains(outlet: str, listed: pd.Series) -> dict[str, np.ndarray]:
    """Give the columns via and root of claims.csv, dtype object.

    Args:
        outlet: Who publishes the data set.
        listed: Of each row the sources that it lists, parted by `;`; "" where it lists none, and then the data set
            itself is the root. Several sources are one root, in the order of the alphabet: claims that go back to the
            same ones are not independent of each other.
    """

    def root(cell: str) -> str:
        parts = {part for written in cell.split(";") if (part := written.strip())}
        return "; ".join(sorted(parts)) or outlet

    def via(cell: str) -> str:
        parts = dict.fromkeys(part for written in cell.split(";") if (part := written.strip()))
        return f"{outlet} > {'; '.join(parts)}" if parts else outlet

    return {"via": each(listed, via), "root": each(listed, root)}
