"""The ``portal`` command line: what an administrator runs."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import FlaskGroup

from portal.core import administration
from portal.core.db import db


def _app() -> Flask:
    from flask_migrate import Migrate

    from portal import create_app

    app = create_app()
    # For ``portal db``, which makes new migrations; no web worker needs it.
    Migrate(app, db, directory=administration.MIGRATIONS)  # type: ignore[no-untyped-call]
    return app


@click.group(cls=FlaskGroup, create_app=_app, add_version_option=False)
def main() -> None:
    """Run and look after the portal."""


def register(app: Flask) -> None:
    """Add the kernel's commands; features add theirs."""
    for command in administration.COMMANDS:
        app.cli.add_command(command)
