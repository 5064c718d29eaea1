"""What one reader's session remembers: where the reader is, and the view of each collection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.view import View

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from dashboard.view import Days

COLLECTION: Final = "collection"
"""The collection's name in the address."""


@dataclass(slots=True)
class Reading:
    """One reader's reading of one collection, kept while the session lasts.

    Attributes:
        days: The collection's range of days.
        view: What is shown.
        moved: How often the dashboard, not the page, has changed the view.
        slid: Whether it last did so because the reader moved the slider, which may have moved on since.
    """

    days: Days
    view: View
    moved: int = 0
    slid: bool = False

    def slide(self, day: dt.date) -> None:
        """Go to the day to which the reader has slid."""
        self._move(replace(self.view, day=self.days.clamped(day)), slid=True)

    def open_event(self, event: str, day: dt.date | None) -> None:
        """Go to an event, on a day of it where it has one."""
        self._move(View(self.days.clamped(day or self.view.day), {**self.view.choices, "event": event}))

    def hear(self, said: Mapping[str, Any]) -> None:
        """Take over what the page says."""
        self.view = View.said(said, self.days)

    def read_address(self) -> None:
        """Take over what the address says, where the view is another."""
        view = View.said(st.query_params.to_dict(), self.days)
        if view != self.view:
            self._move(view)

    def _move(self, view: View, *, slid: bool = False) -> None:
        self.view = view
        self.moved += 1
        self.slid = slid


def arrive(page: str) -> bool:
    """Note which page the reader is on; say whether the address speaks for the reader.

    It does in a new session and while the reader stays on a page: the page's frame writes it (frame.js), and
    the reader goes back and forward by it. It does not for one who comes from another page, since links between
    pages carry no state, nor for one who has just chosen another collection.
    """
    before = st.session_state.get("page")
    st.session_state["page"] = page
    has_chosen = st.session_state.pop("has_chosen", False)
    return before is None or (before == page and not has_chosen)


def chosen(names: Sequence[str], *, address_speaks: bool) -> str:
    """Return the name of the collection that is shown: the address's, else the last one, else the first."""
    wanted = st.query_params.get(COLLECTION) if address_speaks else st.session_state.get("chosen")
    name = str(wanted) if wanted in names else names[0]
    st.session_state["chosen"] = name
    return name


def choose(name: str) -> None:
    """Show another collection from now on."""
    st.session_state["chosen"] = name
    st.session_state["has_chosen"] = True


def reading(name: str, days: Days) -> Reading:
    """Return this session's reading of a collection, new where its range of days has changed."""
    readings: dict[str, Reading] = st.session_state.setdefault("readings", {})
    if name not in readings or readings[name].days != days:
        readings[name] = Reading(days, View(days.opening))
    return readings[name]


def write_address(query: Mapping[str, str]) -> None:
    """Put a state into the query parameters, so that a reload or a copied link comes back to it."""
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
