"""What several roles ask for at once, in as many statements as for one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from portal.careers.models import PathRequirement, RequirementSet
from portal.careers.queries.needs import need_of
from portal.careers.readiness import Need
from portal.careers.states import RequirementKind
from portal.competencies.models import RoleRequirement
from portal.core.db import db
from portal.metrics.models import Metric


def needs_by_role(role_ids: Collection[int], day: date) -> dict[int, list[Need]]:
    """The needs of each role as ``careers.needs_of`` gives those of one."""
    found: dict[int, list[Need]] = {key: [] for key in role_ids}
    asked = (
        sa.select(RoleRequirement)
        .where(RoleRequirement.role_id.in_(role_ids))
        .order_by(RoleRequirement.order, RoleRequirement.id)
    )
    for row in db.session.scalars(asked):
        found[row.role_id].append(
            Need(
                f"competency-{row.competency_id}",
                RequirementKind.COMPETENCY,
                row.competency_id,
                row.level,
            )
        )
    newest: dict[int, RequirementSet] = {}
    for version in db.session.scalars(_sets(role_ids, day)):
        newest[version.role_id] = version
    for role_id, version in newest.items():
        found[role_id] += map(need_of, version.lines)
    return found


def _sets(role_ids: Collection[int], day: date) -> sa.Select[RequirementSet]:
    """The version of each role that holds on a day, with its lines."""
    metric = selectinload(RequirementSet.lines).joinedload(PathRequirement.metric)
    later = sa.orm.aliased(RequirementSet)
    superseded = sa.exists().where(
        later.role_id == RequirementSet.role_id,
        later.effective_from <= day,
        sa.or_(
            later.effective_from > RequirementSet.effective_from,
            sa.and_(
                later.effective_from == RequirementSet.effective_from,
                later.number > RequirementSet.number,
            ),
        ),
    )
    return (
        sa.select(RequirementSet)
        .where(
            RequirementSet.role_id.in_(role_ids),
            RequirementSet.effective_from <= day,
            ~superseded,
        )
        .options(metric.joinedload(Metric.current))
    )
