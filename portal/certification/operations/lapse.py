"""What leaving and coming back does to awards that outlive an employment for some months only."""

from __future__ import annotations

from datetime import date

from portal.accounts.models import Account
from portal.certification import expiry, queries
from portal.certification.models import Award, AwardLapse
from portal.certification.states import CertificationFact
from portal.core import audit
from portal.core.db import db
from portal.people import queries as people
from portal.people.models import Person


def note_leaving(person: Person, left_on: date, *, by: Account | None) -> None:
    """Write down until when each award holds good after the last day; a new last day corrects it.

    Refused awards stay out, and so do those another took the place of before the person leaves.
    """
    for award in db.session.scalars(queries.awards_of(person.id)):
        lapses_on = expiry.lapses_on(expiry.Rule.of(award.certification_version), left_on)
        if lapses_on is None or not _counts(award, left_on):
            continue
        lapse = next((row for row in award.lapses if row.returned_on is None), None)
        if lapse is None:
            lapse = AwardLapse(award_id=award.id, left_on=left_on, lapses_on=lapses_on)
            db.session.add(lapse)
        elif lapse.left_on == left_on:
            continue
        lapse.left_on, lapse.lapses_on = left_on, lapses_on
        audit.record(CertificationFact.LAPSE_NOTED, lapse, by=by, about=person.id)
        db.session.expire(award, ["lapses"])


def note_earlier_leaving(award: Award, *, by: Account | None) -> None:
    """Give an award entered late the lapse it would have got when its holder left."""
    if award.certification_version.lapse_months is None:
        return
    latest = db.session.scalar(people.latest_employment(award.person_id))
    left_on = latest.ends_on if latest else None
    if left_on is not None and left_on >= award.issued_on:
        note_leaving(award.person, left_on, by=by)


def note_return(person: Person, returned_on: date, *, by: Account | None) -> None:
    """Write down that somebody who left is back: in time, and nothing lapsed."""
    for award in db.session.scalars(queries.awards_of(person.id)):
        for lapse in award.lapses:
            if lapse.returned_on is None and lapse.left_on < returned_on:
                lapse.returned_on = returned_on
                audit.record(CertificationFact.RETURN_NOTED, lapse, by=by, about=person.id)


def _counts(award: Award, day: date) -> bool:
    if award.check is not None and not award.check.agreed:
        return False
    if award.revocation is not None and award.revocation.revoked_on <= day:
        return False
    after = award.superseded_by
    return after is None or after.issued_on > day or (after.needs_check and after.check is None)
