"""Times with a zone, stale writes, and who holds SQLite's write lock when."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

import config
from portal import create_app
from portal.core.db import db, session_writes
from portal.people.models import Person
from tests.factories import hiring, people
from tests.schema import migrate

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_time_without_a_zone_is_refused(db_session) -> None:
    with pytest.raises(sa.exc.StatementError, match="naive datetime"):
        people.person(created_at=datetime(2026, 11, 24, 9, 0))  # noqa: DTZ001


def test_a_time_comes_back_in_utc(db_session) -> None:
    istanbul = AT.astimezone(timezone(timedelta(hours=3)))
    person = people.person(created_at=istanbul)
    db_session.expire(person)
    assert person.created_at == AT
    assert person.created_at.tzinfo is UTC


def test_a_stale_write_fails(db_session, clock) -> None:
    row = hiring.requisition()
    table = type(row).__table__
    db_session.execute(sa.update(table).values(version=table.c.version + 1))
    row.openings = 5
    with pytest.raises(StaleDataError):
        db_session.flush()


def test_rows_name_themselves_without_personal_data(db_session, clock) -> None:
    person = people.person("Deniz")
    assert repr(person) == f"<Person ({person.id},)>"


@pytest.fixture
def on_file(tmp_path: Path) -> Flask:
    """A portal of its own on a migrated SQLite file."""
    app = create_app(
        config.Testing(),
        VAR=tmp_path,
        FILES_URL=f"file://{tmp_path / 'files'}",
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'portal.db'}",
    )
    with app.app_context():
        migrate(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def begun(on_file: Flask) -> list[str]:
    """How each transaction on the file began."""
    seen: list[str] = []
    with on_file.app_context():
        engine = db.engine

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        if statement.startswith("BEGIN"):
            seen.append(statement)

    return seen


def touch() -> None:
    db.session.execute(sa.text("SELECT 1"))


@pytest.mark.parametrize(
    ("method", "begins"),
    [("GET", "BEGIN"), ("HEAD", "BEGIN"), ("POST", "BEGIN IMMEDIATE")],
)
def test_a_request_that_may_write_takes_the_lock_at_once(on_file, begun, method, begins) -> None:
    with on_file.test_request_context(method=method):
        touch()
    assert begun == [begins]


def test_a_get_request_may_ask_to_write(on_file, begun) -> None:
    with on_file.test_request_context(method="GET"):
        touch()
        db.session.commit()
        with session_writes():
            touch()
        db.session.commit()
        touch()
    assert begun == ["BEGIN", "BEGIN IMMEDIATE", "BEGIN"]


def test_a_command_writes(on_file, begun) -> None:
    with on_file.app_context():
        touch()
    assert begun == ["BEGIN IMMEDIATE"]


def test_orm_and_plain_statements_share_one_transaction(on_file, begun) -> None:
    with on_file.test_request_context(method="POST"):
        people.person("Deniz")
        touch()
        db.session.scalars(sa.select(Person)).all()
        db.session.commit()
    assert begun == ["BEGIN IMMEDIATE"]


def test_threads_that_write_at_once_wait_for_each_other(on_file: Flask, clock) -> None:
    """Read, then write, many times over: a deferred transaction would end "database is locked"."""
    faults: list[BaseException] = []
    together = threading.Barrier(4)

    def write() -> None:
        together.wait()
        for _ in range(15):
            try:
                with on_file.test_request_context(method="POST"):
                    db.session.scalar(sa.select(sa.func.count()).select_from(Person))
                    people.person()
                    db.session.commit()
            except BaseException as fault:  # noqa: BLE001 - any is one too many
                faults.append(fault)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with on_file.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 60


def test_readers_do_not_wait_for_a_writer(on_file: Flask, clock) -> None:
    with on_file.test_request_context(method="POST"):
        people.person()
        found: list[int] = []

        def read() -> None:
            with on_file.test_request_context(method="GET"):
                found.append(db.session.scalar(sa.select(sa.func.count()).select_from(Person)))

        thread = threading.Thread(target=read)
        thread.start()
        thread.join(timeout=5)
        assert found == [0]
