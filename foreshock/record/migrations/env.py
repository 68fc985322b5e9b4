"""Alembic's way in: the record hands over an open connection, nothing is read from an ini file."""

from alembic import context

from foreshock.record.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
