"""What a second person says of an award, and taking one back."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import notices
from portal.certification.models import Award
from portal.certification.operations import conditions
from portal.certification.operations.award import revoke, write_check
from portal.core import i18n
from portal.core.db import db
from portal.core.errors import Refused


def check_award(award: Award, *, agreed: bool, note: str = "", by: Account) -> None:
    """Agree that the evidence shows what it should, or refuse it with a note; the holder is told.

    Raises:
        Refused: if it is the checker's own, needs no check, was checked or revoked already, or is
            refused without a note.
    """
    if by.person_id == award.person_id:
        raise Refused(_("Nobody checks their own certificate."))
    conditions.lock(award.person)
    db.session.refresh(award, ["check", "revocation"])
    if not award.needs_check or award.revocation is not None:
        raise Refused(_("There is nothing to check here."))
    if award.check is not None:
        who = award.check.checked_by.display_name
        raise Refused(_("%(who)s has checked this already.", who=who))
    if not agreed and not note.strip():
        raise Refused(_("Say what is wrong, so that it can be put right."), "note")
    write_check(award, agreed=agreed, note=note, by=by)
    notices.checked(award, agreed=agreed, note=note.strip())


def revoke_award(award: Award, *, revoked_on: date, reason: str, by: Account) -> None:
    """Take an award back: it does not count from a day on; the holder is told why.

    Raises:
        Refused: if it is one's own, was refused or revoked already, there is no reason, or the day
            lies before the first or ahead.
    """
    if by.person_id == award.person_id:
        raise Refused(_("Nobody revokes their own certificate."))
    if not reason.strip():
        raise Refused(_("Give the reason. The holder will read it."), "reason")
    conditions.lock(award.person)
    db.session.refresh(award, ["check", "revocation"])
    if award.revocation is not None or (award.check is not None and not award.check.agreed):
        raise Refused(_("This certificate was refused or revoked already."))
    if revoked_on < award.issued_on:
        day = i18n.date(award.issued_on)
        raise Refused(_("It counts from %(day)s. Choose that day or later.", day=day), "revoked_on")
    if revoked_on > conditions.today_of(award.person):
        raise Refused(_("Choose today or an earlier day."), "revoked_on")
    notices.revoked(award, revoke(award, revoked_on=revoked_on, reason=reason, by=by))
