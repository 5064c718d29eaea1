"""The map's page: the day's slider, what the map shows in figures, downloads, and the map itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import bridge, leave, session
from dashboard.asked import answered
from dashboard.downloads import offer
from dashboard.shelf import OpenedLarge, title_of
from dashboard.words import words_in

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.session import Reading
    from dashboard.shelf import Opened
    from dashboard.words import Words

DAY: Final = "day"
"""The slider's key; frame.js finds the slider by it while it is dragged."""


def show(opened: Opened | OpenedLarge, mine: Reading, row: DeltaGenerator, words: Words) -> None:
    """Show the map of a collection.

    Args:
        opened: The collection with its page.
        mine: The reader's reading of it.
        row: Where the controls go.
        words: The dashboard's, in the reader's language.
    """
    with row:
        _clock(opened, mine, words)
        bridge.figures(words)
        if isinstance(opened, OpenedLarge):
            # What writes files is loaded for who can have some: the first map is up the sooner.
            from dashboard import largedownloads  # noqa: PLC0415 - as told above

            largedownloads.offer(opened, mine, words)
        else:
            offer(opened, mine, words)
    facts = opened.built.facts if isinstance(opened, OpenedLarge) else opened.collection.facts
    title = words.say("mapOf", title=title_of(facts, words))
    bridge.frame(opened.key, opened.html, title, mine.days.opening)


@st.fragment
def _clock(opened: Opened | OpenedLarge, mine: Reading, words: Words) -> None:
    """The slider and the wire to the page: a fragment, so that a rerun brings these along and nothing else.

    The frame writes the address: a server that did would answer a quick hand late, and each answer would be a
    step of the browser's history.
    """
    leave.run_anew_if_changed(handing_out=isinstance(opened, OpenedLarge))
    _slider(mine, words)
    bridge.wire(opened.key, mine)
    if isinstance(opened, OpenedLarge):
        bridge.asks(opened.key, partial(_answered_now, opened, words), words)
    if words_in(session.language()) != words:
        session.say_anew()


def _answered_now(opened: OpenedLarge, words: Words, ask: dict[str, Any]) -> dict[str, Any]:
    """Answer an ask of one who may still ask it: a sign-in ends while a map is open."""
    return _answered(opened, words, ask) if leave.may_be_shown(handing_out=True) else {}


def _answered(opened: OpenedLarge, words: Words, ask: dict[str, Any]) -> dict[str, Any]:
    if not opened.is_current:  # what is held of it does not fit what lies there now
        return {"error": words.say("builtAnew")}
    return answered(opened.built, ask, opened.days, words)


def _slider(mine: Reading, words: Words) -> None:
    days = mine.days
    if days.first == days.last:  # nothing to slide over
        return
    # Set only where it differs: setting it on each run would pull the thumb back from under a quick hand.
    if st.session_state.get(DAY) != mine.view.day:
        st.session_state[DAY] = mine.view.day
    st.slider(
        words.say("day"),
        min_value=days.first,
        max_value=days.last,
        format=words.say("sliderDay"),
        key=DAY,
        label_visibility="collapsed",
        on_change=partial(_slid, mine),
    )


def _slid(mine: Reading) -> None:
    """Go to the day to which a hand has slid.

    A browser says where all controls stand along with whatever it says. What comes with a word of the page is from before
    the slider has heard of the page's day, or of its first; the page hears a hand itself, and says where that has led it.
    """
    if not bridge.has_said():
        mine.slide(st.session_state[DAY])
