"""The collections that can be shown, read once and kept until their files change."""

from __future__ import annotations

import hashlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeGuard

import streamlit as st

from claims.named import IN_STORE, InFolder, InStore, named, stored
from claims.publication.publishing import published, today_in
from claims.shipped import shipped
from dashboard import memory
from dashboard.followed import site
from dashboard.view import Days
from dashboard.visitor import visitor
from geo.errors import BordermapError
from geo.unseen import visible
from layers.built.opened import BuiltSet
from layers.built.page import build_large_page
from layers.page import build_page

if TYPE_CHECKING:
    import datetime as dt

    from claims.model import Collection, Facts
    from dashboard.words import Words
    from geo.gazetteer import Gazetteer

GAZETTEER: Final = Path(__file__).parents[1] / "data" / "gazetteer"
CHOSEN: Final = "BORDERMAP_COLLECTION"
"""The environment variable in which `bordermap serve --collection` hands over a collection."""

PUBLIC: Final = "BORDERMAP_PUBLIC"
"""The environment variable that says `yes` where only published editions are shown; `bordermap serve --public` sets it."""

MOST: Final = 8
"""Collections that are held at once, each as it is now: people who look at more of them wait for each other's."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A collection that was read without faults, with its page.

    Attributes:
        key: The name and a digest of the page: it changes when a byte of the page does.
    """

    collection: Collection
    gazetteer: Gazetteer
    html: str
    key: str
    days: Days


