"""Runs the migrations, inside the application or on a connection handed in."""

from alembic import context
from flask import current_app, has_app_context


def run(connection):
    context.configure(connection=connection, render_as_batch=True, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = current_app.extensions["sqlalchemy"].engine
    with engine.execution_options(write=True).connect() as connection:
        run(connection)
