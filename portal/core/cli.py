"""The ``portal`` command line: what an administrator runs."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import FlaskGroup

from portal.core.db import db


def _app() -> Flask:
    from portal import create_app

    return create_app()


@click.group(cls=FlaskGroup, create_app=_app, add_default_commands=True)
def main() -> None:
    """Run and look after the portal."""


@click.command("verify-audit")
def verify_audit() -> None:
    """Check the sealed hash chain of the audit trail and name the first broken row."""
    from portal.core import audit

    broken = audit.first_broken()
    if broken is not None:
        click.echo(f"Broken at event {broken}: it was changed or removed after it was sealed.")
        raise SystemExit(1)
    sealed = db.session.scalar(db.select(db.func.count()).select_from(audit.AuditSeal))
    click.echo(f"Whole: {sealed} sealed events.")


def register(app: Flask) -> None:
    """Add the kernel's commands; features add theirs."""
    app.cli.add_command(verify_audit)
