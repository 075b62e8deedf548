"""Two workers that apply the same rule at the same moment enrol and tell everybody once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

import config
from portal import create_app
from portal.core import clock, jobs
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.inbox import Notice
from portal.training.models import Enrolment, EnrolmentRule, ProgrammeEnrolment
from portal.training.operations import apply_rule
from tests.databases import NewDatabase
from tests.factories import people, programmes
from tests.factories import training as make
from tests.schema import migrate

WORKERS = 3
PEOPLE = 40


@pytest.fixture
def own_app(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, because all workers must really commit."""
    built = create_app(
        config.Testing(),
        VAR=tmp_path,
        FILES_URL=f"file://{tmp_path / 'files'}",
        SQLALCHEMY_DATABASE_URI=new_database(),
    )
    with built.app_context():
        migrate(db.engine)
    yield built
    with built.app_context():
        db.session.remove()
        db.engine.dispose()


def number(of: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(of)) or 0


@pytest.mark.parametrize("with_programme", [False, True])
def test_workers_at_once_enrol_everybody_once(own_app: Flask, with_programme: bool) -> None:
    with own_app.app_context():
        role, team = people.role(), people.team()
        for _each in range(PEOPLE):
            people.account(person=people.employment(role=role, team=team).person)
        course = make.course()
        target = programmes.programme("", course) if with_programme else None
        rule = programmes.rule(course=None if target else course, programme=target, role=role).id
        db.session.commit()
    gate = Barrier(WORKERS)

    def work(_number: int) -> None:
        with own_app.app_context():
            gate.wait()
            apply_rule(db.session.get_one(EnrolmentRule, rule), clock.today())
            db.session.commit()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    with own_app.app_context():
        jobs.run_pending(own_app)
        assert number(Enrolment) == PEOPLE
        assert number(ProgrammeEnrolment) == (PEOPLE if with_programme else 0)
        assert number(Notice) == PEOPLE
        enrolled = sa.select(sa.func.count()).where(AuditEvent.action == "training.enrolled")
        assert db.session.scalar(enrolled) == PEOPLE
