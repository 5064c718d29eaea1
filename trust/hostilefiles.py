"""Hostile texts in what is taken in and what leaves, and in what commands say of them on a terminal."""

from __future__ import annotations

import contextlib
import io
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import bordermap
from claims.tables import read_with_places
from geo.unseen import visible
from layers.page import build_page
from trust.hostilepages import read
from trust.hostiletexts import MANY, files, folder_of
from trust.window import watching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from trust.hostiletexts import Texts

__all__ = ["Said", "exports", "file_name", "imports", "terminal"]


def imports(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """A file of each format and data set is taken in by the command line, and its page is read."""
    done = []
    with _inside(folder):
        some = list(files(texts, max(3, len(texts.texts) // 400)))
        for name, content, options in some if len(texts.texts) >= MANY else some[::4]:
            Path(name).write_bytes(content)
            said = _said(["import", name, "--into", Path(name).name.replace(".", "-"), *options])
            if said.code:
                raise RuntimeError(f"{name} is not taken in: {said.text[:2000]}")
            collection, places = read_with_places(folder / name.replace(".", "-"))
            done += [
                said,
                read(
                    browser, folder / f"{name}.html", build_page(collection, places), len(collection.events)
                ),
            ]
    return done


def exports(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """A collection leaves in every format; KML's descriptions are read as the HTML that Google Earth takes them for."""
    made = folder_of(folder / "made", texts, max(6, len(texts.texts) // 100))
    done: list[Any] = []
    with _inside(folder):
        for form in ("geojson", "csv", "xlsx", "kml", "gpkg", "parquet", "html"):
            done.append(_said(["export", form, "--collection", str(made), "-o", f"out.{form}"]))
            if done[-1].code:
                raise RuntimeError(f"{form} is not written: {done[-1].text[:2000]}")
    told = [
        node.text or ""
        for node in ET.parse(folder / "out.kml").iter("{http://www.opengis.net/kml/2.2}description")  # noqa: S314 - our own
    ]
    with watching(browser, "about:") as watched:
        watched.page.goto("about:blank")
        watched.page.set_content(
            "<!doctype html><body>" + "".join(f"<section>{one}</section>" for one in told)
        )
        watched.texts += len(told)
        found = watched.page.evaluate(
            "[...document.body.querySelectorAll('*')].map((node) => node.localName)"
        )
        watched.broken += [f"made: {name}" for name in found if name not in {"section", "br", "b", "i"}]
    return [*done, watched]


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in a folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


# ---- the terminal


@dataclass(slots=True)
class Said:
    """What a command said on a terminal, noted as a window's doings are."""

    code: int
    text: str
    executed: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    links: int = 0

    @property
    def texts(self) -> int:
        """How many lines it said."""
        return self.text.count("\n")

    @property
    def broken(self) -> tuple[str, ...]:
        """Say where it crashed."""
        return (self.text[-500:],) if "Traceback" in self.text or self.code not in {0, 1, 2} else ()

    @property
    def hidden(self) -> tuple[str, ...]:
        """Give the lines in which something steers the terminal or is hidden."""
        return tuple(
            line for line in self.text.split("\n") if visible(line) != line or {"\t", "\r"} & set(line)
        )


def _said(words: list[str]) -> Said:
    """Run a command, and note what it says."""
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign] - it tells of its progress then
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = bordermap.main(words)
        except SystemExit as error:
            code = int(error.code or 0)
    return Said(code, out.getvalue())


def terminal(_: Browser, texts: Texts, folder: Path) -> list[Any]:
    """Every command is given hostile names, columns, cells and texts; what they say is one line each."""
    done = []
    with _inside(folder):
        made = folder_of(Path("made"), texts, 6)
        other = folder_of(Path("other"), texts, 6)
        done.append(_said(["changes", str(made), "--collection", str(other)]))
        names = [file_name(texts.next()) for _ in range(min(40, len(texts.texts) // 8))]
        for name in names:
            column, cell = texts.in_files().replace('"', "'"), texts.in_files().replace('"', "'")
            Path(f"{name}.csv").write_text(
                f'id,date,place,"{column}",count\n1,"{cell}",Elvas,"{cell}","{cell}"\n', encoding="utf-8"
            )
            done.append(_said(["import", "--into", "new", "--check", f"./{name}.csv"]))
            done.append(_said(["geocode", f"./{name}.csv", "--column", column, "-o", f"./{name}.csv"]))
        Path("article.txt").write_text(
            "".join(
                f"About 300 soldiers crossed from Tui into Valença on Saturday, {texts.in_files()} said.\n"
                for _ in range(30)
            ),
            encoding="utf-8",
        )
        done.append(_said(["read", "article.txt", "--published", "2024-12-10", "--outlet", texts.in_files()]))
        done.append(_said(["geocode", "--", *(texts.in_files() for _ in range(60))]))
        for name in names[:12]:
            done.append(_said(["new", f"./{name}", "--title", texts.in_files(), "--place", texts.in_files()]))
            done.append(_said(["export", texts.in_files()]))
            done.append(
                _said(["export", "geojson", "--collection", f"./{texts.in_files()}", "-o", "x.geojson"])
            )
        _faulty(made, texts)
        done.append(_said(["export", "geojson", "--collection", str(made), "-o", "x.geojson"]))
        done.append(_said(["store", "import", str(other), "--as", "mine", "--by", texts.in_files()]))
        done += [_said(["store", "list"]), _said(["audit", "mine"])]
    return done


def _faulty(folder: Path, texts: Texts) -> None:
    """Give a collection faults whose words are payloads."""
    claims = folder / "claims.csv"
    text = claims.read_text(encoding="utf-8").replace(
        "2024-12-07", f'"{texts.in_files().replace(chr(34), chr(39))}"'
    )
    claims.write_text(text, encoding="utf-8")
    with (folder / "collection.toml").open("a", encoding="utf-8") as file:
        file.write(
            "".join(
                f"'{key}' = 1\n"
                for key in {re.sub(r"['\x00-\x1f\x7f]", "", texts.in_files()) for _ in range(5)}
            )
        )


def file_name(text: str) -> str:
    """Give a name that a disk takes."""
    cut = text.encode("utf-8", "replace").decode().replace("/", "\u2215").replace("\0", "")
    return cut.encode()[:120].decode(errors="ignore").strip() or "x"
