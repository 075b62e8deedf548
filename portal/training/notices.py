"""Who is told what about training, by notice and mail, with an entry for the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import clock, i18n, inbox, invitations, mail
from portal.core.db import Words, db
from portal.people.models import Person
from portal.training.calendar import event, zones_shown
from portal.training.models import Attempt, CourseSession, Enrolment
from portal.training.states import EnrolmentState


class TrainingNotice(inbox.NoticeKind):
    """Notices of training."""

    ENROLLED = "training.told_enrolled", _l("You are enrolled in “%(course)s”")
    SEAT = "training.told_seat", _l("You have a seat in “%(course)s” on %(day)s")
    WAITING = "training.told_waiting", _l("You are on the waiting list of “%(course)s” on %(day)s")
    MOVED_UP = (
        "training.told_moved_up",
        _l("A seat is free: you take part in “%(course)s” on %(day)s"),
    )
    MOVED = "training.told_moved", _l("“%(course)s” now takes place on %(day)s")
    CALLED_OFF = "training.told_called_off", _l("“%(course)s” on %(day)s is called off")
    OUT = "training.told_out", _l("You are no longer enrolled in “%(course)s”")
    PASSED = "training.told_passed", _l("You have completed “%(course)s”")
    AGAIN = "training.told_again", _l("“%(course)s” is not passed yet: you can try again")
    FAILED = "training.told_failed", _l("“%(course)s” is not passed, and no try is left")
    ABSENT = "training.told_absent", _l("You were missed at “%(course)s”: choose another session")
    TEACHES = "training.told_teaches", _l("You teach “%(course)s” on %(day)s")
    DUE_SOON = "training.told_due_soon", _l("“%(course)s” is due on %(day)s")
    OVERDUE = "training.told_overdue", _l("“%(course)s” was due on %(day)s")


@dataclass(frozen=True)
class Reader:
    """Whom a mail goes to; who has no account yet reads mail only."""

    person: Person
    account: Account | None

    @classmethod
    def of(cls, person: Person) -> Self | None:
        """The reader a person is; ``None`` for who may no longer sign in."""
        account = db.session.scalar(accounts.account_of(person.id))
        if account is not None and account.state is AccountState.CLOSED:
            return None
        return cls(person, account)

    @property
    def language(self) -> str:
        """What they read."""
        return self.account.language if self.account else self.person.language

    @property
    def email(self) -> str:
        """Where they read it."""
        return self.account.email if self.account else self.person.email

    def tell(self, kind: TrainingNotice, url: str, **params: str | Words) -> None:
        """Put a notice into their inbox, if they have one."""
        if self.account is not None:
            inbox.tell(self.account.id, kind, url, **params)


def enrolled(enrolment: Enrolment, *, by: Account | None) -> None:
    """Tell a person whom somebody else enrolled, and whoever now has a seat when to come."""
    reader = Reader.of(enrolment.person)
    if reader is None:
        return
    others_wish = by is None or by.person_id != enrolment.person_id
    session = enrolment.session
    if session is None:
        if others_wish:
            _tell(reader, TrainingNotice.ENROLLED, enrolment)
            _mail(reader, "enrolled", enrolment)
        return
    has_seat = enrolment.state is EnrolmentState.ENROLLED
    if others_wish:
        kind = TrainingNotice.SEAT if has_seat else TrainingNotice.WAITING
        _tell(reader, kind, enrolment, session)
    if has_seat:
        _mail(reader, "invitation", enrolment, session)
    elif others_wish:
        _mail(reader, "enrolled", enrolment)


def moved_up(enrolment: Enrolment) -> None:
    """Tell somebody from the waiting list that they have a seat."""
    reader = Reader.of(enrolment.person)
    if reader is not None:
        _tell(reader, TrainingNotice.MOVED_UP, enrolment, enrolment.session)
        _mail(reader, "moved_up", enrolment, enrolment.session)


def seat_given_up(enrolment: Enrolment, session: CourseSession) -> None:
    """Take the session out of the calendar of who no longer has a seat."""
    reader = Reader.of(enrolment.person)
    if reader is not None:
        _mail(reader, "seat_given_up", enrolment, session, gone=True)


def enrolment_cancelled(enrolment: Enrolment, *, by: Account | None) -> None:
    """Tell a person whom somebody else took out of a course."""
    reader = Reader.of(enrolment.person)
    if reader is not None and (by is None or by.person_id != enrolment.person_id):
        _tell(reader, TrainingNotice.OUT, enrolment)


def session_changed(session: CourseSession, enrolments: list[Enrolment]) -> None:
    """Tell everyone the new time or place; calendars of those who have a seat follow."""
    for enrolment in enrolments:
        reader = Reader.of(enrolment.person)
        if reader is not None:
            _tell(reader, TrainingNotice.MOVED, enrolment, session)
            if enrolment.state is EnrolmentState.ENROLLED:
                _mail(reader, "moved", enrolment, session)


def session_cancelled(session: CourseSession, enrolments: list[Enrolment]) -> None:
    """Take a session out of every calendar; its people stay enrolled in the course."""
    for enrolment in enrolments:
        reader = Reader.of(enrolment.person)
        if reader is not None:
            _tell(reader, TrainingNotice.CALLED_OFF, enrolment, session)
            if enrolment.state is EnrolmentState.ENROLLED:
                _mail(reader, "called_off", enrolment, session, gone=True)


def teaches(session: CourseSession, trainer: Person, *, gone: bool = False) -> None:
    """Tell a colleague that they teach a session, that it has moved or that it is off."""
    reader = Reader.of(trainer)
    if reader is None or session.starts_at <= clock.now():
        return
    kind = TrainingNotice.CALLED_OFF if gone else TrainingNotice.TEACHES
    reader.tell(kind, f"/training/sessions/{session.id}", **_params(session.course.title, session))
    _send(reader, "teaching_off" if gone else "teaching", {"session": session}, session, gone=gone)


def result(attempt: Attempt, *, by: Account | None) -> None:
    """Tell a person the result somebody else recorded."""
    enrolment = attempt.enrolment
    reader = Reader.of(enrolment.person)
    if reader is None or (by is not None and by.person_id == enrolment.person_id):
        return
    kind = TrainingNotice.PASSED if attempt.passed else TrainingNotice.AGAIN
    if enrolment.state is EnrolmentState.FAILED:
        kind = TrainingNotice.FAILED
    _tell(reader, kind, enrolment)
    _mail(reader, "result", enrolment, attempt=attempt)


def absent(enrolment: Enrolment) -> None:
    """Tell somebody who did not come that the course is still to do."""
    reader = Reader.of(enrolment.person)
    if reader is not None:
        _tell(reader, TrainingNotice.ABSENT, enrolment)


def remind(enrolment: Enrolment, *, overdue: bool) -> None:
    """Remind a person of what is due on a day; the mail's key tells that they know."""
    reader, due_on = Reader.of(enrolment.person), enrolment.due_on
    if reader is None or due_on is None:
        return
    kind = TrainingNotice.OVERDUE if overdue else TrainingNotice.DUE_SOON
    stage = "overdue" if overdue else "soon"
    params = _params(enrolment.course.title) | {"day": _day(due_on)}
    reader.tell(kind, f"/training/courses/{enrolment.course_id}", **params)
    key = f"enrolment:{enrolment.id}:{stage}:{due_on.isoformat()}"
    _mail(reader, "reminder", enrolment, key=key, overdue=overdue)


