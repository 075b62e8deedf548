"""Programmes: kept by HR, joined by people, opened course by course until all are completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.jobs import enqueue
from portal.core.states import require_move
from portal.people.models import Person
from portal.training import notices, queries
from portal.training.models import (
    Completion,
    Course,
    EnrolmentRule,
    Programme,
    ProgrammeCourse,
    ProgrammeEnrolment,
)
from portal.training.operations.enrolment import cancel_enrolment, enrol
from portal.training.states import COURSE_MOVES, CourseState, Origin, StepState, TrainingFact
from portal.training.steps import is_complete, steps

BATCH = 100


@dataclass(frozen=True)
class ProgrammeTerms:
    """What a programme is: its texts, and its courses in order, each with whether it is optional.

    With ``in_order`` a course opens when the required ones before it are completed.
    """

    title: Words
    summary: Words
    courses: Sequence[tuple[Course, bool]]
    in_order: bool = True


def add_programme(key: str, terms: ProgrammeTerms, *, by: Account | None) -> Programme:
    """Put a programme on offer.

    Raises:
        Refused: if the key is taken, a course is in it twice, or none of them is required.
    """
    if db.session.scalar(queries.programme_with_key(key)) is not None:
        raise Refused(_("Another programme has this key."), "key")
    programme = Programme(key=key, state=CourseState.OFFERED, created_at=clock.now())
    _apply(programme, terms)
    db.session.add(programme)
    _record(TrainingFact.PROGRAMME_ADDED, programme, terms, by=by)
    return programme


def change_programme(programme: Programme, terms: ProgrammeTerms, *, by: Account | None) -> None:
    """Change what a programme is; who is in it goes on with the courses it has now.

    Raises:
        Refused: as ``add_programme``.
    """
    _apply(programme, terms)
    _record(TrainingFact.PROGRAMME_CHANGED, programme, terms, by=by)
    enqueue("training.follow_programme", programme_id=programme.id, after=0)


def retire_programme(programme: Programme, *, by: Account | None) -> None:
    """Take no more people; who is in it goes on."""
    _move(programme, CourseState.RETIRED, by=by)


def offer_programme(programme: Programme, *, by: Account | None) -> None:
    """Open a retired programme to people again."""
    _move(programme, CourseState.OFFERED, by=by)


def _move(programme: Programme, state: CourseState, *, by: Account | None) -> None:
    require_move(COURSE_MOVES, programme.state, state)
    programme.state = state
    audit.record(TrainingFact.PROGRAMME_CHANGED, programme, by=by)


def _apply(programme: Programme, terms: ProgrammeTerms) -> None:
    wanted = dict(terms.courses)
    if len(wanted) < len(terms.courses):
        raise Refused(_("A course can be in a programme once."), "courses")
    if all(wanted.values()):
        raise Refused(_("Choose at least one course that is not optional."), "courses")
    programme.title, programme.summary = terms.title, terms.summary
    programme.in_order = terms.in_order
    known = {row.course: row for row in programme.courses}
    for course in known.keys() - wanted.keys():
        programme.courses.remove(known[course])
    for order, (course, optional) in enumerate(wanted.items(), start=1):
        row = known.get(course)
        if row is None:
            row = ProgrammeCourse(course=course)
            programme.courses.append(row)
        row.order, row.optional = order, optional
    programme.courses.sort(key=lambda row: row.order)


def _record(
    fact: TrainingFact, programme: Programme, terms: ProgrammeTerms, *, by: Account | None
) -> None:
    courses = [course.key for course, _optional in terms.courses]
    audit.record(fact, programme, by=by, courses=courses)


def enrol_in_programme(
    person: Person,
    programme: Programme,
    *,
    origin: Origin,
    reason: Words | None = None,
    due_on: date | None = None,
    rule: EnrolmentRule | None = None,
    by: Account | None,
) -> ProgrammeEnrolment:
    """Put a person on the way through a programme and enrol them in what is open to them first.

    Who is in it stays in it, and the earlier due day counts.

    Raises:
        Refused: if it is not on offer, others enrol people in one of its courses, or the person
            has completed all of it.
    """
    live = db.session.scalar(queries.live_programme_enrolment(person.id, programme.id))
    if live is None:
        _require_open(person, programme, origin)
        live = _insert(
            ProgrammeEnrolment(
                person=person,
                programme=programme,
                rule_id=rule.id if rule else None,
                origin=origin,
                reason=reason or {},
                due_on=due_on,
                created_at=clock.now(),
            )
        )
        audit.record(TrainingFact.PROGRAMME_JOINED, live, by=by)
    elif due_on is not None and (live.due_on is None or due_on < live.due_on):
        live.due_on = due_on
    open_next(live, by=by)
    return live


def _require_open(person: Person, programme: Programme, origin: Origin) -> None:
    if programme.state is not CourseState.OFFERED:
        raise Refused(_("This programme is not on offer."))
    if origin is Origin.SELF and not may_join(programme):
        raise Refused(_("Your manager or HR enrols people in this programme. Ask them."))
    if is_complete(programme, _done(person.id, programme)):
        raise Refused(_("Everything in this programme is completed already."))


def may_join(programme: Programme) -> bool:
    """Whether people enrol themselves: where they may in each required course."""
    return all(row.course.self_enrol for row in programme.courses if not row.optional)


def _insert(row: ProgrammeEnrolment) -> ProgrammeEnrolment:
    """Write the row; of two at once the first is the one."""
    key = (row.person.id, row.programme.id)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        known = db.session.scalar(queries.live_programme_enrolment(*key))
        if known is None:
            raise
        return known
    return row


def _done(person_id: int, programme: Programme) -> set[int]:
    ids = {row.course_id for row in programme.courses}
    ids |= {one.required_id for row in programme.courses for one in row.course.prerequisites}
    rows = db.session.execute(queries.completed_by([person_id], ids))
    return {course_id for _person_id, course_id in rows}


def open_next(row: ProgrammeEnrolment, *, by: Account | None) -> None:
    """Enrol the person in the required courses now open, or close the programme as completed."""
    done = _done(row.person_id, row.programme)
    if is_complete(row.programme, done):
        _complete(row, by=by)
        return
    for step in steps(row.programme, done, ()):
        if step.state is StepState.OPEN and not step.optional:
            _enrol(row, step.course, by=by)


def _enrol(row: ProgrammeEnrolment, course: Course, *, by: Account | None) -> None:
    if _was_enrolled(row, course):
        return
    try:
        enrol(
            row.person,
            course,
            origin=row.origin,
            reason=row.reason,
            due_on=row.due_on,
            programme=row.programme,
            by=by,
        )
    except Refused:
        # All tries are used up, say: the page of the programme shows where the person stands.
        return


def _was_enrolled(row: ProgrammeEnrolment, course: Course) -> bool:
    """Whether they were in the course since joining: who left or failed it is not sent again."""
    latest = db.session.scalar(queries.latest_enrolment(row.person_id, course.id))
    return latest is not None and latest.created_at >= row.created_at


def _complete(row: ProgrammeEnrolment, *, by: Account | None) -> None:
    if not row.is_live:
        return
    row.completed_on, row.closed_at = clock.today(), clock.now()
    audit.record(TrainingFact.PROGRAMME_COMPLETED, row, by=by)
    notices.programme_completed(row)


def follow_completion(completion: Completion, *, by: Account | None) -> None:
    """A completed course may open the next one, or be the last, in programmes of the person."""
    of_person = queries.programme_enrolments_of(completion.person_id, live=True)
    for row in db.session.scalars(of_person).all():
        open_next(row, by=by)


def follow_programme(programme: Programme, after: int) -> int | None:
    """Open what a changed programme opens to those who are in it, a batch after an enrolment's id.

    Returns the id to go on after, or ``None`` at the end.
    """
    rows = db.session.scalars(queries.members_after(programme.id, after).limit(BATCH)).all()
    for row in rows:
        open_next(row, by=None)
    return rows[-1].id if len(rows) == BATCH else None


def leave_programme(row: ProgrammeEnrolment, *, by: Account) -> None:
    """Take a person out of a programme and of its courses they have not completed.

    Raises:
        Refused: if it is over already.
    """
    if not row.is_live:
        raise Refused(_("This programme is over."))
    row.closed_at = clock.now()
    audit.record(TrainingFact.PROGRAMME_LEFT, row, by=by)
    for enrolment in db.session.scalars(queries.live_enrolments_of(row.person_id)).all():
        if enrolment.programme_id == row.programme_id:
            cancel_enrolment(enrolment, by=by)
