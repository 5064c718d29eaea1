"""Hostile texts in what commands say on a terminal: names, columns, cells, keys, faults, the store's list, audit and backup, and answers from afar."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from claims.named import the_store
from trust.hostilecollections import PER_EVENT, folder_of
from trust.hostilefaults import faulty_folders, faulty_site, site_that_names
from trust.hostilefields import COMMANDS
from trust.hostilesaid import file_name, inside, said
from trust.hostiletables import faulty
from trust.hostiletexts import Texts
from trust.window import Tried

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from answering import Answering  # type: ignore[import-not-found]
from model_made import ModelMade, bare, claim, proposing  # type: ignore[import-not-found]
from nominatim_made import NominatimMade, result  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from trust.window import Noted

__all__ = ["terminal"]

_AT_ONCE: Final = 500
"""Names that one command is given."""

_SOME, _ALL = 4, 40
"""File names that are tried, of few texts and of many."""

_SENTENCE: Final = "About 300 soldiers crossed from Tui into Valença on Saturday, {said} said.\n"


def terminal(_: Browser, texts: Texts, folder: Path) -> Tried:
    """Every command is given hostile names, columns, cells and texts; what they say is one line each."""
    some = _ALL if texts.are_many else _SOME
    with inside(folder):
        seen = [
            *_words(texts, 9 if texts.are_many else 1),
            *_names(texts, some),
            *_reports(texts, some),
            *_from_afar(texts),
            *_faults(folder, texts),
            *_kept(folder, texts),
        ]
        while texts.left:
            seen.append(
                said("geocode", "--", *(texts.in_files("words of geocode") for _ in range(_AT_ONCE))).noted
            )
        control = _unsafe()
    return Tried(seen, control)


def _words(texts: Texts, times: int) -> Iterator[Noted]:
    """Give every command words that it does not know: a path, a word, and two where no option may stand any more."""
    for at, command in enumerate(COMMANDS * times):
        one, other = (texts.in_files(f"words of {command}") for _ in range(2))
        yield said(command, *((f"./{one}",), (one,), ("--", one, other))[at % 3]).noted


def _names(texts: Texts, some: int) -> Iterator[Noted]:
    """Give files hostile names, columns and cells."""
    for _ in range(some):
        name = file_name(texts.next("name of a file"))
        column = texts.in_files("name of a column").replace('"', "'")
        cell = texts.in_files("mapped.place").replace('"', "'")
        Path(f"{name}.csv").write_text(
            f'id,date,place,"{column}",count\n1,"{cell}",Elvas,"{cell}","{cell}"\n', encoding="utf-8"
        )
        yield said("import", "--into", "new", "--check", f"./{name}.csv").noted
        yield said("geocode", f"./{name}.csv", "--column", column, "-o", f"./{name}.csv").noted
        yield said(
            "import", f"./{name}.csv", "--into", "new", "--map", f"{column}=origin", "--set", f"kind={cell}"
        ).noted
        yield said("check", f"./{file_name(texts.next('name of a folder'))}").noted
    for _ in range(max(2, some // 4)):
        name = file_name(texts.next("name of a folder"))
        yield said(
            "new",
            f"./{name}",
            "--title",
            texts.in_files("collection.title"),
            "--place",
            texts.in_files("words of new"),
        ).noted
        yield said("new", name, "--title", texts.in_files("collection.title")).noted
        yield said(
            "export", "geojson", "--collection", f"./{texts.in_files('words of export')}", "-o", "x.geojson"
        ).noted
        yield said("build", f"./{name}.csv", f"./{name}", "-o", f"./{name}-built", "--workers", 1).noted
    for table in faulty(texts):
        Path(table.name).write_bytes(table.content)
        yield said("import", table.name, "--into", "new", "--check", *table.options).noted
        yield said("build", table.name, "-o", "built", "--workers", 1, *table.options).noted


def _reports(texts: Texts, some: int) -> Iterator[Noted]:
    """Read a report full of them, under a hostile name."""
    said_there = "".join(_SENTENCE.format(said=texts.in_files("report.pasted")) for _ in range(some))
    name = f"{file_name(texts.next('report.file'))}.txt"
    Path(name).write_text(said_there, encoding="utf-8")
    words = ("--published", "2024-12-10", "--outlet", texts.in_files("report.outlet"))
    yield said("read", f"./{name}", *words).noted
    yield said("read", f"./{file_name(texts.next('report.file'))}", *words).noted


def _from_afar(texts: Texts) -> Iterator[Noted]:
    """Let a model, a Nominatim and what should be the dashboard answer with hostile texts."""
    words = ("actor_text", "speakers", "via", "origin", "destination", "date_text", "count_text", "reason")
    Path("model.txt").write_text("2,000 soldiers crossed into Chad on Saturday.", encoding="utf-8")
    answers = [
        claim(**{name: texts.next("answer.model") for name in words}),
        bare(texts.next("answer.model")),
        bare("soldiers crossed", kind=texts.next("answer.model")),
    ]
    with ModelMade(proposing(*answers)) as model, patch.dict("os.environ", model.environment):
        yield said("read", "--model", "model.txt", "--published", "2024-12-10").noted
    found = result(texts.of_utf8("answer.nominatim"), display_name=texts.of_utf8("answer.nominatim"))
    with NominatimMade([[found, result(texts.of_utf8("answer.nominatim"))]]) as online:
        asked = (
            "--online",
            "--user-agent",
            texts.in_files("words of geocode", without="\n\t"),
            "--nominatim",
            f"http://{online.domain}",
        )
        yield said("geocode", *asked, "--answers", "answers.sqlite", "Qwxyz Vbnmq").noted
    with _Failing([texts.next("answer.health") for _ in range(3)]) as failing:
        yield said("health", "--port", failing.host.rpartition(":")[2]).noted


class _Failing(Answering):  # type: ignore[misc] - the tests tell no types
    """A dashboard that says what fails."""

    def __init__(self, parts: list[str]) -> None:
        """Start to listen."""
        self._told = json.dumps({"failing": parts}).encode()
        super().__init__()

    def answer(self, handler: Any) -> None:
        """Answer a request."""
        handler.send_response(503)
        handler.end_headers()
        handler.wfile.write(self._told)


def _faults(folder: Path, texts: Texts) -> Iterator[Noted]:
    """Look at collections and site files of which every cell and key is hostile."""
    for spoiled in faulty_folders(folder / "faulty", texts):
        checked = said("check", spoiled)
        if checked.code != 1:
            raise RuntimeError(f"no fault is found in {spoiled.name}: {checked.text[:1000]}")
        yield checked.noted
        if texts.are_many:
            yield said("export", "geojson", "--collection", spoiled, "-o", "x.geojson").noted
    with patch("os.execv"), patch("os.chdir"), patch.dict("os.environ"):
        yield said("serve", "--site", faulty_site(folder / "site.toml", texts)).noted
        yield said("serve", "--site", site_that_names(folder / "named.toml", texts, 4)).noted


def _kept(folder: Path, texts: Texts) -> Iterator[Noted]:
    """Keep collections of hostile names, by hostile people, and ask for all that is told of them."""
    events = max(1, len(texts.texts) // (4 * PER_EVENT))
    made, other = (folder_of(folder / name, texts, events) for name in ("made", "other"))
    yield said("changes", made, "--collection", other).noted
    for collection in (made, other):
        name = file_name(texts.next("name of a collection of the store"))
        yield said("store", "import", collection, "--as", name, "--by", texts.in_files("store.by")).noted
        yield said("store", "import", collection, "--as", collection.name, "--by", _called(texts)).noted
    for claim_id in the_store().read("made").claims["claim_id"].tail(2):  # the story opens the others
        the_store().withdraw("made", claim_id, 1, _called(texts), texts.in_files("store.reason"))
    for words in (
        ("store", "list"),
        ("audit",),
        ("audit", "made"),
        ("check", "store"),
        ("backup", "-o", "kept"),
    ):
        yield said(*words).noted
    yield said("changes", "store:made", made).noted
    yield said("restore", "kept", "--replace", f"./{file_name(texts.next('name of a file'))}").noted
    Path("no backup").write_text(texts.in_files("words of restore"), encoding="utf-8")
    yield said("restore", "no backup", "--replace", "old").noted
    with closing(sqlite3.connect(folder / "store.sqlite")) as database, database:
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE audit SET who = ?", (texts.in_files("store.problem"),))
    for words in (
        ("audit",),
        ("check", "store"),
        ("backup", "-o", "damaged", "--damaged"),
        ("backup", "-o", "no"),
    ):
        yield said(*words).noted


def _called(texts: Texts) -> str:
    """Give a name that the store takes for somebody's, which holds nothing that is hidden."""
    return "".join(filter(str.isprintable, texts.in_files("store.by")))[:60].strip() or "x"


def _unsafe() -> list[Noted]:
    """Let commands show texts as they are, and crash."""
    with patch("geo.unseen._ANY", re.compile("(?!)")):
        shown = said("geocode", "--", *Texts.of_control().texts)
    with patch("commands.geocode._run", side_effect=ZeroDivisionError):
        crashed = said("geocode", "x")
    return [type(shown.noted).of_text(shown.text), crashed.noted]
