"""What is mandatory for whom on a day, over everybody at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.certification.models import Mandate
from portal.certification.queries.dates import days_after
from portal.certification.queries.mandates import (
    in_mandated_team,
    mandate_matches,
    mandate_runs,
)
from portal.people.models import Employment, Team
from portal.people.queries.employments import covering

Among = sa.Select[Any] | Collection[int] | None
"""The ids of people, as a select or as they are; ``None`` is everybody."""


def required(day: date, certification_ids: Collection[int] | None, among: Among) -> sa.Select[Any]:
    """What is mandatory for the people employed on a day, and whether it was due by then."""
    asked = _asked(day, certification_ids)
    due = sa.and_(asked.c.starts_on <= asked.c.since, Employment.starts_on <= asked.c.since)
    select = (
        sa.select(
            Employment.person_id,
            asked.c.certification_id,
            sa.literal("").label("key"),
            sa.literal(1).label("required"),
            sa.case((due, 1), else_=0).label("overdue"),
        )
        .join(asked, asked.c.team_id == Employment.team_id)
        .where(
            covering(day),
            sa.or_(asked.c.role_id.is_(None), asked.c.role_id == Employment.role_id),
            sa.or_(asked.c.site_id.is_(None), asked.c.site_id == Employment.site_id),
        )
    )
    return select if among is None else select.where(Employment.person_id.in_(among))


def _asked(day: date, certification_ids: Collection[int] | None) -> sa.CTE:
    """Mandates for every team they hold in; whoever began by ``since`` had to be done by now."""
    select = (
        sa.select(
            Mandate.certification_id,
            Mandate.role_id,
            Mandate.site_id,
            Mandate.starts_on,
            days_after(sa.literal(day, sa.Date), -Mandate.within_days).label("since"),
            Team.id.label("team_id"),
        )
        .join(Team, in_mandated_team(Team))
        .where(*mandate_runs(day))
    )
    if certification_ids is not None:
        select = select.where(Mandate.certification_id.in_(certification_ids))
    return select.cte("asked").prefix_with("MATERIALIZED")


def due_days(
    person_ids: Collection[int] | sa.Select[Any], day: date
) -> sa.Select[*tuple[Any, ...]]:
    """For each mandate that holds for these people: person, certification, and what it is due by.

    Then come the first days of the mandate and of the employment, the days between, and the queue.
    """
    return (
        sa.select(
            Employment.person_id,
            Mandate.certification_id,
            Mandate.starts_on.label("asked_from"),
            Employment.starts_on.label("employed_from"),
            Mandate.within_days,
            Mandate.queue_id,
        )
        .join(Team, Team.id == Employment.team_id)
        .join(Mandate, mandate_matches())
        .where(covering(day), Employment.person_id.in_(person_ids), *mandate_runs(day))
    )
