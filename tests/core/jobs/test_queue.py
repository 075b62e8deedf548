"""The queue: what goes in comes out once, or is kept with its fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import clock as portal_clock
from portal.core import jobs
from portal.core.db import db
from portal.core.jobs import registry
from portal.core.jobs.execution import execute
from portal.core.jobs.models import Job, JobState
from portal.core.jobs.queue import LeaseLost, queue
from portal.core.jobs.runner import _enrolled
from portal.core.jobs.ticks import Ticker
from tests.conftest import MOMENT

pytestmark = pytest.mark.usefixtures("db_session", "clock")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What the handler ``test.note`` was called with; ``test.break`` always fails."""
    seen: list[Any] = []

    def note(**payload: Any) -> None:
        seen.append(payload)

    def fail(**_payload: Any) -> None:
        seen.append("fail")
        message = "the printer is on fire"
        raise RuntimeError(message)

    monkeypatch.setitem(registry.HANDLERS, "test.note", note)
    monkeypatch.setitem(registry.HANDLERS, "test.break", fail)
    monkeypatch.setattr(registry, "SCHEDULES", {})
    return seen


def run(app: Flask, limit: int | None = None) -> int:
    db.session.commit()
    return jobs.run_pending(app, limit)


def test_a_job_runs_once_with_its_payload(app: Flask, calls: list[Any]) -> None:
    jobs.enqueue("test.note", text="İş 仕事", number=7)
    assert run(app) == 1
    assert run(app) == 0
    assert calls == [{"text": "İş 仕事", "number": 7}]


def test_a_job_of_a_rolled_back_transaction_never_was(app: Flask, calls: list[Any]) -> None:
    jobs.enqueue("test.note")
    db.session.rollback()
    assert run(app) == 0
    assert calls == []


def test_jobs_run_in_the_order_they_came(app: Flask, calls: list[Any]) -> None:
    for number in range(3):
        jobs.enqueue("test.note", number=number)
    run(app)
    assert [call["number"] for call in calls] == [0, 1, 2]


def test_a_limit_leaves_the_rest(app: Flask, calls: list[Any]) -> None:
    for number in range(3):
        jobs.enqueue("test.note", number=number)
    assert run(app, limit=2) == 2
    assert run(app) == 1


def test_a_waiting_key_is_not_put_in_twice(app: Flask, calls: list[Any]) -> None:
    jobs.enqueue("test.note", key="k", number=1)
    jobs.enqueue("test.note", key="k", number=2)
    jobs.enqueue("test.note", key="other", number=3)
    assert run(app) == 2
    assert [call["number"] for call in calls] == [1, 3]


def test_a_key_is_free_again_once_its_job_has_run(app: Flask, calls: list[Any]) -> None:
    jobs.enqueue("test.note", key="k")
    run(app)
    jobs.enqueue("test.note", key="k")
    assert run(app) == 1


def test_a_job_waits_for_its_moment(
    app: Flask, calls: list[Any], clock: Callable[[datetime], None]
) -> None:
    jobs.enqueue("test.note", run_at=MOMENT + timedelta(hours=1))
    assert run(app) == 0
    clock(MOMENT + timedelta(hours=2))
    assert run(app) == 1


def test_a_failing_job_is_tried_five_times_and_keeps_its_traceback(
    app: Flask, calls: list[Any], clock: Callable[[datetime], None]
) -> None:
    jobs.enqueue("test.break", key="k")
    for day in range(8):
        clock(MOMENT + timedelta(days=day))
        run(app)
    assert calls == ["fail"] * 5
    job = db.session.scalars(sa.select(Job).where(Job.name == "test.break")).one()
    assert job.state is JobState.FAILED
    assert job.attempts == 5
    assert "RuntimeError: the printer is on fire" in (job.error or "")


def test_a_failing_job_waits_longer_each_time(
    app: Flask, calls: list[Any], clock: Callable[[datetime], None]
) -> None:
    jobs.enqueue("test.break")
    assert run(app) == 1
    clock(MOMENT + timedelta(seconds=9))
    assert run(app) == 0
    clock(MOMENT + timedelta(seconds=11))
    assert run(app) == 1
    clock(MOMENT + timedelta(seconds=60))
    assert run(app) == 0


