"""Hostile texts on every surface, in Chromium: what of them runs, asks the network, breaks a page or stays hidden; and that each would be seen."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch
from xml.etree import ElementTree as ET

from playwright.sync_api import sync_playwright

import bordermap
from claims.tables import read_with_places
from geo.unseen import visible
from layers.built.opened import BuiltSet
from layers.built.page import build_large_page
from layers.cell import Map
from layers.page import build_page
from trust.hostiletexts import Texts, collection_in_memory, files, folder_of
from trust.payloads import HOST, payloads
from trust.table import Line, at_least, at_most
from trust.watching import watching

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from built_made import build  # type: ignore[import-not-found]
from chromium import launch  # type: ignore[import-not-found]
from dashboard_server import served  # type: ignore[import-not-found]
from large_host import Host  # type: ignore[import-not-found]
from reviews_made import NAME, TEXT, kept, store_at  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from trust.watching import Watched

__all__ = ["KINDS", "SURFACES", "Hostile", "Surface", "controls", "hostile", "lines_of", "tried"]

KINDS: Final = ("executed", "requests", "broken", "hidden")
"""What is to be of nothing."""

_FOLDER: Final = "![](x.png) [x](javascript:0) _a_ **b** $x$ :red[y] <img src=x onerror=self.__fired.push(0)> `${0}` \u202e'\""
"""The name of the folder of a collection."""

_MANY: Final = 200
"""Texts of which each format is tried, in both languages, and not some of them."""

_SAFE_LINE: Final = "node.textContent = visible(text);"
_SAFE_MARK: Final = "ANY.test(said) ?"

_EACH_EVENT: Final = """
async () => {
  const { state, data } = bordermap.app;
  const rest = () => new Promise((rested) => requestAnimationFrame(() => requestAnimationFrame(rested)));
  state.set({ layers: [true, true, true, true], mode: "sofar" });
  for (const part of document.querySelectorAll("details")) part.open = true;
  await rest();
  bordermap.app.parts.list.limit = 1000;
  bordermap.app.parts.list.write();
  await rest();
  const said = [];
  for (let event = 0; event < EVENTS; event += 1) {
    state.set({ event });
    await rest();
    said.push(document.getElementById("bm-panel").cloneNode(true));
  }
  const shelf = document.createElement("div");
  shelf.hidden = true;
  shelf.append(...said);
  document.body.append(shelf); // what each panel said is looked at together
  return said.filter((panel) => panel.querySelector(".bm-claim")).length;
}
"""

_PICTURE: Final = """
() => {
  const { publish } = bordermap.app.parts;
  const picture = publish.picture("a4");
  picture.canvas();
  return [picture.svg().written(), bordermap.links.embed(bordermap.app.state)];
}
"""


@dataclass(frozen=True, slots=True)
class Surface:
    """What came of hostile texts on one surface.

    Attributes:
        name: The surface's.
        placed: How many texts were put there.
        texts: How many texts were looked at in documents, or lines on a terminal.
        links: How many links lead to the web alone, without a way back.
        executed: The numbers of the payloads that ran.
        requests: Addresses that were asked for.
        broken: What broke.
        hidden: Texts that hide or turn something.
    """

    name: str
    placed: int
    texts: int
    links: int
    executed: tuple[str, ...]
    requests: tuple[str, ...]
    broken: tuple[str, ...]
    hidden: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """All that should not be, a line for each."""
        return tuple(f"{self.name}: {kind}: {one!r}" for kind in KINDS for one in getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Hostile:
    """What came of a run.

    Attributes:
        inputs: Texts that were tried, no two alike.
        surfaces: What came of them on each.
        controls: Whether each observer saw what was made unsafe on purpose; where one did not, the run counts for nothing.
    """

    inputs: int
    surfaces: tuple[Surface, ...]
    controls: dict[str, bool]

    @property
    def fired(self) -> bool:
        """Whether all controls fired."""
        return all(self.controls.values())

    def count(self, kind: str) -> int:
        """Say how many are `executed`, `requests`, `broken` or `hidden` on all surfaces; or `placed`, `texts`, `links`."""
        found = [getattr(surface, kind) for surface in self.surfaces]
        return sum(one if isinstance(one, int) else len(one) for one in found)


def lines_of(run: Hostile, wanted: int) -> list[Line]:
    """Give the lines of the table: what was tried, that the controls fired, and what came of it, which is to be nothing."""
    part = "hostile text"
    fired = sum(run.controls.values())
    return [
        at_least(part, "inputs tried", run.inputs, wanted),
        Line(part, f"placed, on {len(run.surfaces)} surfaces", f"{run.count('placed'):,}"),
        Line(part, "links to the web alone, with noopener", f"{run.count('links'):,}"),
        at_least(part, "controls that fired", fired, len(run.controls)),
        *(at_most(part, kind, run.count(kind), 0) for kind in KINDS),
    ]


def hostile(
    inputs: int, strings: Sequence[str] = (), tell: Callable[[str], None] = lambda _: None
) -> Hostile:
    """Try texts on every surface.

    Args:
        inputs: How many, no two alike; more than the surfaces hold at once are tried one set after the other.
        strings: Texts that are tried first.
        tell: Is told which surface is done.
    """
    given = [text for text in dict.fromkeys(strings) if text.strip()]
    texts = [*given, *(text for *_, text in payloads(max(0, inputs - len(given))))][:inputs]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        fired = controls(browser, Path(folder) / "controls")
        done = []
        for name in SURFACES:
            done.append(tried(name, browser, texts, Path(folder) / name.replace(" ", "-")))
            tell(f"{name}: {done[-1].placed} texts, {len(done[-1].faults)} faults")
        browser.close()
    return Hostile(len(texts), tuple(done), fired)


def tried(name: str, browser: Browser, texts: Sequence[str], folder: Path) -> Surface:
    """Try texts on one of `SURFACES`, in a folder that is made."""
    folder.mkdir(parents=True)
    given = Texts(texts)
    surroundings = {
        "XDG_DATA_HOME": str(folder / "data"),
        "BORDERMAP_DATABASE_URL": f"sqlite:///{folder / 'store.sqlite'}",
        "BORDERMAP_REVIEWER": "Anna",
    }
    with patch.dict(os.environ, surroundings):
        watched = SURFACES[name](browser, given, folder)
    return Surface(
        name=name,
        placed=given.used,
        texts=sum(one.texts for one in watched),
        links=sum(one.links for one in watched),
        **{
            kind: tuple(dict.fromkeys(found for one in watched for found in getattr(one, kind)))
            for kind in KINDS
        },
    )


# ---- the page


def _page(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """The one-file page of collections whose every text and id is a payload: as many as hold all of them."""
    done = []
    while texts.used < len(texts.texts) or not done:
        events = min(150, 4 + (len(texts.texts) - texts.used) // 30)
        collection, places = collection_in_memory(folder / f"calm{len(done)}", texts, events)
        done.append(
            _read(
                browser,
                folder / f"map{len(done)}.html",
                build_page(collection, places),
                len(collection.events),
            )
        )
    return done


def _read(browser: Browser, file: Path, html: str, events: int) -> Watched:
    """Open a page from disk, do all that a reader does, and look at what is there."""
    file.write_text(html, encoding="utf-8")
    with watching(browser, file.as_uri()) as watched:
        watched.page.goto(file.as_uri())
        watched.page.wait_for_selector("html[data-bordermap=ready]")
        opened = watched.page.evaluate(_EACH_EVENT.replace("EVENTS", str(events)))
        if not opened:
            watched.broken.append("no event opens")
        for zoom in (5, 8, 11):
            watched.page.evaluate(
                "(zoom) => bordermap.app.map.setView([38.88, -7.06], zoom, { animate: false })", zoom
            )
        watched.look()
        svg, embedded = watched.page.evaluate(_PICTURE)
        if not watched.page.locator("#bm-day").is_visible():
            watched.broken.append("the day is not seen")
    with watching(browser, file.as_uri()) as drawn:
        picture = file.with_suffix(".svg")
        picture.write_text(svg, encoding="utf-8")
        drawn.own = (picture.as_uri(),)
        drawn.page.goto(picture.as_uri())
        drawn.look()
        drawn.page.goto("about:blank")
        drawn.page.set_content(re.sub(r'src="[^"]*"', 'src="about:blank"', embedded))
        drawn.look()
    _add(watched, drawn)
    return watched


def _add(watched: Watched, other: Watched) -> None:
    """Add what another window has noted."""
    for kind in KINDS:
        getattr(watched, kind).extend(getattr(other, kind))
    watched.texts += other.texts
    watched.links += other.links


def _large(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """The page of a built folder, whose host answers; each event of its list is opened."""
    collection, places = collection_in_memory(
        folder / "calm", texts, 12 if len(texts.texts) >= _MANY else 3, ids=False
    )
    built = BuiltSet.open(build(folder / "built", collection, places))
    with watching(browser, "about:") as watched:
        host = Host(watched.page, built, build_large_page(built), _days(built))
        host.answer_all()
        rows = host.within("#bm-list .bm-row")
        for at in range(min(8, rows.count())):
            rows.nth(at).click()
            host.answer_all()
            watched.look_at(host.frame)
        watched.look_at(host.frame)
        if not rows.count():
            watched.broken.append("the large set lists no event")
    return [watched]


def _days(built: BuiltSet) -> Any:
    from dashboard.view import Days  # noqa: PLC0415 - Streamlit is loaded where the dashboard is looked at

    facts = built.facts
    return Days(first=facts.first_day, last=facts.last_day, opening=facts.opening_day)


def _notebook(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """A map as the cell of a notebook holds it, under a hostile title."""
    collection, places = collection_in_memory(folder / "calm", texts, 6, ids=False)
    cell = Map(build_page(collection, places), collection.facts.title, collection.facts.opening_day)
    with watching(browser, "about:") as watched:
        watched.page.goto("about:blank")
        watched.page.set_content(f"<!doctype html><title>notebook</title><body>{cell._repr_html_()}</body>")
        watched.page.frame_locator("iframe").locator("html[data-bordermap=ready]").wait_for(state="attached")
        watched.look()
    return [watched]


# ---- imports, and what leaves


def _imports(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """A file of each format and data set is taken in by the command line, and its page is read."""
    done = []
    with _inside(folder):
        some = list(files(texts, max(3, len(texts.texts) // 400)))
        for name, content, options in some if len(texts.texts) >= _MANY else some[::4]:
            Path(name).write_bytes(content)
            said = _said(["import", name, "--into", Path(name).name.replace(".", "-"), *options])
            if said.code:
                raise RuntimeError(f"{name} is not taken in: {said.text[:2000]}")
            collection, places = read_with_places(folder / name.replace(".", "-"))
            done += [
                said,
                _read(
                    browser, folder / f"{name}.html", build_page(collection, places), len(collection.events)
                ),
            ]
    return done


def _exports(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
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


def _terminal(_: Browser, texts: Texts, folder: Path) -> list[Any]:
    """Every command is given hostile names, columns, cells and texts; what they say is one line each."""
    done = []
    with _inside(folder):
        made = folder_of(Path("made"), texts, 6)
        other = folder_of(Path("other"), texts, 6)
        done.append(_said(["changes", str(made), "--collection", str(other)]))
        names = [_file_name(texts.next()) for _ in range(min(40, len(texts.texts) // 8))]
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


def _file_name(text: str) -> str:
    """Give a name that a disk takes."""
    cut = text.encode("utf-8", "replace").decode().replace("/", "\u2215").replace("\0", "")
    return cut.encode()[:120].decode(errors="ignore").strip() or "x"


# ---- the dashboard


def _dashboard(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """Map, downloads, claims, reading and importing, of a collection in a folder of a hostile name."""
    made = folder_of(folder / _FOLDER, texts, max(6, len(texts.texts) // 100))
    many = len(texts.texts) >= _MANY
    store = store_at(folder)
    says = " ".join(
        f"About 300 soldiers crossed from Tui into Valença on Saturday, {texts.in_files()} said."
        for _ in range(12)
    )
    reviewed = kept(store, text=f"{TEXT}\n{says}", outlet=texts.in_files()).source_id
    with served(None, made, folder / "log") as address, watching(browser, address) as watched:
        page = watched.page
        page.goto(f"{address}/?event=e1")
        page.frame_locator("iframe").locator("html[data-bordermap=ready]").wait_for(state="attached")
        page.frame_locator("iframe").locator(".bm-claim").first.wait_for(state="attached")
        _rest(page)
        watched.look()
        _downloads(watched)
        _claims(watched)
        for language in ("en", "ar") if many else ("ar",):
            page.goto(f"{address}/read?collection=store:{NAME}&source={reviewed}&lang={language}")
            page.locator(".paper").wait_for()
            for row in page.locator(".row .opens").all()[:8]:
                row.click()
            _rest(page)
            watched.look()
            page.goto(f"{address}/read?collection=store:{NAME}&lang={language}")
            page.locator("textarea").wait_for()
            _rest(page)
            watched.look()
        some = list(files(texts, 4)) if many else list(files(texts, 4))[2:3]
        for number, (name, content, _) in enumerate(some):
            _import(
                watched,
                f"{address}/import?collection=store:{NAME}&lang={('en', 'ar')[number % 2]}",
                f"{_file_name(texts.next())}{Path(name).suffix}",
                content,
            )
        if page.locator("[data-testid=stException]").count():
            watched.broken.append("an exception is shown")
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    return [watched, Said(0, log)]


def _rest(page: Page) -> None:
    """Wait until the server has answered all."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def _downloads(watched: Watched) -> None:
    """Choose a format, so that the button names a file, and make it."""
    page = watched.page
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_label("Format").click()
    page.get_by_text("GeoJSON", exact=True).last.click()
    page.locator(".st-key-download_make button").click()
    handed = page.locator("[data-testid=stDownloadButton] button")
    handed.wait_for()
    _rest(page)
    watched.look()
    with page.expect_download() as waiting:
        handed.click()
    name = waiting.value.suggested_filename
    if not re.fullmatch(r"[\w.-]+", name):
        watched.broken.append(f"a download is called {name!r}")