@dataclass(frozen=True, slots=True, eq=False)
class OpenedLarge:
    """A built folder, of which nothing was read but what it says of itself, with its page.

    Attributes:
        key: As of `Opened`.
        stamp: What told the state of its files.
    """

    built: BuiltSet
    html: str
    key: str
    days: Days
    stamp: tuple[object, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether the folder is as it was when it was opened: it may have been built anew since."""
        return InFolder(self.built.folder).stamp() == self.stamp


def collections(*, whole: bool = True) -> dict[str, InFolder | InStore]:
    """Return the collections by their names, those of the store by store:NAME; the one that was asked for comes first.

    Args:
        whole: Whether those of the store are among them which the site does not name for its readers.

    Raises:
        BordermapError: The store cannot be opened, or has none of a name that the site gives.
    """
    found: dict[str, InFolder | InStore] = {}
    told = site()
    if told and told.collections is not None:
        found = {_name(one): one for one in map(named, told.collections)}
        return found | ({one.word: one for one in stored()} if whole else {})
    if asked := os.environ.get(CHOSEN):
        chosen = named(asked) if asked.startswith(IN_STORE) else InFolder(Path(asked))
        found[_name(chosen)] = chosen
    held: list[InFolder | InStore] = [*map(InFolder, shipped().values()), *stored()]
    return found | {_name(one): one for one in held if _name(one) not in found}


def is_offered(collection: InFolder | InStore) -> bool:
    """Say whether a collection is among those that the site shows its readers at this moment.

    It is asked at each move of a slider, so the words of the site file are compared before anything is looked up.
    """
    told = site()
    if told is None or told.collections is None or collection.word in told.collections:
        return True
    try:
        return collection in collections(whole=False).values()
    except BordermapError:  # another of them is not there; where all of the page is run this is told
        return False


def _name(collection: InFolder | InStore) -> str:
    return collection.name if isinstance(collection, InFolder) else collection.word


def title(collection: InFolder | InStore, words: Words) -> str:
    """Return a collection's title, or its name where its facts cannot be read (its faults say why).

    To those who see published editions the title is told of one that was made, which it then does not give away; until
    then, and where none can be made, the name.
    """
    if is_public() and not is_published(collection):
        return visible(collection.name)
    try:
        facts = tomllib.loads(collection.facts())
    except tomllib.TOMLDecodeError:
        facts = {}
    titles = (facts.get(words.own("title")), facts.get("title"), collection.name)
    said = visible(next(said for said in titles if isinstance(said, str) and said))
    return (
        said
        if isinstance(collection, InFolder)
        else words.say("inStore", name=visible(collection.name), title=said)
    )


@st.cache_resource(show_spinner=False)
def _editions() -> dict[InFolder | InStore, tuple[object, ...]]:
    """Hold of which collections an edition was made, and of which state of their files."""
    return {}


def is_published(collection: InFolder | InStore) -> bool:
    """Say whether an edition was made of a collection as it is today."""
    return _editions().get(collection) == edition_stamp(collection)


def edition_stamp(collection: InFolder | InStore) -> tuple[object, ...]:
    """Give what tells a collection's published edition from an earlier one.

    Raises:
        BordermapError: The store has no such collection, or cannot be opened.
    """
    return (*_stamp(collection), _today(collection))


def is_large(collection: InFolder | InStore) -> TypeGuard[InFolder]:
    """Say whether a collection is a built folder, which is shown without being read."""
    return isinstance(collection, InFolder) and collection.is_built


def title_of(facts: Facts, words: Words) -> str:
    """Return the title of a collection that has been read."""
    return visible(str(getattr(facts, words.own("title"), "") or facts.title))


def is_public() -> bool:
    """Say whether the visitor of the session that runs sees published editions alone: as all do, or as the site's readers do."""
    return is_all_public() or visitor().published


def is_all_public() -> bool:
    """Say whether only published editions are shown: they are unless the environment is silent of it, or says `no`."""
    return os.environ.get(PUBLIC, "") not in {"", "no"}


def opened(collection: InFolder | InStore, *, public: bool = False) -> Opened:
    """Read a collection and build its page, or return what was read before if nothing has changed since.

    Args:
        collection: Which.
        public: Whether its published edition of today is meant; nothing else of it is given then.

    Raises:
        BordermapError: It is not there, or has faults.
    """
    stamp = edition_stamp(collection) if public else ()
    made = _built(collection, _today(collection) if public else None)[1]
    if public:
        _editions()[collection] = stamp
    return made


def read(collection: InFolder | InStore) -> tuple[Collection, Gazetteer]:
    """Read a whole collection, unpublished claims included, or return what was read before if nothing has changed since.

    Raises:
        BordermapError: It is not there, or has faults.
    """
    held = _read(collection)
    return held.collection, held.gazetteer


def _today(collection: InFolder | InStore) -> dt.date:
    """Return the day that it is in the collection's time zone; the day in UTC where its facts cannot be read."""
    try:
        return today_in(str(tomllib.loads(collection.facts())["timezone"]))
    except (tomllib.TOMLDecodeError, KeyError, ValueError, OSError):
        return today_in("UTC")


def opened_large(folder: InFolder, *, public: bool = False) -> OpenedLarge:
    """Open a built folder and build its page, or return what was opened before if nothing has changed since.

    Raises:
        BordermapError: It cannot be shown, as where only what is published may be.
    """
    stamp = edition_stamp(folder) if public else ()
    opened = _opened_large(folder, folder.stamp(), InFolder(GAZETTEER).stamp())
    if public and opened.built.edition is None:
        raise BordermapError(
            f"{folder.name!r} is a built folder that is no published edition; build it anew with bordermap build --public"
        )
    if public:
        _editions()[folder] = stamp
    return opened


@st.cache_resource(max_entries=4, show_spinner=False)
def _opened_large(folder: InFolder, stamp: tuple[object, ...], places: tuple[object, ...]) -> OpenedLarge:
    del places  # likewise
    built = BuiltSet.open(folder.folder)
    html = build_large_page(built)
    memory.keep()
    return OpenedLarge(built, html, _key(folder, html), _days(built.facts), stamp)


def _days(facts: Facts) -> Days:
    return Days(first=facts.first_day, last=facts.last_day, opening=facts.opening_day)


def _key(collection: InFolder | InStore, html: str) -> str:
    digest = hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{_name(collection)}-{digest}"


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A collection as it was read, and what told the state of its files then."""

    which: InFolder | InStore
    stamp: tuple[object, ...]
    collection: Collection
    gazetteer: Gazetteer


def _stamp(collection: InFolder | InStore) -> tuple[object, ...]:
    return (*collection.stamp(), *InFolder(GAZETTEER).stamp())


def _is_current(held: _Held) -> bool:
    return _stamp(held.which) == held.stamp


@st.cache_resource(max_entries=MOST, show_spinner=False, validate=_is_current)
def _read(collection: InFolder | InStore) -> _Held:
    stamp = _stamp(collection)
    return _Held(collection, stamp, *collection.read())


@st.cache_resource(max_entries=MOST, show_spinner=False, validate=lambda built: _is_current(built[0]))
def _built(collection: InFolder | InStore, public: dt.date | None) -> tuple[_Held, Opened]:
    held = _read(collection)
    shown, gazetteer = held.collection, held.gazetteer
    if public is not None:
        shown, gazetteer = published(shown, gazetteer, public)
    html = build_page(shown, gazetteer)
    memory.keep()
    return held, Opened(shown, gazetteer, html, _key(collection, html), _days(shown.facts))
