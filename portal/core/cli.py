"""The ``portal`` command line: what an administrator runs."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import FlaskGroup

from portal.core import administration


def _app() -> Flask:
    from portal import create_app

    return create_app()


@click.group(cls=FlaskGroup, create_app=_app, add_version_option=False)
def main() -> None:
    """Run and look after the portal."""


def register(app: Flask) -> None:
    """Add the kernel's commands; features add theirs."""
    administration.register(app)
    for command in administration.COMMANDS:
        app.cli.add_command(command)
