"""Events or claims as KML 2.2 (OGC 07-147r2), for Google Earth and its like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa
import shapely
from lxml import etree

from claims.model import LAYERS
from geo.files.wholefiles import whole_path
from layers.certainty import UNSURE
from layers.exports import described
from layers.exports.about import about_texts
from layers.exports.colours import COLOURS, blue_first
from layers.exports.formats import Rows
from layers.exports.inert import LINE, as_html, as_name, xml_safe
from layers.exports.kmlshapes import kml_shape
from layers.exports.plain import iso, plain, said
from layers.exports.positions import positioned
from layers.exports.rows import claim_rows, event_rows
from layers.exports.spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from layers.exports.formats import Export

__all__ = ["NAMESPACE", "write"]

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"

CHUNK: Final = 5_000
"""How many rows are made into placemarks at a time."""

STRONG, LIGHT, PALE, AREA = "ff", "b0", "80", "40"
"""How much of a colour is seen, which KML writes before it."""

UNMADE: Final = ("denied", "planned", "requested", "rejected")
"""Words of a status by which nothing has moved yet, or at all: such marks are pale."""

NO_EVENT: Final = "claims of no event"
BALLOON: Final = "$[description]"
"""All that a balloon shows: without it, Google Earth would show names and columns too, as HTML."""


def write(export: Export, out: Path) -> None:
    """Write KML, whole or not at all; raises as `whole_path` does.

    Each layer is a folder, and each row a placemark with the span of its days, a description and all its columns; one
    without a place has no geometry. Text is inert as `layers.exports.inert` has it.
    """
    rows = _rows(export)
    with whole_path(out) as aside, etree.xmlfile(str(aside), encoding="utf-8") as file:
        file.write_declaration()
        with file.element("kml", nsmap={None: NAMESPACE}), file.element("Document"):
            for part in _head(export):
                file.write(part)
            for layer in (*LAYERS, ""):
                of_layer = rows[rows["layer"].eq(layer)]
                if len(of_layer):
                    with file.element("Folder"):
                        file.write(_leaf("name", layer or NO_EVENT))
                        for placemark in _placemarks(of_layer):
                            file.write(placemark)


def _rows(export: Export) -> gpd.GeoDataFrame:
    """Return the rows, with their name and description as columns `_name` and `_says`, and the end of their style's name."""
    events = event_rows(export)
    claims = claim_rows(export, events)
    unsure = events["event_id"][events["certainty"].isin(UNSURE)]
    if export.rows is Rows.CLAIMS:
        title = claims["event_title"]
        return claims.assign(
            _name=title.where(title.ne(""), claims["claim_id"]),
            _says=described.of_claims(claims),
            _style=_look(claims, unsure),
        )
    return events.assign(
        _name=events["title"], _says=described.of_events(events, claims), _style=_look(events, unsure)
    )


def _look(rows: gpd.GeoDataFrame, unsure: pd.Series) -> pd.Series:
    """Say of each row the style of its layer: pale for what is not done, light for what is only somewhere there."""
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


def _placemarks(rows: gpd.GeoDataFrame) -> Iterator[Any]:
    for first in range(0, len(rows), CHUNK):
        part = rows.iloc[first : first + CHUNK]
        yield from map(
            _placemark,
            as_name(part["_name"]).to_pylist(),
            part["_says"],
            *(iso(days).to_pylist() for days in spans(part)),
            part["_style"],
            _columns(part.drop(columns=["geometry", "_name", "_says", "_style"])),
            shapely.to_geojson(positioned(part.geometry.to_numpy())),
        )


def _columns(rows: pd.DataFrame) -> Iterator[list[tuple[str, str]]]:
    """Give the columns of each row that say something, as texts."""
    names = [str(name) for name in rows.columns]
    columns = [_texts(rows[name]) for name in names]
    for cells in zip(*columns, strict=True):
        yield [(name, cell) for name, cell in zip(names, cells, strict=True) if cell is not None]


def _texts(column: pd.Series) -> list[str | None]:
    if column.dtype.kind == "b":
        return [str(cell).lower() for cell in column]
    if column.dtype.kind in "fiu":
        return [None if cell is None else str(cell) for cell in plain(column)]
    texts: list[str | None] = (
        iso(column).to_pylist() if column.dtype.kind == "M" else said(xml_safe(column)).to_pylist()
    )
    return texts


def _placemark(
    name: str,
    says: str,
    begin: str | None,
    end: str | None,
    style: str,
    columns: list[tuple[str, str]],
    geometry: str | None,
) -> Any:
    mark = etree.Element("Placemark")
    mark.append(_leaf("name", name))
    etree.SubElement(mark, "Snippet", maxLines="0")
    mark.append(_leaf("description", says))
    if begin or end:
        days = etree.SubElement(mark, "TimeSpan")
        days.extend(_leaf(edge, day) for edge, day in (("begin", begin), ("end", end)) if day)
    mark.append(_leaf("styleUrl", f"#{style}"))
    mark.append(_data(columns))
    if geometry is not None:
        shape = orjson.loads(geometry)
        mark.append(kml_shape(shape["type"], shape["coordinates"]))
    return mark


def _leaf(tag: str, text: str) -> Any:
    leaf = etree.Element(tag)
    leaf.text = text
    return leaf


def _data(columns: Any) -> Any:
    data = etree.Element("ExtendedData")
    for name, text in columns:
        etree.SubElement(etree.SubElement(data, "Data", name=name), "value").text = text
    return data
