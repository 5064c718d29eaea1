"""Who is at the other end of a session, what they may do in it now, and how they sign in and out."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from starlette.requests import cookie_parser
from streamlit import config, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from dashboard.access import is_at_home, may_read, may_review, person_of
from dashboard.followed import site
from dashboard.site import is_loopback
from dashboard.words import isolated
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streamlit.delta_generator import DeltaGenerator

    from dashboard.access import Person
    from dashboard.site import Site
    from dashboard.words import Words

__all__ = [
    "GUARDED",
    "NotAllowedError",
    "Standing",
    "Visitor",
    "asker",
    "may_fetch",
    "may_upload",
    "must_review",
    "note",
    "offer_sign_in",
    "visitor",
]


class NotAllowedError(BordermapError):
    """Something was asked for by somebody who may not; nothing was done."""


class Standing(StrEnum):
    """How a session's visitor is known."""

    AT_HOME = "at home"
    STRANGER = "stranger"
    SIGNED_IN = "signed in"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, and what they may do at this moment.

    Attributes:
        standing: How they are known.
        person: Who has signed in; None where nobody has, or not any more.
        may_read: Whether they see the collections.
        may_review: Whether they review, import, and begin collections.
        may_sign_in: Whether there is a provider to sign in with.
        published: Whether they see collections as they are published.
    """

    standing: Standing
    person: Person | None
    may_read: bool
    may_review: bool
    may_sign_in: bool
    published: bool

    @property
    def rights(self) -> tuple[bool, bool, bool]:
        """What decides over what is shown."""
        return self.may_read, self.may_review, self.published

    @property
    def is_at_home(self) -> bool:
        """Whether it is the user of this machine."""
        return self.standing is Standing.AT_HOME


def visitor() -> Visitor:
    """Give the visitor of the session whose script runs.

    Raises:
        FaultsError: The site file had faults when it was first read.
    """
    return _asked().visitor()


def must_review() -> Visitor:
    """Give the visitor, who may review at this moment.

    Raises:
        NotAllowedError: They may not.
    """
    one = visitor()
    if not one.may_review:
        raise NotAllowedError("you may not change anything here; sign in as a reviewer")
    return one


def _said() -> Mapping[str, Any]:
    """Give what Streamlit knows of the signed-in person, without the tokens."""
    held = site()
    if held is None or held.signin is None or get_script_run_ctx(suppress_warning=True) is None:
        return {}
    return dict(st.user.to_dict())


def _headers() -> dict[str, str] | None:
    """Give the headers by which the session was opened; none of one whose browser has left; None where there is no session."""
    if get_script_run_ctx(suppress_warning=True) is None or config.get_option("global.appTest"):
        return None
    return {name.lower(): value for name, value in st.context.headers.to_dict().items()}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a session's rights follow from, so that they can be asked for again while it lasts.

    Attributes:
        said: The claims of the ID token.
        at_home: Whether the dashboard was reached from this machine alone.
        for_others: Whether it listens to other machines.
    """

    said: Mapping[str, Any]
    at_home: bool
    for_others: bool

    def visitor(self) -> Visitor:
        held = site()
        person = person_of(self.said, held, time.time())
        if person and _signed_out.holds(person):
            person = None
        reviews = may_review(held, person, at_home=self.at_home)
        return Visitor(
            standing=self._standing(held, person),
            person=person,
            may_read=may_read(held, person, at_home=self.at_home, for_others=self.for_others),
            may_review=reviews,
            may_sign_in=held is not None and held.signin is not None,
            published=not reviews and (held is None or held.public),
        )

    def _standing(self, held: Site | None, person: Person | None) -> Standing:
        if held is None:
            return Standing.AT_HOME if self.at_home else Standing.STRANGER
        if person:
            return Standing.SIGNED_IN
        return Standing.ENDED if self.said.get("is_logged_in") is True else Standing.STRANGER


