"""Make the peers' pages, folium's Timeline and TimestampedGeoJson, from the same claims, and serve what they ask of CDNs."""

import html
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import folium
import numpy as np
import pandas as pd
from folium import plugins
from folium.utilities import JsCode
from playwright.sync_api import BrowserContext, Route

from bench.synthetic import Tables
from bench.synthetic_places import VIEW
from claims.model import Collection

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / "build" / "bench-npm"

ASSETS = {
    "/npm/leaflet@1.9.3/dist/leaflet.js": ("leaflet@1.9.3", "dist/leaflet.js"),
    "/npm/leaflet@1.9.3/dist/leaflet.css": ("leaflet@1.9.3", "dist/leaflet.css"),
    "/npm/leaflet@1.9.3/dist/images/marker-icon.png": ("leaflet@1.9.3", "dist/images/marker-icon.png"),
    "/npm/leaflet@1.9.3/dist/images/marker-shadow.png": ("leaflet@1.9.3", "dist/images/marker-shadow.png"),
    "/npm/bootstrap@5.2.2/dist/js/bootstrap.bundle.min.js": (
        "bootstrap@5.2.2",
        "dist/js/bootstrap.bundle.min.js",
    ),
    "/npm/bootstrap@5.2.2/dist/css/bootstrap.min.css": ("bootstrap@5.2.2", "dist/css/bootstrap.min.css"),
    "/npm/fortawesome/fontawesome-free@6.2.0/css/all.min.css": (
        "@fortawesome/fontawesome-free@6.2.0",
        "css/all.min.css",
    ),
    "/npm/leaflet.timeline@1.6.0/dist/leaflet.timeline.min.js": (
        "leaflet.timeline@1.6.0",
        "dist/leaflet.timeline.js",
    ),
    "/npm/iso8601-js-period@0.2.1/iso8601.min.js": ("iso8601-js-period@0.2.1", "iso8601.js"),
    "/npm/leaflet-timedimension@1.1.1/dist/leaflet.timedimension.min.js": (
        "leaflet-timedimension@1.1.1",
        "dist/leaflet.timedimension.min.js",
    ),
    "/npm/leaflet-timedimension@1.1.1/dist/leaflet.timedimension.control.css": (
        "leaflet-timedimension@1.1.1",
        "dist/leaflet.timedimension.control.css",
    ),
    "/jquery-3.7.1.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "/ajax/libs/jquery/3.7.1/jquery.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "/ajax/libs/jqueryui/1.10.2/jquery-ui.min.js": ("jquery-ui-dist@1.12.0", "jquery-ui.min.js"),
    "/ajax/libs/moment.js/2.18.1/moment.min.js": ("moment@2.18.1", "min/moment.min.js"),
    "/ajax/libs/Leaflet.awesome-markers/2.0.2/leaflet.awesome-markers.js": (
        "leaflet.awesome-markers@2.0.5",
        "dist/leaflet.awesome-markers.js",
    ),
    "/ajax/libs/Leaflet.awesome-markers/2.0.2/leaflet.awesome-markers.css": (
        "leaflet.awesome-markers@2.0.5",
        "dist/leaflet.awesome-markers.css",
    ),
}
"""The path of each address that folium's pages ask for, and the npm package and file that answer it."""

NOT_NEEDED = (
    "bootstrap-glyphicons.css",
    "leaflet.awesome.rotate.min.css",
    "highlight.js/8.4/styles/default.min.css",
    "fa-solid-900",
    "glyphicons-halflings",
    "favicon.ico",
)
"""Addresses that draw nothing on these maps: refused at once, which costs the peers no time."""


class AssetError(RuntimeError):
    """An asset that a peer needs was not there, so its figures would not be true."""


