"""Attendance and results: each way a try can end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.training.models import Completion, CourseSession
from portal.training.operations import confirm_completion, enrol, hold_session, record_result
from portal.training.states import CourseKind, EnrolmentState, Origin, SessionState
from tests.factories import people
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")

TODAY = date(2026, 11, 24)


def held(**course) -> CourseSession:
    """A session that ended late yesterday evening in Istanbul."""
    start = clock.now() - timedelta(hours=15)
    return make.session(make.course(**course), starts_at=start)


def hr() -> Account:
    return people.account(roles=["hr"])


def kinds() -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).order_by(Notice.id)))


def with_account(row) -> None:
    people.account(person=row.person)


def test_who_came_has_completed_a_course_without_a_test() -> None:
    session = held()
    came, missed = make.enrolment(session=session), make.enrolment(session=session)
    waiting = make.enrolment(session=session, state=EnrolmentState.WAITING)
    with_account(missed)
    with_account(waiting)
    hold_session(session, present={came.id}, by=hr())
    assert session.state is SessionState.HELD
    assert (came.state, missed.state) == (EnrolmentState.COMPLETED, EnrolmentState.ABSENT)
    assert (waiting.state, waiting.session) == (EnrolmentState.ENROLLED, None)
    [row] = db.session.scalars(sa.select(Completion)).all()
    assert (row.person, row.completed_on) == (came.person, date(2026, 11, 23))
    assert kinds() == ["training.told_absent", "training.told_no_seat"]


def test_with_a_test_who_came_still_needs_a_result() -> None:
    session = held(pass_mark=70)
    came = make.enrolment(session=session)
    hold_session(session, present=[came.id], by=hr())
    assert came.state is EnrolmentState.ENROLLED


def test_somebody_marked_absent_by_mistake_came_after_all() -> None:
    session = held()
    row = make.enrolment(session=session)
    hold_session(session, present=(), by=hr())
    assert row.state is EnrolmentState.ABSENT
    hold_session(session, present=[row.id], by=hr())
    assert row.state is EnrolmentState.COMPLETED


def test_a_mistake_is_not_corrected_over_a_new_enrolment() -> None:
    session = held()
    row = make.enrolment(session=session)
    hold_session(session, present=(), by=hr())
    enrol(row.person, row.course, origin=Origin.SELF, by=None)
    with pytest.raises(Refused, match="enrolled in this course again already"):
        hold_session(session, present=[row.id], by=hr())


def test_forged_names_future_and_cancelled_sessions_are_refused() -> None:
    session = held()
    stranger = make.enrolment()
    with pytest.raises(Refused, match="does not take part"):
        hold_session(session, present=[stranger.id], by=hr())
    for other in (make.session(), make.session(state=SessionState.CANCELLED)):
        with pytest.raises(Refused, match="has not taken place"):
            hold_session(other, present=(), by=hr())


def test_a_score_at_the_pass_mark_passes() -> None:
    row = make.enrolment(course_=make.course(pass_mark=70))
    with_account(row)
    attempt = record_result(row, taken_on=TODAY, score=70, by=hr())
    assert (attempt.passed, row.state) == (True, EnrolmentState.COMPLETED)
    done = db.session.scalars(sa.select(Completion)).one()
    assert (done.score, done.enrolment_id) == (70, row.id)
    assert kinds() == ["training.told_passed"]


def test_below_it_one_may_try_again_until_no_try_is_left() -> None:
    row = make.enrolment(course_=make.course(pass_mark=70, most_attempts=2))
    with_account(row)
    record_result(row, taken_on=TODAY, score=69, by=hr())
    assert row.state is EnrolmentState.ENROLLED
    record_result(row, taken_on=TODAY, score=10, by=hr())
    assert row.state is EnrolmentState.FAILED
    assert [attempt.number for attempt in row.attempts] == [1, 2]
    assert kinds() == ["training.told_again", "training.told_failed"]
    with pytest.raises(Refused, match="Not passed"):
        record_result(row, taken_on=TODAY, score=99, by=hr())


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"score": None}, "score"),
        ({"score": 101}, "score"),
        ({"score": -1}, "score"),
        ({"score": 80, "taken_on": date(2026, 11, 26)}, "taken_on"),
    ],
)
def test_a_result_that_cannot_be_is_refused_at_its_field(sent, field: str) -> None:
    row = make.enrolment(course_=make.course(pass_mark=70))
    with pytest.raises(Refused) as refused:
        record_result(row, **({"taken_on": TODAY} | sent), by=hr())
    assert refused.value.field == field


def test_without_a_test_somebody_must_say_whether_it_is_passed() -> None:
    row = make.enrolment()
    with pytest.raises(Refused, match="whether it is passed"):
        record_result(row, taken_on=TODAY, by=hr())
    record_result(row, taken_on=TODAY, passed=True, by=hr())
    assert row.state is EnrolmentState.COMPLETED


def test_nobody_records_their_own_result() -> None:
    row = make.enrolment()
    own = people.account(person=row.person, roles=["hr"])
    with pytest.raises(Refused, match="their own"):
        record_result(row, taken_on=TODAY, passed=True, by=own)


def test_a_session_to_come_and_a_waiting_list_have_no_results() -> None:
    session = make.session()
    with pytest.raises(Refused, match="not taken place"):
        record_result(make.enrolment(session=session), taken_on=TODAY, passed=True, by=hr())
    waiting = make.enrolment(session=session, state=EnrolmentState.WAITING)
    with pytest.raises(Refused, match="waits for a seat"):
        record_result(waiting, taken_on=TODAY, passed=True, by=hr())


def test_what_one_takes_alone_without_a_test_one_confirms() -> None:
    row = make.enrolment(course_=make.course(kind=CourseKind.SELF_PACED))
    done = confirm_completion(row, by=people.account(person=row.person))
    assert (row.state, done.completed_on) == (EnrolmentState.COMPLETED, TODAY)
    with pytest.raises(Refused):
        confirm_completion(row, by=people.account(person=people.person()))


@pytest.mark.parametrize(
    "course", [{"kind": CourseKind.SESSION}, {"kind": CourseKind.SELF_PACED, "pass_mark": 50}]
)
def test_what_has_a_trainer_or_a_test_one_cannot_confirm(course) -> None:
    row = make.enrolment(course_=make.course(**course))
    with pytest.raises(Refused, match="Somebody else"):
        confirm_completion(row, by=people.account(person=row.person))
