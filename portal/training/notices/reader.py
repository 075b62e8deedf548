"""Whom a notice or mail goes to, and how it gets there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from flask_babel import force_locale

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import i18n, inbox, invitations, mail
from portal.core.db import Words, db
from portal.people.models import Person
from portal.training.calendar import event, zones_shown
from portal.training.models import CourseSession, Enrolment
from portal.training.notices.kinds import TrainingNotice


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


def tell_of(
    reader: Reader,
    kind: TrainingNotice,
    enrolment: Enrolment,
    session: CourseSession | None = None,
) -> None:
    """Put a notice about an enrolment into a reader's inbox."""
    found = params(enrolment.course.title, session)
    reader.tell(kind, f"/training/courses/{enrolment.course_id}", **found)


def params(course: Words, session: CourseSession | None = None) -> dict[str, str | Words]:
    """What the labels of notices name: the course, and the day of a session."""
    found: dict[str, str | Words] = {"course": course}
    if session is not None:
        found["day"] = day_in_words(session.starts_at, session.time_zone)
    return found


def day_in_words(day: date, zone: str | None = None) -> Words:
    """The day as each language writes it: the notice is read later, in the reader's."""
    return i18n.in_each_language(lambda: i18n.date(day, zone=zone))


def mail_of(
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
    send(reader, kind, context, session, gone=gone, key=key)


def send(
    reader: Reader,
    kind: str,
    context: dict[str, object],
    session: CourseSession | None,
    *,
    gone: bool = False,
    key: str | None = None,
) -> None:
    """A mail in the reader's language; with a session the entry for their calendar is in it."""
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