def _claims(watched: Watched) -> None:
    """Look at the table, at what it is narrowed by, and at a cell that is opened."""
    page = watched.page
    page.get_by_role("link", name="Claims").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    _rest(page)
    page.locator("[data-testid=stMultiSelect] input").last.click()
    page.get_by_role("option").first.wait_for()
    watched.look()
    page.get_by_role("option").first.click()
    _rest(page)
    page.keyboard.press("Escape")
    box = page.locator("[data-testid=stDataFrame]").bounding_box()
    if box:
        page.mouse.dblclick(box["x"] + 300, box["y"] + 80)
    watched.look()


def _import(watched: Watched, address: str, name: str, content: bytes) -> None:
    """Hand a file in under a hostile name, and check it."""
    page = watched.page
    page.goto(address)
    page.locator("input[type=file]").wait_for(state="attached")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.locator(".st-key-import-file").wait_for()
    _rest(page)
    for opener in page.locator("[data-testid=stExpander] summary").all():
        opener.click()
    if (check := page.locator(".st-key-import_check button")).count():
        check.click()
        _rest(page)
    watched.look()


SURFACES: Final[dict[str, Callable[[Browser, Texts, Path], list[Any]]]] = {
    "page": _page,
    "large page": _large,
    "notebook": _notebook,
    "imports": _imports,
    "exports": _exports,
    "terminal": _terminal,
    "dashboard": _dashboard,
}
"""Where texts come to be seen, and what tries them there."""


