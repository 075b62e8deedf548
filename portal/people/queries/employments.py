"""Who is employed as what, on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from portal.accounts.models import Account
from portal.core import clock
from portal.people.models import Employment, Person, Team
from portal.people.queries.organisation import within


def covering(day: date, row: type[Employment] = Employment) -> sa.ColumnElement[bool]:
    """Employments, or an alias of them, that last over this day, first and last day included."""
    open_end = sa.or_(row.ends_on.is_(None), row.ends_on >= day)
    return sa.and_(row.starts_on <= day, open_end)


# Made once: each alias has all its columns to make, and a home page asks this ten times.
_PRESENT, _PRESENT_TEAM = aliased(Employment), aliased(Team)


def answered_for_by(
    viewer: Account, person_id: InstrumentedAttribute[int] = Person.id
) -> sa.ColumnElement[bool]:
    """Rows whose person the viewer answers for, as ``policy.answers_for`` has it of one person."""
    present, team = _PRESENT, _PRESENT_TEAM
    led = [within(team.path, path) for path in viewer.led_paths]
    return (
        sa.exists()
        .where(
            present.person_id == person_id,
            present.person_id != viewer.person_id,
            team.id == present.team_id,
            covering(clock.today(), present),
            sa.or_(present.manager_id == viewer.person_id, *led),
        )
        .correlate_except(present, team)
    )


def everyone_answered_for(viewer: Account) -> sa.CompoundSelect[tuple[int]]:
    """The ids of those ``answered_for_by`` is true of; quicker where a list begins with them.

    Two selects, each of which an index begins: no database finds both ways through one ``or``.
    """
    today = covering(clock.today())
    others = sa.select(Employment.person_id).where(today, Employment.person_id != viewer.person_id)
    below = others.join(Team, Team.id == Employment.team_id)
    led = [below.where(within(Team.path, path)) for path in viewer.led_paths]
    return sa.union(others.where(Employment.manager_id == viewer.person_id), *led)


def current_employments(on: date) -> sa.Select[Employment]:
    """The employments of a day, with person, role, team and site; one a person."""
    return (
        sa.select(Employment)
        .where(covering(on))
        .options(
            *(
                joinedload(part, innerjoin=True)
                for part in (Employment.person, Employment.role, Employment.team, Employment.site)
            )
        )
    )


def employment_of(person_id: int, on: date) -> sa.Select[Employment]:
    """What a person is employed as on a day: one row or none."""
    return current_employments(on).where(Employment.person_id == person_id)


def latest_employment(person_id: int) -> sa.Select[Employment]:
    """The employment that began last, whether it is present, past or still to come."""
    return (
        sa.select(Employment)
        .where(Employment.person_id == person_id)
        .order_by(Employment.starts_on.desc())
        .limit(1)
    )


_SHOWN = tuple(
    joinedload(part)
    for part in (Employment.role, Employment.team, Employment.site, Employment.manager)
)

TIMELINE = (joinedload(Person.employments).options(*_SHOWN),)
"""Loads a person and their employments in one statement, with what a timeline shows."""


def timeline_of(person_id: int) -> sa.Select[Employment]:
    """All employments of a person, newest first, with what a timeline shows."""
    return (
        sa.select(Employment)
        .where(Employment.person_id == person_id)
        .options(*_SHOWN)
        .order_by(Employment.starts_on.desc())
    )


def heads(on: date) -> sa.Select[*tuple[Any, ...]]:
    """How many people are employed in each team itself on a day: team id and number."""
    return (
        sa.select(Employment.team_id, sa.func.count().label("heads"))
        .where(covering(on))
        .group_by(Employment.team_id)
    )
