"""People at the peer's dashboard, who do the same there as at ours, and the points that it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.named import named
from layers.layers import layers_of
from trust.load.person import Person
from trust.load.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from trust.load.speech import ForwardMsg

__all__ = ["PEER", "PeersPerson", "write_points"]

PEER: Final = (
    *("streamlit", "run", str(Path(__file__).with_name("peer_app.py")), "--server.address", "127.0.0.1"),
    *("--server.headless", "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"),
)
"""How it is started, after `python -m`."""

_DAY: Final = re.compile(r"\bday\W{1,9}(\d{4}-\d{2}-\d{2})")


class PeersSight(Sight):
    """What one person sees there: the map comes anew with each day, in the arguments of a component."""

    def is_up(self) -> bool:
        """Whether the map is there, and its slider."""
        return bool(self._browser.slider and self.has_page)

    def see(self, element: Any, _: ForwardMsg, now: float) -> None:
        """See an element."""
        match element.WhichOneof("type"):
            case "slider":
                self._browser.slider = element.slider.id
                self._browser.values.setdefault(element.slider.id, element.slider.default[0])
            case "component_instance":
                self._see_map(element.component_instance.json_args, now)

    def _see_map(self, arguments: str, now: float) -> None:
        if found := _DAY.search(arguments):
            self.has_page = True
            self._due.answer({"day": found[1]}, now)


class PeersPerson(Person):
    """One person at the peer's dashboard, who does nothing but move the slider."""

    sees = PeersSight

    async def _do(self, _: float) -> None:
        await self._slide()

    def told(self) -> dict[str, str | None]:
        """Say what the next answer must carry."""
        return {"day": self.day.isoformat()}


def write_points(word: str, file: Path) -> None:
    """Write the events of a collection that have a place and a day, as points with their days and titles.

    Raises:
        BordermapError: There is none of that name, or it has faults.
    """
    collection, gazetteer = named(word).read()
    facts = collection.facts
    points = [
        {
            "lon": point.x,
            "lat": point.y,
            "first": f"{start:%Y-%m-%d}",
            "last": f"{end:%Y-%m-%d}",
            "text": title,
        }
        for layer in layers_of(collection, gazetteer).values()
        for point, start, end, title in _placed(layer)
    ]
    days = {"first": facts.first_day, "last": facts.last_day, "opening": facts.opening_day}
    told = {name: day.isoformat() for name, day in days.items()}
    file.write_text(json.dumps(told | {"view": list(facts.view), "points": points}), encoding="utf-8")


def _placed(layer: gpd.GeoDataFrame) -> Iterator[tuple[Any, ...]]:
    there = layer[layer.geometry.notna() & layer["date_start"].notna() & layer["date_end"].notna()]
    yield from zip(
        there.geometry.representative_point(),
        there["date_start"],
        there["date_end"],
        there["title"],
        strict=True,
    )
