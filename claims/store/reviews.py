"""The decisions of reviewers as rows: a claim accepted, mended, withdrawn, and a proposal rejected."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from claims.model import WITHHELD
from claims.store.chain import canonical
from claims.store.decided import Decision, Verdict, decisions_of, key_of
from claims.store.errors import ChangedMeanwhile, NotKeptError, StoreError
from claims.store.needed import needed
from claims.store.rows import find, next_position, row_of
from claims.store.schema import AUDIT, COLLECTIONS, DECISIONS, SHEETS, id_of
from claims.store.seen import as_seen, changed_cells
from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from claims.store.writing import Writing

__all__ = ["Review", "add_row", "free_id", "is_text", "refuse_unknown", "withheld_before"]

_LONGEST_ID: Final = 60
_OPEN: Final = frozenset({Verdict.REOPENED, Verdict.WITHDRAWN})
"""Decisions after which a proposal is anybody's to decide on again, but for those who have seen an earlier one."""


@dataclass(frozen=True, slots=True)
class Review:
    """The decisions of one write in one collection."""

    writing: Writing
    name: str

    def accept(
        self,
        proposal: Mapping[str, Any],
        claim: Mapping[str, str],
        *,
        event_id: str,
        event_title: str,
        mended: bool,
        seen: str,
    ) -> Decision:
        """Add the claim of a proposal, with its event where that is new; what it withholds it says, or is as it was before."""
        self._refuse_unless_seen(proposal, seen)
        verdict = Verdict.MENDED if mended else Verdict.ACCEPTED
        event = event_id or claim.get("event_id", "")
        if event_title:
            event = self._add_event(event_title, claim.get("kind", ""))
        claim_id = claim.get("claim_id") or self._free_claim_id(claim.get("source_id", ""))
        cells = {**claim, "claim_id": claim_id, "event_id": event}
        said = cells.pop(WITHHELD.name, None)
        if withheld := self._withheld_before(proposal, claim_id) if said is None else said:
            self._begin_withheld()
        more = {WITHHELD.name: withheld} if withheld else {}
        version = add_row(self.writing, verdict, "claims", self.name, cells, more)
        return self._decide(verdict, proposal, claim_id, version=version)

    def _withheld_before(self, proposal: Mapping[str, Any], claim_id: str) -> str:
        """Give what was withheld of a claim of this id or proposal that was withdrawn: it is not for publication since."""
        known = decisions_of(self.writing.connection, self.name, text_sha256=str(proposal["text_sha256"]))
        key = key_of(proposal)
        earlier = [one.claim_id for one in known if one.claim_id and one.key == key]
        ids = (claim_id, *reversed(earlier))
        found = withheld_before(self.writing.connection, self.name, ids)
        return next((found[one] for one in ids if one in found), "")

    def reject(self, proposal: Mapping[str, Any], *, reason: str, seen: str) -> Decision:
        """Remember that a proposal is no claim."""
        last = self._refuse_unless_seen(proposal, seen)
        if last and last.claim_id and find(self.writing.connection, "claims", self.name, last.claim_id):
            raise StoreError(f"{last.claim_id} came of this proposal; withdraw it before you reject that")
        return self._decide(Verdict.REJECTED, proposal, reason=reason)

    def reconsider(self, proposal: Mapping[str, Any], *, seen: str) -> Decision:
        """Take back a rejection: the proposal is open again."""
        last = self._refuse_unless_seen(proposal, seen)
        if last is None or last.verdict is not Verdict.REJECTED:
            raise StoreError(
                "the proposal is not rejected, so there is nothing to take back; look at it again"
            )
        return self._decide(Verdict.REOPENED, proposal)

    def mend(
        self, claim_id: str, seen_version: int, changes: Mapping[str, str], *, event_title: str = ""
    ) -> Decision:
        """Change cells of a claim, which joins a new event where its title is given; also what is not for publication."""
        old = as_seen(self.writing.connection, "claims", self.name, claim_id, seen_version)
        if event_title:
            kind = changes.get("kind") or str(old["kind"])
            changes = {**changes, "event_id": self._add_event(event_title, kind)}
        refuse_unknown(self.name, "claims", changes, (WITHHELD.name,))
        more = json.loads(old["more"])
        differ = changed_cells(claim_id, {WITHHELD.name: "", **old, **more}, changes)
        if WITHHELD.name in differ:
            self._begin_withheld()
            differ["more"] = canonical({**more, WITHHELD.name: differ.pop(WITHHELD.name)})
        if "claim_id" in differ:
            raise StoreError(f"{claim_id} keeps its id; withdraw it and write another")
        version = self.writing.change(Verdict.MENDED, "claims", self.name, old, differ)
        return self._decide(Verdict.MENDED, self._proposal_of(claim_id), claim_id, version=version)

    def _begin_withheld(self) -> None:
        """Let the table of claims have the column of what is withheld."""
        facts = needed(self.writing.connection, COLLECTIONS.name, self.name, self.name)
        headers = json.loads(facts["headers"])
        if WITHHELD.name not in headers["claims"]:
            headers["claims"].append(WITHHELD.name)
            self.writing.change(
                Verdict.MENDED, COLLECTIONS.name, self.name, facts, {"headers": canonical(headers)}
            )

    def withdraw(self, claim_id: str, seen_version: int, *, reason: str) -> Decision:
        """Take a claim from the map; the audit keeps it."""
        old = as_seen(self.writing.connection, "claims", self.name, claim_id, seen_version)
        # The row that it was imported from names it.
        if row := find(self.writing.connection, "imports", self.name, claim_id):
            self.writing.remove(Verdict.WITHDRAWN, "imports", self.name, row)
        self.writing.remove(Verdict.WITHDRAWN, "claims", self.name, old)
        return self._decide(Verdict.WITHDRAWN, self._proposal_of(claim_id), claim_id, reason)

    def _decide(
        self,
        verdict: Verdict,
        proposal: Mapping[str, Any],
        claim_id: str = "",
        reason: str = "",
        *,
        version: int = 0,
    ) -> Decision:
        decision = Decision(
            decision_id=str(self.writing.next_seq),
            at=self.writing.at,
            who=self.writing.who,
            verdict=verdict,
            text_sha256=str(proposal.get("text_sha256", "")),
            proposal=dict(proposal),
            claim_id=claim_id,
            reason=reason,
            version=version,
        )
        row = {**asdict(decision), "verdict": str(verdict), "proposal": canonical(dict(proposal))}
        self.writing.add(verdict, DECISIONS.name, self.name, [row])
        return decision

    def _refuse_unless_seen(self, proposal: Mapping[str, Any], seen: str) -> Decision | None:
        """Give the last decision on a proposal; refuse where somebody has decided since the reviewer looked."""
        key = key_of(proposal)
        known = decisions_of(self.writing.connection, self.name, text_sha256=str(proposal["text_sha256"]))
        last = next((decision for decision in reversed(known) if decision.key == key), None)
        if last and last.decision_id != seen and (seen or last.verdict not in _OPEN):
            what = last.claim_id or "the proposal"
            raise ChangedMeanwhile(what, last.who, last.at, last.verdict)
        return last

    def _proposal_of(self, claim_id: str) -> Mapping[str, Any]:
        """Give the proposal that a claim came of; nothing where it came otherwise."""
        known = decisions_of(self.writing.connection, self.name, claim_id=claim_id)
        return next((decision.proposal for decision in reversed(known) if decision.proposal), {})

    def _add_event(self, title: str, kind: str) -> str:
        event_id = free_id(self.writing, self.name, "events", title, "event")
        cells = {"event_id": event_id, "title": title, "kind": kind}
        add_row(self.writing, "added", "events", self.name, cells)
        return event_id

    def _free_claim_id(self, source_id: str) -> str:
        """Give the next number of a source's claims; those that were withdrawn keep theirs."""
        ids = select(AUDIT.c.row_id).where(AUDIT.c.collection == self.name, AUDIT.c.table_name == "claims")
        taken = set(self.writing.connection.execute(ids.distinct()).scalars())
        number = 1 + sum(claim_id.startswith(f"{source_id}-") for claim_id in taken)
        while (claim_id := f"{source_id}-{number:02}") in taken:
            number += 1
        return claim_id


