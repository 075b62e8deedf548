"""Who is told of sessions and results."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import clock
from portal.people.models import Person
from portal.training.models import Attempt, CourseSession, Enrolment
from portal.training.notices.kinds import TrainingNotice
from portal.training.notices.reader import Reader, mail_of, params, send, tell_of
from portal.training.states import EnrolmentState


def session_changed(session: CourseSession, enrolments: list[Enrolment]) -> None:
    """Tell everyone the new time or place; calendars of those who have a seat follow."""
    for enrolment in enrolments:
        reader = Reader.of(enrolment.person)
        if reader is not None:
            tell_of(reader, TrainingNotice.MOVED, enrolment, session)
            if enrolment.state is EnrolmentState.ENROLLED:
                mail_of(reader, "moved", enrolment, session)


def session_cancelled(session: CourseSession, enrolments: list[Enrolment]) -> None:
    """Take a session out of every calendar; its people stay enrolled in the course."""
    for enrolment in enrolments:
        reader = Reader.of(enrolment.person)
        if reader is not None:
            tell_of(reader, TrainingNotice.CALLED_OFF, enrolment, session)
            if enrolment.state is EnrolmentState.ENROLLED:
                mail_of(reader, "called_off", enrolment, session, gone=True)


def teaches(session: CourseSession, trainer: Person, *, gone: bool = False) -> None:
    """Tell a colleague that they teach a session, that it has moved or that it is off."""
    reader = Reader.of(trainer)
    if reader is None or session.starts_at <= clock.now():
        return
    kind = TrainingNotice.CALLED_OFF if gone else TrainingNotice.TEACHES
    reader.tell(kind, f"/training/sessions/{session.id}", **params(session.course.title, session))
    send(reader, "teaching_off" if gone else "teaching", {"session": session}, session, gone=gone)


def result(attempt: Attempt, *, by: Account | None) -> None:
    """Tell a person the result somebody else recorded."""
    enrolment = attempt.enrolment
    reader = Reader.of(enrolment.person)
    if reader is None or (by is not None and by.person_id == enrolment.person_id):
        return
    kind = TrainingNotice.PASSED if attempt.passed else TrainingNotice.AGAIN
    if enrolment.state is EnrolmentState.FAILED:
        kind = TrainingNotice.FAILED
    tell_of(reader, kind, enrolment)
    mail_of(reader, "result", enrolment, attempt=attempt)


def absent(enrolment: Enrolment) -> None:
    """Tell somebody who did not come that the course is still to do."""
    reader = Reader.of(enrolment.person)
    if reader is not None:
        tell_of(reader, TrainingNotice.ABSENT, enrolment)


def no_seat(enrolment: Enrolment, session: CourseSession) -> None:
    """Tell somebody who waited in vain that the course is still to do."""
    reader = Reader.of(enrolment.person)
    if reader is not None:
        tell_of(reader, TrainingNotice.NO_SEAT, enrolment, session)
