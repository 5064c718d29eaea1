"""The Read page: a report is handed in, and its proposals are reviewed into a collection of the store."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from claims.articles.asked.endpoint import endpoint_of
from claims.articles.text import LARGEST
from claims.named import InFolder, InStore, the_store
from claims.publication.columns import CHOICES
from dashboard import bridge, shelf
from dashboard.asking import free_name, go_to, is_whole, offer_copy, tell, who_decides
from dashboard.foreign import in_markdown
from dashboard.review.intake import Intake
from dashboard.review.opening import desk_of
from dashboard.visitor import visitor
from dashboard.words import isolated
from geo.errors import BordermapError
from geo.gazetteer import shipped_gazetteer
from geo.geocode import Offline
from geo.unseen import visible
from layers.smallmap import view_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    from claims.store import KeptText, Store
    from dashboard.review.desk import Desk
    from dashboard.words import Words

HIGH: Final = 300
"""Pixels of the field that a text is pasted into."""

EARLIEST: Final = dt.date(1800, 1, 1)
"""No report is older; Streamlit's own first day is ten years ago."""


def show(
    collection: InFolder | InStore,
    source: str,
    row: DeltaGenerator,
    words: Words,
    to_map: Callable[[str, str], None],
) -> str:
    """Show the form, or the review of a text.

    Args:
        collection: Which is reviewed into.
        source: The id of the source whose text is reviewed; "" for the form.
        row: Where the controls go.
        words: The dashboard's, in the reader's language.
        to_map: Goes to an event on the map, on a day; both as they stand in an address.

    Returns:
        The source that is wanted now; a change of it is another page.
    """
    try:
        return _shown(collection, source, row, words, to_map)
    except BordermapError as error:
        tell(error, words, "noStore")
        return source


def _shown(
    collection: InFolder | InStore,
    source: str,
    row: DeltaGenerator,
    words: Words,
    to_map: Callable[[str, str], None],
) -> str:
    """Show what `show` does, where the store can be read."""
    who = who_decides(row, words)
    if isinstance(collection, InFolder):
        _begin(row, words, who)
        st.info(words.say("readOnly"))
        offer_copy(collection.folder, words, who)
        return ""
    store, name = the_store(), collection.name
    if store.is_read_only:
        st.info(words.say("storeReadOnly"))
    kept = {text.source_id: text for text in store.texts(name)}
    if source not in kept:
        _begin(row, words, who)
        return _form(store, name, kept, words, who)
    if row.button(words.say("anotherText"), key="another"):
        return ""
    if source == st.session_state.get("kept_before"):
        _say_known(store, name, source, words)
    _review(store, name, kept[source], words, to_map)
    return source


def _say_known(store: Store, name: str, source: str, words: Words) -> None:
    """Say of a text that was kept before under which outlet and day it is, where it was handed in as another's."""
    told = store.read(name).sources.set_index("source_id").loc[source]
    known = (str(told["outlet"]), told["published"].date().isoformat())
    if known != st.session_state["handed_as"]:
        outlet, day = map(isolated, known)
        st.text(words.say("keptBefore", outlet=outlet, day=day))


# ---- a collection to review into


def _begin(row: DeltaGenerator, words: Words, who: str) -> None:
    """Offer a new empty collection."""
    with row.popover(words.say("newCollection")):
        title = st.text_input(words.say("newTitle"), key="new_title", max_chars=200).strip()
        first, last = (
            st.date_input(
                words.say(key), value=None, min_value=EARLIEST, format="YYYY-MM-DD", key=f"new_{key}"
            )
            for key in ("firstDay", "lastDay")
        )
        around = st.text_input(
            words.say("around"), key="new_around", max_chars=200, help=words.say("aroundHelp")
        )
        said = {"title": title, "first": first, "last": last, "reviewer": who}
        if st.button(words.say("begin"), key="begin") and is_whole(said, words) and first and last:
            try:
                name = free_name(the_store(), title)
                the_store().create(name, title, first, last, who, **_view(around))
            except BordermapError as error:
                tell(error, words, "notDone")
            else:
                go_to(name)


def _view(around: str) -> dict[str, Any]:
    """Give the view of a map around a place; that of the whole world where none is named.

    Raises:
        BordermapError: No place is known by that name, or several are.
    """
    if not around.strip():
        return {}
    match = Offline(shipped_gazetteer()).geocode([around.strip()])[0]
    if match.place is None:
        known = ", ".join(f"{place.name} ({place.country})" for place in match.candidates[:5])
        told = f"; it may be {known}" if known else ""
        raise BordermapError(f"{around!r} is {match.how} as a place{told}; name another, or leave it empty")
    return {"view": [round(edge, 2) for edge in view_of([match.place])]}


# ---- a text to read


def _form(store: Store, name: str, kept: dict[str, KeptText], words: Words, who: str) -> str:
    left, right = st.columns([3, 2], gap="large")
    with left:
        intake = _intake(words)
        _ask_model(words)
        said = {
            "outlet": intake.outlet,
            "published": intake.published,
            "reviewer": who,
            "text": intake.handed,
        }
        if st.button(words.say("readIt"), type="primary", key="read_it") and is_whole(said, words):
            try:
                return _keep(store, name, intake, who)
            except BordermapError as error:
                tell(error, words, "notRead")
    with right:
        return _before(store, name, kept, words)


