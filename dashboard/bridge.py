"""The bridge to the page: one component holds its sandboxed iframe, one small one goes along with each rerun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = Path(__file__).parent

# Two components, because Streamlit sends a component's script along with each change of its data: the frame's
# script goes once, and a change of the day costs the wire's few lines.
_frame = st.components.v2.component(
    "bordermap.frame",
    html='<div class="frame"></div>',
    css=(_HERE / "frame.css").read_text(encoding="utf-8"),
    js=(_HERE / "frame.js").read_text(encoding="utf-8"),
)
_wire = st.components.v2.component("bordermap.wire", js=(_HERE / "wire.js").read_text(encoding="utf-8"))


def frame(key: str, page: Callable[[], str], title: str) -> None:
    """Show the page in its iframe.

    The page goes to the browser the first time that this session shows it, and again only if the browser
    asks: it keeps the last pages for as long as its tab lives.

    Args:
        key: Names the page's very bytes: another key is another page.
        page: Gives the page's HTML.
        title: The iframe's title, for readers who hear the page.
    """
    handed: set[str] = st.session_state.setdefault("handed", set())

    def hand_again() -> None:
        handed.discard(st.session_state["frame"].get("want"))

    html = None if key in handed else page()
    handed.add(key)
    _frame(key="frame", data={"key": key, "title": title, "html": html}, on_want_change=hand_again)


def wire(key: str, state: dict[str, Any], moved: int, hear: Callable[[dict[str, Any]], None]) -> None:
    """Tell the page what the dashboard has chosen, and hear what the page says.

    Args:
        key: The page that is meant.
        state: The whole state. A page that has just come up takes all of it; later only its day counts.
        moved: Counts the dashboard's own moves; the page is told only when it has grown.
        hear: Called with `{"state": ..., "shown": ...}` before the rerun, whenever the page with this key
            comes to rest.
    """

    def heard() -> None:
        said = st.session_state["wire"].get("said")
        if isinstance(said, dict) and said.get("key") == key:
            hear(said)

    _wire(key="wire", data={"key": key, "state": state, "moved": moved}, on_said_change=heard)
