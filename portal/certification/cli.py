"""``portal badge-keys`` and ``portal rotate-badge-key``: the keys that sign badges."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from portal.certification import operations, queries
from portal.core.db import db, session_writes
from portal.core.errors import Refused


@click.command("badge-keys")
@with_appcontext
def badge_keys() -> None:
    """List the keys that sign badges, newest first; the first one is made if there is none."""
    with session_writes():
        try:
            operations.current_key(by=None)
        except Refused as refused:
            db.session.rollback()
            raise click.ClickException(refused.message) from refused
        db.session.commit()
    for key, signed in db.session.execute(queries.keys_with_counts()):
        until = f"retired {key.retired_at:%Y-%m-%d}" if key.retired_at else "signs now"
        click.echo(f"{key.kid}  made {key.created_at:%Y-%m-%d}  {until}  {signed} badges")


@click.command("rotate-badge-key")
@with_appcontext
def rotate_badge_key() -> None:
    """Make a new key for badges; those signed so far keep verifying."""
    with session_writes():
        key = operations.rotate_key(by=None)
        db.session.commit()
    click.echo(f"New badges are signed by {key.kid}.")


COMMANDS = (badge_keys, rotate_badge_key)
