"""What reviewers do in a store: keep sources and their texts, decide on what is proposed in them, mend and withdraw claims."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from claims.model import WITHHELD
from claims.store.decided import Decision, decisions_of
from claims.store.kept import KeptClaim, KeptSource, KeptText
from claims.store.needed import needed
from claims.store.reviews import Review, add_row, withheld_before
from claims.store.schema import COLLECTIONS, KEPT, SHEETS, TEXTS
from claims.store.sources import Sources, kept_source
from claims.store.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Deciding"]


class Deciding(Written):
    """The part of a store that is reviewed; what each raises is said of `Store`."""

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

    def withheld_before(self, name: str, claim_ids: Iterable[str]) -> dict[str, str]:
        """Give what was withheld of those of some claims that were withdrawn, by claim_id, as the cell had it."""
        with self.database.reading() as connection:
            return withheld_before(connection, name, claim_ids)


def _kept(row: Mapping[str, Any]) -> KeptClaim:
    cells = {column: row[column] for column in SHEETS["claims"]}
    withheld = json.loads(row["more"]).get(WITHHELD.name, "")
    return KeptClaim(row["claim_id"], row["version"], {**cells, WITHHELD.name: withheld})
