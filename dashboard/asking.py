"""What pages that change the store ask and say alike: who decides, what is missing, what went wrong, a copy to work on."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from claims.named import InStore, the_store
from claims.store.who import VARIABLE
from dashboard import bridge, session
from dashboard.faults import log_fault, without_paths
from dashboard.sentences import error_in_words
from dashboard.visitor import must_review, visitor
from dashboard.words import isolated
from geo.errors import BordermapError

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

    from claims.store import Store
    from dashboard.visitor import Visitor
    from dashboard.words import Words

__all__ = ["free_name", "go_to", "is_whole", "offer_copy", "tell", "tell_reader", "who_decides"]

REVIEWER: Final = "reviewer"

_WRITTEN: Final = "who_written"
"""Where in the session stands whether somebody has written the name, or the browser given it back."""

_LONGEST: Final = 80
"""Characters of a name."""


def who_decides(row: DeltaGenerator, words: Words) -> str:
    """Say who decides: the person who has signed in, or whom the user of this machine names.

    What was named on another page of this session still holds, and on this machine what was written at an earlier visit: the
    reviewer's own browser keeps it, and nobody else sees it.

    Raises:
        NotAllowedError: Whoever it is may not.
    """
    person = must_review().person
    if person is not None:
        row.text(isolated(person.name))
        st.session_state["who"] = person.name
        return person.name
    told = st.session_state.get("who")
    if REVIEWER not in st.session_state:
        st.session_state[REVIEWER] = os.environ.get(VARIABLE, "") if told is None else told
    said = row.text_input(
        words.say("reviewer"),
        key=REVIEWER,
        placeholder=words.say("reviewer"),
        label_visibility="collapsed",
        max_chars=_LONGEST,
        width=190,
        on_change=_note_written,
    )
    st.session_state["who"] = said.strip()
    default = os.environ.get(VARIABLE, "").strip()
    bridge.remember(said.strip(), default, written=_WRITTEN in st.session_state, recall=_recall)
    return said.strip()


def _note_written() -> None:
    st.session_state[_WRITTEN] = True


def _recall(name: str) -> None:
    """Take the name that the browser has kept, where none was written since."""
    if _WRITTEN not in st.session_state:
        _note_written()
        st.session_state[REVIEWER] = st.session_state["who"] = name.strip()[:_LONGEST]


def tell(error: BordermapError, words: Words, key: str) -> None:
    """Show what is wrong as the plain text that it is; files are named without their paths to one who is elsewhere."""
    said = error_in_words(error, words)
    st.error(words.say(key))
    st.code(said if visitor().is_at_home else without_paths(said), language=None, wrap_lines=True)


def tell_reader(error: BordermapError, words: Words, key: str, one: Visitor) -> None:
    """Show what is wrong with a collection or the store to one who can mend it; to any other say that, and where it is told."""
    if one.may_review:
        tell(error, words, key)
        return
    st.error(words.say(key))
    st.text(words.say("toldInLog", number=log_fault(error)))


def is_whole(said: dict[str, Any], words: Words) -> bool:
    """Tell whether all has been said; else say what is missing."""
    missing = [words.say(f"missing_{name}") for name, value in said.items() if not value]
    if missing:
        st.error(words.say("missing", what=words.say("comma").join(missing)))
    return not missing


def offer_copy(folder: Path, words: Words, who: str) -> None:
    """Offer a copy in the store of a collection that is a folder, which is shown from then on."""
    if st.button(words.say("keepCopy"), type="primary", key="copy") and is_whole({"reviewer": who}, words):
        try:
            name = free_name(the_store(), folder.name)
            the_store().import_folder(folder, name, who)
        except BordermapError as error:
            tell(error, words, "notDone")
        else:
            go_to(name)


def free_name(store: Store, words: str) -> str:
    """Make a name for a collection of some words, and number it where it is taken."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-").lower()[:60] or "collection"
    taken = set(store.names())
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def go_to(name: str) -> None:
    """Show a collection of the store from now on; does not return."""
    session.choose(InStore(name).word)
    st.rerun()
