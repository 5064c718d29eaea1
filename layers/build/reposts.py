"""Which texts repeat others: one text in several outlets, or on several days, is several sources and one report."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from geo.files.csvwriting import TEXT

__all__ = ["TEXT_ID", "with_reposts"]

TEXT_ID: Final = "text-"
"""How the ids of sources begin that are texts."""

_ASKED: Final = ["source_id", "text_sha256", "published", "repeats"]


def with_reposts(sources: pa.Table) -> pa.Table:
    """Say of each text that another source had published before that it is a repost of that one.

    Of those of one day the first counts as the one that is repeated. What inputs say themselves stands.

    Args:
        sources: Of all inputs, each once, in their order.
    """
    known = sources.select(_ASKED).to_pandas()
    texts = known[known["source_id"].str.startswith(TEXT_ID) & known["text_sha256"].ne("")]
    texts = texts[texts["text_sha256"].duplicated(keep=False)].sort_values("published", kind="stable")
    first = texts.groupby("text_sha256", sort=False)["source_id"].transform("first")
    again = first[first.ne(texts["source_id"]) & texts["repeats"].eq("")]
    repeats = known["repeats"].to_numpy(dtype=object).copy()
    repeats[again.index.to_numpy(dtype=np.intp)] = again.to_numpy(dtype=object)
    at = sources.column_names.index("repeats")
    return sources.set_column(at, "repeats", pa.array(repeats, TEXT))
