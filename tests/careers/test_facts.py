"""Loading facts: everything of many people in as many statements as of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.careers import queries
from portal.careers.models import CareerClaim
from portal.careers.operations import Asked
from portal.careers.readiness import met, readiness
from portal.careers.states import ClaimState, EducationLevel, LineState, RequirementKind
from portal.core import clock as portal_clock
from portal.core.db import db
from portal.people.models import Person, Role
from portal.training.models import Programme, ProgrammeEnrolment
from portal.training.states import Origin
from tests.factories import careers as make
from tests.factories import certification, competencies, metrics, people, training
from tests.factories.people import added

DAY = date(2026, 11, 24)


def _programme() -> Programme:
    return added(Programme(
        key="leading", title=people.in_words("Leading"), summary={}, created_at=portal_clock.now()
    ))  # fmt: skip


@pytest.fixture
def role(db_session: Any, clock: Any) -> Role:
    """Asks for one of each kind."""
    row = people.role("Team lead")
    competencies.requirement(row, competencies.competency())
    make.requirements(
        row,
        make.experience(make.option(12), make.option(6, "leading", family="")),
        Asked(RequirementKind.EDUCATION, education=EducationLevel.BACHELOR),
        Asked(RequirementKind.CERTIFICATION, certification_id=certification.certification().id),
        Asked(RequirementKind.COURSE, course_id=training.course().id),
        Asked(RequirementKind.METRIC, metric_id=metrics.metric().id, mark=Decimal(80), months=2),
        Asked(RequirementKind.PROGRAMME, programme_id=_programme().id),
    )
    return row


def complete(person: Person, role: Role) -> None:
    """Give somebody one piece of evidence for each line."""
    from portal.certification.models import Certification
    from portal.competencies.models import Competency
    from portal.metrics.models import Metric
    from portal.training.models import Course

    by_kind = {need.kind: need.subject for need in queries.needs_of(role.id, DAY)}
    kind, hr = RequirementKind, people.account(roles=["hr"])
    skill = db.session.get_one(Competency, by_kind[kind.COMPETENCY])
    competencies.evidence(person, skill, 4)
    people.employment(person, role=people.role(), starts_on=date(2025, 6, 1))
    people.employment(people.person(), manager=person, starts_on=date(2026, 1, 1))
    decided = {
        "state": ClaimState.CONFIRMED, "decided_by_id": hr.id,
        "decided_at": datetime(2026, 3, 1, tzinfo=UTC),
    }  # fmt: skip
    make.claim(person, kind="education", education=EducationLevel.MASTER, starts_on=None, **decided)
    paper = db.session.get_one(Certification, by_kind[kind.CERTIFICATION])
    certification.award(person, paper, date(2026, 2, 1), None)
    course = db.session.get_one(Course, by_kind[kind.COURSE])
    training.completion(person, course, completed_on=date(2026, 4, 1))
    measured = db.session.get_one(Metric, by_kind[kind.METRIC])
    for month in (9, 10):
        metrics.value(person, measured, 90, period=date(2026, month, 1))
    added(ProgrammeEnrolment(
        person=person, programme_id=by_kind[kind.PROGRAMME], origin=Origin.SELF, due_on=None,
        completed_on=date(2026, 5, 1), created_at=portal_clock.now(),
        closed_at=portal_clock.now(),
    ))  # fmt: skip


def test_each_kind_of_evidence_is_found(role: Role) -> None:
    person = people.person()
    complete(person, role)
    needs = queries.needs_of(role.id, DAY)
    facts = queries.facts_of([person.id], needs, DAY)[person.id]
    lines = readiness(facts, needs, DAY)
    assert met(lines) == len(lines) == 7
    assert lines[1].months == (17, 10)


def test_somebody_without_a_record_has_no_facts(role: Role) -> None:
    person = people.person()
    needs = queries.needs_of(role.id, DAY)
    lines = readiness(queries.facts_of([person.id], needs, DAY)[person.id], needs, DAY)
    assert met(lines) == 0
    assert lines[0].state is LineState.UNKNOWN


@pytest.mark.parametrize("number", [1, 3, 30])
def test_facts_cost_the_same_for_one_and_for_many(
    role: Role, count_queries: Callable[[], int], number: int
) -> None:
    ids = []
    for _number in range(number):
        person = people.person()
        complete(person, role)
        ids.append(person.id)
    needs = queries.needs_of(role.id, DAY)
    db.session.expire_all()
    count_queries()
    found = queries.facts_of(ids, needs, DAY)
    assert count_queries() == 9
    assert all(met(readiness(facts, needs, DAY)) == 7 for facts in found.values())


def test_removing_one_piece_of_evidence_changes_exactly_its_line(role: Role) -> None:
    person = people.person()
    complete(person, role)
    needs = queries.needs_of(role.id, DAY)
    before = readiness(queries.facts_of([person.id], needs, DAY)[person.id], needs, DAY)
    db.session.query(CareerClaim).filter_by(person_id=person.id).delete()
    after = readiness(queries.facts_of([person.id], needs, DAY)[person.id], needs, DAY)
    changed = [str(old.need.kind) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ["education"]
