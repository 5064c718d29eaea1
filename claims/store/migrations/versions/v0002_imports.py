"""Rows of other data sets, of which claims were made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COLUMNS = ("dataset", "row_id", "row_version", "file", "line", "row", "made")


def upgrade() -> None:
    """Make the table that imports.csv stands in."""
    op.create_table(
        "imports",
        sa.Column("collection", sa.Text, sa.ForeignKey("collections.collection"), primary_key=True),
        sa.Column("claim_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("more", *COLUMNS)),
    )