def withheld_before(connection: Connection, name: str, claim_ids: Iterable[str]) -> dict[str, str]:
    """Give the cell `withheld` of those of some claims that were withdrawn, by claim_id, as it was then."""
    if not (ids := set(claim_ids)):
        return {}
    of_claims = (AUDIT.c.collection == name, AUDIT.c.table_name == "claims", AUDIT.c.row_id.in_(ids))
    # All at once, for a large collection's audit is gone through.
    rows = connection.execute(
        select(AUDIT.c.row_id, AUDIT.c.before, AUDIT.c.after).where(*of_claims).order_by(AUDIT.c.seq)
    )
    last = {row.row_id: row for row in rows}
    gone = {row_id: json.loads(row.before) for row_id, row in last.items() if row.before and not row.after}
    return {
        row_id: str(json.loads(before.get("more") or "{}").get(WITHHELD.name, ""))
        for row_id, before in gone.items()
    }


def add_row(
    writing: Writing,
    what: str,
    name: str,
    collection: str,
    cells: Mapping[str, str],
    more: Mapping[str, str] | None = None,
) -> int:
    """Add a row to the end of a table, its unsaid cells being empty, with `more` cells beside, and give its version.

    Raises:
        NotKeptError: It has a column that the table does not have, or an id that is there already.
        StoreError: A cell is no text.
    """
    refuse_unknown(collection, name, cells)
    row = row_of(name, {**cells, **(more or {})}, next_position(writing.connection, name, collection))
    row_id = row[id_of(name)]
    if row_id and find(writing.connection, name, collection, row_id):
        why, todo = "is there already", "give each row its own"
        raise NotKeptError([Fault(f"store:{collection} {name}", None, id_of(name), row_id, why, todo)])
    (version,) = writing.add(what, name, collection, [row])
    return version


def refuse_unknown(collection: str, name: str, cells: Mapping[str, str], more: Sequence[str] = ()) -> None:
    """Refuse cells of columns that a table does not have, nor `more` of them, and cells that are no text.

    Raises:
        NotKeptError: With every one of them.
    """
    where, known = f"store:{collection} {name}", (*SHEETS[name], *more)
    todo = f"use one of {', '.join(known)}"
    faults = [
        Fault(where, None, column, None, "is an unknown column", todo)
        for column in cells
        if column not in known
    ]
    faults += [
        Fault(where, None, column, str(cell), "is no text", "write it as text that UTF-8 can hold")
        for column, cell in cells.items()
        if not is_text(cell)
    ]
    if faults:
        raise NotKeptError(faults)


def is_text(cell: Any) -> bool:
    """Tell whether a cell is text that both databases can hold."""
    if not isinstance(cell, str) or "\0" in cell:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in cell)


def free_id(writing: Writing, collection: str, name: str, words: str, otherwise: str) -> str:
    """Make an id for a row of some words, and number it where it is taken."""
    slug = re.sub(r"[\W_]+", "-", words.casefold()).strip("-")[:_LONGEST_ID].rstrip("-") or otherwise
    taken = find(writing.connection, name, collection, slug)
    number = 1
    free = slug
    while taken:
        number += 1
        free = f"{slug}-{number}"
        taken = find(writing.connection, name, collection, free)
    return free
