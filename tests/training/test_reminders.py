"""Reminders: a week ahead and once late, each once, also after a pause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from portal.accounts.states import AccountState
from portal.training.operations import remind
from portal.training.states import EnrolmentState
from tests.factories import people
from tests.factories import training as make
from tests.factories.accounts import mails

pytestmark = pytest.mark.usefixtures("db_session")


def subjects() -> list[str]:
    return [mail.subject for mail in mails()]


def at(day: int, month: int = 12) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def test_each_stage_is_told_once(clock: Callable[[datetime], None]) -> None:
    row = make.enrolment(course_=make.course("Listening"), due_on=date(2026, 12, 10))
    people.account(person=row.person)
    clock(at(2))
    remind()
    assert subjects() == []
    for day in (3, 3, 4, 10):
        clock(at(day))
        remind()
    assert subjects() == ["Due soon: “Listening”"]
    for day in (11, 12, 12):
        clock(at(day))
        remind()
    assert subjects() == ["Due soon: “Listening”", "Overdue: “Listening”"]


def test_a_day_moved_forward_is_told_anew(clock: Callable[[datetime], None]) -> None:
    row = make.enrolment(due_on=date(2026, 12, 10))
    clock(at(4))
    remind()
    row.due_on = date(2026, 12, 8)
    remind()
    assert len(subjects()) == 2


def test_who_is_done_or_has_left_is_not_reminded(clock: Callable[[datetime], None]) -> None:
    make.enrolment(due_on=date(2026, 12, 10), state=EnrolmentState.COMPLETED)
    gone = make.enrolment(due_on=date(2026, 12, 10))
    people.account(person=gone.person, state=AccountState.CLOSED)
    clock(at(4))
    assert remind() is False
    clock(at(12))
    remind()
    assert subjects() == []


def test_what_was_due_long_ago_is_let_be(clock: Callable[[datetime], None]) -> None:
    make.enrolment(due_on=date(2026, 9, 1))
    clock(at(4))
    remind()
    assert subjects() == []
