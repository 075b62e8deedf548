"""Programmes: courses open one after the other, and the last one completes them."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.training import operations
from portal.training.models import Course, Enrolment, ProgrammeEnrolment
from portal.training.operations import ProgrammeTerms, complete, enrol_in_programme
from portal.training.states import CourseState, EnrolmentState, Origin, StepState
from portal.training.steps import progress, steps
from tests.factories import people, programmes
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")


def terms(*courses: tuple[Course, bool]) -> ProgrammeTerms:
    return ProgrammeTerms(people.in_words("First 90 days"), people.in_words("All of it."), courses)


def courses_of(person) -> list[str]:
    rows = sa.select(Enrolment).where(
        Enrolment.person_id == person.id, Enrolment.state == EnrolmentState.ENROLLED
    )
    return [row.course.title["en"] for row in db.session.scalars(rows.order_by(Enrolment.id))]


def done(person, course: Course) -> None:
    complete(
        person=person, course=course, completed_on=clock.today(), origin=Origin.MANAGER, by=None
    )


def test_the_first_course_opens_then_the_next_and_the_last_completes_it() -> None:
    one, two, extra = make.course("One"), make.course("Two"), make.course("Extra")
    programme = programmes.programme("Start", one, extra, two, optional=(extra,))
    account = people.account()
    person = account_person(account)
    way = enrol_in_programme(
        person, programme, origin=Origin.SELF, due_on=date(2026, 12, 24), by=account
    )
    assert courses_of(person) == ["One"]
    done(person, one)
    assert courses_of(person) == ["Two"]
    row = db.session.scalar(sa.select(Enrolment).where(Enrolment.course_id == two.id))
    assert row is not None
    assert (row.programme_id, row.due_on) == (programme.id, date(2026, 12, 24))
    done(person, two)
    assert way.completed_on == clock.today()
    assert "training.told_programme_done" in db.session.scalars(sa.select(Notice.kind)).all()


def account_person(account):
    from portal.people.models import Person

    return db.session.get_one(Person, account.person_id)


def test_without_order_everything_opens_at_once() -> None:
    one, two = make.course("One"), make.course("Two")
    programme = programmes.programme("", one, two, in_order=False)
    person = people.person()
    enrol_in_programme(person, programme, origin=Origin.MANAGER, by=None)
    assert courses_of(person) == ["One", "Two"]


def test_a_course_waits_for_its_own_prerequisite_outside_the_programme() -> None:
    basics = make.course("Basics")
    later = make.course("Later", after=(basics,))
    programme = programmes.programme("", later)
    person = people.person()
    enrol_in_programme(person, programme, origin=Origin.MANAGER, by=None)
    assert courses_of(person) == []
    done(person, basics)
    assert courses_of(person) == ["Later"]


def test_joining_again_returns_the_row_and_the_earlier_due_day_counts() -> None:
    programme, person = programmes.programme("", make.course()), people.person()
    first = enrol_in_programme(
        person, programme, origin=Origin.RULE, due_on=date(2026, 12, 20), by=None
    )
    again = enrol_in_programme(
        person, programme, origin=Origin.RULE, due_on=date(2026, 12, 10), by=None
    )
    assert again is first
    assert first.due_on == date(2026, 12, 10)
    assert db.session.scalar(sa.select(sa.func.count(Enrolment.id))) == 1


def test_who_may_not_join_is_told_why() -> None:
    person, shut = people.person(), make.course(self_enrol=False)
    programme = programmes.programme("", shut)
    with pytest.raises(Refused, match="Your manager or HR"):
        enrol_in_programme(person, programme, origin=Origin.SELF, by=None)
    done(person, shut)
    with pytest.raises(Refused, match="completed already"):
        enrol_in_programme(person, programme, origin=Origin.MANAGER, by=None)
    retired = programmes.programme("", make.course(), state=CourseState.RETIRED)
    with pytest.raises(Refused, match="not on offer"):
        enrol_in_programme(person, retired, origin=Origin.MANAGER, by=None)


def test_leaving_takes_the_person_out_of_its_courses_only() -> None:
    one, other = make.course("One"), make.course("Other")
    programme, account = programmes.programme("", one), people.account()
    person = account_person(account)
    make.enrolment(person, other)
    way = enrol_in_programme(person, programme, origin=Origin.SELF, by=account)
    operations.leave_programme(way, by=account)
    assert courses_of(person) == ["Other"]
    with pytest.raises(Refused):
        operations.leave_programme(way, by=account)


def test_who_was_taken_out_of_a_course_is_not_enrolled_again_by_the_programme() -> None:
    one, two = make.course("One"), make.course("Two")
    programme = programmes.programme("", one, two, in_order=False)
    person, boss = people.person(), people.account()
    enrol_in_programme(person, programme, origin=Origin.MANAGER, by=boss)
    row = db.session.scalar(sa.select(Enrolment).where(Enrolment.course_id == two.id))
    assert row is not None
    operations.cancel_enrolment(row, by=boss)
    done(person, one)
    assert courses_of(person) == []


def test_a_programme_needs_a_required_course_and_each_course_once() -> None:
    one = make.course()
    with pytest.raises(Refused, match="not optional"):
        operations.add_programme("start", terms((one, True)), by=None)
    with pytest.raises(Refused, match="once"):
        operations.add_programme("start", terms((one, False), (one, True)), by=None)
    operations.add_programme("start", terms((one, False)), by=None)
    with pytest.raises(Refused, match="key"):
        operations.add_programme("start", terms((one, False)), by=None)


def test_changing_a_programme_keeps_its_order_and_moves_people_on() -> None:
    one, two, three = (make.course(title) for title in ("One", "Two", "Three"))
    programme = operations.add_programme("start", terms((one, False), (two, False)), by=None)
    person = people.person()
    way = enrol_in_programme(person, programme, origin=Origin.MANAGER, by=None)
    done(person, one)
    operations.change_programme(programme, terms((three, False), (one, False)), by=None)
    assert [row.course.title["en"] for row in programme.courses] == ["Three", "One"]
    assert operations.follow_programme(programme, 0) is None
    assert "Three" in courses_of(person)
    operations.change_programme(programme, terms((one, False)), by=None)
    operations.follow_programme(programme, 0)
    assert way.completed_on == clock.today()


def test_steps_say_what_is_open_and_what_waits_for_what() -> None:
    one, extra, two = make.course(), make.course(), make.course()
    gone = make.course(state=CourseState.RETIRED)
    programme = programmes.programme("", one, extra, two, gone, optional=(extra,))
    found = steps(programme, (), {one.id})
    assert [step.state for step in found] == [
        StepState.UNDER_WAY, StepState.SHUT, StepState.SHUT, StepState.GONE,
    ]  # fmt: skip
    assert found[2].waits_for == [one]
    found = steps(programme, {one.id}, ())
    assert [step.state for step in found] == [
        StepState.DONE, StepState.OPEN, StepState.OPEN, StepState.GONE,
    ]  # fmt: skip
    assert progress(found) == (1, 3)


def test_two_ways_at_once_are_refused_by_the_database() -> None:
    programme, person = programmes.programme("", make.course()), people.person()
    programmes.way(programme, person)
    with pytest.raises(sa.exc.IntegrityError):
        programmes.way(programme, person)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(ProgrammeEnrolment.id))) == 0
