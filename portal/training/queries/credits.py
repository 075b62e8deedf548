"""Hours of continuing education: one person's, and those that wait for a check."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.people.models import Person
from portal.training.models import Completion, Credit
from portal.training.queries.people import answered_for_by
from portal.training.states import CreditState


def credits_of(person_id: int) -> sa.Select[Credit]:
    """Every hour of a person with where it comes from, newest first."""
    return (
        sa.select(Credit)
        .where(Credit.person_id == person_id)
        .options(
            joinedload(Credit.category, innerjoin=True),
            joinedload(Credit.completion).joinedload(Completion.course, innerjoin=True),
            joinedload(Credit.file),
            joinedload(Credit.decided_by),
        )
        .order_by(Credit.earned_on.desc(), Credit.id.desc())
    )


def claims(viewer: Account, *, open_: bool) -> sa.Select[Credit]:
    """Hours people claim whom the viewer answers for, all for HR; never the viewer's own."""
    state = Credit.state == CreditState.CLAIMED if open_ else Credit.decided_at.is_not(None)
    found = (
        sa.select(Credit)
        .join(Person, Person.id == Credit.person_id)
        .where(state, Credit.person_id != viewer.person_id)
        .options(
            joinedload(Credit.person, innerjoin=True),
            joinedload(Credit.category, innerjoin=True),
            joinedload(Credit.file),
            joinedload(Credit.decided_by),
        )
    )
    return found if viewer.has_role("hr") else found.where(answered_for_by(viewer))


def same_claim(credit: Credit) -> sa.Select[Credit]:
    """Another claim of the person for the same thing on the same day that was not refused."""
    return sa.select(Credit).where(
        Credit.person_id == credit.person_id,
        Credit.category_id == credit.category_id,
        Credit.earned_on == credit.earned_on,
        Credit.title == credit.title,
        Credit.completion_id.is_(None),
        Credit.state != CreditState.REFUSED,
    )
