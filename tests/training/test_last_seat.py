"""Two people who take the last seat at the same moment: one sits, the other waits."""

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
from portal.core.db import db
from portal.people.models import Person
from portal.training.models import Enrolment
from portal.training.states import EnrolmentState, Origin
from tests.databases import NewDatabase
from tests.factories import people
from tests.factories import training as make
from tests.page import PageClient
from tests.schema import migrate

PEOPLE = 4


@pytest.fixture
def own_app(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, because all requests must really commit."""
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


def states(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        rows = db.session.scalars(sa.select(Enrolment).order_by(Enrolment.id))
        return [(row.person_id, str(row.state)) for row in rows]


def post_at_once(requests: list[tuple[PageClient, str, dict[str, str]]]) -> list[int]:
    gate = Barrier(len(requests))

    def send(one: tuple[PageClient, str, dict[str, str]]) -> int:
        client, url, fields = one
        gate.wait()
        return client.post(url, fields).status

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def test_the_last_seat_is_taken_once(own_app: Flask) -> None:
    with own_app.app_context():
        session = make.session(seats=1)
        url, sent = f"/training/courses/{session.course_id}/join", {"session": str(session.id)}
        accounts = [people.account().id for _each in range(PEOPLE)]
        db.session.commit()
    clients = [PageClient(own_app).as_(account) for account in accounts]
    assert post_at_once([(client, url, sent) for client in clients]) == [303] * PEOPLE
    found = sorted(state for _person, state in states(own_app))
    assert found == ["enrolled", *["waiting"] * (PEOPLE - 1)]


def test_one_person_who_sends_twice_is_enrolled_once(own_app: Flask) -> None:
    with own_app.app_context():
        session = make.session(seats=5)
        url, sent = f"/training/courses/{session.course_id}/join", {"session": str(session.id)}
        account = people.account().id
        db.session.commit()
    clients = [PageClient(own_app).as_(account) for _each in range(3)]
    assert post_at_once([(client, url, sent) for client in clients]) == [303] * 3
    assert [state for _person, state in states(own_app)] == ["enrolled"]


def test_a_seat_given_up_while_another_is_taken_is_never_lost(own_app: Flask) -> None:
    with own_app.app_context():
        session = make.session(seats=1)
        url, sent = f"/training/courses/{session.course_id}/join", {"session": str(session.id)}
        leaver, comer = people.account(), people.account()
        person = db.session.get_one(Person, leaver.person_id)
        row = make.enrolment(person, session=session, origin=Origin.SELF)
        leave = f"/training/enrolments/{row.id}/cancel"
        keys = leaver.id, comer.id, comer.person_id
        db.session.commit()
    going, coming = (PageClient(own_app).as_(key) for key in keys[:2])
    assert post_at_once([(going, leave, {}), (coming, url, sent)]) == [303, 303]
    found = dict(states(own_app))
    assert found[keys[2]] == EnrolmentState.ENROLLED