def _asked() -> _Asked:
    """Give what the rights of the session whose script runs follow from."""
    address = st.get_option("server.address")
    for_others = not (address and is_loopback(address))
    return _Asked(_said(), is_at_home(address, _headers()), for_others)


# ---- uploads, which come beside the session's messages

GUARDED: Final = Event()
"""Set where `guard.Guard` stands before Streamlit, as in `bordermap serve`; `streamlit run app.py` has none."""

_handing_in: Final[dict[str, _Asked]] = {}
"""By their ids the sessions whose visitor may hand files in: whoever else knows such an id is none of them."""


def note() -> Visitor:
    """Give the visitor, and note whether files are taken from this session."""
    asked = _asked()
    one, context = asked.visitor(), get_script_run_ctx(suppress_warning=True)
    if not one.is_at_home and not GUARDED.is_set():
        _shut()
    if context is not None:
        if one.may_review:
            _forget_gone()
            _handing_in[context.session_id] = asked
        else:
            _handing_in.pop(context.session_id, None)
    return one


def _shut() -> None:
    """Take no files and show no details of faults in this process any more: nothing else stands before visitors here."""
    config.set_option("server.maxUploadSize", 0)
    config.set_option("client.showErrorDetails", "none")


def asker() -> Callable[[], Visitor]:
    """Give what tells who the visitor of this session is at a later moment, outside of its runs too."""
    return _asked().visitor


def may_upload(session: str) -> bool:
    """Whether a file may be handed in to a session at this moment."""
    asked = _handing_in.get(session)
    return asked is not None and asked.visitor().may_review


def may_fetch(cookies: str) -> bool:
    """Whether what pages offer for download is given to whom a request's cookies belong to: where not everybody reads, to a reader.

    Args:
        cookies: The header.
    """
    held = site()
    if held is None or held.open:
        return True
    person = person_of(_signed_in(cookies, held), held, time.time())
    return (
        person is not None
        and not _signed_out.holds(person)
        and may_read(held, person, at_home=False, for_others=True)
    )


def _signed_in(cookies: str, held: Site) -> Mapping[str, Any]:
    """Give the ID token's claims in Streamlit's cookie, whose signature and origin are checked as it checks them for a session."""
    if held.signin is None:
        return {}
    read = _get_signed_cookie_with_chunks(cookie_parser(cookies), USER_COOKIE_NAME)
    return _parse_decoded_user_cookie(read, held.url) if read else {}


def _forget_gone() -> None:
    if runtime.exists():
        running = runtime.get_instance()
        for session in [session for session in list(_handing_in) if not running.is_active_session(session)]:
            _handing_in.pop(session, None)


# ---- signing in and out


class _SignedOut:
    """Sign-ins that people have ended before their time: the cookie, or a copy of it, opens nothing any more."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def add(self, person: Person, hours: int) -> None:
        with self._lock:
            now = time.time()
            self._until = {one: until for one, until in self._until.items() if until > now}
            self._until[self._key(person)] = person.since + hours * 3600

    def holds(self, person: Person) -> bool:
        return self._key(person) in self._until

    def _key(self, person: Person) -> str:
        told = [person.issuer, person.subject, person.since, str(person.claims.get("nonce"))]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


_signed_out: Final = _SignedOut()


def offer_sign_in(row: DeltaGenerator, one: Visitor, words: Words) -> None:
    """Offer to sign in, or say who is signed in, what they may do, and offer to sign out; nothing where there is no provider."""
    if not one.may_sign_in:
        return
    # By callbacks, which no other message that comes meanwhile breaks off: a click is not lost.
    if one.person is None:
        row.button(words.say("signIn"), key="sign_in", on_click=st.login)
        return
    with row.popover(words.say("account"), key="account"):
        st.text(isolated(one.person.name))
        st.text(words.say("mayReview" if one.may_review else "mayOnlyRead"))
        st.button(words.say("signOut"), key="sign_out", on_click=_sign_out, args=(one.person,))


def _sign_out(person: Person) -> None:
    held = site()
    if held and held.signin:
        _signed_out.add(person, held.signin.hours)
    st.logout()
