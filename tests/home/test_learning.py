"""What waits on the home page in training."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.core import clock as portal_clock
from portal.home.needs import needs_of
from portal.training.models import Credit
from portal.training.states import CreditState, EnrolmentState, SessionState
from tests.factories import people
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, db_session: Any) -> Any:
    with app.test_request_context():
        yield


def rows(account: Any) -> list[tuple[str, date]]:
    return [(need.title, need.due) for need in needs_of(account)]


def test_a_course_shows_from_a_week_before_it_is_due() -> None:
    person = people.person()
    me = people.account(person=person)
    for title, due in (("Late", 20), ("Soon", 30), ("Far", 30 + 15)):
        day = date(2026, 11, 1) + timedelta(days=due - 1)
        make.enrolment(person, make.course(title), due_on=day)
    make.enrolment(person, make.course("Whenever"))
    assert rows(me) == [
        ("Training: Late", date(2026, 11, 20)),
        ("Training: Soon", date(2026, 11, 30)),
    ]


def test_a_seat_shows_on_the_day_of_the_session_but_a_place_in_line_does_not() -> None:
    person = people.person()
    me = people.account(person=person, time_zone="Asia/Tokyo")
    evening = datetime(2026, 11, 26, 20, tzinfo=UTC)
    seat = make.session(make.course("Calls"), starts_at=evening)
    make.enrolment(person, session=seat)
    line = make.session(make.course("Letters"), starts_at=evening)
    make.enrolment(person, session=line, state=EnrolmentState.WAITING)
    assert rows(me) == [("Training: Calls", date(2026, 11, 27))]


def test_a_trainer_sees_what_they_teach_and_whose_attendance_is_not_recorded() -> None:
    person = people.person()
    me = people.account(person=person)
    for title, days in (("Past", -1), ("Next", 2), ("Far", 20)):
        starts_at = portal_clock.now() + timedelta(days=days)
        make.session(make.course(title), starts_at=starts_at, trainer=person)
    make.session(make.course("Off"), trainer=person, state=SessionState.CANCELLED)
    assert [title for title, _due in rows(me)] == ["Past: record who came", "You teach: Next"]


def test_claimed_hours_wait_for_hr_and_the_manager_not_for_who_claims_them() -> None:
    hire, lead = people.person("Ceren", "Arslan"), people.person()
    people.employment(hire, manager=lead)
    credit = Credit(
        person=hire, category=make.category(), minutes=60, earned_on=portal_clock.today(),
        title="Podcast", state=CreditState.CLAIMED, claimed_at=portal_clock.now(),
    )  # fmt: skip
    people.added(credit)
    manager = people.account(person=lead, roles=["manager"])
    said = [("Ceren Arslan: hours to check", date(2026, 11, 26))]
    assert rows(manager) == said
    assert rows(people.account(roles=["hr"])) == said
    assert rows(people.account(person=hire, roles=["hr"])) == []
    assert rows(people.account(roles=["manager"])) == []
