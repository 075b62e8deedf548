"""Plans, runs, the people of a run, and statements, as selects."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.accounts.models import Account
from portal.bonuses.models import (
    BonusEntry,
    BonusMeasure,
    BonusPlan,
    BonusPlanVersion,
    BonusRun,
    BonusStatement,
)
from portal.bonuses.states import PlanState, RunState
from portal.metrics.models import Metric
from portal.people.models import Employment, Person, Role, Team
from portal.people.queries import within


def in_full() -> tuple[Any, ...]:
    """What it takes to work with a version: measures, their metrics and definitions, audience."""
    version = BonusPlanVersion
    return (
        selectinload(version.measures).joinedload(BonusMeasure.metric).joinedload(Metric.current),
        joinedload(version.attendance).joinedload(Metric.current),
        joinedload(version.team),
        joinedload(version.site),
    )


def plans(*, in_use: bool = False) -> sa.Select[BonusPlan]:
    """Plans with the version in force, those in use first."""
    found = (
        sa.select(BonusPlan)
        .options(joinedload(BonusPlan.current).options(*in_full()))
        .order_by(BonusPlan.state, BonusPlan.id)
    )
    return found.where(BonusPlan.state == PlanState.IN_USE) if in_use else found


def versions_of(plan_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The versions of a plan, newest first, each with who published it."""
    return (
        sa.select(BonusPlanVersion, Account.display_name)
        .outerjoin(Account, Account.id == BonusPlanVersion.published_by_id)
        .where(BonusPlanVersion.plan_id == plan_id)
        .order_by(BonusPlanVersion.number.desc())
    )


def version_in_full(version_id: int) -> sa.Select[BonusPlanVersion]:
    """One version with everything it speaks of."""
    return sa.select(BonusPlanVersion).where(BonusPlanVersion.id == version_id).options(*in_full())


def runs(plan_id: int | None = None) -> sa.Select[BonusRun]:
    """Runs, newest period first, of one plan or of all."""
    found = (
        sa.select(BonusRun)
        .options(joinedload(BonusRun.terms, innerjoin=True))
        .order_by(BonusRun.starts_on.desc(), BonusRun.id.desc())
    )
    return found if plan_id is None else found.where(BonusRun.plan_id == plan_id)


def runs_to_approve(viewer: Account) -> sa.Select[BonusRun]:
    """What waits for this executive."""
    return (
        sa.select(BonusRun)
        .where(
            BonusRun.state == RunState.PROPOSED,
            BonusRun.started_by_id != viewer.id,
            sa.or_(BonusRun.proposed_by_id.is_(None), BonusRun.proposed_by_id != viewer.id),
        )
        .options(joinedload(BonusRun.terms, innerjoin=True))
        .order_by(BonusRun.id)
    )


def runs_to_issue() -> sa.Select[BonusRun]:
    """What is approved and not issued."""
    return (
        sa.select(BonusRun)
        .where(BonusRun.state == RunState.APPROVED)
        .options(joinedload(BonusRun.terms, innerjoin=True))
        .order_by(BonusRun.id)
    )


def audience(version: BonusPlanVersion, first: date, last: date) -> sa.Select[*tuple[Any, ...]]:
    """Stretches of work between two days that a plan is for: person, first and last day."""
    found = (
        sa.select(Employment.person_id, Employment.starts_on, Employment.ends_on)
        .join(Team, Team.id == Employment.team_id)
        .where(
            Employment.role_id.in_(version.roles),
            Employment.starts_on <= last,
            sa.or_(Employment.ends_on.is_(None), Employment.ends_on >= first),
        )
    )
    if version.site_id is not None:
        found = found.where(Employment.site_id == version.site_id)
    if version.team is not None:
        found = found.where(within(Team.path, version.team.path))
    return found


def people_listed(run_id: int, day: date) -> sa.Select[*tuple[Any, ...]]:
    """The people of a run as rows: entry, name, and the role and team they had last."""
    job = aliased(Employment)
    there = sa.select(BonusEntry.person_id).where(BonusEntry.run_id == run_id)
    last = (
        sa.select(job.person_id, sa.func.max(job.starts_on).label("starts_on"))
        .where(job.person_id.in_(there), job.starts_on <= day)
        .group_by(job.person_id)
        .subquery("last")
    )
    return (
        sa.select(
            BonusEntry.id,
            BonusEntry.person_id,
            BonusEntry.pay,
            BonusEntry.left_out,
            BonusEntry.reason,
            Person.given_name,
            Person.family_name,
            Person.language,
            Role.title.label("role"),
            Team.name.label("team"),
        )
        .select_from(BonusEntry)
        .join(Person, Person.id == BonusEntry.person_id)
        .outerjoin(last, last.c.person_id == Person.id)
        .outerjoin(
            Employment,
            sa.and_(
                Employment.person_id == last.c.person_id,
                Employment.starts_on == last.c.starts_on,
            ),
        )
        .outerjoin(Role, Role.id == Employment.role_id)
        .outerjoin(Team, Team.id == Employment.team_id)
        .where(BonusEntry.run_id == run_id)
    )


