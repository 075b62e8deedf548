"""When people took up another role, from their employments."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.people.models import Employment


def role_changes(today: date) -> sa.Select[*tuple[Any, ...]]:
    """The first day of each stretch in one role, person by person: one statement for everybody.

    Left out is who has had one employment only: most people, and no move among them.
    Columns: person_id, role_id, starts_on and ended_on, the last day of what came just before.
    Another team or site in the same role is no new stretch.
    """
    every = (
        sa.select(
            Employment.person_id,
            Employment.role_id,
            Employment.starts_on,
            _before(Employment.role_id).label("came_from"),
            _before(Employment.ends_on).label("ended_on"),
            sa.func.count().over(partition_by=Employment.person_id).label("held"),
        )
        .where(Employment.starts_on <= today)
        .subquery()
    )
    row = every.c
    fresh = sa.or_(row.came_from.is_(None), row.came_from != row.role_id)
    return (
        sa.select(row.person_id, row.role_id, row.starts_on, row.ended_on)
        .where(fresh, row.held > 1)
        .order_by(row.person_id, row.starts_on)
    )


def _before(column: Any) -> sa.Over[Any]:  # noqa: ANN401 - a column of employments
    """Its value in the employment before."""
    return sa.func.lag(column, type_=column.type).over(
        partition_by=Employment.person_id, order_by=Employment.starts_on
    )
