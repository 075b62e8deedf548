"""Who is told of enrolments, of seats that became free, and of what is due."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.training.models import CourseSession, Enrolment
from portal.training.notices.kinds import TrainingNotice
from portal.training.notices.reader import Reader, day_in_words, mail_of, params, tell_of
from portal.training.states import EnrolmentState


def enrolled(enrolment: Enrolment, *, by: Account | None) -> None:
    """Tell a person whom somebody else enrolled, and whoever now has a seat when to come."""
    reader = Reader.of(enrolment.person)
    if reader is None:
        return
    others_wish = by is None or by.person_id != enrolment.person_id
    session = enrolment.session
    if session is None:
        if others_wish:
            tell_of(reader, TrainingNotice.ENROLLED, enrolment)
            mail_of(reader, "enrolled", enrolment)
        return
    has_seat = enrolment.state is EnrolmentState.ENROLLED
    if others_wish:
        kind = TrainingNotice.SEAT if has_seat else TrainingNotice.WAITING
        tell_of(reader, kind, enrolment, session)
    if has_seat:
        mail_of(reader, "invitation", enrolment, session)
    elif others_wish:
        mail_of(reader, "enrolled", enrolment)


def moved_up(enrolment: Enrolment) -> None:
    """Tell somebody from the waiting list that they have a seat."""
    reader = Reader.of(enrolment.person)
    if reader is not None:
        tell_of(reader, TrainingNotice.MOVED_UP, enrolment, enrolment.session)
        mail_of(reader, "moved_up", enrolment, enrolment.session)


def seat_given_up(enrolment: Enrolment, session: CourseSession) -> None:
    """Take the session out of the calendar of who no longer has a seat."""
    reader = Reader.of(enrolment.person)
    if reader is not None:
        mail_of(reader, "seat_given_up", enrolment, session, gone=True)


def enrolment_cancelled(enrolment: Enrolment, *, by: Account | None) -> None:
    """Tell a person whom somebody else took out of a course."""
    reader = Reader.of(enrolment.person)
    if reader is not None and (by is None or by.person_id != enrolment.person_id):
        tell_of(reader, TrainingNotice.OUT, enrolment)


def remind(enrolment: Enrolment, *, overdue: bool) -> None:
    """Remind a person of what is due on a day; the mail's key tells that they know."""
    reader, due_on = Reader.of(enrolment.person), enrolment.due_on
    if reader is None or due_on is None:
        return
    kind = TrainingNotice.OVERDUE if overdue else TrainingNotice.DUE_SOON
    stage = "overdue" if overdue else "soon"
    found = params(enrolment.course.title) | {"day": day_in_words(due_on)}
    reader.tell(kind, f"/training/courses/{enrolment.course_id}", **found)
    key = f"enrolment:{enrolment.id}:{stage}:{due_on.isoformat()}"
    mail_of(reader, "reminder", enrolment, key=key, overdue=overdue)
