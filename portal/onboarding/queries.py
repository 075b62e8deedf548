"""Queries around onboarding."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.core.access import Viewer
from portal.onboarding.models import OnboardingPlan, OnboardingTask, OnboardingTemplate
from portal.onboarding.states import TaskOwner
from portal.people.models import Employment, Team


def template_for(role_id: int, site_id: int) -> sa.Select[OnboardingTemplate]:
    """The newest active template of a role, one for the site before one for everywhere."""
    return (
        sa.select(OnboardingTemplate)
        .where(
            OnboardingTemplate.role_id == role_id,
            OnboardingTemplate.is_active,
            sa.or_(OnboardingTemplate.site_id == site_id, OnboardingTemplate.site_id.is_(None)),
        )
        .order_by(OnboardingTemplate.site_id.is_(None), OnboardingTemplate.number.desc())
        .limit(1)
    )


def plans_visible_to(viewer: Viewer) -> sa.Select[OnboardingPlan]:
    """All plans for HR; else one's own, those of one's reports, and those of teams one leads."""
    found = sa.select(OnboardingPlan).join(OnboardingPlan.employment)
    if not viewer.has_role("hr"):
        led = [Team.path.startswith(path, autoescape=True) for path in getattr(viewer, "led_paths", ())]
        found = found.join(Employment.team).where(
            sa.or_(
                OnboardingPlan.person_id == viewer.person_id,
                Employment.manager_id == viewer.person_id,
                *led,
            )
        )
    return found.options(
        joinedload(OnboardingPlan.person),
        joinedload(OnboardingPlan.employment).joinedload(Employment.role),
    )


def plan_with_tasks(plan_id: int) -> sa.Select[OnboardingPlan]:
    """A plan with all it shows."""
    employment = joinedload(OnboardingPlan.employment)
    return (
        sa.select(OnboardingPlan)
        .where(OnboardingPlan.id == plan_id)
        .options(
            joinedload(OnboardingPlan.person),
            employment.joinedload(Employment.team),
            employment.joinedload(Employment.manager),
            selectinload(OnboardingPlan.tasks).joinedload(OnboardingTask.owner),
            selectinload(OnboardingPlan.tasks).joinedload(OnboardingTask.evidence_file),
        )
    )


def open_tasks_of(viewer: Viewer, *, until: date) -> sa.Select[OnboardingTask]:
    """What the viewer has to do by a day: own tasks, HR's for HR, IT's for administrators."""
    kinds = []
    if viewer.has_role("hr"):
        kinds.append(TaskOwner.HR)
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
        .options(joinedload(OnboardingTask.plan).joinedload(OnboardingPlan.person))
        .order_by(OnboardingTask.due_on, OnboardingTask.id)
    )


def progress(plan_ids: list[int]) -> sa.Select[tuple[int, int, int]]:
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
