"""The formats in which a collection leaves, by the word that each is asked for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["FORMATS", "Export", "Format", "Rows", "misuse", "takers", "write"]


class Rows(StrEnum):
    """What a row of an export is."""

    EVENTS = "events"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """What is to be written.

    Attributes:
        collection: Whole, or cut to what is shown: it says itself to which days and reports.
        gazetteer: Holds every place_id.
        rows: What a row is; a format that holds both gives both.
        safe: Whether cells that a spreadsheet would take for a formula are marked as text.
        filters: By what else it was cut, in words (`layers.shown.Shown.told`); "" where by nothing.
        whole: Whether every table and file of the collection goes along, so that it can be read again.
    """

    collection: Collection
    gazetteer: Gazetteer
    rows: Rows = Rows.EVENTS
    safe: bool = False
    filters: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written.

    Attributes:
        suffix: Of its files, with the dot.
        mime: Its media type.
        module: Of this package; its function `write(export, out)` writes the file whole or not at all, and raises
            BordermapError where it cannot. It is loaded when it is asked for.
        told: What it is, as the help of the command line has it.
        name: What it is called where a reader chooses it, the same in every language.
        both: Whether nobody is asked what a row is, as it holds events and claims, or can hold events alone.
        cells: Whether a spreadsheet opens it that may take a cell for a formula.
        layered: Whether a file for each layer can be asked for.
        whole: Of this package, the module that writes a collection so that it can be read again; "" where none does.
        packed: Whether that is a folder of files, or a zip of them.
    """

    suffix: str
    mime: str
    module: str
    told: str
    name: str
    both: bool = False
    cells: bool = False
    layered: bool = False
    whole: str = ""
    packed: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "geojson": Format(
        ".geojson",
        "application/geo+json",
        "geojson",
        "RFC 7946",
        "GeoJSON",
        layered=True,
        whole="whole.jsonmember",
    ),
    "csv": Format(
        ".csv",
        "text/csv",
        "csvrows",
        "one table, for a spreadsheet or R",
        "CSV",
        cells=True,
        layered=True,
        whole="whole.csvtables",
        packed=True,
    ),
    "xlsx": Format(
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        "a workbook for Excel, a sheet each for events, claims, sources and actors",
        "XLSX",
        both=True,
    ),
    "kml": Format(
        ".kml",
        "application/vnd.google-earth.kml+xml",
        "kml",
        "KML 2.2 with the span of each row's days, for Google Earth",
        "KML",
        layered=True,
    ),
    "acled": Format(
        ".csv",
        "text/csv",
        "acled",
        "a CSV table of events with ACLED's 31 columns and a note that it is not ACLED's",
        "ACLED-like CSV",
        both=True,
        cells=True,
        layered=True,
    ),
    "gpkg": Format(
        ".gpkg",
        "application/geopackage+sqlite3",
        "gpkg",
        "GeoPackage: a layer each with styles and days for QGIS, and all tables",
        "GeoPackage",
        both=True,
        whole="gpkg",
    ),
    "parquet": Format(
        ".parquet",
        "application/vnd.apache.parquet",
        "parquet",
        "GeoParquet 1.1",
        "GeoParquet",
        whole="whole.parquettables",
        packed=True,
    ),
    "fgb": Format(".fgb", "application/octet-stream", "flatgeobuf", "for the web: one layer", "FlatGeobuf"),
}


def takers(choice: str) -> tuple[str, ...]:
    """Name the formats that a choice goes with: "rows", or the name of an attribute of `Format`."""
    return tuple(
        name
        for name, kind in FORMATS.items()
        if (not kind.both if choice == "rows" else getattr(kind, choice))
    )


def misuse(form: str, asked: Mapping[str, str]) -> str:
    """Say why a format cannot be written as it is asked for; "" where it can.

    Args:
        form: Its name; that of none of `FORMATS` is the page's, which takes no choice.
        asked: By the choice (`takers`, "rows" where claims are asked for), how the surface writes it.
    """
    for choice, written in asked.items():
        if form not in takers(choice):
            holds = f"; {form if form in FORMATS else 'the page'} holds both" if choice == "rows" else ""
            return f"{written} goes with {', '.join(takers(choice))}{holds}"
    others = [written for choice, written in asked.items() if choice != "whole"]
    if "whole" in asked and others:
        return f"{asked['whole']} goes without {' and '.join(others)}: it holds all as it is"
    return ""


def write(name: str, export: Export, out: Path) -> None:
    """Write a file of a format, or a folder where the whole collection is asked for and is one; whole or not at all.

    Raises:
        BordermapError: It cannot be written.
    """
    kind = FORMATS[name]
    module = kind.whole if export.whole else kind.module
    importlib.import_module(f"layers.exports.{module}").write(export, out)
