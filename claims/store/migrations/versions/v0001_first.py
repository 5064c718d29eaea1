"""The first tables, and an audit that only grows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from claims.store.chain import FIRST

revision = "0001"
down_revision = None

SHEETS = {
    "sources": "source_id outlet title author url archived_url accessed published published_earliest published_latest "
    "language reliability repeats state text_sha256 note",
    "claims": "claim_id source_id event_id statement_id kind status modality actors actor_text speakers via root denies "
    "relates_to relation origin crossing destination place route origin_id crossing_id destination_id place_id route_id "
    "geo_precision date_start date_end date_kind date_text reported count_text count count_qualifier count_low "
    "count_high count_unit quote quote_start quote_end credibility note",
    "events": "event_id title title_ar kind note",
    "actors": "actor name name_ar type parent side aliases",
    "sides": "side name name_ar",
    "places": "place_id name name_ar kind country lon lat radius_km aliases geonames_id source checked note",
}
"""The columns of the tables of a folder as they were then; claims/model.py has them as they are now."""

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, and hang the chain on its beginning."""
    op.create_table(
        "collections",
        sa.Column("collection", sa.Text, primary_key=True),
        *(sa.Column("version", sa.Integer, nullable=False), _text("facts"), _text("headers")),
    )
    for name, columns in SHEETS.items():
        key, *others = columns.split()
        _create(
            name, key, sa.Column("position", sa.Integer, nullable=False), _text("more"), *map(_text, others)
        )
    _create("files", "name", _text("sha256"), _text("content"))
    _create("texts", "source_id", _text("sha256"), _text("language"), _text("content"))
    said = ("at", "who", "verdict", "text_sha256", "proposal", "claim_id", "reason")
    _create("decisions", "decision_id", *map(_text, said))
    op.create_index("ix_decisions_text_sha256", "decisions", ["text_sha256"])
    op.create_table(
        "audit",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
        *map(_text, ("at", "who", "what", "collection", "table_name", "row_id")),
        sa.Column("version", sa.Integer, nullable=False),
        *map(_text, ("before", "after", "previous", "hash")),
    )
    op.create_index("ix_audit_collection", "audit", ["collection"])
    head = op.create_table(
        "head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column("seq", NUMBER, nullable=False), _text("hash")),
    )
    op.bulk_insert(head, [{"one": 1, "seq": 0, "hash": FIRST}])
    for table in ("audit", "decisions"):
        _only_grows(table)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _create(name: str, key: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("collection", sa.Text, sa.ForeignKey("collections.collection"), primary_key=True),
        sa.Column(key, sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        *columns,
    )


def _only_grows(table: str) -> None:
    """Let the database refuse to change or remove a row of a table."""
    said = f"{table} only grows"
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"create trigger {table}_no_{verb} before {verb} on {table} begin select raise(abort, '{said}'); end"
            )
        return
    op.execute(
        f"create function {table}_only_grows() returns trigger language plpgsql as "
        f"$$ begin raise exception '{said}'; end $$"
    )
    rows = f"create trigger {table}_no_change before update or delete on {table}"
    op.execute(f"{rows} for each row execute function {table}_only_grows()")
    whole = f"create trigger {table}_no_truncate before truncate on {table}"
    op.execute(f"{whole} for each statement execute function {table}_only_grows()")
