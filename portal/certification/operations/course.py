"""What a completed course leads to: an award by itself, or word that nothing is missing."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.certification import notices, queries
from portal.certification.models import Certification, Pursuit
from portal.certification.operations import conditions
from portal.certification.operations.award import record_award
from portal.certification.operations.pursuit import award_from, proofs_of
from portal.certification.progress import Progress, progress_of
from portal.certification.states import AwardSource
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person
from portal.training.models import Completion


def use_completion(completion: Completion, *, by: Account | None) -> None:
    """Award what asks for courses only and for no check; tell who has met the last criterion."""
    person = completion.person
    for certification in db.session.scalars(queries.certifications_by_course(completion.course_id)):
        pursuit = db.session.scalar(queries.open_pursuit(person.id, certification.id))
        day = _day(completion, certification)
        renews = pursuit.renews if pursuit else conditions.renewable(person, certification, day)
        evidence = db.session.scalars(queries.evidence_for(pursuit.id)).all() if pursuit else ()
        progress = progress_of(person, certification, day, renews=renews, evidence=evidence)
        if progress.missing or all(line.completion is not completion for line in progress.lines):
            continue
        if progress.courses_only and not progress.version.needs_check:
            _award(person, certification, progress, pursuit, day, by=by)
        elif pursuit is not None:
            notices.ready(pursuit)


def _day(completion: Completion, certification: Certification) -> date:
    """The day from which all courses count: records may come in another order than the courses."""
    current = certification.current
    courses = {row.course_id for row in current.criteria} if current else set()
    newest = sa.select(sa.func.max(Completion.completed_on)).where(
        Completion.person_id == completion.person_id, Completion.course_id.in_(courses - {None})
    )
    return db.session.scalars(newest).one() or completion.completed_on


def _award(
    person: Person,
    certification: Certification,
    progress: Progress,
    pursuit: Pursuit | None,
    day: date,
    *,
    by: Account | None,
) -> None:
    try:
        # Its own savepoint: a refusal leaves nothing of the award behind.
        with db.session.begin_nested():
            if pursuit is not None:
                award = award_from(pursuit, progress, day, reference="", by=by)
            else:
                award = record_award(
                    person,
                    certification,
                    completed_on=day,
                    source=AwardSource.EARNED,
                    evidence=proofs_of(progress),
                    previous=progress.renews,
                    by=by,
                )
    except Refused:
        # Held already, not open for renewal, or a prerequisite is missing: the completion stands
        # all the same, and the pages of certificates say what is in the way.
        return
    notices.awarded(award)
