"""Who may see an onboarding plan, tick its tasks and read their evidence."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.onboarding.states import TaskOwner


def see_plan(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """Those responsible for it, administrators for IT's part, and whoever owns a task in it."""
    return (
        see_whole_plan(viewer, plan)
        or viewer.has_role("admin")
        or any(task.owner_id == viewer.person_id for task in plan.tasks)
    )


def see_whole_plan(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """The hire, their manager, whoever leads their team, and HR; also what the interview showed."""
    return viewer.person_id == plan.person_id or viewer.has_role("hr") or _is_manager(viewer, plan)


def see_task(viewer: Viewer, task: OnboardingTask) -> bool:
    """A task that tells of the interview is for those who see the whole plan."""
    return not task.from_interview or see_whole_plan(viewer, task.plan)


def finish_task(viewer: Viewer, task: OnboardingTask) -> bool:
    """Its owner; HR for anyone; an administrator for IT; the manager for the buddy."""
    if task.owner_id == viewer.person_id or viewer.has_role("hr"):
        return True
    if task.owner_kind is TaskOwner.IT:
        return viewer.has_role("admin")
    helps = task.owner_kind in {TaskOwner.BUDDY, TaskOwner.MANAGER}
    return helps and _is_manager(viewer, task.plan)


def reopen_task(viewer: Viewer, task: OnboardingTask) -> bool:
    """Whoever may finish it."""
    return finish_task(viewer, task)


def read_evidence(viewer: Viewer, task: OnboardingTask) -> bool:
    """The hire and whoever may finish the task; the manager, except HR's signed papers."""
    if viewer.person_id == task.plan.person_id or finish_task(viewer, task):
        return True
    return task.owner_kind is not TaskOwner.HR and _is_manager(viewer, task.plan)


def name_buddy(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """HR and the manager."""
    return viewer.has_role("hr") or _is_manager(viewer, plan)


def see_templates(viewer: Viewer) -> bool:
    """HR keeps the templates."""
    return viewer.has_role("hr")


def see_template(viewer: Viewer, template: object) -> bool:  # noqa: ARG001 - any template
    """As for the list."""
    return see_templates(viewer)


def _is_manager(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """The hire's manager, or whoever leads the team or one above it; never the hire themself."""
    if viewer.person_id == plan.person_id:
        return False
    employment = plan.employment
    return viewer.person_id == employment.manager_id or viewer.leads(employment.team.path)
