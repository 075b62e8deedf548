"""Verbs of onboarding, by noun: templates, plans, tasks, check-ins, probation."""

from portal.onboarding.operations.check_in import agree_on, hold_check_in, write_for_check_in
from portal.onboarding.operations.difference import Difference, difference, update_plan
from portal.onboarding.operations.entries import (
    Entry,
    add_task,
    change_task,
    move_task,
    remove_task,
)
from portal.onboarding.operations.gaps import finish_course_tasks
from portal.onboarding.operations.handover import (
    change_manager,
    follow_employment,
    follow_lead,
    hand_over,
    leave,
)
from portal.onboarding.operations.plan import name_buddy, start_plan
from portal.onboarding.operations.probation import (
    confirm_probation,
    end_employment,
    propose_probation,
    return_probation,
)
from portal.onboarding.operations.task import finish_task, reopen_task
from portal.onboarding.operations.template import (
    add_template,
    change_template,
    discard_template,
    draft_template,
    load_templates,
    publish_template,
    retire_template,
)
from portal.onboarding.operations.upkeep import (
    follow_people,
    remind_of_check_ins,
    tell_of_overdue_plans,
)

__all__ = [
    "Difference",
    "Entry",
    "add_task",
    "add_template",
    "agree_on",
    "change_manager",
    "change_task",
    "change_template",
    "confirm_probation",
    "difference",
    "discard_template",
    "draft_template",
    "end_employment",
    "finish_course_tasks",
    "finish_task",
    "follow_employment",
    "follow_lead",
    "follow_people",
    "hand_over",
    "hold_check_in",
    "leave",
    "load_templates",
    "move_task",
    "name_buddy",
    "propose_probation",
    "publish_template",
    "remind_of_check_ins",
    "remove_task",
    "reopen_task",
    "retire_template",
    "return_probation",
    "start_plan",
    "tell_of_overdue_plans",
    "update_plan",
    "write_for_check_in",
]
