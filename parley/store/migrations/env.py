"""Alembic's entry: the connection is handed over by store.opening, the tables are those of store.schema."""

from alembic import context

from parley.store.schema import tables

context.configure(connection=context.config.attributes["connection"], target_metadata=tables)
with context.begin_transaction():
    context.run_migrations()
