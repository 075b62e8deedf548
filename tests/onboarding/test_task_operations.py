"""Ticking a task and undoing that, each way out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from portal.core import audit, files
from portal.core.db import db
from portal.core.errors import Refused
from portal.onboarding.operations import finish_task, reopen_task
from portal.onboarding.states import TaskState
from tests.factories import onboarding as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_task_is_done_by_someone_at_a_time_and_the_trail_says_so() -> None:
    task, hr = make.task(make.plan()), people.account(roles=["hr"])
    finish_task(task, evidence="  Filed.  ", by=hr)
    assert (task.done_at, task.done_by_id, task.evidence) == (NOW, hr.id, "Filed.")
    event = db.session.scalars(audit.of(task)).first()
    assert (event.action, event.about_person_id) == ("onboarding.task_done", task.plan.person_id)


def test_a_task_is_not_done_twice() -> None:
    task, hr = make.task(make.plan()), people.account(roles=["hr"])
    finish_task(task, by=hr)
    with pytest.raises(Refused, match="done already"):
        finish_task(task, by=hr)


def test_evidence_is_asked_for_where_it_is_needed() -> None:
    task, hr = make.task(make.plan(), needs_evidence=True), people.account(roles=["hr"])
    with pytest.raises(Refused) as refused:
        finish_task(task, evidence="   ", by=hr)
    assert refused.value.field == "evidence"
    assert task.done_at is None
    paper = files.store(b"signed", name="contract.txt", media_type="text/plain")
    finish_task(task, file=paper, by=hr)
    assert task.evidence_file is paper


def test_a_task_opened_again_keeps_its_evidence_until_there_is_new() -> None:
    task, hr = make.task(make.plan(), needs_evidence=True), people.account(roles=["hr"])
    paper = files.store(b"signed", name="contract.txt", media_type="text/plain")
    finish_task(task, evidence="Signed on paper", file=paper, by=hr)
    reopen_task(task, by=hr)
    assert (task.done_at, task.done_by_id) == (None, None)
    finish_task(task, by=hr)
    assert (task.evidence, task.evidence_file) == ("Signed on paper", paper)


def test_an_open_task_cannot_be_opened() -> None:
    with pytest.raises(Refused, match="still open"):
        reopen_task(make.task(make.plan()), by=people.account())


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 30), TaskState.TO_DO),
        (date(2026, 12, 1), TaskState.DUE),
        (date(2026, 12, 2), TaskState.OVERDUE),
    ],
)
def test_how_a_task_stands_depends_on_the_day(day: date, state: TaskState) -> None:
    task = make.task(make.plan())
    assert task.state_on(day) is state
    finish_task(task, by=people.account())
    assert task.state_on(day) is TaskState.DONE
