"""Runs the migrations and compares models with the database; version files never import portal."""

from contextlib import contextmanager

from alembic import context
from flask import current_app, has_app_context


def render_item(kind, thing, autogen_context):
    """Write our column types as the plain ones they are made of."""
    if kind != "type":
        return False
    if type(thing).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    if type(thing).__name__ == "JSON":
        autogen_context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if type(thing).__name__ == "String" and "postgresql" in getattr(thing, "_variant_mapping", {}):
        return (
            f'sa.String({thing.length}).with_variant(sa.String({thing.length}, "C"), "postgresql")'
        )
    return False


def of_models(thing, name, kind, reflected, other):
    """Leave the tables of the search index and the job engine alone."""
    return not (kind == "table" and reflected and name not in metadata.tables)


@contextmanager
def rebuilding(connection):
    """Let batch operations make SQLite's tables anew although others refer to them.

    The switch works only outside a transaction, so a migration can't turn it itself.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    enforced = raw.execute("PRAGMA foreign_keys").fetchone()[0]
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA foreign_keys = {enforced}")


def run(connection):
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=render_item,
        include_object=of_models,
        transaction_per_migration=True,
    )
    with rebuilding(connection), context.begin_transaction():
        context.run_migrations()


metadata = current_app.extensions["sqlalchemy"].metadatas[None] if has_app_context() else None
given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = current_app.extensions["sqlalchemy"].engine
    with engine.execution_options(write=True).connect() as connection:
        run(connection)