def _keep(store: Store, name: str, intake: Intake, who: str) -> str:
    """Keep a text; remember as whose it was handed in, for one that was there before."""
    text, language = intake.text()
    source = intake.source(language)
    known = store.keep_source(name, source, text, who, language=language)
    st.session_state["kept_before"] = "" if known.new else known.source_id
    st.session_state["handed_as"] = (source["outlet"], source["published"])
    return known.source_id


def _intake(words: Words) -> Intake:
    with st.container(horizontal=True):
        outlet = st.text_input(words.say("outlet"), key="outlet", max_chars=200)
        published = st.date_input(
            words.say("published"), value=None, min_value=EARLIEST, format="YYYY-MM-DD", key="published"
        )
    with st.container(horizontal=True):
        title = st.text_input(words.say("headline"), key="headline", max_chars=400)
        url = st.text_input(words.say("link"), key="link", max_chars=2000, placeholder="https://")
    pasted = st.text_area(words.say("paste"), height=HIGH, key="pasted", placeholder=words.say("pasteHere"))
    file = st.file_uploader(
        words.say("upload"), type=["txt", "html", "htm"], key="upload", max_upload_size=LARGEST // 10**6
    )
    handed = (file.name, file.getvalue()) if file else None
    return Intake(outlet, title, url, published, pasted, handed)


def _ask_model(words: Words) -> None:
    """Where the environment names a model, let the reviewer ask it too; nothing is sent to it otherwise."""
    try:
        endpoint = endpoint_of(os.environ)
    except BordermapError as error:
        tell(error, words, "noModel")
        endpoint = None
    asked = endpoint is not None and st.checkbox(
        words.say("askModel", host=in_markdown(endpoint.host)), key="ask_model"
    )
    st.session_state["endpoint"] = endpoint if asked else None


def _before(store: Store, name: str, kept: dict[str, KeptText], words: Words) -> str:
    """List the texts that were read before, the newest first; give the one that is chosen."""
    st.subheader(words.say("readBefore"))
    if not kept:
        st.caption(words.say("noneBefore"))
        return ""
    sources = store.read(name).sources.set_index("source_id")
    for source, told in sources.loc[list(kept)].sort_values("published", ascending=False).iterrows():
        with st.container(horizontal=True, vertical_alignment="center", key=f"before-{source}"):
            if st.button(words.say("openText"), key=f"open-{source}"):
                return str(source)
            parts = (told["outlet"], told["published"].date().isoformat(), told["title"])
            st.text(" · ".join(isolated(part) for part in parts if part))
    return ""


# ---- the review


def _review(
    store: Store, name: str, kept: KeptText, words: Words, to_map: Callable[[str, str], None]
) -> None:
    try:
        with st.spinner(words.say("reading")):
            desk = _desk(store, name, kept)
    except BordermapError as error:
        tell(error, words, "faulty")
        return
    if desk.notes:
        with st.expander(words.say("leftOut", n=len(desk.notes))):
            st.code(visible("\n".join(desk.notes)), language=None, wrap_lines=True)
    key = f"{name}/{kept.source_id}/{words.language}/{id(desk)}"
    laid_out = {
        "report": f"{name}/{kept.source_id}",
        "text": kept.text,
        "language": kept.language,
        "items": desk.laid_out(),
        "withheld": CHOICES,
        "map": f"map?collection={InStore(name).word}",
    }
    bridge.review(key, laid_out, words)
    _answers(key, desk, words, to_map)


def _desk(store: Store, name: str, kept: KeptText) -> Desk:
    """Give this session's desk with a text, laid out once, and again where a model is to be asked about it."""
    known, endpoint = st.session_state.get("desk"), st.session_state.get("endpoint")
    if endpoint or known is None or known[0] != (name, kept.source_id):
        desk = desk_of(store, name, kept, endpoint, shelf.read(InStore(name)))
        st.session_state["desk"] = known = ((name, kept.source_id), desk)
        st.session_state["endpoint"] = None  # asked once for each time that the reviewer wants it
    return known[1]


@st.fragment
def _answers(key: str, desk: Desk, words: Words, to_map: Callable[[str, str], None]) -> None:
    """The wire of the review: a fragment, so that an answer brings no more than itself."""

    def hear(message: dict[str, Any]) -> None:
        if not visitor().may_review:  # at this moment: a sign-in ends while a text is open
            return
        if message.get("do") == "map":
            st.session_state["wish"] = (str(message.get("event", "")), str(message.get("day", "")))
        desk.answer(message, st.session_state["who"])

    if not visitor().may_review:
        st.rerun()  # as a whole, which says why
    try:
        standing = desk.standing()
    except BordermapError as error:
        tell(error, words, "noStore")
        return
    bridge.review_wire(
        key, {"standing": standing, "answer": desk.last_answer, "named": bool(st.session_state["who"])}, hear
    )
    if wish := st.session_state.pop("wish", None):
        to_map(*wish)
