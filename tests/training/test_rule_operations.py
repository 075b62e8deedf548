"""Rules enrol whoever fits them, once, however often and by however many workers they are run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.people.models import Person
from portal.people.operations import start_employment
from portal.people.states import EmploymentReason
from portal.training import jobs, operations
from portal.training.models import Enrolment, EnrolmentRule, ProgrammeEnrolment
from portal.training.operations import apply_rule
from portal.training.operations.rule import number_to_enrol, reason_of
from portal.training.states import CourseState, EnrolmentState, Origin
from tests.factories import people, programmes
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")


def enrolled() -> list[tuple[int, int]]:
    rows = sa.select(Enrolment.person_id, Enrolment.course_id).order_by(Enrolment.id)
    return [(person, course) for person, course in db.session.execute(rows)]


def apply(rule: EnrolmentRule) -> None:
    while apply_rule(rule, clock.today()):
        pass


def test_a_rule_enrols_who_holds_the_role_in_the_team_or_below_at_the_site() -> None:
    role, site = people.role("Team lead"), people.site()
    branch = people.team(site=site)
    below = people.team(parent=branch)
    fits = people.employment(team=below, role=role).person
    people.employment(team=people.team(site=site), role=role)
    people.employment(team=below)
    people.employment(team=below, role=role, ends_on=date(2026, 11, 1))
    people.employment(team=below, role=role, starts_on=date(2027, 1, 1))
    people.employment(team=below, role=role, site=people.site())
    rule = programmes.rule(course=make.course(), role=role, team=branch, site=site)
    assert number_to_enrol(rule, clock.today()) == 1
    apply(rule)
    assert enrolled() == [(fits.id, rule.course_id)]
    row = db.session.scalars(sa.select(Enrolment)).one()
    assert (row.origin, row.rule_id, row.state) == (
        Origin.RULE, rule.id, EnrolmentState.ENROLLED,
    )  # fmt: skip
    assert (
        row.reason["en"] == f"Because your role is Team lead, in {branch.name['en']} at Istanbul."
    )
    assert set(row.reason) == {"en", "tr", "es", "ja"}


def test_running_again_enrols_nobody_twice_whatever_became_of_it() -> None:
    rule = programmes.rule(course=make.course())
    for _each in range(3):
        people.employment()
    apply(rule)
    apply(rule)
    assert len(enrolled()) == 3
    for row in db.session.scalars(sa.select(Enrolment)):
        row.state = EnrolmentState.CANCELLED
    db.session.flush()
    apply(rule)
    assert len(enrolled()) == 3


def test_who_completed_failed_is_enrolled_or_lacks_what_comes_before_is_left_alone() -> None:
    first = make.course("First")
    course = make.course(after=(first,))
    ready, done, failed, under_way, new = (people.employment().person for _each in range(5))
    for person in (ready, done, failed, under_way):
        make.completion(person, first)
    make.completion(done, course)
    make.enrolment(failed, course, state=EnrolmentState.FAILED)
    make.enrolment(under_way, course)
    rule = programmes.rule(course=course)
    apply(rule)
    rows = sa.select(Enrolment.person_id).where(Enrolment.rule_id == rule.id)
    assert db.session.scalars(rows).all() == [ready.id]
    make.completion(new, first)
    apply(rule)
    assert db.session.scalars(rows.order_by(Enrolment.id)).all() == [ready.id, new.id]


def test_days_count_from_the_first_day_that_fits_and_nothing_is_late_at_once() -> None:
    today = clock.today()
    people.employment(starts_on=date(2020, 1, 1))
    people.employment(starts_on=today - timedelta(days=2))
    rule = programmes.rule(course=make.course(), due_days=10, starts_on=today - timedelta(days=5))
    apply(rule)
    rows = sa.select(Enrolment.due_on).order_by(Enrolment.person_id)
    assert db.session.scalars(rows).all() == [
        today + timedelta(days=5), today + timedelta(days=8),
    ]  # fmt: skip
    old = programmes.rule(course=make.course(), due_days=0, starts_on=date(2026, 1, 1))
    apply(old)
    rows = sa.select(Enrolment.due_on).where(Enrolment.rule_id == old.id)
    assert set(db.session.scalars(rows)) == {today}


def test_a_programme_is_joined_and_its_open_course_begun() -> None:
    one, two = make.course("One"), make.course("Two")
    programme = programmes.programme("", one, two)
    fresh, half, whole = (people.employment().person for _each in range(3))
    make.completion(half, one)
    for course in (one, two):
        make.completion(whole, course)
    rule = programmes.rule(programme=programme)
    apply(rule)
    apply(rule)
    assert enrolled() == [(fresh.id, one.id), (half.id, two.id)]
    joined = db.session.scalars(sa.select(ProgrammeEnrolment.person_id)).all()
    assert sorted(joined) == [fresh.id, half.id]


def test_rules_that_are_ended_come_later_or_lead_to_nothing_enrol_nobody() -> None:
    people.employment()
    apply(programmes.rule(course=make.course(), ended_at=clock.now()))
    apply(programmes.rule(course=make.course(), starts_on=clock.today() + timedelta(days=1)))
    apply(programmes.rule(course=make.course(state=CourseState.RETIRED)))
    assert enrolled() == []


def test_people_are_told_once_by_a_job_and_the_trail_names_each() -> None:
    accounts = [people.account(person=people.employment().person) for _each in range(2)]
    apply(programmes.rule(course=make.course("Listening")))
    events = sa.select(AuditEvent.about_person_id).where(AuditEvent.action == "training.enrolled")
    assert sorted(db.session.scalars(events)) == [one.person_id for one in accounts]
    ids = [key for (key,) in db.session.execute(sa.select(Enrolment.id))]
    jobs.tell_enrolled(ids)
    told = db.session.scalars(sa.select(Notice.account_id).order_by(Notice.account_id)).all()
    assert told == [one.id for one in accounts]


def test_a_thousand_people_cost_a_few_statements(count_queries) -> None:
    role, team = people.role(), people.team()
    for _each in range(1_001):
        people.employment(team=team, role=role)
    rule = programmes.rule(course=make.course(), role=role)
    db.session.flush()
    count_queries()
    apply(rule)
    assert count_queries() < 60
    assert len(enrolled()) == 1_001


def test_new_people_are_enrolled_at_once_and_those_to_come_on_their_first_day() -> None:
    role, team = people.role(), people.team()
    programme = programmes.programme("", make.course("Start"))
    programmes.rule(course=make.course("Data"), role=role)
    programmes.rule(programme=programme, team=team)
    programmes.rule(course=make.course("Other"), role=people.role())

    def hire(starts_on: date) -> Person:
        person = people.person()
        start_employment(
            person, role=role, team=team, site=team.site, manager=None, starts_on=starts_on,
            reason=EmploymentReason.HIRE, by=None,
        )  # fmt: skip
        return person

    hired = hire(clock.today())
    hire(clock.today() + timedelta(days=30))
    assert {person for person, _course in enrolled()} == {hired.id}
    titles = sa.select(Enrolment).order_by(Enrolment.course_id)
    assert {row.course.title["en"] for row in db.session.scalars(titles)} == {"Data", "Start"}


def test_setting_a_rule_checks_it_and_ending_it_keeps_who_is_enrolled() -> None:
    boss, course = people.account(), make.course()

    def rule(**values: object) -> EnrolmentRule:
        given = {"course": course, "due_days": 30, "starts_on": clock.today()} | values
        return EnrolmentRule(**given)

    for bad, message in (
        (rule(course=None), "on offer"),
        (rule(course=make.course(state=CourseState.DRAFT)), "on offer"),
        (rule(due_days=-1), "0 to 3,650"),
    ):
        with pytest.raises(Refused, match=message):
            operations.set_rule(bad, by=boss)
    saved = operations.set_rule(rule(), by=boss)
    with pytest.raises(Refused, match="in force already"):
        operations.set_rule(rule(), by=boss)
    person = people.employment().person
    jobs.apply_rule(saved.id)
    operations.end_rule(saved, by=boss)
    people.employment()
    jobs.apply_rule(saved.id)
    assert enrolled() == [(person.id, course.id)]
    with pytest.raises(Refused, match="ended already"):
        operations.end_rule(saved, by=boss)


def test_each_condition_makes_its_sentence() -> None:
    role, team, site = people.role("Lead"), people.team("North"), people.site()
    course = make.course()
    sentences = {
        reason_of(programmes.rule(course=course, role=one, team=two, site=three))["en"]
        for one in (role, None) for two in (team, None) for three in (site, None)
    }  # fmt: skip
    assert sentences == {
        "Because your role is Lead, in North at Istanbul.",
        "Because your role is Lead in North.",
        "Because your role is Lead at Istanbul.",
        "Because your role is Lead.",
        "Because you work in North at Istanbul.",
        "Because you work in North.",
        "Because you work at Istanbul.",
        "Because everybody here takes it.",
    }
