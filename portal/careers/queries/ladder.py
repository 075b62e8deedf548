"""Which steps there are, and which version of what holds on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.accounts.models import Account
from portal.careers.models import LadderEdge, LadderVersion, PathRequirement, RequirementSet
from portal.careers.states import EdgeKind
from portal.metrics.models import Metric
from portal.people.models import Role


def ladder_on(day: date) -> sa.Select[LadderVersion]:
    """The ladder of a day with its steps and their roles: one row or none."""
    edges = selectinload(LadderVersion.edges)
    return (
        sa.select(LadderVersion)
        .where(LadderVersion.effective_from <= day)
        .options(
            edges.joinedload(LadderEdge.from_role, innerjoin=True),
            edges.joinedload(LadderEdge.to_role, innerjoin=True),
        )
        .order_by(LadderVersion.effective_from.desc(), LadderVersion.number.desc())
        .limit(1)
    )


def ladder_versions() -> sa.Select[*tuple[Any, ...]]:
    """All versions with the name of who published them, newest first."""
    return (
        sa.select(LadderVersion, Account.display_name)
        .outerjoin(Account, Account.id == LadderVersion.published_by_id)
        .order_by(LadderVersion.number.desc())
    )


def _current(day: date) -> sa.ScalarSelect[int]:
    return ladder_on(day).with_only_columns(LadderVersion.id).options().scalar_subquery()


def steps_from(role_id: int, day: date) -> sa.Select[*tuple[Any, ...]]:
    """Where one can go from a role: role and kind; the nearest step up comes first."""
    kind = sa.case(
        (LadderEdge.kind == EdgeKind.UP, 0), (LadderEdge.kind == EdgeKind.LATERAL, 1), else_=2
    )
    return (
        sa.select(Role, LadderEdge.kind)
        .join(LadderEdge, LadderEdge.to_role_id == Role.id)
        .where(LadderEdge.version_id == _current(day), LadderEdge.from_role_id == role_id)
        .order_by(kind, Role.level, Role.id)
    )


def roles_leading_to(role_id: int, day: date) -> sa.Select[int]:
    """The roles from which one step leads to a role."""
    return sa.select(LadderEdge.from_role_id).where(
        LadderEdge.version_id == _current(day), LadderEdge.to_role_id == role_id
    )


def _lines() -> ORMOption:
    """Lines with the present definition of the metric they speak of."""
    metric = selectinload(RequirementSet.lines).joinedload(PathRequirement.metric)
    return metric.joinedload(Metric.current)


def set_on(role_id: int, day: date) -> sa.Select[RequirementSet]:
    """What a role asks for on a day, with its lines: one row or none."""
    return (
        sa.select(RequirementSet)
        .where(RequirementSet.role_id == role_id, RequirementSet.effective_from <= day)
        .options(_lines())
        .order_by(RequirementSet.effective_from.desc(), RequirementSet.number.desc())
        .limit(1)
    )


def sets_of(role_id: int) -> sa.Select[*tuple[Any, ...]]:
    """All versions of what a role asks for, with who published them, newest first."""
    return (
        sa.select(RequirementSet, Account.display_name)
        .outerjoin(Account, Account.id == RequirementSet.published_by_id)
        .where(RequirementSet.role_id == role_id)
        .options(_lines(), joinedload(RequirementSet.role))
        .order_by(RequirementSet.number.desc())
    )
