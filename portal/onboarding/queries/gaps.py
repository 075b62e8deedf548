"""What the interview showed to lie below what the role asks for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.competencies.models import Competency, Evidence, RoleRequirement
from portal.people.models import Employment


def gaps(employment: Employment) -> sa.Select[Any]:
    """Requirements of the role above the person's latest evidence, the weightiest first.

    Each with its competency and the level shown.
    """
    newest = (
        sa.select(
            Evidence.competency_id,
            Evidence.level,
            sa.func.row_number()
            .over(
                partition_by=Evidence.competency_id,
                order_by=(Evidence.observed_on.desc(), Evidence.id.desc()),
            )
            .label("place"),
        )
        .where(Evidence.person_id == employment.person_id)
        .subquery()
    )
    return (
        sa.select(RoleRequirement, Competency, newest.c.level)
        .join(Competency, Competency.id == RoleRequirement.competency_id)
        .join(newest, newest.c.competency_id == RoleRequirement.competency_id)
        .where(
            RoleRequirement.role_id == employment.role_id,
            newest.c.place == 1,
            newest.c.level < RoleRequirement.level,
        )
        .options(joinedload(Competency.current))
        .order_by(RoleRequirement.weight.desc(), RoleRequirement.id)
    )
