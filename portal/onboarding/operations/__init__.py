"""Verbs of onboarding: start a plan, tick its tasks, name a buddy, load the templates."""

from portal.onboarding.operations.plan import name_buddy, start_plan
from portal.onboarding.operations.task import finish_task, reopen_task
from portal.onboarding.operations.template import load_templates

__all__ = ["finish_task", "load_templates", "name_buddy", "reopen_task", "start_plan"]
