"""What else writes than the commands that are killed, for disks that refuse it; and two careless writers, who must be found out."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.shipped import shipped
from claims.store import open_store
from claims.store.backup import back_up
from claims.store.backupfile import opened
from claims.store.errors import StoreError
from claims.userdata import DATABASE
from dashboard.review.opening import desk_of
from geo.errors import BordermapError
from trust.acts import NOBODY, a_file, held, of_folder
from trust.commands import Act

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from claims.store import KeptText, Store

__all__ = ["COLLECTION", "REPORT", "careless", "desk_acts", "more_acts", "report_in", "with_report"]

COLLECTION: Final = "reviewed"
REPORT: Final = "rwanda-drc-2025.txt"
"""With many proposals; its outlet and day are in the table beside it."""

_REPORTS: Final = Path(__file__).parents[1] / "tests" / "reports"
_OLDER, _NEWER = tuple(shipped().values())[:2]
_PAGES: Final = 64
"""Of 4 KiB, that a careless writer writes."""


def more_acts(folder: Path, table: Path) -> Iterator[Act]:
    """Give the commands that write a file or a folder and are not killed, and those on whole stores.

    Args:
        folder: An empty one, in which lies what they are made of.
        table: To build of.
    """
    names = folder / "names.csv"
    with (_REPORTS / "places.csv").open(encoding="utf-8", newline="") as file:
        toponyms = [next(iter(row.values())) for row in csv.DictReader(file)]
    names.write_text("\n".join(["toponym", *toponyms * 40, ""]), encoding="utf-8")
    report = str(_REPORTS / REPORT)
    yield a_file("geocode", ("geocode", str(names)))
    yield a_file("changes", ("changes", str(_OLDER), str(_NEWER)))
    for form in ("table", "jsonl", "csv"):
        yield a_file(
            f"read as {form}", ("read", *[report] * 8, "--published", "2025-01-28", "--format", form)
        )
    yield Act(
        "build",
        lambda _place: NOBODY,
        ("build", str(table), "-o", "out", "--workers", "1"),
        of_folder("out"),
        keeps=".out.building",
    )
    store = open_store(f"sqlite:///{folder / 'whole.sqlite'}")
    store.import_folder(_OLDER, "mine", "nobody")
    store.database.close()
    open_store(f"sqlite:///{folder / 'bare.sqlite'}").database.close()
    back_up(folder / "whole.backup", f"sqlite:///{folder / 'whole.sqlite'}")
    back_up(folder / "bare.backup", f"sqlite:///{folder / 'bare.sqlite'}")
    yield Act("backup", _copied(folder, "whole", "bare.backup"), ("backup", "-o", "out.file"), _backed_up)
    yield Act("restore", _copied(folder, "bare"), ("restore", str(folder / "whole.backup")), held)
    yield Act(
        "restore over a store",
        _copied(folder, "whole"),
        ("restore", str(folder / "bare.backup"), "--replace", "out.file"),
        lambda place, env: (held(place, env), (place / "out.file").exists()),
    )


def desk_acts(folder: Path) -> Iterator[Act]:
    """Give what reviewers do in the dashboard, each on a store that is opened for it."""
    with_report(f"sqlite:///{folder / 'desk.sqlite'}")
    for name in ("keep", "save", "reject", "begin"):
        yield Act(f"dashboard: {name}", _copied(folder, "desk"), (name,), _reviewed, run=_decided)


def with_report(url: str) -> None:
    """Begin a collection in a store, with a report whose proposals are still to be decided on."""
    store = open_store(url)
    store.create(COLLECTION, "Reviewed", dt.date(2025, 1, 15), dt.date(2025, 2, 15), "nobody")
    _keep(store, "")
    store.database.close()


def report_in(store: Store) -> KeptText:
    """Give the report that lies in a store."""
    return store.texts(COLLECTION)[0]


def _keep(store: Store, more: str) -> None:
    with (_REPORTS / "reports.csv").open(encoding="utf-8", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["file"] == REPORT)
    source = {column: row[column] for column in ("outlet", "published", "language")}
    store.keep_source(
        COLLECTION, source, (_REPORTS / REPORT).read_text(encoding="utf-8").strip() + more, "nobody"
    )


def _decided(words: Sequence[str]) -> int:
    """Do what a page of the dashboard does with a click, and end as a command does that is told the same."""
    try:
        store = open_store()
        match words[0]:
            case "keep":
                _keep(store, " More of it." * 20_000)
            case "begin":
                store.create("another", "Another", dt.date(2025, 1, 15), dt.date(2025, 2, 15), "Anna")
            case what:
                desk = desk_of(store, COLLECTION, report_in(store))
                key = desk.laid_out()[0]["key"]
                answer = desk.answer({"do": what, "key": key, "reason": "no " * 600}, "Anna")
                if "saved" not in answer:
                    raise StoreError(answer.get("error") or str(answer))
    except BordermapError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _reviewed(place: Path, env: Mapping[str, str]) -> Any:
    """Give what a store holds, and what was decided; the audit must hold."""
    store = open_store(env[DATABASE])
    try:
        decisions = [(one.verdict, one.claim_id, one.reason) for one in store.decisions(COLLECTION)]
        return decisions, [text.sha256 for text in store.texts(COLLECTION)], held(place, env)
    finally:
        store.database.close()


def _copied(folder: Path, store: str, backup: str = "") -> Callable[[Path], Mapping[str, str]]:
    """Give what copies a store, and a backup of it that stands there already."""

    def begin(place: Path) -> Mapping[str, str]:
        shutil.copy(folder / f"{store}.sqlite", place / "store.sqlite")
        if backup:
            shutil.copy(folder / backup, place / "out.file")
        return NOBODY | {DATABASE: f"sqlite:///{place / 'store.sqlite'}"}

    return begin


def _backed_up(place: Path, _env: Mapping[str, str]) -> Any:
    with opened(place / "out.file") as (_, backup):
        return backup.sums, backup.last


def careless(what: str) -> Act:
    """Give a writer who must be found out: one "leaves" half a file and another one beside it, one "hushes" up that it failed."""
    return a_file(f"a careless writer, who {what}", (what,), run=_written_carelessly)


def _written_carelessly(words: Sequence[str]) -> int:
    try:
        Path(".left").touch()
        with Path("out.file").open("wb", buffering=0) as file:
            file.writelines(b"x" * 4096 for _ in range(_PAGES))
        Path(".left").unlink()
    except OSError:
        if words[0] == "leaves":
            raise
        with suppress(OSError):
            Path(".left").unlink()
    return 0
