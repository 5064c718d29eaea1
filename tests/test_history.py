"""Versions are drawn as the layers are that were made of what was known then."""

import datetime as dt

import numpy as np
import shapely

from claims.events import known_by
from layers.certainty import CERTAINTIES
from layers.history import history_of
from layers.layers import layers_of


def test_versions_are_drawn_as_the_layers_of_their_day_are(real, gazetteer):
    """As known on a day in the middle, each version has the mark that its event has in layers made of those claims."""
    day = dt.date(2024, 12, 8)
    history = history_of(real, gazetteer)
    layers = layers_of(known_by(real, day), gazetteer)
    number = np.datetime64(day).astype(int)
    seen = 0
    for event, event_id in enumerate(history.events["event_id"]):
        rows = np.flatnonzero((history.event == event) & (history.known_from <= number))
        found = [layer.loc[event_id] for layer in layers.values() if event_id in layer.index]
        assert bool(len(rows)) == bool(found)
        if found:
            row, marks, expected = rows[np.argmax(history.known_from[rows])], history.marks, found[0]
            seen += 1
            assert CERTAINTIES[marks.certainty[row]] == expected["certainty"]
            assert (marks.stub_from[row], marks.stub_to[row]) == (expected["stub_from"], expected["stub_to"])
            np.testing.assert_equal(marks.radius_km[row], expected["radius_km"])
            for one, other in (
                (marks.geometry[row], expected["geometry"]),
                (marks.stretch[row], expected["stretch"]),
            ):
                assert one is other is None or shapely.equals_exact(one, other)
    assert seen == sum(map(len, layers.values())) > len(history.events) / 3
