"""Where an import goes: the collection that is shown, or a new one of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.named import InFolder, InStore, the_store
from dashboard import shelf
from dashboard.asking import free_name, offer_copy
from dashboard.importing.fields import Fields
from dashboard.words import isolated

if TYPE_CHECKING:
    from dashboard.words import Words

__all__ = ["Into", "ask_into"]

_SHOWN: Final = "shown"
_NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class Into:
    """A collection of the store that is imported into.

    Attributes:
        name: Its name; "" for a new one, which is named by its title.
        title: Of a new one.
    """

    name: str
    title: str = ""

    @property
    def word(self) -> str:
        """By which it is asked for; a new one's name is free."""
        return InStore(self.name or free_name(the_store(), self.title)).word


def ask_into(collection: InFolder | InStore, words: Words, who: str) -> Into:
    """Ask into which collection; one that is a folder can be copied into the store first."""
    fields = Fields("into")
    if isinstance(collection, InFolder):
        st.text(words.say("importFolder", title=isolated(shelf.title(collection, words))))
        offer_copy(collection.folder, words, who)
        return _new(fields, words)
    where = fields.choice(
        "where",
        words.say("importInto"),
        [_SHOWN, _NEW],
        _SHOWN,
        lambda one: shelf.title(collection, words) if one == _SHOWN else words.say("importNew"),
    )
    return Into(collection.name) if where == _SHOWN else _new(fields, words)


def _new(fields: Fields, words: Words) -> Into:
    return Into("", fields.text("title", words.say("importNewTitle")))
