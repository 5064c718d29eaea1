"""Goes through all of bordermap on a network that leads nowhere, and writes down whom anything asked (see `egress`)."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final

import bordermap
from claims.shipped import shipped
from claims.store import open_store
from trust.lures import Lures
from trust.netlog import asked_in, switches
from trust.packets import MARK, MissedError, Packets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["SURFACES"]

_FORMATS: Final = ("html", "geojson", "csv", "xlsx", "kml", "acled", "gpkg", "parquet", "fgb")
_WHOLE: Final = ("geojson", "csv", "gpkg", "parquet")
_CONTROL: Final = "control.invalid"
_CONTROL_AT: Final = "198.51.100.9"
_SERVICE: Final = "198.51.100.20"
_ODD: Final = frozenset({"odd", "dtd", "public", "entity", "parameter"})
"""Files that may be refused, for what makes XML or a format ask."""
_HELD: Final = "held"
_LINKS: Final = 5
"""So many addresses of sources the page of a shipped collection shows at least, one event opened after the other."""
_UNKNOWN: Final = "Qwxyz Vbnmq"
"""A name that no gazetteer has."""


class Watch:
    """What was asked while a surface was gone through, as packets and as what Python itself was told to do."""

    def __init__(self, packets: Packets, heard: Path) -> None:
        """Begin with what is there; `heard` is the file in which Python processes write."""
        self._packets, self._heard, self._at = packets, heard, 0
        self.asked: dict[str, list[str]] = {}
        self.silent: list[str] = []

    @contextmanager
    def visit(self, surface: str) -> Iterator[None]:
        """Put down under a surface whom anything asked meanwhile."""
        self._new()
        begun = time.monotonic()
        yield
        self.asked[surface] = self._new()
        print(f"{time.monotonic() - begun:6.1f} s  {surface}", file=sys.__stderr__)

    def control(self) -> None:
        """Ask on purpose, as a page that fetches would: a name, and an address."""
        with self.visit("control"), contextlib.suppress(OSError):
            with contextlib.suppress(OSError):
                socket.getaddrinfo(_CONTROL, 80)
            socket.create_connection((_CONTROL_AT, 80), 5).close()
        asked = self.asked.pop("control")
        expected = [
            f"{by}: {what}"
            for by in ("packet", "python")
            for what in (f"lookup {_CONTROL}", f"tcp {_CONTROL_AT}:80")
        ]
        self.silent += [one for one in expected if one not in asked]

    def _new(self) -> list[str]:
        """Give what was asked since the last time."""
        try:
            asked = [f"packet: {whom}" for whom in self._packets.asked()]
        except MissedError as error:
            self.silent.append(f"packet: {error}")
            asked = []
        lines = self._heard.read_text(encoding="utf-8").splitlines() if self._heard.exists() else []
        new, self._at = lines[self._at :], len(lines)
        # The mark that the packets were closed with is heard as well, which shows that Python is listened to.
        if not any(MARK in line for line in new):
            self.silent.append("python: the mark was not heard")
        return asked + [f"python: {line}" for line in dict.fromkeys(new) if MARK not in line]


def _run(*words: object) -> int:
    """Run a command of bordermap's, whatever it says; give how it ended."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            return bordermap.main([str(word) for word in words])
        except SystemExit as ended:
            return int(ended.code or 0)


