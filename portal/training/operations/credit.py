"""Hours of continuing education from elsewhere: claimed by a person, checked by a second one."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.people.models import Person
from portal.training import notices, queries
from portal.training.models import Credit, CreditCategory
from portal.training.operations.completion import require_past
from portal.training.states import CreditState, TrainingFact

MOST_MINUTES = 12_000
"""Two hundred hours: whoever claims more at once has made a mistake."""


def claim_credit(
    person: Person,
    *,
    category: CreditCategory,
    minutes: int,
    earned_on: date,
    title: str,
    provider: str,
    file: StoredFile | None,
    by: Account,
) -> Credit:
    """Claim hours that were earned elsewhere; until somebody has checked them they do not count.

    Raises:
        Refused: if the day lies ahead, the hours can't be right, or they were claimed before.
    """
    require_past(earned_on, "earned_on")
    if not 0 < minutes <= MOST_MINUTES:
        raise Refused(_("Give more than 0 and at most 200 hours."), "minutes")
    row = Credit(
        person_id=person.id,
        category_id=category.id,
        minutes=minutes,
        earned_on=earned_on,
        title=title,
        provider=provider,
        file_id=file.id if file else None,
        state=CreditState.CLAIMED,
        claimed_at=clock.now(),
    )
    if db.session.scalar(queries.same_claim(row).limit(1)) is not None:
        raise Refused(_("You have claimed these hours already."), "title")
    db.session.add(row)
    audit.record(TrainingFact.CREDIT_CLAIMED, row, by=by)
    notices.hours_claimed(row)
    return row


def decide_credit(credit: Credit, *, counts: bool, note: str = "", by: Account) -> None:
    """Say whether claimed hours count.

    Raises:
        Refused: if they are one's own or were decided already, or a refusal gives no reason.
    """
    if by.person_id == credit.person_id:
        raise Refused(_("Nobody checks their own hours."))
    db.session.refresh(credit, ["state", "version"], with_for_update=True)
    if credit.state is not CreditState.CLAIMED:
        raise Refused(_("These hours were checked already."))
    if not counts and not note.strip():
        raise Refused(_("Say why they do not count: the person reads it."), "note")
    credit.state = CreditState.COUNTED if counts else CreditState.REFUSED
    credit.decided_at, credit.decided_by_id = clock.now(), by.id
    credit.decision_note = note.strip()
    audit.record(TrainingFact.CREDIT_DECIDED, credit, by=by)
    notices.hours_decided(credit)
