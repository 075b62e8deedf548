"""Awarding certificates: rows are added under the rule in force, and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import expiry, policy
from portal.certification.mandated import due_days
from portal.certification.models import (
    Award,
    AwardCheck,
    AwardEvidence,
    Certification,
    CertificationVersion,
    Revocation,
)
from portal.certification.operations import conditions
from portal.certification.operations.lapse import note_earlier_leaving
from portal.certification.standing import Facts
from portal.certification.states import AwardSource, CertificationFact
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that a criterion is met, or the whole award if it names none."""

    criterion_id: int | None = None
    note: str = ""
    file_id: int | None = None
    completion_id: int | None = None


def record_award(
    person: Person,
    certification: Certification,
    *,
    completed_on: date,
    source: AwardSource,
    reference: str = "",
    evidence: Iterable[Proof] = (),
    previous: Award | None = None,
    by: Account | None,
) -> Award:
    """Award a certification for what was completed on a day; ``previous`` is what it renews.

    The last valid day follows from the rule in force on that day and, for a first award, from the
    day by which it was mandatory, if it was. What was brought along is checked by a second person,
    else the rule says whether; HR entering proof for somebody else is that person.

    Raises:
        Refused: if the day lies ahead, the certification is retired, its rule no longer counts, a
            prerequisite is not in force on that day, or the award would overlap, precede or repeat
            another that it does not renew.
    """
    conditions.require_in_use(certification)
    known = conditions.counting(person, certification)
    conditions.require_past(person, completed_on)
    version = conditions.version_for(certification, completed_on)
    conditions.require_order(certification, known, completed_on)
    renewed = conditions.require_renewable(certification, known, completed_on, previous)
    conditions.require_prerequisites(person, version, completed_on)
    award = _award(person, version, completed_on, source=source, reference=reference, by=by)
    award.supersedes = previous
    due_on = None if known else due_days(person, completed_on).get(certification.id)
    award.expires_on = _expires_on(version, completed_on, renewed, due_on)
    return _write(award, list(evidence), by)


def correct_award(
    award: Award, *, completed_on: date, reference: str, reason: str, by: Account
) -> Award:
    """Put an award with the right day or reference in the place of a wrong one.

    The wrong one is revoked from its first day on; what showed it goes over to the new one.

    Raises:
        Refused: without a reason, if the day lies ahead or not after the award before, or if the
            award was refused, revoked or replaced already.
    """
    if not reason.strip():
        raise Refused(_("Say what was wrong."), "reason")
    known = conditions.counting(award.person, award.certification)
    before = [one for one in known if one.award_id != award.id]
    wrong = next((one for one in known if one.award_id == award.id), None)
    if wrong is None or wrong.revoked_on or award.superseded_by is not None:
        raise Refused(_("This certificate was refused, revoked or replaced already."))
    conditions.require_past(award.person, completed_on)
    version = conditions.version_for(award.certification, completed_on)
    conditions.require_order(award.certification, before, completed_on)
    revoke(award, revoked_on=award.issued_on, reason=reason, by=by)
    right = _award(
        award.person, version, completed_on, source=award.source, reference=reference, by=by
    )
    right.supersedes = award
    renewed = next((one for one in before if one.award_id == award.supersedes_id), None)
    right.expires_on = _expires_on(version, completed_on, renewed)
    proofs = [
        Proof(row.criterion_id, row.note, row.file_id, row.completion_id) for row in award.evidence
    ]
    return _write(right, [*proofs, Proof(note=reason.strip())], by)


def revoke(award: Award, *, revoked_on: date, reason: str, by: Account) -> Revocation:
    """Write down that an award does not count from a day on; nothing is checked."""
    revocation = Revocation(
        award_id=award.id,
        revoked_on=revoked_on,
        reason=reason.strip(),
        revoked_at=clock.now(),
        revoked_by_id=by.id,
    )
    db.session.add(revocation)
    audit.record(
        CertificationFact.REVOKED, award, by=by, revoked_on=revoked_on, reason=reason.strip()
    )
    db.session.expire(award, ["revocation"])
    return revocation


def _award(
    person: Person,
    version: CertificationVersion,
    completed_on: date,
    *,
    source: AwardSource,
    reference: str,
    by: Account | None,
) -> Award:
    return Award(
        person=person,
        certification=version.certification,
        certification_version=version,
        issued_on=completed_on,
        source=source,
        reference=" ".join(reference.split()),
        needs_check=version.needs_check or source is AwardSource.UPLOADED,
        awarded_at=clock.now(),
        awarded_by_id=by.id if by else None,
    )


def _expires_on(
    version: CertificationVersion,
    completed_on: date,
    renewed: Facts | None,
    due_on: date | None = None,
) -> date | None:
    """The last valid day by the rule; it must not come before the first.

    Raises:
        Refused: if it would.
    """
    last = expiry.expires_on(
        expiry.Rule.of(version),
        completed_on=completed_on,
        previous=renewed.last_day(completed_on) if renewed else None,
        due_on=due_on,
    )
    if last is not None and last < completed_on:
        raise Refused(
            _(
                "By the rule this would expire on %(last)s, before its first day. Check the day.",
                last=i18n.date(last),
            ),
            "completed_on",
        )
    return last


def _write(award: Award, proofs: list[Proof], by: Account | None) -> Award:
    """Add the row with what shows it, and the second person's word where it is given already."""
    award.evidence = [
        AwardEvidence(
            criterion_id=proof.criterion_id,
            note=proof.note,
            file_id=proof.file_id,
            completion_id=proof.completion_id,
        )
        for proof in proofs
    ]
    db.session.add(award)
    db.session.flush()
    if award.supersedes is not None:
        db.session.expire(award.supersedes, ["superseded_by"])
    audit.record(CertificationFact.AWARDED, award, by=by)
    note_earlier_leaving(award, by=by)
    if award.needs_check and proofs and by is not None and policy.is_second_person(by, award):
        write_check(award, agreed=True, note="", by=by)
    return award


def write_check(award: Award, *, agreed: bool, note: str, by: Account) -> None:
    """Write down what the second person found; nothing is checked."""
    check = AwardCheck(
        award_id=award.id,
        agreed=agreed,
        note=note.strip(),
        checked_at=clock.now(),
        checked_by_id=by.id,
    )
    db.session.add(check)
    audit.record(CertificationFact.CHECKED, award, by=by, agreed=agreed)
    db.session.expire(award, ["check"])
    if award.supersedes is not None:
        db.session.expire(award.supersedes, ["superseded_by"])
