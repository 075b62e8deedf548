"""States of onboarding tasks, who owns them, and what is recorded."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class TaskOwner(Labelled):
    """Who does a task, relative to the hire."""

    HIRE = "hire", _l("New hire")
    MANAGER = "manager", _l("Manager")
    BUDDY = "buddy", _l("Buddy")
    HR = "hr", _l("HR")
    IT = "it", _l("IT")


class TaskState(State):
    """How a task looks on a day; derived, never stored."""

    TO_DO = "to_do", _l("To do"), Tone.NEUTRAL, "circle"
    DUE = "due", _l("Due today"), Tone.WARN, "clock"
    OVERDUE = "overdue", _l("Late"), Tone.BAD, "exclamation-triangle-fill"
    DONE = "done", _l("Done"), Tone.OK, "check-lg"


class OnboardingFact(Fact):
    """What the trail records of onboarding."""

    TEMPLATE_ADDED = "onboarding.template_added", _l("Onboarding template added")
    PLAN_STARTED = "onboarding.started", _l("Onboarding plan started")
    TASK_DONE = "onboarding.task_done", _l("Task done")
    TASK_REOPENED = "onboarding.task_reopened", _l("Task opened again")
    BUDDY_NAMED = "onboarding.buddy_named", _l("Buddy named")
