"""Experience and education that people brought along."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.careers.models import CareerClaim
from portal.careers.states import ClaimState
from portal.core import clock
from portal.people.models import Employment, Person, Team
from portal.people.queries import within
from portal.people.queries.employments import covering


def claims_of(person_id: int) -> sa.Select[CareerClaim]:
    """All claims of a person, newest first, with who decided."""
    return (
        sa.select(CareerClaim)
        .where(CareerClaim.person_id == person_id)
        .options(
            joinedload(CareerClaim.created_by, innerjoin=True),
            joinedload(CareerClaim.decided_by),
            joinedload(CareerClaim.file),
            joinedload(CareerClaim.person, innerjoin=True),
        )
        .order_by(CareerClaim.id.desc())
    )


def claims_to_confirm(viewer: Account) -> sa.Select[CareerClaim]:
    """What waits for this account, oldest first: of everybody for HR, else of their people."""
    found = (
        sa.select(CareerClaim)
        .join(Person, Person.id == CareerClaim.person_id)
        .where(
            CareerClaim.state == ClaimState.WAITING,
            CareerClaim.person_id != viewer.person_id,
            CareerClaim.created_by_id != viewer.id,
        )
        .options(joinedload(CareerClaim.person, innerjoin=True), joinedload(CareerClaim.file))
        .order_by(CareerClaim.id)
    )
    return found if viewer.has_role("hr") else found.where(answered_for_by(viewer))


def answered_for_by(viewer: Account) -> sa.ColumnElement[bool]:
    """People whose manager or lead, at any height, the viewer is today."""
    led = [within(Team.path, path) for path in viewer.led_paths]
    return (
        sa.exists()
        .where(
            Employment.person_id == Person.id,
            Team.id == Employment.team_id,
            covering(clock.today(viewer.time_zone)),
            sa.or_(Employment.manager_id == viewer.person_id, *led),
        )
        .correlate(Person)
    )
