"""What is asked of templates, plans and tasks, as selects."""

from portal.onboarding.queries.gaps import courses_against, gaps, tasks_of_course
from portal.onboarding.queries.plans import (
    has_open_task,
    plan_of,
    plan_with_tasks,
    plans_behind,
    plans_listed,
    plans_visible_to,
    possible_buddies,
    progress,
    running_plans,
)
from portal.onboarding.queries.probation import (
    decisions_of,
    decisions_to_confirm,
    probations_ending,
)
from portal.onboarding.queries.tasks import (
    due_counts,
    held_up_plans,
    open_tasks_of,
    owned_by,
    tasks_listed,
)
from portal.onboarding.queries.templates import (
    draft_of,
    newest_version,
    published_version,
    template_for,
    templates,
    versions_of,
)

__all__ = [
    "courses_against",
    "decisions_of",
    "decisions_to_confirm",
    "draft_of",
    "due_counts",
    "gaps",
    "has_open_task",
    "held_up_plans",
    "newest_version",
    "open_tasks_of",
    "owned_by",
    "plan_of",
    "plan_with_tasks",
    "plans_behind",
    "plans_listed",
    "plans_visible_to",
    "possible_buddies",
    "probations_ending",
    "progress",
    "published_version",
    "running_plans",
    "tasks_listed",
    "tasks_of_course",
    "template_for",
    "templates",
    "versions_of",
]
