"""Rules that enrol people, and whom each of them would enrol on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from portal.people.models import Employment, Team
from portal.people.queries import within
from portal.people.queries.employments import covering
from portal.training.models import (
    Completion,
    CoursePrerequisite,
    Enrolment,
    EnrolmentRule,
    ProgrammeCourse,
    ProgrammeEnrolment,
)
from portal.training.states import LIVE, EnrolmentState


def rules(*, live: bool) -> sa.Select[EnrolmentRule]:
    """The rules in force, or those that were ended, with all they name."""
    ended = EnrolmentRule.ended_at.is_not(None)
    return (
        sa.select(EnrolmentRule)
        .where(~ended if live else ended)
        .options(
            joinedload(EnrolmentRule.course),
            joinedload(EnrolmentRule.programme),
            joinedload(EnrolmentRule.role),
            joinedload(EnrolmentRule.team),
            joinedload(EnrolmentRule.site),
        )
        .order_by(EnrolmentRule.id)
    )


def rules_for(employment: Employment, day: date) -> sa.Select[EnrolmentRule]:
    """The rules in force on a day whose conditions an employment meets."""
    path = sa.literal(employment.team.path)
    above = sa.func.substr(path, 1, sa.func.length(Team.path)) == Team.path
    return (
        rules(live=True)
        .outerjoin(Team, Team.id == EnrolmentRule.team_id)
        .where(
            EnrolmentRule.starts_on <= day,
            sa.or_(EnrolmentRule.role_id.is_(None), EnrolmentRule.role_id == employment.role_id),
            sa.or_(EnrolmentRule.site_id.is_(None), EnrolmentRule.site_id == employment.site_id),
            sa.or_(EnrolmentRule.team_id.is_(None), above),
        )
    )


def to_enrol(rule: EnrolmentRule, day: date) -> sa.Select[*tuple[Any, ...]]:
    """Whom a rule has still to enrol on a day: person id and first day of the employment.

    Left out is who has completed the target or is under way to it, whom this rule has enrolled
    before whatever became of it, who has used up all tries, and who is not yet allowed to begin.
    The rule need not be saved.
    """
    select = (
        sa.select(Employment.person_id, Employment.starts_on)
        .where(covering(day), *_conditions(rule))
        .order_by(Employment.person_id)
    )
    if rule.team is not None:
        select = select.join(Team, Team.id == Employment.team_id)
    left_out = _out_of_programme(rule) if rule.programme else _out_of_course(rule)
    return select.where(*(~condition for condition in left_out))


def _conditions(rule: EnrolmentRule) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if rule.role is not None:
        found.append(Employment.role_id == rule.role.id)
    if rule.site is not None:
        found.append(Employment.site_id == rule.site.id)
    if rule.team is not None:
        found.append(within(Team.path, rule.team.path))
    return found


def _out_of_course(rule: EnrolmentRule) -> list[sa.ColumnElement[bool]]:
    assert rule.course is not None
    course_id = rule.course.id
    own = Enrolment.person_id == Employment.person_id
    before = sa.or_(Enrolment.state.in_([*LIVE, EnrolmentState.FAILED]), _by(rule, Enrolment))
    return [
        sa.exists().where(own, Enrolment.course_id == course_id, before),
        _completed(course_id),
        _lacks_prerequisite(course_id),
    ]


def _out_of_programme(rule: EnrolmentRule) -> list[sa.ColumnElement[bool]]:
    assert rule.programme is not None
    programme_id = rule.programme.id
    before = sa.or_(
        ProgrammeEnrolment.closed_at.is_(None),
        ProgrammeEnrolment.completed_on.is_not(None),
        _by(rule, ProgrammeEnrolment),
    )
    left = sa.exists().where(
        ProgrammeCourse.programme_id == programme_id,
        ~ProgrammeCourse.optional,
        ~_completed(ProgrammeCourse.course_id),
    )
    return [
        sa.exists().where(
            ProgrammeEnrolment.person_id == Employment.person_id,
            ProgrammeEnrolment.programme_id == programme_id,
            before,
        ),
        ~left,
    ]


def _by(rule: EnrolmentRule, table: type[Enrolment | ProgrammeEnrolment]) -> sa.ColumnElement[bool]:
    return sa.false() if rule.id is None else table.rule_id == rule.id


def _completed(course_id: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 - a number or a column
    row = aliased(Completion)
    found = sa.exists().where(row.person_id == Employment.person_id, row.course_id == course_id)
    # It may stand two levels down, where SQLAlchemy no longer correlates by itself.
    return found.correlate(Employment, ProgrammeCourse, CoursePrerequisite)


def _lacks_prerequisite(course_id: int) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        CoursePrerequisite.course_id == course_id,
        ~_completed(CoursePrerequisite.required_id),
    )
