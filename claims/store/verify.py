"""Verify the audit: that its chain holds, ends where its head says, and gives the tables as they are."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from claims.store.chain import FIRST, canonical, hash_of, state_of
from claims.store.schema import AUDIT, HEAD, KEPT, id_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

__all__ = ["Verified", "missing_triggers", "verify", "without_triggers"]

_TRIGGERS: Final = {
    "sqlite": (
        "select name from sqlite_master where type = 'trigger'",
        ("audit_no_delete", "audit_no_update", "decisions_no_delete", "decisions_no_update"),
    ),
    "postgresql": (
        (
            "select tgname from pg_trigger where not tgisinternal and tgenabled in ('O', 'A') "
            "and tgrelid in (to_regclass('audit'), to_regclass('decisions'))"
        ),
        ("audit_no_change", "audit_no_truncate", "decisions_no_change", "decisions_no_truncate"),
    ),
}
"""By the database: what gives the triggers that work, and those by which it refuses to change the audit and the decisions."""


@dataclass(frozen=True, slots=True)
class Verified:
    """The audit as it was verified: all that is wrong with it, and the number and hash of its last row."""

    problems: tuple[str, ...]
    last: tuple[int, str]


def verify(connection: Connection, noted: tuple[int, str] | None = None) -> Verified:
    """Look at every row of the audit and of the tables that it tells of.

    Args:
        connection: Within one state of the database.
        noted: The number and hash of an audit row, as somebody noted them outside the store.
    """
    states: dict[tuple[str, str, str], tuple[int, str]] = {}
    problems: list[str] = []
    number, previous, found = 0, FIRST, ""
    for row in connection.execute(select(AUDIT).order_by(AUDIT.c.seq)).mappings():
        problems += _breaks(row, number, previous)
        number, previous = row["seq"], row["hash"]
        states[row["table_name"], row["collection"], row["row_id"]] = (row["version"], row["after"])
        if noted and noted[0] == number:
            found = previous
    problems += _head_problems(connection, number, previous)
    if noted and found != noted[1]:
        problems.append(
            f"row {noted[0]} of the audit is not the one that was noted: the audit was written anew"
        )
    problems += [problem for name in KEPT for problem in _table_problems(connection, name, states)]
    return Verified(tuple(problems), (number, previous))


def missing_triggers(connection: Connection) -> list[str]:
    """List the triggers of the store that are gone or switched off: without them anybody may change what only grows."""
    asked, needed = _TRIGGERS[connection.dialect.name]
    there = set(connection.execute(text(asked)).scalars())
    return [name for name in needed if name not in there]


def without_triggers(connection: Connection) -> list[str]:
    """Say in a sentence of each missing trigger what may be changed without it, and what to do."""
    return [
        f"the trigger {trigger} is gone, so that {trigger.split('_')[0]} may be changed; find out who dropped it, and "
        "import the collections into a new store"
        for trigger in missing_triggers(connection)
    ]


def _breaks(row: Any, number: int, previous: str) -> Iterator[str]:
    expected = number + 1
    if row["seq"] != expected:
        until = row["seq"] - 1
        rows = f"row {expected} is" if until == expected else f"rows {expected} to {until} are"
        yield f"{rows} missing from the audit"
    elif row["previous"] != previous:
        yield f"row {row['seq']} of the audit does not follow from the row before it"
    if hash_of(row) != row["hash"]:
        yield (
            f"row {row['seq']} of the audit was changed after it was written "
            f"({row['what']} {row['table_name']} {row['row_id']} of {row['collection']})"
        )


def _head_problems(connection: Connection, number: int, previous: str) -> Iterator[str]:
    head = connection.execute(select(HEAD)).mappings().one_or_none()
    if head is None:
        yield "the audit's head is missing"
    elif head["seq"] > number:
        rows = (
            f"row {head['seq']} is"
            if head["seq"] == number + 1
            else f"rows {number + 1} to {head['seq']} are"
        )
        yield f"{rows} missing from the end of the audit"
    elif (head["seq"], head["hash"]) != (number, previous):
        yield f"the audit ends with row {number}, and its head says something else (row {head['seq']})"


def _table_problems(
    connection: Connection, name: str, states: dict[tuple[str, str, str], tuple[int, str]]
) -> Iterator[str]:
    """Compare a table with what the audit says that it holds."""
    there = set()
    for row in connection.execute(select(KEPT[name])).mappings():
        key = (name, row["collection"], row[id_of(name)])
        there.add(key)
        version, after = states.get(key, (0, ""))
        where = f"{name} {key[2]} of {key[1]}"
        if not after:
            yield f"{where} is there, and the audit does not say who wrote it"
        elif (version, after) != (row["version"], canonical(state_of(dict(row)))):
            yield f"{where} was changed, and the audit does not say by whom"
        elif not _holds_content(name, row):
            yield f"the content of {where} was changed, and the audit does not say by whom"
    for key, (_, after) in states.items():
        if after and key[0] == name and key not in there:
            yield f"{name} {key[2]} of {key[1]} is gone, and the audit does not say who withdrew it"


def _holds_content(name: str, row: Any) -> bool:
    """Tell whether a whole text or file is still the one whose hash the audit tells."""
    if "content" not in row:
        return True
    try:
        content = row["content"].encode() if name == "texts" else base64.b64decode(row["content"])
    except ValueError:  # no base64
        return False
    return hashlib.sha256(content).hexdigest() == str(row["sha256"])
