"""The commands of whoever looks after the portal."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

import config
from portal import create_app
from portal.core import administration, audit, files
from portal.core.cli import main
from portal.core.db import db
from portal.people.models import Person
from portal.people.states import PeopleFact
from tests.databases import NewDatabase
from tests.factories import people
from tests.postgres import programs


def portal_on(folder: Path, database: str) -> Flask:
    return create_app(
        config.Testing(),
        VAR=folder,
        FILES_URL=f"file://{folder / 'files'}",
        SQLALCHEMY_DATABASE_URI=database,
    )


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(main, list(words))


@pytest.fixture
def portal(new_database: NewDatabase, tmp_path: Path, clock: object) -> Iterator[Flask]:
    """A migrated portal of its own with one person and one file."""
    folder = tmp_path / "live"
    folder.mkdir()
    app = portal_on(folder, new_database())
    assert run(app, "migrate").exit_code == 0
    with app.app_context():
        person = people.person("Deniz")
        audit.record(PeopleFact.PERSON_ADDED, person, by=None)
        files.store(b"%PDF-1.7", name="cv.pdf", media_type="application/pdf")
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def postgresql_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the same version as the test server, before any other."""
    monkeypatch.setenv("PATH", str(programs()), prepend=os.pathsep)


def test_migrating_twice_changes_nothing(portal: Flask) -> None:
    again = run(portal, "migrate")
    assert again.exit_code == 0, again.output
    assert "has this release's schema" in again.output
    with portal.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


def test_migrations_and_models_agree(portal: Flask) -> None:
    result = run(portal, "check-migrations")
    assert (result.exit_code, result.output) == (0, "Migrations and models agree.\n")


def test_serving_accepts_the_database_just_migrated(portal: Flask) -> None:
    with portal.app_context():
        administration._require_schema()


def test_a_model_without_its_migration_is_named(portal, monkeypatch) -> None:
    monkeypatch.setattr(administration, "schema_differences", lambda: [("add_table", "badge")])
    result = run(portal, "check-migrations")
    assert result.exit_code == 1
    assert "badge" in result.output


def test_sealing_and_verifying(portal: Flask) -> None:
    assert run(portal, "seal-audit").output == "1 events sealed.\n"
    assert run(portal, "seal-audit").output == "0 events sealed.\n"
    assert run(portal, "verify-audit").output == "Whole: 1 sealed events.\n"


def test_a_broken_trail_names_the_row_and_fails(portal: Flask) -> None:
    run(portal, "seal-audit")
    with portal.app_context(), db.engine.execution_options(write=True).begin() as thief:
        on_postgresql = thief.dialect.name == "postgresql"
        guard = "append_only ON audit_event" if on_postgresql else "no_update"
        thief.exec_driver_sql(f"DROP TRIGGER audit_event_{guard}")
        thief.exec_driver_sql("UPDATE audit_event SET account_id = 1")
    result = run(portal, "verify-audit")
    assert result.exit_code == 1
    assert "Broken at event 1" in result.output


def restored_from(copy: Path, new_database: NewDatabase) -> Flask:
    """A portal on what a backup has kept."""
    if not (copy / "portal.dump").exists():
        return portal_on(copy, f"sqlite:///{copy / 'portal.db'}")
    url = new_database()
    command = ["pg_restore", "--no-owner", f"--dbname={url}", str(copy / "portal.dump")]
    subprocess.run(command, check=True)
    return portal_on(copy, url)


@pytest.mark.usefixtures("postgresql_programs")
def test_a_backup_made_while_somebody_writes_can_be_restored(
    portal: Flask, new_database: NewDatabase, tmp_path: Path
) -> None:
    run(portal, "seal-audit")
    with portal.test_request_context(method="POST"):
        people.person("Unfinished")
        result = run(portal, "backup", str(tmp_path / "copies"))
        assert result.exit_code == 0, result.output
        db.session.rollback()
    (copy,) = (tmp_path / "copies").iterdir()
    assert f"Backup complete: {copy}" in result.output

    restored = restored_from(copy, new_database)
    with restored.app_context():
        assert db.session.scalars(sa.select(Person.given_name)).all() == ["Deniz"]
        stored = db.session.scalars(sa.select(files.StoredFile)).one()
        assert files.read(stored) == b"%PDF-1.7"
        db.session.remove()
    assert run(restored, "verify-audit").output == "Whole: 1 sealed events.\n"
    assert run(restored, "migrate").exit_code == 0
    with restored.app_context():
        db.engine.dispose()


@pytest.mark.usefixtures("postgresql_programs")
def test_a_backup_is_closed_to_others(portal, tmp_path: Path) -> None:
    run(portal, "backup", str(tmp_path / "copies"))
    (copy,) = (tmp_path / "copies").iterdir()
    assert copy.stat().st_mode & 0o077 == 0


def test_serving_refuses_a_database_of_another_release(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    empty = portal_on(tmp_path, new_database())
    result = run(empty, "serve")
    assert result.exit_code == 1
    assert "Run: portal migrate" in result.output
    with empty.app_context():
        db.engine.dispose()


def test_serving_takes_the_next_free_port() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert administration._free_port("127.0.0.1", port) > port


def test_serving_stops_everything_when_one_process_ends() -> None:
    children = [
        subprocess.Popen(["true"]),
        subprocess.Popen(["sleep", "60"]),
    ]
    assert administration._wait(children) == 1
    assert all(child.poll() is not None for child in children)


@pytest.mark.parametrize(
    "command",
    [
        "migrate", "check-migrations", "verify-audit", "seal-audit", "backup", "serve", "worker",
        "demo", "create-admin",
    ],
)  # fmt: skip
def test_every_command_explains_itself(app: Flask, command: str) -> None:
    result = run(app, command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert len(result.output.splitlines()) > 4
