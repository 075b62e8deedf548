"""Plans: which ones a viewer finds, and how far they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, load_only, selectinload

from portal.accounts.models import Account
from portal.onboarding.models import OnboardingPlan, OnboardingTask, OnboardingTemplate
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.queries import within
from portal.people.queries.employments import covering

REVIEWERS = ("hr", "admin")


def person_named(person: Any) -> Any:  # noqa: ANN401 - a relationship, and how it is loaded
    """Load only what a name needs."""
    return joinedload(person).load_only(Person.given_name, Person.family_name, Person.language)


def plans_visible_to(viewer: Account) -> sa.Select[Any]:
    """All plans for HR and administrators, else those one is part of or answers for.

    These are one's own, those one is the manager of, of teams one leads, and where one has a task.
    """
    found = sa.select(OnboardingPlan).join(OnboardingPlan.employment).join(OnboardingPlan.person)
    if not viewer.has_role(*REVIEWERS):
        has_task = sa.exists().where(
            OnboardingTask.plan_id == OnboardingPlan.id,
            OnboardingTask.owner_id == viewer.person_id,
        )
        found = found.join(Employment.team).where(
            sa.or_(OnboardingPlan.person_id == viewer.person_id, answers_for(viewer), has_task)
        )
    # Only what a list shows: a role carries its whole profile in JSON.
    return found.options(
        contains_eager(OnboardingPlan.person).load_only(
            Person.given_name, Person.family_name, Person.language
        ),
        person_named(OnboardingPlan.manager),
        contains_eager(OnboardingPlan.employment).options(
            load_only(Employment.person_id),
            joinedload(Employment.role, innerjoin=True).load_only(Role.title),
            joinedload(Employment.site, innerjoin=True).load_only(Site.name),
        ),
    )


def answers_for(viewer: Account) -> sa.ColumnElement[bool]:
    """Plans, with employment and team, whose manager or whose team's lead the viewer is."""
    led = [within(Team.path, path) for path in viewer.led_paths]
    return sa.or_(OnboardingPlan.manager_id == viewer.person_id, *led)


def plans_listed(viewer: Account, today: date) -> tuple[sa.Select[Any], Any]:
    """``plans_visible_to`` with figures beside each plan, and the columns of the figures.

    These are ``total``, ``done``, ``late`` and ``blocking`` (late and blocking), and ``percent``.
    """
    late = sa.and_(OnboardingTask.done_at.is_(None), OnboardingTask.due_on < today)
    figures = (
        sa.select(
            OnboardingTask.plan_id,
            sa.func.count().label("total"),
            sa.func.count(OnboardingTask.done_at).label("done"),
            _how_many(late).label("late"),
            _how_many(sa.and_(late, OnboardingTask.blocking)).label("blocking"),
            (sa.func.count(OnboardingTask.done_at) * 100 // sa.func.count()).label("percent"),
        )
        .group_by(OnboardingTask.plan_id)
        .subquery()
    )
    columns = figures.c
    select = plans_visible_to(viewer).join(figures, columns.plan_id == OnboardingPlan.id)
    return (
        select.add_columns(columns.total, columns.done, columns.late, columns.blocking),
        columns,
    )


def _how_many(condition: sa.ColumnElement[bool]) -> sa.Function[Any]:
    return sa.func.count(sa.case((condition, 1)))


def has_open_task() -> sa.ColumnElement[bool]:
    """Plans in which something is left to do."""
    return sa.exists().where(
        OnboardingTask.plan_id == OnboardingPlan.id, OnboardingTask.done_at.is_(None)
    )


def running_plans() -> sa.Select[OnboardingPlan]:
    """The plans that are neither finished nor stopped."""
    return sa.select(OnboardingPlan).where(OnboardingPlan.stopped_at.is_(None), has_open_task())


def plan_with_tasks(plan_id: int) -> sa.Select[Any]:
    """A plan with all it shows."""
    employment = joinedload(OnboardingPlan.employment)
    tasks = selectinload(OnboardingPlan.tasks)
    return (
        sa.select(OnboardingPlan)
        .where(OnboardingPlan.id == plan_id)
        .options(
            joinedload(OnboardingPlan.person),
            joinedload(OnboardingPlan.manager),
            joinedload(OnboardingPlan.template),
            employment.joinedload(Employment.team),
            employment.joinedload(Employment.site),
            employment.joinedload(Employment.role),
            tasks.joinedload(OnboardingTask.owner),
            tasks.joinedload(OnboardingTask.done_by),
            tasks.joinedload(OnboardingTask.evidence_file),
            tasks.joinedload(OnboardingTask.check_in),
        )
        .execution_options(populate_existing=True)
    )


def plans_behind(template: OnboardingTemplate) -> sa.Select[Any]:
    """Running plans made from an older version of a template, with tasks and that version."""
    older = aliased(OnboardingTemplate)
    tasks = selectinload(OnboardingPlan.tasks)
    return (
        sa.select(OnboardingPlan)
        .join(older, older.id == OnboardingPlan.template_id)
        .where(
            older.key == template.key,
            older.number < template.number,
            OnboardingPlan.stopped_at.is_(None),
            has_open_task(),
        )
        .options(
            contains_eager(OnboardingPlan.template, alias=older),
            person_named(OnboardingPlan.person),
            joinedload(OnboardingPlan.employment).joinedload(Employment.site),
            tasks.joinedload(OnboardingTask.check_in),
        )
    )


def plan_of(person_id: int) -> sa.Select[Any]:
    """The newest plan of a person."""
    return (
        sa.select(OnboardingPlan)
        .where(OnboardingPlan.person_id == person_id)
        .order_by(OnboardingPlan.starts_on.desc(), OnboardingPlan.id.desc())
        .limit(1)
    )


def possible_buddies(plan: OnboardingPlan, on: date) -> sa.Select[Any]:
    """The colleagues who work in the hire's team on a day, without the hire and the manager."""
    return (
        sa.select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            covering(on),
            Employment.team_id == plan.employment.team_id,
            Person.id != plan.person_id,
            Person.id != (plan.manager_id or 0),
        )
        .order_by(Person.by_name(), Person.id)
    )


def progress(plan_ids: list[int]) -> sa.Select[*tuple[Any, ...]]:
    """For each plan: its id, how many tasks it has, how many are done."""
    return (
        sa.select(
            OnboardingTask.plan_id,
            sa.func.count(),
            sa.func.count(OnboardingTask.done_at),
        )
        .where(OnboardingTask.plan_id.in_(plan_ids))
        .group_by(OnboardingTask.plan_id)
    )
