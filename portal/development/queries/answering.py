"""Whose matters reach somebody by themselves: those they are the nearest manager of."""

from __future__ import annotations

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.people.models import Employment, Person, Team
from portal.people.queries.employments import covering


def managed_by(viewer: Account) -> sa.ColumnElement[bool]:
    """People whose manager the viewer is today, or whose team they lead where nobody is named.

    Leads further up may act as well, but are not asked by name: else a director would be asked
    about everybody.
    """
    leads = sa.and_(Employment.manager_id.is_(None), Team.lead_id == viewer.person_id)
    return (
        sa.exists()
        .where(
            Employment.person_id == Person.id,
            Team.id == Employment.team_id,
            covering(clock.today(viewer.time_zone)),
            sa.or_(Employment.manager_id == viewer.person_id, leads),
            Person.id != viewer.person_id,
        )
        .correlate(Person)
    )


def colleagues_of(person: Person, most: int = 60) -> sa.Select[Person]:
    """Who works with somebody today: the same team, its leads upwards, and the same manager's."""
    today = clock.today()
    job = person.employment_on(today)
    if job is None:
        return sa.select(Person).where(sa.false())
    above = [int(key) for key in job.team.path.strip("/").split("/")]
    leads = sa.select(Team.lead_id).where(Team.id.in_(above), Team.lead_id.is_not(None))
    near = [Employment.team_id == job.team_id, Person.id.in_(leads)]
    if job.manager_id is not None:
        near += [Employment.manager_id == job.manager_id, Person.id == job.manager_id]
    return (
        sa.select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(covering(today), sa.or_(*near), Person.id != person.id)
        .order_by(Person.by_name(), Person.id)
        .limit(most)
    )
