"""Events or claims as KML 2.2 (OGC 07-147r2), for Google Earth and its like."""

from __future__ import annotations

import itertools
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
from lxml import etree

from geo.files.csvwriting import bytes_of
from geo.files.wholefiles import whole_path
from layers.certainty import UNSURE
from layers.exports import described
from layers.exports.about import about_texts
from layers.exports.colours import COLOURS, blue_first
from layers.exports.formats import Rows
from layers.exports.inert import LINE, as_html, as_name, xml_safe
from layers.exports.placemarks import placemarks
from layers.exports.rowparts import claim_parts, event_parts
from layers.exports.rows import claim_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

    from layers.exports.formats import Export

__all__ = ["NAMESPACE", "write"]

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"

CHUNK: Final = 5_000
"""How many rows are made into placemarks at a time."""

STRONG, LIGHT, PALE, AREA = "ff", "b0", "80", "40"
"""How much of a colour is seen, which KML writes before it."""

UNMADE: Final = ("denied", "planned", "requested", "rejected")
"""Words of a status by which nothing has moved yet, or at all: such marks are pale."""

_ADDED: Final = ("_name", "_says", "_style")
"""Columns of a row beside its own: its name, its description, and the id of its style."""

NO_EVENT: Final = "claims of no event"
BALLOON: Final = "$[description]"
"""All that a balloon shows: without it, Google Earth would show names and columns too, as HTML."""


def write(export: Export, out: Path) -> None:
    """Write KML, whole or not at all; raises as `whole_path` does.

    Each layer is a folder, and each row a placemark with the span of its days, a description and all its columns; one
    without a place has no geometry. Text is inert as `layers.exports.inert` has it.
    """
    with whole_path(out) as aside, aside.open("wb") as file:
        file.writelines(_pieces(export))


def _pieces(export: Export) -> Iterator[bytes | memoryview]:
    yield f"<?xml version='1.0' encoding='utf-8'?>\n<kml xmlns=\"{NAMESPACE}\"><Document>".encode()
    for part in _head(export):
        yield etree.tostring(part, encoding="unicode").encode()
    for layer, parts in itertools.groupby(_parts(export), key=itemgetter(0)):
        yield f"<Folder><name>{layer or NO_EVENT}</name>".encode()
        for _, rows in parts:
            texts = (rows.pop(name) for name in _ADDED)
            yield bytes_of(placemarks(rows, *texts))
        yield b"</Folder>"
    yield b"</Document></kml>"


def _parts(export: Export) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Give rows of a layer after the other, at the most `CHUNK` of them, with the columns of `_ADDED`."""
    for rows in _rows(export):
        for layer, of_layer in rows.groupby("layer", sort=False):
            for first in range(0, len(of_layer), CHUNK):
                yield str(layer), of_layer.iloc[first : first + CHUNK]


def _rows(export: Export) -> Iterator[gpd.GeoDataFrame]:
    """Give the rows, layer by layer, with the columns of `_ADDED`."""
    if export.rows is Rows.CLAIMS:
        for claims, events in claim_parts(export, by_layer=True):
            title = claims["event_title"]
            name = title.where(title.ne(""), claims["claim_id"])
            yield _with(claims, name, described.of_claims(claims), _look(claims, events))
    else:
        for part, events in event_parts(export):
            told = described.of_events(events, claim_rows(part, events))
            yield _with(events, events["title"], told, _look(events, events))


def _with(rows: gpd.GeoDataFrame, name: pd.Series, says: pa.Array, style: pd.Series) -> gpd.GeoDataFrame:
    told = pd.array(says, dtype="str")
    return rows.assign(**dict(zip(_ADDED, (name, told, style), strict=True)))


def _look(rows: gpd.GeoDataFrame, events: gpd.GeoDataFrame) -> pd.Series:
    """Say of each row the style of its layer: pale for what is not done, light for what is only somewhere there."""
    unsure = events["event_id"][events["certainty"].isin(UNSURE)]
    light = rows["event_id"].isin(unsure).map({True: "-unsure", False: ""})
    return rows["layer"] + light.mask(rows["status"].isin(UNMADE), "-unmade")


def _head(export: Export) -> Iterator[Any]:
    """Give what stands before the folders: what the document is, and how its layers look."""
    about = {name: text for name, text in about_texts(export).items() if text}
    names, texts = list(about), pa.array(about.values(), pa.string())
    yield _leaf("name", as_name(texts)[0].as_py())
    lines = [f"{name}: {text}" for name, text in zip(names, as_html(texts).to_pylist(), strict=True)]
    yield _leaf("description", LINE.join(lines))
    yield _leaf("styleUrl", "#document")
    yield _style("document")
    for layer in COLOURS:
        colour = blue_first(layer)
        yield _style(layer, STRONG + colour, AREA + colour)
        yield _style(f"{layer}-unsure", LIGHT + colour, AREA + colour)
        yield _style(f"{layer}-unmade", PALE + colour, AREA + colour)
    yield _data(zip(names, xml_safe(texts).to_pylist(), strict=True))


def _style(name: str, line: str = "", area: str = "") -> Any:
    style = etree.Element("Style", id=name)
    if line:
        etree.SubElement(style, "IconStyle").append(_leaf("color", line))
        drawn = etree.SubElement(style, "LineStyle")
        drawn.extend([_leaf("color", line), _leaf("width", "3")])
        etree.SubElement(style, "PolyStyle").append(_leaf("color", area))
    etree.SubElement(style, "BalloonStyle").append(_leaf("text", BALLOON))
    return style


def _leaf(tag: str, text: str) -> Any:
    leaf = etree.Element(tag)
    leaf.text = text
    return leaf


def _data(columns: Any) -> Any:
    data = etree.Element("ExtendedData")
    for name, text in columns:
        etree.SubElement(etree.SubElement(data, "Data", name=name), "value").text = text
    return data
