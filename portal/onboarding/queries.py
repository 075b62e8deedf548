"""Queries around onboarding."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload

from portal.accounts.models import Account
from portal.competencies.models import Competency, Evidence, RoleRequirement
from portal.core.access import Viewer
from portal.onboarding.models import OnboardingPlan, OnboardingTask, OnboardingTemplate
from portal.onboarding.states import TaskOwner, TemplateState
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.queries import within
from portal.people.queries.employments import covering


def template_for(role_id: int, site_id: int) -> sa.Select[OnboardingTemplate]:
    """The newest active template of a role, one for the site before one for everywhere."""
    return (
        sa.select(OnboardingTemplate)
        .where(
            OnboardingTemplate.role_id == role_id,
            OnboardingTemplate.state == TemplateState.PUBLISHED,
            sa.or_(OnboardingTemplate.site_id == site_id, OnboardingTemplate.site_id.is_(None)),
        )
        .order_by(OnboardingTemplate.site_id.is_(None), OnboardingTemplate.number.desc())
        .limit(1)
    )


def plans_visible_to(viewer: Account) -> sa.Select[Any]:
    """All plans for HR and administrators, else those one is part of or answers for.

    These are one's own, those of one's reports and of teams one leads, and where one has a task.
    """
    found = sa.select(OnboardingPlan).join(OnboardingPlan.employment)
    if not viewer.has_role("hr", "admin"):
        led = [within(Team.path, path) for path in viewer.led_paths]
        has_task = sa.exists().where(
            OnboardingTask.plan_id == OnboardingPlan.id,
            OnboardingTask.owner_id == viewer.person_id,
        )
        found = found.join(Employment.team).where(
            sa.or_(
                OnboardingPlan.person_id == viewer.person_id,
                Employment.manager_id == viewer.person_id,
                has_task,
                *led,
            )
        )
    # Only what a list shows: a role carries its whole profile in JSON.
    return found.options(
        _person(OnboardingPlan.person),
        contains_eager(OnboardingPlan.employment).options(
            load_only(Employment.person_id),
            joinedload(Employment.role, innerjoin=True).load_only(Role.title),
            joinedload(Employment.site, innerjoin=True).load_only(Site.name),
        ),
    )


def _person(person: Any) -> Any:  # noqa: ANN401 - a relationship, and how it is loaded
    return joinedload(person, innerjoin=True).load_only(
        Person.given_name, Person.family_name, Person.language
    )


def has_open_task() -> sa.ColumnElement[bool]:
    """Plans in which something is left to do."""
    return sa.exists().where(
        OnboardingTask.plan_id == OnboardingPlan.id, OnboardingTask.done_at.is_(None)
    )


def plan_with_tasks(plan_id: int) -> sa.Select[Any]:
    """A plan with all it shows."""
    employment = joinedload(OnboardingPlan.employment)
    tasks = selectinload(OnboardingPlan.tasks)
    return (
        sa.select(OnboardingPlan)
        .where(OnboardingPlan.id == plan_id)
        .options(
            joinedload(OnboardingPlan.person),
            employment.joinedload(Employment.team),
            employment.joinedload(Employment.site),
            employment.joinedload(Employment.role),
            employment.joinedload(Employment.manager),
            tasks.joinedload(OnboardingTask.owner),
            tasks.joinedload(OnboardingTask.done_by),
            tasks.joinedload(OnboardingTask.evidence_file),
        )
        .execution_options(populate_existing=True)
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
    employment = plan.employment
    return (
        sa.select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            covering(on),
            Employment.team_id == employment.team_id,
            Person.id != plan.person_id,
            Person.id != (employment.manager_id or 0),
        )
        .order_by(Person.by_name(), Person.id)
    )


def gaps(employment: Employment) -> sa.Select[Any]:
    """Requirements of the role above the person's latest evidence, the weightiest first.

    Each with its competency and the level shown.
    """
    newest = (
        sa.select(
            Evidence.competency_id,
            Evidence.level,
            sa.func.row_number()
            .over(
                partition_by=Evidence.competency_id,
                order_by=(Evidence.observed_on.desc(), Evidence.id.desc()),
            )
            .label("place"),
        )
        .where(Evidence.person_id == employment.person_id)
        .subquery()
    )
    return (
        sa.select(RoleRequirement, Competency, newest.c.level)
        .join(Competency, Competency.id == RoleRequirement.competency_id)
        .join(newest, newest.c.competency_id == RoleRequirement.competency_id)
        .where(
            RoleRequirement.role_id == employment.role_id,
            newest.c.place == 1,
            newest.c.level < RoleRequirement.level,
        )
        .options(joinedload(Competency.current))
        .order_by(RoleRequirement.weight.desc(), RoleRequirement.id)
    )


def templates() -> sa.Select[Any]:
    """Every template with its role, the newest version of each first."""
    return (
        sa.select(OnboardingTemplate)
        .options(joinedload(OnboardingTemplate.role))
        .order_by(OnboardingTemplate.key, OnboardingTemplate.number.desc())
    )


def open_tasks_of(viewer: Viewer, *, until: date) -> sa.Select[OnboardingTask]:
    """What the viewer has to do by a day: own tasks, IT's for administrators, HR's for HR.

    HR also sees to the tasks of a manager where there is none.
    """
    kinds = []
    if viewer.has_role("hr"):
        kinds += [TaskOwner.HR, TaskOwner.MANAGER, TaskOwner.BUDDY]
    if viewer.has_role("admin"):
        kinds.append(TaskOwner.IT)
    mine = OnboardingTask.owner_id == viewer.person_id
    shared = sa.and_(OnboardingTask.owner_id.is_(None), OnboardingTask.owner_kind.in_(kinds))
    return (
        sa.select(OnboardingTask)
        .where(
            OnboardingTask.done_at.is_(None),
            OnboardingTask.due_on <= until,
            sa.or_(mine, shared) if kinds else mine,
        )
        .options(
            load_only(OnboardingTask.plan_id, OnboardingTask.title, OnboardingTask.due_on),
            joinedload(OnboardingTask.plan, innerjoin=True).options(
                load_only(OnboardingPlan.person_id), _person(OnboardingPlan.person)
            ),
        )
        .order_by(OnboardingTask.due_on, OnboardingTask.id)
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
