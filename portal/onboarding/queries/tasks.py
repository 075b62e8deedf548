"""What is due from whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload, load_only

from portal.accounts.models import Account
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.onboarding.queries.plans import answers_for, person_named
from portal.onboarding.states import TaskOwner
from portal.people.models import Employment, Person, Team

WEEK = timedelta(days=7)


def owned_by(viewer: Account) -> sa.ColumnElement[bool]:
    """One's own tasks, IT's for administrators, HR's for HR.

    HR also sees to the tasks of a manager where there is none.
    """
    kinds = []
    if viewer.has_role("hr"):
        kinds += [TaskOwner.HR, TaskOwner.MANAGER, TaskOwner.BUDDY]
    if viewer.has_role("admin"):
        kinds.append(TaskOwner.IT)
    mine = OnboardingTask.owner_id == viewer.person_id
    if not kinds:
        return mine
    shared = sa.and_(OnboardingTask.owner_id.is_(None), OnboardingTask.owner_kind.in_(kinds))
    return sa.or_(mine, shared)


def _overseen_by(viewer: Account) -> sa.ColumnElement[bool]:
    """The tasks of every plan the viewer answers for, whoever owns them, and their own."""
    if viewer.has_role("hr"):
        return sa.true()
    return sa.or_(owned_by(viewer), answers_for(viewer))


def tasks_listed(viewer: Account, *, everyone: bool = False) -> sa.Select[Any]:
    """Open tasks of running plans with what a list shows, unordered.

    They are the viewer's own; with ``everyone`` all of the plans the viewer answers for.
    """
    return (
        _open_tasks()
        .join(Employment.team)
        .where(_overseen_by(viewer) if everyone else owned_by(viewer))
        .options(
            defer(OnboardingTask.help),
            defer(OnboardingTask.reason),
            person_named(OnboardingTask.owner),
            joinedload(OnboardingTask.check_in),
            contains_eager(OnboardingTask.plan).options(
                contains_eager(OnboardingPlan.person).load_only(
                    Person.given_name, Person.family_name, Person.language
                ),
                contains_eager(OnboardingPlan.employment).options(
                    load_only(Employment.person_id),
                    contains_eager(Employment.team).load_only(Team.path),
                ),
            ),
        )
    )


def _open_tasks() -> sa.Select[Any]:
    return (
        sa.select(OnboardingTask)
        .join(OnboardingTask.plan)
        .join(OnboardingPlan.person)
        .join(OnboardingPlan.employment)
        .where(OnboardingTask.done_at.is_(None), OnboardingPlan.stopped_at.is_(None))
    )


def due_counts(
    viewer: Account, today: date, *, everyone: bool = False
) -> sa.Select[*tuple[Any, ...]]:
    """How many open tasks are late, due today, due within a week from today, and all."""
    due = OnboardingTask.due_on
    return (
        _open_tasks()
        .join(Employment.team)
        .where(_overseen_by(viewer) if everyone else owned_by(viewer))
        .with_only_columns(
            _count(due < today),
            _count(due == today),
            _count(sa.and_(due >= today, due <= today + WEEK)),
            sa.func.count(),
            maintain_column_froms=True,
        )
    )


def _count(condition: sa.ColumnElement[bool]) -> sa.Function[Any]:
    return sa.func.count(sa.case((condition, 1)))


def open_tasks_of(viewer: Account, *, until: date) -> sa.Select[Any]:
    """What the viewer has to do by a day, the earliest first."""
    return (
        _open_tasks()
        .where(OnboardingTask.due_on <= until, owned_by(viewer))
        .options(
            load_only(OnboardingTask.plan_id, OnboardingTask.title, OnboardingTask.due_on),
            contains_eager(OnboardingTask.plan).options(
                load_only(OnboardingPlan.person_id),
                contains_eager(OnboardingPlan.person).load_only(
                    Person.given_name, Person.family_name, Person.language
                ),
            ),
        )
        .order_by(OnboardingTask.due_on, OnboardingTask.id)
    )


def held_up_plans(viewer: Account, *, starting_by: date) -> sa.Select[*tuple[Any, ...]]:
    """Plans the viewer answers for whose hire may not begin yet: the plan and how many tasks.

    They begin by a day, and a blocking task for before the start is open.
    """
    holding = sa.and_(
        OnboardingTask.plan_id == OnboardingPlan.id,
        OnboardingTask.done_at.is_(None),
        OnboardingTask.blocking,
        OnboardingTask.due_on <= OnboardingPlan.starts_on,
    )
    number = sa.select(sa.func.count()).where(holding).correlate(OnboardingPlan)
    select = (
        sa.select(OnboardingPlan, number.scalar_subquery().label("blocking"))
        .join(OnboardingPlan.employment)
        .join(Employment.team)
        .where(
            OnboardingPlan.stopped_at.is_(None),
            OnboardingPlan.starts_on <= starting_by,
            sa.exists().where(holding),
        )
        .options(person_named(OnboardingPlan.person))
        .order_by(OnboardingPlan.starts_on, OnboardingPlan.id)
    )
    if not viewer.has_role("hr"):
        select = select.where(answers_for(viewer), OnboardingPlan.person_id != viewer.person_id)
    return select
