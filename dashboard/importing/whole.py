"""A file that bordermap exported whole, which becomes the collection again that it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.imports.whole.into import put_ours
from claims.imports.whole.ours import is_ours
from claims.named import InStore, the_store
from dashboard.asking import free_name, is_whole, tell
from dashboard.importing.upload import Done, say_done
from geo.errors import BordermapError, FaultsError
from geo.unseen import visible

if TYPE_CHECKING:
    from claims.imports.whole.into import Whole
    from dashboard.importing.upload import Handed
    from dashboard.words import Words

__all__ = ["is_whole_collection", "take_whole"]

_KNOWN: Final = "import_whole"


def is_whole_collection(file: Handed) -> bool:
    """Tell whether a file is one; a Parquet file alone is a table, for the others of its folder did not come along."""
    return file.path.suffix != ".parquet" and is_ours(file.path)


def take_whole(file: Handed, words: Words, who: str) -> None:
    """Say what is in it, and take it into the store under a name of its own."""
    st.header(words.say("importStepWhat"), anchor=False)
    try:
        whole = _checked(file)
        rows = words.say("comma").join(f"{name}: {number:,}" for name, number in whole.rows.items() if number)
        st.text(words.say("importWhole", rows=rows))
        if whole.notices:
            st.code(visible(_named("\n".join(whole.notices), file)), language=None, wrap_lines=True)
        st.header(words.say("importStepInto"), anchor=False)
        st.text(words.say("importWholeInto"))
        pressed = st.button(words.say("importNow"), type="primary", key="import_now")
        if pressed and is_whole({"reviewer": who}, words):
            word = InStore(free_name(the_store(), PurePath(file.name).stem)).word
            put_ours(file.path, word, who)
            say_done(Done(word, None))
    except FaultsError as error:
        faults = [replace(fault, file=_named(str(fault.file), file)) for fault in error.faults]
        tell(FaultsError(faults), words, "importUnread")
    except BordermapError as error:
        tell(BordermapError(_named(str(error), file)), words, "importUnread")


def _checked(file: Handed) -> Whole:
    """Read it, once."""
    known = st.session_state.get(_KNOWN)
    if known is None or known[0] is not file:
        st.session_state[_KNOWN] = known = (file, put_ours(file.path, "", check=True))
    whole: Whole = known[1]
    return whole


def _named(said: str, file: Handed) -> str:
    """Call the copy on disk by the file's own name."""
    return said.replace(str(file.path), file.name).replace(file.path.name, file.name)
