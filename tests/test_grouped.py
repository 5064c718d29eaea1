"""Rows taken together by their events: least, most, different and joined."""

import numpy as np
import pyarrow as pa

from claims.grouped import Grouped

EVENTS = Grouped(np.array([0, 0, 0, 2, 2]), 4)


def test_each_event_has_its_least_and_its_most():
    """An event without rows has the value for none."""
    values = np.array([3, 1, 2, 9, 8])
    assert EVENTS.least(values, -1).tolist() == [1, -1, 8, -1]
    assert EVENTS.most(values, -1).tolist() == [3, -1, 9, -1]
    assert EVENTS.any(values > 8).tolist() == [False, False, True, False]
    assert EVENTS.sizes().tolist() == [3, 0, 2, 0]


def test_different_codes_are_counted_and_joined_once():
    """Words stand once in the order of the rows; the empty word is none."""
    codes = np.array([2, 1, 2, 0, 1])
    assert EVENTS.count_different(codes).tolist() == [2, 0, 2, 0]
    assert EVENTS.joined(codes, pa.array(["", "a", "b"]), " / ").to_pylist() == ["b / a", "", "a", ""]


def test_no_rows_are_no_values():
    """Without any row each event has the value for none."""
    none = Grouped(np.array([], dtype=np.int64), 2)
    assert np.isnan(none.least(np.array([]), np.nan)).all()
    assert none.joined(np.array([], dtype=np.int64), pa.array([""]), ";").to_pylist() == ["", ""]