def install() -> None:
    """Get the npm packages of `ASSETS` by name into build/bench-npm, those that are not there yet.

    Raises:
        AssetError: npm is missing or a package did not come.
    """
    PACKAGES.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm")
    for package in sorted({package for package, _ in ASSETS.values()}):
        target = _folder(package)
        if target.is_dir():
            continue
        if npm is None:
            raise AssetError(
                "the peers' scripts come from npm packages, and npm is not installed; install npm"
            )
        done = subprocess.run(
            [npm, "pack", "--silent", package], cwd=PACKAGES, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise AssetError(f"npm pack {package!r} failed: {done.stderr.strip()[-300:]}")
        tarball = PACKAGES / done.stdout.strip().splitlines()[-1]
        with tarfile.open(tarball) as archive:
            archive.extractall(target, filter="data")
        tarball.unlink()


def _folder(package: str) -> Path:
    """Return the folder of an unpacked package."""
    return PACKAGES / package.replace("/", "_")


@dataclass
class CdnStandIn:
    """Answers what a peer's page asks of CDNs from the installed packages, and keeps account of it."""

    own: str = "file:"
    bodies: dict[str, bytes] = field(default_factory=dict)
    served: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read every asset into memory, so that serving one costs next to nothing."""
        for path, (package, name) in ASSETS.items():
            file = next(_folder(package).glob(f"*/{name}"), None)
            if file is None:
                raise AssetError(f"{package} holds no {name!r}")
            self.bodies[path] = file.read_bytes()

    def attach(self, context: BrowserContext) -> None:
        """Answer every request of a browser context to another address than `own`."""
        context.route(lambda address: not address.startswith(self.own), self._answer)

    def _answer(self, route: Route) -> None:
        address = route.request.url
        path = "/" + address.split("?")[0].split("/", 3)[3]
        body = self.bodies.get(path)
        if body is None:
            self.refused.add(address)
            route.abort()
            return
        self.served.add(path)
        types = {"js": "text/javascript", "css": "text/css", "png": "image/png"}
        route.fulfill(body=body, content_type=types[path.rsplit(".", 1)[-1]])

    def check(self, page_text: str) -> None:
        """Hold the account against a page: all it needs was served, and nothing unknown was refused.

        Raises:
            AssetError: A script or style that the page names was not served.
        """
        needed = {path for path in self.bodies if path in page_text}
        missing = sorted(needed - self.served)
        unknown = sorted(
            address for address in self.refused if not any(part in address for part in NOT_NEEDED)
        )
        if missing or unknown:
            raise AssetError(f"not served to a peer's page: {[*missing, *unknown]}")


@dataclass(frozen=True)
class Points:
    """The claims as the peers take them: one point each with its days, a popup, and the source of the claim.

    `first` and `last` are day numbers since 1970, both shown.
    """

    lon: list[float]
    lat: list[float]
    first: np.ndarray[Any, np.dtype[np.int64]]
    last: np.ndarray[Any, np.dtype[np.int64]]
    popup: list[str]

    def on(self, day: date) -> int:
        """Count the points that a day must show."""
        number = np.datetime64(day).astype("datetime64[D]").astype(np.int64)
        return int(((self.first <= number) & (number <= self.last)).sum())

    def one_an_event(self, tables: Tables) -> "Points":
        """Keep the first claim of each event."""
        kept = np.flatnonzero(~tables.claims.event_id.duplicated().to_numpy())
        chosen = kept.tolist()
        return Points(
            lon=[self.lon[row] for row in chosen],
            lat=[self.lat[row] for row in chosen],
            first=self.first[kept],
            last=self.last[kept],
            popup=[self.popup[row] for row in chosen],
        )

    def frame(self, earliest: date) -> pd.DataFrame:
        """Return the points as a table with ISO days, none before the earliest."""
        first, last = (
            days.astype("datetime64[D]").astype("datetime64[s]") for days in (self.first, self.last)
        )
        return pd.DataFrame(
            {
                "lon": self.lon,
                "lat": self.lat,
                "first": pd.Series(first).clip(lower=pd.Timestamp(earliest)).dt.date,
                "last": pd.Series(last).dt.date,
                "popup": self.popup,
            }
        )


def points(told: Tables | Collection, places: pd.DataFrame) -> Points:
    """Put each claim where it ends or stays, on the days it holds, with the texts that our page has of it as popup.

    Args:
        told: The claims, their sources and events.
        places: With place_id, lon and lat.
    """
    claims = told.claims
    place_id = claims.destination_id.where(claims.destination_id != "", claims.place_id)
    place = places.set_index("place_id").loc[place_id]
    last = claims.date_end.to_numpy().astype("datetime64[D]")
    first = (
        pd.to_datetime(claims.date_start.where(claims.date_start != "")).to_numpy().astype("datetime64[D]")
    )
    first = np.where(np.isnat(first), last - np.timedelta64(7, "D"), first)  # `by`: shown in the week before
    return Points(
        lon=place.lon.tolist(),
        lat=place.lat.tolist(),
        first=first.astype(np.int64),
        last=last.astype(np.int64),
        popup=_popups(told),
    )


def _popups(told: Tables | Collection) -> list[str]:
    """Return each claim's texts as HTML, with its event's titles before the first, so that each text comes once."""
    claims = told.claims
    events = told.events.set_index("event_id").loc[claims.event_id]
    again = claims.event_id.duplicated().to_numpy()
    texts = [
        *(np.where(again, "", events[name].to_numpy(object)) for name in ("title", "title_ar")),
        *(claims[name] for name in ("quote", "count_text", "date_text", "actor_text", "via")),
        told.sources.set_index("source_id").outlet.loc[claims.source_id],
    ]
    return ["<br>".join(html.escape(text) for text in said if text) for said in zip(*texts, strict=True)]


_DAY_MS = 86_400_000


def timeline(claims: Points, target: Path, *, circles: bool) -> str:
    """Write folium's Timeline page and return the script that sets its clock to a day's noon.

    Args:
        claims: To show.
        target: The HTML file to write.
        circles: Circle marks, which are quicker to draw than the default pins.

    Returns:
        A JavaScript function of an ISO day.
    """
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"start": start, "end": end, "popup": popup},
        }
        for lon, lat, start, end, popup in zip(
            claims.lon,
            claims.lat,
            (claims.first * _DAY_MS).tolist(),
            (claims.last * _DAY_MS + _DAY_MS - 1).tolist(),
            claims.popup,
            strict=True,
        )
    ]
    page = _map()
    options = {
        "on_each_feature": JsCode("function(feature, layer) { layer.bindPopup(feature.properties.popup); }")
    }
    if circles:
        options["point_to_layer"] = JsCode("function(feature, position) { return L.circleMarker(position); }")
    layer = plugins.Timeline({"type": "FeatureCollection", "features": features}, **options).add_to(page)
    slider = plugins.TimelineSlider(auto_play=False, date_options="YYYY-MM-DD")
    slider.add_timelines(layer).add_to(page)  # type: ignore[no-untyped-call]  # folium ships no types
    page.save(str(target))
    return f"(day) => {slider.get_name()}.setTime(Date.parse(day) + {_DAY_MS // 2})"


def timestamped_geojson(claims: Points, target: Path, *, circles: bool) -> str:
    """Write folium's TimestampedGeoJson page and return the script that sets its clock to a day.

    Args:
        claims: To show.
        target: The HTML file to write.
        circles: Circle marks, which are quicker to draw than the default pins.

    Returns:
        A JavaScript function of an ISO day.
    """
    look = {"icon": "circle"} if circles else {}
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"times": [start, end], "popup": popup, **look},
        }
        for lon, lat, start, end, popup in zip(
            claims.lon,
            claims.lat,
            (claims.first * _DAY_MS).tolist(),
            (claims.last * _DAY_MS).tolist(),
            claims.popup,
            strict=True,
        )
    ]
    page = _map()
    plugins.TimestampedGeoJson(  # type: ignore[no-untyped-call]  # as above
        {"type": "FeatureCollection", "features": features},
        period="P1D",
        duration="PT23H",  # the plugin counts the end in: a full day would show each point a day too long
        auto_play=False,
        date_options="YYYY-MM-DD",
    ).add_to(page)
    page.save(str(target))
    return f"(day) => {page.get_name()}.timeDimension.setCurrentTime(Date.parse(day))"


def _map() -> folium.Map:
    """Make an empty map of the claims' view; without tiles, which would only cost the peers time."""
    west, south, east, north = VIEW
    page = folium.Map(tiles=None)
    page.fit_bounds([(south, west), (north, east)])
    return page


COUNT = "() => document.querySelectorAll('.leaflet-marker-pane > *, .leaflet-overlay-pane path').length"
"""JavaScript that counts a peer's marks on the map."""
