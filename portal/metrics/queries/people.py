"""Whose figures a viewer sees, and what people were employed as in a month."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.metrics import policy
from portal.metrics.models import MetricValue
from portal.people.models import Employment, Person, Role, Team
from portal.people.queries import answered_for_by
from portal.people.queries.employments import covering


def visible_to(viewer: Account) -> sa.ColumnElement[bool]:
    """Rows of ``Person`` whose figures ``policy.see_metrics`` shows to the viewer."""
    if policy.sees_all(viewer):
        return sa.true()
    return sa.or_(Person.id == viewer.person_id, answered_for_by(viewer))


def people_in_report(
    viewer: Account, day: date, metric_ids: Collection[int], since: date, until: date
) -> sa.Select[*tuple[Any, ...]]:
    """Who worked here on a day, of those the viewer sees, with role and team of that day.

    Only those of whom anything was recorded in these months.
    """
    measured = sa.exists().where(
        MetricValue.person_id == Person.id,
        MetricValue.metric_id.in_(metric_ids),
        MetricValue.period.between(since, until),
    )
    return (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Employment.role_id,
            Role.title.label("role"),
            Team.path.label("team_path"),
            Team.name.label("team"),
        )
        .select_from(Person)
        .join(Employment, Employment.person_id == Person.id)
        .join(Role, Role.id == Employment.role_id)
        .join(Team, Team.id == Employment.team_id)
        .where(covering(day), visible_to(viewer), measured)
    )


def employments_in(people: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """All employments of people: person, role, path of the team, first and last day."""
    return (
        sa.select(
            Employment.person_id,
            Employment.role_id,
            Team.path.label("team_path"),
            Employment.starts_on,
            Employment.ends_on,
        )
        .join(Team, Team.id == Employment.team_id)
        .where(Employment.person_id.in_(people))
        .order_by(Employment.starts_on)
    )
