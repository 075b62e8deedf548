"""One transaction around a test, rolled back at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from portal.core.db import db


@contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """One transaction around everything this application does, rolled back at its end."""
    with app.app_context():
        engines = db.engines
        engine = engines[None]
    connection = engine.execution_options(write=True).connect()
    transaction = connection.begin()
    engines[None] = connection  # type: ignore[assignment]
    with app.app_context():
        db.session.configure(join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        engines[None] = engine
        transaction.rollback()
        connection.close()
