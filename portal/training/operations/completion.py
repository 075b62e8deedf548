"""Record that a course is completed: the row, its hours, its evidence, and who is told."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.competencies.operations import add_evidence
from portal.competencies.states import EvidenceSource
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.people.models import Person
from portal.training import queries
from portal.training.models import Completion, Course, Credit, Enrolment
from portal.training.operations import seats
from portal.training.signals import course_completed
from portal.training.states import MOVES, EnrolmentState, Origin, TrainingFact

EARLIEST_ZONE = "Pacific/Kiritimati"
"""Where a day begins first: what is tomorrow there has happened nowhere."""


def complete(
    *,
    person: Person,
    course: Course,
    completed_on: date,
    score: int | None = None,
    origin: Origin,
    enrolment: Enrolment | None = None,
    by: Account | None,
) -> Completion:
    """Record a completion; the same person, course and day again returns the row there is.

    Hours and evidence follow from the course. The enrolment, or the live one if none is given, is
    closed; a seat in a session that is still to come becomes free.

    Raises:
        Refused: if the day lies ahead, or the score is not from 0 to 100.
    """
    require_past(completed_on, "completed_on")
    if score is not None and not 0 <= score <= 100:
        raise Refused(_("Give a score from 0 to 100."), "score")
    enrolment = enrolment or db.session.scalar(queries.live_enrolment(person.id, course.id))
    if enrolment is not None:
        close_enrolment(enrolment)
    known = db.session.scalar(queries.completion_on(person.id, course.id, completed_on))
    if known is not None:
        return known
    row = Completion(
        person=person,
        course=course,
        enrolment_id=enrolment.id if enrolment else None,
        completed_on=completed_on,
        score=score,
        origin=origin,
        recorded_at=clock.now(),
        recorded_by_id=by.id if by else None,
    )
    if (known := _insert(row)) is not row:
        return known
    _give_credits(row)
    audit.record(TrainingFact.COMPLETED, row, by=by)
    _give_evidence(row, by=by)
    course_completed.send(completion=row, by=by)
    return row


def require_past(day: date, field: str) -> None:
    """Check that a day has begun somewhere.

    Raises:
        Refused: if it lies ahead.
    """
    if day > clock.today(EARLIEST_ZONE):
        raise Refused(
            _("%(day)s lies ahead. Give the day it was completed.", day=i18n.date(day)),
            field,
        )


def close_enrolment(enrolment: Enrolment) -> None:
    """Close an enrolment as completed; a seat in a session to come becomes free."""
    if enrolment.state is EnrolmentState.COMPLETED:
        return
    require_move(MOVES, enrolment.state, EnrolmentState.COMPLETED)
    seats.give_up(enrolment)
    enrolment.state = EnrolmentState.COMPLETED
    enrolment.closed_at = clock.now()


def _insert(row: Completion) -> Completion:
    """Write the row; if somebody was faster, theirs is the one."""
    key = (row.person.id, row.course.id, row.completed_on)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        known = db.session.scalar(queries.completion_on(*key))
        if known is None:
            raise
        return known
    return row


def _give_credits(row: Completion) -> None:
    for worth in row.course.credits:
        db.session.add(
            Credit(
                person_id=row.person_id,
                category_id=worth.category_id,
                minutes=worth.minutes,
                earned_on=row.completed_on,
                completion=row,
                claimed_at=clock.now(),
            )
        )


def _give_evidence(row: Completion, *, by: Account | None) -> None:
    for taught in row.course.competencies:
        if taught.competency.current is not None:
            add_evidence(
                person_id=row.person_id,
                version=taught.competency.current,
                level=taught.level,
                source=EvidenceSource.COURSE,
                source_id=row.id,
                observed_on=row.completed_on,
                by=by,
            )
