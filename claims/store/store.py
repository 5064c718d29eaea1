"""The store: collections, the texts of their sources and every decision on them, with who made it and when."""

from __future__ import annotations

import datetime as dt
import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from claims.model import WITHHELD
from claims.store.address import address_of
from claims.store.contents import Contents, put_folder
from claims.store.database import WAIT_S, Database
from claims.store.decided import Decision, decisions_of
from claims.store.errors import NotKeptError, StoreError
from claims.store.fresh import fresh_contents
from claims.store.history import Change, changes_of
from claims.store.kept import KeptClaim, KeptSource, KeptText
from claims.store.needed import must_be_a_name, needed
from claims.store.reading import faults_of, read_contents
from claims.store.reviews import Review, add_row, withheld_before
from claims.store.rows import add_contents, contents_of, find
from claims.store.schema import AUDIT, COLLECTIONS, KEPT, SHEETS, TEXTS
from claims.store.sources import Sources, kept_source
from claims.store.upgrade import bring_up
from claims.store.verify import Verified, verify
from claims.store.who import reviewer
from claims.store.writing import Writing
from claims.tables import read_with_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["Store", "open_store"]

_LOG: Final = logging.getLogger("bordermap.store")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def open_store(
    url: str | None = None, *, wait_s: float = WAIT_S, now: Callable[[], dt.datetime] = _now
) -> Store:
    """Open the store, making it or bringing its tables up to date where need be.

    Args:
        url: Its address; by default that of BORDERMAP_DATABASE_URL, else SQLite in the user's data folder.
        wait_s: How many seconds to wait for another process that writes.
        now: Tells the time in UTC.

    Raises:
        StoreError: It cannot be opened.
        TooNewError: A later bordermap has written it.
    """
    database = Database(address_of(url), wait_s)
    try:
        bring_up(database)
    except BaseException:
        database.close()
        raise
    return Store(database, now)


