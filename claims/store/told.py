"""What changed in the store, told in plain words: a line for each thing that somebody did."""

from __future__ import annotations

import datetime as dt
import json
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.store.errors import Differing
    from claims.store.history import Change

__all__ = ["told"]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NUMBERS: Final = frozenset({"count", "count_low", "count_high"})
_PAST: Final = {"withdrawn": "withdrew", "reopened": "took back the rejection of"}
_ROWS: Final = {
    "sources": "the source",
    "events": "the event",
    "actors": "the actor",
    "collections": "the collection",
}
_LONGEST: Final = 120
_BEFORE: Final = 30
"""So many characters are told before those that differ, where texts are long."""


def told(changes: Sequence[Change]) -> Iterator[str]:
    """Tell changes, oldest first, what was done at one moment by one person in one go."""
    for (who, at, collection, what), done in groupby(
        changes, lambda one: (one.who, one.at, one.collection, one.what)
    ):
        # A row that was imported is told by the claim that it became.
        rows = [row for row in done if row.table != "imports"]
        if what in {"imported", "created"}:
            yield f"{who} {what} {collection} on {_moment(at)}{_amount(rows)}"
            continue
        reasons = _reasons(rows)
        for row in rows:
            if said := _said(row):
                why = f" ({reasons[row.row_id]})" if row.table == "claims" and row.row_id in reasons else ""
                yield f"{who} {_PAST.get(what, what)} {said[0]} on {_moment(at)}{said[1]}{why}"


def _reasons(rows: Sequence[Change]) -> dict[str, str]:
    """Give by claim why it was decided on: the decision has a row of its own, which says nothing else."""
    decisions = [row.after for row in rows if row.table == "decisions" and row.after]
    return {one["claim_id"]: one["reason"] for one in decisions if one["claim_id"] and one["reason"]}


def _said(change: Change) -> tuple[str, str] | None:
    """Say of one row what was done to what, and the details; None where another row says it."""
    after = change.after or {}
    if change.table == "decisions":
        if after["verdict"] not in {"rejected", "reopened"}:
            return None
        proposal = json.loads(after["proposal"])
        where = f"at characters {proposal.get('quote_start')} to {proposal.get('quote_end')}"
        text = f"of text {after['text_sha256'][:12]}"
        reason = f": {after['reason']}" if after["reason"] else ""
        return f"a proposed {proposal.get('kind')} {where} {text}", reason
    if change.table == "claims":
        return change.row_id, _claim_details(change)
    if change.table == "texts":
        return f"the text of {change.row_id}", f": sha256 {after.get('sha256', '')[:12]}"
    one = _ROWS.get(change.table, change.table)
    if change.before and change.after:
        details = _columns(change) if change.table == "collections" else _mended(change)
        return f"{one} {change.row_id}", details
    name = after.get("title") or after.get("name") or after.get("outlet") or ""
    return f"{one} {change.row_id}", f": {name}" if name else ""


def _claim_details(change: Change) -> str:
    if change.before is None:
        return f": {_short((change.after or {}).get('quote', ''))!r}"
    if change.after is None:
        return f": {_short(change.before.get('quote', ''))!r}"
    return _mended(change)


def _mended(change: Change) -> str:
    return ": " + "; ".join(map(_difference, change.differing))


def _difference(one: Differing) -> str:
    same = _same_at_first(one.before, one.after)
    before, after = (_cell(one.column, cell, same) for cell in (one.before, one.after))
    return f"{one.column} {before} -> {after}"


def _same_at_first(before: str, after: str) -> int:
    """Give how many characters need not be told before what differs: none where a short text has both."""
    if max(len(before), len(after)) <= _LONGEST:
        return 0
    pairs = enumerate(zip(before, after, strict=False))
    first = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    return max(first - _BEFORE, 0)


def _cell(column: str, cell: str, same: int = 0) -> str:
    """Write a number with its thousands apart, say that a cell is empty, and tell of a long one what differs."""
    if column in _NUMBERS and cell.isdecimal():
        return f"{int(cell):,}"
    told = _short(cell[same:])
    return f"…{told}" if same else told or "(empty)"


def _columns(change: Change) -> str:
    """Say which columns the tables of a collection have since, or have no more; those of the whole row otherwise."""
    said = []
    for one in change.differing:
        if one.column != "headers":
            said.append(_difference(one))
            continue
        old, new = json.loads(one.before), json.loads(one.after)
        for table in dict.fromkeys((*old, *new)):
            was, has = old.get(table, ()), new.get(table, ())
            more, less = ([name for name in a if name not in b] for a, b in ((has, was), (was, has)))
            said += [f"{table}.csv has the column{'s' * (len(more) > 1)} {', '.join(more)}"] if more else []
            said += [f"{table}.csv no longer has {', '.join(less)}"] if less else []
    return ": " + "; ".join(said or map(_difference, change.differing))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _amount(rows: Sequence[Change]) -> str:
    """Count the rows of what came in by table."""
    counted = {
        table: sum(row.table == table for row in rows) for table in ("sources", "claims", "events", "actors")
    }
    parts = [f"{number} {table if number > 1 else table[:-1]}" for table, number in counted.items() if number]
    return f": {', '.join(parts)}" if parts else ""


def _moment(at: str) -> str:
    when = dt.datetime.fromisoformat(at)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year} {when:%H:%M} UTC"
