"""Enrolling: once, in a course on offer, with a seat or a place in line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.people.models import Person
from portal.training.models import Enrolment
from portal.training.operations import cancel_enrolment, enrol, leave_session
from portal.training.states import CourseState, EnrolmentState, Origin, SessionState
from tests.factories import people
from tests.factories import training as make
from tests.factories.accounts import mails

pytestmark = pytest.mark.usefixtures("db_session")


def colleague() -> tuple[Person, Account]:
    person = people.person()
    return person, people.account(person=person)


def own(person: Person, account: Account, course, **more) -> Enrolment:
    return enrol(person, course, origin=Origin.SELF, by=account, **more)


def kinds() -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).order_by(Notice.id)))


def test_enrolling_oneself_writes_one_row_and_no_mail() -> None:
    person, account = colleague()
    row = own(person, account, make.course())
    assert (row.state, row.origin, row.due_on) == (EnrolmentState.ENROLLED, Origin.SELF, None)
    assert kinds() == []
    assert mails() == []
    actions = sa.select(AuditEvent.action).where(AuditEvent.subject_type == "enrolment")
    assert db.session.scalars(actions).all() == ["training.enrolled"]


def test_somebody_else_s_wish_is_told_with_its_reason() -> None:
    person, _account = colleague()
    boss = people.account()
    reason = people.in_words("The interview showed less than the role asks for.")
    enrol(
        person,
        make.course("Listening"),
        origin=Origin.MANAGER,
        reason=reason,
        due_on=date(2026, 12, 24),
        by=boss,
    )
    assert kinds() == ["training.told_enrolled"]
    [mail] = mails()
    assert mail.subject == "You are enrolled in “Listening”"
    assert "Reason: The interview showed less" in mail.text
    assert "December 24, 2026" in mail.text
    assert "Please choose the session" in mail.text


def test_enrolling_again_returns_the_row_and_the_earlier_due_day_counts() -> None:
    person, account = colleague()
    course = make.course()
    first = own(person, account, course, due_on=date(2026, 12, 20))
    assert own(person, account, course, due_on=date(2026, 12, 24)) is first
    assert first.due_on == date(2026, 12, 20)
    assert own(person, account, course, due_on=date(2026, 12, 1)) is first
    assert first.due_on == date(2026, 12, 1)
    assert db.session.scalar(sa.select(sa.func.count(Enrolment.id))) == 1


@pytest.mark.parametrize("state", [CourseState.DRAFT, CourseState.RETIRED])
def test_a_course_that_is_not_on_offer_takes_nobody(state) -> None:
    person, account = colleague()
    with pytest.raises(Refused, match="is not on offer"):
        own(person, account, make.course(state=state))


def test_missing_prerequisites_are_named() -> None:
    person, account = colleague()
    basics, more = make.course("Basics"), make.course("More")
    advanced = make.course(after=(basics, more))
    make.completion(person, more)
    with pytest.raises(Refused, match="First these must be completed: “Basics”"):
        own(person, account, advanced)
    make.completion(person, basics)
    assert own(person, account, advanced).state is EnrolmentState.ENROLLED


def test_a_seat_is_mailed_with_an_entry_for_the_calendar() -> None:
    person, account = colleague()
    session = make.session(make.course("Listening"))
    row = own(person, account, session.course, session=session)
    assert row.session is session
    [mail] = mails()
    assert mail.kind == "training/invitation"
    assert mail.attachments[0]["method"] == "REQUEST"
    assert "December 1, 2026" in mail.text
    assert "12:00" in mail.text
    assert "09:00" in mail.text or "9:00" in mail.text


def test_a_full_session_makes_one_wait() -> None:
    session = make.session(seats=1)
    make.enrolment(session=session)
    person, account = colleague()
    row = own(person, account, session.course, session=session)
    assert row.state is EnrolmentState.WAITING
    assert mails() == []


def test_leaving_frees_the_seat_for_whoever_waits_longest() -> None:
    session = make.session(seats=1)
    first, mine = colleague()
    seat = own(first, mine, session.course, session=session)
    second, theirs = colleague()
    waiting = own(second, theirs, session.course, session=session)
    third, last = colleague()
    later = own(third, last, session.course, session=session)
    cancel_enrolment(seat, by=mine)
    assert (waiting.state, later.state) == (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
    assert kinds() == ["training.told_moved_up"]
    assert [mail.kind for mail in mails()] == [
        "training/invitation",
        "training/seat_given_up",
        "training/moved_up",
    ]
    assert [mail.attachments[0]["method"] for mail in mails()] == ["REQUEST", "CANCEL", "REQUEST"]


def test_giving_up_a_seat_keeps_the_enrolment() -> None:
    session = make.session(seats=1)
    person, account = colleague()
    row = own(person, account, session.course, session=session)
    leave_session(row, by=account)
    assert (row.state, row.session) == (EnrolmentState.ENROLLED, None)
    with pytest.raises(Refused, match="begun or is over"):
        leave_session(row, by=account)


def test_a_seat_elsewhere_is_kept_rather_than_waiting_here() -> None:
    course = make.course()
    mine, full = make.session(course), make.session(course, seats=1)
    make.enrolment(session=full)
    person, account = colleague()
    row = own(person, account, course, session=mine)
    with pytest.raises(Refused, match="the seat in the other one is kept"):
        own(person, account, course, session=full)
    assert row.session is mine


def test_changing_the_session_frees_the_first_one() -> None:
    course = make.course()
    before, after = make.session(course, seats=1), make.session(course)
    person, account = colleague()
    row = own(person, account, course, session=before)
    other, theirs = colleague()
    waiting = own(other, theirs, course, session=before)
    own(person, account, course, session=after)
    assert row.session is after
    assert (waiting.session, waiting.state) == (before, EnrolmentState.ENROLLED)


def test_a_session_of_another_course_is_refused() -> None:
    person, account = colleague()
    with pytest.raises(Refused, match="another course"):
        own(person, account, make.course(), session=make.session())


def test_a_session_that_was_cancelled_or_has_begun_is_refused() -> None:
    person, account = colleague()
    off = make.session(state=SessionState.CANCELLED)
    with pytest.raises(Refused, match="over or was cancelled"):
        own(person, account, off.course, session=off)
    begun = make.session(starts_at=clock.now() - timedelta(minutes=5))
    with pytest.raises(Refused, match="has begun"):
        own(person, account, begun.course, session=begun)


def test_after_the_last_try_only_somebody_else_enrols_again() -> None:
    person, account = colleague()
    failed = make.enrolment(person, state=EnrolmentState.FAILED)
    for origin in (Origin.SELF, Origin.RULE):
        with pytest.raises(Refused, match="All tries"):
            enrol(person, failed.course, origin=origin, by=account)
    again = enrol(person, failed.course, origin=Origin.MANAGER, by=people.account())
    assert again is not failed


def test_a_completed_enrolment_is_not_cancelled() -> None:
    done = make.enrolment(state=EnrolmentState.COMPLETED)
    with pytest.raises(Refused, match="Completed"):
        cancel_enrolment(done, by=None)
