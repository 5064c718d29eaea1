"""Runs commands of bordermap as on a terminal, and notes what they say there."""

from __future__ import annotations

import contextlib
import io
import os
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

import bordermap
from trust.window import Noted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Said", "file_name", "inside", "said"]

_CODES = frozenset({0, 1, 2})
_LONGEST = 120
"""Bytes of a file's name, with room for an ending."""


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a command.

    Attributes:
        code: With which it ended.
        text: All that it said.
        noted: Of that.
    """

    code: int
    text: str
    noted: Noted


def said(*words: object) -> Said:
    """Run a command, and note what it says; one that crashes has broken."""
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign] - it tells of its progress then
    crashed = []
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = bordermap.main([str(word) for word in words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        except Exception:  # noqa: BLE001 - whatever it was, it is noted, and the others are tried all the same
            crashed.append(traceback.format_exc()[-1000:])
    noted = Noted.of_text(out.getvalue())
    noted.broken += crashed or ([] if code in _CODES else [f"{words!r} ended with {code}"])
    return Said(code, out.getvalue(), noted)


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in a folder."""
    before = os.getcwd()  # noqa: PTH109 - a name, which need not be there any more
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def file_name(text: str) -> str:
    """Give a name that a disk takes."""
    cut = text.encode("utf-8", "replace").decode().replace("/", "\u2215").replace("\0", "")
    return cut.encode()[:_LONGEST].decode(errors="ignore").strip() or "x"
