"""The site of this process, as its file is now."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dashboard.logs import log_error
from dashboard.site import VARIABLE, People
from dashboard.sitefile import read_site
from geo.errors import FaultsError

if TYPE_CHECKING:
    from dashboard.site import Site

__all__ = ["site"]

_log: Final = logging.getLogger(__name__)


def site() -> Site | None:
    """Give the site that the environment names, as its file is now; None where it names none.

    Where the file has been changed and has faults now, it is as it was but that nobody reviews, and the log says why.

    Raises:
        FaultsError: It had faults when it was first read.
    """
    named = os.environ.get(VARIABLE)
    return _followed(Path(named)).now() if named else None


@cache
def _followed(path: Path) -> _Followed:
    return _Followed(path)


class _Followed:
    """A site file that is read again when it has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, ...] | None = None
        self._site: Site | None = None

    def now(self) -> Site:
        stamp = self._stamped()
        held = self._site
        if held is None:
            held = read_site(self._path)
        elif stamp != self._stamp:
            held = self._again(held)
        self._stamp, self._site = stamp, held
        return held

    def _again(self, held: Site) -> Site:
        """Read it again. What the server was started with stays: a listening port and a provider do not change below it."""
        try:
            read = read_site(self._path)
        except FaultsError as error:
            log_error(_log, logging.ERROR, error)
            _log.error("until that is mended nobody reviews")
            return replace(held, reviewers=People())
        signin = held.signin if read.signin else None
        if signin and read.signin:
            signin = replace(signin, hours=read.signin.hours)
        return replace(
            read,
            signin=signin,
            **{name: getattr(held, name) for name in ("address", "port", "url", "upload_mb")},
        )

    def _stamped(self) -> tuple[int, ...]:
        try:
            stat = self._path.stat()
        except OSError:
            return ()
        return stat.st_mtime_ns, stat.st_size, stat.st_ino
