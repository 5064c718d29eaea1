"""What a person sees of our dashboard, element by element, held to what this person may be shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from trust.load.speech import day_at

if TYPE_CHECKING:
    from trust.load.due import Due
    from trust.load.seats import Seat
    from trust.load.speech import Browser, ForwardMsg
    from trust.load.tally import Tally

__all__ = ["Sight", "chosen_in"]

LINKS: Final = ("map", "claims", "read", "import")
"""The dashboard's pages in the order of their links."""


def chosen_in(box: Any) -> str:
    """Give what a box of choices holds."""
    return str(box.raw_value if box.set_value else box.options[box.default])


class Sight:
    """What one person has before the eyes.

    Attributes:
        wire: The id of the component by which page and dashboard tell each other where they are.
        asks: Of the one by which a large set's page asks.
        key: Of the page that is shown.
        has_page: Whether the page itself has come.
    """

    def __init__(self, seat: Seat, browser: Browser, due: Due, tally: Tally) -> None:
        """See nothing yet."""
        self._shown, self._language = seat.shown, seat.language
        self._browser, self._due, self._tally = browser, due, tally
        self.wire = self.asks = self.key = ""
        self.has_page = False

    def is_up(self) -> bool:
        """Whether the map is there, and its slider."""
        return bool(self.has_page and self.wire and self._browser.slider)

    def see(self, element: Any, message: ForwardMsg, now: float) -> None:
        """See an element."""
        match element.WhichOneof("type"):
            case "page_link":
                self._browser.pages[LINKS[message.metadata.delta_path[-1]]] = (
                    element.page_link.page_script_hash
                )
            case "selectbox" if element.selectbox.id.endswith("-choice"):
                self._see_choice(element.selectbox)
            case "slider" if element.slider.id.endswith("-day"):
                self._browser.fragment = message.delta.fragment_id
                self._see_slider(element.slider)
            case "download_button":
                self._see_file(element.download_button.label)
            case "bidi_component":
                self._see_component(element.bidi_component, now)

    def _see_choice(self, box: Any) -> None:
        chosen = self._browser.values[box.id] = chosen_in(box)
        if self._shown.titles[self._language] not in chosen:
            self._tally.another_s(f"the choice says {chosen!r}, which is not this reader's")

    def _see_slider(self, slider: Any) -> None:
        self._browser.slider = slider.id
        if slider.set_value:
            self._browser.values[slider.id] = slider.value[0]
            if not self._due.is_chosen(day_at(slider.value[0])):
                self._tally.another_s(
                    f"the slider was set to {day_at(slider.value[0])}, a day that nobody chose"
                )
        self._browser.values.setdefault(slider.id, slider.default[0])
        days = tuple(map(day_at, (slider.min, slider.max)))
        if days != (self._shown.first.isoformat(), self._shown.last.isoformat()):
            self._tally.another_s(f"the slider runs over {days}, which are another collection's")

    def _see_file(self, label: str) -> None:
        # Markdown, in which a word of others is escaped.
        if self._shown.file not in label.replace("\\", ""):
            self._tally.another_s(f"a download is called {label!r}, which is another collection's")

    def _see_component(self, component: Any, now: float) -> None:
        said = json.loads(component.json or "null")
        match component.component_name:
            case "bordermap.wire":
                self.wire = component.id
                self._due.answer(said["state"], now)
            case "bordermap.asks":
                self.asks = component.id
                self._due.answer_ask(said, now)
            case "bordermap.frame":
                self._see_page(said)
            case "bordermap.language" if said["language"] != (self._language or "en"):
                self._tally.another_s(f"the language is {said['language']!r}, which is not this reader's")

    def _see_page(self, said: dict[str, Any]) -> None:
        self.key = said["key"]
        self.has_page = self.has_page or bool(said["html"])
        if not self.has_page:
            self._tally.error("the page was not sent")
        if self._shown.titles[self._language] not in said["title"]:
            self._tally.another_s(f"the map is called {said['title']!r}, which is another collection's")
