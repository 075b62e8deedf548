"""For whom certifications are mandatory, and the client queues."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.certification.models import Certification, ClientQueue, Mandate, QueueTeam
from portal.people.models import Employment, Team

QUEUE_TEAMS: tuple[ORMOption, ...] = (
    selectinload(ClientQueue.teams).joinedload(QueueTeam.team, innerjoin=True),
)
"""Loads the teams that serve a queue."""


def mandates_on(day: date) -> sa.Select[Mandate]:
    """What is mandatory on a day, with certification, role, team, site and queue."""
    return _in_full().where(*mandate_runs(day)).order_by(Mandate.id)


def mandates_of(certification_id: int, day: date | None = None) -> sa.Select[Mandate]:
    """For whom a certification is mandatory on a day or later; without a day, or ever was."""
    select = _in_full().where(Mandate.certification_id == certification_id)
    if day is not None:
        select = select.where(sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day))
    return select.order_by(Mandate.starts_on, Mandate.id)


# Made once: each alias has all its columns to make.
_THIS, _TEAM = aliased(Employment), aliased(Team)


def mandatory_for(employment: Employment, day: date) -> sa.Select[Mandate]:
    """What is mandatory on a day for somebody employed so; ``Mandate.due_on`` says from when."""
    this, team = _THIS, _TEAM
    return (
        sa.select(Mandate)
        .join(this, this.id == employment.id)
        .join(team, team.id == this.team_id)
        .where(*mandate_runs(day), mandate_matches(this, team))
        .order_by(Mandate.certification_id, Mandate.id)
    )


def mandate_matches(employment: Any = Employment, team: Any = Team) -> sa.ColumnElement[bool]:  # noqa: ANN401 - the entity or an alias of it
    """Joins mandates with employments and their teams: every condition of the mandate is met.

    A mandate for a team holds for the teams below it, one for a queue for those who serve it.
    """
    return sa.and_(
        sa.or_(Mandate.role_id.is_(None), Mandate.role_id == employment.role_id),
        sa.or_(Mandate.site_id.is_(None), Mandate.site_id == employment.site_id),
        in_mandated_team(team),
    )


_TOP, _SERVING = aliased(Team), aliased(Team)


def in_mandated_team(team: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 - as above
    """Whether a mandate's team and queue, if it names any, take in this team."""
    top, serving = _TOP, _SERVING
    beneath = sa.select(top.id).where(top.id == Mandate.team_id, _within(team.path, top.path))
    serves = (
        sa.select(QueueTeam.id)
        .join(serving, serving.id == QueueTeam.team_id)
        .where(QueueTeam.queue_id == Mandate.queue_id, _within(team.path, serving.path))
    )
    return sa.and_(
        sa.or_(Mandate.team_id.is_(None), beneath.correlate_except(top).exists()),
        sa.or_(Mandate.queue_id.is_(None), serves.correlate_except(QueueTeam, serving).exists()),
    )


def queues(*, active: bool = False) -> sa.Select[ClientQueue]:
    """The client queues with the teams that serve them, in the order they were added."""
    select = sa.select(ClientQueue).options(*QUEUE_TEAMS).order_by(ClientQueue.id)
    return select.where(ClientQueue.is_active) if active else select


def _in_full() -> sa.Select[Mandate]:
    return sa.select(Mandate).options(
        joinedload(Mandate.certification, innerjoin=True).joinedload(Certification.current),
        joinedload(Mandate.role),
        joinedload(Mandate.team),
        joinedload(Mandate.site),
        joinedload(Mandate.queue),
    )


def mandate_runs(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Mandates that ask for something on a day."""
    return (
        Mandate.starts_on <= day,
        sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
    )


def _within(path: Any, top: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 - columns
    """Whether a team's path lies at or below another one: ids and slashes need no escaping."""
    below: sa.ColumnElement[bool] = path.like(top + "%")
    return below


def people_under(mandate: Mandate, day: date) -> sa.Select[Any]:
    """How many people employed on a day meet a mandate's conditions."""
    return (
        sa.select(sa.func.count(Employment.person_id.distinct()))
        .join(Team, Team.id == Employment.team_id)
        .join(Mandate, mandate_matches())
        .where(
            Mandate.id == mandate.id,
            Employment.starts_on <= day,
            sa.or_(Employment.ends_on.is_(None), Employment.ends_on >= day),
        )
    )
