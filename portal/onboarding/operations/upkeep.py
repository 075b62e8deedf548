"""What the calendar brings by itself: people come and go, check-ins approach, days pass."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.core import audit, clock
from portal.core.db import db
from portal.onboarding import notices, queries
from portal.onboarding.models import OnboardingCheckIn, OnboardingPlan, OnboardingTask
from portal.onboarding.operations.handover import follow_employment, leave
from portal.onboarding.states import OnboardingFact
from portal.people.models import Employment
from portal.people.queries.employments import covering

DAY = timedelta(days=1)
REMIND_BEFORE = 3 * DAY


def follow_people() -> None:
    """Let plans follow those who took up another employment, and tasks leave those who left."""
    today = clock.today()
    present = aliased(Employment)
    moved = (
        queries.running_plans()
        .join(
            present,
            sa.and_(present.person_id == OnboardingPlan.person_id, covering(today, present)),
        )
        .where(present.id != OnboardingPlan.employment_id)
        .with_only_columns(present.id)
    )
    for key in db.session.scalars(moved).all():
        follow_employment(db.session.get_one(Employment, key), by=None)
    if gone := _gone():
        leave(gone, by=None)


def _gone() -> list[int]:
    """Who has a part in a running plan and no longer works here."""
    running = queries.running_plans().with_only_columns(OnboardingPlan.id)
    part = sa.union(
        queries.running_plans().with_only_columns(OnboardingPlan.person_id.label("person_id")),
        queries.running_plans().with_only_columns(OnboardingPlan.manager_id.label("person_id")),
        sa.select(OnboardingTask.owner_id.label("person_id")).where(
            OnboardingTask.done_at.is_(None), OnboardingTask.plan_id.in_(running)
        ),
    ).subquery()
    # The day after the last one, everywhere on earth.
    yesterday = clock.today() - DAY
    employed = aliased(Employment)
    left = sa.exists().where(
        Employment.person_id == part.c.person_id, Employment.ends_on < yesterday
    )
    stays = sa.exists().where(
        employed.person_id == part.c.person_id,
        sa.or_(employed.ends_on.is_(None), employed.ends_on >= yesterday),
    )
    return list(db.session.scalars(sa.select(part.c.person_id).where(left, ~stays)))


def remind_of_check_ins() -> int:
    """Remind hire and manager three days before a check-in, once; returns how many were due.

    One that was missed while nothing ran is made up for, also once.
    """
    soon = clock.today() + REMIND_BEFORE + DAY
    due = (
        sa.select(OnboardingCheckIn)
        .join(OnboardingCheckIn.task)
        .join(OnboardingTask.plan)
        .where(
            OnboardingCheckIn.reminded_at.is_(None),
            OnboardingCheckIn.held_on.is_(None),
            OnboardingTask.due_on <= soon,
            OnboardingPlan.stopped_at.is_(None),
        )
        .order_by(OnboardingCheckIn.id)
    )
    told = 0
    for check_in in db.session.scalars(due).all():
        plan = check_in.task.plan
        today = clock.today(plan.employment.site.time_zone)
        if check_in.task.due_on - REMIND_BEFORE <= today and _claim(
            OnboardingCheckIn, OnboardingCheckIn.reminded_at, check_in.id
        ):
            notices.check_in_approaches(check_in)
            told += 1
    return told


def tell_of_overdue_plans() -> int:
    """Tell hire, manager and HR once of each plan not finished in time; returns how many."""
    late = queries.running_plans().where(
        OnboardingPlan.told_overdue_at.is_(None), OnboardingPlan.finish_by <= clock.today()
    )
    told = 0
    for plan in db.session.scalars(late.order_by(OnboardingPlan.id)).all():
        today = clock.today(plan.employment.site.time_zone)
        if plan.is_overdue_on(today) and _claim(
            OnboardingPlan, OnboardingPlan.told_overdue_at, plan.id
        ):
            audit.record(OnboardingFact.PLAN_OVERDUE, plan, by=None)
            notices.plan_overdue(plan)
            told += 1
    return told


def _claim(
    model: type[OnboardingPlan | OnboardingCheckIn],
    column: sa.orm.InstrumentedAttribute[object],
    key: int,
) -> bool:
    """Mark a row as told; false if another worker was faster."""
    marked = db.session.execute(
        sa.update(model)
        .where(model.id == key, column.is_(None))
        .values({column.key: clock.now()})
        .returning(model.id)
    )
    return marked.first() is not None
