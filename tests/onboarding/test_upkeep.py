"""What the daily job tells people: once, however often or rarely it runs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.inbox import Notice
from portal.core.jobs.registry import SCHEDULES, handler_of
from portal.core.mail.models import OutgoingMail
from portal.onboarding import jobs
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.states import TaskOwner
from tests.factories import onboarding as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture
def plan() -> OnboardingPlan:
    """Due to be finished on Friday 20 November; hire, manager and two of HR have accounts."""
    boss = people.employment(people.person("Mete", "Manager")).person
    job = make.hire(manager=boss, starts_on=date(2026, 9, 7))
    plan = make.plan(job, finish_by=date(2026, 11, 20))
    make.task(plan, TaskOwner.HIRE)
    people.account(person=plan.person, language="ja")
    people.account(person=boss, language="tr")
    people.account(roles=["hr"])
    people.account(roles=["hr", "admin"])
    return plan


def mails(kind: str) -> list[str]:
    found = sa.select(OutgoingMail.locale).where(OutgoingMail.kind == f"onboarding/{kind}")
    return sorted(db.session.scalars(found))


def notices(kind: str) -> int:
    found = sa.select(Notice.id).where(Notice.kind == f"onboarding.{kind}")
    return len(db.session.scalars(found).all())


def test_it_runs_every_day() -> None:
    assert SCHEDULES["onboarding.look_after"].cron == "30 4 * * *"
    assert handler_of("onboarding.look_after") is jobs.look_after


def test_a_plan_not_finished_in_time_is_told_of_once(plan: Any, clock: Any) -> None:
    clock(datetime(2026, 11, 20, 9, tzinfo=UTC))
    jobs.look_after()
    assert notices("overdue") == 0, "the last day is still a day to finish"
    clock(datetime(2026, 11, 27, 9, tzinfo=UTC))
    for _day in range(3):
        jobs.look_after()
    assert notices("overdue") == 4, (
        "hire, manager and both of HR; a week without the job is no more"
    )
    assert mails("overdue") == ["en", "en", "ja", "tr"]
    clock(datetime(2026, 12, 9, 9, tzinfo=UTC))
    jobs.look_after()
    assert notices("overdue") == 4


def test_the_day_ends_where_the_site_is(plan: Any, clock: Any) -> None:
    plan.employment.site.time_zone = "America/New_York"
    db.session.flush()
    clock(datetime(2026, 11, 21, 2, tzinfo=UTC))
    jobs.look_after()
    assert notices("overdue") == 0, "there it is still Friday evening"
    plan.employment.site.time_zone = "Asia/Tokyo"
    db.session.flush()
    jobs.look_after()
    assert notices("overdue") == 4


@pytest.mark.parametrize("why", ["finished", "stopped", "no last day"])
def test_nobody_is_told_of_a_plan_that_is_not_late(plan: Any, why: str) -> None:
    if why == "finished":
        plan.tasks[0].done_at = datetime(2026, 11, 19, tzinfo=UTC)
    elif why == "stopped":
        plan.stopped_at = datetime(2026, 11, 19, tzinfo=UTC)
    else:
        plan.finish_by = None
    db.session.flush()
    jobs.look_after()
    assert notices("overdue") == 0


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 23), 0),
        (date(2026, 11, 24), 2),
        (date(2026, 11, 26), 2),
        (date(2026, 12, 10), 2),
    ],
)
def test_both_are_reminded_once_three_days_before_a_check_in(
    plan: Any, clock: Any, day: date, told: int
) -> None:
    plan.finish_by = None
    make.check_in(plan, due_on=date(2026, 11, 27))
    for hour in (5, 6):
        clock(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
        jobs.look_after()
    assert notices("check_in") == told
    assert mails("check_in") == ["ja", "tr"][:told]


def test_a_check_in_that_was_held_needs_no_reminder(plan: Any) -> None:
    make.check_in(plan, due_on=date(2026, 11, 25), held_on=date(2026, 11, 23))
    jobs.look_after()
    assert notices("check_in") == 0


def test_a_plan_offered_more_time_is_told_of_anew(plan: Any, clock: Any) -> None:
    jobs.look_after()
    plan.finish_by, plan.told_overdue_at = date(2026, 12, 4), None
    db.session.flush()
    jobs.look_after()
    assert notices("overdue") == 4
    clock(datetime(2026, 12, 7, 9, tzinfo=UTC))
    jobs.look_after()
    assert notices("overdue") == 8
    assert len(mails("overdue")) == 8
