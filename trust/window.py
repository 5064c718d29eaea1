"""A browser's window in which all is noted that a hostile text does: what runs, what is asked for, what breaks, what is hidden."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.unseen import plainly
from trust.payloads import FIRED, HOST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Frame, Page

__all__ = ["KINDS", "Noted", "Tried", "Watched", "unsafe_window", "window"]

KINDS: Final = ("executed", "requests", "broken", "hidden")
"""What is to be of nothing."""

_UNSEEN: Final = Path(__file__).parents[1] / "layers" / "engine" / "unseen.js"

_OPENED: Final = "__opened"

_NO_FOCUS: Final = "Blocked autofocusing"
"""So Chromium complains of every dialog that opens in a frame, whatever is written in it."""

_LISTEN: Final = f"""
globalThis.{FIRED} = {{ push: (number) => console.debug(`{FIRED} ${{number}}`) }};
globalThis.open = (address, target, how) => void console.debug(`{_OPENED} ${{how?.includes("noopener")}} ${{new URL(address, location).protocol}}`);
"""
"""Tells on the console which payloads run, and which windows a script opens; none is."""

_HERE: Final = Path(__file__).parent
_UNSAFE: Final = (_HERE / "unsafe.js").read_text(encoding="utf-8")
"""Makes whatever is opened unsafe."""

_LOOK: Final = f"""
(asked) => {{
  const bordermap = {{}};
  {_UNSEEN.read_text(encoding="utf-8")}
  return (
  {(_HERE / "look.js").read_text(encoding="utf-8")}
  )(asked);
}}
"""
"""Looks at a document, by the rule of what is hidden (look.js)."""


@dataclass(slots=True)
class Noted:
    """What was noted of a window, or of a command.

    Attributes:
        executed: The numbers of the payloads that ran.
        requests: The addresses that were asked for and may not be.
        broken: What broke: errors of scripts, what the console complains of, dialogs, elements that texts have made, crashes.
        hidden: Texts that hide something.
        said: The texts that were looked at, each once.
        links: Links that were looked at and lead to the web, without a way back.
        texts: Texts that were looked at.
    """

    executed: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    links: int = 0
    texts: int = 0

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Note what was written on a terminal, or into a log: lines that steer it, or hide something, hide."""
        lines = text.split("\n")
        hidden = [line for line in lines if plainly(line) != line]
        return cls(hidden=hidden, said=set(lines), texts=len(lines) - 1)

    def add(self, other: Noted) -> None:
        """Add what another has noted."""
        for kind in KINDS:
            getattr(self, kind).extend(getattr(other, kind))
        self.said |= other.said
        self.links += other.links
        self.texts += other.texts

    def kinds(self) -> set[str]:
        """Say what of `KINDS` was noted."""
        return {kind for kind in KINDS if getattr(self, kind)}


@dataclass(slots=True)
class Tried:
    """What was noted on a surface.

    Attributes:
        seen: Of the surface as it is.
        control: Of the same made unsafe on purpose.
    """

    seen: list[Noted] = field(default_factory=list)
    control: list[Noted] = field(default_factory=list)


@dataclass(slots=True)
class Watched(Noted):
    """A window, and what was noted.

    Attributes:
        page: It.
        own: Beginnings of addresses that may be asked for; the first is the origin of the documents.
    """

    page: Page = field(kw_only=True)
    own: tuple[str, ...] = field(kw_only=True)

    def ask(self, address: str) -> None:
        """Note a request."""
        if not address.startswith((*self.own, "about:", "blob:", "data:")):
            self.requests.append(address)

    def hear(self, said: ConsoleMessage) -> None:
        """Note what the console says."""
        word, _, more = said.text.partition(" ")
        if word == FIRED:
            self.executed.append(more.strip())
        elif word == _OPENED:
            is_shut = more in {"true http:", "true https:"}
            self.links += is_shut
            self.broken += [] if is_shut else [f"opened: {more}"]
        elif said.type == "error" and not (said.text.startswith(_NO_FOCUS) or self._asks_itself(said)):
            self.broken.append(f"console: {said.text[:300]} ({said.location.get('url', '')[:200]})")

    def _asks_itself(self, said: ConsoleMessage) -> bool:
        """Tell whether Streamlit, opened on one of its pages, looks for its own server where it is not first."""
        address = said.location.get("url", "")
        return address.startswith(self.own) and "/_stcore/" in address and "404" in said.text

    def dismiss(self, dialog: Dialog) -> None:
        """Note a dialog, and close it; the browser's own question to one who leaves is no text's work, and stops nobody."""
        if dialog.type == "beforeunload":
            dialog.accept()
            return
        self.broken.append(f"dialog: {dialog.message[:200]}")
        dialog.dismiss()

    def look(self) -> None:
        """Look at all documents of the window."""
        for frame in self.page.frames:
            self.look_at(frame)

    def look_at(self, frame: Frame | Page) -> None:
        """Look at a document."""
        found: dict[str, Any] = frame.evaluate(
            _LOOK, {"own": self.own[0].rstrip("/"), "HOST": HOST, "FIRED": FIRED}
        )
        self.broken += [f"made: {one}" for one in found["made"]]
        self.hidden += found["hidden"]
        self.said.update(found["said"])
        self.links += found["links"]
        self.texts += found["texts"]


@contextmanager
def window(browser: Browser, *own: str) -> Iterator[Watched]:
    """Give a window of its own in which all is noted.

    Args:
        browser: Opens it.
        own: Beginnings of addresses that may be asked for; the first is the origin of the documents.
    """
    with _watched(browser, own, 60_000, _LISTEN) as watched:
        yield watched


@contextmanager
def unsafe_window(browser: Browser, *own: str) -> Iterator[Watched]:
    """Give a window in which whatever is opened is unsafe: the control of what the same document comes to otherwise.

    In it no policy holds, every text becomes HTML, and nothing that is hidden is shown. What is opened there may never come up.
    """
    with _watched(browser, own, 10_000, _LISTEN + _UNSAFE, bypass_csp=True) as watched:
        yield watched


@contextmanager
def _watched(
    browser: Browser, own: tuple[str, ...], within_ms: int, script: str, **options: Any
) -> Iterator[Watched]:
    context = browser.new_context(
        viewport={"width": 1360, "height": 860}, locale="en-GB", reduced_motion="reduce", **options
    )
    context.set_default_timeout(within_ms)
    context.add_init_script(script)
    page = context.new_page()
    watched = Watched(page=page, own=own)
    context.on("request", lambda request: watched.ask(request.url))
    context.on("console", lambda said: watched.hear(said))  # noqa: PLW0108 - Playwright marks what it calls
    context.on("dialog", lambda dialog: watched.dismiss(dialog))  # noqa: PLW0108 - likewise
    context.on("weberror", lambda error: watched.broken.append(f"error: {error.error}"))
    context.on("page", lambda other: watched.broken.append(f"window: {other.url[:200]}"))
    page.on("crash", lambda _: watched.broken.append("crash"))
    try:
        yield watched
    finally:
        context.close()
