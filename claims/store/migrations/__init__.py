"""The store's migrations, which alembic runs when a store is opened."""
