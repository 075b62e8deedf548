"""Releasing a person from a certification for a time."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.models import Certification, Waiver
from portal.certification.operations import conditions
from portal.certification.states import CertificationFact
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person


def waive_certification(
    person: Person,
    certification: Certification,
    *,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: Account,
) -> Waiver:
    """Say that a person need not hold a certification; ``ends_on`` is the last such day.

    Raises:
        Refused: if it is for oneself, has no reason, ends before it starts, or overlaps another.
    """
    if by.person_id == person.id:
        raise Refused(_("Nobody releases themself from a certification."))
    if not reason.strip():
        raise Refused(_("Give the reason."), "reason")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day can't be before the first."), "ends_on")
    conditions.lock(person)
    select = queries.waivers_over(person.id, certification.id, starts_on, ends_on)
    other = db.session.scalars(select).first()
    if other is not None:
        day = i18n.date(other.starts_on)
        raise Refused(_("There is a waiver from %(day)s already.", day=day), "starts_on")
    waiver = Waiver(
        person=person,
        certification=certification,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        granted_at=clock.now(),
        granted_by_id=by.id,
    )
    db.session.add(waiver)
    audit.record(CertificationFact.WAIVED, waiver, by=by)
    return waiver


def end_waiver(waiver: Waiver, *, by: Account) -> None:
    """End a waiver: today is its last day, or its first if that lies ahead.

    Raises:
        Refused: if it is one's own or over already.
    """
    if by.person_id == waiver.person_id:
        raise Refused(_("Nobody ends their own waiver."))
    last = max(waiver.starts_on, conditions.today_of(waiver.person))
    if waiver.ends_on is not None and waiver.ends_on <= last:
        raise Refused(_("This waiver ends on %(day)s anyway.", day=i18n.date(waiver.ends_on)))
    waiver.ends_on = last
    audit.record(CertificationFact.WAIVER_ENDED, waiver, by=by)
