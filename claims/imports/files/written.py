"""Values of formats that have numbers, days and lists, written as the text of a cell."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["json_text", "written"]

_WHOLE: Final = 1e16  # below it every whole number that a float holds is written with all its digits


def written(value: Any) -> str:
    """Write a value as a cell: 2000, 0.5, true, 2024-12-07, 2024-12-07T13:05:00, JSON of what is nested; "" of nothing.

    A float that is a whole number is written without its fraction, a moment at midnight as its day: spreadsheets have
    neither whole numbers nor days without a time. Bytes are written in hexadecimal.
    """
    write = _WRITES.get(type(value)) or next(
        (_WRITES[kind] for kind in _WRITES if isinstance(value, kind)), str
    )
    return write(value)


def _float(value: float) -> str:
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return "" if math.isnan(value) else repr(value)


def _moment(value: dt.datetime) -> str:
    # A moment with a zone keeps it: its midnight may be another's noon.
    midnight = value.time() == dt.time() and value.tzinfo is None
    return value.date().isoformat() if midnight else value.isoformat()


def json_text(value: Any) -> str:
    """Write a nested value as JSON, in its order, without spaces; what JSON has no word for is written as `written` does."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=written)


_WRITES: Final[dict[type, Callable[[Any], str]]] = {
    str: str,
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",  # before int, of which it is one
    int: str,
    float: _float,
    dt.datetime: _moment,  # before date, of which it is one
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    dict: json_text,
    list: json_text,
    tuple: json_text,
    bytes: bytes.hex,
}
