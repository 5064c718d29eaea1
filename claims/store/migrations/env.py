"""Run migrations within the transaction of whoever opens the store; alembic reads this file by its path."""

from alembic import context

from claims.store.schema import METADATA
from claims.store.upgrade import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
context.run_migrations()