# ---- the controls


def controls(browser: Browser, folder: Path) -> dict[str, bool]:
    """Make pages and a dashboard's document unsafe on purpose, and say of each observer whether it saw that."""
    texts = Texts(text for *_, text in payloads(400))
    collection, places = collection_in_memory(folder / "calm", texts, 4)
    page = build_page(collection, places)
    bare, times = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    if times != 1 or bare.count(_SAFE_LINE) != 1 or bare.count(_SAFE_MARK) != 1:
        raise RuntimeError("the page is written in another way; the controls do not make it unsafe")
    unsafe = _broken(browser, folder / "unsafe.html", bare.replace(_SAFE_LINE, "node.innerHTML = text;"))
    unmarked = _broken(browser, folder / "unmarked.html", bare.replace(_SAFE_MARK, "false ?"))
    said = Said(0, "a\x1b[31mb\nc\u202ed\n")
    return {
        "a payload ran": bool(unsafe.executed),
        "a request was seen": any(HOST in address for address in unsafe.requests),
        "a broken page was seen": any(one.startswith("made") for one in unsafe.broken),
        "hidden text was seen": bool(unmarked.hidden),
        "a steered terminal was seen": len(said.hidden) == 2,
        "a page that stays whole is whole": not (unmarked.executed or unmarked.requests or unmarked.broken),
    }


def _broken(browser: Browser, file: Path, html: str) -> Watched:
    """Open a page that may never come up, and look at it when its lists have been written."""
    file.write_text(html, encoding="utf-8")
    with watching(browser, file.as_uri()) as watched:
        watched.page.goto(file.as_uri())
        watched.page.locator(".bm-row").first.wait_for(state="attached")
        with contextlib.suppress(Exception):  # what it is full of may have broken it
            watched.page.evaluate("bordermap.app.state.set({ event: 0 })")
        watched.page.evaluate(
            "new Promise((done) => { const i = new Image(); i.onerror = done; i.src = 'data:,'; })"
        )
        watched.look()
    return watched
