"""Sessions: planned, changed and cancelled, and everybody's calendar follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest

from portal.core import clock
from portal.core.errors import Refused
from portal.core.mail.attachments import Attachment
from portal.core.mail.models import OutgoingMail
from portal.training.models import CourseSession
from portal.training.operations import Plan, cancel_session, change_session, plan_session
from portal.training.states import CourseKind, CourseState, EnrolmentState, SessionState
from tests.factories import people
from tests.factories import training as make
from tests.factories.accounts import mails

pytestmark = pytest.mark.usefixtures("db_session")


def plan(**values: Any) -> Plan:
    starts_at = values.pop("starts_at", None) or clock.now() + timedelta(days=14)
    defaults: dict[str, Any] = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "time_zone": "Europe/Istanbul",
        "place": "Room 4",
        "seats": 8,
        "trainer_name": "Ms Trainer",
    }
    return Plan(**(defaults | values))


def plan_of(session: CourseSession) -> Plan:
    return plan(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        seats=session.seats,
        trainer=session.trainer,
        trainer_name=session.trainer_name,
    )


def entry(mail: OutgoingMail) -> Any:
    calendar = icalendar.Calendar.from_ical(Attachment.from_json(mail.attachments[0]).content())
    return calendar["method"], calendar.walk("VEVENT")[0]


def test_a_session_is_planned_and_its_trainer_invited() -> None:
    trainer = people.account()
    course = make.course("Listening")
    session = plan_session(course, plan(trainer=trainer_of(trainer), trainer_name=""), by=None)
    assert (session.state, session.sequence) == (SessionState.PLANNED, 0)
    [mail] = mails()
    assert (mail.kind, mail.to_address) == ("training/teaching", trainer.email)
    method, event = entry(mail)
    assert (method, event["uid"], event["sequence"]) == ("REQUEST", session.uid, 0)
    assert event["summary"] == "Training: Listening"
    assert event["dtstart"].dt.tzinfo.key == "Europe/Istanbul"


def trainer_of(account: Any) -> Any:
    from portal.core.db import db
    from portal.people.models import Person

    return db.session.get(Person, account.person_id)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_at": datetime.fromisoformat("2026-11-24T08:59:00+00:00")}, "starts_at"),
        ({"starts_at": datetime.fromisoformat("2199-01-01T00:00:00+00:00")}, "starts_at"),
        ({"ends_at": datetime.fromisoformat("2026-11-25T00:00:00+00:00")}, "ends_at"),
        ({"ends_at": datetime.fromisoformat("2027-11-25T00:00:00+00:00")}, "ends_at"),
        ({"seats": 0}, "seats"),
        ({"seats": 10**9}, "seats"),
        ({"trainer_name": ""}, "trainer_name"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        plan_session(make.course(), plan(**change), by=None)
    assert refused.value.field == field


def test_courses_taken_alone_or_retired_have_no_sessions() -> None:
    with pytest.raises(Refused, match="on their own"):
        plan_session(make.course(kind=CourseKind.SELF_PACED), plan(), by=None)
    with pytest.raises(Refused, match="retired"):
        plan_session(make.course(state=CourseState.RETIRED), plan(), by=None)


def test_moving_a_session_counts_the_entry_of_everybody_up() -> None:
    session = make.session(seats=2)
    make.enrolment(session=session)
    make.enrolment(session=session)
    make.enrolment(session=session, state=EnrolmentState.WAITING)
    change_session(session, replace(plan_of(session), place="Room 5"), by=None)
    assert [mail.kind for mail in mails()] == ["training/moved"] * 2
    method, event = entry(mails()[0])
    assert (method, event["sequence"], event["location"]) == ("REQUEST", 1, "Room 5")
    assert event["uid"] == session.uid


def test_a_change_of_seats_alone_disturbs_nobody_and_lets_people_move_up() -> None:
    session = make.session(seats=1)
    make.enrolment(session=session)
    waiting = [make.enrolment(session=session, state=EnrolmentState.WAITING) for _each in "abc"]
    change_session(session, replace(plan_of(session), seats=3), by=None)
    assert session.sequence == 0
    assert [str(row.state) for row in waiting] == ["enrolled", "enrolled", "waiting"]
    assert [mail.kind for mail in mails()] == ["training/moved_up"] * 2


def test_fewer_seats_than_are_taken_are_refused() -> None:
    session = make.session()
    for _each in range(2):
        make.enrolment(session=session)
    with pytest.raises(Refused, match="2 seats are taken") as refused:
        change_session(session, replace(plan_of(session), seats=1), by=None)
    assert refused.value.field == "seats"
    change_session(session, replace(plan_of(session), seats=2), by=None)


def test_another_trainer_replaces_the_first_in_the_calendar() -> None:
    before, after = trainer_of(people.account()), trainer_of(people.account())
    session = make.session(trainer=before)
    change_session(session, replace(plan_of(session), trainer=after), by=None)
    assert [(mail.kind, entry(mail)[0]) for mail in mails()] == [
        ("training/teaching_off", "CANCEL"),
        ("training/teaching", "REQUEST"),
    ]


def test_cancelling_tells_everybody_and_keeps_them_enrolled() -> None:
    session = make.session(trainer=trainer_of(people.account()))
    seat = make.enrolment(session=session)
    waiting = make.enrolment(session=session, state=EnrolmentState.WAITING)
    cancel_session(session, by=None)
    assert session.state is SessionState.CANCELLED
    for row in (seat, waiting):
        assert (row.session, row.state) == (None, EnrolmentState.ENROLLED)
    assert [mail.kind for mail in mails()] == ["training/teaching_off", "training/called_off"]
    method, event = entry(mails()[1])
    assert (method, event["sequence"], event["status"]) == ("CANCEL", 1, "CANCELLED")
    with pytest.raises(Refused, match="over or was cancelled"):
        cancel_session(session, by=None)


def test_what_has_begun_is_not_changed() -> None:
    session = make.session(starts_at=clock.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="begun"):
        change_session(session, plan(), by=None)
