"""What was said before of a table with these columns: it is filled in, shown, and can be forgotten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.imports.tables.remembered import forget
from claims.imports.understanding import Understood, understood_by
from dashboard.importing.upload import forget_header
from dashboard.sentences import in_words
from dashboard.visitor import visitor
from dashboard.words import isolated

if TYPE_CHECKING:
    from claims.imports.converting import Asked
    from claims.imports.looking import Looked
    from dashboard.importing.fields import Fields
    from dashboard.words import Words

__all__ = ["reasons", "say_before", "understood_once"]

_UNDERSTOOD: Final = "import_guessed"


def understood_once(asked: Asked, looked: Looked) -> Understood:
    """Guess what the columns are, or recall it, with the reasons; once for a table."""
    key = (id(looked), asked.scheme)
    known = st.session_state.get(_UNDERSTOOD)
    if known is None or known[0] != key:
        guessed = understood_by(looked.header, looked.first.cells, asked)
        st.session_state[_UNDERSTOOD] = known = (key, guessed, looked)
    understood: Understood = known[1]
    return understood


def say_before(understood: Understood, looked: Looked, fields: Fields, words: Words) -> None:
    """Say what is filled in as it was said before, and offer to forget it."""
    before = understood.before
    if before is None:
        return
    elsewhere = set() if before.aside.header == understood.asked.header else {"header"}
    parts = [name for name in ("columns", *before.aside.parts) if name not in elsewhere]
    what = words.say("comma").join(words.say(f"importBefore_{name}") for name in parts)
    with st.container(horizontal=True, vertical_alignment="center", key="import-before"):
        st.text(words.say("importBefore", day=isolated(before.day.isoformat()), what=what))
        st.button(words.say("importForget"), key="import_forget", on_click=partial(_forget, looked, fields))


def reasons(understood: Understood, words: Words) -> dict[str, str]:
    """Say by the parts of a claim why each was filled in."""
    told = {ours: in_words(why, words) for ours, why in understood.why.items()}
    if before := understood.before:
        said = words.say("importAsBefore", day=isolated(before.day.isoformat()))
        told |= {ours: said for ours, why in understood.why.items() if why == before.told}
    return told


def _forget(looked: Looked, fields: Fields) -> None:
    if not visitor().may_review:  # at this moment: it is asked for before the page is shown again
        return
    forget(looked.header)
    forget_header()
    st.session_state.pop(_UNDERSTOOD, None)
    fields.clear()
