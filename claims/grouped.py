"""Least, greatest and different values of the events that rows are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from typing import Any


class Grouped:
    """Rows by the number of the event that each is of, in the order of those numbers; an event may have none."""

    def __init__(self, event: np.ndarray, count: int) -> None:
        """Find where each event's rows begin.

        Args:
            event: The number of each row's event, from 0 on, never less than the row's before.
            count: How many events there are.
        """
        self.event = event
        self.count = count
        self._begins = np.flatnonzero(np.diff(event, prepend=-1))
        self._events = event[self._begins]

    def sizes(self) -> np.ndarray:
        """Return how many rows each event has."""
        return np.bincount(self.event, minlength=self.count)

    def least(self, values: np.ndarray, none: Any) -> np.ndarray:
        """Return each event's least value, `none` where it has no row."""
        return self._reduced(np.minimum, values, none)

    def most(self, values: np.ndarray, none: Any) -> np.ndarray:
        """Return each event's greatest value, `none` where it has no row."""
        return self._reduced(np.maximum, values, none)

    def any(self, said: np.ndarray) -> np.ndarray:
        """Return whether something is so in any row of each event."""
        return self._reduced(np.logical_or, said, none=False)

    def _reduced(self, by: np.ufunc, values: np.ndarray, none: Any) -> np.ndarray:
        found = np.full(self.count, none, dtype=values.dtype)
        if len(values):
            found[self._events] = by.reduceat(values, self._begins)
        return found

    def different(self, codes: np.ndarray) -> np.ndarray:
        """Return the rows in which an event has a code for the first time."""
        keys = self.event.astype(np.int64) * (int(codes.max(initial=0)) + 1) + codes
        return np.sort(np.unique(keys, return_index=True)[1])

    def count_different(self, codes: np.ndarray) -> np.ndarray:
        """Return how many different codes each event has."""
        return np.bincount(self.event[self.different(codes)], minlength=self.count)

    def joined(self, codes: np.ndarray, words: pa.Array, separator: str) -> pa.Array:
        """Return each event's different words in the order of the rows, joined; "" where it has none."""
        said = pc.not_equal(words, "").to_numpy(zero_copy_only=False)[codes]
        rows = np.flatnonzero(said)
        rows = rows[Grouped(self.event[rows], self.count).different(codes[rows])]
        sizes = np.bincount(self.event[rows], minlength=self.count)
        offsets = np.concatenate([[0], np.cumsum(sizes)]).astype("int32")
        lists = pa.ListArray.from_arrays(pa.array(offsets), words.take(pa.array(codes[rows])))
        return pc.binary_join(lists, separator)
