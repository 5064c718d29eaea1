"""The commands that are killed: exports in every format, imports, `new`, what goes into the store and out of it, and its upgrade."""

from __future__ import annotations

import importlib
import itertools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from bench.exchange_made import acled
from claims.shipped import shipped
from claims.store import open_store
from claims.store.address import address_of
from claims.store.database import Database
from claims.store.rows import contents_of
from claims.store.upgrade import MIGRATIONS, REVISIONS, VERSION_TABLE
from claims.unfinished import finish
from claims.userdata import DATABASE
from layers.exports.formats import FORMATS
from trust.commands import Act
from trust.forked import run_bordermap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from trust.postgresql import Server

__all__ = [
    "NOBODY",
    "ROWS",
    "a_file",
    "file_acts",
    "held",
    "load",
    "of_folder",
    "postgresql_acts",
    "sqlite_acts",
    "table",
]

ROWS: Final = 2_000
"""Of a table that is imported into a folder; into the store, which keeps each row's history, a tenth of them."""

_SHIPPED: Final = next(iter(shipped()))
_OLD: Final = b"what stood there before"
NOBODY: Final = {"BORDERMAP_REVIEWER": "nobody"}
"""Who decides."""


def load() -> None:
    """Load what the commands load, so that their processes, which are forked from this one, have it: they then do nothing but work."""
    from bordermap import main  # noqa: PLC0415 - who only wants to know the acts needs none of it

    for name in (*(f"exports.{kind.module}" for kind in FORMATS.values()), "page"):
        importlib.import_module(f"layers.{name}")
    for name in ("imports.running", "store.merging"):
        importlib.import_module(f"claims.{name}")
    with tempfile.TemporaryDirectory() as folder:
        for form in ("html", "csv"):
            main(["export", form, "--collection", _SHIPPED, "-o", str(Path(folder) / "loaded")])


