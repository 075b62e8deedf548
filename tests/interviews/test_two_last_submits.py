"""Two interviewers who submit at the same moment open the panel exactly once."""

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
from portal.competencies.models import Evidence
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.inbox import Notice
from portal.interviews.models import Interview
from portal.interviews.states import InterviewState
from tests.databases import NewDatabase
from tests.factories import interviews as make
from tests.page import PageClient
from tests.schema import migrate


@pytest.fixture
def own_app(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, because both requests must really commit."""
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


@pytest.mark.usefixtures("clock")
def test_two_last_submits_at_once_open_the_panel_once(own_app: Flask) -> None:
    with own_app.app_context():
        made = make.interview()
        sent = [(card.account_id, card.id, _fields(make.fill(card))) for card in made.scorecards]
        key = made.id
        db.session.commit()
    clients = [PageClient(own_app).as_(account) for account, _card, _fields in sent]
    gate = Barrier(2)

    def submit(number: int) -> int:
        _account, card, fields = sent[number]
        gate.wait()
        return clients[number].post(f"/interviews/scorecards/{card}", fields).status

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(submit, range(2))) == [303, 303]
    with own_app.app_context():
        assert db.session.get_one(Interview, key).state is InterviewState.COMPLETE
        assert _count(Evidence) == 2
        assert _count(AuditEvent, AuditEvent.action == "interview.revealed") == 1
        assert _count(Notice, Notice.kind == "interviews.complete") == 3


def _fields(card) -> dict[str, str]:
    fields = {"version": str(card.version)}
    for answer in card.answers:
        fields[f"note-{answer.plan_question_id}"] = answer.note
        fields[f"rating-{answer.plan_question_id}"] = str(answer.rating)
    return fields


def _count(model: type, *where: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0