class Store:
    """Collections that are written by decisions; every change is in the audit.

    Whatever reads or writes raises StoreError where the database cannot, and where there is no collection of that
    name. Whatever writes returns only when it is on the disk; `who` is as `reviewer` takes it.
    """

    def __init__(self, database: Database, now: Callable[[], dt.datetime]) -> None:
        """Hold a database with the tables of today; `open_store` is the way to come by one."""
        self.database = database
        self._now = now

    @property
    def is_read_only(self) -> bool:
        """Tell whether it is a file that may be read and not written, so that nothing can be decided."""
        return self.database.is_read_only

    # ---- collections

    def names(self) -> list[str]:
        """Give the names of the collections, in their order."""
        with self.database.reading() as connection:
            # Databases have orders of their own.
            return sorted(connection.execute(select(COLLECTIONS.c.collection)).scalars())

    def facts(self, name: str) -> str:
        """Give a collection's collection.toml, as written."""
        with self.database.reading() as connection:
            return str(needed(connection, COLLECTIONS.name, name, name)["facts"])

    def stamp(self, name: str) -> int:
        """Give the number of the last change of a collection: it tells one state of it from another."""
        with self.database.reading() as connection:
            return int(
                connection.execute(select(func.max(AUDIT.c.seq)).where(AUDIT.c.collection == name)).scalar()
                or 0
            )

    def read(self, name: str) -> Collection:
        """Read a collection as its folder would be read.

        Raises:
            FaultsError: It has faults; each names its row.
        """
        return self.read_with_places(name)[0]

    def read_with_places(self, name: str) -> tuple[Collection, Gazetteer]:
        """Read a collection, with the shipped places and those of its own; raises as `read` does."""
        return read_contents(self._contents(name), name)

    def import_folder(self, folder: Path, name: str, who: str | None = None) -> None:
        """Take in a collection's folder.

        Raises:
            FaultsError: It has faults, and nothing was written.
            StoreError: There is a collection of that name, or the name is none.
        """
        read_with_places(folder)
        self.import_contents(Contents.read(folder), name, who)

    def import_contents(self, contents: Contents, name: str, who: str | None = None) -> None:
        """Take in what a collection's folder holds; raises as `import_folder` does."""
        self._add(name, contents, "imported", who)

    def export_folder(self, name: str, out: Path) -> None:
        """Write a collection as a folder, whole or not at all; the texts of its sources stay in the store.

        Raises:
            BordermapError: Something stands there, or it cannot be written.
        """
        put_folder(self._contents(name), out)

    def create(
        self,
        name: str,
        title: str,
        first_day: dt.date,
        last_day: dt.date,
        who: str | None = None,
        **facts: Any,
    ) -> None:
        """Begin an empty collection.

        Args:
            name: Its name in the store.
            title: Its title.
            first_day: The first day of its map.
            last_day: The last.
            who: Whoever begins it.
            **facts: More of collection.toml, as `timezone` or `view`.
        """
        fresh = fresh_contents({"title": title, "first_day": first_day, "last_day": last_day, **facts})
        self._add(name, fresh, "created", who)

    # ---- sources

    def keep_source(
        self,
        name: str,
        source: Mapping[str, str],
        text: str,
        who: str | None = None,
        *,
        language: str = "",
        repeat: bool = False,
    ) -> KeptSource:
        """Keep a source and its text; a text that was kept before keeps the source that it had.

        Args:
            name: The collection's.
            source: Cells of sources.csv; without a source_id it is given one.
            text: The whole of it.
            who: Whoever keeps it.
            language: Of the text; by default the source's.
            repeat: Keep a text that another outlet, or the same on another day, had before under this source as well,
                which then `repeats` the first one.

        Raises:
            NotKeptError: The source has faults; all of them are told.
        """
        with self.writing(name, who) as writing:
            return Sources(writing, name).keep(source, text, language=language, repeat=repeat)

    def mend_source(
        self, name: str, source_id: str, seen_version: int, changes: Mapping[str, str], who: str | None = None
    ) -> KeptSource:
        """Change cells of a source; the arguments and what is raised are as those of `mend`."""
        with self.writing(name, who) as writing:
            return Sources(writing, name).mend(source_id, seen_version, changes)

    def source(self, name: str, source_id: str) -> KeptSource:
        """Give a source with its version."""
        with self.database.reading() as connection:
            return kept_source(needed(connection, "sources", name, source_id), new=False)

    def texts(self, name: str) -> list[KeptText]:
        """Give the texts of a collection's sources, by their ids."""
        with self.database.reading() as connection:
            needed(connection, COLLECTIONS.name, name, name)
            rows = connection.execute(select(TEXTS).where(TEXTS.c.collection == name)).mappings()
            kept = [
                KeptText(row["source_id"], row["sha256"], row["language"], row["content"]) for row in rows
            ]
        return sorted(kept, key=lambda text: text.source_id)

    def keep_actor(self, name: str, actor: Mapping[str, str], who: str | None = None) -> None:
        """Add an actor, as a row of actors.csv.

        Raises:
            NotKeptError: It has faults; all of them are told.
        """
        with self.writing(name, who) as writing:
            add_row(writing, "kept", "actors", name, actor)

    # ---- decisions

    def accept(
        self,
        name: str,
        proposal: Mapping[str, Any],
        claim: Mapping[str, str],
        who: str | None = None,
        *,
        event_id: str = "",
        event_title: str = "",
        mended: bool = False,
        seen: str = "",
    ) -> Decision:
        """Make a claim of a proposal.

        Args:
            name: The collection's.
            proposal: JSON with at least text_sha256, quote_start, quote_end and kind; `which` tells those apart that
                are alike in all four.
            claim: Cells of claims.csv, `withheld` too; without a claim_id it is given one, and without `withheld` what was
                withheld of the claim before that was withdrawn.
            who: Whoever decides.
            event_id: The event that it joins.
            event_title: Or the title of a new one.
            mended: Whether the claim differs from what was proposed.
            seen: The decision_id of the last decision on this proposal that the reviewer has seen.

        Raises:
            NotKeptError: The claim has faults; all of them are told, and nothing was written.
            ChangedMeanwhile: Somebody has decided on it since.
        """
        with self.writing(name, who) as writing:
            return Review(writing, name).accept(
                proposal, claim, event_id=event_id, event_title=event_title, mended=mended, seen=seen
            )

    def reject(
        self,
        name: str,
        proposal: Mapping[str, Any],
        who: str | None = None,
        reason: str = "",
        *,
        seen: str = "",
    ) -> Decision:
        """Remember that a proposal is no claim; the arguments and ChangedMeanwhile are as those of `accept`.

        Raises:
            StoreError: A claim that came of it is there; `withdraw` takes that from the map.
        """
        with self.writing(name, who) as writing:
            return Review(writing, name).reject(proposal, reason=reason, seen=seen)

    def reconsider(
        self, name: str, proposal: Mapping[str, Any], who: str | None = None, *, seen: str = ""
    ) -> Decision:
        """Take back the rejection of a proposal, which is open again; the arguments are as those of `accept`.

        Raises:
            StoreError: It is not rejected.
        """
        with self.writing(name, who) as writing:
            return Review(writing, name).reconsider(proposal, seen=seen)

    def mend(
        self,
        name: str,
        claim_id: str,
        seen_version: int,
        changes: Mapping[str, str],
        who: str | None = None,
        *,
        event_title: str = "",
    ) -> Decision:
        """Change cells of a claim.

        Args:
            name: The collection's.
            claim_id: The claim's.
            seen_version: The version that the reviewer has seen.
            changes: Cells by column.
            who: Whoever decides.
            event_title: The title of a new event that it joins.

        Raises:
            NotKeptError: The claim would have faults; all of them are told, and nothing was written.
            ChangedMeanwhile: The claim is of another version by now; nothing was overwritten.
        """
        with self.writing(name, who) as writing:
            return Review(writing, name).mend(claim_id, seen_version, changes, event_title=event_title)

    def withdraw(
        self, name: str, claim_id: str, seen_version: int, who: str | None = None, reason: str = ""
    ) -> Decision:
        """Take a claim from the map, and keep it in the audit; raises as `mend` does."""
        with self.writing(name, who) as writing:
            return Review(writing, name).withdraw(claim_id, seen_version, reason=reason)

    def decisions(self, name: str, text_sha256: str = "") -> list[Decision]:
        """Give the decisions on the proposals of a text, or on all of a collection, oldest first."""
        with self.database.reading() as connection:
            return decisions_of(connection, name, **({"text_sha256": text_sha256} if text_sha256 else {}))

    def claim(self, name: str, claim_id: str) -> KeptClaim:
        """Give a claim with its version."""
        with self.database.reading() as connection:
            return _kept(needed(connection, "claims", name, claim_id))

    def claims(self, name: str) -> list[KeptClaim]:
        """Give all claims with their versions, in the order of their table."""
        table = KEPT["claims"]
        with self.database.reading() as connection:
            rows = connection.execute(
                select(table).where(table.c.collection == name).order_by(table.c.position)
            )
            return [_kept(dict(row)) for row in rows.mappings()]

    def withheld_before(self, name: str, claim_ids: Iterable[str]) -> str:
        """Give what was withheld of the first of some claims that was withdrawn, as its cell had it; "" where none was."""
        with self.database.reading() as connection:
            return withheld_before(connection, name, claim_ids)

    # ---- audit

    def history(self, name: str, claim_id: str) -> list[Change]:
        """Give all that happened to a claim, oldest first."""
        with self.database.reading() as connection:
            return changes_of(connection, collection=name, table_name="claims", row_id=claim_id)

    def changes(self, name: str = "") -> list[Change]:
        """Give all that happened in a collection, or in all of them, oldest first."""
        with self.database.reading() as connection:
            return changes_of(connection, **({"collection": name} if name else {}))

    def verified(self, noted: tuple[int, str] | None = None) -> Verified:
        """Verify the audit, also by the number and hash of a row that somebody noted outside the store."""
        with self.database.reading() as connection:
            return verify(connection, noted)

    # ---- within

    def _contents(self, name: str) -> Contents:
        with self.database.reading() as connection:
            needed(connection, COLLECTIONS.name, name, name)
            contents = contents_of(connection, name)
        assert contents is not None
        return contents

    def _add(self, name: str, contents: Contents, what: str, who: str | None) -> None:
        must_be_a_name(name)
        with self.writing(None, who) as writing:
            if find(writing.connection, COLLECTIONS.name, name, name):
                raise StoreError(f"store:{name} is there already; give it another name")
            add_contents(writing, name, contents, what)
            self.refuse_faults(writing.connection, name)

    @contextmanager
    def writing(self, name: str | None, who: str | None) -> Iterator[Writing]:
        """Write in a collection, which is without new faults in the end; anything that is raised undoes all of it."""
        who = reviewer(who)
        at = self._now().astimezone(dt.UTC).isoformat(timespec="microseconds")
        with self.database.writing() as connection:
            if name is not None:
                needed(connection, COLLECTIONS.name, name, name)
            writing = Writing(connection, who, at)
            yield writing
            # A proposal that is rejected changes nothing that is read.
            if name is not None and not writing.tables.isdisjoint(SHEETS):
                self.refuse_faults(connection, name)
        # Who and what are in the audit, by this number.
        _LOG.info("written", extra={"collection": name or "", "row": writing.next_seq - 1})

    def refuse_faults(self, connection: Connection, name: str) -> None:
        """Refuse what was written in a collection, if that makes faults in it.

        Raises:
            NotKeptError: With all of them.
        """
        contents = contents_of(connection, name)
        assert contents is not None
        if faults := faults_of(contents, name):
            raise NotKeptError(faults)


def _kept(row: Mapping[str, Any]) -> KeptClaim:
    cells = {column: row[column] for column in SHEETS["claims"]}
    withheld = json.loads(row["more"]).get(WITHHELD.name, "")
    return KeptClaim(row["claim_id"], row["version"], {**cells, WITHHELD.name: withheld})
