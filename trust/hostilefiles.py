"""Hostile texts in what is taken in and in what leaves."""

from __future__ import annotations

import csv
import html
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from claims.tables import read_with_places
from layers.page import build_page
from trust.hostilecollections import PER_EVENT, folder_of
from trust.hostilepages import open_unsafely, read
from trust.hostilesaid import inside, said
from trust.hostiletables import files
from trust.hostiletexts import Texts
from trust.window import Noted, Tried, unsafe_window, window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser


__all__ = ["exports", "imports"]

_PER_ROW: Final = 60
"""Texts that a row of each file has together, at least."""

_SOME: Final = ("acled.csv", "book.xlsx", "marks.kml")
"""The files that are taken in where few texts are tried."""

_LOOKED_AT: Final = ("geojson", "csv", "xlsx", "kml", "html")
_ALL: Final = (*_LOOKED_AT, "acled", "gpkg", "parquet", "fgb")
"""Formats; of the others it is known that they are written, and their texts are bytes."""

_FORMULA: Final = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What a cell begins with that a spreadsheet takes for a formula (OWASP, CSV Injection)."""

_KML: Final = "{http://www.opengis.net/kml/2.2}description"
_HTML: Final = frozenset({"section", "br", "b", "i", "a"})
"""The elements that we write into a description."""


def imports(browser: Browser, texts: Texts, folder: Path) -> Tried:
    """A file of each format and data set is taken into one collection, and its page is read."""
    done = Tried()
    with inside(folder):
        rows = len(texts.texts) // (_PER_ROW if texts.are_many else _PER_ROW // 4) + 1
        for file in files(texts, rows, () if texts.are_many else _SOME):
            Path(file.name).write_bytes(file.content)
            taken = said("import", file.name, "--into", "taken", *file.options)
            if taken.code:
                raise RuntimeError(f"{file.name} is not taken in: {taken.text[:2000]}")
            done.seen.append(taken.noted)
        done.seen.append(read(browser, _page_of(folder / "taken", folder / "taken.html")))
        few = Texts.of_control()
        table = next(files(few, 12, ("commas.csv",)))
        Path("few.csv").write_bytes(table.content)
        said("import", "few.csv", "--into", "few", *table.options)
        done.control.append(open_unsafely(browser, _page_of(folder / "few", folder / "few.html")))
    return done


def _page_of(collection: Path, file: Path) -> Path:
    file.write_text(build_page(*read_with_places(collection)), encoding="utf-8")
    return file


def exports(browser: Browser, texts: Texts, folder: Path) -> Tried:
    """A collection leaves in every format: as a page, as rows without formulas, as XML, and as the HTML that Google Earth reads in it."""
    done = Tried()
    made = folder_of(folder / "made", texts, len(texts.texts) // PER_EVENT + 1)
    with inside(folder):
        for form in _ALL if texts.are_many else _LOOKED_AT:
            safe = ["--formula-safe"] if form == "csv" else []
            written = said("export", form, "--collection", made, "-o", f"out.{form}", *safe)
            if written.code:
                raise RuntimeError(f"{form} is not written: {written.text[:2000]}")
            done.seen.append(written.noted)
        done.seen += [
            read(browser, folder / "out.html"),
            _in_cells(folder / "out.csv", folder / "out.xlsx"),
            _as_json(folder / "out.geojson"),
            _as_xml(browser, folder / "out.kml"),
            _as_html(browser, _descriptions(folder / "out.kml")),
        ]
        done.control.append(
            _as_html(browser, map(html.unescape, _descriptions(folder / "out.kml")), safe=False)
        )
        said(
            "export",
            "html",
            "--collection",
            folder_of(folder / "few", Texts.of_control(), 1),
            "-o",
            "few.html",
        )
        done.control.append(open_unsafely(browser, folder / "few.html"))
        (folder / "unsafe.csv").write_text('a,b\n"=1+1",x\n', encoding="utf-8")
        done.control.append(_in_cells(folder / "unsafe.csv"))
    return done


def _in_cells(*tables: Path) -> Noted:
    """Look for cells that a spreadsheet would reckon, or take for a link of its own."""
    noted = Noted()
    for table in tables:
        for cell in _cells(table):
            noted.texts += 1
            if cell.startswith(_FORMULA) and not re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell):
                noted.broken.append(f"{table.name}: a formula: {cell[:100]!r}")
    return noted


def _cells(table: Path) -> Iterator[str]:
    """Give the cells of a CSV file, and of a workbook those that are no mere text there."""
    if table.suffix == ".csv":
        with table.open(encoding="utf-8-sig", newline="") as file:
            yield from (cell for row in csv.reader(file) for cell in row)
        return
    with zipfile.ZipFile(table) as book:
        for name in book.namelist():
            part = book.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/"):
                yield from (f"={one}" for one in re.findall(r"<f>(.*?)</f>", part))
            yield from (
                f"={one}" for one in re.findall(r'Target="((?!https?:)[^"]*)" TargetMode="External"', part)
            )


def _as_json(file: Path) -> Noted:
    """Count the texts of a JSON file, which reads as what it was."""
    texts = list(_strings(json.loads(file.read_text(encoding="utf-8"))))
    return Noted(said=set(texts), texts=len(texts))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _as_xml(browser: Browser, file: Path) -> Noted:
    """Open a KML file as the XML that it is; what is hidden stays so, for files hold texts as they are."""
    copy = file.with_suffix(".xml")
    copy.write_bytes(file.read_bytes())
    with window(browser, copy.as_uri()) as watched:
        watched.page.goto(copy.as_uri())
        watched.look()
        watched.hidden.clear()
    return watched


def _descriptions(file: Path) -> list[str]:
    return [node.text or "" for node in ET.parse(file).iter(_KML)]  # noqa: S314 - our own


def _as_html(browser: Browser, descriptions: Iterable[str], *, safe: bool = True) -> Noted:
    """Show descriptions as HTML, as their readers do; what is hidden stays so, as in all files."""
    with (window if safe else unsafe_window)(browser, "about:") as watched:
        watched.page.goto("about:blank")
        watched.page.set_content(
            "<!doctype html><body>" + "".join(f"<section>{one}</section>" for one in descriptions),
            wait_until="commit",
        )
        names = watched.page.evaluate(
            "[...document.body.querySelectorAll('*')].map((node) => node.localName)"
        )
        watched.broken += [f"made: {name}" for name in names if name not in _HTML]
        watched.look()
        watched.hidden.clear()
    return watched
