"""By what leave an open page shows its collection, asked again while it is open: fragments take no note of what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import shelf
from dashboard.visitor import asker, visitor
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.named import InFolder, InStore
    from dashboard.visitor import Visitor

__all__ = ["for_later", "keep", "may_be_shown", "run_anew_if_changed"]

_SHOWN: Final = "shown"
"""Where in the session it stands what was shown when the page was last run as a whole."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page shows.

    Attributes:
        collection: Of which.
        rights: Those of the visitor to whom it is shown.
        stamp: The state of its files of which the published edition is; None where it is shown whole.
    """

    collection: InFolder | InStore
    rights: tuple[bool, bool, bool]
    stamp: tuple[object, ...] | None

    def is_for(self, one: Visitor) -> bool:
        return one.rights == self.rights and (one.may_review or shelf.is_offered(self.collection))

    def is_current(self) -> bool:
        try:
            return self.stamp is None or self.stamp == shelf.edition_stamp(self.collection)
        except BordermapError:  # it is there no more
            return False


def keep(collection: InFolder | InStore) -> None:
    """Note what is about to be shown: before it is opened, so that a change meanwhile is one.

    Raises:
        BordermapError: The store has no such collection, or cannot be opened.
    """
    one = visitor()
    is_edition = one.published or shelf.is_all_public()
    stamp = shelf.edition_stamp(collection) if is_edition else None
    st.session_state[_SHOWN] = _Shown(collection, one.rights, stamp)


def run_anew_if_changed(*, handing_out: bool) -> None:
    """In a fragment run the page as a whole where the visitor may see other things by now than it shows; does not return then.

    Args:
        handing_out: Whether something of the collection may be handed out; then the edition has to be the one of now as well.
            A fragment that only moves a map which the browser has does not draw it anew for each claim that somebody saves.
    """
    if _is_in_a_fragment() and not may_be_shown(handing_out=handing_out):
        st.rerun()


def may_be_shown(*, handing_out: bool) -> bool:
    """Whether the visitor may see at this moment what the page shows; the argument is that of `run_anew_if_changed`."""
    return _may(visitor, st.session_state[_SHOWN], handing_out=handing_out)


def for_later() -> Callable[[], bool]:
    """Give what tells whether it may be handed out outside of the session's runs, as where a download is made at a click."""
    return partial(_may, asker(), st.session_state[_SHOWN], handing_out=True)


def _may(asked: Callable[[], Visitor], shown: _Shown, *, handing_out: bool) -> bool:
    return shown.is_for(asked()) and (not handing_out or shown.is_current())


def _is_in_a_fragment() -> bool:
    """Whether a fragment is run alone; a page that is run as a whole has asked, and would never end while somebody saves."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)