def _tell(
    reader: Reader,
    kind: TrainingNotice,
    enrolment: Enrolment,
    session: CourseSession | None = None,
) -> None:
    params = _params(enrolment.course.title, session)
    reader.tell(kind, f"/training/courses/{enrolment.course_id}", **params)


def _params(course: Words, session: CourseSession | None = None) -> dict[str, str | Words]:
    params: dict[str, str | Words] = {"course": course}
    if session is not None:
        params["day"] = _day(session.starts_at, session.time_zone)
    return params


def _day(day: date, zone: str | None = None) -> Words:
    """The day as each language writes it: the notice is read later, in the reader's."""
    days: Words = {}
    for locale in i18n.LOCALES:
        with force_locale(locale):
            days[locale] = i18n.date(day, zone=zone)
    return days


def _mail(
    reader: Reader,
    kind: str,
    enrolment: Enrolment,
    session: CourseSession | None = None,
    *,
    gone: bool = False,
    key: str | None = None,
    **context: object,
) -> None:
    """A mail about an enrolment; with a session it carries the entry for the calendar."""
    context |= {"enrolment": enrolment, "course": enrolment.course, "session": session}
    _send(reader, kind, context, session, gone=gone, key=key)


def _send(
    reader: Reader,
    kind: str,
    context: dict[str, object],
    session: CourseSession | None,
    *,
    gone: bool = False,
    key: str | None = None,
) -> None:
    attachments = []
    zone = reader.account.time_zone if reader.account else None
    if session is not None:
        with force_locale(reader.language):
            entry = event(session, cancelled=gone)
        ics = invitations.calendar_object(
            entry, email=reader.email, name=reader.person.display_name
        )
        attachments.append(mail.Attachment.calendar(ics, method=entry.method))
        context |= {"zones": zones_shown(session, zone), "course": session.course}
    mail.send(
        f"training/{kind}",
        to=reader.email,
        name=reader.person.display_name,
        person_id=reader.person.id,
        locale=reader.language,
        context={"who": reader.person.display_name, **context},
        key=key,
        attachments=attachments,
    )