def last_pay(person_ids: Collection[int], currency: str) -> sa.Select[*tuple[Any, ...]]:
    """The yearly pay entered last for people in a currency: person and pay."""
    other = aliased(BonusEntry)
    newest = (
        sa.select(sa.func.max(other.id))
        .join(BonusRun, BonusRun.id == other.run_id)
        .join(BonusPlanVersion, BonusPlanVersion.id == BonusRun.version_id)
        .where(other.pay.is_not(None), BonusPlanVersion.currency == currency)
        .where(other.person_id.in_(person_ids))
        .group_by(other.person_id)
    )
    return sa.select(BonusEntry.person_id, BonusEntry.pay).where(BonusEntry.id.in_(newest))


def newest_statements(run_id: int, person_ids: Collection[int]) -> sa.Select[BonusStatement]:
    """The last number of each person's statement in a run that is not under correction."""
    return sa.select(BonusStatement).where(
        BonusStatement.run_id == run_id,
        ~pending_correction(),
        BonusStatement.person_id.in_(person_ids),
        _is_newest(),
    )


# Made once: an alias has all its columns to make, and every record page asks this.
_LATER = aliased(BonusStatement)


def _is_newest() -> sa.ColumnElement[bool]:
    return ~sa.exists().where(
        _LATER.run_id == BonusStatement.run_id,
        _LATER.person_id == BonusStatement.person_id,
        _LATER.number > BonusStatement.number,
        _LATER.issued_at.is_not(None),
    )


def pending_correction() -> sa.ColumnElement[bool]:
    """Whether a statement is a correction nobody has agreed to yet."""
    return sa.and_(BonusStatement.number > 1, BonusStatement.issued_at.is_(None))


def corrections_to_approve(viewer: Account) -> sa.Select[BonusStatement]:
    """Corrections that wait for this executive or member of HR."""
    return (
        sa.select(BonusStatement)
        .where(
            pending_correction(),
            BonusStatement.created_by_id != viewer.id,
            BonusStatement.person_id != viewer.person_id,
        )
        .options(
            joinedload(BonusStatement.person, innerjoin=True),
            joinedload(BonusStatement.run, innerjoin=True).joinedload(
                BonusRun.terms, innerjoin=True
            ),
        )
        .order_by(BonusStatement.id)
    )


def statements_of(person_id: int) -> sa.Select[BonusStatement]:
    """What was issued to a person, newest period first, without what a correction replaced."""
    return (
        sa.select(BonusStatement)
        .join(BonusRun, BonusRun.id == BonusStatement.run_id)
        .where(
            BonusStatement.person_id == person_id,
            BonusStatement.issued_at.is_not(None),
            _is_newest(),
        )
        .options(
            joinedload(BonusStatement.run, innerjoin=True).joinedload(
                BonusRun.terms, innerjoin=True
            )
        )
        .order_by(BonusRun.starts_on.desc(), BonusStatement.id.desc())
    )


def chain_of(statement: BonusStatement) -> sa.Select[BonusStatement]:
    """All numbers of the same statement, newest first."""
    return (
        sa.select(BonusStatement)
        .where(
            BonusStatement.run_id == statement.run_id,
            BonusStatement.person_id == statement.person_id,
        )
        .order_by(BonusStatement.number.desc())
    )


def sums(run_id: int) -> sa.Select[*tuple[Any, ...]]:
    """People, their sum, and how many get nothing, of the newest statements of a run."""
    unpaid = sa.func.sum(sa.case((BonusStatement.amount == 0, 1), else_=0))
    total = sa.cast(sa.func.coalesce(sa.func.sum(BonusStatement.amount), 0), sa.BigInteger)
    return sa.select(
        sa.func.count().label("people"), total.label("total"), unpaid.label("unpaid")
    ).where(BonusStatement.run_id == run_id, _is_newest(), ~pending_correction())
