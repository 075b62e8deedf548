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
