"""Commands of the kernel: migrate, serve, back up, verify the trail, compare models and schema."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click
import sqlalchemy as sa
from flask import current_app

from portal.core import audit, audit_jobs, clock, upkeep
from portal.core.app import ROOT
from portal.core.db import db, session_writes
from portal.core.translations_cli import translations

MIGRATIONS = str(ROOT / "migrations")


@click.command()
def migrate() -> None:
    """Bring the database to this release's schema; safe to run again."""
    with db.engine.execution_options(write=True).connect() as connection:
        upgrade_schema(connection)
    click.echo("The database has this release's schema.")


def upgrade_schema(connection: sa.Connection) -> None:
    """Run on ``connection`` every migration it has not seen."""
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.attributes["connection"] = connection
    upgrade(config, "head")


@click.command("check-migrations")
def check_migrations() -> None:
    """Say whether the migrations make exactly the tables of the models."""
    differences = schema_differences()
    for difference in differences:
        click.echo(str(difference))
    if differences:
        raise SystemExit(1)
    click.echo("Migrations and models agree.")


def schema_differences() -> Sequence[object]:
    """What Alembic would still change after running every migration on an empty SQLite database."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.connect() as connection:
        upgrade_schema(connection)
        context = MigrationContext.configure(connection, opts={"include_object": belongs_to_models})
        return list(compare_metadata(context, db.metadatas[None]))


def belongs_to_models(
    _thing: object, name: str | None, kind: str, reflected: bool, _other: object
) -> bool:
    """Leave out what no model describes: the search index's and the job engine's own tables."""
    return not (kind == "table" and reflected and name not in db.metadatas[None].tables)


@click.command("verify-audit")
def verify_audit() -> None:
    """Check the sealed hash chain of the audit trail and name the first broken row."""
    broken = audit.first_broken()
    if broken is not None:
        click.echo(f"Broken at event {broken}: it was changed or removed after it was sealed.")
        raise SystemExit(1)
    sealed = db.session.scalar(sa.select(sa.func.count()).select_from(audit.AuditSeal))
    click.echo(f"Whole: {sealed} sealed events.")


@click.command("seal-audit")
def seal_audit() -> None:
    """Seal every audit event that is not sealed yet."""
    total = 0
    with session_writes():
        while sealed := audit.seal():
            db.session.commit()
            total += sealed
    click.echo(f"{total} events sealed.")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Copy database and local files into a new folder below FOLDER, while the portal runs."""
    target = folder / f"portal-{clock.now():%Y%m%d-%H%M%S}"
    target.mkdir(mode=0o700, parents=True)
    _copy_database(db.engine.url, target)
    files = str(current_app.config["FILES_URL"])
    if files.startswith("file://") and Path(files[7:]).exists():
        click.echo("Copying files ...")
        shutil.copytree(files[7:], target / "files")
    click.echo(f"Backup complete: {target}")


def _copy_database(url: sa.URL, target: Path) -> None:
    click.echo("Copying the database ...")
    if url.get_backend_name() == "sqlite":
        with sqlite3.connect(str(url.database)) as connection:
            connection.execute("VACUUM INTO ?", (str(target / "portal.db"),))
    else:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        subprocess.run(  # noqa: S603 - our own configured address
            ["pg_dump", "--format=custom", f"--file={target / 'portal.dump'}", address],  # noqa: S607
            check=True,
        )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, help="Takes the next free one if in use.")
@click.option("--workers", default=1, show_default=True, help="Web processes of four threads each.")
@click.option("--jobs/--no-jobs", default=True, help="Run the job worker beside the web server.")
def serve(host: str, port: int, workers: int, jobs: bool) -> None:
    """Start the web server and, beside it, the worker."""
    _require_schema()
    port = _free_port(host, port)
    environment = os.environ | {
        "PORTAL_BASE_URL": os.environ.get("PORTAL_BASE_URL", f"http://{host}:{port}")
    }
    children = [subprocess.Popen(_web_command(host, port, workers), env=environment, cwd=ROOT)]  # noqa: S603
    if jobs:
        command = [sys.executable, "-m", "portal", "worker"]
        children.append(subprocess.Popen(command, env=environment, cwd=ROOT))  # noqa: S603
    _greet(environment["PORTAL_BASE_URL"])
    raise SystemExit(_wait(children))


def _require_schema() -> None:
    """Refuse to serve a database that this release does not fit.

    Raises:
        ClickException: if its migrations have not all been run.
    """
    with db.engine.connect() as connection:
        fits = fits_schema(connection)
    if not fits:
        message = "The database does not fit this release. Run: portal migrate"
        raise click.ClickException(message)


def fits_schema(connection: sa.Connection) -> bool:
    """Whether exactly the migrations of this release have been run."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    present = set(MigrationContext.configure(connection).get_current_heads())
    return present == set(ScriptDirectory(MIGRATIONS).get_heads())


def _web_command(host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--backpressure",
        "64",
        "--log-level",
        "warning",
        "--factory",
        "portal:create_app",
    ]


def _free_port(host: str, port: int) -> int:
    for candidate in range(port, port + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    message = f"No free port from {port} to {port + 19}."
    raise click.ClickException(message)


def _greet(address: str) -> None:
    click.echo(f"\n  The portal is at {address}\n")
    if current_app.config["DEMO"]:
        click.echo("  Demo sign-ins, all with the password “demo”:")
        for name in current_app.config["DEMO_ACCOUNTS"]:
            click.echo(f"    {name}@demo.example")
    click.echo("\n  Stop with Ctrl+C.\n")


def _wait(children: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait until one process ends or a signal comes, then stop all; returns the exit status."""
    over = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not over.wait(0.3):
        if any(child.poll() is not None for child in children):
            break
    failed = not over.is_set()
    for child in children:
        child.terminate()
    for child in children:
        child.wait(timeout=30)
    return 1 if failed else 0


PERIODIC = (audit_jobs.seal, upkeep.refresh_statistics)
"""Jobs of the kernel's own, known to workers because this module is loaded."""


COMMANDS = (translations, migrate, check_migrations, verify_audit, seal_audit, backup, serve)
