"""The clock's one rule, case by case."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from claims.clock import days_of, strength
from claims.model import Mode

CASES = json.loads((Path(__file__).parent / "clock_cases.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_an_event_is_as_strong_as_the_rule_says(case):
    """The strength of an event on a day follows from its days, their kind and the mode."""
    start, end, day = (
        days_of(pd.Series([case[key]], dtype="datetime64[s]")) for key in ("start", "end", "day")
    )
    opens = (
        {"opens": int(days_of(pd.Series([case["opens"]], dtype="datetime64[s]"))[0])}
        if "opens" in case
        else {}
    )
    kind = np.array([case["kind"]], dtype=object)
    shown = strength(start, end, kind, int(day[0]), Mode(case["mode"]), case.get("window", 7), **opens)
    assert shown[0] == pytest.approx(case["strength"])
