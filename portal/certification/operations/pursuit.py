"""The way to a first award or a renewal: begun with one click, saved step by step, handed in."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.certification import notices, queries
from portal.certification.models import (
    Award,
    Certification,
    Criterion,
    Pursuit,
    PursuitEvidence,
)
from portal.certification.operations import conditions
from portal.certification.operations.award import Proof, record_award
from portal.certification.progress import Progress, progress_of
from portal.certification.standing import standing_of
from portal.certification.states import IN_FORCE, AwardSource, CertificationFact
from portal.core import audit, clock, i18n
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.people.models import Person
from portal.training.models import Course, Enrolment
from portal.training.operations import enrol
from portal.training.states import Origin


def start_pursuit(person: Person, certification: Certification, *, by: Account) -> Pursuit:
    """Begin the way to a first award, or to a renewal once its window is open; again, return it.

    Raises:
        Refused: if the certification is retired, an award waits for its check, or the one there is
            never expires or cannot be renewed yet.
    """
    known = conditions.counting(person, certification)
    begun = db.session.scalar(queries.open_pursuit(person.id, certification.id))
    if begun is not None:
        return begun
    conditions.require_in_use(certification)
    conditions.require_none_waiting(certification, known)
    today = conditions.today_of(person)
    held = standing_of(known, day=today)
    renews = None
    if held.standing in IN_FORCE:
        renews = db.session.get_one(Award, held.award_id)
        conditions.require_open_window(certification, renews, held.last_day, today)
    version = db.session.scalars(queries.version_on(certification, today)).one()
    pursuit = Pursuit(
        person=person,
        certification=certification,
        certification_version=version,
        renews=renews,
        opened_at=clock.now(),
    )
    db.session.add(pursuit)
    audit.record(CertificationFact.STARTED, pursuit, by=by)
    return pursuit


def give_evidence(
    pursuit: Pursuit,
    criterion: Criterion,
    *,
    note: str = "",
    file: StoredFile | None = None,
    by: Account,
) -> PursuitEvidence:
    """Bring what meets a criterion; a file given before stays unless there is a new one.

    Raises:
        Refused: if the way is over, a course meets the criterion, nothing was given, or the file
            that is asked for is missing.
    """
    require_open(pursuit)
    if criterion.certification_version.certification_id != pursuit.certification_id:
        raise Refused(_("This belongs to another certification."))
    if criterion.course_id is not None:
        raise Refused(_("Completing the course meets this. Nothing else is needed."))
    before = [row for row in pursuit.evidence if row.criterion_id == criterion.id]
    kept = before[-1].file_id if before else None
    file_id = file.id if file else kept
    if criterion.needs_file and file_id is None:
        raise Refused(_("Add the file that shows it."), "file")
    if not note.strip() and file_id is None:
        raise Refused(_("Say what shows it, or add a file."), "note")
    row = PursuitEvidence(
        pursuit_id=pursuit.id,
        criterion_id=criterion.id,
        note=note.strip(),
        file_id=file_id,
        given_at=clock.now(),
        given_by_id=by.id,
    )
    db.session.add(row)
    audit.record(CertificationFact.EVIDENCE_GIVEN, pursuit, by=by, criterion=criterion.id)
    db.session.expire(pursuit, ["evidence"])
    return row


def enrol_for_pursuit(pursuit: Pursuit, course: Course, *, by: Account) -> Enrolment:
    """Enrol the person in a course that meets a criterion.

    Raises:
        Refused: if the way is over, or training refuses it.
    """
    require_open(pursuit)
    own = by.person_id == pursuit.person_id
    return enrol(
        pursuit.person,
        course,
        origin=Origin.SELF if own else Origin.CERTIFICATION,
        reason=None if own else _reason(pursuit),
        by=by,
    )


def hand_in(pursuit: Pursuit, *, completed_on: date, reference: str = "", by: Account) -> Award:
    """Turn what was brought into an award, which a second person checks if the rule says so.

    Raises:
        Refused: if the way is over, something is missing on that day, or it cannot be awarded.
    """
    require_open(pursuit)
    conditions.require_past(pursuit.person, completed_on)
    progress = progress_on(pursuit, completed_on)
    if progress.missing:
        raise Refused(
            ngettext(
                "One thing was still missing on %(day)s.",
                "%(num)s things were still missing on %(day)s.",
                progress.missing,
                day=i18n.date(completed_on),
            ),
            "completed_on",
        )
    return award_from(pursuit, progress, completed_on, reference=reference, by=by)


def award_from(
    pursuit: Pursuit, progress: Progress, completed_on: date, *, reference: str, by: Account | None
) -> Award:
    """Award what a pursuit has led to, and close it."""
    award = record_award(
        pursuit.person,
        pursuit.certification,
        completed_on=completed_on,
        source=AwardSource.EARNED,
        reference=reference,
        evidence=proofs_of(progress),
        previous=progress.renews,
        by=by,
    )
    pursuit.award_id = award.id
    pursuit.closed_at = clock.now()
    if award.needs_check and award.check is None:
        notices.to_check(award)
    return award


def add_certificate(
    person: Person,
    certification: Certification,
    *,
    completed_on: date,
    reference: str = "",
    note: str = "",
    file: StoredFile,
    by: Account,
) -> Award:
    """Enter a certificate got elsewhere, first or as a renewal; it ends the way to one here.

    Raises:
        Refused: as for ``record_award``.
    """
    award = record_award(
        person,
        certification,
        completed_on=completed_on,
        source=AwardSource.UPLOADED,
        reference=reference,
        evidence=[Proof(note=note.strip(), file_id=file.id)],
        previous=conditions.renewable(person, certification, completed_on),
        by=by,
    )
    begun = db.session.scalar(queries.open_pursuit(person.id, certification.id))
    if begun is not None:
        begun.award_id, begun.closed_at = award.id, clock.now()
    if award.check is None:
        notices.to_check(award)
    return award


def give_up_pursuit(pursuit: Pursuit, *, by: Account) -> None:
    """End the way without an award; what was brought stays on record.

    Raises:
        Refused: if it is over already.
    """
    require_open(pursuit)
    pursuit.closed_at = clock.now()
    audit.record(CertificationFact.GIVEN_UP, pursuit, by=by)


def progress_on(pursuit: Pursuit, day: date) -> Progress:
    """How far somebody is on a day."""
    evidence = db.session.scalars(queries.evidence_for(pursuit.id)).all()
    return progress_of(
        pursuit.person, pursuit.certification, day, renews=pursuit.renews, evidence=evidence
    )


def proofs_of(progress: Progress) -> list[Proof]:
    """What meets each criterion, as an award keeps it."""
    return [
        Proof(
            criterion_id=line.criterion.id,
            note=line.evidence.note if line.evidence else "",
            file_id=line.evidence.file_id if line.evidence else None,
            completion_id=line.completion.id if line.completion else None,
        )
        for line in progress.lines
    ]


def require_open(pursuit: Pursuit) -> None:
    """Refuse changes once it was handed in or given up.

    The lock keeps two windows of one person from handing in twice.
    """
    lock = sa.select(Pursuit).where(Pursuit.id == pursuit.id).with_for_update()
    db.session.execute(lock, execution_options={"populate_existing": True})
    if pursuit.closed_at is not None:
        raise Refused(_("This was handed in or given up already."))


def _reason(pursuit: Pursuit) -> Words:
    version = pursuit.certification_version
    return i18n.in_each_language(lambda: _("Needed for %(name)s", name=i18n.words(version.name)))
