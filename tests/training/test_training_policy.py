"""Who may do what in training: role by relation, as a literal table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.core import clock
from portal.core.db import db
from portal.core.imports import SheetImport
from portal.people.models import Person
from portal.training import policy
from portal.training.states import CourseKind, CourseState, CreditState, EnrolmentState, Origin
from tests.factories import people, programmes
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")

VIEWERS = ("self", "manager", "lead", "above", "hr", "executive", "admin", "trainer", "peer")


@pytest.fixture
def scene() -> dict[str, Any]:
    """Somebody with a manager who leads no team, a lead, a chief above, and others around."""
    chief, lead = people.person(), people.person()
    branch = people.team(lead=chief)
    team = people.team(parent=branch, lead=lead)
    manager = people.person()
    person = people.employment(team=team, manager=manager).person
    peer = people.employment(team=team).person
    trainer = people.person()
    session = make.session(trainer=trainer)
    return {
        "self": people.account(person=person),
        "manager": people.account(person=manager),
        "lead": people.account(person=lead, leads=team),
        "above": people.account(person=chief, leads=branch),
        "hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
        "admin": people.account(roles=["admin"]),
        "trainer": people.account(person=trainer),
        "peer": people.account(person=peer),
        "person": person,
        "session": session,
        "seat": make.enrolment(person, session=session),
        "asked": make.enrolment(person, origin=Origin.MANAGER),
        "alone": make.enrolment(person, make.course(kind=CourseKind.SELF_PACED)),
        "over": make.enrolment(person, state=EnrolmentState.COMPLETED),
        "course": make.course(),
        "draft": make.course(state=CourseState.DRAFT),
        "category": make.category(),
        "programme": programmes.programme("", make.course()),
        "shut": programmes.programme("", make.course(), state=CourseState.DRAFT),
        "joined": programmes.way(programmes.programme("", make.course()), person),
        "sent": programmes.way(
            programmes.programme("", make.course()), person, origin=Origin.MANAGER
        ),
        "left": programmes.way(
            programmes.programme("", make.course()), person, closed_at=clock.now()
        ),
        "rule": programmes.rule(course=make.course()),
        "ended": programmes.rule(course=make.course(), ended_at=clock.now()),
        "completion": make.completion(person),
        "claim": programmes.claim(person),
        "checked": programmes.claim(person, state=CreditState.COUNTED),
        "bare": programmes.claim(person, file=None),
        "table": SheetImport(kind="completions"),
        "other table": SheetImport(kind="metrics"),
    }


ABOVE = {"manager", "lead", "above"}

TABLE = [
    (policy.see_training, "person", {"self", "hr"} | ABOVE),
    (policy.enrol_person, "person", {"hr"} | ABOVE),
    (policy.answers_for, "person", ABOVE),
    (policy.see_course, "course", set(VIEWERS)),
    (policy.see_course, "draft", {"hr"}),
    (policy.keep_course, "course", {"hr"}),
    (policy.keep_category, "category", {"hr"}),
    (policy.leave_session, "seat", {"self", "hr"} | ABOVE),
    (policy.leave_session, "over", set()),
    (policy.cancel_enrolment, "seat", {"self", "hr"} | ABOVE),
    (policy.cancel_enrolment, "asked", {"hr"} | ABOVE),
    (policy.cancel_enrolment, "over", set()),
    (policy.confirm_completion, "alone", {"self"}),
    (policy.confirm_completion, "seat", set()),
    (policy.record_result, "seat", {"hr", "trainer"} | ABOVE),
    (policy.record_result, "asked", {"hr"} | ABOVE),
    (policy.record_result, "over", set()),
    (policy.run_session, "session", {"hr", "trainer"}),
    (policy.change_session, "session", {"hr"}),
    (policy.enrol_in, "course", {"hr", "lead", "above"}),
    (policy.enrol_in, "draft", set()),
    (policy.keep_programme, "programme", {"hr"}),
    (policy.see_programme, "programme", set(VIEWERS)),
    (policy.see_programme, "shut", {"hr"}),
    (policy.enrol_in_programme, "programme", {"hr", "lead", "above"}),
    (policy.enrol_in_programme, "shut", set()),
    (policy.see_programme_enrolment, "joined", {"self", "hr"} | ABOVE),
    (policy.leave_programme, "joined", {"self", "hr"} | ABOVE),
    (policy.leave_programme, "sent", {"hr"} | ABOVE),
    (policy.leave_programme, "left", set()),
    (policy.end_rule, "rule", {"hr"}),
    (policy.end_rule, "ended", set()),
    (policy.ask_certificate, "completion", {"self", "hr"} | ABOVE),
    (policy.decide_hours, "claim", {"hr"} | ABOVE),
    (policy.decide_hours, "checked", set()),
    (policy.read_credit_file, "claim", {"self", "hr"} | ABOVE),
    (policy.read_credit_file, "bare", set()),
    (policy.see_import, "table", {"hr"}),
    (policy.see_import, "other table", set()),
]


@pytest.mark.parametrize(("rule", "row", "may"), TABLE)
def test_the_table(scene: dict[str, Any], rule: Callable[..., bool], row: str, may: set) -> None:
    assert {name for name in VIEWERS if rule(scene[name], scene[row])} == may


def test_hr_does_not_record_or_cancel_their_own() -> None:
    account = people.account(roles=["hr"])
    person = db.session.get_one(Person, account.person_id)
    row = make.enrolment(person, origin=Origin.MANAGER)
    assert not policy.record_result(account, row)
    assert not policy.cancel_enrolment(account, row)
    assert not policy.enrol_person(account, person)


def test_who_has_left_is_nobody_s_report_and_who_comes_is_the_manager_s() -> None:
    boss = people.person()
    account = people.account(person=boss)
    gone = people.employment(manager=boss, ends_on=date(2026, 11, 23)).person
    comes = people.employment(manager=boss, starts_on=date(2026, 12, 1)).person
    assert not policy.answers_for(account, gone)
    assert policy.answers_for(account, comes)
    assert not policy.answers_for(account, people.person())
