"""The bridge to the page: one component holds its sandboxed iframe, one small one goes along with each rerun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from claims.model import Kind, Status
from dashboard import session
from layers.parts import engine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from dashboard.session import Reading
    from dashboard.words import Words


def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


# Three components, because Streamlit sends a component's script along with each change of its data: the frame's
# and the figures' go once, and a change of the day costs the wire's few lines.
_frame = st.components.v2.component(
    "bordermap.frame", html='<div class="frame"></div>', css=_text("frame.css"), js=_text("frame.js")
)
_figures = st.components.v2.component(
    "bordermap.figures", html=_text("figures.html"), css=_text("figures.css"), js=_text("figures.js")
)
_language = st.components.v2.component("bordermap.language", js=_text("language.js"))
_reviewer = st.components.v2.component("bordermap.reviewer", js=_text("reviewer.js"))
_asks = st.components.v2.component("bordermap.asks", js=_text("asks.js"))
_wire = st.components.v2.component("bordermap.wire", js=_text("wire.js"))

REVIEW: Final = (
    "make",
    "paper",
    "fields",
    "withheld",
    "advice",
    "drawing",
    "rows",
    "conflict",
    "card",
    "keys",
    "talk",
    "unsaved",
    "review",
)
"""The review's files, which make one script: a component's script can fetch no other."""

_BROKEN: Final = "asks_broken"
"""Where in the session stands what went wrong with the last ask."""

_review = st.components.v2.component(
    "bordermap.review",
    html=_text("review/review.html"),
    css=_text("review/review.css"),
    js="\n".join([engine("unseen.js"), *(_text(f"review/{name}.js") for name in REVIEW)]),
)
_review_wire = st.components.v2.component("bordermap.review_wire", js=_text("review/wire.js"))


def frame(key: str, page: str, title: str, opening: dt.date) -> None:
    """Show the page in its iframe.

    The page goes to the browser the first time that this session shows it, and again only if the browser
    asks: it keeps the last pages for as long as its tab lives.

    Args:
        key: Names the page's very bytes: another key is another page.
        page: The page's HTML.
        title: The iframe's title, for readers who hear the page.
        opening: The day on which the page opens, which needs no word in the address.
    """
    handed: set[str] = st.session_state.setdefault("handed", set())

    def hand_again() -> None:
        handed.discard(st.session_state["frame"].get("want"))

    data = {
        "key": key,
        "title": title,
        "opening": opening.isoformat(),
        "html": None if key in handed else page,
    }
    handed.add(key)
    _frame(key="frame", data=data, on_want_change=hand_again)


def speak(words: Words) -> None:
    """Tell the browser in which language and direction the dashboard is written."""
    said = {name: getattr(words, name) for name in ("language", "direction", "locale")}
    _language(key="language", data=said)


def remember(name: str, instead: str, *, written: bool, recall: Callable[[str], None]) -> None:
    """Let the reviewer's own browser keep their name, and hear which one it has kept.

    Args:
        name: Who decides now.
        instead: Whom the environment names; "" for nobody.
        written: Whether the reviewer has written the name in this session: only then is it kept, else asked for.
        recall: Takes the name that was kept, before the rerun.
    """

    def heard() -> None:
        kept = _said("remembered", "kept")
        if isinstance(kept, str):
            recall(kept)

    data = {"name": name, "instead": instead, "written": written}
    _reviewer(key="remembered", data=data, on_kept_change=heard)


def figures(words: Words) -> None:
    """Show what the page shows in figures: events, claims, sources, disputed events.

    The page says them to the frame, which writes them here: no word of it goes to the server and back.
    """
    named = {key: words.say(key) for key in ("events", "claims", "sources", "unmade", "disputed", "of")}
    _figures(key="figures", width="content", data={"words": named, "locale": words.locale})


def wire(key: str, mine: Reading) -> None:
    """Tell the page what the dashboard has chosen, and hear what the page says.

    Args:
        key: The page that is meant.
        mine: The reader's reading: its view is told, and hears where the page comes to rest, before the rerun.
            A page that has just come up takes the whole view; later only what the dashboard has moved.
    """

    def heard() -> None:
        said = _said("wire", "said")
        if isinstance(said, dict) and said.get("key") == key and isinstance(said.get("state"), dict):
            mine.hear(said["state"])
            session.keep_language(mine.view)

    data = {"key": key, "state": mine.view.told(), "moved": mine.moved, "slid": mine.slid}
    _wire(key="wire", data=data, on_said_change=heard)


def has_said() -> bool:
    """Tell whether the run under way was started by a word of the page in the frame, not by the reader's hand on a control."""
    said = {"wire": "said", "asks": "asked"}
    return any(_said(name, word) for name, word in said.items())


def _said(component: str, word: str) -> Any:
    """Give what a component says; None where it says nothing, or where Streamlit has let go of its state.

    It does so where it takes the reader to come from another of the dashboard's pages; with its next word the map says all anew.
    """
    state = st.session_state.get(component)
    return state.get(word) if state else None


def asks(key: str, answered: Callable[[dict[str, Any]], dict[str, Any]], words: Words) -> None:
    """Hear what the page of a large set asks, and hand it the answer.

    The answer stays until the next ask, in a component of its own: what stands in it unchanged is not sent again.

    Args:
        key: The page that is meant.
        answered: Answers one ask, before the rerun.
        words: The dashboard's, in the reader's language.

    Raises:
        Exception: Whatever `answered` raised, once the page has a sentence for an answer: what has none is asked again.
    """
    answers: dict[str, dict[str, Any]] = st.session_state.setdefault("answers", {})

    def heard() -> None:
        said = _said("asks", "asked")
        if not (isinstance(said, dict) and said.get("key") == key and isinstance(said.get("ask"), dict)):
            return
        try:
            answer = answered(said["ask"])
        except Exception as error:  # noqa: BLE001 - raised below: a fault of ours is shown, and hides nothing
            st.session_state[_BROKEN] = error
            answer = {"error": words.say("notAnswered")}
        answers.clear()  # of another page
        answers[key] = {"key": key, "id": str(said.get("id"))[:60], "answer": answer}

    _asks(key="asks", data=answers.get(key), on_asked_change=heard)
    if broken := st.session_state.pop(_BROKEN, None):
        raise broken


def review(key: str, laid_out: Mapping[str, Any], words: Words) -> None:
    """Show the review of a text.

    Args:
        key: Names the text, its proposals and the language: another key is another review.
        laid_out: The text and what is proposed in it.
        words: The dashboard's, in the reader's language.
    """
    page = words.page
    said = {
        "table": dict(words.table),
        "kinds": {kind: words.kind(kind) for kind in Kind},
        "statuses": {status: words.status(status) for status in Status},
        "names": page["names"],
        "locale": words.locale,
        "direction": words.direction,
    }
    _review(key="review", data={"key": key, "words": said, **laid_out})


def review_wire(key: str, said: Mapping[str, Any], hear: Callable[[dict[str, Any]], None]) -> None:
    """Tell the review how things stand, and hear what the reviewer does.

    Args:
        key: The review that is meant.
        said: How things stand, and the answer to what was last asked.
        hear: Takes one message, before the rerun.
    """

    def heard() -> None:
        message = st.session_state["review_wire"].get("said")
        if isinstance(message, dict):
            hear(message)

    _review_wire(key="review_wire", data={"key": key, **said}, on_said_change=heard)
