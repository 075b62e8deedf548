"""What a role asks for on a day: its competencies first, then what careers add."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from portal.careers.experience import Demand
from portal.careers.models import PathRequirement
from portal.careers.queries.ladder import set_on
from portal.careers.readiness import MetricMark, Need
from portal.careers.states import ExperienceKind, RequirementKind
from portal.competencies import queries as competencies
from portal.competencies.models import RoleRequirement
from portal.core.db import Json, db
from portal.metrics.states import Combining, Direction


def competencies_of(role_id: int) -> sa.Select[RoleRequirement]:
    """The levels a role asks of competencies, kept once for hiring and for careers."""
    return competencies.requirements_of(role_id)


def needs_of(role_id: int, day: date) -> list[Need]:
    """Everything a role asks for: three statements.

    Competencies are those the role asks for now; all else is of the version of the day.
    """
    found = [
        Need(
            f"competency-{row.competency_id}",
            RequirementKind.COMPETENCY,
            row.competency_id,
            row.level,
        )
        for row in db.session.scalars(competencies_of(role_id))
    ]
    current = db.session.scalar(set_on(role_id, day))
    return found if current is None else [*found, *map(need_of, current.lines)]


def need_of(row: PathRequirement) -> Need:
    """A stored requirement as readiness takes it."""
    subject = row.certification_id or row.course_id or row.programme_id or row.metric_id or 0
    return Need(
        f"{row.kind}-{subject or row.order}",
        row.kind,
        subject,
        row.rating or 0,
        row.education,
        alternatives_of(row.options),
        _mark_of(row),
        row.text,
    )


def _mark_of(row: PathRequirement) -> MetricMark | None:
    """What a metric must reach, counted as its present definition says."""
    if row.metric is None or row.mark is None or row.months is None:
        return None
    now = row.metric.definition
    lower, summed = now.direction is Direction.LOWER, now.combining is Combining.SUM
    return MetricMark(row.mark, row.months, lower, summed, now.minimum_sample)


def alternatives_of(options: Sequence[Json]) -> tuple[tuple[Demand, ...], ...]:
    """Demands by alternative, in the order of their numbers."""
    found: dict[int, list[Demand]] = {}
    for one in options:
        demand = Demand(
            ExperienceKind(one["kind"]), one["months"], one.get("role_id"), one.get("family") or ""
        )
        found.setdefault(one["alternative"], []).append(demand)
    return tuple(tuple(found[number]) for number in sorted(found))