class Walk:
    """The surfaces, each gone through once, with the files that it is gone through with."""

    def __init__(self, folder: Path, watch: Watch) -> None:
        """Make the files."""
        self.folder, self.watch, self.ended = folder, watch, dict[str, int]()
        self.lures = Lures(folder)
        self._names = itertools.count()

    def _out(self, ending: str = "") -> Path:
        return self.folder / f"out{next(self._names)}{ending}"

    def _asked(self, surface: str, *words: object, may_fail: bool = False) -> None:
        """Run a command as a surface of its own; one that ends with a fault was not gone through, unless it may."""
        with self.watch.visit(surface):
            self.ended[surface] = _run(*words)
        if self.ended[surface] and not may_fail:
            self.watch.silent.append(f"{surface} ended with {self.ended[surface]}")

    def exports(self) -> None:
        """Write each format of a collection full of addresses, and read again what can be."""
        lured = self.lures.collection()
        for name in _FORMATS:
            self._asked(f"export {name}", "export", name, "--collection", lured, "-o", self._out(f".{name}"))
        for name in _WHOLE:
            out = self._out(".zip" if name in {"csv", "parquet"} else f".{name}")
            self._asked(f"export {name} --whole", "export", name, "--whole", "--collection", lured, "-o", out)
            self._asked(f"import of {name} --whole", "import", out, "--into", self._out())

    def imports(self) -> None:
        """Take in each table, and build one folder of all."""
        said = (
            "--set",
            "kind=crossing",
            "--outlet",
            "The Courier",
            "--published",
            "2024-06-10",
            "--countries",
            "PT,ES",
        )
        tables = self.lures.tables()
        for table in tables:
            more = ("--context",) if table.name == "acled.csv" else said
            self._asked(
                f"import {table.name}",
                "import",
                table,
                "--into",
                self._out(),
                *more,
                may_fail=table.stem in _ODD,
            )
        sound = [
            table for table in tables if table.name in {"rows.csv", "rows.geojson", "rows.kml", "acled.csv"}
        ]
        self._asked("build", "build", *sound, "-o", self._out(), "--workers", "1", *said[:6])
        self._asked(
            "build --scheduler local", "build", *sound, "-o", self._out(), "--scheduler", "local", *said[:6]
        )

    def reads(self) -> None:
        """Read each report."""
        for article in self.lures.articles():
            self._asked(f"read {article.name}", "read", article, "--published", "2024-06-10")

    def commands(self) -> None:
        """Run each command that is left, as it is meant to be run."""
        self._asked("geocode", "geocode", "Elvas", _UNKNOWN, self.lures.address("name to geocode"))
        self._asked("new", "new", "begun", "--in", self.folder, "--place", "Elvas")
        shown = next(iter(shipped().values()))
        self._asked("store import", "store", "import", shown, "--as", _HELD, "--by", "Tess")
        self._asked("store list", "store", "list")
        self._asked("store export", "store", "export", _HELD, "-o", self._out())
        self._asked("audit", "audit", _HELD)
        self._asked("changes", "changes", f"store:{_HELD}", shown)

    def files(self) -> None:
        """Name an address where a command wants a file, or a place to write one."""
        into, said = self._out(), ("--published", "2024-06-10")
        for number, word in enumerate(self.lures.words("csv")):
            asks = {
                "import": ("import", word, "--into", into, "--set", "kind=crossing", "--outlet", "x", *said),
                "import --into": ("import", self.folder / "rows.csv", "--into", word, "--check"),
                "read": ("read", word, *said),
                "build": ("build", word, "-o", self._out()),
                "geocode": ("geocode", word, "-o", self._out(".csv")),
                "export": ("export", "fgb", "--collection", word, "-o", self._out(".fgb")),
                "changes": ("changes", word),
                "store import": ("store", "import", word),
                "serve": ("serve", "--collection", word),
            }
            for name, words in asks.items():
                self._asked(f"{name} of FILE {number}", *words, may_fail=True)
            if number in {0, 7}:
                for ending in ("fgb", "gpkg", "parquet"):
                    self._asked(
                        f"export {ending} to FILE {number}",
                        "export",
                        ending,
                        "-o",
                        word.replace(".csv", f".{ending}"),
                        may_fail=True,
                    )

    def tests(self) -> None:
        """Run all tests."""
        with self.watch.visit("tests"):
            ran = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
                stdout=sys.stderr,
                check=False,
            )
        self.ended["tests"] = ran.returncode

    def browser(self) -> None:
        """Open the page from its file, and all pages of the dashboard, in Chromium."""
        from trust import visits  # noqa: PLC0415 - a browser is needed for this surface alone

        log, page = self.folder / "net.json", self._out(".html")
        lured = self.folder / "lured"
        if not lured.exists():
            self.lures.collection()
        _run("export", "html", "--collection", lured, "-o", page)
        _run("store", "import", next(iter(shipped().values())), "--as", _HELD, "--by", "Tess")
        said = {
            "outlet": self.lures.address("outlet"),
            "url": self.lures.address("link"),
            "published": "2024-12-10",
        }
        text = (
            f"About 300 soldiers crossed from Elvas to Badajoz on Saturday, see {self.lures.address('text')}."
        )
        source = open_store().keep_source(_HELD, said, text, "Tess", language="en").source_id
        report, table = self.lures.articles()[1], self.lures.kml()
        asks = (f"http://{_CONTROL}/", f"http://{_CONTROL_AT}/")
        near = visits.go_through(
            self.watch.visit, (page, report, table), lured, (_HELD, source), switches(log), asks
        )
        self.watch.silent += [
            f"{name}: shows only {links} links" for name, links in near.items() if links < _LINKS
        ]
        # The browser is made to ask at the end: it is seen both in the packets and in its own log, or neither counts.
        packets, told = self.watch.asked.pop("asked on purpose"), asked_in(log)
        here = (f"lookup {_CONTROL}", f"tcp {_CONTROL_AT}:80")
        self.watch.silent += [
            f"packet: {one} by the browser" for one in here if f"packet: {one}" not in packets
        ]
        self.watch.silent += [
            f"chromium: {one}" for one in (f"request http://{_CONTROL}", *here) if one not in told
        ]
        known = {f"request http://{_CONTROL}", f"request http://{_CONTROL_AT}", *here}
        self.watch.asked["chromium's log of page and dashboard"] = [
            f"chromium: {one}" for one in told if one not in known
        ]


