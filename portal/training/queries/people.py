"""Whom somebody may enrol."""

from __future__ import annotations

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock, search
from portal.people import queries as people
from portal.people.models import Employment, Person, Team
from portal.training.models import Enrolment
from portal.training.states import LIVE


def people_to_enrol(viewer: Account, course_id: int, named: str = "") -> sa.Select[Person]:
    """Colleagues the viewer answers for, HR everybody, who are not enrolled in the course."""
    enrolled = sa.exists().where(
        Enrolment.person_id == Person.id,
        Enrolment.course_id == course_id,
        Enrolment.state.in_(LIVE),
    )
    found = people.staff().where(~enrolled, Person.id != viewer.person_id)
    if not viewer.has_role("hr"):
        found = found.where(answered_for_by(viewer))
    if named:
        found = found.where(Person.id.in_(search.matches("person", named)))
    return found


def answered_for_by(viewer: Account) -> sa.ColumnElement[bool]:
    """People whose manager the viewer is, or whose team lies under one they lead."""
    led = [people.within(Team.path, path) for path in viewer.led_paths]
    return (
        sa.exists()
        .where(Employment.person_id == Person.id, Team.id == Employment.team_id)
        .where(sa.or_(Employment.ends_on.is_(None), Employment.ends_on >= clock.today()))
        .where(sa.or_(Employment.manager_id == viewer.person_id, *led))
    )
