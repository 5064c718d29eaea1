"""A browser's window in which all is noted that a hostile text does: what runs, what is asked for, what breaks, what is hidden."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.payloads import FIRED, HOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Frame, Page

__all__ = ["KINDS", "Watched", "watching"]

KINDS: Final = ("executed", "requests", "broken", "hidden")
"""What is to be of nothing."""

_UNSEEN: Final = Path(__file__).parents[1] / "layers" / "engine" / "unseen.js"

_LISTEN: Final = f"globalThis.{FIRED} = {{ push: (number) => console.debug(`{FIRED} ${{number}}`) }};"

_LOOK: Final = (
    """
(own) => {
  const bordermap = {}; // ours alone: the page's may be another's
  UNSEEN
  const { visible } = bordermap.unseen;
  const found = { made: [], hidden: [], links: 0, texts: 0 };
  const TOLD = ["title", "aria-label", "alt", "placeholder"];
  const hides = (text) => visible(text.replace(/[\\u2068\\u2069]/g, "")) !== text.replace(/[\\u2068\\u2069]/g, "");
  const tell = (list, node) => list.push((node.outerHTML ?? node.textContent).slice(0, 200));
  function look(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentNode.closest?.("script, style, .hidden")) return;
      found.texts += 1;
      if (hides(node.textContent)) tell(found.hidden, node);
      return;
    }
    for (const { name, value } of node.attributes ?? []) {
      if (name.startsWith("on")) tell(found.made, node);
      if (TOLD.includes(name) && hides(value)) tell(found.hidden, node);
      if (/^(src|href|xlink:href|style|action|formaction|data|background)$/.test(name) && (value.includes(OWN.HOST) || value.includes(OWN.FIRED)) && node.localName !== "a") tell(found.made, node);
    }
    if (node.localName === "a" && node.hasAttribute("href") && !node.getAttribute("href").startsWith("#")) {
      const web = ["http:", "https:"].includes(node.protocol);
      const shut = node.origin === own || (node.target === "_blank" && node.relList.contains("noopener"));
      if (web && shut) found.links += 1;
      else tell(found.made, node);
    }
    if (node.shadowRoot) look(node.shadowRoot);
    for (const child of node.childNodes) look(child);
  }
  look(document);
  return found;
}
""".replace("OWN.HOST", repr(HOST))
    .replace("OWN.FIRED", repr(FIRED))
    .replace("UNSEEN", _UNSEEN.read_text(encoding="utf-8"))
)
"""What a document holds that no text should have made there: handlers, links elsewhere than to the web or with a way back,
addresses of payloads; and texts in which something is hidden, but for the marks by which the dashboard isolates names."""


@dataclass(slots=True)
class Watched:
    """A window, and what was noted.

    Attributes:
        page: It.
        own: Beginnings of addresses that may be asked for.
        executed: The numbers of the payloads that ran.
        requests: The addresses that were asked for and may not be.
        broken: What broke: errors of scripts, what the console complains of, dialogs, and elements that texts have made.
        hidden: Texts that hide something.
        links: Links that were looked at and lead to the web, without a way back.
        texts: Texts that were looked at.
    """

    page: Page
    own: tuple[str, ...]
    executed: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    links: int = 0
    texts: int = 0

    def ask(self, address: str) -> None:
        """Note a request."""
        if not address.startswith((*self.own, "about:", "blob:", "data:")):
            self.requests.append(address)

    def hear(self, said: ConsoleMessage) -> None:
        """Note what the console says."""
        if said.text.startswith(FIRED):
            self.executed.append(said.text.removeprefix(FIRED).strip())
        elif said.type == "error" and not self._asks_itself(said):
            self.broken.append(f"console: {said.text[:300]} ({said.location.get('url', '')[:200]})")

    def _asks_itself(self, said: ConsoleMessage) -> bool:
        """Tell whether Streamlit, opened on one of its pages, looks for its own server where it is not first."""
        address = said.location.get("url", "")
        return address.startswith(self.own) and "/_stcore/" in address and "404" in said.text

    def dismiss(self, dialog: Dialog) -> None:
        """Note a dialog, and close it."""
        self.broken.append(f"dialog: {dialog.message[:200]}")
        dialog.dismiss()

    def look(self) -> None:
        """Look at all documents of the window."""
        for frame in self.page.frames:
            self.look_at(frame)

    def look_at(self, frame: Frame | Page) -> None:
        """Look at a document."""
        found: dict[str, Any] = frame.evaluate(_LOOK, self.own[0].rstrip("/"))
        self.broken += [f"made: {one}" for one in found["made"]]
        self.hidden += found["hidden"]
        self.links += found["links"]
        self.texts += found["texts"]


@contextmanager
def watching(browser: Browser, *own: str) -> Iterator[Watched]:
    """Give a window of its own in which all is noted.

    Args:
        browser: Opens it.
        own: Beginnings of addresses that may be asked for; the first is the origin of the documents.
    """
    context = browser.new_context(viewport={"width": 1360, "height": 860}, locale="en-GB")
    context.set_default_timeout(120_000)
    context.add_init_script(_LISTEN)
    page = context.new_page()
    watched = Watched(page, own)
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
