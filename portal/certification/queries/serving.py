"""Who serves the queues and what is asked of them, on a day and in the time ahead."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.certification.models import ClientQueue, Mandate
from portal.certification.queries.mandates import in_mandated_team
from portal.certification.queries.seen import people_seen, under
from portal.people.models import Employment, Person, Team
from portal.people.queries import within


def people_serving(viewer: Account, queue: ClientQueue, day: date) -> sa.Select[Any]:
    """Rows of ``people_seen`` in the teams of a queue, which are loaded."""
    return people_seen(viewer, day).where(_in_teams_of(queue))


def _in_teams_of(queue: ClientQueue) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(within(Team.path, row.team.path) for row in queue.teams))


def employed_ahead(
    viewer: Account, first: date, last: date, queue: ClientQueue | None = None
) -> sa.Select[*tuple[Any, ...]]:
    """Everybody the viewer sees who is employed on some day of a period; once an employment.

    With a queue only those in its teams.
    """
    people = (
        sa.select(
            Employment.id,
            Employment.person_id,
            Employment.team_id,
            Team.path,
            Employment.starts_on,
            Employment.ends_on,
        )
        .join(Team, Team.id == Employment.team_id)
        .where(*_within_period(Employment, first, last), under(viewer))
    )
    return people if queue is None else people.where(_in_teams_of(queue))


def names_of(person_ids: list[int]) -> sa.Select[*tuple[Any, ...]]:
    """Ids and what makes up the names of some people, in alphabetical order."""
    return (
        sa.select(Person.id, Person.given_name, Person.family_name, Person.language)
        .where(Person.id.in_(person_ids))
        .order_by(Person.by_name(), Person.id)
    )


def asked_ahead(people: sa.Select[Any], first: date, last: date) -> sa.Select[*tuple[Any, ...]]:
    """What is asked in a period of ``employed_ahead``, by which mandate, with first and last day.

    Columns: employment, certification, queue, and the two days.
    """
    among = people.with_only_columns(Employment.id)
    asked = (
        sa.select(
            Mandate.certification_id,
            Mandate.role_id,
            Mandate.site_id,
            Mandate.queue_id,
            Mandate.starts_on,
            Mandate.ends_on,
            Team.id.label("team_id"),
        )
        .join(Team, in_mandated_team(Team))
        .where(*_within_period(Mandate, first, last))
        .cte("asked")
        .prefix_with("MATERIALIZED")
    )
    return (
        sa.select(
            Employment.id,
            asked.c.certification_id,
            asked.c.queue_id,
            asked.c.starts_on,
            asked.c.ends_on,
        )
        .join(asked, asked.c.team_id == Employment.team_id)
        .where(
            Employment.id.in_(among),
            sa.or_(asked.c.role_id.is_(None), asked.c.role_id == Employment.role_id),
            sa.or_(asked.c.site_id.is_(None), asked.c.site_id == Employment.site_id),
        )
    )


def _within_period(
    row: type[Employment | Mandate], first: date, last: date
) -> tuple[sa.ColumnElement[bool], ...]:
    return row.starts_on <= last, sa.or_(row.ends_on.is_(None), row.ends_on >= first)


def teams_with(team_ids: set[int]) -> sa.Select[Team]:
    """Teams of these ids, with the team above each and who leads them."""
    with_all = joinedload(Team.parent), joinedload(Team.lead)
    return sa.select(Team).where(Team.id.in_(team_ids)).options(*with_all)
