"""The mails of training, each in every language."""

from __future__ import annotations

from datetime import date

import pytest

from portal.accounts.states import AccountState
from portal.core import clock
from portal.core.i18n import LOCALES
from portal.training import notices
from portal.training.models import Attempt
from portal.training.states import EnrolmentState, Origin
from tests.factories import people
from tests.factories import training as make
from tests.factories.accounts import mails

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.mark.parametrize("language", LOCALES)
def test_every_mail_is_written_in_the_reader_s_language(language: str) -> None:
    person = people.person(language=language)
    account = people.account(person=person, language=language, time_zone="Asia/Tokyo")
    session = make.session(make.course("Listening"))
    row = make.enrolment(
        person, session=session, due_on=date(2026, 12, 10), origin=Origin.RULE,
        reason=people.in_words("New role"),
    )  # fmt: skip
    notices.enrolled(row, by=None)
    notices.moved_up(row)
    notices.session_changed(session, [row])
    notices.session_cancelled(session, [row])
    notices.seat_given_up(row, session)
    notices.teaches(session, person)
    notices.teaches(session, person, gone=True)
    notices.remind(row, overdue=False)
    notices.remind(row, overdue=True)
    waiting = make.enrolment(person, state=EnrolmentState.WAITING, session=make.session(seats=1))
    notices.enrolled(waiting, by=None)
    for score, passed, state in (
        (80, True, "completed"),
        (20, False, "enrolled"),
        (1, False, "failed"),
    ):
        row.state = EnrolmentState(state)
        attempt = people.added(Attempt(
            enrolment=row, number=score, taken_on=clock.today(), score=score, passed=passed,
            recorded_at=clock.now(),
        ))  # fmt: skip
        notices.result(attempt, by=None)
    sent = mails()
    assert len(sent) == 13
    assert {mail.locale for mail in sent} == {language}
    assert {mail.to_address for mail in sent} == {account.email}
    for mail in sent:
        assert "Listening" in mail.subject or mail.kind == "training/enrolled"
        assert account.display_name in mail.text
        assert "%(" not in mail.text + mail.html + mail.subject


def test_who_may_no_longer_sign_in_is_told_nothing() -> None:
    row = make.enrolment()
    people.account(person=row.person, state=AccountState.CLOSED)
    notices.enrolled(row, by=None)
    assert mails() == []
