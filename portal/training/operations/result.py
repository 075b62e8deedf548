"""Attendance and results: who came, who passed, who may try again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.training import notices, queries
from portal.training.calendar import local_day
from portal.training.models import Attempt, Completion, CourseSession, Enrolment
from portal.training.operations import seats
from portal.training.operations.completion import complete, require_past
from portal.training.states import (
    MOVES,
    CourseKind,
    EnrolmentState,
    SessionState,
    TrainingFact,
)


def hold_session(session: CourseSession, *, present: Collection[int], by: Account) -> None:
    """Record who came, by the ids of their enrolments; done again it corrects who was missed.

    Who came has completed a course without a test. Who did not is absent and can be enrolled
    again; who waited in vain stays enrolled in the course.

    Raises:
        Refused: if the session has not begun or was cancelled, somebody ticked is not of it, or
            the trainer is among those who came.
    """
    seats.lock(session)
    if session.state is SessionState.CANCELLED or session.starts_at > clock.now():
        raise Refused(_("The session has not taken place."))
    rows = list(db.session.scalars(queries.participants(session.id)))
    if set(present) - {row.id for row in rows}:
        raise Refused(_("Somebody you ticked does not take part in this session."))
    session.state = SessionState.HELD
    audit.record(TrainingFact.SESSION_HELD, session, by=by)
    for row in rows:
        if row.state is EnrolmentState.WAITING:
            row.session, row.state = None, EnrolmentState.ENROLLED
            notices.no_seat(row, session)
        elif row.id in present:
            _came(row, session, by=by)
        elif row.state is EnrolmentState.ENROLLED and not row.attempts:
            _missed(row, by=by)


def _came(row: Enrolment, session: CourseSession, *, by: Account) -> None:
    if row.state is EnrolmentState.ABSENT:
        require_move(MOVES, row.state, EnrolmentState.ENROLLED)
        if db.session.scalar(queries.live_enrolment(row.person_id, row.course_id)) is not None:
            raise Refused(
                _("%(who)s is enrolled in this course again already.", who=row.person.display_name)
            )
        row.state, row.closed_at = EnrolmentState.ENROLLED, None
        db.session.flush()
    if row.state is EnrolmentState.ENROLLED and session.course.pass_mark is None:
        record_result(row, taken_on=last_day(session), score=None, passed=True, by=by)


def _missed(row: Enrolment, *, by: Account) -> None:
    require_move(MOVES, row.state, EnrolmentState.ABSENT)
    row.state, row.closed_at = EnrolmentState.ABSENT, clock.now()
    audit.record(TrainingFact.ABSENCE_RECORDED, row, by=by)
    notices.absent(row)


def last_day(session: CourseSession) -> date:
    """The day a session ends at its place, or today while it lasts."""
    return local_day(min(session.ends_at, clock.now()), session.time_zone)


def record_result(
    enrolment: Enrolment,
    *,
    taken_on: date,
    score: int | None = None,
    passed: bool | None = None,
    note: str = "",
    by: Account,
) -> Attempt:
    """Record a try: where the course has a pass mark the score decides, else ``passed`` does.

    Who passes has completed the course; who does not may try again while tries are left.

    Raises:
        Refused: if it is one's own, the enrolment is over or its session has not begun, the day
            lies ahead, a score is needed or impossible, or no try is left.
    """
    db.session.refresh(enrolment, ["state", "version"], with_for_update=True)
    _require_open(enrolment, by)
    require_past(taken_on, "taken_on")
    passed = _verdict(enrolment, score, passed)
    most, number = enrolment.course.most_attempts, len(enrolment.attempts) + 1
    if most is not None and number > most:
        raise Refused(_("No try is left."), "score")
    attempt = Attempt(
        number=number,
        taken_on=taken_on,
        score=score,
        passed=passed,
        note=note,
        recorded_at=clock.now(),
        recorded_by_id=by.id,
    )
    enrolment.attempts.append(attempt)
    audit.record(TrainingFact.RESULT_RECORDED, attempt, by=by, about=enrolment.person_id)
    if passed:
        _completed(enrolment, taken_on, score, by=by)
    elif number == most:
        require_move(MOVES, enrolment.state, EnrolmentState.FAILED)
        enrolment.state, enrolment.closed_at = EnrolmentState.FAILED, clock.now()
    notices.result(attempt, by=by)
    return attempt


def _require_open(enrolment: Enrolment, by: Account) -> None:
    if by.person_id == enrolment.person_id:
        raise Refused(_("Nobody records their own result."))
    if enrolment.state is not EnrolmentState.ENROLLED:
        require_move(MOVES, enrolment.state, EnrolmentState.COMPLETED)
        raise Refused(_("Who waits for a seat has no result yet."))
    if enrolment.session is not None and seats.is_coming(enrolment.session):
        raise Refused(_("The session has not taken place."))


def _verdict(enrolment: Enrolment, score: int | None, passed: bool | None) -> bool:
    if score is not None and not 0 <= score <= 100:
        raise Refused(_("Give a score from 0 to 100."), "score")
    mark = enrolment.course.pass_mark
    if mark is not None:
        if score is None:
            raise Refused(_("Give the score: the course has a test."), "score")
        return score >= mark
    if passed is None:
        raise Refused(_("Say whether it is passed."), "passed")
    return passed


def confirm_completion(enrolment: Enrolment, *, by: Account) -> Completion:
    """Say that one has worked through a course without a test on one's own.

    Raises:
        Refused: if the course has a test or a trainer, or the enrolment is over.
    """
    course = enrolment.course
    if course.kind is not CourseKind.SELF_PACED or course.pass_mark is not None:
        raise Refused(_("Somebody else records the result of this course."))
    require_move(MOVES, enrolment.state, EnrolmentState.COMPLETED)
    return _completed(enrolment, clock.today(by.time_zone), None, by=by)


def _completed(enrolment: Enrolment, day: date, score: int | None, *, by: Account) -> Completion:
    return complete(
        person=enrolment.person,
        course=enrolment.course,
        completed_on=day,
        score=score,
        origin=enrolment.origin,
        enrolment=enrolment,
        by=by,
    )
