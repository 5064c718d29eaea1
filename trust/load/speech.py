"""Streamlit's protocol as its browser speaks it: one message a rerun, and deltas back (streamlit/proto/*.proto, 1.67)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["BackMsg", "Browser", "ForwardMsg", "day_at", "micros"]

DAY_US = 86_400_000_000


def micros(day: dt.date) -> float:
    """Give a day as a slider has it: microseconds since 1970."""
    return float((day.toordinal() - 719_163) * DAY_US)


def day_at(value: float) -> str:
    """Give the day of a slider's value, as ISO writes it."""
    import datetime as dt  # noqa: PLC0415

    return dt.date.fromordinal(719_163 + int(value // DAY_US)).isoformat()


@dataclass(slots=True)
class Browser:
    """What a browser remembers of a dashboard and sends along with each rerun.

    Attributes:
        address: Of the dashboard, without a query.
        query: What the address says now.
        path: Of a page whose address was typed, which goes to it without the map before; "" for the map.
        page: The hash of the page that is shown.
        pages: The hashes of pages by the labels of their links.
        fragment: The one in which the slider stands; "" where it stands in none.
        slider: The slider's id.
        values: What each control holds.
        large: Hashes of large messages that are not asked for again.
    """

    address: str
    query: str
    path: str = ""
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    fragment: str = ""
    slider: str = ""
    values: dict[str, float | str] = field(default_factory=dict)
    large: set[str] = field(default_factory=set)

    def rerun(
        self, *, page: str = "", fragment: bool = False, trigger: tuple[str, Any] | None = None
    ) -> bytes:
        """Say that something has changed.

        Args:
            page: The hash of another page that is wanted.
            fragment: Whether only the slider's fragment is to run.
            trigger: The id of a component, and what it says: its event and value.
        """
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.page_script_hash = page or self.page
        state.page_name = "" if state.page_script_hash else self.path
        state.fragment_id = self.fragment if fragment else ""
        state.cached_message_hashes.extend(self.large)
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en-US"
        state.context_info.url = f"{self.address}/"
        state.context_info.color_scheme = "light"
        for name, value in self.values.items():
            widget = state.widget_states.widgets.add()
            widget.id = name
            if isinstance(value, float):
                widget.double_array_value.data.append(value)
            else:
                widget.string_value = value
        if trigger:
            widget = state.widget_states.widgets.add()
            widget.id = f"$$STREAMLIT_INTERNAL_KEY_{trigger[0]}__events"
            widget.json_trigger_value = json.dumps([trigger[1]])
        return bytes(message.SerializeToString())
