"""Whom to remind of awards that expire soon, and has nobody reminded yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from portal.certification.models import (
    Award,
    AwardCheck,
    Certification,
    CertificationVersion,
    Reminder,
    Revocation,
)
from portal.certification.states import CertificationState
from portal.people.models import Employment, Team
from portal.people.queries.employments import covering

THRESHOLDS = (90, 60, 30, 7)
"""So many days before its last day an award's holder and manager hear of it."""


def versions_voided_soon(day: date) -> sa.Select[*tuple[int]]:
    """Versions whose awards stop counting within the time of the first reminder."""
    ends = CertificationVersion.void_from.between(*_days_of_void(day, THRESHOLDS[0]))
    return sa.select(CertificationVersion.id).where(ends)


def reminders_due(day: date, voided: Collection[int]) -> sa.CTE:
    """Awards with a threshold that has passed: award, holder, manager, days of the most urgent.

    Left out are those that were replaced, refused or revoked or do not count yet, those of retired
    certifications, and all of people not employed on the day. ``voided`` are the ids that
    ``versions_voided_soon`` finds; asking for them apart keeps the index of expiry in use.
    """
    soon: sa.ColumnElement[bool] = Award.expires_on.between(day, _ahead(day, THRESHOLDS[0]))
    if voided:
        soon = sa.or_(soon, Award.version_id.in_(voided))
    alive = sa.or_(Award.expires_on.is_(None), Award.expires_on >= day)
    void = CertificationVersion.void_from
    lead = sa.case((Team.lead_id != Award.person_id, Team.lead_id))
    return (
        sa.select(
            Award.id.label("award_id"),
            Award.person_id.label("holder_id"),
            sa.func.coalesce(Employment.manager_id, lead).label("manager_id"),
            _most_urgent(day).label("days"),
        )
        .join(CertificationVersion, CertificationVersion.id == Award.version_id)
        .join(Certification, Certification.id == Award.certification_id)
        .join(Employment, Employment.person_id == Award.person_id)
        .join(Team, Team.id == Employment.team_id)
        .where(soon, alive, sa.or_(void.is_(None), void > day), covering(day), *_counting(day))
        .cte("due")
    )


def recipients(due: sa.CTE, day: date) -> sa.Select[*tuple[int]]:
    """Everybody who has something to be told, each once, by id."""
    holders = sa.select(due.c.holder_id.label("person_id")).where(_untold(due, due.c.holder_id))
    managers = sa.select(due.c.manager_id).where(*_to_manager(due, day))
    everyone = sa.union(holders, managers).subquery()
    return sa.select(everyone.c.person_id).order_by(everyone.c.person_id)


def due_for_holders(due: sa.CTE, people: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """Award, recipient and days for the awards that these people hold."""
    return sa.select(due.c.award_id, due.c.holder_id, due.c.days).where(
        due.c.holder_id.in_(people), _untold(due, due.c.holder_id)
    )


def due_for_managers(
    due: sa.CTE, day: date, people: Collection[int]
) -> sa.Select[*tuple[Any, ...]]:
    """Award, recipient and days for the awards of those whom these people manage."""
    return sa.select(due.c.award_id, due.c.manager_id, due.c.days).where(
        due.c.manager_id.in_(people), *_to_manager(due, day)
    )


def awards_to_name(award_ids: Collection[int]) -> sa.Select[Award]:
    """Awards with holder and rule."""
    return (
        sa.select(Award)
        .where(Award.id.in_(award_ids))
        .options(
            joinedload(Award.person, innerjoin=True),
            joinedload(Award.certification_version, innerjoin=True),
        )
    )


def _most_urgent(day: date) -> sa.ColumnElement[int]:
    """The smallest threshold that has passed, by expiry or by a rule that voids older awards."""
    void = CertificationVersion.void_from
    whens = [
        (
            sa.or_(Award.expires_on <= _ahead(day, days), void.between(*_days_of_void(day, days))),
            days,
        )
        for days in sorted(THRESHOLDS)
    ]
    return sa.case(*whens, else_=THRESHOLDS[0])


def _counting(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    after = aliased(Award)
    counts = sa.or_(~Award.needs_check, _checked(Award, agreed=True))
    revoked = sa.exists().where(Revocation.award_id == Award.id, Revocation.revoked_on <= day)
    replaced = sa.exists().where(
        after.supersedes_id == Award.id,
        sa.or_(~after.needs_check, _checked(after, agreed=True)),
        ~_checked(after, agreed=False),
    )
    in_use = Certification.state == CertificationState.IN_USE
    return in_use, counts, ~_checked(Award, agreed=False), ~revoked, ~replaced


def _checked(award: type[Award], *, agreed: bool) -> sa.ColumnElement[bool]:
    return sa.exists().where(AwardCheck.award_id == award.id, AwardCheck.agreed.is_(agreed))


def _untold(due: sa.CTE, person: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    return ~sa.exists().where(
        Reminder.award_id == due.c.award_id,
        Reminder.days == due.c.days,
        Reminder.person_id == person,
    )


def _to_manager(due: sa.CTE, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """There is a manager, who works here and was not told."""
    works = aliased(Employment)
    employed = sa.exists().where(works.person_id == due.c.manager_id, covering(day, works))
    return due.c.manager_id.is_not(None), employed, _untold(due, due.c.manager_id)


def _ahead(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _days_of_void(day: date, days: int) -> tuple[date, date]:
    """The first days on which awards no longer count whose last days lie within so many days."""
    return day + timedelta(days=1), day + timedelta(days=days + 1)
