"""Makes editions of what the public may choose from, beside the sessions: the title of a collection is told of its edition alone."""

from __future__ import annotations

from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

from dashboard import shelf
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.named import InFolder, InStore

__all__ = ["BESIDE", "have_made"]

BESIDE: Final = Event()
"""Set where a server may work beside its sessions, as in `bordermap serve`."""

_PATIENCE_S: Final = 1.0
"""So long somebody who looks at the list waits for titles; until an edition is made its collection goes by its name."""


def have_made(listed: Iterable[InFolder | InStore]) -> None:
    """Have the editions made that are missing, or not of today's state, and wait a little for them.

    One that cannot be made is tried again when the collection has changed; whoever opens it is told.
    """
    if BESIDE.is_set():
        _maker.have_made(listed)


class _Maker:
    """Makes editions one after another."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begun: dict[InFolder | InStore, tuple[object, ...]] = {}
        self._thread: Thread | None = None

    def have_made(self, listed: Iterable[InFolder | InStore]) -> None:
        missing = {one: shelf.edition_stamp(one) for one in listed if not shelf.is_published(one)}
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                new = {one: stamp for one, stamp in missing.items() if self._begun.get(one) != stamp}
                self._begun |= new
                self._thread = Thread(target=_make, args=(list(new),), daemon=True) if new else None
                if self._thread:
                    self._thread.start()
            thread = self._thread
        if thread and missing:
            thread.join(_PATIENCE_S)


def _make(collections: list[InFolder | InStore]) -> None:
    for one in collections:
        try:
            if shelf.is_large(one):
                shelf.opened_large(one, public=True)
            else:
                shelf.opened(one, public=True)
        except BordermapError:
            continue  # whoever opens it is told, and the log


_maker: Final = _Maker()
