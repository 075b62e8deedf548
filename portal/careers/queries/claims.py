"""Experience and education that people brought along."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.careers.models import CareerClaim
from portal.careers.states import ClaimState
from portal.people.models import Person
from portal.people.queries import answered_for_by


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