def test_the_effect_of_a_failed_try_is_rolled_back(
    app: Flask, calls: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def half() -> None:
        jobs.enqueue("test.note")
        raise RuntimeError

    monkeypatch.setitem(registry.HANDLERS, "test.half", half)
    jobs.enqueue("test.half")
    assert run(app) == 1
    assert calls == []


def test_a_retry_gives_its_key_up_to_a_newer_job(
    app: Flask,
    calls: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    clock: Callable[[datetime], None],
) -> None:
    def again() -> None:
        jobs.enqueue("test.note", key="k")
        db.session.commit()
        raise RuntimeError

    monkeypatch.setitem(registry.HANDLERS, "test.again", again)
    jobs.enqueue("test.again", key="k")
    assert run(app) == 2
    clock(MOMENT + MINUTE)
    assert run(app) == 2


def test_a_job_without_handler_fails_like_any_other(app: Flask, calls: list[Any]) -> None:
    jobs.enqueue("test.unheard")
    assert run(app) == 1


def test_a_job_adds_jobs_that_run_in_the_same_sweep(
    app: Flask, calls: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.HANDLERS, "test.more", lambda: jobs.enqueue("test.note"))
    jobs.enqueue("test.more")
    assert run(app) == 2
    assert calls == [{}]


def test_a_worker_that_lost_its_job_commits_nothing(
    app: Flask, calls: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.HANDLERS, "test.more", lambda: jobs.enqueue("test.note"))
    jobs.enqueue("test.more")
    db.session.commit()
    with _enrolled() as first, _enrolled() as second:
        slow = queue().claim(first, -MINUTE)
        assert slow is not None
        queue().recover(-MINUTE)
        quick = queue().claim(second, MINUTE)
        db.session.commit()
        assert quick is not None
        assert (quick.id, quick.attempt) == (slow.id, 2)
        assert not execute(slow)
        assert run(app) == 0
        assert execute(quick)
    assert run(app) == 1
    assert calls == [{}]


def test_a_lost_job_can_be_neither_retried_nor_failed(calls: list[Any]) -> None:
    jobs.enqueue("test.note")
    with _enrolled() as first, _enrolled() as second:
        slow = queue().claim(first, -MINUTE)
        queue().recover(-MINUTE)
        assert slow is not None
        assert queue().claim(second, MINUTE)
        with pytest.raises(LeaseLost):
            queue().retry(slow, portal_clock.now(), "late")
        with pytest.raises(LeaseLost):
            queue().fail(slow, "late")


def test_a_job_that_kills_its_workers_is_given_up(calls: list[Any]) -> None:
    jobs.enqueue("test.note")
    with _enrolled() as owner:
        for _try in range(5):
            assert queue().claim(owner, -MINUTE)
            queue().recover(-MINUTE)
        assert queue().claim(owner, MINUTE) is None
    job = db.session.scalars(sa.select(Job).where(Job.state == JobState.FAILED)).one()
    assert job.error == "The worker stopped in the middle of this job."


def test_a_tick_goes_in_once_for_all_workers(
    app: Flask,
    calls: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    clock: Callable[[datetime], None],
) -> None:
    every = registry.Schedule(every=timedelta(minutes=5))
    monkeypatch.setattr("portal.core.jobs.ticks.SCHEDULES", {"test.note": every})
    first, second = Ticker(), Ticker()
    for ticker in (first, second, first):
        ticker.tick()
    assert run(app) == 1
    second.tick()
    assert run(app) == 0
    clock(MOMENT + timedelta(minutes=5))
    for ticker in (second, first):
        ticker.tick()
    assert run(app) == 1


def test_old_finished_jobs_are_swept_away(
    app: Flask, calls: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.enqueue("test.note")
    run(app)
    queue().sweep(portal_clock.now() + timedelta(days=40000))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Job)) == 0
