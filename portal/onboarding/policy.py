"""Who may see a plan, do its tasks, hold check-ins, decide on probation and keep templates."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.onboarding.models import (
    OnboardingCheckIn,
    OnboardingPlan,
    OnboardingTask,
    OnboardingTemplate,
    ProbationDecision,
)
from portal.onboarding.states import DecisionState, ProbationOutcome, TaskOwner, TemplateState


def see_plan(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """Those responsible for it, administrators for IT's part, and whoever owns a task in it."""
    return (
        see_whole_plan(viewer, plan)
        or viewer.has_role("admin")
        or any(task.owner_id == viewer.person_id for task in plan.tasks)
    )


def see_whole_plan(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """The hire, their manager, whoever leads their team, and HR; also what the interview showed."""
    return viewer.person_id == plan.person_id or answer_for(viewer, plan)


def answer_for(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """HR and the manager; never the hire."""
    if viewer.person_id == plan.person_id:
        return False
    return viewer.has_role("hr") or _is_manager(viewer, plan)


def see_task(viewer: Viewer, task: OnboardingTask) -> bool:
    """What tells of the interview or of a check-in is for those who see the whole plan."""
    private = task.from_interview or task.agreed_at_id is not None
    return not private or see_whole_plan(viewer, task.plan)


def finish_task(viewer: Viewer, task: OnboardingTask) -> bool:
    """Its owner; HR for anyone; an administrator for IT; the manager for the buddy.

    A course is not ticked by who takes it: completing it does.
    """
    if task.course_id is not None and viewer.person_id == task.plan.person_id:
        return False
    if task.owner_id == viewer.person_id or viewer.has_role("hr"):
        return True
    if task.owner_kind is TaskOwner.IT:
        return viewer.has_role("admin")
    helps = task.owner_kind in {TaskOwner.BUDDY, TaskOwner.MANAGER}
    return helps and _is_manager(viewer, task.plan)


def reopen_task(viewer: Viewer, task: OnboardingTask) -> bool:
    """Whoever may finish it; a check-in that was held only those who may hold it."""
    if task.check_in is not None:
        return hold_check_in(viewer, task.check_in)
    return finish_task(viewer, task)


def read_evidence(viewer: Viewer, task: OnboardingTask) -> bool:
    """The hire and whoever may finish the task; the manager, except HR's signed papers."""
    if viewer.person_id == task.plan.person_id or finish_task(viewer, task):
        return True
    return task.owner_kind is not TaskOwner.HR and _is_manager(viewer, task.plan)


def name_buddy(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """HR and the manager."""
    return viewer.has_role("hr") or _is_manager(viewer, plan)


def hand_over(viewer: Viewer, task: OnboardingTask) -> bool:
    """Give an open task to another person: those who answer for the plan."""
    return task.done_at is None and answer_for(viewer, task.plan)


def see_check_in(viewer: Viewer, check_in: OnboardingCheckIn) -> bool:
    """The two who talk, whoever leads the team, and HR."""
    return see_whole_plan(viewer, check_in.task.plan)


def write_for_check_in(viewer: Viewer, check_in: OnboardingCheckIn) -> bool:
    """One's own part, until the check-in was held."""
    return check_in.held_on is None and see_check_in(viewer, check_in)


def hold_check_in(viewer: Viewer, check_in: OnboardingCheckIn) -> bool:
    """Say that it was held, and write down what was agreed: the manager, or HR."""
    return answer_for(viewer, check_in.task.plan)


def see_probation(viewer: Viewer, decision: ProbationDecision) -> bool:
    """Those who answer for the plan; the hire reads the letter, not the reasons."""
    return answer_for(viewer, decision.plan)


def propose_probation(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """The manager or HR; nobody for themself."""
    return plan.probation_ends_on is not None and answer_for(viewer, plan)


def confirm_probation(viewer: Viewer, decision: ProbationDecision) -> bool:
    """HR, but not who proposed it, and nobody about themself."""
    return (
        decision.state is DecisionState.PROPOSED
        and viewer.has_role("hr")
        and viewer.id != decision.proposed_by_id
        and viewer.person_id != decision.plan.person_id
    )


return_probation = confirm_probation


def end_employment(viewer: Viewer, decision: ProbationDecision) -> bool:
    """HR, once it is confirmed that the employment does not go on."""
    confirmed = decision.state is DecisionState.CONFIRMED
    return (
        confirmed
        and decision.outcome is ProbationOutcome.END
        and viewer.has_role("hr")
        and viewer.person_id != decision.plan.person_id
    )


def see_templates(viewer: Viewer) -> bool:
    """HR keeps the templates."""
    return viewer.has_role("hr")


add_template = see_templates


def see_template(viewer: Viewer, template: OnboardingTemplate) -> bool:  # noqa: ARG001 - any
    """As for the list."""
    return see_templates(viewer)


draft_template = copy_template = update_plans = see_template


def change_template(viewer: Viewer, template: OnboardingTemplate) -> bool:  # noqa: ARG001 - any
    """HR; that only a draft can be changed is said in words."""
    return see_templates(viewer)


publish_template = discard_template = change_template


def retire_template(viewer: Viewer, template: OnboardingTemplate) -> bool:
    """HR, while it is in use."""
    return template.state is TemplateState.PUBLISHED and see_templates(viewer)


def _is_manager(viewer: Viewer, plan: OnboardingPlan) -> bool:
    """The plan's manager, or whoever leads the team or one above it; never the hire themself."""
    if viewer.person_id == plan.person_id:
        return False
    return viewer.person_id == plan.manager_id or viewer.leads(plan.employment.team.path)
