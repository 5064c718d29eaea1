"""What one reader's session remembers: where the reader is, and the view of each collection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.view import View

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from dashboard.view import Days

COLLECTION: Final = "collection"
"""The collection's name in the address."""

LANGUAGE: Final = "lang"
"""The language's key in the address and in the page's state."""

SOURCE: Final = "source"
"""In the address, the source whose text is reviewed."""

EVENT: Final = "event"
"""The opened event's, likewise."""


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
        """Go to an event, or to none by "", on a day of it where it has one."""
        choices = {key: word for key, word in self.view.choices.items() if key != EVENT}
        opened = {EVENT: event} if event else {}
        self._move(View(self.days.clamped(day or self.view.day), choices | opened))

    def hear(self, said: Mapping[str, Any]) -> None:
        """Take over what the page says."""
        self.view = View.said(said, self.days)

    def speak(self, language: str) -> None:
        """Go to a language, where the view is not in it."""
        if language != self.view.choices.get(LANGUAGE, ""):
            choices = {key: word for key, word in self.view.choices.items() if key != LANGUAGE}
            self._move(replace(self.view, choices=choices | ({LANGUAGE: language} if language else {})))

    def read_address(self) -> None:
        """Take over what the address says, where the view is another."""
        view = View.said(st.query_params.to_dict(), self.days)
        if view != self.view:
            self._move(view)

    def _move(self, view: View, *, slid: bool = False) -> None:
        self.view = view
        self.moved += 1
        self.slid = slid


class Speaker(StrEnum):
    """Who says what the reader sees."""

    ADDRESS = "address"
    SESSION = "session"
    PAGE = "page"


def arrive(page: str) -> Speaker:
    """Note which page the reader is on; say who speaks for the reader.

    The address does in a new session and while the reader stays on a page: the page's frame writes it (frame.js),
    and the reader goes back and forward by it. The session does for one who comes from another page, since links
    between pages carry no state, and for one who has just chosen another collection. The page in the frame does
    where it has just told of another language: Streamlit does not know yet what the frame wrote into the address.
    """
    before = st.session_state.get("page")
    st.session_state["page"] = page
    if st.session_state.pop("has_told", False):
        return Speaker.PAGE
    has_chosen = st.session_state.pop("has_chosen", False)
    stays = before is None or (before == page and not has_chosen)
    return Speaker.ADDRESS if stays else Speaker.SESSION


def chosen(names: Sequence[str], speaker: Speaker) -> str:
    """Return the name of the collection that is shown: the address's, else the last one, else the first."""
    wanted = st.query_params.get(COLLECTION) if speaker is Speaker.ADDRESS else st.session_state.get("chosen")
    name = str(wanted) if wanted in names else names[0]
    st.session_state["chosen"] = name
    return name


def language(speaker: Speaker = Speaker.SESSION) -> str:
    """Return the language that the reader has chosen on whatever page: the address's, else the last one; "" if none."""
    if speaker is Speaker.ADDRESS:
        st.session_state[LANGUAGE] = st.query_params.get(LANGUAGE, "")
    return str(st.session_state.get(LANGUAGE, ""))


def keep_language(view: View) -> None:
    """Speak a view's language from now on, on every page and of every collection."""
    st.session_state[LANGUAGE] = view.choices.get(LANGUAGE, "")


def say_anew() -> None:
    """Run all again, in the language of which the page has just told; does not return."""
    st.session_state["has_told"] = True
    st.rerun()


def choose(name: str) -> None:
    """Show another collection from now on."""
    st.session_state["chosen"] = name
    st.session_state["has_chosen"] = True


def source(name: str, speaker: Speaker) -> str:
    """Return the source of a collection whose text is reviewed: the address's, else the last one; "" for none."""
    texts: dict[str, str] = st.session_state.setdefault("texts", {})
    if speaker is Speaker.ADDRESS and not st.session_state.pop("has_turned", False):
        texts[name] = st.query_params.get(SOURCE, "")
    return texts.get(name, "")


def go_to_source(name: str, source: str) -> None:
    """Review the text of another source from now on; "" for none."""
    st.session_state.setdefault("texts", {})[name] = source
    st.session_state["has_turned"] = True


def wish(name: str, event: str, day: dt.date | None) -> None:
    """Ask for an event of a collection, which the map opens when it is shown."""
    st.session_state["wished"] = (name, event, day)


def wished(name: str) -> tuple[str, dt.date | None] | None:
    """Return the event of a collection that was asked for, with its day, once; None where none was."""
    asked = st.session_state.pop("wished", None)
    return asked[1:] if asked and asked[0] == name else None


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
