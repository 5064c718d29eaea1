"""Keep a whole store in one file, and fill a store from one: of SQLite and of PostgreSQL, each from the other."""

from __future__ import annotations

import dataclasses
import datetime as dt
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import MetaData, select, text

from claims.store.address import address_of, shown
from claims.store.backupfile import Backup, is_backup, kept_in, opened
from claims.store.database import Database
from claims.store.errors import AnswerLostError, StoreError
from claims.store.rowcopies import Sum, copied, sum_of
from claims.store.schema import AUDIT, METADATA
from claims.store.sqlitefiles import files_of, is_damaged, move
from claims.store.upgrade import REVISIONS, VERSION_TABLE, must_be_there, no_store, revision_of, upgrade
from claims.store.verify import without_triggers
from geo.errors import BordermapError
from geo.files.wholefiles import whole_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Connection

__all__ = ["back_up", "restore"]

_PRIVATE: Final = 0o600
"""The texts of sources are in it."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def back_up(
    out: Path, url: str | None = None, *, damaged: bool = False, now: Callable[[], dt.datetime] = _now
) -> Backup:
    """Write all that a store holds at one moment into a file, whole or not at all, and read it again.

    The store is left as it is, also where its tables are older than this bordermap's; others may write meanwhile.

    Args:
        out: The file; a backup that stood there is replaced by the new one once that is verified.
        url: The store's address, as for `open_store`.
        damaged: Whether to keep a store whose audit does not hold, too.
        now: Tells the time in UTC.

    Raises:
        StoreError: There is no store, it cannot be read, or its audit does not hold.
        BordermapError: The file cannot be written, or is there and is no backup.
    """
    must_be_there(address_of(url))
    with _database(url) as database:
        _not_the_store(out, database)
        _no_other_file(out)
        with database.reading() as source:
            return _kept(source, out, database, damaged=damaged, now=now)


def restore(
    file: Path, url: str | None = None, *, replaced: Path | None = None, damaged: bool = False
) -> Backup:
    """Fill a store with all that a backup holds, in one transaction, verified before and after.

    Args:
        file: The backup; one of older tables is brought up to date on the way.
        url: The store's address, as for `open_store`; it is made where there is none.
        replaced: A new file in which what the store holds now is kept first; without, it must be empty. The files of
            a store in SQLite that is damaged are moved there as they are.
        damaged: Whether to take a backup of a store whose audit did not hold, too.

    Raises:
        BackupError: The file is no backup, or it is damaged.
        StoreError: The store is not empty, or cannot be written; it is as it was then.
        BordermapError: `replaced` is there already, or cannot be written.
    """
    with opened(file) as (source, backup), _database(url) as database:
        _must_hold(backup, f"the backup {str(file)!r}", damaged=damaged)
        with (
            _damaged_moved(database, replaced),
            _kept_if_done(replaced),
            database.writing() as target,
        ):
            if _holds_something(target, database):
                _keep_aside(target, replaced, database)
            _begin_anew(target)
            tables = METADATA.sorted_tables
            sums = copied(source, target, tables)
            _must_be(sums, backup.sums)
            _must_be({table.name: sum_of(target, table) for table in tables}, backup.sums)
    return backup


@contextmanager
def _database(url: str | None) -> Iterator[Database]:
    database = Database(address_of(url))
    try:
        yield database
    finally:
        database.close()


def _not_the_store(out: Path, database: Database) -> None:
    if database.is_sqlite and out.exists() and out.samefile(str(database.url.database)):
        raise StoreError(f"{str(out)!r} is the store itself; name another file")


def _no_other_file(out: Path) -> None:
    """Refuse to put a backup in the place of a file that is none; one without a byte is nothing that could be lost."""
    if out.is_file() and out.stat().st_size and not is_backup(out):
        raise StoreError(f"{str(out)!r} is there, and is no backup of a store; name another file")


def _kept(
    source: Connection, out: Path, database: Database, *, damaged: bool, now: Callable[[], dt.datetime]
) -> Backup:
    where = shown(database.url)
    revision = revision_of(source, where)
    if revision is None:
        raise no_store(database.url)
    taken = now().astimezone(dt.UTC).isoformat(timespec="seconds")
    with whole_path(out, _PRIVATE) as aside:
        kept_in(aside, source, revision, taken)
        with opened(aside) as (_, backup):
            _must_hold(backup, f"the store, {where}", damaged=damaged)
    notes = without_triggers(source) if revision == REVISIONS[-1] else []
    return dataclasses.replace(backup, notes=tuple(notes))


def _must_hold(backup: Backup, what: str, *, damaged: bool) -> None:
    if backup.problems and not damaged:
        told = "\n".join(backup.problems)
        raise StoreError(
            f"the audit of {what}, does not hold; look at it, or take it as it is with --damaged\n{told}"
        )


def _holds_something(target: Connection, database: Database) -> bool:
    """Tell whether a store has an audit, and be it of collections that are all gone."""
    if revision_of(target, shown(database.url)) is None:
        return False
    return target.execute(select(AUDIT.c.seq).limit(1)).first() is not None


def _keep_aside(target: Connection, replaced: Path | None, database: Database) -> None:
    where = shown(database.url)
    if replaced is None:
        raise StoreError(
            f"the store, {where}, is not empty; restore into another one, "
            "or name with --replace a file in which what it holds now shall be kept"
        )
    if replaced.exists():
        raise StoreError(
            f"{str(replaced)!r} is there already; name a new file in which the store shall be kept"
        )
    _kept(target, replaced, database, damaged=True, now=_now)


@contextmanager
def _kept_if_done(replaced: Path | None) -> Iterator[None]:
    """Take away again what was kept of a store that stays as it is: the same can then be done once more."""
    stood = replaced is None or replaced.exists()
    try:
        yield
    except AnswerLostError:
        raise  # the store may hold the backup by now
    except Exception:  # whoever interrupts it does so perhaps when the backup is in the store already
        if replaced is not None and not stood:
            replaced.unlink(missing_ok=True)
        raise


@contextmanager
def _damaged_moved(database: Database, replaced: Path | None) -> Iterator[None]:
    """Move the files of a damaged store out of the way, and back where nothing comes in their place."""
    file = Path(str(database.url.database))
    if not database.is_sqlite or not is_damaged(file):
        yield
        return
    if replaced is None:
        raise StoreError(
            f"the store, {shown(database.url)}, is damaged; name with --replace a file to which it shall be moved, as it is"
        )
    if taken := next((one for one in (replaced, *files_of(replaced)) if one.exists()), None):
        raise StoreError(
            f"{str(taken)!r} is there already; name a new file to which the store shall be moved"
        )
    _move(file, replaced)
    try:
        yield
    except BaseException:
        database.close()
        for half in files_of(file):
            half.unlink(missing_ok=True)
        _move(replaced, file)
        raise


def _move(file: Path, to: Path) -> None:
    try:
        move(file, to)
    except OSError as error:
        raise BordermapError(
            f"{str(file)!r} cannot be moved to {str(to)!r} ({error.strerror}); name a file that can be written"
        ) from None


def _begin_anew(target: Connection) -> None:
    """Take the store's tables away, which hold their triggers, and make those of today; what else is in the schema stays."""
    there, ours = MetaData(), {*METADATA.tables, VERSION_TABLE}
    there.reflect(target, only=lambda name, _: name in ours)
    there.drop_all(target)
    if target.dialect.name != "sqlite":
        for name in _functions(target):
            target.execute(text(f"drop function {name}()"))
    upgrade(target)


def _functions(target: Connection) -> Iterator[str]:
    """Give what the migrations made beside tables: the functions that let a table of the store only grow."""
    found = target.execute(
        text(
            "select proname from pg_proc where pronamespace = current_schema()::regnamespace "
            r"and proname like '%\_only\_grows'"
        )
    )
    ours = {f"{name}_only_grows" for name in METADATA.tables}
    names = [row.proname for row in found.all() if row.proname in ours]
    yield from map(target.dialect.identifier_preparer.quote, names)


def _must_be(found: dict[str, Sum], said: dict[str, Sum]) -> None:
    if wrong := [name for name, one in said.items() if found.get(name) != one]:
        raise StoreError(
            f"the store does not hold what was written into it ({', '.join(wrong)}), and nothing was kept of it; "
            "look after its disk and try again"
        )
