"""Columns as others take their cells."""

import pyarrow as pa
import pytest

from layers.exports.plain import said


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([], []),
        (["", ""], [None, None]),
        (["a", "", None, "مرحبا", " "], ["a", None, None, "مرحبا", " "]),
        (["", *["x"] * 20, ""], [None, *["x"] * 20, None]),
    ],
)
def test_what_is_empty_is_not_said(kind, texts, told):
    """An empty text is null, as what is null already, in a part of an array too."""
    array = pa.array(["before", *texts, "after"], kind)
    part = said(array.slice(1, len(texts)))
    part.validate(full=True)
    assert (part.type, part.to_pylist(), part.null_count) == (kind, told, told.count(None))
