"""The organisation's values: worded by HR, retired and never deleted."""

from __future__ import annotations

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Words, db
from portal.recognition.models import OrganisationValue
from portal.recognition.states import RecognitionFact


def add_value(
    *, name: Words, description: Words, key: str | None = None, by: Account | None
) -> OrganisationValue:
    """Add a value behind the others."""
    last = db.session.scalar(sa.select(sa.func.max(OrganisationValue.position))) or 0
    value = OrganisationValue(key=key, name=name, description=description, position=last + 1)
    db.session.add(value)
    audit.record(RecognitionFact.VALUE_ADDED, value, by=by)
    return value


def change_value(value: OrganisationValue, *, name: Words, description: Words, by: Account) -> None:
    """Word a value anew; thanks that name it show the new words."""
    value.name, value.description = name, description
    audit.record(RecognitionFact.VALUE_CHANGED, value, by=by)


def retire_value(value: OrganisationValue, *, by: Account) -> None:
    """Offer it no more; a second time changes nothing."""
    if value.retired_at is None:
        value.retired_at = clock.now()
        audit.record(RecognitionFact.VALUE_RETIRED, value, by=by)


def resume_value(value: OrganisationValue, *, by: Account) -> None:
    """Offer it again; a second time changes nothing."""
    if value.retired_at is not None:
        value.retired_at = None
        audit.record(RecognitionFact.VALUE_RESUMED, value, by=by)
