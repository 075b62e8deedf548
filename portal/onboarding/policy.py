"""Who may see an onboarding plan and tick its tasks."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.onboarding.states import TaskOwner


def see_plan(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """The hire, their manager and whoever leads their team, HR, and owners of a task in it."""
    employment = plan.employment
    mine = viewer.person_id in {plan.person_id, employment.manager_id}
    return mine or viewer.has_role("hr") or viewer.leads(employment.team.path) or any(
        task.owner_id == viewer.person_id for task in plan.tasks
    )


def finish_task(viewer: Viewer, task: OnboardingTask) -> bool:
    """Its owner; HR for anyone; an administrator for IT; the manager for the hire and the buddy."""
    if task.owner_id == viewer.person_id or viewer.has_role("hr"):
        return True
    if task.owner_kind is TaskOwner.IT and viewer.has_role("admin"):
        return True
    helps = {TaskOwner.BUDDY, TaskOwner.MANAGER}
    employment = task.plan.employment
    return task.owner_kind in helps and employment.manager_id == viewer.person_id


def see_templates(viewer: Viewer) -> bool:
    """HR keeps the templates."""
    return viewer.has_role("hr")


def see_progress(viewer: Viewer) -> bool:
    """Everyone has an onboarding page of their own; what it lists is narrowed by the query."""
    return viewer.is_authenticated