# ---- what the user may switch on


class _Service(BaseHTTPRequestHandler):
    """Answers as Nominatim, and as a model, with addresses in all that it says; and sends on whoever asks for that."""

    def do_GET(self) -> None:
        """Answer a question for places."""
        if "moved" in self.path:
            self._answer(302, b"", {"Location": f"http://l-moved.{_CONTROL}/search"})
            return
        place = {
            "place_id": 1,
            "licence": "http://l-licence.lure.example/",
            "osm_type": "node",
            "osm_id": 1,
            "lat": "46.0",
            "lon": "7.7",
            "class": "place",
            "type": "village",
            "place_rank": 19,
            "importance": 0.5,
            "addresstype": "village",
            "name": _UNKNOWN,
            "display_name": f"{_UNKNOWN}, http://l-name.lure.example/",
            "icon": "http://l-icon.lure.example/x.png",
            "address": {"village": _UNKNOWN, "country_code": "ch"},
            "namedetails": {"name": _UNKNOWN},
            "boundingbox": ["45.9", "46.1", "7.6", "7.8"],
        }
        self._answer(200, json.dumps([place]).encode())

    def do_POST(self) -> None:
        """Answer a question for proposals."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = json.dumps({"proposals": [], "see": "http://l-model.lure.example/"})
        message = {"role": "assistant", "content": content, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        self._answer(200, json.dumps({"object": "chat.completion", "choices": [choice]}).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        given = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def switched_on(watch: Watch, folder: Path) -> dict[str, list[str]]:
    """Switch on what may ask, one after the other, and give whom each is to ask and nobody else."""
    service = ThreadingHTTPServer(("0.0.0.0", 0), _Service)  # noqa: S104 - all addresses are this machine's here
    threading.Thread(target=service.serve_forever, daemon=True).start()
    at, public = f"{_SERVICE}:{service.server_address[1]}", "nominatim.openstreetmap.org"
    report = folder / "asked.txt"
    report.write_text(
        f"About 300 soldiers crossed from Elvas to Badajoz, see http://l-asked.{_CONTROL}/.\n",
        encoding="utf-8",
    )
    geocode = ("geocode", _UNKNOWN, "--online", "--user-agent", "trust run (trust@example.org)", "--answers")
    model = {
        "BORDERMAP_MODEL_URL": f"http://{at}/v1",
        "BORDERMAP_MODEL": "m",
        "BORDERMAP_MODEL_PLAIN_HTTP": "yes",
    }
    cases: dict[str, tuple[str, tuple[object, ...]]] = {
        "geocode --online": (f"lookup {public}", (*geocode, folder / "a.sqlite")),
        "geocode --online --nominatim": (
            f"tcp {at}",
            (*geocode, folder / "b.sqlite", "--nominatim", f"http://{at}"),
        ),
        "a Nominatim that sends one on": (
            f"tcp {at}",
            (*geocode, folder / "c.sqlite", "--nominatim", f"http://{at}/moved"),
        ),
        "read --model": (f"tcp {at}", ("read", report, "--published", "2024-06-10", "--model")),
    }
    os.environ.update(model)
    for name, (_, words) in cases.items():
        with watch.visit(name):
            _run(*words)
    for name in model:
        del os.environ[name]
    service.shutdown()
    return {name: [f"packet: {whom}", f"python: {whom}"] for name, (whom, _) in cases.items()}


SURFACES: Final[dict[str, Callable[[Walk], None]]] = {
    "exports": Walk.exports,
    "imports": Walk.imports,
    "reads": Walk.reads,
    "commands": Walk.commands,
    "files": Walk.files,
    "browser": Walk.browser,
    "tests": Walk.tests,
}
"""What can be gone through."""


def main(arguments: Sequence[str]) -> None:
    """Go through what is named, in a folder, and print what came of it as JSON."""
    folder, *names = Path(arguments[0]), *arguments[1:]
    os.execv = lambda *_: None  # type: ignore[assignment, misc]  # `serve` goes on as the dashboard: this process is to stay
    told = sys.stdout
    with Packets() as packets:
        watch = Watch(packets, Path(os.environ["TRUST_HEARD"]))
        watch.control()
        walk = Walk(folder, watch)
        for name in names:
            SURFACES[name](walk)
        asked, watch.asked = watch.asked, {}
        expected = switched_on(watch, folder)
    result = {
        "asked": asked,
        "ended": walk.ended,
        "lures": walk.lures.where,
        "silent": watch.silent,
        "switched on": {name: [expected[name], found] for name, found in watch.asked.items()},
    }
    print(json.dumps(result), file=told)


if __name__ == "__main__":
    main(sys.argv[1:])