def file_acts(folder: Path) -> Iterator[Act]:
    """Give the acts on files and folders; what they are made of lies in a folder."""
    for name in ("html", *FORMATS):
        yield _export(name, (name,))
    yield _export("csv whole", ("csv", "--whole"), "out.zip")
    yield Act("new", _nothing, ("new", "mine"), of_folder("mine"))
    rows = table(folder / "rows.csv", ROWS)

    def copied(place: Path) -> Mapping[str, str]:
        shutil.copytree(shipped()[_SHIPPED], place / "c")
        return NOBODY

    yield Act("import into a folder", copied, ("import", str(rows), "--into", "c"), _imported)
    yield Act("import into a new folder", _nothing, ("import", str(rows), "--into", "c"), _imported)
    built = table(folder / "few.csv", ROWS // 10)
    yield Act("import anew", _imported_before(built), ("import", str(rows), "--into", "c"), _imported)


def sqlite_acts(folder: Path) -> Iterator[Act]:
    """Give the acts on a store in SQLite."""

    def made(name: str) -> str:
        return f"sqlite:///{folder / name}.sqlite"

    def copied(name: str) -> Callable[[Path], Mapping[str, str]]:
        def begin(place: Path) -> Mapping[str, str]:
            if name:
                shutil.copy(folder / f"{name}.sqlite", place / "store.sqlite")
            return NOBODY | {DATABASE: f"sqlite:///{place / 'store.sqlite'}"}

        return begin

    yield from _store_acts(folder, "SQLite", made, copied, lambda _place: None)


def postgresql_acts(folder: Path, server: Server) -> Iterator[Act]:
    """Give the acts on a store in PostgreSQL."""
    numbers = itertools.count()
    copies: dict[Path, str] = {}

    def copied(name: str) -> Callable[[Path], Mapping[str, str]]:
        def begin(place: Path) -> Mapping[str, str]:
            copies[place] = f"copy{next(numbers)}"
            return NOBODY | {DATABASE: server.make_database(copies[place], name or None)}

        return begin

    yield from _store_acts(
        folder,
        "PostgreSQL",
        server.make_database,
        copied,
        lambda place: server.drop_database(copies.pop(place)),
    )


def _store_acts(
    folder: Path,
    where: str,
    made: Callable[[str], str],
    copied: Callable[[str], Callable[[Path], Mapping[str, str]]],
    end: Callable[[Path], None],
) -> Iterator[Act]:
    """Give the acts on a store of either kind; `made` makes one, `copied` what copies it for a round."""
    rows = table(folder / f"{where}.csv", ROWS // 10)
    source = str(shipped()[_SHIPPED])
    open_store(made("bare")).database.close()
    store = open_store(made("kept"))
    store.import_folder(Path(source), "mine", "nobody")
    store.database.close()
    _as_at_first(made("first"))
    # SQLite makes its file before it knows whether there is room. Whoever took it away could take it from another.
    first = Act(f"{where}: first opened", copied(""), ("store", "list"), _tables, end, keeps="store.sqlite")
    yield first
    yield Act(f"{where}: upgraded", copied("first"), ("store", "list"), _tables, end)
    yield Act(
        f"{where}: store import", copied("bare"), ("store", "import", source, "--as", "mine"), held, end
    )
    yield Act(
        f"{where}: store export",
        copied("kept"),
        ("store", "export", "mine", "-o", "out"),
        of_folder("out"),
        end,
    )
    yield Act(f"{where}: import", copied("kept"), ("import", str(rows), "--into", "store:mine"), held, end)


# ---- what is there before


def _nothing(_place: Path) -> Mapping[str, str]:
    return NOBODY


def _export(name: str, words: tuple[str, ...], out: str = "out.file") -> Act:
    return a_file(f"export {name}", ("export", *words, "--collection", _SHIPPED), out)


def a_file(
    name: str,
    words: tuple[str, ...],
    out: str = "out.file",
    run: Callable[[tuple[str, ...]], int] = run_bordermap,
) -> Act:
    """Give the act of a command that writes one file, where another one stands already; what it does is as `Act` has it."""

    def stands(place: Path) -> Mapping[str, str]:
        (place / out).write_bytes(_OLD)
        return NOBODY

    def state(place: Path, _env: Mapping[str, str]) -> bytes:
        return (place / out).read_bytes()

    return Act(name, stands, (*words, "-o", out), state, run=run)


def table(path: Path, rows: int) -> Path:
    """Write so many made-up rows of another data set, and give the file again."""
    acled(rows, seed=1, first=1).to_csv(path, index=False)
    return path


def _imported_before(table: Path) -> Callable[[Path], Mapping[str, str]]:
    """Give what copies a folder into which some rows were imported before."""
    once = table.parent / "once"

    def begin(place: Path) -> Mapping[str, str]:
        if not once.exists():
            from bordermap import main  # noqa: PLC0415 - it loads all that any command needs

            main(["import", str(table), "--into", str(once)])
        shutil.copytree(once, place / "c")
        return NOBODY

    return begin


def _as_at_first(url: str) -> None:
    """Make a store as the first bordermap did."""
    database = Database(address_of(url))
    with database.writing() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, REVISIONS[0])
    database.close()


# ---- what is there then


def of_folder(name: str) -> Callable[[Path, Mapping[str, str]], dict[str, bytes]]:
    """Give what tells the state of a folder: its files and their bytes."""
    return lambda place, _env: _files(place / name)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _imported(place: Path, _env: Mapping[str, str]) -> dict[str, bytes]:
    """Give a collection's files, as the next who reads it finds them."""
    if (place / "c").is_dir():
        finish(place / "c")
    return _files(place / "c")


def held(_place: Path, env: Mapping[str, str]) -> dict[str, Any]:
    """Give the collections of a store; the audit must hold."""
    store = open_store(env[DATABASE])
    try:
        names = store.names()
        if problems := store.verified().problems:
            raise RuntimeError(problems[0])
        with store.database.reading() as connection:
            return {name: contents_of(connection, name) for name in names}
    finally:
        store.database.close()


def _tables(_place: Path, env: Mapping[str, str]) -> tuple[Any, ...]:
    """Give a store's revision, tables and triggers, without bringing it up to date."""
    database = Database(address_of(env[DATABASE]))
    try:
        with database.reading() as connection:
            tables = sorted(inspect(connection).get_table_names())
            found = "select name from sqlite_master where type = 'trigger'"
            if not database.is_sqlite:
                found = "select tgname from pg_trigger where not tgisinternal"
            triggers = sorted(connection.execute(text(found)).scalars())
            revision = (
                connection.execute(text(f"select version_num from {VERSION_TABLE}")).scalar()  # noqa: S608 - our own name
                if VERSION_TABLE in tables
                else None
            )
            return revision, tables, triggers
    finally:
        database.close()
