"""What places gain and lose by day, and that a day's events are counted from it without being read."""

from collections import Counter

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.model import LAYERS
from layers.build.counted import added, by_month, gains, so_far
from layers.build.partition import months_of
from layers.built.format import COUNTS, SO_FAR

DECEMBER = 20_058
"""The first of December 2024 in days since 1970."""


def event(layer="crossings", spot="elvas", shown=(0, 0), disputed="", status="reported"):
    """Give an event as far as it is counted; its days are from the first of December on, None for none."""
    first, last = shown or (None, None)
    return {
        "layer": layer,
        "spot": spot,
        **dict(zip(("spot_lon", "spot_lat"), (-7.0, 38.0) if spot else (None, None), strict=True)),
        "shown_from": None if first is None else DECEMBER + first,
        "shown_until": None if last is None else DECEMBER + last,
        "disputed_occurrence": "",
        "disputed_count": disputed,
        "disputed_date": None,
        "disputed_place": "",
        "status": status,
    }


def table(*events):
    """Give events as a table."""
    texts = (
        "layer",
        "spot",
        *(f"disputed_{one}" for one in ("occurrence", "count", "date", "place")),
        "status",
    )
    kinds = {
        **dict.fromkeys(texts, pa.large_string()),
        **dict.fromkeys(("spot_lon", "spot_lat"), pa.float64()),
    }
    schema = pa.schema([(name, kinds.get(name, pa.int32())) for name in event()])
    return pa.Table.from_pylist(list(events), schema=schema)


def test_what_begins_and_ends_is_counted():
    """A place gains an event on its first day and loses it after its last, as disputed and denied ones of them."""
    counted = gains(
        table(
            event(shown=(0, 2)), event(shown=(0, 0), disputed="differs"), event(shown=(2, 2), status="denied")
        )
    )
    assert counted.schema.equals(COUNTS)
    assert counted.drop_columns(["layer", "place_id", "lon", "lat"]).to_pydict() == {
        "day": [DECEMBER, DECEMBER + 2],
        "begun": [2, 1],
        "begun_disputed": [1, 0],
        "begun_denied": [0, 1],
        "ended": [1, 2],
        "ended_disputed": [1, 0],
        "ended_denied": [0, 1],
    }


def test_layers_and_places_are_apart():
    """Each layer and place has a row of its own; what has no place is counted at "", and what has no day not at all."""
    counted = gains(
        table(event(), event("deployments"), event(spot=None), event(spot="caia"), event(shown=None))
    )
    rows = [(row["layer"], row["place_id"], row["lon"], row["begun"]) for row in counted.to_pylist()]
    crossings, deployments = (list(LAYERS).index(name) for name in ("crossings", "deployments"))
    assert rows == sorted(
        [
            (crossings, "", None, 1),
            (crossings, "caia", -7.0, 1),
            (crossings, "elvas", -7.0, 1),
            (deployments, "elvas", -7.0, 1),
        ],
        key=lambda row: row[:2],
    )


def test_nothing_is_counted_as_nothing():
    """Of no events there are no rows, no months, and nothing so far."""
    counted = gains(table())
    assert (counted.num_rows, list(by_month(counted))) == (0, [])
    assert so_far(None, counted).equals(SO_FAR.empty_table())
    assert added([counted, counted]).equals(COUNTS.empty_table())


SHOWN = st.one_of(
    st.none(), st.tuples(st.integers(-40, 70), st.integers(0, 40)).map(lambda one: (one[0], sum(one)))
)
EVENTS = st.lists(
    st.builds(
        event,
        layer=st.sampled_from(list(LAYERS)),
        spot=st.sampled_from([None, "caia", "elvas"]),
        shown=SHOWN,
        disputed=st.sampled_from(["", "differs"]),
        status=st.sampled_from(["reported", "denied"]),
    ),
    max_size=8,
)
OF = ("", "_disputed", "_denied")


def held_by_month(counted):
    """Give of each month what was before it and what is in it."""
    months, before = {}, SO_FAR.empty_table()
    for month, counts in by_month(counted):
        months[month] = (before, counts)
        before = so_far(before, counts)
    return months


def gained_by(months, day):
    """Give the rows that add up to all that was gained and lost by a day."""
    month = str(months_of(np.array([day]))[0])
    before, counts = SO_FAR.empty_table(), COUNTS.empty_table()
    earlier = [name for name in months if name < month]
    if month in months:
        before, counts = months[month]
    elif earlier:
        before = so_far(*months[earlier[-1]])
    return pd.concat([before.to_pandas(), counts.to_pandas().query("day <= @day")])


def counted_on(months, day, window):
    """Count by layer and place what the days of a window show: what has begun by its last less what had ended before its first."""
    counts = Counter()
    for rows, what, sign in (
        (gained_by(months, day), "begun", 1),
        (gained_by(months, day - window), "ended", -1),
    ):
        for layer, place, *numbers in rows[["layer", "place_id", *(what + of for of in OF)]].itertuples(
            index=False
        ):
            for of, number in zip(OF, numbers, strict=True):
                counts[list(LAYERS)[layer], place, of] += sign * int(number)
    return {key: number for key, number in counts.items() if number}


def shown_on(events, day, window):
    """Count the same event by event."""
    counts = Counter()
    for one in events:
        if one["shown_from"] is None or not (one["shown_from"] <= day and one["shown_until"] > day - window):
            continue
        place = one["layer"], one["spot"] or ""
        counts[*place, ""] += 1
        counts[*place, "_disputed"] += one["disputed_count"] != ""
        counts[*place, "_denied"] += one["status"] == "denied"
    return {key: number for key, number in counts.items() if number}


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.integers(-80, 120).map(lambda step: DECEMBER + step), st.sampled_from([1, 7, 90, 10_000]))
def test_a_days_events_are_counted_without_being_read(events, day, window):
    """What months hold gives for each day, window and all so far the events that are shown, by layer and place."""
    months = held_by_month(gains(table(*events)))
    assert counted_on(months, day, window) == shown_on(events, day, window)


@settings(max_examples=20, deadline=None)
@given(EVENTS, st.integers(1, 4))
def test_what_is_counted_in_parts_adds_up(events, parts):
    """Events counted part by part give together what they give in one go."""
    counted = [gains(table(*events[part::parts])) for part in range(parts)]
    assert added(counted).equals(gains(table(*events)))
