"""The page as a cell of a notebook shows it: in an iframe that is shut off from the notebook around it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.files.wholefiles import put_whole

if TYPE_CHECKING:
    import datetime as dt
    import os

__all__ = ["HEIGHT", "TALLEST", "Map"]

SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
"""What the page may do in a notebook: as in the dashboard, never reach the document around it."""

HEIGHT: Final = 640
"""Pixels of a cell that nothing else is said of."""

TALLEST: Final = 10_000
"""More pixels are a slip of the pen."""


@dataclass(frozen=True, eq=False)
class Map:
    """The page of a collection.

    Attributes:
        html: The whole document; it asks nothing of the network.
        title: The collection's.
        day: On which it opens.
        height: In a notebook, in pixels.
    """

    html: str
    title: str
    day: dt.date
    height: int = HEIGHT

    def __repr__(self) -> str:
        """Say what it is where it cannot be shown."""
        return f"<Map of {self.title!r}, opening on {self.day}>"

    def _repr_html_(self) -> str:
        """Give the page in an iframe that is shut off from the notebook around it."""
        srcdoc, title = html.escape(self.html), html.escape(self.title)
        return (
            f'<iframe sandbox="{SANDBOX}" referrerpolicy="no-referrer" title="{title}" srcdoc="{srcdoc}" '
            f'style="width: 100%; height: {self.height}px; border: 0"></iframe>'
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page as a file, whole or not at all.

        Raises:
            BordermapError: It cannot be written.
        """
        put_whole(Path(path), self.html)
